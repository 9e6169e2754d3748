"""A press through everything, beside a bare bot that reads one row and adds one.

Ours: the update stored before it is confirmed, the presser's rights, one transaction with the deal's move,
its event and the update's mark, the card edited, the press answered, the update marked as done. The same
people press in all bots, in turns within one run; they and the server live in this process, each bot in one
of its own.
"""

import asyncio
import os
import subprocess
import tempfile
from collections.abc import Coroutine, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.company import Seller, count_moves, found_company
from benchmarks.databases import new_database
from benchmarks.figures import Figure, Options
from benchmarks.load import Load, Outcome, Presser
from benchmarks.processes import Program, bare, cpu_seconds, ours, running
from benchmarks.telegram import FakeTelegram

MANAGERS = 32
RATE = 50
WANTED, BARE = 250, {"sqlite": 530, "postgres": 782}
"""Presses a second on one core, on a machine where a bare bot with its collector tuned makes so many."""
SETTLE = 0.5
"""Seconds after a load in which a bot finishes its bookkeeping, which is its own to pay."""


@dataclass(slots=True)
class Runs:
    """A bot under one kind of load, a figure for each round; `cpu` in seconds for 1,000 presses."""

    cpu: list[float] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Presses a second in the middle round."""
        return median(outcome.rate for outcome in self.outcomes)

    def percentile(self, percent: int) -> float:
        """Milliseconds that so many percent waited at most, in the middle round."""
        return median(outcome.percentile(percent) for outcome in self.outcomes)


@dataclass(slots=True)
class Bot:
    """A bot under test."""

    load: Load
    process: subprocess.Popen[bytes]
    full: Runs = field(default_factory=Runs)
    paced: Runs = field(default_factory=Runs)
    lost: int = 0
    presses: int = 0

    async def press(self, load: Coroutine[Any, Any, Outcome], runs: Runs, presses: int) -> None:
        """Carry out one round."""
        before = cpu_seconds(self.process)
        outcome = await load
        await asyncio.sleep(SETTLE)
        runs.cpu.append((cpu_seconds(self.process) - before) * 1000 / presses)
        runs.outcomes.append(outcome)
        self.presses += presses
        self.lost += outcome.lost


async def run(options: Options) -> list[Figure]:
    """CPU, waits, throughput and losses."""
    rounds, presses = (2, 200) if options.quick else (7, 600)
    telegram = FakeTelegram()
    await telegram.start()
    with (
        tempfile.TemporaryDirectory(prefix="sdelka-bench-") as folder,
        two_cores() as core,
        ExitStack() as stack,
    ):
        url, first, second = (new_database(options.backend, Path(folder)) for _ in range(3))
        sellers = await found_company(url, MANAGERS)
        programs: list[tuple[Program, list[Presser]]] = [
            (ours(url, telegram.url, "42:benchmark", Path(folder)), our_pressers(sellers)),
            (bare(first, telegram.url, "43:benchmark", calm=False), bare_pressers()),
            (bare(second, telegram.url, "44:benchmark", calm=True), bare_pressers()),
        ]
        bots = []
        for bot_id, (program, pressers) in enumerate(programs, 42):
            box = telegram.add(bot_id, f"bench{bot_id}_bot")
            process = stack.enter_context(running(program, core=core))
            async with asyncio.timeout(60):
                await box.polled.wait()
            bots.append(Bot(Load(box, pressers), process))
        await _measure(bots, rounds, presses)
        await telegram.stop()
        missing = bots[0].presses - await count_moves(url)
    return _figures(bots, missing, options.backend)


async def _measure(bots: list[Bot], rounds: int, presses: int) -> None:
    for bot in bots:
        await bot.press(bot.load.closed(presses), Runs(), presses)
    for _ in range(rounds):
        for bot in bots:
            await bot.press(bot.load.closed(presses), bot.full, presses)
    for _ in range(max(1, rounds // 2)):
        for bot in bots:
            await bot.press(bot.load.paced(RATE, presses), bot.paced, presses)


def _figures(bots: list[Bot], missing: int, backend: str) -> list[Figure]:
    mine, plain, calm = bots
    cpu = "CPU of 1,000 presses"
    return [
        Figure(f"{cpu}, saturated", median(mine.full.cpu), "s", median(calm.full.cpu), at_most=2.0),
        Figure(
            f"{cpu}, saturated",
            median(mine.full.cpu),
            "s",
            median(plain.full.cpu),
            remark="collector as it comes",
        ),
        Figure(f"{cpu}, {RATE}/s", median(mine.paced.cpu), "s", median(calm.paced.cpu), at_most=2.0),
        Figure(
            f"{cpu}, {RATE}/s",
            median(mine.paced.cpu),
            "s",
            median(plain.paced.cpu),
            remark="collector as it comes",
        ),
        Figure(
            f"p50 at {RATE}/s",
            mine.paced.percentile(50),
            "ms",
            remark=_beside(calm.paced.percentile(50), "ms"),
        ),
        Figure(
            f"p95 at {RATE}/s",
            mine.paced.percentile(95),
            "ms",
            at_most=25,
            remark=_beside(calm.paced.percentile(95), "ms"),
        ),
        Figure(
            "presses on one core", mine.full.rate, "/s", at_least=WANTED, remark=_beside(calm.full.rate, "/s")
        ),
        Figure(
            "presses on one core",
            mine.full.rate,
            "/s",
            calm.full.rate,
            at_least=WANTED / BARE[backend],
            remark=f"{WANTED} where the bare bot makes {BARE[backend]}",
        ),
        Figure(f"presses lost of {mine.presses:,}", mine.lost + missing, "", at_most=0),
    ]


def _beside(value: float, unit: str) -> str:
    return f"bare bot {value:.1f} {unit}"


def our_pressers(sellers: list[Seller]) -> list[Presser]:
    """Managers who move their deal back and forth; the fresh card carries the deal's next version."""

    def presser(seller: Seller) -> Presser:
        return Presser(
            seller.telegram_id,
            data=lambda n: f"dm:{seller.deal_id}:{seller.stages[(n + 1) % 2]}:{n + 1}",
            proof=lambda n: f":{n + 2}",
        )

    return [presser(seller) for seller in sellers]


def bare_pressers() -> list[Presser]:
    """People who press the bare bot's button."""

    def presser(item: int) -> Presser:
        return Presser(20_000 + item, data=lambda n: f"move:{item}:{n}", proof=lambda n: f":{n + 1}")

    return [presser(item) for item in range(1, MANAGERS + 1)]


@contextmanager
def two_cores() -> Iterator[int]:
    """Keep this process off the machine's last core and give that one to the bots."""
    cores = os.sched_getaffinity(0)
    last = max(cores)
    os.sched_setaffinity(0, cores - {last} or cores)
    try:
        yield last
    finally:
        os.sched_setaffinity(0, cores)
