"""The groups of clients: what is seen there of a client, and what becomes of them when two clients unite."""

from datetime import datetime

from db.models import Merge
from db.uow import UnitOfWork
from services import notices
from services.dto.clients import ClientKind
from services.dto.team_chats import PARTED_CARDS, ClientFace
from services.errors import NotFoundError
from services.notices import NoticeKind, Place
from services.topic_looks import public_title

ALONG, PARTED = "group_along", "group_parted"
"""Under which names a uniting keeps the group that came along, and the one that is nobody's since."""


async def face_of(uow: UnitOfWork, kind: ClientKind, client_id: int) -> ClientFace:
    """A client as a whole team chat may see it. Raises `contact.not_found`, `firm.not_found`."""
    facts = await uow.clients.facts(kind, client_id)
    if facts is None:
        raise NotFoundError(kind)
    workspace = await uow.people.workspace()
    return ClientFace(
        kind=kind,
        id=client_id,
        name=public_title(facts.client.name),
        owner=facts.owner,
        department=facts.department,
        protect=workspace is not None and workspace.protects_clients,
    )


async def change(
    uow: UnitOfWork,
    now: datetime,
    kind: ClientKind,
    client_id: int,
    groups: tuple[int | None, int | None],
    occasion: str,
) -> None:
    """Show a client in the new one of these groups, and say in the old one that it is theirs no more."""
    old, new = groups
    if old is not None:
        await part(uow, now, kind, client_id, old, occasion)
    if new is not None:
        await _send_face(uow, now, kind, client_id, new, occasion)


async def part(
    uow: UnitOfWork, now: datetime, kind: ClientKind, client_id: int, chat_id: int, occasion: str
) -> None:
    """A group is a client's no more: their card there says so, and tells nothing of them from now on."""
    if await uow.cards.lead_on(chat_id, kind, client_id, PARTED_CARDS[kind]):
        await notices.refresh_cards(uow, now, PARTED_CARDS[kind], client_id, occasion)


async def unite(
    uow: UnitOfWork, now: datetime, kind: ClientKind, kept_id: int, gone_id: int
) -> dict[str, list[int]]:
    """The group of a client that goes into another is the other's, unless that has one; what came of it."""
    group = await uow.chats.of(kind, gone_id)
    if group is None:
        return {}
    await uow.chats.give(kind, gone_id, None, now)
    if await uow.chats.of(kind, kept_id) is not None:
        return {PARTED: [group]}
    await uow.chats.give(kind, kept_id, group, now)
    await uow.cards.hand_on(group, kind, gone_id, kept_id)
    return {ALONG: [group]}


async def tell_united(uow: UnitOfWork, now: datetime, merge: Merge, event: int) -> None:
    """In the group that came along stands the card of the one that stays; the other one hears that it is
    nobody's now.
    """
    kind = ClientKind(merge.kind)
    for group in merge.moved.get(ALONG, []):
        await _send_face(uow, now, kind, merge.kept_id, group, f"{event}")
    for group in merge.moved.get(PARTED, []):
        await part(uow, now, kind, merge.gone_id, group, f"{event}")
        params: dict[str, object] = {"subject": kind, "id": merge.gone_id}
        key = f"chat_parted:{group}:{event}"
        await notices.send(uow, now, [Place(group)], NoticeKind.CHAT_PARTED, key, params)


async def divide(uow: UnitOfWork, now: datetime, merge: Merge, event: int) -> None:
    """Whoever is back has the group back, unless it is another's by now.

    Where we are not in it any more it is released as soon as Telegram refuses the card.
    """
    kind, kept_id, gone_id = ClientKind(merge.kind), merge.kept_id, merge.gone_id
    back = [group for group in merge.moved.get(ALONG, []) if await uow.chats.holder(group) == (kind, kept_id)]
    for group in back:
        await uow.chats.give(kind, kept_id, None, now)
        await uow.cards.hand_on(group, kind, kept_id, gone_id)
    back += [group for group in merge.moved.get(PARTED, []) if await uow.chats.holder(group) is None]
    for group in back:
        await uow.chats.give(kind, gone_id, group, now)
        await _send_face(uow, now, kind, gone_id, group, f"{event}")


async def _send_face(
    uow: UnitOfWork, now: datetime, kind: ClientKind, client_id: int, chat_id: int, occasion: str
) -> None:
    """In place of the card that stands there, if one does."""
    params: dict[str, object] = {"subject": kind, "id": client_id}
    key = f"face:{kind}:{client_id}:{occasion}"
    await notices.send(uow, now, [Place(chat_id)], NoticeKind.CARD, key, params, silent=True)
