"""What is said in the topic of a deal, or in the group of a deal or a client: kept with it, and commands."""

from dataclasses import replace

from handlers.deal_closing import ask_unpaid
from handlers.deals import ask_missing
from handlers.errors import describe
from handlers.naming import named_here, tell_named
from handlers.registry import Word, registry
from handlers.sent import read_said
from handlers.task_forms import begin
from handlers.turn import Turn
from handlers.views import deals as deal_views
from handlers.views import team_talk as views
from services.access import CLOSED_KINDS, Action, StageKind
from services.deal_closing import UnpaidError
from services.deal_entry import MissingFieldsError
from services.dto.deals import DealCard, StageRef
from services.errors import AppError
from services.understanding.fold import fold

describe(
    {
        "word.no_note": "Write the note after the command: /note The client is ill.",
        "word.closed": "This deal is closed. It is returned to work from its card, by whoever may.",
        "word.head_moves": "From here on a head moves it.",
        "word.clients_have_none": "A client has no stage: their deals have. A deal is moved by its own card.",
        "word.others_move": "From here on somebody else moves it.",
        "word.no_stage": "No such stage that you may move it to. Send /stage, and I show them in private.",
    }
)


@registry.word("", Action.NOTE_ADD)
async def on_said(turn: Turn, word: Word) -> None:
    """It stays with the deal or the client; who is named in it comes to work on the deal."""
    said = read_said(word.message)
    if await turn.services.talk.join_album(turn.actor, said):
        return
    named = await named_here(turn, word.about, word.message)
    await tell_named(turn, await turn.services.team_talk.keep(turn.actor, word.about, said, named))


@registry.word("note", Action.NOTE_ADD, files=True)
async def word_note(turn: Turn, word: Word) -> None:
    """A note, perhaps with a file, that whoever works on the deal is told of; who is named in it comes."""
    said = replace(read_said(word.message), text=word.args)
    if not said.text and said.file is None:
        raise AppError("word.no_note")
    if await turn.services.talk.join_album(turn.actor, said):
        return
    named = await named_here(turn, word.about, word.message)
    heard = await turn.services.team_talk.note(turn.actor, word.about, said, named)
    await turn.nod(word.message)
    await tell_named(turn, heard)


@registry.word("task", Action.TASK_CREATE, files=True)
async def word_task(turn: Turn, word: Word) -> None:
    """A task for it, perhaps made of the message that is answered; the rest is asked in private."""
    await begin(turn, word.args, word.about)


@registry.word("who", Action.DEAL_VIEW)
async def word_who(turn: Turn, word: Word) -> None:
    """Who works on it, or keeps the client?"""
    face = await turn.services.team_talk.face(turn.actor, word.about)
    await turn.say(views.who(face, await turn.aloud()))


@registry.word("stage", Action.DEAL_VIEW)
async def word_stage(turn: Turn, word: Word) -> None:
    """Move it to the stage that is named; else where could it go? That is shown in private."""
    if word.about.subject != "deal":
        await turn.services.team_talk.face(turn.actor, word.about)
        raise AppError("word.clients_have_none")
    deal = await turn.services.deals.card(turn.actor, word.about.id)
    if not deal.moves:
        raise AppError(_unmoved(deal))
    if not word.args:
        choices = await turn.services.crossings.choices(turn.actor, deal.id)
        await turn.show(deal_views.moves(choices, turn.t))
        return
    stage = _stage(deal, word.args)
    try:
        await turn.services.moves.move(turn.actor, deal.id, stage.id, deal.version)
    except MissingFieldsError as missing:
        await ask_missing(turn, deal.id, deal.version, missing)
    except UnpaidError as lack:
        await ask_unpaid(turn, deal.id, lack)
    else:
        await turn.nod(word.message)


def _stage(deal: DealCard, typed: str) -> StageRef:
    """The only stage ahead or behind whose name begins so. Raises `word.no_stage`."""
    wanted = fold(typed)
    named = [stage for stage in deal.moves if fold(stage.name) == wanted]
    found = named or [stage for stage in deal.moves if fold(stage.name).startswith(wanted)]
    if len(found) != 1:
        raise AppError("word.no_stage")
    return found[0]


def _unmoved(deal: DealCard) -> str:
    """Why this reader moves it nowhere, as its card says."""
    if deal.stage.kind in CLOSED_KINDS:
        return "word.closed"
    return "word.head_moves" if deal.stage.kind is StageKind.PAYMENT else "word.others_move"
