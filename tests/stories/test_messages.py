"""Messages are few and kind: how many each person gets over a lead's whole life, held to the last one."""

from tests.stories.road import team_chat
from tests.stories.tally import Tally
from tests.stories.wire import check_wire
from tests.stories.wizards import Open, Press
from tests.world import World

SOLD = {
    "anna": (0, 0, 1, 1, 1),
    "boris": (4, 17, 4, 3, 4),
    "fiona": (3, 6, 1, 1, 1),
    "helen": (0, 1, 3, 1, 4),
    "max": (1, 1, 0, 0, 1),
    "team": (0, 0, 1, 0, 1),
}
"""Boris' phone rings for the free lead, for the hour of his task and when all the money is there; that it was
set paid at once rewrites the last one. Fiona's rings when the deal awaits its payment, Helen's when the money
is there, as she sets the deal paid. Each question that is answered loses its buttons by one redrawing, and by
one the first card of a task shows that it was done under its reminder."""
LOST = {
    "anna": (0, 16, 2, 2, 0),
    "boris": (0, 0, 1, 1, 1),
    "helen": (0, 0, 1, 0, 7),
    "max": (1, 1, 0, 0, 1),
    "team": (0, 0, 1, 0, 1),
}
"""Anna's rings for the free lead and to call again; a lost deal has no tasks that could ring any more."""
HANDED_OVER = {
    "anna": (1, 4, 3, 2, 2),
    "boris": (1, 4, 4, 4, 2),
    "helen": (1, 7, 1, 0, 3),
    "max": (1, 1, 0, 0, 1),
    "team": (0, 0, 1, 0, 1),
}
"""Anna's and Boris' ring for the free lead and for what each was given, tasks included; his for the task, and
for what Helen writes about his deal. The cards of the deal and of its task are withdrawn before Anna, who
reads without a sound with whom it is now."""


async def test_a_phone_rings_only_where_somebody_must_look(world: World) -> None:
    """Each row: answers, redrawn, told, rang, refreshed; see `Heard`. More than these is a step back."""
    tally = Tally(world, await team_chat(world))
    await sale(tally)
    assert tally.total() == SOLD
    await unanswered(tally)
    assert tally.total() == LOST
    await handed_over(tally)
    assert tally.total() == HANDED_OVER
    assert "🎉 Paid" in [message.text[:6] for message in world.boris.messages]
    await check_wire(world)


async def sale(tally: Tally) -> None:
    """From marketing's line to a deal that is paid in two parts."""
    await tally.act("max", "Windows, Ivan +7 916 123-45-67, website", Press("👥 To the department"))
    await tally.act("boris", Press("✋ Take"), Press("📞 Call outcome"), Press("✅ Reached"))
    await tally.act("boris", Press("✅ Qualify"), "Romashka", Press("📝 Note"), "Wants oak")
    await tally.act("boris", Press("▶️ In work"), Press("▶️ Proposal"), "150k")
    await tally.act("boris", Press("➕ Task"), "call about the date tomorrow at 15")
    await tally.wait(hours=27)
    await tally.act("boris", Press("✅ Done"), Press("Nothing"), Press("💼 Windows"))
    await tally.act("boris", Press("▶️ Awaiting payment"))
    await tally.act("fiona", "/menu", Press("Awaiting payment · 1"), Press("#1 Windows"))
    await tally.act("fiona", Press("💳 Record a payment"), "50000", Press("💳 Record a payment"), "100000")
    await tally.act("helen", Press("Paid"))


async def unanswered(tally: Tally) -> None:
    """Nobody answers, a reminder to call again, and lost for a reason."""
    await tally.act("max", "Doors, Pyotr +7 916 765-43-21, avito", Press("👥 To the department"))
    await tally.act("anna", Press("✋ Take"), Press("📞 Call outcome"), Press("📵 No answer"))
    await tally.act("anna", Press("✖️ Cancel"))
    await tally.act("anna", Press("📞 Call outcome"), Press("🔁 Call back"), Press("In an hour"))
    await tally.wait(hours=1)
    await tally.act("anna", Press("✅ Done"), Press("Tomorrow, 10:00"))
    await tally.act("anna", Press("📥 Doors"), Press("✅ Qualify"), Press("No company ▶️"))
    await tally.act("anna", Press("🔀 Move"), Press("Lost"), Press("Price"))
    await tally.wait(days=1)


async def handed_over(tally: Tally) -> None:
    """A head gives a free lead, and later the deal with what is planned for it, to somebody else."""
    await tally.act("max", "Gates, Oleg +7 916 111-22-33, site", Press("👥 To the department"))
    await tally.act("helen", Press("🤝 Hand over"), Press("Anna"))
    await tally.act("anna", Press("✅ Qualify"), Press("No company ▶️"))
    await tally.act("anna", Press("➕ Task"), "measure tomorrow at 11")
    await tally.act("helen", Open("d:3"), Press("🤝 Hand over"), Press("Boris"))
    await tally.act("boris", Press("📞 Call outcome"), Press("✅ Reached"), Press("📝 Note"), "Wants steel")
    await tally.act("helen", Press("📝 Note"), "Offer the new model")
    await tally.wait(days=1)
