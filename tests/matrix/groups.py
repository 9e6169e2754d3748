"""Presses in the team chat and in a topic: whoever presses is judged, and nothing of it stays in the chat."""

from keyboards.data import Press
from sandbox.messages import Message
from tests.matrix.cells import IN_TOPICS
from tests.matrix.deeds import Deed
from tests.matrix.expectations import Cell, Thing, Verdict
from tests.matrix.judge import Judge, hidden, leaks
from tests.matrix.rig import Answer, Rig

TOPIC = Thing("deal", "boris", "open")


async def check_group(judge: Judge, cells: list[Cell]) -> list[str]:
    """Answers are whispered, questions asked in private: what others read there says nothing."""
    judge.rig.world.whispers.on = True
    cards: dict[bool, Message] = {}
    told: list[str] = []
    for cell in cells:
        inside = cell.deed in IN_TOPICS
        if inside not in cards:
            cards[inside] = await (topic_card(judge.rig) if inside else team_card(judge.rig))
        deed, place = judge.deed(cell.thing, cell.deed), cards[inside]
        press = deed.steps[0]
        assert isinstance(press, Press)
        since = len(judge.rig.world.telegram.calls)
        answer = await judge.rig.press(cell.reader, press, on=place)
        calls = [
            call for call in list(judge.rig.world.telegram.calls)[since:] if call.chat_id == place.chat.id
        ]
        said = Answer("", "\n".join(c.wire() for c in calls if c.receiver is None), 0, (), frozenset())
        heard = {call.receiver for call in calls if call.ok} - {None}
        found = leaks(answer, hidden(cell.reader, judge.rig.company)) or leaks(
            said, hidden(None, judge.rig.company)
        )
        if found:
            told.append(f"{cell} -- leaks {found}")
        elif heard not in _hearers(cell.verdict, deed, judge.rig.people[cell.reader].id):
            told.append(f"{cell} -- is whispered to {heard}")
        elif complaint := await _came_of(judge, cell, deed, answer):
            told.append(f"{cell} -- {complaint}")
        judge.rig.ledger.restore()
        if calls:
            del cards[inside]
    judge.rig.world.whispers.on = False
    return told


async def _came_of(judge: Judge, cell: Cell, deed: Deed, answer: Answer) -> str | None:
    """What is wrong with what a press did; whoever may answers in private what is asked there."""
    if cell.verdict is Verdict.DO:
        if deed.steps[1:]:
            answer = await judge.rig.do(cell.reader, deed.steps[1:])
        return judge.works(cell, deed, answer, judge.rig.ledger.changed())
    if changed := judge.rig.ledger.changed():
        return f"changes {changed}"
    if cell.verdict is Verdict.SILENCE and (answer.toast or answer.calls):
        return f"says {answer.said!r}"
    if cell.verdict in (Verdict.NO, Verdict.HIDE) and not (answer.toast or answer.calls):
        return "says nothing"
    return None


def _hearers(verdict: Verdict, deed: Deed, reader: int) -> tuple[set[int], ...]:
    """Who may hear the answer; a deed that is too late is answered by the card as it stands now.

    What comes of a change may end with a question, which is asked in private.
    """
    if verdict is Verdict.DO and not deed.changes:
        return ({reader},)
    return (set(),) if verdict in (Verdict.HIDE, Verdict.SILENCE) else ({reader}, set())


async def team_card(rig: Rig) -> Message:
    """A message of the bot in the team chat of Sales."""
    return await _card(rig, rig.company.chats["team"], None)


async def topic_card(rig: Rig) -> Message:
    """One in the topic of a deal."""
    return await _card(rig, rig.company.chats["talk"], rig.company.topics[TOPIC])


async def _card(rig: Rig, chat: int, thread: int | None) -> Message:
    sent = await rig.world.bot.send_message(chat, "A card", message_thread_id=thread)
    return rig.world.telegram.groups[chat].messages[sent.message_id]
