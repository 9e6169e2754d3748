"""The histories of leads, clients, tasks and settings: who changed what, when and by which door."""

from collections.abc import Iterable
from dataclasses import replace

from db.repositories.history import Past
from db.repositories.task_facts import TaskFacts
from db.uow import Database, UnitOfWork
from services import history
from services.access import Action, Actor, require
from services.client_rows import access_client
from services.dto.clients import ClientKind
from services.dto.common import History
from services.errors import NotFoundError
from services.rows import access_lead, access_task
from services.said import may_read
from services.staff import access_department, access_person
from services.task_cards import link_of
from services.workspace import the_workspace


class Histories:
    """The service of histories; for whoever sees the subject, those of settings for who may change them."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def of_lead(self, actor: Actor, lead_id: int, after: int | None = None) -> History:
        """What happened to a lead, newest first; `after` is the last page's key. Raises `lead.not_found`."""
        async with self._db.read() as uow:
            lead = await access_lead(uow, actor, lead_id, Action.LEAD_VIEW)
            return await _page(uow, "lead", lead.id, lead.title, after, currency=lead.currency)

    async def of_client(
        self, actor: Actor, kind: ClientKind, client_id: int, after: int | None = None
    ) -> History:
        """The same of a contact or a company. Raises `contact.not_found`, `firm.not_found`."""
        async with self._db.read() as uow:
            client = await access_client(uow, actor, kind, client_id, Action.CLIENT_VIEW)
            return await _page(uow, kind, client.id, client.name, after, import_id=client.import_id)

    async def of_task(self, actor: Actor, task_id: int, after: int | None = None) -> History:
        """The same of a task. Raises `task.not_found`.

        Its former words are told to its author and to whoever may read what is said of what it is for.
        """
        async with self._db.read() as uow:
            facts = await access_task(uow, actor, task_id, Action.TASK_VIEW)
            shown = await _page(uow, "task", facts.task.id, facts.task.text, after)
            return shown if await _reads_words(uow, actor, facts) else _without_words(shown)

    async def of_person(self, actor: Actor, person_id: int, after: int | None = None) -> History:
        """What was done about somebody; the owner's right. Raises `employee.not_found`, `not_allowed`."""
        async with self._db.read() as uow:
            person, _ = await access_person(uow, actor, person_id, Action.PEOPLE_MANAGE)
            return await _setting(uow, "person", person.id, person.name, after)

    async def of_department(self, actor: Actor, department_id: int, after: int | None = None) -> History:
        """What was set of a department. Raises `department.not_found`, `not_allowed`."""
        async with self._db.read() as uow:
            found = await access_department(uow, actor, department_id, Action.DEPARTMENT_RULES)
            return await _setting(uow, "department", found.id, found.name, after)

    async def of_pipeline(self, actor: Actor, pipeline_id: int, after: int | None = None) -> History:
        """What was set of a pipeline and its stages. Raises `not_allowed`, `pipelines.not_found`."""
        require(actor, Action.PIPELINE_EDIT)
        async with self._db.read() as uow:
            found = await uow.pipelines.get(pipeline_id)
            if found is None:
                raise NotFoundError("pipelines")
            return await _setting(uow, "pipeline", found.id, found.name, after)

    async def of_field(self, actor: Actor, field_id: int, after: int | None = None) -> History:
        """What was set of a field. Raises `not_allowed`, `field.not_found`."""
        require(actor, Action.FIELD_EDIT)
        async with self._db.read() as uow:
            found = await uow.fields.get(field_id)
            if found is None:
                raise NotFoundError("field")
            return await _setting(uow, "field", found.id, found.name, after)

    async def of_source(self, actor: Actor, source_id: int, after: int | None = None) -> History:
        """What was set of a source of forms. Raises `not_allowed`, `source.not_found`."""
        require(actor, Action.INTAKE_MANAGE)
        async with self._db.read() as uow:
            found = await uow.inquiries.source(source_id)
            if found is None:
                raise NotFoundError("source")
            return await _setting(uow, "source", found[0].id, found[0].name, after)

    async def of_company(self, actor: Actor, after: int | None = None) -> History:
        """What was set of the company as a whole. Raises `not_allowed`."""
        require(actor, Action.COMPANY_EDIT)
        async with self._db.read() as uow:
            workspace = await the_workspace(uow)
            return await _setting(uow, "company", workspace.id, workspace.name, after)


async def _reads_words(uow: UnitOfWork, actor: Actor, facts: TaskFacts) -> bool:
    """Whether the actor may read what a task said before: it may have named a client."""
    if facts.task.author_id == actor.person_id:
        return True
    link = link_of(facts)
    if link is None:
        return actor.may(Action.DEAL_TALK_VIEW)
    return await may_read(uow, actor, link.subject, link.id)


def _without_words(shown: History) -> History:
    items = tuple(
        replace(line, changes={**line.changes, "text": [None, None]}) if "text" in line.changes else line
        for line in shown.page.items
    )
    return replace(shown, page=replace(shown.page, items=items))


async def _setting(uow: UnitOfWork, subject: str, subject_id: int, title: str, after: int | None) -> History:
    """A page whose lines know what those are called of whom they tell the numbers."""
    events = await uow.history.last_of(subject, subject_id, history.PAGE + 1, after)
    people = await uow.people.names({one for event, _ in events for one in _people(event)})
    names = await uow.history.settings_names() | {f"person:{one}": name for one, name in people.items()}
    page = await history.page(uow, events)
    shown = replace(page, items=tuple(replace(line, names=names) for line in page.items))
    return History(subject, subject_id, title, shown, (await the_workspace(uow)).currency)


def _people(event: Past) -> Iterable[int]:
    """Those whom it names by their numbers."""
    for field, pair in event.changes.items():
        if field in ("heir_id", "substitute_id"):
            yield from (one for one in pair if one is not None)
        elif field == "heirs":
            yield from pair[1]
        elif field == "tasks_given":
            yield from map(int, pair[0] or pair[1] or {})
        elif field.startswith("weight:"):
            yield int(field.partition(":")[2])
        elif field == "of" and pair[1][1]:
            yield pair[1][1]


async def _page(
    uow: UnitOfWork,
    subject: str,
    subject_id: int,
    title: str,
    after: int | None,
    *,
    currency: str = "",
    import_id: int | None = None,
) -> History:
    events = await uow.history.last_of(subject, subject_id, history.PAGE + 1, after)
    page = await history.page(uow, events, import_id)
    return History(subject, subject_id, title, page, currency)
