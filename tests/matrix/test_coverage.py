"""The matrix is whole: no handler, message, card or right of the program is without a cell."""

from collections import Counter

import pytest

from handlers.registry import Content
from handlers.routes import all_routes
from keyboards.data import Press
from services.access import Action, Role
from services.dto.inquiries import KeyScope
from services.notices import NoticeKind
from services.talk import COLUMNS
from tests.matrix import cells
from tests.matrix.company import SCOPES, Company, Words
from tests.matrix.deeds import Answered, Deed, Forwarded, Sent, facts
from tests.matrix.expectations import (
    KEYS,
    OFFICE_THINGS,
    READERS,
    ROLES,
    THINGS,
    Surface,
    Thing,
    Verdict,
    deeds,
)
from tests.matrix.judge import DEEDS

FEWEST = 3_000

SERVED = {
    Action.JOIN: (Surface.LINK, "link", "office", "join"),
    Action.DEAL_CREATE: (Surface.PRESS, "lead", "taken", "bare"),
    Action.DEAL_DELETE: (Surface.PRESS, "deal", "open", "delete"),
    Action.CLIENT_DELETE: (Surface.PRESS, "firm", "known", "delete"),
    Action.DEAL_MOVE: (Surface.PRESS, "deal", "open", "to_open"),
    Action.DEAL_LOSE: (Surface.PRESS, "deal", "open", "lose"),
    Action.DEAL_SETTLE: (Surface.PRESS, "deal", "payment", "to_won"),
    Action.DEAL_REOPEN: (Surface.PRESS, "deal", "won", "to_open"),
    Action.DEAL_ARCHIVE: (Surface.PRESS, "deal", "won", "put_away"),
    Action.PAYMENT_VIEW: (Surface.CARD, "deal", "payment", "paid"),
    Action.VIEW_SHARE: (Surface.PRESS, "view", "office", "share"),
}
"""Rights that no route names, with the cells that ask for them."""

PRESSED_ELSEWHERE = {
    "du": "test_a_move_is_taken_back_by_its_author_who_may_move_back",
    "dty": "closes what a deal has left open since before it was won, see the tests of leftovers",
    "dtu": "takes that back, see the tests of leftovers",
    "tgu": "takes back what was done before, see the tests of handing over",
    "kns": "what was said, by the rights of what it lies with, see the tests of touches",
    "tkz": "takes back what was deleted before, see the tests of deleting tasks",
    "kmu": "takes back what was done before, see the tests of merging",
}
PERSONAL_NOTICES = {
    "deals_changed": "counts of one's own deals, those by name that one sees, and a colleague's name",
    "handed_on": "the number of what was one's own, and two colleagues' names",
    "role_changed": "says to people what they are themselves",
    "work_back": "a count of deals and two colleagues' names",
    "work_given": "one's own work, its tasks asked again when it is drawn, and colleagues' names",
    "task_news": "a task, by the view of its card, asked again, see the tests of acceptance",
    "task_gone": "the words of what was one's own, asked again, see the tests of deleting tasks",
    "tasks_gone": "the words of what was one's own, asked again, see the tests of handing over",
    "task_late": "a task to its author, by the view of its card, asked again, see the tests of news of tasks",
    "task_item_done": "names an item to whoever does the task, asked again, see the tests of checklists",
    "task_item_given": "names an item to whoever got it, asked again, see the tests of checklists",
    "task_ahead": "task_due, but before the task is due, see the tests of reminders",
    "away": "what its own kinds of messages tell, asked again one by one, see the tests of quiet hours",
    "digest": "figures, by the views of the deed `digest` and all that follow it, see the tests of digests",
    "digest_file": "figures, by the view of the deed `digest_file`, see the tests of digests",
    "follow_up": "one's own tasks and clients, asked again when it is drawn, see the tests of follow-up",
    "mail_failed": "one's own address and a mail server's words, see the tests of mails",
    "morning": "counts of one's own work and one's own tasks, see the tests of digests",
    "topic": "no message, see the tests of topics",
    "topic_moved": "a deal's number and a department's name to a group, see the tests of topics",
    "chat_unheard": "names what a group belongs to, asked again when it is drawn, see the tests of groups",
    "news_lost": "names the channel to owners and authors of news, asked again, see the tests of news",
    "deal_told": "a deal's public name and its owner's, asked again, see the tests of news",
    "chat_parted": "one sentence without a thing in it, to a group, see the tests of groups of clients",
    "chat_lost": "names a department to those who bind its chats, see the tests of team chats",
    "access_ended": "says to whoever left that they did, see the tests of leaving",
    "card_withdrawn": "one sentence without a thing in it, in place of a card of whoever left",
    "passing": "no message: takes one away that has told where to look, see the tests of topics",
    "refresh": "the card, drawn by the same view",
}
PERSONAL_CARDS = {
    "profile": "one's own, by the deeds `me`",
    "company": "by the deed `company`",
    "consent": "the company's own text, by the deeds `consent_text`",
    "privacy": "by the deeds `privacy` and all that follow it, with a client",
    "first": "the same settings question by question, by the deed `first`",
    "work_time": "by the deeds `work_time` and all that follow it, with a department",
    "inflow": "the owner's, by the deed `inflow`",
    "source": "the owner's, by the deeds of sources",
    "distribution": "by the deeds `distribution` and all that follow it, with a department",
    "shift": "by the deeds `shift_of` and all that follow it, with a person",
    "response": "by the deeds `response` and all that follow it, with a department",
    "follow_up": "by the deeds `follow_up` and all that follow it",
    "pipeline": "by the deeds `pipeline` and all that follow it",
    "stage": "by the deeds `stage` and all that follow it",
    "loss_reasons": "by the deeds `loss_reasons` and all that follow it",
    "bulk": "what oneself has done last, see the tests of deeds with many deals",
    "view": "by the deeds `see` and all that follow it, with a view",
    "field": "by the deeds `field` and all that follow it",
    "scoring": "by the deed `scoring`",
    "fields": "by the deeds `field_menu` and `field_list`",
    "quiet": "one's own, by the deed `quiet`",
    "digests": "one's own, by the deed `digests`",
    "mail": "one's own, by the deed `mail`",
    "plan": "by the deeds `plan_of` and all that follow it, with a department",
    "checklist": "by the deeds `items` and all that follow it, with a task",
    "day": "one's own, by the deeds `today` and `tick`",
    "deal_chat": "by the deeds `chat` and `topic`, with a deal",
    "newsroom": "by the deeds `news_list` and `news_button`",
    "news": "by the deeds `see` and all that follow it, with news",
    "post": "the company's own words to everybody, see the tests of news",
    "news_channel": "the owner's, by the deed `channel`",
    "deal_moved": "a deal's number and a department's name to a group, see the tests of topics",
    "contact_parted": "one sentence without a thing in it, to a group, see the tests of groups of clients",
    "firm_parted": "the same",
    "task_too": "the card of a task, see the tests of acceptance",
    "task_before": "the words of a task to those who see it, see the tests of acceptance",
}


class _Anything(dict[str, int]):
    def __missing__(self, key: str) -> int:
        return 1


def _deeds_with(thing: Thing) -> dict[str, Deed]:
    company = Company(
        people=_Anything(), departments=_Anything(), stages=_Anything(), chats={"free": -1, "team": -2}
    )
    company.words = {one: Words("Zword", phone="+79160000000") for one in (*THINGS, *OFFICE_THINGS)}
    return DEEDS[thing.subject](facts(company, thing))


def _all_deeds() -> list[Deed]:
    things = (*THINGS, *OFFICE_THINGS)
    return [made[name] for thing in things for made in [_deeds_with(thing)] for name in deeds(thing.subject)]


def test_every_button_has_a_cell() -> None:
    pressed = {step.__prefix__ for deed in _all_deeds() for step in deed.steps if isinstance(step, Press)}
    assert all_routes().presses.keys() - pressed == PRESSED_ELSEWHERE.keys()


def test_every_command_has_a_cell() -> None:
    typed = {step.split()[0] for deed in _all_deeds() for step in deed.steps if isinstance(step, str)}
    assert {f"/{name}" for name in all_routes().commands} <= typed


def test_every_form_has_a_cell() -> None:
    states = {deed.form.state for deed in _all_deeds() if deed.form is not None}
    assert all_routes().steps.keys() <= states


def test_every_kind_of_content_has_a_cell() -> None:
    sent = {step.how for deed in _all_deeds() for step in deed.steps if isinstance(step, Sent)}
    sent |= {"forward" for deed in _all_deeds() for step in deed.steps if isinstance(step, Forwarded)}
    ways = {
        Content.CONTACT: "send_contact",
        Content.DOCUMENT: "send_file",
        Content.OTHER: "send_location",
        Content.FORWARDED: "forward",
    }
    plain = {Content.TEXT} if {"plain_lead", "plain_task", "typed_find"} <= set(deeds("own")) else set()
    assert all_routes().contents.keys() <= {kind for kind, way in ways.items() if way in sent} | plain


def test_every_answer_to_a_card_has_a_cell() -> None:
    answered = {step.subject for deed in _all_deeds() for step in deed.steps if isinstance(step, Answered)}
    assert all_routes().replies.keys() == answered


def test_every_word_in_a_topic_has_a_cell() -> None:
    said = {cell.deed for cell in cells.all_cells() if cell.surface is Surface.TOPIC}
    assert {"" if word == "said" else word for word in said} == all_routes().words.keys()


def test_every_edit_has_a_cell() -> None:
    """Of a message, whatever its note is about."""
    assert all_routes().edits.keys() == {"message"}
    edited = {cell.thing.subject for cell in cells.all_cells() if cell.surface is Surface.EDIT}
    assert edited == COLUMNS.keys()


def test_every_message_has_a_cell() -> None:
    drawn = {kind for kinds in cells.NOTICES.values() for kind in kinds}
    assert set(NoticeKind) == drawn | PERSONAL_NOTICES.keys()


def test_every_card_has_a_cell() -> None:
    subjects = {{"invitation": "invite", "batch": "import"}.get(name, name) for name in cells.NOTICES}
    assert all_routes().cards.keys() == subjects | PERSONAL_CARDS.keys()


def test_every_right_is_asked_for_by_a_cell() -> None:
    routes = all_routes()
    tables = (routes.presses, routes.commands, routes.steps)
    asked = {route.action for table in tables for route in table.values()}
    assert set(Action) == asked | SERVED.keys()
    assert not asked & SERVED.keys()


@pytest.mark.parametrize("action", SERVED)
def test_a_right_that_no_route_names_is_granted_by_a_cell_and_denied_by_another(action: Action) -> None:
    surface, subject, state, deed = SERVED[action]
    found = {
        cell.verdict
        for cell in cells.all_cells()
        if (cell.surface, cell.thing.subject, cell.deed) == (surface, subject, deed)
        and (cell.thing.state == state or cell.verdict is not Verdict.DO)
    }
    assert Verdict.DO in found
    assert found & {Verdict.NO, Verdict.HIDE}


def test_every_role_has_cells_and_every_use_of_a_key() -> None:
    people = {ROLES[reader] for reader in READERS} - {"outsider"}
    assert people | {Role.PROGRAM} == set(Role)
    assert SCOPES.keys() == set(KEYS)
    assert set(SCOPES.values()) == set(KeyScope)


def test_every_deed_of_the_tables_can_be_done() -> None:
    for thing in (*THINGS, *OFFICE_THINGS):
        assert set(deeds(thing.subject)) <= _deeds_with(thing).keys()


@pytest.mark.parametrize("surface", list(Surface))
def test_every_surface_has_both_granted_and_denied_cells(surface: Surface) -> None:
    found = Counter(cell.verdict is Verdict.DO for cell in cells.all_cells() if cell.surface is surface)
    assert found[True]
    assert found[False]


def test_the_matrix_is_large(capsys: pytest.CaptureFixture[str]) -> None:
    expanded = cells.all_cells()
    with capsys.disabled():
        by_surface = Counter(str(cell.surface) for cell in expanded)
        told = ", ".join(f"{count} by {surface}" for surface, count in sorted(by_surface.items()))
        print(f"\nmatrix: {len(expanded)} cells, {told}")  # noqa: T201 - the count is asked for
    assert len(set(expanded)) >= FEWEST
