"""The daily jobs of managers and heads, each done by pressing what a person would press."""

from collections.abc import Awaitable, Callable

from tests.leads.making import contact_of
from tests.stories.desk import ANYWHERE, MENU, NOTICE, Desk, Job

Do = Callable[[Desk], Awaitable[None]]
JOBS: list[Job] = []


def job(role: str, number: int, name: str, start: str) -> Callable[[Do], Do]:
    """Declare a job."""

    def declare(do: Do) -> Do:
        JOBS.append(Job(role, number, name, start, do))
        return do

    return declare


@job("manager", 1, "Take the lead one was told of", NOTICE)
async def take_told(desk: Desk) -> None:
    await desk.free("Windows")
    await desk.begin("anna", NOTICE)
    await desk.tap("✋ Take")
    assert "In work" in desk.text


@job("manager", 1, "Take the lead that waits longest", MENU)
async def take_listed(desk: Desk) -> None:
    await desk.free("Doors")
    await desk.begin("boris", MENU)
    await desk.tap("📥 Leads", "✋")
    assert "In work" in desk.text


@job("manager", 2, "Open the deal that one works on", MENU)
async def open_deal(desk: Desk) -> None:
    deal = await desk.given("anna", "Fences")
    await desk.begin("anna", MENU)
    await desk.tap("💼 My deals", f"#{deal} Fences")
    assert f"Fences · #{deal}" in desk.text


@job("manager", 2, "Open the deal that a reminder is about", NOTICE)
async def open_reminded(desk: Desk) -> None:
    await desk.reminded("anna", "Roofs")
    await desk.begin("anna", NOTICE)
    await desk.tap("💼 Roofs")
    assert "⏰ Call the client" in desk.text


@job("manager", 3, "See what is overdue and due today", MENU)
async def my_day(desk: Desk) -> None:
    await desk.begin("anna", MENU)
    await desk.tap("☀️ My day")
    assert "🔴 Overdue: 1" in desk.text


@job("manager", 3, "Tick off a task of the day", MENU)
async def tick_off(desk: Desk) -> None:
    await desk.begin("anna", MENU)
    await desk.tap("☀️ My day", "✅ 1")
    assert "✅ Done: Call the client" in desk.text


@job("manager", 3, "See deals without a next step", MENU)
async def adrift(desk: Desk) -> None:
    await desk.begin("anna", MENU)
    await desk.tap("☀️ My day", "without a next step")
    assert "⚠️ No next step" in desk.text


@job("manager", 4, "Done, and the next step for tomorrow", NOTICE)
async def what_next(desk: Desk) -> None:
    await desk.reminded("anna", "Gates")
    await desk.begin("anna", NOTICE)
    await desk.tap("✅ Done", "Tomorrow, 10:00")
    assert "I will remind you" in desk.text


@job("manager", 4, "Plan a call for a deal that one was given", NOTICE)
async def plan_call(desk: Desk) -> None:
    await desk.given("anna", "Stairs")
    await desk.begin("anna", NOTICE)
    await desk.tap("➕ Task", "In 3 days")
    assert "Call the client" in desk.text


@job("manager", 4, "Put a reminder off by an hour", NOTICE)
async def put_off(desk: Desk) -> None:
    await desk.reminded("anna", "Sheds")
    await desk.begin("anna", NOTICE)
    await desk.tap("In an hour")
    assert "Sheds" in desk.text


@job("manager", 5, "Move a deal on, and take it back", NOTICE)
async def move_and_undo(desk: Desk) -> None:
    await desk.given("anna", "Porches")
    await desk.begin("anna", NOTICE)
    await desk.tap("▶️ In work", "↩️ Undo")
    assert "🔵 New" in desk.text


@job("manager", 5, "Move a deal on that still lacks its sum", NOTICE)
async def move_with_sum(desk: Desk) -> None:
    await desk.given("anna", "Floors", "In work")
    await desk.begin("anna", NOTICE)
    await desk.tap("▶️ Proposal")
    await desk.say("150k")
    assert "Proposal · ₽150,000" in desk.text


@job("manager", 6, "Find a client by the last digits of a phone", ANYWHERE)
async def find(desk: Desk) -> None:
    await contact_of(desk.world, "anna", "Olga Petrova", "+79265557788")
    await desk.begin("anna", ANYWHERE)
    await desk.say("7788")
    assert "+7 926 555-77-88" in desk.text


@job("manager", 7, "Put forwarded words into a deal", ANYWHERE)
async def forward(desk: Desk) -> None:
    await desk.begin("anna", ANYWHERE)
    await desk.send("forward", desk.heard("We need white ones"))
    await desk.tap("Floors")
    assert "We need white ones" in desk.text


@job("manager", 7, "Put a voice message into a deal", ANYWHERE)
async def voice(desk: Desk) -> None:
    await desk.begin("anna", ANYWHERE)
    await desk.send("send_file", None, "voice.ogg", b"OggS", "voice")
    await desk.tap("Floors")
    assert "🎤" in desk.text


@job("manager", 7, "Make a lead of a contact", ANYWHERE)
async def contact(desk: Desk) -> None:
    await desk.begin("anna", ANYWHERE)
    await desk.send("send_contact", None, "+7 926 555-00-11", "Oleg")
    assert "✅ Saved as yours" in desk.text


@job("manager", 8, "Log the call that a reminder was about", NOTICE)
async def log_call(desk: Desk) -> None:
    await desk.reminded("anna", "Blinds")
    await desk.begin("anna", NOTICE)
    await desk.tap("📞 Call outcome", "✅ Reached")
    assert "call: reached" in desk.text


@job("manager", 15, "Be told that a phone is known, and whose it is", ANYWHERE)
async def known(desk: Desk) -> None:
    await desk.begin("boris", ANYWHERE)
    await desk.say("Oak floors, Pyotr +7 926 555-00-11")
    assert "Anna" in desk.text


@job("head", 1, "Give a free lead to somebody", NOTICE)
async def assign_told(desk: Desk) -> None:
    await desk.free("Pools")
    await desk.begin("helen", NOTICE)
    await desk.tap("🤝 Hand over", "Anna")
    assert "👔 Anna" in desk.text


@job("head", 1, "Give the lead that waits longest to somebody", MENU)
async def assign_listed(desk: Desk) -> None:
    await desk.free("Saunas")
    await desk.begin("helen", MENU)
    await desk.tap("🆓 Free leads", "🤝", "Anna")
    assert "→ Anna" in desk.text


@job("head", 2, "See how the department stands now", MENU)
async def now(desk: Desk) -> None:
    await desk.begin("helen", MENU)
    await desk.tap("🧭 Department now")
    assert "Deals without a next step" in desk.text


@job("head", 4, "See the funnel of one manager", MENU)
async def funnel(desk: Desk) -> None:
    await desk.begin("helen", MENU)
    await desk.tap("📊 Report", "👥 By manager", "Anna")
    assert "Anna" in desk.text


@job("head", 6, "Set a deal paid when the money is there", NOTICE)
async def paid(desk: Desk) -> None:
    deal = await desk.given("anna", "Ponds", "Awaiting payment", 90_000_00)
    await desk.begin("fiona", MENU)
    await desk.tap("Awaiting payment", f"#{deal} Ponds", "💳 Record a payment")
    await desk.say("90000")
    await desk.begin("helen", NOTICE)
    await desk.tap("Paid")
    assert "🟢 Paid" in desk.text


@job("head", 7, "Ask for the next step of a deal that has none", MENU)
async def ask_step(desk: Desk) -> None:
    await desk.begin("helen", MENU)
    await desk.tap("⚠️ No step", "➕", "Tomorrow, 10:00")
    assert "tomorrow" in desk.text


@job("head", 7, "Give an overdue task another time", MENU)
async def later(desk: Desk) -> None:
    await desk.task("anna")
    desk.world.clock.turn(hours=1)
    await desk.begin("helen", MENU)
    await desk.tap("🔥 Overdue", "🕒", "Tomorrow, 10:00")
    assert "tomorrow" in desk.text


@job("head", 8, "See why deals were lost this week", MENU)
async def why_lost(desk: Desk) -> None:
    await desk.given("anna", "Wells", "In work")
    await desk.begin("anna", NOTICE)
    await desk.tap("🔀 Move", "Lost", "Price")
    await desk.begin("helen", MENU)
    await desk.tap("🗞 Digest", "❓ Why lost")
    assert "Price" in desk.text


@job("head", 9, "Hand all deals of a colleague over", MENU)
async def bulk(desk: Desk) -> None:
    await desk.begin("helen", MENU)
    await desk.tap("🧭 Department now", "🤝 Hand over deals", "Boris")
    await desk.confirm("🤝 Yes, hand over")
    assert "Boris" in desk.text


@job("head", 10, "Read what happened to a deal", MENU)
async def trail(desk: Desk) -> None:
    deal = await desk.given("anna", "Barns")
    await desk.begin("helen", MENU)
    await desk.tap("💼 Deals", f"#{deal} Barns", "🕓 History")
    assert f"History of #{deal}" in desk.text
