"""Kills the program at every point where it could die, one child process for each.

A scenario is an async function of a module, `async def lead_comes_in(trip: Tripwire, ...)`, that opens its
own database and bot, calls `trip.watch(db, bot)` and runs until its work is done. `every_death` runs it again
and again, killed with SIGKILL at the first point, the second, ... until it reaches its end; after each death
the caller looks at the database and at the local Telegram, runs it without a tripwire and looks again.

The points are those at which a crash can lose or repeat something: before and after each commit, and before
and after each call of the Bot API. Children are forked from a server that has done all imports once.
"""

import asyncio
import importlib
import os
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.methods import Response, TelegramMethod
from sqlalchemy import event
from sqlalchemy.orm import Session

from db.uow import Database
from tests.forks import forks

QUIET = ("getUpdates", "getMe", "setMyCommands", "deleteWebhook", "getForumTopicIconStickers")
"""Calls that change nothing."""
WROTE = "wrote"


class Tripwire:
    """Counts the points that are passed and dies at one of them; 0: at none."""

    def __init__(self, fuse: int, report: Connection) -> None:
        self._left = fuse
        self._report = report
        self.armed = fuse > 0
        """Whether it may die; a run that only recovers need not end in order."""

    def watch(self, db: Database, bot: Bot) -> None:
        """Stretch it over a database and a bot."""
        event.listen(db.engine.sync_engine, "begin", _forget_writes)
        event.listen(db.engine.sync_engine, "after_cursor_execute", _note_write)
        event.listen(Session, "before_commit", self._before_commit)
        event.listen(Session, "after_commit", self._after_commit)
        bot.session.middleware(_Wire(self))

    def passed(self, point: str) -> None:
        """A point is reached."""
        self._report.send(point)
        if self._left == 1:
            os.kill(os.getpid(), signal.SIGKILL)
        self._left -= 1

    def _before_commit(self, session: Session) -> None:
        session.flush()
        if session.connection().info.get(WROTE):
            session.info[WROTE] = True
            self.passed("before commit")

    def _after_commit(self, session: Session) -> None:
        if session.info.pop(WROTE, False):
            self.passed("after commit")


def _forget_writes(connection: Any) -> None:
    connection.info.pop(WROTE, None)


def _note_write(connection: Any, cursor: Any, statement: str, *_rest: Any) -> None:
    if cursor.rowcount != 0 and statement.lstrip().startswith(("INSERT", "UPDATE", "DELETE", "WITH")):
        connection.info[WROTE] = True


class _Wire(BaseRequestMiddleware):
    def __init__(self, trip: Tripwire) -> None:
        self._trip = trip

    async def __call__(
        self, make_request: NextRequestMiddlewareType[Any], bot: Bot, method: TelegramMethod[Any]
    ) -> Response[Any]:
        name = method.__api_method__
        if name in QUIET:
            return await make_request(bot, method)
        self._trip.passed(f"before {name}")
        result = await make_request(bot, method)
        self._trip.passed(f"after {name}")
        return result


@dataclass(frozen=True, slots=True)
class Run:
    """How a child ended: `killed` at the last of `points`, or at its own end."""

    fuse: int
    killed: bool
    points: list[str]


def child(scenario: str, fuse: int, report: Connection, arguments: tuple[Any, ...]) -> None:
    module, _, name = scenario.partition(":")
    function = getattr(importlib.import_module(module), name)
    asyncio.run(function(Tripwire(fuse, report), *arguments))
    report.close()
    # What the fork server inherited is not ours to clean up.
    os._exit(0)


async def run(scenario: str, *arguments: Any, fuse: int = 0, seconds: float = 60) -> Run:
    """Run a scenario, `module:function`, in a child; with a fuse it dies at that point, counted from 1.

    Raises AssertionError if the child failed in any other way or took too long.
    """
    context = forks()
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=child, args=(scenario, fuse, theirs, arguments), daemon=True)
    await asyncio.to_thread(process.start)
    theirs.close()
    await asyncio.to_thread(process.join, seconds)
    points = []
    while ours.poll():
        try:
            points.append(ours.recv())
        except EOFError:
            break
    if process.exitcode is None:
        process.kill()
        process.join()
        raise AssertionError(f"{scenario} did not end in {seconds} s; it passed {points}")
    killed = process.exitcode == -signal.SIGKILL
    if not killed and process.exitcode != 0:
        raise AssertionError(f"{scenario} failed with exit code {process.exitcode}; it passed {points}")
    process.close()
    return Run(fuse, killed, points)


async def every_death(
    scenario: str,
    arguments: Callable[[], tuple[Any, ...] | Awaitable[tuple[Any, ...]]],
    most: int = 200,
    stride: int = 1,
) -> AsyncIterator[Run]:
    """Run a scenario until it survives: killed at point 1, then at point 2, ... The survivor is not yielded.

    With a `stride` only at each so many-th point.

    Between two deaths, within its loop, the caller looks at what is left and gives the next one its work.
    """
    for fuse in range(1, most, stride):
        given = arguments()
        result = await run(scenario, *(given if isinstance(given, tuple) else await given), fuse=fuse)
        if not result.killed:
            return
        yield result
    raise AssertionError(f"{scenario} passes more than {most} points")
