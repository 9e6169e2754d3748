"""What is said in the topic of a deal, and what becomes of words that their author edits."""

from typing import Any

from sqlalchemy import func, select

from db.models import Note, NoteSource
from tests.matrix.expectations import OUTSIDERS, Cell, Verdict
from tests.matrix.judge import Judge, hidden, leaks
from tests.matrix.rig import Answer, Rig

SAID = {
    "said": ("Zsaid", "note note_source"),
    "note": ("/note Zsaid", "note note_source"),
    "task": ("/task Zdeed tomorrow at 15", "task timer"),
    "who": ("/who", ""),
    "stage": ("/stage New", "deal"),
}
"""Each word as it is typed, and the tables that it must change besides the history."""
ALWAYS = frozenset({"event", "outbox", "deal_topic"})
COLUMNS = {
    "deal": "deal_id",
    "lead": "lead_id",
    "contact": "contact_id",
    "firm": "company_id",
    "task": "task_id",
}


async def check_topics(judge: Judge, cells: list[Cell]) -> list[str]:
    """Everybody in the group reads what is answered there, so it has no word of any client."""
    rig, told = judge.rig, []
    talk = rig.world.telegram.groups[rig.company.chats["talk"]]
    for cell in cells:
        words, changes = SAID[cell.deed]
        since = len(rig.world.telegram.calls)
        answer = await rig.act(cell.reader, "send", talk, words, thread=rig.company.topics[cell.thing])
        there = [call.wire() for call in list(rig.world.telegram.calls)[since:] if call.chat_id == talk.id]
        said = Answer("", "\n".join(there), 0, (), frozenset())
        changed = rig.ledger.changed().keys()
        found = leaks(said, hidden(None, rig.company)) or leaks(answer, hidden(cell.reader, rig.company))
        if found:
            told.append(f"{cell} -- leaks {found}")
        elif complaint := _differs(cell, changed, frozenset(changes.split())):
            told.append(f"{cell} -- {complaint}")
        elif cell.verdict is Verdict.SILENCE and answer.calls:
            told.append(f"{cell} -- says {answer.said!r}")
        elif cell.verdict in (Verdict.NO, Verdict.HIDE) and cell.deed != "said" and not answer.calls:
            told.append(f"{cell} -- says nothing")
        rig.ledger.restore()
    return told


def _differs(cell: Cell, changed: Any, wanted: frozenset[str]) -> str | None:
    if cell.verdict is not Verdict.DO:
        return f"changes {sorted(changed)}" if changed else None
    fits = wanted <= changed <= wanted | (ALWAYS if wanted else frozenset())
    return None if fits else f"changes {sorted(changed)}"


async def check_edits(judge: Judge, cells: list[Cell]) -> list[str]:
    """Nobody waits for words when they edit a message: its note follows, or all stays as it is."""
    rig, told = judge.rig, []
    for cell in cells:
        message = rig.people[cell.reader].send(rig.world.telegram.groups[rig.company.chats["talk"]], "Zold")
        await rig.deliver()
        await _keep(rig, cell, message.chat.id, message.id)
        before = rig.ledger.read()
        answer = await rig.act(cell.reader, "edit", message, "Znew")
        changed = rig.ledger.changed(before).keys()
        if complaint := _differs(cell, changed, frozenset({"note", "note_source", "note_version"})):
            told.append(f"{cell} -- {complaint}")
        elif answer.calls:
            told.append(f"{cell} -- says {answer.said!r}")
        rig.ledger.restore()
    return told


async def _keep(rig: Rig, cell: Cell, chat: int, message: int) -> None:
    """A note of somebody's from better days, who never was anybody if they are a stranger."""
    place: dict[str, Any] = {COLUMNS[cell.thing.subject]: rig.company.ids[cell.thing]}
    author = rig.company.people.get(cell.reader)
    assert author is not None or cell.reader in OUTSIDERS
    async with rig.world.db.write() as uow:
        newest = await uow.session.scalar(select(func.max(Note.id)))
        note = Note(
            id=(newest or 0) + 1, text="Zold", author_id=author, created_at=rig.world.clock.now(), **place
        )
        uow.session.add(note)
        await uow.session.flush()
        uow.session.add(NoteSource(note_id=note.id, chat_id=chat, message_id=message))
