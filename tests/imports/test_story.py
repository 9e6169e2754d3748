"""Imports as the owner sees them on the phone, and as everybody else does not."""

import csv
import io

import pytest
from sqlalchemy import select, update

from bot.importing import ImportRunner
from bot.outside import TableFiles
from db.models import Contact, Deal, Event, ImportBatch, Outbox, Person
from services.imports.work import ImportWork
from tests.world import World

TABLE = """\
id,title,stage,closed,sum,manager,notes
1,Windows,New,,150000,Anna,x
2,Doors,Won,soon,10,Zoe,x
3,Roof,Won,2026-01-05,20,Zoe,
"""


@pytest.fixture
def runner(world: World) -> ImportRunner:
    work = ImportWork(world.db, world.clock, TableFiles())
    return ImportRunner(world.bot, work, world.services.imports.bell, "test", world.folder)


async def work(world: World, runner: ImportRunner) -> None:
    """Let the background do all that waits, and the messages arrive."""
    while await runner.step():
        world.clock.turn(seconds=2)
        await world.settle()


async def sent(
    world: World, runner: ImportRunner, content: str | bytes = TABLE, name: str = "deals.csv"
) -> None:
    """The owner sends a file, and it is read."""
    raw = content.encode() if isinstance(content, str) else content
    await world.olga.do("send_file", None, name, raw)
    await work(world, runner)


def document(world: World) -> tuple[str, str]:
    """Name and text of the file that came last."""
    content = world.olga.screen.content["document"]
    stored = world.telegram.files.get(content["file_id"])
    assert stored is not None
    return content["file_name"], stored.data.decode("utf-8-sig")


async def batch(world: World) -> ImportBatch:
    return (await world.rows(select(ImportBatch).order_by(ImportBatch.id.desc())))[0][0]


async def test_the_whole_road_there_and_back(world: World, runner: ImportRunner) -> None:
    await world.olga.say("/import")
    assert "Send me a table" in world.olga.text
    await sent(world, runner)
    card = world.olga.screen
    for line in ("3 rows", "title → title", "Left out: notes", "New → New · 1", "Won → Paid · 1"):
        assert line in card.text
    assert "1 new person: Zoe" in card.text
    assert "• row 3: this is not a date (closed: soon)" in card.text
    await world.olga.press("📥 Import 2 rows")
    assert "⏳" in world.olga.text
    await work(world, runner)
    assert "2 deals were made" in card.text
    assert await world.count(Deal) == 2

    failed = world.olga.screen
    assert failed.id != card.id
    assert "1 row was not imported" in failed.text
    await world.olga.press("↩️ Take it back", on=card)
    assert "Take the import back?" in card.text
    await world.olga.press("Yes, remove 2 deals", on=card)
    await work(world, runner)
    assert "2 deals were removed" in card.text
    assert await world.count(Deal) == 0


async def test_the_failed_rows_come_back_with_their_reason(world: World, runner: ImportRunner) -> None:
    await sent(world, runner)
    await world.olga.press("📥 Import 2 rows")
    await work(world, runner)
    name, content = document(world)
    assert name == "deals-failed.csv"
    rows = list(csv.reader(io.StringIO(content)))
    assert rows == [
        ["id", "title", "stage", "closed", "sum", "manager", "notes", "Row", "Why it was not imported"],
        ["2", "Doors", "Won", "soon", "10", "Zoe", "x", "3", "this is not a date (closed: soon)"],
    ]


async def test_a_row_says_at_once_all_that_is_wrong_with_it(world: World, runner: ImportRunner) -> None:
    """Briefly in the preview, whole in the file; what many rows have in common is told once."""
    header = "title;phone;email;sum;currency;stage;created;closed;tags"
    bad = f"B;12;nobody;-5;doubloons;Won;soon;later;{'x' * 40}"
    lines = [header, "A;;;5;RUB;New;;;", bad, "C;13;;;;New;;;", "D;14;;;;New;;;"]
    await sent(world, runner, "\n".join(lines) + "\n")
    text = world.olga.text
    assert "3 rows will not be imported" in text
    assert "• 3 rows: this is not a phone number (phone: 12), for example row 3" in text
    assert "• row 3: this is not a date (created: soon); this is not a date (closed: later); " in text
    assert "; and 1 more" in text
    await world.olga.press("📥 Import 1 row")
    await work(world, runner)
    first = next(csv.DictReader(io.StringIO(document(world)[1])))
    assert first["Row"] == "3"
    assert len(first["Why it was not imported"].split("; ")) == 7


async def test_clients_are_switched_from_companies_to_people_by_one_button(
    world: World, runner: ImportRunner
) -> None:
    await sent(world, runner, "title,Client\nA,Big\n")
    assert "Client → company" in world.olga.text
    await world.olga.press("🔁 Client: people, not companies")
    await work(world, runner)
    assert "Client → contact" in world.olga.text
    await world.olga.press("🔁 Client: companies, not people")
    await work(world, runner)
    await world.olga.press("🔁 Client: people, not companies")
    await work(world, runner)
    await world.olga.press("📥 Import 1 row")
    await work(world, runner)
    assert await world.rows(select(Deal.title, Contact.name).join(Contact)) == [("A", "Big")]


async def test_the_report_comes_below_the_result_and_leaves_it_its_way_back(
    world: World, runner: ImportRunner
) -> None:
    await sent(world, runner, "title\nA\n")
    card = world.olga.screen
    await world.olga.press("📥 Import 1 row")
    await work(world, runner)
    await world.olga.press("📊 Report", on=card)
    assert world.olga.screen.id != card.id
    assert world.olga.labels[0].startswith("📅")
    await world.olga.press("↩️ Take it back", on=card)
    assert "Take the import back?" in card.text


async def test_it_speaks_russian_to_a_russian(world: World, runner: ImportRunner) -> None:
    async with world.db.write() as uow:
        await uow.session.execute(update(Person).values(language="ru"))
    await sent(world, runner)
    assert "3 строки" in world.olga.text
    assert "это не дата" in world.olga.text
    await world.olga.press("📥 Загрузить 2 строки")
    await work(world, runner)
    _, content = document(world)
    assert content.splitlines()[0].endswith(";Строка;Почему не загружена")


async def test_two_presses_at_once_import_once(world: World, runner: ImportRunner) -> None:
    await sent(world, runner)
    card = world.olga.screen
    first = world.olga.person.press(card, "📥 Import 2 rows")
    second = world.olga.person.press(card, "📥 Import 2 rows")
    await world.settle()
    answers = [await first, await second]
    assert sorted(answer.text or "" for answer in answers if answer) == [
        "",
        "This has changed meanwhile. Here is how it stands now.",
    ]
    await work(world, runner)
    assert await world.count(Deal) == 2
    events = await world.rows(select(Event.changes).where(Event.subject == "import"))
    assert [changes["state"][1] for (changes,) in events] == ["received", "running"]


@pytest.mark.parametrize("state", ["done", "undone", "cancelled"])
async def test_old_buttons_answer_politely_and_change_nothing(
    world: World, runner: ImportRunner, state: str
) -> None:
    await sent(world, runner)
    card = world.olga.screen
    if state == "cancelled":
        await world.olga.press("✖️ Cancel")
    else:
        await world.olga.press("📥 Import 2 rows")
        await work(world, runner)
    if state == "undone":
        await world.olga.press("↩️ Take it back", on=card)
        await world.olga.press("Yes, remove 2 deals", on=card)
        await work(world, runner)
    deals, before = await world.count(Deal), await batch(world)
    stale = "This has changed meanwhile. Here is how it stands now."
    number = before.id
    presses = [f"ims:{number}", f"imx:{number}", f"imd:{number}:1", f"iml:{number}:1", f"imo:{number}:1"]
    presses += [f"imm:{number}:1:0"]
    presses += [f"imt:{number}"] if state != "done" else []
    for data in presses:
        assert await world.olga.press(on=card, data=data) == stale
    after = await batch(world)
    assert (after.state, await world.count(Deal)) == (state, deals)


@pytest.mark.parametrize("name", ["helen", "anna", "fiona", "max"])
async def test_nobody_else_imports_sees_or_takes_back(world: World, runner: ImportRunner, name: str) -> None:
    await sent(world, runner)
    number = (await batch(world)).id
    hand = world.hands[name]
    await hand.say("/import")
    assert "You may not do this." in hand.text
    await hand.do("send_file", None, "deals.csv", TABLE.encode())
    sells = name in ("helen", "anna")
    assert ("To which deal?" if sells else "Tables are imported by the owner") in hand.text
    for prefix in ("imc", "ims", "imx", "imds", "imb", "imt", "imf", "imk"):
        assert await hand.press(on=hand.messages[-1], data=f"{prefix}:{number}") == "You may not do this."
    assert await world.count(ImportBatch) == 1
    assert (await batch(world)).state == "ready"


async def test_an_import_that_is_not_there_is_not_found(world: World, runner: ImportRunner) -> None:
    await sent(world, runner)
    assert await world.olga.press(data="imc:999") == "There is no such import."
    assert await world.olga.press(data="imd:1:999") == "There is no such department any more."
    assert await world.olga.press(data="imm:1:99:1") == "There is no such column."


async def test_a_file_that_is_no_table_gets_a_clear_answer(world: World, runner: ImportRunner) -> None:
    await sent(world, runner, b"\0" * (10 * 1024 * 1024), "zeros.csv")
    assert "This is not a table" in world.olga.text
    assert "Nothing was imported" in world.olga.text
    assert list(runner.folder.iterdir()) == []


async def test_a_file_that_is_too_large_is_not_even_fetched(world: World, runner: ImportRunner) -> None:
    await world.olga.do("send_file", None, "huge.csv", b"x", size=21 * 1024 * 1024)
    assert "larger than 20 MB" in world.olga.text
    assert await world.count(ImportBatch) == 0


async def test_names_from_a_file_are_text_and_never_markup(world: World, runner: ImportRunner) -> None:
    content = "title,manager,<b>odd</b>\n<i>A</i>,<b>Zoe</b> & co,1\n"
    await sent(world, runner, content, "<b>deals.csv")
    assert "<b>Zoe</b> & co" in world.olga.text
    assert "<b>deals.csv" in world.olga.text


async def test_the_date_order_the_stages_and_the_department_are_one_tap_each(
    world: World, runner: ImportRunner
) -> None:
    await sent(world, runner, "title,created,stage\nA,03/04/2026,Sniffing\n", "fishing.csv")
    assert "does the day come first, or the month?" in world.olga.text
    assert not [label for label in world.olga.labels if label.startswith("📥")]
    await world.olga.press("dd.mm.yyyy")
    await work(world, runner)
    assert "✓ dd.mm.yyyy" in world.olga.labels
    await world.olga.press("🛤 Into our own stages")
    await work(world, runner)
    assert "Sniffing → unknown" in world.olga.text
    await world.olga.press("🛤 Stages as in the file")
    await work(world, runner)
    await world.olga.press("🏢 Another department")
    await world.olga.press("Service")
    assert "Department: Service" in world.olga.text
    await world.olga.press("📥 Import 1 row")
    await work(world, runner)
    [(opened,)] = await world.rows(select(Deal.opened_on))
    assert (opened.month, opened.day) == (4, 3)


async def test_a_column_that_was_misunderstood_is_corrected_in_the_chat(
    world: World, runner: ImportRunner
) -> None:
    await sent(world, runner, "number,title,weather,who\n7,Windows,Anna,x\n")
    assert "Left out: weather, who" in world.olga.text
    await world.olga.press("🔤 Correct a column")
    assert world.olga.labels[:3] == ["number → number", "title → title", "weather → left out"]
    await world.olga.press("weather → left out")
    assert "What does the column weather hold?" in world.olga.text
    await world.olga.press("contact")
    await work(world, runner)
    assert "weather → contact" in world.olga.text
    await world.olga.press("🔤 Correct a column")
    await world.olga.press("number → number")
    await world.olga.press("title")
    await work(world, runner)
    assert "Left out: title, who" in world.olga.text
    await world.olga.press("🔤 Correct a column")
    await world.olga.press("number → title")
    assert "✓ title" in world.olga.labels
    await world.olga.press("Leave it out")
    await work(world, runner)
    await world.olga.press("🔤 Correct a column")
    assert "title → title" in world.olga.labels, "it is what it was"
    await world.olga.press("◀️ Back")
    await world.olga.press("📥 Import 1 row")
    await work(world, runner)
    assert await world.rows(select(Deal.title, Contact.name).join(Contact)) == [("Windows", "Anna")]


async def test_the_last_column_that_is_known_cannot_be_left_out(world: World, runner: ImportRunner) -> None:
    await sent(world, runner, "title,weather\nA,x\n")
    number = (await batch(world)).id
    assert "no column would be left" in (await world.olga.press(data=f"imm:{number}:0:0") or "")
    assert (await batch(world)).state == "ready"


async def test_progress_is_queued_at_most_once_a_second(world: World, runner: ImportRunner) -> None:
    lines = "".join(f"{n},Deal {n}\n" for n in range(2600))
    await sent(world, runner, f"id,title\n{lines}")
    card = world.olga.screen
    await world.olga.press("📥 Import 2,600 rows")
    before = await world.count(Outbox)
    await runner.step()
    # The clock stands: six portions are one moment. The end of the import is told in any case.
    assert await world.count(Outbox) - before == 2
    await world.settle()
    assert "2,600 deals were made" in card.text
