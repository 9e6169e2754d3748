"""The company's settings, which its owner is led through at the first start and may change ever after."""

import phonenumbers
from babel.core import get_global

from db.models import Workspace
from db.uow import Database, UnitOfWork
from services import history
from services.access import Action, Actor, require
from services.clock import Clock
from services.currencies import find_currency
from services.dto.company import CompanyCard, DepartmentPlace, PipelineLine
from services.errors import AppError
from services.lines import whole_line
from services.pipeline_templates import find_template, template_of
from services.refurnishing import go_along, replace_pipeline, translate
from services.task_giving import Assigning
from services.understanding.fold import fold
from services.understanding.work_hours import WorkHours
from services.work_times import read_hours
from services.workspace import the_workspace
from services.zones import find_zone, is_zone

NAME_LIMIT = 60
LANGUAGE_NAMES = {
    "ru": ("ru", "русский", "по-русски", "russian"),
    "en": ("en", "английский", "по-английски", "english"),
}
FINISHED = "company.set_up"


class CompanySettings:
    """The service of the company's settings; all of it the owner's right (`company.edit`)."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def card(self, actor: Actor) -> CompanyCard:
        """All of them."""
        require(actor, Action.COMPANY_EDIT)
        async with self._db.read() as uow:
            return await _card(uow, await the_workspace(uow))

    async def rename(self, actor: Actor, name: str) -> CompanyCard:
        """Another name for the company. Raises `company.name_empty`, and what `whole_line` raises."""
        name = whole_line(name, NAME_LIMIT)
        if not name:
            raise AppError("company.name_empty")
        return await self._edit(actor, {"name": name})

    async def move_to(self, actor: Actor, place: str) -> CompanyCard:
        """Another time zone for all who have not chosen their own, by its name or a city in it.

        Phones typed without a country code are from now on of that zone's country. Raises `zone.unknown`.
        """
        zone = place if is_zone(place) else find_zone(place)
        if zone is None:
            raise AppError("zone.unknown")
        region = get_global("zone_territories").get(zone)
        known = {"region": region} if region in phonenumbers.SUPPORTED_REGIONS else {}
        return await self._edit(actor, {"time_zone": zone, **known})

    async def speak(self, actor: Actor, language: str) -> CompanyCard:
        """Another language of team chats, and for all who have not chosen. Raises `language.unknown`."""
        return await self._edit(actor, {"language": _language(language)})

    async def begin_in(self, actor: Actor, language: str) -> CompanyCard:
        """At the first start: the company's language and the owner's own, and that of all that still has the
        name which the program gave it. Currency and zone go along unless they were chosen.

        Raises `language.unknown`.
        """
        require(actor, Action.COMPANY_EDIT)
        language = _language(language)
        async with self._db.write(actor.cause) as uow:
            workspace, owner = await the_workspace(uow), await uow.people.get(actor.person_id)
            changes: history.Changes = {"language": (workspace.language, language)}
            if workspace.set_up_at is None and not await uow.pipelines.in_use():
                changes |= go_along(workspace, language)
            await translate(uow, workspace, language)
            workspace.language = language
            if owner is not None:
                owner.language = language
            await self._record(uow, actor, changes)
            return await _card(uow, workspace)

    async def count_in(self, actor: Actor, currency: str) -> CompanyCard:
        """Another currency, while no sum was written in the present one.

        Raises `currency.unknown` or `currency.used`.
        """
        require(actor, Action.COMPANY_EDIT)
        code = find_currency(currency)
        if code is None:
            raise AppError("currency.unknown")
        async with self._db.write(actor.cause) as uow:
            workspace = await the_workspace(uow)
            if code != workspace.currency and (await uow.pipelines.in_use() or await uow.plans.any()):
                raise AppError("currency.used", currency=workspace.currency)
            return await self._set(uow, actor, workspace, {"currency": code})

    async def work(self, actor: Actor, hours: str) -> CompanyCard:
        """Other working hours, as somebody writes them.

        Raises `hours.unread`, `hours.backwards`, `hours.overlap` or `hours.no_time`, each with its `piece`.
        """
        return await self._edit(actor, {"hours": read_hours(hours).data})

    async def sell_by(self, actor: Actor, template: str) -> CompanyCard:
        """Another pipeline in place of the present one, while that has no deals.

        Raises `pipeline.no_template` or `pipeline.used`.
        """
        require(actor, Action.COMPANY_EDIT)
        found = find_template(template)
        if found is None:
            raise AppError("pipeline.no_template")
        async with self._db.write(actor.cause) as uow:
            workspace = await the_workspace(uow)
            before = await replace_pipeline(uow, found, workspace.language, self._clock.now())
            await self._record(uow, actor, {"pipeline": (before, found.wording(workspace.language).name)})
            return await _card(uow, workspace)

    async def protect(self, actor: Actor, *, on: bool) -> CompanyCard:
        """Whether client cards and files may be forwarded and saved, as far as Telegram hinders it."""
        return await self._edit(actor, {"protects_clients": on})

    async def assign_by(self, actor: Actor, rule: Assigning) -> CompanyCard:
        """Who may give tasks to whom from now on."""
        return await self._edit(actor, {"assigning": rule.value})

    async def finish(self, actor: Actor) -> CompanyCard:
        """The owner was led through, or starts with things as they are. Once done it stays done."""
        card = await self.card(actor)
        if card.set_up:
            return card
        async with self._db.write(actor.cause) as uow:
            workspace, now = await the_workspace(uow), self._clock.now()
            workspace.set_up_at = now
            await history.record(uow, actor, now, FINISHED, "company", workspace.id)
            return await _card(uow, workspace)

    async def _edit(self, actor: Actor, values: dict[str, object]) -> CompanyCard:
        require(actor, Action.COMPANY_EDIT)
        async with self._db.write(actor.cause) as uow:
            return await self._set(uow, actor, await the_workspace(uow), values)

    async def _set(
        self, uow: UnitOfWork, actor: Actor, workspace: Workspace, values: dict[str, object]
    ) -> CompanyCard:
        changes: history.Changes = {
            field: (getattr(workspace, field), value) for field, value in values.items()
        }
        for field, value in values.items():
            setattr(workspace, field, value)
        await self._record(uow, actor, changes)
        return await _card(uow, workspace)

    async def _record(self, uow: UnitOfWork, actor: Actor, changes: history.Changes) -> None:
        await history.record(uow, actor, self._clock.now(), Action.COMPANY_EDIT, "company", 1, changes)


def _language(typed: str) -> str:
    """The language that somebody means. Raises `language.unknown`."""
    wanted = fold(typed)
    found = next((code for code, names in LANGUAGE_NAMES.items() if wanted in names), None)
    if found is None:
        raise AppError("language.unknown")
    return found


async def _card(uow: UnitOfWork, workspace: Workspace) -> CompanyCard:
    departments = await uow.people.departments()
    return CompanyCard(
        name=workspace.name,
        language=workspace.language,
        currency=workspace.currency,
        time_zone=workspace.time_zone,
        region=workspace.region,
        hours=WorkHours.of(workspace.hours),
        departments=tuple(DepartmentPlace(row.id, row.name, row.branch, row.city) for row in departments),
        pipeline=await _pipeline(uow),
        protects_clients=workspace.protects_clients,
        assigning=Assigning(workspace.assigning),
        set_up=workspace.set_up_at is not None,
    )


async def _pipeline(uow: UnitOfWork) -> PipelineLine:
    pipeline = await uow.pipelines.default()
    if pipeline is None:
        return PipelineLine("", (), None)
    stages = tuple(stage.name for stage in await uow.pipelines.stages(pipeline.id))
    known = template_of(pipeline.name, stages)
    return PipelineLine(pipeline.name, stages, known[0].code if known else None)
