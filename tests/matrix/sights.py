"""Looks at things by cards, lists, search, messages and team chats, and compares with the tables."""

from itertools import groupby

from sqlalchemy import update

from db.models import Department
from handlers.screen import Screen
from keyboards.control_data import NowListCb
from keyboards.deal_data import DealListCb, DealMovesCb
from keyboards.lead_data import LeadListCb
from keyboards.list_data import ListCb
from keyboards.my_day import DayAllCb, DayOthersCb, DayPageCb, DayTeamCb
from keyboards.search import FindTalkCb
from keyboards.team_tasks import TasksOfCb, TeamTasksCb
from services.distribution.rules import Mode
from tests.matrix.cells import BUTTONS, STAGES, TEAM
from tests.matrix.company import STAGES as STANDS_IN
from tests.matrix.expectations import OUTSIDERS, Cell, Surface, Thing, Verdict
from tests.matrix.gates import check_exports, check_links, check_programs
from tests.matrix.groups import check_group
from tests.matrix.judge import Judge, hidden, leaks
from tests.matrix.rig import Answer, Rig
from tests.matrix.talk import check_edits, check_topics

OFFICE_NOTICES = {"invitation": "invite", "batch": "import"}
"""Subjects as the program calls them."""
PAYMENT = "₽55.25"
"""What was paid for each deal for which anything was."""


async def check_cards(judge: Judge, cells: list[Cell]) -> list[str]:
    """Each card is opened once, and each of its buttons is a cell; what it says is compared, too."""
    told: list[str] = []
    for thing, group in groupby(cells, lambda cell: cell.thing):
        here = list(group)
        reader = here[0].reader
        answer = await judge.rig.do(reader, judge.deed(thing, "see").steps)
        offered = {BUTTONS[thing.subject].get(label, label) for label in answer.labels}
        offered |= {"paid"} if answer.has(PAYMENT) else set()
        if any(cell.deed.startswith("stage") for cell in here):
            offered |= await _stages(judge.rig, reader, thing)
        told += [
            f"{cell} -- the card offers {sorted(offered)}"
            for cell in here
            if (cell.deed in offered) != (cell.verdict is Verdict.DO)
        ]
        told += _said(judge, reader, thing, answer)
        judge.rig.ledger.restore()
    return told


async def _stages(rig: Rig, reader: str, thing: Thing) -> set[str]:
    moves = await rig.press(reader, DealMovesCb(deal_id=rig.company.ids[thing]))
    names = [label.partition(" ")[2] for label in moves.labels]  # Behind the marks of their stages.
    found = {f"stage {STAGES[name]}" for name in names if name in STAGES}
    # The stage itself is never among them, though a table may grant another one of its kind.
    return found - {f"stage {STAGES.get(STANDS_IN[thing.state], '')}"}


def _said(judge: Judge, reader: str, thing: Thing, answer: Answer) -> list[str]:
    """Whether a card says all that its reader may know, and nothing else."""
    words = judge.rig.company.words[thing]
    secret = hidden(reader, judge.rig.company)
    wrong = [
        f"{reader} card {thing} -- lacks {word}" for word in words.all() - secret if not answer.has(word)
    ]
    if found := leaks(answer, secret):
        wrong.append(f"{reader} card {thing} -- leaks {found}")
    return wrong


async def check_lists(judge: Judge, cells: list[Cell]) -> list[str]:
    """All lists of one reader, read once."""
    reader, company = cells[0].reader, judge.rig.company
    presses = [
        *(DealListCb(stage_id=company.stages[name]) for name in STANDS_IN.values()),
        ListCb(listing_id=0),
        *(LeadListCb(shelf=shelf) for shelf in ("free", "mine", "all")),
        *(DayPageCb(page=0), DayAllCb(), DayOthersCb(which="seen"), DayTeamCb(page=0), DayTeamCb(page=1)),
        TeamTasksCb(),
        *(
            NowListCb(watched=kind)
            for kind in ("free", "adrift", "late", "deals", "rotting", "silent", "late_leads")
        ),
        *(TasksOfCb(person_id=person, page=page) for person in company.people.values() for page in (0, 1)),
    ]
    answers = [await judge.rig.press(reader, press) for press in presses]
    return _compare(judge, cells, answers)


async def check_search(judge: Judge, cells: list[Cell]) -> list[str]:
    """Names by their beginning, so that one search is answered for several things; phones one by one."""
    reader, company = cells[0].reader, judge.rig.company
    told: list[str] = []
    for (subject, whose, deed), group in groupby(cells, lambda c: (c.thing.subject, c.thing.whose, c.deed)):
        here = list(group)
        if deed == "said":
            await judge.rig.open(reader, "found", {"query": f"Znote{whose}", "found": 7})
            told += _compare(judge, here, [await judge.rig.press(reader, FindTalkCb(found=7))])
            continue
        name = {"deal": "Zdeal", "contact": "Zclient", "firm": "Zfirm", "lead": "Zlead"}[subject]
        # A firm's whole name would be found in the answer that there is none, too.
        name += whose[:-1] if subject == "firm" else whose
        phone = company.words[here[0].thing].phone
        answer = await judge.rig.say(reader, f"/find {phone if deed == 'phone' else name}")
        told += _compare(judge, here, [answer], echoed=phone if deed == "phone" else "")
    return told


async def check_inline(judge: Judge, cells: list[Cell]) -> list[str]:
    """The same names, typed after the bot's in any chat; what is offered has no word but names."""
    reader, company, rig = cells[0].reader, judge.rig.company, judge.rig
    told: list[str] = []
    for (subject, whose), group in groupby(cells, lambda c: (c.thing.subject, c.thing.whose)):
        here = list(group)
        name = {"deal": "Zdeal", "contact": "Zclient", "firm": "Zfirm", "lead": "Zlead"}[subject]
        rig.people[reader].ask_inline(name + (whose[:-1] if subject == "firm" else whose))
        await rig.deliver()
        offered = Answer("", rig.world.telegram.calls.of("answerInlineQuery")[-1].wire(), 0, (), frozenset())
        told += _compare(judge, here, [offered])
        private = {word for cell in here for word in company.words[cell.thing].all()}
        private -= {company.words[cell.thing].title or company.words[cell.thing].client for cell in here}
        if found := leaks(offered, frozenset(private)):
            told.append(f"{reader} by inline -- offers {found}")
    return told


async def check_notices(judge: Judge, cells: list[Cell]) -> list[str]:
    """Messages that wait, drawn for whoever they wait for."""
    told: list[str] = []
    async with judge.rig.world.db.write() as uow:  # Leads wait only where they are given out.
        await uow.session.execute(update(Department).values(distribution={"mode": Mode.OFFER}))
    for cell in cells:
        reader = None if cell.reader == TEAM else cell.reader
        if reader == "eve":
            continue  # Strangers have no row that a message could wait for.
        screen = await judge.rig.draw(reader, cell.deed, _params(judge.rig, cell))
        shown = Answer("", _dump(screen), 0, (), frozenset())
        secret = hidden(reader, judge.rig.company)
        words = judge.rig.company.words.get(cell.thing)
        if reader is None and cell.verdict is Verdict.DO and words is not None:
            secret -= {words.title}  # A request's own title may stand in the chat, its client may not.
        if found := leaks(shown, secret):
            told.append(f"{cell} -- leaks {found}")
        elif not _fits(cell.verdict, screen, words.title if words is not None else ""):
            told.append(f"{cell} -- draws {shown.wire!r}")
    judge.rig.ledger.restore()
    return told


CHECKS = {
    Surface.CARD: check_cards,
    Surface.LIST: check_lists,
    Surface.SEARCH: check_search,
    Surface.INLINE: check_inline,
    Surface.NOTICE: check_notices,
    Surface.GROUP: check_group,
    Surface.TOPIC: check_topics,
    Surface.EDIT: check_edits,
    Surface.LINK: check_links,
    Surface.COMMAND: check_exports,
    Surface.HTTP: check_programs,
}


def _compare(judge: Judge, cells: list[Cell], answers: list[Answer], echoed: str = "") -> list[str]:
    """Whether a thing was named in any answer, and nothing that is hidden in all of them."""
    reader, company = cells[0].reader, judge.rig.company
    whole = Answer("", "\n".join(answer.wire for answer in answers), 0, (), frozenset())
    told = [
        f"{cell} -- {'lacks' if cell.verdict is Verdict.DO else 'shows'} {company.words[cell.thing].title}"
        for cell in cells
        if whole.has(company.words[cell.thing].title or company.words[cell.thing].client)
        != (cell.verdict is Verdict.DO)
    ]
    if found := leaks(whole, hidden(reader, company) - {echoed}):
        told.append(f"{reader} by {cells[0].surface} -- leaks {found}")
    if reader in OUTSIDERS and any(answer.toast for answer in answers):
        told.append(f"{reader} by {cells[0].surface} -- is answered")
    return told


def _params(rig: Rig, cell: Cell) -> dict[str, object]:
    one = rig.company.ids[cell.thing]
    subject = OFFICE_NOTICES.get(cell.thing.subject, cell.thing.subject)
    return {
        "subject": subject, "id": one, "by": "Somebody", "before": None, "amount": 55_00, "currency": "RUB",
        "from": "Somebody", "minutes": 30, "instead_of": None, "department": one,
        "ids": [one], "person": one, "leads": 1, "deals": 1, "tasks": 1, "contacts": 1,
    }  # fmt: skip


def _fits(verdict: Verdict, screen: Screen | None, title: str) -> bool:
    if verdict is Verdict.DO:
        return screen is not None and title in _dump(screen)
    return verdict is not Verdict.SILENCE or screen is None


def _dump(screen: Screen | None) -> str:
    if screen is None:
        return ""
    keyboard = screen.keyboard.model_dump_json() if screen.keyboard else ""
    name, content = screen.document or ("", b"")
    return f"{screen.text}\n{keyboard}\n{name}\n{content.decode()}"
