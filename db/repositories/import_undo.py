"""Taking imports back: what nobody has touched since, part by part."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, delete, exists, func, or_, select

from db.models import (
    Call,
    Company,
    Consent,
    Contact,
    Deal,
    Lead,
    Membership,
    Note,
    Payment,
    Person,
    Pipeline,
    Stage,
    Tag,
    Task,
    TeamChat,
)
from db.repositories.base import Repository
from db.repositories.fields import FieldRepository
from db.repositories.tags import TABLES
from db.searched import SUBJECTS, written


class ImportUndoRepository(Repository):
    """Each removal takes a part at a time; done again it finds nothing more."""

    async def standing(self, import_id: int, limit: int) -> tuple[int, list[tuple[int, str]]]:
        """How many deals of an import there are, and the first of them."""
        count = await self.session.scalar(select(func.count()).where(Deal.import_id == import_id)) or 0
        query = (
            select(Deal.id, Deal.title)
            .where(Deal.import_id == import_id)
            .order_by(Deal.import_row)
            .limit(limit)
        )
        return count, [(deal, title) for deal, title in await self.session.execute(query)]

    async def joined(self, import_id: int, limit: int) -> tuple[int, list[str]]:
        """How many people of an import have joined since, and the names of the first of them."""
        query = select(Person.name).where(Person.import_id == import_id, Person.status == "active")
        count = await self.session.scalar(select(func.count()).select_from(query.subquery())) or 0
        names = await self.session.scalars(query.order_by(Person.name_folded, Person.id).limit(limit))
        return count, list(names.all())

    async def remove_deals(self, import_id: int, after_row: int, limit: int) -> tuple[int, int | None]:
        """Remove deals that nobody has touched, behind a row of the file; how many, and the last row."""
        query = (
            select(Deal.id, Deal.import_row)
            .where(Deal.import_id == import_id, Deal.import_row > after_row, _untouched())
            .order_by(Deal.import_row)
            .limit(limit)
        )
        found = [(deal, row) for deal, row in await self.session.execute(query)]
        await self._delete(Deal, [deal for deal, _ in found])
        return len(found), found[-1][1] if found else None

    async def remove_contacts(self, import_id: int, limit: int) -> int:
        """Remove contacts of an import that have not changed and that nothing refers to."""
        return await self._remove(
            Contact,
            limit,
            Contact.import_id == import_id,
            Contact.version == 1,
            ~exists().where(Deal.contact_id == Contact.id),
            ~exists().where(Lead.contact_id == Contact.id),
            *(
                ~exists().where(kind.contact_id == Contact.id)
                for kind in (Task, Note, Call, Consent, TeamChat)
            ),
        )

    async def remove_companies(self, import_id: int, limit: int) -> int:
        """Remove companies of an import that nothing refers to."""
        return await self._remove(
            Company,
            limit,
            Company.import_id == import_id,
            ~exists().where(Deal.company_id == Company.id),
            ~exists().where(Contact.company_id == Company.id),
            *(~exists().where(kind.company_id == Company.id) for kind in (Task, Note, Call, TeamChat)),
        )

    async def remove_people(self, import_id: int, limit: int) -> int:
        """Remove people of an import who never joined and who have nothing in hand."""
        query = (
            select(Person.id)
            .where(
                Person.import_id == import_id,
                Person.status == "imported",
                ~exists().where(Deal.owner_id == Person.id),
                ~exists().where(Contact.owner_id == Person.id),
                ~exists().where(Lead.owner_id == Person.id),
                ~exists().where(Task.assignee_id == Person.id),
            )
            .limit(limit)
        )
        ids = list((await self.session.scalars(query)).all())
        if ids:
            await self.session.execute(delete(Membership).where(Membership.person_id.in_(ids)))
            await self._delete(Person, ids)
        return len(ids)

    async def remove_pipeline(self, pipeline_id: int) -> None:
        """Remove a pipeline with its stages, if no deal stands in it."""
        if await self.session.scalar(select(Deal.id).where(Deal.pipeline_id == pipeline_id).limit(1)) is None:
            await self.session.execute(delete(Stage).where(Stage.pipeline_id == pipeline_id))
            await self.session.execute(delete(Pipeline).where(Pipeline.id == pipeline_id))

    async def remove_tags(self, ids: Collection[int]) -> None:
        """Remove these tags, but for those that anything has; nobody gives them meanwhile."""
        if not ids:
            return
        held = select(Tag.id).where(Tag.id.in_(sorted(ids))).order_by(Tag.id).with_for_update()
        mine = (await self.session.scalars(held)).all()
        borne = [exists().where(table.tag_id == Tag.id) for table, _ in TABLES.values()]
        idle = delete(Tag).where(Tag.id.in_(mine), ~or_(*borne))
        await self.session.execute(idle.execution_options(synchronize_session=False))

    async def _remove(self, model: type[Any], limit: int, *conditions: ColumnElement[bool]) -> int:
        ids = list((await self.session.scalars(select(model.id).where(*conditions).limit(limit))).all())
        await self._delete(model, ids)
        return len(ids)

    async def _delete(self, model: type[Any], ids: list[int]) -> None:
        if ids:
            if subject := SUBJECTS.get(model):
                written(self.session, subject, ids)
                await FieldRepository(self.session).forget(subject, ids)
            await self.session.execute(
                delete(model).where(model.id.in_(ids)).execution_options(synchronize_session=False)
            )


def _untouched() -> ColumnElement[bool]:
    """Nobody has changed the deal since, and nothing was added to it."""
    added = [exists().where(kind.deal_id == Deal.id) for kind in (Task, Note, Call, Payment)]
    return (Deal.version == 1) & ~or_(*added)
