"""The whole road, from a line in a chat to a paid deal, told in chapters in either language."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass

from sqlalchemy import update

from db.models import Department
from sandbox.groups import Group
from tests.stories.staging import Words
from tests.stories.wire import shown
from tests.tasks.ticking import tick
from tests.world import Hand, World


@dataclass(frozen=True, slots=True)
class Lines:
    """What is typed on the road."""

    lead: str
    company: str
    amount: str
    task: str
    payment: str


TYPED = {
    "en": Lines(
        "Windows, Ivan +7 916 123-45-67, website",
        "Romashka",
        "150k",
        "call about the date tomorrow at 15",
        "150000",
    ),
    "ru": Lines(
        "Окна, Иван +7 916 123-45-67, с сайта", "Ромашка", "150к", "завтра в 15 позвонить о сроках", "150000"
    ),
}


async def team_chat(world: World) -> Group:
    """A group of Sales in which the department is told of its leads."""
    members = [world.anna.person, world.boris.person, world.helen.person]
    group = world.telegram.add_group("Sales team", members=members)
    async with world.db.write() as uow:
        bound = update(Department).where(Department.name == "Sales").values(chat_id=group.id)
        await uow.session.execute(bound)
    return group


Tap = Callable[[Hand, str], Awaitable[object]]


async def tap(hand: Hand, label: str) -> None:
    """Press a button of the newest screen."""
    await hand.press(label)


async def tap_as_shown(hand: Hand, label: str) -> None:
    """Press the newest button of this name that was ever shown, even if its screen has changed since."""
    mine = [one for one in shown(hand.world) if one.chat_id == hand.person.id and one.label == label]
    await hand.press(data=mine[-1].data)


async def road(world: World, language: str = "en", tap: Tap = tap) -> AsyncIterator[str]:
    """Max brings a lead, Boris takes it and sells, Fiona records the payment, Helen sets it paid.

    After each chapter its name is yielded, so that a test can look around.
    """
    t, typed = Words(language), TYPED[language]
    boris, fiona, helen, max_ = world.boris, world.fiona, world.helen, world.max
    await max_.say(typed.lead)
    yield "echoed"
    await tap(max_, t("👥 To the department"))
    yield "announced"
    await tap(boris, t("✋ Take"))
    yield "taken"
    await tap(boris, t("📞 Call outcome"))
    await tap(boris, t("✅ Reached"))
    yield "called"
    await tap(boris, t("✅ Qualify"))
    await boris.say(typed.company)
    yield "qualified"
    await tap(boris, "▶️ " + t.stage("In work"))
    yield "in work"
    await tap(boris, "▶️ " + t.stage("Proposal"))
    await boris.say(typed.amount)
    yield "proposed"
    await tap(boris, t("➕ Task"))
    await boris.say(typed.task)
    yield "planned"
    world.clock.turn(hours=27)
    await tick(world)
    await tap(boris, t("✅ Done"))
    await tap(boris, t("Nothing"))
    await tap(boris, f"💼 {typed.lead.partition(',')[0]}")
    yield "reminded"
    await tap(boris, "▶️ " + t.stage("Awaiting payment"))
    yield "awaited"
    await fiona.say("/menu")
    await tap(fiona, f"{t.stage('Awaiting payment')} · 1")
    await tap(fiona, f"#1 {typed.lead.partition(',')[0]}")
    await tap(fiona, t("💳 Record a payment"))
    await fiona.say(typed.payment)
    yield "recorded"
    await tap(helen, t.stage("Paid"))
    yield "paid"
    await helen.say("/report")
    yield "reported"


async def whole(world: World, language: str = "en", tap: Tap = tap) -> None:
    """The road without a stop."""
    async for _ in road(world, language, tap):
        pass
