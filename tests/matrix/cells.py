"""Expands the tables into cells, surface by surface."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from tests.matrix.company import NOBODYS, TOPICS
from tests.matrix.expectations import (
    CARDS,
    EDITS,
    GATES,
    JOINT,
    KEYS,
    NEAR,
    OFFICE_THINGS,
    OUTSIDERS,
    READERS,
    ROLES,
    SHARED,
    TAKES_CHANGES,
    THINGS,
    WORDS,
    Cell,
    Surface,
    Thing,
    Verdict,
    deeds,
    granted,
    may_say,
    relation,
    rows,
    verdict,
)
from tests.thinning import LONG

OFFICE = tuple(dict.fromkeys(thing.subject for thing in OFFICE_THINGS))
TEAM = "team"
"""The team chat of Sales as the reader of a queued message."""

FORMS = {
    "deal": (
        *("to_open", "to_payment", "unpaid", "returns", "sum", "title", "note", "pay", "day", "task"),
        *("firm_words", "tag_words"),
    ),
    "lead": ("note", "field", "qualify", "words", "task", "tag_words"),
    "task": ("time", "text", "comment", "items_add", "item_text", "rule", "give_back"),
    "contact": ("note", "field", "add", "words", "task", "unite_words", "fill", "tag_words"),
    "firm": ("note", "field", "add", "person", "task", "unite_words", "fill", "tag_words"),
    "department": ("typed_rename", "typed_place", "typed_share"),
    "source": ("typed_sites",),
    "view": ("rename",),
    "own": (
        *(
            "typed_name",
            "typed_where",
            "typed_zone",
            "typed_find",
            "typed_draft",
            "typed_field",
            "typed_period",
            "typed_nobody",
            "typed_away",
        ),
        *("typed_company", "typed_department", "typed_what", "typed_when"),
        *("filter_sum", "filter_days_typed", "filter_score", "keep", "filter_field_typed"),
        *("typed_news", "typed_channel", "typed_client", "typed_firm", "typed_way", "typed_quiet"),
        *("typed_follow_up", "typed_norm", "typed_chat"),
        *("typed_pipeline", "typed_stages", "pipeline_name", "typed_stage", "stage_new", "typed_stage_task"),
        *("typed_loss", "typed_loss_name"),
        *("field_new", "field_again", "field_listed", "score_typed", "score_points"),
    ),
}
"""Deeds that end with an answer to a form."""

BUTTONS = {
    "deal": {
        "➕ Task": "task",
        "📝 Note": "note",
        "📎 Files": "files",
        "👥 Co-workers": "crew",
        "🏷 Tags": "tags",
        "💬 Chat": "chat",
        "📞 Call outcome": "call",
        "💰 Sum": "sum",
        "✏️ Title": "title",
        "🔗 Link a company": "firms",
        "🔏 Personal data": "privacy",
        "💳 Record a payment": "pay",
        "💳 One more payment": "pay",
        "🤝 Hand over": "give",
        "🕓 History": "history",
        "🗑 Delete": "delete_ask",
        "🔕 Mute": "mute",
        "🔀 Move": "moves",
        "♻️ Return to work": "returns",
        "🗄 To the archive": "away",
        "↩️ Return from the archive": "out",
    },
    "lead": {
        "✋ Take": "take",
        "📞 Call outcome": "call",
        "✅ Qualify": "qualify",
        "📝 Note": "note",
        "✏️ Edit": "edit",
        "🤝 Hand over": "give",
        "🗑 Not a lead": "reject",
        "🏷 Tags": "tags",
        "↩️ Undo": "restore",
        "➕ Task": "task",
        "🕓 History": "history",
        "🗑 Delete": "delete_ask",
    },
    "contact": {
        "🕓 All touches": "touches",
        "💬 Chat": "chat",
        "📝 Note": "note",
        "📇 Send contact": "vcard",
        "✏️ Edit": "edit",
        "🏷 Tags": "tags",
        "📞 Call outcome": "call",
        "📞 Phones, e-mails": "points",
        "➕ Task": "task",
        "🔗 Link a company": "firms",
        "🔏 Personal data": "privacy",
        "🔗 Unite": "unite",
        "🤝 Hand over": "give",
        "🕓 History": "history",
        "🗑 Delete": "delete_ask",
    },
    "firm": {
        "🕓 All touches": "touches",
        "💬 Chat": "chat",
        "📝 Note": "note",
        "🏷 Tags": "tags",
        "✏️ Edit": "edit",
        "📞 Phones, e-mails": "points",
        "➕ Task": "task",
        "➕ Person": "person",
        "🔗 Unite": "unite",
        "🤝 Hand over": "give",
        "🕓 History": "history",
        "🗑 Delete": "delete_ask",
    },
    "task": {
        "✅ Done": "done",
        "💬 Comment": "comment",
        "☑️ Checklist 1/1": "items",
        "☑️ Checklist 2/2": "items",
        "🔁 Repeat": "series",
        "📎 Add a file": "file_add",
        "👁 Watchers": "watchers",
        "👁 Watchers 2": "watchers",
        "✅ Accept": "accept",
        "↩️ Return": "give_back",
        "🔔 Reminder": "aheads",
        "❗ Important": "high",
        "🔒 Only for me": "hide",
        "🔓 Not only for me": "show",
        "🕒 Another time": "quick",
        "✏️ Text": "text",
        "👤 Assign": "give",
        "🗑 Delete": "gone",
        "↩️ Not done yet": "reopen",
        "🕓 History": "history",
    },
}
"""What a card offers, by the words on its buttons."""
STAGES = {"New": "to_open", "Awaiting payment": "to_payment", "Paid": "to_won", "Lost": "lose"}
"""What a deal's «Move» offers."""

NOTICES = {
    "deal": (
        "card",
        "deal_given",
        "deal_shared",
        "deal_commented",
        "deal_won",
        "deal_ruled",
        "payment_awaited",
        "payment_came",
        "payment_gone",
        "sum_changed",
        "client_touched",
    ),
    "lead": (
        "card",
        "lead_given",
        "client_touched",
        "lead_offer",
        "lead_assigned",
        "lead_late",
        "leads_late",
        "lead_passed",
        "lead_alarm",
    ),
    "contact": ("card", "client_given", "client_asked"),
    "firm": ("card", "client_given", "client_asked"),
    "task": ("card", "task_given", "task_due", "tasks_missed", "task_commented"),
    "person": ("card", "person_joined"),
    "department": ("card", "leads_wait"),
    "invitation": ("card",),
    "batch": ("card", "import_failed_rows"),
}
"""What may be queued about a thing."""
TELLING = {
    "deal": (
        *("see", "moves", "to_open", "to_won", "lose", "sum", "note", "task", "history", "pay", "bring"),
        *("firm", "give", "delete"),
    ),
    "contact": ("see", "history", "task", "call", "field", "vcard", "give", "unite_sure", "erase", "delete"),
    "firm": ("see", "history", "task", "field", "people", "person", "give", "unite_sure", "delete"),
    "task": (
        *("see", "history", "done", "at", "text", "comment", "items", "item_tick", "item_text", "watch"),
        *("watchers", "more_watchers", "files", "high", "give", "gone"),
    ),
}
"""What tells those who work on another's thing from its owner and from others; SDELKA_LONG: everything."""
WRITES = {
    "deal": (
        *("to_open", "to_won", "lose", "sum", "give", "note", "task", "all", "delete", "tag", "bring"),
        "call",
    ),
    "lead": ("reject", "give", "bare"),
    "contact": ("type", "field", "erase", "unite_sure"),
    "task": ("done", "accept", "gone"),
}
"""What a press forged in a group could change."""
IN_TOPICS = frozenset(
    {"to_open", "lose", "give", "task", "delete", "call", "reject", "field", "done", "history"}
)
"""What of it is pressed on a message inside a topic."""
UNANSWERED = frozenset({"lead_assigned", "lead_late", "leads_late", "lead_passed", "lead_alarm"})
ASSIGNEES_ALONE = frozenset({"task_given", "task_due", "tasks_missed"})


def press_cells(subject: str, reader: str) -> list[Cell]:
    """Every deed with every kind of thing, pressed by hand."""
    return [
        Cell(reader, thing, deed, Surface.PRESS, verdict(reader, thing, deed))
        for thing in _told_apart(reader, subject)
        for deed in (TELLING[subject] if is_joint(thing) and not LONG else deeds(thing.subject))
    ]


def is_joint(thing: Thing) -> bool:
    """Whether somebody else works on it besides whose it is."""
    return thing.whose in (*SHARED, *JOINT)


def is_near(cell: Cell) -> bool:
    """Whether it is about a joint thing of somebody else's that concerns the reader."""
    return is_joint(cell.thing) and relation(cell.reader, cell.thing) in NEAR


def _reached(reader: str, thing: Thing) -> bool:
    """Whether a look is worth its time: a joint thing is like any other to those who stand not near."""
    return LONG or not is_joint(thing) or relation(reader, thing) in NEAR


def typed_cells(reader: str) -> list[Cell]:
    """Every answer to a form that is open already."""
    return [
        Cell(reader, thing, deed, Surface.TYPED, verdict(reader, thing, deed))
        for subject in FORMS
        for thing in _told_apart(reader, "office" if subject in OFFICE else subject)
        if thing.subject == subject
        for deed in FORMS[subject]
        if LONG or not is_joint(thing) or deed in TELLING[subject]
    ]


def card_cells(reader: str) -> list[Cell]:
    """Every button that a card has, or has not."""
    offered = [
        *((subject, deed) for subject, buttons in BUTTONS.items() for deed in buttons.values()),
        *(("deal", f"stage {deed}") for deed in STAGES.values()),
        ("deal", "paid"),
    ]
    return [
        Cell(reader, thing, deed, Surface.CARD, _offered(reader, thing, deed))
        for thing in THINGS
        if "see" in granted(reader, thing) and _reached(reader, thing)
        for subject, deed in offered
        if subject == thing.subject
    ]


def list_cells(reader: str) -> list[Cell]:
    """Everything that is in a list, or is not."""
    own = Thing("own", "-", "office")
    # What is a colleague's to do is no deed of one's own day; the items that one has of it are done already.
    asked = {"deal": "list", "lead": "list_free", "task": "today"}
    return [
        Cell(
            reader,
            thing,
            "list",
            Surface.LIST,
            _shown(reader, thing, hide=hidden or asked[thing.subject] not in may),
        )
        for may in [granted(reader, own)]
        for thing in THINGS
        for hidden in [thing.state == "archived" or relation(reader, thing) in ("deal", "helps", "aids")]
        if thing.subject in asked and thing.state not in ("done", "waiting", "qualified", "rejected")
    ]


def search_cells(reader: str) -> list[Cell]:
    """Everything that is found by its name, or is not; the clients' phones; and deals by what was said."""
    named = [
        Cell(reader, thing, "find", Surface.SEARCH, _shown(reader, thing))
        for thing in THINGS
        if thing.subject != "task" and not (reader == "max" and thing.whose == "typed")
        if _reached(reader, thing) and not _by_deal(reader, thing)
    ]
    phones = [
        Cell(reader, thing, "phone", Surface.SEARCH, _shown(reader, thing))
        for thing in THINGS
        if thing.subject == "contact" and _reached(reader, thing)
    ]
    said = [
        Cell(reader, thing, "said", Surface.SEARCH, _shown(reader, thing, hide=reader == "fiona"))
        for thing in THINGS
        if thing.subject == "deal"
    ]
    return [*named, *phones, *said]


def _by_deal(reader: str, thing: Thing) -> bool:
    """Whether a client's name finds the deal on which one works, whose line may tell it or not."""
    return thing.subject == "contact" and relation(reader, thing) == "works"


def inline_cells(reader: str) -> list[Cell]:
    """Everything that is offered in any chat by its name, or is not: what is found.

    A company whose deal one works on is told by the line of the deal alone, which is not offered by it.
    """
    return [
        replace(cell, surface=Surface.INLINE)
        for cell in search_cells(reader)
        if cell.deed == "find" and (cell.thing.subject, relation(reader, cell.thing)) != ("firm", "works")
    ]


def notice_cells(reader: str) -> list[Cell]:
    """Every message that could wait for somebody, drawn at sending; a team chat is shown free leads alone."""
    return [
        Cell(reader, thing, kind, Surface.NOTICE, _told(reader, thing, kind))
        for thing in (*THINGS, *OFFICE_THINGS)
        if thing.state == "office" or reader == TEAM or _reached(reader, thing)
        for kind in NOTICES.get(thing.subject, ())
    ]


def group_cells(reader: str) -> list[Cell]:
    """Presses in the team chat: the presser is judged, and nothing of it stays in the chat."""
    looks = {"deal": ("see", "history"), "lead": ("see", "take")}
    looks |= dict.fromkeys(("contact", "firm", "task"), ("see",))
    mine = [thing for subject in looks for thing in _told_apart(reader, subject)]
    looked = [
        Cell(reader, thing, deed, Surface.GROUP, verdict(reader, thing, deed))
        for thing in mine
        for deed in looks[thing.subject]
    ]
    return [*looked, *_writes(reader)]


def _writes(reader: str) -> Iterator[Cell]:
    """Each write with one thing for each verdict, granted to one reader and denied to every third in turn."""
    for number, (subject, deed) in enumerate((one, deed) for one in WRITES for deed in WRITES[one]):
        doers = [name for name in READERS if Verdict.DO in _one_each(name, subject, deed)]
        for verdict_, thing in _one_each(reader, subject, deed).items():
            denied = verdict_ is Verdict.SILENCE or (number + READERS.index(reader)) % 3 == 0
            if LONG or (reader == doers[number % len(doers)] if verdict_ is Verdict.DO else denied):
                yield Cell(reader, thing, deed, Surface.GROUP, verdict_)


@cache
def _one_each(reader: str, subject: str, deed: str) -> dict[Verdict, Thing]:
    """The first thing with which something comes of a deed."""
    found: dict[Verdict, Thing] = {}
    for thing in _told_apart(reader, subject):
        found.setdefault(verdict(reader, thing, deed), thing)
    return found


def topic_cells(reader: str) -> list[Cell]:
    """Every word in the topics of two deals, which everybody reads who is in the group."""
    said = list(dict.fromkeys(word for row in rows(WORDS) for word in row[3:]))
    topics = [Thing("deal", "boris", state) for state in TOPICS]
    return [
        Cell(reader, thing, word, Surface.TOPIC, _answered(reader, thing, word in may_say(reader, thing)))
        for thing in topics
        for word in said
    ]


def edit_cells(reader: str) -> list[Cell]:
    """Edits of what one once said about a thing: one thing for each verdict."""
    found: dict[tuple[str, Verdict], Cell] = {}
    for subject, deed in rows(EDITS):
        for thing in _told_apart(reader, subject):
            verdict_ = _answered(reader, thing, deed in granted(reader, thing))
            cell = Cell(reader, thing, "edit", Surface.EDIT, verdict_)
            found.setdefault((subject, verdict_), cell)
    return list(found.values())


def _answered(reader: str, thing: Thing, may: bool) -> Verdict:
    if reader in OUTSIDERS:
        return Verdict.SILENCE
    if may:
        return Verdict.DO
    return Verdict.NO if "see" in granted(reader, thing) or thing.whose == "-" else Verdict.HIDE


def link_cells(reader: str) -> list[Cell]:
    """Invitations that are opened by strangers, and by people who are in already."""
    return [
        Cell(reader, Thing("link", row[1], "office"), row[-1], Surface.LINK, _joins(reader, row))
        for row in rows(GATES)
        if row[0] == "link"
    ]


def _joins(reader: str, row: list[str]) -> Verdict:
    if reader not in OUTSIDERS:
        return Verdict.HARMLESS
    return Verdict.DO if reader in row[2:] else Verdict.NO


def export_cells(reader: str) -> list[Cell]:
    """The company's deals in a file."""
    [row] = [row for row in rows(GATES) if row[0] == "command"]
    own = Thing("own", "-", "office")
    return [Cell(reader, own, row[-1], Surface.COMMAND, _answered(reader, own, reader in row[2:]))]


def program_cells(key: str) -> list[Cell]:
    """What a program does with its key: a new lead, what became of each, cards that it reads and fills."""
    cards = list({(one.subject, one.state): one for one in THINGS if one.subject in CARDS}.values())
    things = {"lead": _things("lead"), "new": [Thing("own", "-", "office")], "card": cards}
    found = []
    for _, what, *keys, deed in (row for row in rows(GATES) if row[0] == "program"):
        # To whom the door is closed it is closed whatever lies behind it.
        tried = things[what] if key in keys else {one.subject: one for one in things[what]}.values()
        for thing in tried:
            done = key in keys and (deed != "fill" or thing.state in TAKES_CHANGES)
            found.append(Cell(key, thing, deed, Surface.HTTP, Verdict.DO if done else Verdict.NO))
    return found


@cache
def all_cells() -> list[Cell]:
    """The whole matrix."""
    expanded = (typed_cells, *LOOKS, notice_cells)
    subjects = ("deal", "lead", "contact", "firm", "task", "office")
    return [
        *(cell for reader in READERS for subject in subjects for cell in press_cells(subject, reader)),
        *(cell for reader in READERS for expand in expanded for cell in expand(reader)),
        *notice_cells(TEAM),
        *(cell for key in KEYS for cell in program_cells(key)),
    ]


LOOKS = (
    card_cells,
    list_cells,
    search_cells,
    inline_cells,
    group_cells,
    topic_cells,
    edit_cells,
    link_cells,
    export_cells,
)
"""What is looked at together, reader by reader."""


def _things(subject: str) -> list[Thing]:
    if subject == "office":
        return list(OFFICE_THINGS)
    return [thing for thing in THINGS if thing.subject == subject]


@cache
def _told_apart(reader: str, subject: str) -> list[Thing]:
    """Of the things that are all the same to a reader one each; things of nobody and of somebody differ."""
    found: dict[tuple[object, ...], Thing] = {}
    for thing in _things(subject):
        office = thing.state == "office"
        key = (thing,) if office else (relation(reader, thing), thing.state, thing.whose in NOBODYS)
        found.setdefault(key, thing)
    return list(found.values())


def _offered(reader: str, thing: Thing, deed: str) -> Verdict:
    """A stage in which the deal stands already is not offered; `lose` stands for the lost one."""
    may = granted(reader, thing)
    if deed == "paid":  # Whoever sees a deal sees what was paid.
        return Verdict.DO if thing.state in ("payment", "won") else Verdict.NO
    wanted = deed.removeprefix("stage ")
    return Verdict.DO if wanted in may else Verdict.NO


def _shown(reader: str, thing: Thing, *, hide: bool = False) -> Verdict:
    if reader in OUTSIDERS:
        return Verdict.SILENCE
    return Verdict.DO if "see" in granted(reader, thing) and not hide else Verdict.HIDE


def _late(reader: str, thing: Thing, kind: str) -> Verdict:
    """While a lead waits for an answer: whose it is, who could take it and who may give it are told."""
    may = granted(reader, thing) if reader != TEAM else frozenset[str]()
    theirs = {
        "lead_late": thing.state == "new" and "see" in may and ROLES.get(reader) != "marketing",
        "lead_alarm": reader == TEAM or "heirs" in may,
    }
    mine = reader == thing.whose and kind != "lead_alarm"
    told = thing.state in ("new", "taken") and (mine or theirs.get(kind, False))
    return Verdict.DO if told else Verdict.HIDE


def _told(reader: str, thing: Thing, kind: str) -> Verdict:
    if kind in UNANSWERED and reader not in OUTSIDERS:
        return _late(reader, thing, kind)
    if reader == TEAM:
        asked = [Thing("lead", whose, "new") for whose in NOBODYS]
        public = thing in (*asked, *(Thing("deal", "boris", state) for state in TOPICS))
        return Verdict.DO if public and kind in ("card", "client_touched") else Verdict.HIDE
    if reader in OUTSIDERS:
        return Verdict.SILENCE
    if kind == "lead_offer":
        return Verdict.HIDE  # None of them is offered to anybody, see the tests of offers.
    if kind == "lead_given" and ROLES[reader] == "marketing":
        return Verdict.HIDE  # Nobody gives a lead to those who only write them down.
    if kind == "deal_commented" and reader == "fiona":
        return Verdict.HIDE  # What is said about deals is not for those who settle them.
    if kind == "payment_awaited" and thing.state != "payment":
        return Verdict.HIDE  # It does not await any more.
    if kind in ASSIGNEES_ALONE:
        theirs = relation(reader, thing) in ("own", "assigned") or (reader, thing.whose) == ("helen", "helen")
        over = thing.state == "done" or (thing.state == "waiting" and kind != "task_given")
        return Verdict.DO if theirs and not over else Verdict.HIDE
    return Verdict.DO if "see" in granted(reader, thing) else Verdict.HIDE
