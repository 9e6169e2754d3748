"""A day of a manager, of a head and of finance, told in chapters, each in the same company."""

from collections.abc import AsyncIterator

from tests.deals.making import make_deal
from tests.leads.making import contact_of, free_lead
from tests.stories.road import Tap, tap
from tests.tasks.ticking import set_task, tick
from tests.world import World


async def before_the_day(world: World) -> None:
    """Anna has a deal with an overdue task and one without any; a client is about to pay."""
    await make_deal(world, title="Windows", amount=150_000_00)
    await make_deal(world, title="Doors", amount=50_000_00)
    await make_deal(world, title="Gates", stage="Awaiting payment", amount=90_000_00)
    await set_task(world, "anna", deal=1, minutes=30)
    await contact_of(world, "anna", "Kate Orlova", "+79265557788")
    world.clock.turn(hours=1)
    await free_lead(world.services, world.db, title="Roofs", phone="+79160000001")
    await world.settle()


async def manager(world: World, tap: Tap = tap) -> AsyncIterator[str]:
    """Anna: what is late, a new lead, a call that is made later, voices, clients, and an empty list."""
    anna = world.anna
    await tap(anna, "✋ Take")
    await tap(anna, "📞 Call outcome")
    await tap(anna, "🔁 Call back")
    await tap(anna, "In an hour")
    yield "taken"
    await anna.say("/day")
    await tap(anna, "✅ 1")
    await tap(anna, "➡️ What next?")
    await tap(anna, "Tomorrow, 10:00")
    yield "planned"
    world.clock.turn(hours=1)
    await tick(world)
    await tap(anna, "📞 Call outcome")
    await tap(anna, "✅ Reached")
    yield "called"
    await anna.do("send_file", None, "voice.ogg", b"OggS", "voice")
    await tap(anna, "💼 #1 Windows")
    await anna.say("Wants oak", reply_to=anna.screen)
    yield "noted"
    await anna.say("/deals")
    await tap(anna, "💼 #1 Windows")
    await tap(anna, "▶️ In work")
    await tap(anna, "▶️ Proposal")
    await tap(anna, "👥 Co-workers")
    await tap(anna, "➕ Boris")
    yield "shared"
    await anna.say("7788")
    await tap(anna, "➕ Task")
    await tap(anna, "In 3 days")
    yield "client"
    await anna.say("/deals")
    await tap(anna, "💼 #2 Doors")
    await tap(anna, "➕ Task")
    await anna.say("measure friday at 11")
    await anna.say("/day")
    yield "evening"


async def head(world: World, tap: Tap = tap) -> AsyncIterator[str]:
    """Helen: nobody waits, each deal goes on, nothing is late, and one seller's work is another's."""
    helen = world.helen
    await helen.say("/menu")
    await tap(helen, "🆓 Free leads · 1")
    await tap(helen, "🤝")
    await tap(helen, "Boris")
    yield "given"
    await helen.say("/menu")
    await tap(helen, "⚠️ No step · 1")
    await tap(helen, "➕")
    await tap(helen, "Tomorrow, 10:00")
    yield "asked"
    await helen.say("/menu")
    await tap(helen, "🔥 Overdue · 1")
    await tap(helen, "🕒")
    await tap(helen, "Tomorrow, 10:00")
    yield "later"
    await helen.say("/deals")
    await tap(helen, "💼 #1 Windows")
    await helen.say("Offer the new model", reply_to=helen.screen)
    yield "commented"
    await helen.say("/now")
    await tap(helen, "🤝")
    await tap(helen, "Boris")
    await tap(helen, "🤝 Yes, hand over")
    yield "handed over"
    await helen.say("/now")
    yield "evening"


async def finance(world: World, tap: Tap = tap) -> AsyncIterator[str]:
    """Fiona: too much, too early, taken back, and all of it; Helen sets the deal paid."""
    fiona = world.fiona
    await fiona.say("/menu")
    await tap(fiona, "Awaiting payment · 1")
    await tap(fiona, "#3 Gates")
    await tap(fiona, "💳 Record a payment")
    await tap(fiona, "Yesterday")
    await tap(fiona, "Cash")
    await fiona.say("100k")
    yield "too much"
    await tap(fiona, "✏️ Another sum")
    await fiona.say("40000")
    yield "a part"
    await tap(fiona, "✖️ Correct payments")
    await tap(fiona, "✖️ ₽40,000, yesterday, cash")
    await tap(fiona, "Yes, take it back")
    yield "taken back"
    await tap(fiona, "💳 Record a payment")
    await tap(fiona, "✅ All of it: ₽90,000")
    yield "all"
    await tap(world.helen, "Paid")
    yield "paid"
