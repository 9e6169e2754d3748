"""The board of a department's tasks: by command, by button, and in its team chat."""

from handlers.errors import describe
from handlers.registry import registry
from handlers.turn import Turn
from handlers.views import task_board as views
from keyboards.board_data import BoardCb, BoardColumnCb
from services.access import Action
from services.choices import choice
from services.dto.task_board import Column

describe({"board.not_found": "This group belongs to no department of yours."})


@registry.command("board", Action.TASK_VIEW, groups=True)
async def cmd_board(turn: Turn, _args: str) -> None:
    """In private the board of who watches over tasks; in a team chat its figures."""
    if turn.private:
        await turn.show(views.board(await turn.services.task_board.board(turn.actor), turn.t))
    else:
        face = await turn.services.task_board.face(turn.actor, turn.chat_id)
        await turn.say(views.face(face, await turn.aloud()))


@registry.press(BoardCb, Action.TASK_ASSIGN)
async def on_board(turn: Turn, data: BoardCb) -> None:
    """The board of a department."""
    await turn.show(views.board(await turn.services.task_board.board(turn.actor, data.department_id), turn.t))


@registry.press(BoardColumnCb, Action.TASK_ASSIGN)
async def on_board_column(turn: Turn, data: BoardColumnCb) -> None:
    """The tasks of a column."""
    shown = await turn.services.task_board.column(
        turn.actor, data.department_id, choice(Column, data.column), data.page
    )
    await turn.show(views.column(shown, turn.t))
