"""What a team chat belongs to: for whoever may give it one, and for those who may not."""

from db.models import Person
from db.uow import UnitOfWork
from services import deal_topics
from services.access import CLOSED_KINDS, Action, Actor, Role, granted, require
from services.client_rows import access_client, client_deeds
from services.dto.team_chats import CLIENTS, Holder, HolderKind, TeamChatCard
from services.errors import AppError, NotFoundError
from services.rows import access_deal, deal_standing
from services.staff import access_department


async def card_of(uow: UnitOfWork, actor: Actor, holder: Holder) -> TeamChatCard:
    """What has, or could have, a team chat; a client for whoever may change their card.

    Raises `<kind>.not_found`, `not_allowed`, `client.merged` (stale).
    """
    chat_id = await uow.chats.of(holder.kind, holder.id)
    if holder.kind is not HolderKind.DEAL:
        return TeamChatCard(holder, await _named(uow, actor, holder), chat_id)
    deal, stage = await access_deal(uow, actor, holder.id, Action.DEAL_SHARE)
    topic = await deal_topics.line(uow, deal.id)
    may_open = stage.kind not in CLOSED_KINDS and await uow.topics.home(deal.id) is not None
    return TeamChatCard(holder, deal.title, chat_id, topic, may_open, shared=bool(deal.crew))


async def _named(uow: UnitOfWork, actor: Actor, holder: Holder) -> str:
    """What a department, a pipeline or a client is called, for whoever may give it a chat."""
    if (kind := CLIENTS.get(holder.kind)) is not None:
        return (await access_client(uow, actor, kind, holder.id, Action.CLIENT_EDIT)).name
    if holder.kind is HolderKind.DEPARTMENT:
        return (await access_department(uow, actor, holder.id, Action.CHAT_BIND)).name
    require(actor, Action.PIPELINE_RULES)
    pipeline = await uow.pipelines.get(holder.id)
    if pipeline is None:
        raise NotFoundError("follow_up")
    return pipeline.name


async def held_by(uow: UnitOfWork, actor: Actor, holder: Holder) -> TeamChatCard:
    """What has a group, for whoever may take it off there; raises what `_taken` tells to all others."""
    try:
        return await card_of(uow, actor, holder)
    except AppError:
        raise await _taken(uow, actor, holder) from None


async def _taken(uow: UnitOfWork, actor: Actor, holder: Holder) -> AppError:
    """To what a group belongs, and who may take it off; not which deal or client, if that is not seen."""
    owners = await uow.people.with_role(Role.OWNER)
    match holder.kind:
        case HolderKind.DEPARTMENT:
            heads = await uow.people.heads(holder.id)
            names = [row.name for row in await uow.people.departments() if row.id == holder.id]
            who = _names(actor, [*heads, *owners])
            return AppError("chat.of_department", name="".join(names), who=who)
        case HolderKind.PIPELINE:
            pipeline = await uow.pipelines.get(holder.id)
            name = pipeline.name if pipeline is not None else ""
            return AppError("chat.of_pipeline", name=name, who=_names(actor, owners))
        case HolderKind.DEAL:
            found = await uow.deals.get(holder.id)
            if found is not None and granted(actor, Action.DEAL_VIEW, deal_standing(*found)):
                return AppError("chat.of_deal", id=holder.id)
        case HolderKind.CONTACT | HolderKind.FIRM:
            client = await uow.clients.get(holder.kind, holder.id)
            if client is not None and Action.CLIENT_VIEW in await client_deeds(uow, actor, client):
                return AppError("chat.of_client", name=client.name)
    return AppError("chat.taken")


def _names(actor: Actor, people: list[Person]) -> str:
    """Whom somebody may ask; not themselves."""
    return ", ".join(dict.fromkeys(one.name for one in people if one.id != actor.person_id))
