"""From a filter to what is asked of the database, and to its words, for one reader and moment."""

from collections.abc import Collection
from datetime import datetime
from zlib import crc32

from db.models import Stage
from db.repositories.deal_filters import CLOSED, Shelf, Wanted
from db.repositories.field_conditions import FieldCondition
from db.uow import UnitOfWork
from services.access import Action, Actor, Reach, scope
from services.deal_cards import stage_ref
from services.dto.common import Ref, Sum
from services.dto.fields import Field, FieldSubject
from services.dto.lists import Asked, FieldAsked, Lost, PipelineChoice, StageChoice
from services.fields.filters import FilterValue, condition_of
from services.fields.shape import field_of
from services.followup.violations import stage_limits
from services.lists.days import Days
from services.lists.filters import MINE, NOBODY, WHOLE, Filter
from services.lists.kinds import KINDS, asks_inner
from services.staff import SELLING, sellers_in

MOST_SOURCES = 60


async def wanted(uow: UnitOfWork, actor: Actor, filter_: Filter, now: datetime) -> Wanted:
    """What a filter of deals asks for, within what the actor may see."""
    days, (low, high) = Days.of(filter_.date, now, actor.zone), filter_.amounts
    stage_ids, only = await _stages_wanted(uow, filter_.stages)
    return Wanted(
        scope(actor, Action.DEAL_VIEW),
        stage_ids=stage_ids,
        only=only,
        owner_ids=people_wanted(actor, filter_),
        sources=filter_.sources,
        tag_id=filter_.tag,
        created=days.created,
        closed=days.closed,
        due=days.due,
        amount_from=low,
        amount_to=high,
        no_task=filter_.no_task,
        rotting=stage_limits(await uow.pipelines.watched(), now) if filter_.rotting else None,
        fields=await conditions(uow, actor, filter_),
    )


async def in_words(uow: UnitOfWork, actor: Actor, filter_: Filter) -> Asked:
    """What it asks for by names, and what of it is not there for this reader."""
    lost: set[Lost] = {Lost.INNER} if asks_inner(actor, filter_) else set()
    stages = await _stages(uow, filter_.stages)
    lost |= {Lost.STAGE} if filter_.stages and not stages else set()
    people = await _people(uow, actor, filter_)
    lost |= {Lost.PERSON} if filter_.people and not people else set()
    tag = None
    if filter_.tag is not None:
        tag = (await tags(uow, actor, filter_.subject)).get(filter_.tag)
        lost |= {Lost.TAG} if tag is None else set()
    fields = await asked_fields(uow, actor, filter_)
    if any(field is None for field, _ in fields):
        lost |= {Lost.FIELD}
    workspace = await uow.people.workspace() if filter_.amount is not None else None
    currency = workspace.currency if workspace else "RUB"
    low, high = (Sum(one, currency) if one is not None else None for one in filter_.amounts)
    return Asked(
        stages=tuple(stages),
        people=tuple(people),
        sources=filter_.sources,
        date=filter_.date,
        amount_from=low,
        amount_to=high,
        tag=tag,
        no_task=filter_.no_task,
        rotting=filter_.rotting,
        fields=tuple(FieldAsked(field, value) for field, value in fields if field is not None),
        lost=frozenset(lost),
        subject=filter_.subject,
        state=filter_.state,
        score=filter_.score,
        hot=filter_.hot,
        consent=filter_.consent,
        nothing=filter_ == Filter.start(filter_.subject),
    )


async def asked_fields(
    uow: UnitOfWork, actor: Actor, filter_: Filter
) -> list[tuple[Field | None, FilterValue]]:
    """The fields that a filter asks for, none for one that is gone or not for the actor."""
    if not filter_.field:
        return []
    seen = {field.id: field for field in await fields_of(uow, actor, filter_.subject)}
    return [(seen.get(int(field_id)), value) for field_id, value in filter_.field.items()]


async def conditions(uow: UnitOfWork, actor: Actor, filter_: Filter) -> tuple[FieldCondition, ...]:
    """What these fields have to say."""
    fields = await asked_fields(uow, actor, filter_)
    return tuple(condition_of(field, value) for field, value in fields if field is not None)


async def fields_of(uow: UnitOfWork, actor: Actor, subject: FieldSubject) -> list[Field]:
    """The fields that the actor may see."""
    rows = await uow.fields.used(subject)
    return [field_of(row) for row in rows if row.finance or actor.may(KINDS[subject].told)]


async def sellers(uow: UnitOfWork, actor: Actor, subject: FieldSubject) -> list[Ref]:
    """The colleagues whose deals or leads the actor may see, by name."""
    reach = actor.reach(KINDS[subject].view)
    everybodys = bool(reach & (Reach.ALL | Reach.SETTLED))
    here: Collection[int] = actor.headed if Reach.HEADED in reach else ()
    if everybodys:
        here = [row.id for row in await uow.people.departments()]
    return await sellers_in(uow, here, but=actor.person_id)


async def stages(uow: UnitOfWork, actor: Actor) -> list[tuple[int, StageChoice | PipelineChoice]]:
    """All stages in use, by pipeline, of the kinds that the actor sees deals in, with their numbers.

    Each pipeline stands before its stages where there are several.
    """
    found: dict[int, StageChoice | PipelineChoice] = {}
    for stage, one in await stage_rows(uow, actor):
        if one.pipeline is not None:
            found.setdefault(WHOLE + stage.pipeline_id, PipelineChoice(one.pipeline))
        found[stage.id] = one
    return [*found.items()]


async def stage_rows(uow: UnitOfWork, actor: Actor) -> list[tuple[Stage, StageChoice]]:
    """The same with their rows."""
    pipelines = await uow.pipelines.all()
    settled = actor.reach(Action.DEAL_VIEW) == Reach.SETTLED
    kinds = ("payment", "won", "lost") if settled else ()
    names = {row.id: row.name if len(pipelines) > 1 else None for row in pipelines}
    return [
        (stage, StageChoice(stage_ref(stage), names[stage.pipeline_id]))
        for stage in await uow.stages.used(kinds)
        if stage.pipeline_id in names
    ]


async def sources(uow: UnitOfWork, subject: FieldSubject) -> dict[int, str]:
    """The sources of all deals or leads, by the numbers that their buttons carry."""
    lists = uow.lead_lists if subject is FieldSubject.LEAD else uow.deal_lists
    return {crc32(one.encode()): one for one in await lists.sources(MOST_SOURCES)}


async def tags(uow: UnitOfWork, actor: Actor, *subjects: FieldSubject) -> dict[int, str]:
    """The names of the tags that these have, or any; none for whoever is told nothing of what is said."""
    if not all(actor.may(KINDS[one].told) for one in subjects or KINDS):
        return {}
    return {row.id: row.name for row in await uow.tags.used(*subjects)}


def people_wanted(actor: Actor, filter_: Filter) -> tuple[int, ...]:
    """Whose things are asked for; `MINE` is whoever looks."""
    return tuple({actor.person_id if one == MINE else one: None for one in filter_.people})


async def _stages_wanted(uow: UnitOfWork, asked: Collection[int]) -> tuple[tuple[int, ...], Shelf | None]:
    """These stages and those of these pipelines; and where in the list their deals lie, if in one place."""
    if len(asked) == 1 and max(asked) < WHOLE:
        return tuple(asked), None
    kinds: dict[int, str] = {}
    for number in asked:
        if number >= WHOLE:
            kinds |= {row.id: row.kind for row in await uow.pipelines.stages(number - WHOLE)}
        elif (row := await uow.pipelines.stage(number)) is not None:
            kinds[row.id] = row.kind
    closed = {kind in CLOSED for kind in kinds.values()}
    only = None if len(closed) != 1 else Shelf.CLOSED if closed.pop() else Shelf.WORK
    return tuple(kinds) or tuple(asked), only


async def _stages(uow: UnitOfWork, asked: Collection[int]) -> list[StageChoice | PipelineChoice]:
    """Those of them that there are, by name."""
    named = await uow.pipelines.stages_named([one for one in asked if one < WHOLE])
    found: list[StageChoice | PipelineChoice] = []
    for number in asked:
        if number in named:
            stage, pipeline = named[number]
            found.append(StageChoice(stage_ref(stage), pipeline))
        elif number >= WHOLE and (whole := await uow.pipelines.get(number - WHOLE)) is not None:
            found.append(PipelineChoice(whole.name))
    return found


async def _people(uow: UnitOfWork, actor: Actor, filter_: Filter) -> list[Ref]:
    """Those whose deals or leads the actor may see; with the numbers of `MINE` and `NOBODY`, these."""
    reach = actor.reach(KINDS[filter_.subject].view)
    names = dict.fromkeys((MINE, actor.person_id), actor.name) | {NOBODY: ""}
    others = [one for one in filter_.people if one not in names]
    if reach & (Reach.ALL | Reach.SETTLED):
        # Of those who have left, what they sold is still to be seen.
        names |= await uow.people.names(others)
    elif Reach.HEADED in reach:
        names |= await uow.people.names_in(actor.headed, others, SELLING)
    return [Ref(one, names[one]) for one in filter_.people if one in names]
