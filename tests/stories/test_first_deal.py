"""The first start from nothing: a link printed at the start, one for a manager, and the first paid deal."""

from pathlib import Path

from sqlalchemy import select

from db.models import Deal, Payment, Person, Stage
from db.uow import Database
from tests.cast import TurnedClock
from tests.people.first_start import before_the_first_start
from tests.stories.first_deal import Counted, lines, to_the_first_paid_deal
from tests.stories.wire import check_wire
from tests.stories.written import told
from tests.world import Hand


class InHand:
    """A phone of the local Telegram."""

    def __init__(self, hand: Hand) -> None:
        self._hand = hand

    async def open(self, token: str) -> None:
        await self._hand.start(payload=token)

    async def press(self, label: str) -> None:
        await self._hand.press(label)

    async def say(self, text: str) -> None:
        await self._hand.say(text)

    async def reads(self, text: str) -> str:
        assert text in self._hand.text, (text, self._hand.text)
        return self._hand.text


async def test_from_nothing_to_the_first_paid_deal_in_five_minutes(
    db: Database, clock: TurnedClock, tmp_path: Path
) -> None:
    async with before_the_first_start(db, clock, tmp_path, "en", "en") as (world, token):
        owner, manager = Counted(InHand(world.olga)), Counted(InHand(world.boris))

        async def money() -> None:
            deals = await world.rows(
                select(Stage.kind, Person.name, Payment.amount)
                .select_from(Deal)
                .join(Stage, Stage.id == Deal.stage_id)
                .join(Person, Person.id == Deal.owner_id)
                .join(Payment, Payment.deal_id == Deal.id)
            )
            assert deals == [("won", "Boris", 150_000_00)]

        await to_the_first_paid_deal(owner, manager, token, money)
        await check_wire(world)
    told("first deal", lines(owner, manager))
