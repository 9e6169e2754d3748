"""From a company that was just installed to its first paid deal, step by step, on any kind of phone."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

TITLE = "Repairs"
LEAD = f"{TITLE}, Ivan +7 916 123-45-67, 150k, website"
MOST_STEPS = 60
"""Five minutes at five seconds each."""


class Phone(Protocol):
    """What somebody holds in their hands."""

    async def open(self, token: str) -> None:
        """Follow a link to the bot."""

    async def press(self, label: str) -> None:
        """Press the newest button of this name."""

    async def say(self, text: str) -> None:
        """Type."""

    async def reads(self, text: str) -> str:
        """All that the newest message says, once it says this."""


@dataclass(slots=True)
class Counted:
    """A phone, and how often it was touched."""

    phone: Phone
    taps: int = 0
    messages: int = 0

    async def open(self, token: str, sees: str) -> None:
        """Follow a link."""
        self.taps += 1
        await self.phone.open(token)
        await self.phone.reads(sees)

    async def press(self, label: str, sees: str) -> str:
        """Press, and read what it leads to."""
        self.taps += 1
        await self.phone.press(label)
        return await self.phone.reads(sees)

    async def say(self, text: str, sees: str) -> None:
        """Type, and read the answer."""
        self.messages += 1
        await self.phone.say(text)
        await self.phone.reads(sees)


async def to_the_first_paid_deal(
    owner: Counted, manager: Counted, link: str, money: Callable[[], Awaitable[object]]
) -> None:
    """The owner sets up and invites, the manager sells, the owner records the money; `money`: is it there?"""
    await owner.open(link, "Welcome, Olga")
    await owner.press("🚀 Let's go", "Company name")
    await owner.say("Cosy Home", "Language")
    await owner.press("🏁 Finish with defaults", "is ready to sell")
    await owner.press("✉️ Invite", "Whom do you invite?")
    invitation = await owner.press("Manager", "Invitation")
    found = re.search(r"start=([\w-]+)", invitation)
    assert found is not None
    await owner.press("📋 Copy the link", "Invitation")

    await manager.open(found[1], "Welcome, Boris")
    await manager.say(LEAD, "Saved as yours")
    await manager.press("✅ Qualify", "Which company")
    await manager.press("No company ▶️", "New · ")
    for stage in ("In work", "Proposal", "Awaiting payment"):
        await manager.press(f"▶️ {stage}", f"{stage} · ")

    # Told beside the work, it may come late: what is newest has to be known before the next press.
    await owner.phone.reads("💳 Awaiting payment: ")
    await owner.say("/menu", "Cosy Home")
    await owner.press("💼 Deals", "Deals by stage")
    await owner.press(f"💼 #1 {TITLE}", f"{TITLE} · #1")
    await owner.press("💳 Record a payment", "How much came?")
    await owner.press("✅ All of it", "Paid")
    await owner.press("Paid", "🟢 Paid")
    await manager.phone.reads("🎉 Paid")
    await money()


def lines(owner: Counted, manager: Counted) -> list[str]:
    """What `docs/taps.md` tells of it."""
    rows = [("owner", owner.taps, owner.messages), ("manager", manager.taps, manager.messages)]
    taps, messages = owner.taps + manager.taps, owner.messages + manager.messages
    assert taps + messages <= MOST_STEPS
    rows.append(("together", taps, messages))
    return ["| Who | Taps | Messages |", "|---|---|---|", *(f"| {who} | {a} | {b} |" for who, a, b in rows)]
