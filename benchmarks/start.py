"""The way from `exec` to the first poll, and the memory of a bot that has nothing to do.

Ours is `sdelka serve` on a database that it has used before: lock, schema check, company, engine, HTTP, poll.
"""

import asyncio
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks.company import found_company
from benchmarks.databases import new_database
from benchmarks.figures import Figure, Options
from benchmarks.processes import Program, bare, ours, resident_mib, running
from benchmarks.telegram import FakeTelegram

IDLE = 5.0


@dataclass(slots=True)
class Starts:
    """A bot's starts: seconds to the first poll, and MiB after some seconds of doing nothing."""

    seconds: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)


async def run(options: Options) -> list[Figure]:
    """Both, in turns; the first start of each warms the file cache and does not count."""
    rounds = 2 if options.quick else 7
    mine, bares = Starts(), Starts()
    telegram = FakeTelegram()
    await telegram.start()
    with tempfile.TemporaryDirectory(prefix="sdelka-bench-") as folder:
        url, other = (new_database(options.backend, Path(folder)) for _ in range(2))
        await found_company(url, 10)
        programs = (
            (ours(url, telegram.url, "42:benchmark", Path(folder)), 42, mine),
            (bare(other, telegram.url, "43:benchmark", calm=False), 43, bares),
        )
        for number in range(rounds + 1):
            for program, bot_id, starts in programs:
                await _start(telegram, program, bot_id, Starts() if number == 0 else starts)
    await telegram.stop()
    return [
        Figure("start to the first poll", median(mine.seconds), "s", median(bares.seconds), at_most=1.5),
        Figure("resident memory, idle", median(mine.memory), "MiB", median(bares.memory), at_most=1.25),
    ]


async def _start(telegram: FakeTelegram, program: Program, bot_id: int, starts: Starts) -> None:
    box = telegram.add(bot_id, f"bench{bot_id}_bot")
    begun = perf_counter()
    with running(program) as process:
        async with asyncio.timeout(60):
            await box.polled.wait()
        assert box.first_poll is not None
        starts.seconds.append(box.first_poll - begun)
        await asyncio.sleep(IDLE)
        starts.memory.append(resident_mib(process))
