"""The whole road: nothing is asked that was known, nothing is written down twice, nobody is bothered."""

from sqlalchemy import select

from db.models import Call, Company, Contact, Deal, Event, Lead, Payment, Person, Task
from tests.stories.road import road, team_chat
from tests.stories.wire import check_wire, said, sent
from tests.world import World

HISTORY = [
    ("Max", "lead.create", "lead"),
    ("Boris", "lead.take", "lead"),
    ("Boris", "call.log", "lead"),
    ("Boris", "client.create", "firm"),
    ("Boris", "client.create", "contact"),
    ("Boris", "lead.qualify", "lead"),
    ("Boris", "deal.move", "deal"),
    ("Boris", "deal.move", "deal"),
    ("Boris", "task.create", "task"),
    ("Boris", "task.do", "task"),
    ("Boris", "deal.move", "deal"),
    ("Fiona", "payment.record", "deal"),
    ("Helen", "deal.settle", "deal"),
]
MESSAGES = {
    "max": ["New lead, not saved yet"],
    "anna": ["Free, waits since"],
    "boris": [
        "Free, waits since",
        "no sum yet",
        "Proposal",
        "I will remind you",
        "It is time",
        "came for",
    ],
    "helen": ["Free, waits since", "Awaiting payment", "came for", "November 2026"],
    "fiona": ["Awaiting payment", "Finance", "Awaiting payment"],
    "olga": [],
    "hugo": [],
    "victor": [],
    "eve": [],
}
"""Each person's new messages by a word of each; all else happens on the cards that stand there."""
KNOWN = ("Who is the client?", "What is the client's name", "Send a phone", "Where did it come from?")


async def test_a_lead_in_plain_words_goes_all_the_way_to_a_report(world: World) -> None:
    group = await team_chat(world)
    greeted = len(world.telegram.calls)
    async for chapter in road(world):
        match chapter:
            case "echoed":
                assert "+7 916 123-45-67" in world.max.text
                assert await world.count(Lead) == 0
            case "announced":
                assert "✋ Take" in world.telegram.messages(group)[-1].labels
                assert "✋ Take" in world.anna.labels
            case "taken":
                assert world.anna.text == "#1 · taken by Boris"
                assert world.telegram.messages(group)[-1].text == "#1 · taken by Boris"
            case "awaited":
                assert not [label for label in world.boris.labels if label.startswith(("▶️", "🔀"))]
            case "reminded":
                assert "Proposal" in world.boris.text
            case "reported":
                assert "Won: 1 · ₽150,000" in world.helen.text

    deal, contact, company = (
        await world.rows(select(Deal, Contact, Company).join_from(Deal, Contact).join_from(Deal, Company))
    )[0]
    assert (deal.title, deal.amount, deal.source, deal.lead_id) == ("Windows", 150_000_00, "site", 1)
    assert (contact.name, contact.phone, company.name) == ("Ivan", "+79161234567", "Romashka")
    assert deal.closed_on is not None
    for model in (Lead, Deal, Contact, Company, Call, Task, Payment):
        assert await world.count(model) == 1

    events = select(Person.name, Event.action, Event.subject).join(Person, Person.id == Event.actor_id)
    assert [tuple(row) for row in await world.rows(events.order_by(Event.id))] == HISTORY

    for name, wanted in MESSAGES.items():
        texts = sent(world, name, since=greeted)
        assert len(texts) == len(wanted), (name, texts)
        assert all(word in text for word, text in zip(wanted, texts, strict=True)), (name, texts)
    assert world.boris.text.startswith("🎉 Paid"), "what rang for the payment"
    assert len(world.telegram.messages(group)) == 1

    asked = said(world, "boris")
    assert sum("What is the sum?" in text for text in asked) == 1
    assert not [text for text in asked if any(question in text for question in KNOWN)]
    await check_wire(world)
