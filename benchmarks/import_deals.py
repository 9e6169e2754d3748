"""An import from the owner's yes to its end: rows a second with 8,800 rows, and the memory for 100,000.

Each size has a process of its own, since memory once taken is not given back. The table is of our own making
and as wide as a real one: number, seller, product, company, stage, two dates and a sum.
"""

import asyncio
import resource
import sys
import tempfile
import time
from asyncio.subprocess import PIPE
from pathlib import Path
from typing import NamedTuple

from benchmarks.databases import new_database
from benchmarks.figures import Figure, Options
from benchmarks.history import OWNER, found, reader
from bot.importing import ImportRunner
from bot.outside import outside
from db.uow import Database
from services.bundle import Services
from services.clock import SystemClock
from services.imports.work import ImportWork

SMALL, LARGE = 8_800, 100_000
ROWS_A_SECOND = 2_000
FLAT = 1.15
FLAT_CPU = 1.3


class Measured(NamedTuple):
    """Rows a second, microseconds of CPU a row, seconds for the preview, and MiB at the peak."""

    rate: float
    cpu: float
    reading: float
    peak: float


async def run(options: Options) -> list[Figure]:
    """Rows a second, and the peak of memory with many rows beside that with few."""
    with tempfile.TemporaryDirectory(prefix="sdelka-bench-") as folder:
        few = await _child(new_database(options.backend, Path(folder)), SMALL)
        many = await _child(
            new_database(options.backend, Path(folder)), LARGE // 5 if options.quick else LARGE
        )
    against = f"against {SMALL:,} rows"
    return [
        Figure(f"import of {SMALL:,} rows", few.rate, "rows/s", at_least=ROWS_A_SECOND),
        Figure("import of many rows", many.rate, "rows/s", at_least=ROWS_A_SECOND),
        Figure("CPU of a row among many", many.cpu, "us", baseline=few.cpu, at_most=FLAT_CPU, remark=against),
        Figure("memory at its peak", many.peak, "MiB", baseline=few.peak, at_most=FLAT, remark=against),
        Figure(f"preview of {SMALL:,} rows", few.reading, "s"),
    ]


async def _child(url: str, rows: int) -> Measured:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", __name__, url, str(rows), stdout=PIPE
    )
    out, _ = await process.communicate()
    if process.returncode:
        raise RuntimeError(f"the import of {rows} rows failed")
    return Measured(*map(float, out.decode().split()))


async def _import(url: str, rows: int) -> Measured:
    await found(url)
    db = Database.open(url)
    services = Services(db, SystemClock(), outside())
    owner = await reader(services, OWNER)
    with tempfile.TemporaryDirectory(prefix="sdelka-bench-") as folder:
        work = ImportWork(db, SystemClock(), services.outside.tables)
        runner = ImportRunner(None, work, services.imports.bell, "bench", Path(folder))
        card = await services.imports.receive(owner, "deals.csv", 1)
        runner.folder.mkdir()
        _write(runner.path_of(card.id), rows)
        start = time.perf_counter()
        await runner.step()
        reading = time.perf_counter() - start
        await services.imports.start(owner, card.id)
        start, cpu = time.perf_counter(), time.process_time()
        await runner.step()
        seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
        done = await services.imports.card(owner, card.id)
    await db.close()
    if done.made != rows:
        raise RuntimeError(f"{done.made} deals were made of {rows} rows: {done.fault}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Measured(rows / seconds, cpu / rows * 1e6, reading, peak)


def _write(path: Path, rows: int) -> None:
    stages = ("Won", "Lost", "Engaging", "Won", "Prospecting")
    with path.open("w") as file:
        file.write(
            "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\n"
        )
        for n in range(rows):
            stage = stages[n % len(stages)]
            closed = f"2025-{n % 12 + 1:02}-{n % 28 + 1:02}" if stage in ("Won", "Lost") else ""
            who = f"Seller {n % 35},Windows {n % 7},Client {n % 85}"
            file.write(f"N{n:07},{who},{stage},2024-{n % 12 + 1:02}-01,{closed},{n}\n")


if __name__ == "__main__":
    print(*asyncio.run(_import(sys.argv[1], int(sys.argv[2]))))
