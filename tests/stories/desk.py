"""A pair of hands that counts what it does: taps, messages and the confirmations that some deeds ask for."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from sandbox.messages import Message
from services.dto.tasks import Link
from services.response.rules import Step
from tests.cast import actor_of
from tests.deals.making import make_deal
from tests.leads.making import free_lead
from tests.tasks.ticking import tick
from tests.world import Hand, World

MENU, NOTICE, ANYWHERE = "menu", "notification", "anywhere"
PHONE = 79160000000


async def unhurried(world: World) -> None:
    """Nothing follows when a lead is not answered: what a job passes the time with is not its own subject."""
    olga = await actor_of(world.services, "olga")
    async with world.db.read() as uow:
        places = [row.id for row in await uow.people.departments()]
    for place in places:
        for step in Step:
            await world.services.response.set(olga, place, step, 0)


class Desk:
    """One world in which the jobs are done one after the other, each about something of its own."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.taps = self.messages = self.confirmations = 0
        self._hand: Hand = world.anna
        self._made = 0

    @property
    def text(self) -> str:
        """What is read now."""
        return self._hand.text

    async def begin(self, who: str, start: str) -> None:
        """Somebody takes the phone, at the menu or where they were told of something; counted from here."""
        self._hand = self.world.hands[who]
        if start == MENU:
            await self._hand.say("/menu")
        self.taps = self.messages = self.confirmations = 0

    async def tap(self, *labels: str) -> None:
        """Press these one after the other."""
        for label in labels:
            self.taps += 1
            await self._hand.press(label)

    async def confirm(self, label: str) -> None:
        """Say yes, where much changes at once."""
        self.confirmations += 1
        await self._hand.press(label)

    async def say(self, text: str) -> None:
        """Type or dictate."""
        self.messages += 1
        await self._hand.say(text)

    async def send(self, deed: str, *args: object) -> None:
        """Send anything else."""
        self.messages += 1
        await self._hand.do(deed, *args)

    async def free(self, title: str) -> int:
        """A new lead, of which the department is told."""
        self._made += 1
        lead = await free_lead(
            self.world.services, self.world.db, title=title, phone=f"+{PHONE + self._made}"
        )
        await self.world.settle()
        return lead.id

    async def given(self, who: str, title: str, stage: str = "New", amount: int | None = None) -> int:
        """A deal that a head has handed over to somebody, who is told."""
        deals = self.world.services.deals
        deal = await make_deal(self.world, "helen", stage, amount, title)
        card = await deals.card(await actor_of(self.world.services, "helen"), deal)
        heir = await actor_of(self.world.services, who)
        await deals.hand_over(
            await actor_of(self.world.services, "helen"), deal, heir.person_id, card.version
        )
        await self.world.settle()
        return deal

    async def reminded(self, who: str, title: str) -> None:
        """The hour of somebody's task for a deal."""
        deal = await make_deal(self.world, who, title=title)
        await self.task(who, deal)
        self.world.clock.turn(hours=1)
        await tick(self.world)

    async def task(self, who: str, deal: int | None = None) -> None:
        """Something to do in half an hour."""
        actor, soon = await actor_of(self.world.services, who), type(self.world.clock)(self.world.clock.now())
        soon.turn(minutes=30)
        link = Link("deal", deal) if deal else None
        await self.world.services.tasks.create(actor, "Call the client", soon.now(), link)
        await self.world.settle()

    def heard(self, text: str) -> Message:
        """What somebody says elsewhere."""
        hand = self._hand
        elsewhere = self.world.telegram.add_group("Elsewhere", [self.world.eve.person, hand.person], bots=())
        return self.world.eve.person.send(elsewhere, text)


@dataclass(frozen=True, slots=True)
class Job:
    """Something that people do all day, and how: `number` is its place among what matters most to `role`."""

    role: str
    number: int
    name: str
    start: str
    do: Callable[[Desk], Awaitable[None]]
