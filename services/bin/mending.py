"""What of a subject that comes back cannot be as it was: people have left, stages and clients have gone."""

from typing import Any

from db.repositories.bundles import TABLES, Bundle, parent
from db.uow import UnitOfWork
from services.access import CLOSED_KINDS, Actor, StageKind

Row = dict[str, Any]
_OWNERS = {
    "deal": "owner_id",
    "lead": "owner_id",
    "contact": "owner_id",
    "company": "owner_id",
    "task": "assignee_id",
}
_TAGGED = ("deal", "lead", "contact", "company")


async def mend(uow: UnitOfWork, actor: Actor, bundle: Bundle) -> None:
    """Change the bundle so that it can be put back.

    What somebody had who has left is whoever's who brings it back; a deal whose stage has gone stands in
    the first one that means the same.
    """
    for deal in bundle.rows.get("deal", []):
        await _mend_stage(uow, deal)
    await _mend_people(uow, actor, bundle)
    await _mend_names(uow, bundle)
    await _mend_tags(uow, bundle)
    await _mend_chats(uow, bundle)


async def _mend_stage(uow: UnitOfWork, deal: Row) -> None:
    stage, pipeline = (
        await uow.pipelines.stage(deal["stage_id"]),
        await uow.pipelines.get(deal["pipeline_id"]),
    )
    closed = deal["closed_on"] is not None
    in_use = pipeline is not None and (pipeline.archived_at is None or closed)
    if stage is not None and in_use:
        return
    kind = StageKind(stage.kind) if stage is not None else _kind_of(deal)
    home = pipeline if pipeline is not None and in_use else next(iter(await uow.pipelines.all()), None)
    stages = await uow.pipelines.stages(home.id) if home is not None else []
    same = next((one for one in stages if one.kind == kind), None) or next(iter(stages), None)
    if same is not None:
        deal["pipeline_id"], deal["stage_id"] = same.pipeline_id, same.id
        if same.kind not in CLOSED_KINDS:
            deal["closed_on"] = None


def _kind_of(deal: Row) -> StageKind:
    """What the stage of a deal meant that is not there any more."""
    if deal["closed_on"] is None:
        return StageKind.OPEN
    return StageKind.LOST if deal["loss_reason_id"] is not None else StageKind.WON


async def _mend_people(uow: UnitOfWork, actor: Actor, bundle: Bundle) -> None:
    here: dict[int, bool] = {}

    async def stays(person_id: int) -> bool:
        if person_id not in here:
            here[person_id] = await uow.people.stays(person_id)
        return here[person_id]

    for table, column in _OWNERS.items():
        for row in bundle.rows.get(table, []):
            is_done = row.get("done_at") is not None
            if row[column] is not None and not is_done and not await stays(row[column]):
                row[column] = actor.person_id
    for deal in bundle.rows.get("deal", []):
        deal["crew"] = [one for one in deal["crew"] if await stays(one) and one != deal["owner_id"]]
        helpers = bundle.rows.get("deal_helper", [])
        bundle.rows["deal_helper"] = [one for one in helpers if one["person_id"] in deal["crew"]]
    for lead in bundle.rows.get("lead", []):
        if lead["offered_to"] is not None and not await stays(lead["offered_to"]):
            lead["offered_to"] = lead["offered_until"] = None


async def _mend_names(uow: UnitOfWork, bundle: Bundle) -> None:
    """Whatever else is named and is not there any more; what cannot be without it does not come back."""
    for table, rows in bundle.rows.items():
        for column in [column for column in TABLES[table].c if column.foreign_keys]:
            referred = parent(column)
            kept = set(bundle.ids(referred)) if "id" in TABLES[referred].c else set()
            named = {row[column.name] for row in rows if row[column.name] is not None} - kept
            (target,) = column.foreign_keys
            there = await uow.bundles.existing(referred, named, target.column.name) if named else named
            gone = named - there
            for row in [row for row in rows if row[column.name] in gone]:
                row[column.name] = await _instead(uow, referred, row[column.name])
            if not column.nullable:
                rows[:] = [row for row in rows if row[column.name] is not None]


async def _instead(uow: UnitOfWork, table: str, gone: int) -> int | None:
    """A client that was united with another one is that one now."""
    kind = {"contact": "contact", "company": "firm"}.get(table)
    return await uow.merges.survivor(kind, gone) if kind is not None else None


async def _mend_tags(uow: UnitOfWork, bundle: Bundle) -> None:
    """Tags that an import had made may have gone with it."""
    rows = [row for table in _TAGGED for row in bundle.rows.get(table, [])]
    there = await uow.tags.names({one for row in rows for one in row["tags"]})
    for row in rows:
        row["tags"] = [one for one in row["tags"] if one in there]


async def _mend_chats(uow: UnitOfWork, bundle: Bundle) -> None:
    """A group that has become another's stays that."""
    free = [row for row in bundle.rows.get("team_chat", []) if not await uow.bundles.is_given(row["chat_id"])]
    if "team_chat" in bundle.rows:
        bundle.rows["team_chat"] = free
