"""The board of a department's tasks: for those who watch over them, and in figures for its team chat."""

from datetime import datetime, timedelta

from db.uow import Database, UnitOfWork
from services.access import Action, Actor, Standing, granted, require
from services.clock import Clock
from services.dto.common import Ref
from services.dto.task_board import Board, BoardColumn, BoardLine, Column
from services.dto.task_lists import LateTask
from services.dto.team_chats import HolderKind
from services.errors import NotFoundError
from services.staff import access_department, reached
from services.task_lines import placed_lines
from services.understanding.moments import at_local

PAGE = 8


class TaskBoard:
    """The service of the board; personal tasks are never on it."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def board(self, actor: Actor, department_id: int = 0) -> Board:
        """A department's board, 0: of the first that the actor watches. Raises `department.not_found`."""
        require(actor, Action.TASK_ASSIGN)
        async with self._db.read() as uow:
            watched = reached(actor, Action.TASK_ASSIGN)
            here = [
                Ref(row.id, row.name)
                for row in await uow.people.departments()
                if watched is None or row.id in watched
            ]
            found = next((one for one in here if department_id in (0, one.id)), None)
            if found is None:
                raise NotFoundError("department")
            lines = await self._lines(uow, actor, found.id)
            return Board(found, lines, tuple(one for one in here if one.id != found.id))

    async def column(self, actor: Actor, department_id: int, column: Column, page: int = 0) -> BoardColumn:
        """The tasks of a column, page by page, each with what it is for.

        Raises `department.not_found`, `not_allowed`.
        """
        now = self._clock.now()
        async with self._db.read() as uow:
            department = await access_department(uow, actor, department_id, Action.TASK_ASSIGN)
            rows = await uow.task_boards.page(
                department.id, column, now, _today(now, actor), page * PAGE, PAGE + 1
            )
            shown = rows[:PAGE]
            tasks = await placed_lines(uow, actor, [task for task, _ in shown], now)
            return BoardColumn(
                department=Ref(department.id, department.name),
                column=column,
                tasks=tuple(LateTask(line, name) for line, (_, name) in zip(tasks, shown, strict=True)),
                midnight=_today(now, actor) + timedelta(days=1),
                page=page,
                more=len(rows) > PAGE,
            )

    async def face(self, actor: Actor, chat_id: int) -> Board:
        """The board of the department whose team chat this is: names and figures, without any task.

        For its people and those who watch over it; raises `board.not_found`.
        """
        require(actor, Action.TASK_VIEW)
        async with self._db.read() as uow:
            held = await uow.chats.holder(chat_id)
            if held is None or held[0] != HolderKind.DEPARTMENT:
                raise NotFoundError("board")
            row = next(one for one in await uow.people.departments() if one.id == held[1])
            watches = granted(actor, Action.TASK_ASSIGN, Standing(frozenset(), row.id))
            if row.id not in actor.departments and not watches:
                raise NotFoundError("board")
            return Board(Ref(row.id, row.name), await self._lines(uow, actor, row.id))

    async def _lines(self, uow: UnitOfWork, actor: Actor, department_id: int) -> tuple[BoardLine, ...]:
        now = self._clock.now()
        return tuple(
            BoardLine(
                Ref(row.id, row.name),
                {
                    Column.OVERDUE: row.overdue,
                    Column.TODO: row.todo,
                    Column.WAITING: row.waiting,
                    Column.DONE: row.done,
                },
            )
            for row in await uow.task_boards.people(department_id, now, _today(now, actor))
        )


def _today(now: datetime, actor: Actor) -> datetime:
    local = now.astimezone(actor.zone)
    return at_local(local.date(), 0, local)
