"""The permission matrix: every cell of the tables in `expectations`, tried by hand on the whole program."""

from collections.abc import AsyncIterator, Callable

import pytest
import pytest_asyncio
from sqlalchemy import select

from db.models import Event
from keyboards.deal_data import DealUndoCb
from tests.databases import drop_postgres, new_postgres, new_sqlite
from tests.matrix.cells import (
    LOOKS,
    TEAM,
    is_near,
    notice_cells,
    press_cells,
    program_cells,
    typed_cells,
)
from tests.matrix.expectations import KEYS, OUTSIDERS, READERS, UNDO, Cell, Surface, Thing, Verdict, rows
from tests.matrix.groups import team_card
from tests.matrix.judge import Judge
from tests.matrix.rig import Rig, open_rig
from tests.matrix.sights import CHECKS
from tests.thinning import LONG

pytestmark = pytest.mark.asyncio(loop_scope="module")

SAMPLE = 37
ALIKE = {"anna": 8, "olga": 16, "helen": 14, "hugo": 22, "victor": 22, "fiona": 14, "max": 14}
ALIKE |= {"eve": 22, "leo": 22}
"""Every so many cells of these people, fewer where others may the same or nothing; SDELKA_LONG: all."""
LOOKERS = ("helen", "anna", "fiona")
"""On PostgreSQL every so many cells are tried, and these people look: only the SQL differs, not the rules."""


@pytest_asyncio.fixture(
    scope="module",
    loop_scope="module",
    params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)],
)
async def rig(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Rig]:
    """One company for all cells: each puts back what it changed."""
    folder = tmp_path_factory.mktemp("matrix")
    postgres = request.param == "postgres"
    url = new_postgres() if postgres else new_sqlite(folder)
    async with open_rig(url, folder) as opened:
        yield opened
    if postgres:
        drop_postgres(url)


@pytest.fixture(scope="module")
def judge(rig: Rig) -> Judge:
    """The one who compares."""
    return Judge(rig)


async def check(judge: Judge, cells: list[Cell]) -> None:
    """Try these cells, and complain of all that differ together."""
    if judge.rig.world.db.backend == "postgresql":
        cells = cells[::SAMPLE]
    elif cells and not LONG:
        step = ALIKE.get(cells[0].reader, 1)
        cells = [cell for number, cell in enumerate(cells) if number % step == 0 or is_near(cell)]
    told = [complaint for cell in cells if (complaint := await judge.complaint(cell))]
    assert not told, "\n".join(told)


async def look(judge: Judge, cells: list[Cell]) -> None:
    """The same for cells that are looked at together."""
    if judge.rig.world.db.backend == "postgresql":
        cells = [cell for cell in cells if cell.reader in LOOKERS]
    told = await CHECKS[cells[0].surface](judge, cells) if cells else []
    assert not told, "\n".join(told)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("subject", ["deal", "lead", "contact", "firm", "task", "office"])
async def test_each_forged_press_comes_to_what_the_table_says(
    judge: Judge, subject: str, reader: str
) -> None:
    await check(judge, press_cells(subject, reader))


@pytest.mark.parametrize("reader", READERS)
async def test_a_form_from_better_days_gives_no_right(judge: Judge, reader: str) -> None:
    await check(judge, typed_cells(reader))


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("expand", LOOKS)
async def test_each_look_shows_what_the_table_says(
    judge: Judge, expand: Callable[[str], list[Cell]], reader: str
) -> None:
    await look(judge, expand(reader))


@pytest.mark.parametrize("reader", [*READERS, TEAM])
async def test_each_message_is_drawn_with_the_rights_of_now(judge: Judge, reader: str) -> None:
    await look(judge, notice_cells(reader))


@pytest.mark.parametrize("key", KEYS)
async def test_a_program_does_and_learns_what_its_key_was_made_for(judge: Judge, key: str) -> None:
    cells = program_cells(key)
    told = await CHECKS[cells[0].surface](judge, cells)
    assert not told, "\n".join(told)


@pytest.mark.parametrize("state", ["new", "rejected"])
async def test_marketing_opens_a_lead_that_it_typed_in(judge: Judge, state: str) -> None:
    thing = Thing("lead", "typed", state)
    told = await judge.complaint(Cell("max", thing, "see", Surface.PRESS, Verdict.DO))
    assert told is None, told


@pytest.mark.parametrize("row", rows(UNDO), ids="-".join)
async def test_a_move_is_taken_back_by_its_author_who_may_move_back(judge: Judge, row: list[str]) -> None:
    mover, whose, state, move, undoer = row
    thing, rig = Thing("deal", whose, state), judge.rig
    version = 3 if thing in rig.company.payments else 2
    told = []
    for reader in READERS:
        moved = await rig.do(mover, judge.deed(thing, move).steps)
        assert not moved.toast
        before = rig.ledger.read()
        newest = max(row[0] for row in await rig.world.rows(select(Event.id)))
        undo = DealUndoCb(deal_id=rig.company.ids[thing], event_id=newest, version=version)
        answer = await rig.press(reader, undo)
        undone = "deal" in rig.ledger.changed(before)
        if undone != (reader == undoer) or bool(answer.toast) == (reader in {undoer, *OUTSIDERS}):
            told.append(f"{reader} undoes {thing} {move} of {mover}: {undone}, {answer.toast!r}")
        rig.ledger.restore()
    assert not told, "\n".join(told)


async def test_anonymous_admins_channels_and_other_bots_hear_nothing(rig: Rig) -> None:
    """Whoever is not a person of the company as themselves, in the team chat or anywhere else."""
    team = rig.world.telegram.groups[rig.company.chats["team"]]
    boss, card = rig.people["olga"], await team_card(rig)
    before = len(rig.world.telegram.calls)
    team.promote(boss, anonymous=True)
    for text in ("/deals@sdelka_bot", "/find@sdelka_bot Zdeal", "/report@sdelka_bot"):
        boss.send(team, text)
    channel = rig.world.telegram.add_channel("News", boss)
    channel.post("/deals")
    push = rig.world.telegram.bot.updates.push
    olga = {"id": boss.id, "first_name": "Olga"}
    private = {"message_id": 5, "date": 0, "chat": {"id": boss.id, "type": "private"}, "text": "/deals"}
    push(
        "message", {**private, "from": {**olga, "is_bot": False}, "via_bot": {**olga, "is_bot": True}}, lane=1
    )
    push("message", {**private, "from": {**olga, "is_bot": False}, "sender_chat": channel.brief()}, lane=1)
    boss.press(card, data="db")
    rig.world.telegram.bot.updates.pending()[-1].body["callback_query"]["from"]["is_bot"] = True
    await rig.deliver()
    team.demote(boss)
    said = [
        call.wire()
        for call in list(rig.world.telegram.calls)[before:]
        if call.method != "answerCallbackQuery"
    ]
    assert said == []
    assert rig.ledger.changed() == {}


async def test_another_bot_hears_nothing_in_private_or_in_the_team_chat(rig: Rig) -> None:
    robot = {"id": rig.people["olga"].id, "first_name": "Robot", "is_bot": True}
    private = {"id": rig.people["olga"].id, "type": "private"}
    team = {"id": rig.company.chats["team"], "type": "supergroup", "title": "Sales"}
    before = len(rig.world.telegram.calls)
    for chat in (private, team):
        for text in ("/deals@sdelka_bot", "/start", "Windows, Ivan +7 916 123-45-67"):
            message = {"message_id": 5, "date": 0, "chat": chat, "from": robot, "text": text}
            rig.world.telegram.bot.updates.push("message", message, lane=1)
    await rig.deliver()
    assert len(rig.world.telegram.calls) == before
    assert rig.ledger.changed() == {}
