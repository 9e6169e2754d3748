"""Who is told of a lead: its department when it is free, its new owner, and whoever looks at its card."""

from datetime import datetime

from db.models import Deal, Lead
from db.uow import UnitOfWork
from services import notices
from services.access import Actor, Role
from services.distribution.presence import Presence, said_by
from services.notices import NoticeKind, Place
from services.places import heads_of

TAKERS = (Role.MANAGER, Role.HEAD)
"""Roles that are told of free leads and that leads are given to."""


async def announce(
    uow: UnitOfWork, actor: Actor, now: datetime, lead: Lead, event: int, *, only_team: bool = False
) -> None:
    """Show a free lead to its department: privately to everyone who could take it, silently to its chat.

    Whoever has said that they are off or at lunch is left alone. Of the heads a phone rings only where there
    is no manager whose phone does.
    `only_team`: the chat alone is shown it, since somebody gets it in their turn.
    """
    sellers, heads, team = await _department(uow, lead.department_id, but=actor.person_id, at=now)
    if only_team:
        sellers, heads = [], []
    for places, silent in ((sellers, False), (heads, bool(sellers)), (team, True)):
        await notices.send(
            uow,
            now,
            places,
            NoticeKind.CARD,
            f"lead:{lead.id}:{event}",
            _card(lead),
            silent=silent,
            coalesce=f"lead:{lead.id}",
        )


async def refresh(
    uow: UnitOfWork, actor: Actor, now: datetime, lead: Lead, event: int, *, was_free: bool = False
) -> None:
    """Bring the standing cards of a lead up to date.

    Of one that was free until now the waiting announcements are replaced, too: nobody shall be called to a
    lead that is gone. A refresh does nothing where no card stands.
    """
    cards = await uow.cards.places("lead", lead.id)
    places = {card.chat_id: Place(card.chat_id, card.person_id) for card in cards}
    if was_free:
        told = await _department(uow, lead.department_id)
        places = {place.chat_id: place for group in told for place in group} | places
        await notices.withdraw(uow, f"lead:{lead.id}", places.values())
    places.pop(actor.telegram_id or 0, None)
    await notices.send(
        uow,
        now,
        places.values(),
        NoticeKind.REFRESH,
        f"lead:{lead.id}:{event}:again",
        _card(lead),
        silent=True,
        coalesce=f"lead:{lead.id}",
    )


async def tell_owner(uow: UnitOfWork, actor: Actor, now: datetime, lead: Lead, event: int) -> None:
    """Tell somebody that they were given a lead, unless they took it themselves."""
    owner = await uow.people.get(lead.owner_id) if lead.owner_id else None
    if owner is not None and owner.id != actor.person_id:
        params: dict[str, object] = {"id": lead.id, "by": actor.name}
        await notices.send(
            uow, now, [notices.private(owner)], NoticeKind.LEAD_GIVEN, f"lead_given:{lead.id}:{event}", params
        )


async def tell_former(
    uow: UnitOfWork, actor: Actor, now: datetime, place: Lead | Deal, former_id: int | None, event: int
) -> None:
    """Tell whoever had a lead or a deal, without a sound, that somebody else has given it to a colleague."""
    former = await uow.people.get(former_id) if former_id else None
    heir = await uow.people.get(place.owner_id) if place.owner_id else None
    if former is not None and heir is not None and former.id != actor.person_id:
        subject = "lead" if isinstance(place, Lead) else "deal"
        params: dict[str, object] = {"subject": subject, "id": place.id, "by": actor.name, "to": heir.name}
        key = f"handed_on:{subject}:{place.id}:{event}"
        await notices.send(
            uow, now, [notices.private(former)], NoticeKind.HANDED_ON, key, params, silent=True
        )


async def tell_touched(uow: UnitOfWork, actor: Actor, now: datetime, place: Lead | Deal, event: int) -> None:
    """Tell the owner of a lead or deal that somebody else has noted a new touch of the client.

    Of a deal that nobody owns the heads of its department are told, else the owners of the company.
    """
    owner = await uow.people.get(place.owner_id) if place.owner_id else None
    people = [owner] if owner is not None else []
    if place.owner_id is None and isinstance(place, Deal):
        people = await heads_of(uow, place.department_id)
    if told := [person for person in people if person.id != actor.person_id]:
        subject = "lead" if isinstance(place, Lead) else "deal"
        params: dict[str, object] = {"subject": subject, "id": place.id, "by": actor.name}
        key = f"touched:{subject}:{place.id}:{event}"
        await notices.send(
            uow,
            now,
            map(notices.private, told),
            NoticeKind.CLIENT_TOUCHED,
            key,
            params,
            coalesce=f"touched:{subject}:{place.id}",
        )


async def takers(uow: UnitOfWork, department_id: int, now: datetime) -> list[Place]:
    """The private chats of everybody who could take a department's free leads now."""
    return (await _department(uow, department_id, at=now))[0]


async def _department(
    uow: UnitOfWork, department_id: int, *, but: int | None = None, at: datetime | None = None
) -> tuple[list[Place], list[Place], list[Place]]:
    """Where its managers, its heads and its team read; `at` a moment only those who are not off."""
    sellers: list[Place] = []
    heads: list[Place] = []
    for person in await uow.people.members(department_id, roles=TAKERS):
        place = notices.private(person)
        away = at is not None and said_by(person).presence(at, is_open=True) is not Presence.HERE
        if place is not None and person.id != but and not away:
            (heads if person.role == Role.HEAD else sellers).append(place)
    department = await uow.people.department(department_id)
    team = department.chat_id if department else None
    thread = department.chat_thread if department else None
    return sellers, heads, [Place(team, thread=thread)] if team is not None else []


def _card(lead: Lead) -> dict[str, object]:
    return {"subject": "lead", "id": lead.id}
