"""Who changed what, when and by which door: the history of each kind of card."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from bot.i18n import Speech
from db.models import Contact, Event, ImportBatch, Lead, Outbox, Task
from handlers.views.events import event_line
from handlers.views.histories import history
from services.dto.clients import ClientField, ClientInput, ClientKind
from services.dto.common import EventLine, History, Page
from services.dto.inquiries import InquiryInput, KeyScope, Shape
from services.dto.tasks import Link
from tests.cast import START, TurnedClock, actor_of
from tests.clients.making import make_firm
from tests.deals.making import make_deal
from tests.leads.making import taken_lead
from tests.world import World

DOORS = {
    "private": ("💬 in private", "💬 лично"),
    "group": ("👥 in a group", "👥 в группе"),
    "telegram": ("📱 in Telegram", "📱 в Telegram"),
    "http": ("🌐 site or API", "🌐 сайт или API"),
    "timer": ("⚙️ by itself, by a rule", "⚙️ само, по правилу"),
    "import": ("📥 an import", "📥 импорт"),
    "command": ("⌨️ the command line", "⌨️ командная строка"),
}
CHANGES: list[tuple[str, dict[str, list[object]], str, str]] = [
    ("client.edit", {"name": ["Ivan", "Ivan P."]}, "👤 Name: Ivan → Ivan P.", "👤 Имя: Ivan → Ivan P."),
    ("client.edit", {"client_type": [None, "key"]}, "— → Key client", "— → Ключевой"),
    ("client.edit", {"phone": ["+79161234567", None]}, "+7 916 123-45-67 → —", "+7 916 123-45-67 → —"),
    ("lead.edit", {"phone": [True, True]}, "Anna: 📞 Phone", "Anna: 📞 Телефон"),
    (
        "client.merge",
        {"merged": [None, 7], "called": [None, "Yulia"]},
        "united with “Yulia”",
        "объединение с «Yulia»",
    ),
    (
        "client.merge",
        {"merged_into": [7, None], "called": ["Yulia", None]},
        "taken apart again: “Yulia”",
        "объединение отменено: «Yulia»",
    ),
    (
        "client.merge",
        {"merged": [None, 7], "called": [None, None]},
        "united with another client",
        "объединение с другим клиентом",
    ),
    ("deal.edit", {"amount": [1_00, 2_00]}, "sum ₽1 → ₽2", "сумма 1\xa0₽ → 2\xa0₽"),
    ("deal.edit", {"title": ["A", "B"]}, "title “A” → “B”", "название «A» → «B»"),
    ("deal.edit", {"company": ["Oak", None]}, "took the company off: “Oak”", "компания снята: «Oak»"),
    ("deal.edit", {"company": ["Oak", "Elm"]}, "“Oak” → “Elm”", "«Oak» → «Elm»"),
    ("deal.tag", {"tags": [["VIP"], ["VIP", "New"]]}, "tags: VIP → VIP, New", "метки: VIP → VIP, New"),
    ("deal.tag", {"tags": [["VIP"], []]}, "took the tags off: VIP", "метки сняты: VIP"),
    ("deal.move", {"stage": ["A", "B"], "amount": [None, 5_00]}, "A → B · sum ₽5", "A → B · сумма 5\xa0₽"),
    ("client.merge", {"merged": [None, 7]}, "united with another client", "объединение с другим клиентом"),
    ("task.do", {"done": [False, True]}, "did it", "выполнено"),
    (
        "task.do",
        {"due_at": [START.isoformat(), START.isoformat()]},
        "moved it from today, 12:00 to today, 12:00",
        "перенесено: сегодня, 12:00 → сегодня, 12:00",
    ),
    ("task.edit", {"text": ["A", "B"]}, "changed the words: “A” → “B”", "изменён текст: «A» → «B»"),
    ("task.edit", {"text": [None, None]}, "Anna: changed the words", "Anna: изменён текст"),
    ("task.delete", {"due_at": [START.isoformat(), None]}, "deleted the task", "задача удалена"),
]


def speech(language: str) -> Speech:
    return Speech(language, ZoneInfo("Europe/Moscow"), TurnedClock())


def line(action: str, changes: dict[str, list[object]], language: str) -> str:
    return str(event_line(EventLine(1, START, "Anna", action, changes), "RUB", speech(language), whole=True))


def test_each_line_has_the_sign_of_its_door_and_the_page_explains_those_that_it_has() -> None:
    events = tuple(EventLine(1, START, "Anna", "deal.create", {}, door=door) for door in DOORS)
    for which, language in enumerate(("en", "ru")):
        told = [words[which] for words in DOORS.values()]
        page = History("lead", 1, "Windows", Page(events, None), "RUB")
        lines = history(page, speech(language)).text.split("\n")
        assert [one.partition(" <i>")[0] for one in lines[1:-2]] == [one.split()[0] for one in told]
        assert lines[-1] == f"<i>{' · '.join(told)}</i>"
        short = str(event_line(events[0], "RUB", speech(language)))
        assert short.startswith("<i>"), "a line of a card stays short"
        known = History("lead", 1, "Windows", Page(events[:1], None), "RUB")
        assert history(known, speech(language)).text.endswith(f"<i>{told[0]}</i>")


async def test_what_was_done_in_a_group_and_in_private_reads_differently(world: World) -> None:
    deal, anna = await make_deal(world), world.anna
    team = world.telegram.add_group("Sales team", [anna.person])
    sent = await world.bot.send_message(team.id, "A card")
    async with world.db.write() as uow:
        await uow.cards.bind(team.id, "deal", deal, sent.message_id, None, world.clock.now())
    await anna.say("Said in the group", team, reply_to=team.messages[sent.message_id])
    await anna.press(data=f"d:{deal}")
    await anna.say("Said in private", reply_to=anna.screen)
    assert (await world.rows(select(Event.door).order_by(Event.id)))[-2:] == [("group",), ("private",)]
    await anna.press("🕓 History")
    said = [line for line in anna.text.split("\n") if "Said in" in line]
    assert [line[0] for line in said] == ["💬", "👥"]
    assert anna.text.endswith("💬 in private · 👥 in a group")


@pytest.mark.parametrize(("action", "changes", "english", "russian"), CHANGES)
def test_a_change_reads_as_what_it_was(
    action: str, changes: dict[str, list[object]], english: str, russian: str
) -> None:
    assert english in line(action, changes, "en")
    assert russian in line(action, changes, "ru")


def test_who_had_it_before_is_told_and_what_was_erased_is_not() -> None:
    for owners, english, russian in (
        (("Anna", "Boris"), "gave to Boris (from Anna)", "передача: Boris (было: Anna)"),
        ((None, "Boris"), "gave to Boris", "передача: Boris"),
    ):
        for language, told in (("en", english), ("ru", russian)):
            event = EventLine(1, START, "Olga", "deal.hand_over", {"owner_id": [1, 2]}, owners=owners)
            assert str(event_line(event, "RUB", speech(language))).endswith(told)
    gone = EventLine(1, START, "Olga", "deal.edit", {"title": [None, None]}, erased=True)
    assert "changed what has been erased since" in event_line(gone, "RUB", speech("en"))


async def test_the_employers_of_a_contact_are_told_by_name(world: World) -> None:
    anna = await actor_of(world.services, "anna")
    made = world.services.client_making.create
    oak, elm = [await made(anna, ClientInput(ClientKind.FIRM, name)) for name in ("Oak", "Elm")]
    one = await made(anna, ClientInput(ClientKind.CONTACT, "Ivan"))
    for firm in (oak, elm):
        one = await world.services.client_changes.link(anna, one.id, firm.id, one.version)
    shown = await world.services.histories.of_client(anna, ClientKind.CONTACT, one.id)
    told = [str(event_line(event, "RUB", speech("en"))) for event in shown.page.items]
    assert "Employer: Oak → Elm" in told[0]
    assert "Employer: — → Oak" in told[1]


async def test_each_card_opens_its_history(world: World) -> None:
    olga, anna = await actor_of(world.services, "olga"), world.anna
    key = await world.services.api_keys.make(olga, "Site", [KeyScope.LEADS_WRITE], 1)
    way = await world.services.ways.by_key(key.secret)
    assert way is not None
    receipt = await world.services.inquiries.receive(
        way, InquiryInput(Shape.API, title="Windows", name="Pyotr", phone="+79161112233")
    )
    await anna.press(data=f"lt:{receipt.lead_id}")
    await anna.press("🕓 History")
    assert "History of “Windows”" in anna.text
    assert "Anna: took the lead\n" in anna.text + "\n"
    assert "Site: registered the lead" in anna.text
    assert anna.text.endswith("💬 in private · 🌐 site or API")
    await anna.press("◀️ Back")
    assert "🕓 History" in anna.labels
    for kind, opener in (("firm", "kf"), ("contact", "c")):
        made = await world.services.client_making.create(
            await actor_of(world.services, "anna"), ClientInput(ClientKind(kind), f"Z{kind}")
        )
        await anna.press(data=f"{opener}:{made.id}")
        await anna.press("🕓 History")
        assert "Anna: wrote the client down" in anna.text
    await anna.say("/task Call Ivan tomorrow at 15")
    await anna.press("❗ Important")
    await anna.press("🕓 History")
    assert "Anna: marked it as important" in anna.text
    assert "Anna: set it for tomorrow, 15:00" in anna.text
    # Of others they see nothing.
    lead, task = (await world.rows(select(Lead.id)))[0][0], (await world.rows(select(Task.id)))[0][0]
    firm = await make_firm(world)
    for data in (f"hl:{lead}:0", f"hk:firm:{firm}:0", f"ht:{task}:0"):
        assert "There is no such" in (await world.victor.press(data=data, on=world.anna.screen) or ""), data


async def test_what_was_imported_ends_with_its_import(world: World) -> None:
    now, olga = world.clock.now(), await actor_of(world.services, "olga")
    async with world.db.write() as uow:
        batch = ImportBatch(author_id=olga.person_id, filename="all.csv", state="done", created_at=now)
        uow.session.add(batch)
        await uow.session.flush()
        row = Contact(name="Ivan", search="ivan", created_at=now, import_id=batch.id)
        uow.session.add(row)
        await uow.session.flush()
    world.clock.turn(days=1)
    for number in range(11):
        name = f"Ivan {number}"
        await world.services.client_changes.set_field(
            olga, ClientKind.CONTACT, row.id, ClientField.NAME, name
        )
    first = await world.services.histories.of_client(olga, ClientKind.CONTACT, row.id)
    assert first.page.next_after is not None
    assert all(event.door == "telegram" for event in first.page.items)
    rest = await world.services.histories.of_client(olga, ClientKind.CONTACT, row.id, first.page.next_after)
    assert [(event.door, event.actor) for event in rest.page.items] == [
        ("telegram", "Olga"),
        ("import", "Olga"),
    ]
    assert rest.page.items[-1].at == world.clock.now() - timedelta(days=1)


async def test_a_client_that_a_lead_or_a_deal_brought_begins_with_that(world: World) -> None:
    anna = await actor_of(world.services, "anna")
    lead = await taken_lead(world, title="Doors", phone="+79161112233")
    card = await world.services.outcomes.qualify(anna, lead.id, lead.version, "Beta")
    assert card.contact is not None
    deal = await world.services.deals.card(anna, card.deal_id or 0)
    assert deal.company is not None
    for kind, client in (("contact", card.contact.id), ("firm", deal.company.id)):
        await world.anna.press(data=f"hk:{kind}:{client}:0")
        assert f"Anna: created from lead #{lead.id}" in world.anna.text
    other = await make_deal(world, owner="anna", contact=False)
    found = await world.services.deal_firms.found(anna, other, "Gamma", 1)
    assert found.company is not None
    await world.anna.press(data=f"hk:firm:{found.company.id}:0")
    assert f"Anna: created from deal #{other}" in world.anna.text


async def test_the_words_of_a_task_are_told_to_whoever_may_read_what_is_said(world: World) -> None:
    """Old and new ones; who was given it sees what it says now, and queued news never bear them."""
    deal, services = await make_deal(world), world.services
    olga, anna = await actor_of(services, "olga"), await actor_of(services, "anna")
    fiona, later = await actor_of(services, "fiona"), world.clock.now() + timedelta(hours=3)
    task = await services.tasks.create(anna, "Call Ivan Petrov", later, Link("deal", deal))
    await services.tasks.rephrase(olga, task.id, "@fiona check <the bill>")
    await services.tasks.put_off(olga, task.id, later + timedelta(hours=1))
    version = (await services.tasks.card(olga, task.id)).version
    await services.tasks.assign(olga, task.id, fiona.person_id, version)
    await world.settle()
    for hand in (world.anna, world.helen):
        await hand.press(data=f"ht:{task.id}:0")
        assert "changed the words: “Call Ivan Petrov” → “@fiona check <the bill>”" in hand.text
        assert "moved it from today, 15:00 to today, 16:00" in hand.text
        assert "gave to Fiona (from Anna) · changed the words: “@fiona check" in hand.text
    await world.fiona.press(data=f"ht:{task.id}:0")
    assert "Olga: changed the words\n" in f"{world.fiona.text}\n"
    assert "Petrov" not in world.telegram.wire(to=world.fiona.person)
    queued = str(await world.rows(select(Outbox.params)))
    assert not [words for words in ("Petrov", "the bill") if words in queued]
