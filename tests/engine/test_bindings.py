"""A card whose subject changes before anybody knows where the card stands is brought up to date."""

from dataclasses import replace

from sqlalchemy import select

from bot.bindings import Drawing, bind
from db.models import Inbox, Outbox
from db.uow import Cause, Database
from handlers.bound import Binding
from services.bundle import Services
from services.notices import NoticeKind
from tests.cast import TurnedClock, actor_of
from tests.leads.making import free_lead

BORIS = 1_003


async def bound(db: Database, clock: TurnedClock, drawing: Drawing) -> list[tuple[str, int]]:
    """Note a drawing; which cards are drawn anew, by kind of message and chat."""
    query = select(Outbox.kind, Outbox.chat_id).where(Outbox.kind == NoticeKind.REFRESH)
    async with db.write() as uow:
        before = (await uow.session.execute(query)).all()
        await bind(uow, [drawing], clock.now())
        after = (await uow.session.execute(query)).all()
    return [(kind, chat) for kind, chat in after[len(before) :]]


async def test_one_that_was_taken_while_its_card_was_on_the_way(
    services: Services, db: Database, clock: TurnedClock
) -> None:
    lead = await free_lead(services, db)
    card = Binding(BORIS, 7, "lead", lead.id, None)
    drawing = Drawing([card], clock.now())
    clock.turn(seconds=1)
    await services.leads.take(await actor_of(services, "anna"), lead.id)
    assert await bound(db, clock, drawing) == [("refresh", BORIS)]
    assert await bound(db, clock, drawing) == [], "it is known by now"


async def test_one_that_nobody_changed_stays_as_it_is(
    services: Services, db: Database, clock: TurnedClock
) -> None:
    lead = await free_lead(services, db)
    clock.turn(seconds=1)
    card = Binding(BORIS, 7, "lead", lead.id, None)
    assert await bound(db, clock, Drawing([card], clock.now())) == []


async def test_the_change_that_the_card_was_drawn_after_is_on_it_already(
    services: Services, db: Database, clock: TurnedClock
) -> None:
    lead = await free_lead(services, db)
    began, cause = clock.now(), Cause(42, 5)
    clock.turn(seconds=1)
    async with db.write() as uow:
        uow.inbox.add(_update(cause, clock))
    anna = replace(await actor_of(services, "anna"), cause=cause)
    await services.leads.take(anna, lead.id)
    card = Binding(BORIS, 7, "lead", lead.id, None)
    assert await bound(db, clock, Drawing([card], began, cause)) == []
    assert await bound(db, clock, Drawing([replace(card, message_id=8)], began)) == [("refresh", BORIS)]


async def test_a_message_that_shows_something_again_is_drawn_anew_again(
    services: Services, db: Database, clock: TurnedClock
) -> None:
    await free_lead(services, db)
    card = Binding(BORIS, 7, "import", 1, None)
    for _ in range(2):
        assert await bound(db, clock, Drawing([card], clock.now())) == [("refresh", BORIS)]
        assert await bound(db, clock, Drawing([replace(card, subject="lead")], clock.now())) == []


async def test_an_import_moves_on_without_events(
    services: Services, db: Database, clock: TurnedClock
) -> None:
    await free_lead(services, db)
    card = Binding(BORIS, 7, "import", 1, None)
    assert await bound(db, clock, Drawing([card], clock.now())) == [("refresh", BORIS)]


def _update(cause: Cause, clock: TurnedClock) -> object:
    return Inbox(
        bot_id=cause.bot_id,
        update_id=cause.update_id,
        lane="1:1",
        raw="{}",
        state="new",
        attempts=0,
        received_at=clock.now(),
    )
