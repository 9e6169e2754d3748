"""Every form of the program, as steps before and after somebody switches the machine off in its middle."""

from dataclasses import dataclass

from tests.world import World


@dataclass(frozen=True, slots=True)
class Press:
    """A press on a button, by its label."""

    label: str


@dataclass(frozen=True, slots=True)
class Open:
    """A press with these data, as a shortcut to where a form begins."""

    data: str


Step = str | Press | Open
"""Text stands for what is typed."""


@dataclass(frozen=True, slots=True)
class Wizard:
    """Who does what before and after the restart, and what the screen says then."""

    who: str
    before: tuple[Step, ...]
    after: tuple[Step, ...]
    shows: str


async def take(world: World, who: str, steps: tuple[Step, ...]) -> None:
    """Do these one after the other."""
    hand = world.hands[who]
    for step in steps:
        match step:
            case Press(label):
                await hand.press(label)
            case Open(data):
                await hand.press(data=data)
            case text:
                await hand.say(text)


DEALS = {
    "sum": Wizard("anna", (Open("d:1"), Press("💰 Sum")), ("1.5 mln",), "1,500,000"),
    "sum, not understood at first": Wizard("anna", (Open("ds:1"), "a lot"), ("2 mln",), "2,000,000"),
    "title": Wizard("anna", (Open("d:1"), Press("✏️ Title")), ("Doors for Ivan",), "Doors for Ivan"),
    "note": Wizard("anna", (Open("d:1"), Press("📝 Note")), ("Wants oak",), "Wants oak"),
    "what a stage asks for": Wizard(
        "anna",
        (Open("d:2"), Press("🔀 Move"), Press("Awaiting payment"), "80k"),
        ("Pyotr +7 916 765-43-21",),
        "Awaiting payment",
    ),
    "loss": Wizard("anna", (Open("d:3"), Press("🔀 Move"), Press("Lost")), (Press("Price"),), "💔 Price"),
    "payment": Wizard("fiona", (Open("d:4"), Press("💳 Record a payment")), ("90000",), "Paid ₽90,000"),
    "deal's hand over": Wizard("helen", (Open("d:1"), Press("🤝 Hand over")), (Press("Boris"),), "Boris"),
}
LEADS = {
    "draft": Wizard(
        "max",
        ("/lead Doors",),
        ("Pyotr +7 926 111-22-33", Press("👥 To the department")),
        "Saved. The department sees it.",
    ),
    "draft's edit": Wizard(
        "max",
        ("Gates, Oleg +7 926 111-22-44, site", Press("✏️ Edit"), Press("📞 Phone")),
        ("+7 926 111-22-55", Press("👥 To the department")),
        "+7 926 111-22-55",
    ),
    "draft's buttons": Wizard(
        "max",
        ("Roofs, Oleg +7 926 111-22-66", Press("✏️ Edit"), Press("📣 Source")),
        (Press("Avito"), Press("👥 To the department")),
        "Avito",
    ),
    "lead's note": Wizard("boris", (Open("l:1"), Press("📝 Note")), ("Call after six",), "Call after six"),
    "lead's field": Wizard("boris", (Open("l:1"), Press("✏️ Edit"), Press("💰 Sum")), ("300k",), "₽300,000"),
    "lead's hand over": Wizard(
        "boris", (Open("l:1"), Press("🤝 Hand over")), (Press("Anna"),), "taken by Anna"
    ),
    "qualify": Wizard("anna", (Open("l:1"), Press("✅ Qualify")), ("Romashka",), "🏢 Romashka"),
    "reject": Wizard(
        "boris",
        (Open("l:2"), Press("🗑 Not a lead"), Press("Other reason…")),
        ("Only wanted advice",),
        "Only wanted advice",
    ),
}
WORK = {
    "task's line": Wizard("anna", ("/task",), ("call Ivan tomorrow at 15",), "19 November, 15:00"),
    "task's time": Wizard("anna", ("/task write to Ivan",), ("friday at 11",), "20 November, 11:00"),
    "task's time by calendar": Wizard(
        "anna", ("/task ask Ivan", Press("📅 Calendar"), Press("20")), (Press("12:00"),), "20 November, 12:00"
    ),
    "task's text": Wizard("anna", (Open("tk:1"), Press("✏️ Text")), ("ring Ivan",), "ring Ivan"),
    "task's comment": Wizard("anna", (Open("tk:1"), Press("💬 Comment")), ("Ask twice",), "Ask twice"),
    "task's other time": Wizard("anna", (Open("w:1:0"),), ("in 2 days at 16",), "20 November, 16:00"),
    "search": Wizard("anna", (Open("find"),), ("Doors",), "Doors"),
    "period": Wizard("helen", ("/report", Open("repy:0")), ("10.2026",), "October 2026"),
}
SETTINGS = {
    "name": Wizard("anna", ("/profile", Press("✏️ My name")), ("Anna Orlova",), "Anna Orlova"),
    "time zone": Wizard("anna", ("/profile", Press("🕒 Time zone")), ("Omsk",), "Omsk"),
    "company": Wizard(
        "olga", ("/profile", Press("🏢 Company"), Press("✏️ Company name")), ("Oak & Co",), "Oak & Co"
    ),
    "working hours": Wizard(
        "olga",
        ("/profile", Press("🏢 Company"), Press("🗓 Working hours"), "as we like"),
        ("daily 10-15",),
        "every day 10:00–15:00",
    ),
    "first start": Wizard("olga", (Open("coa:hours:1"),), ("daily 9-12", "Agents, Kazan"), "6 of 7"),
    "branch and city": Wizard("olga", (Open("del:1:0"),), ("Northern, Kazan",), "📍 Northern, Kazan"),
    "department": Wizard("olga", ("/team", Press("➕ Department")), ("Partners",), "Partners"),
    "invitation": Wizard(
        "olga", ("/team", Press("✉️ Invite"), Press("Manager")), (Press("Partners"),), "It works once"
    ),
}
