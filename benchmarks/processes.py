"""The programs under test, each in a process of its own, and what the system says that they use."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent
TICK = os.sysconf("SC_CLK_TCK")

Program = tuple[list[str], dict[str, str]]
"""A command and what it needs in its environment."""


def ours(database: str, telegram: str, token: str, folder: Path) -> Program:
    """The whole program."""
    settings = {
        "BOT_TOKEN": token,
        "BOT_API_URL": telegram,
        "DATABASE_URL": database,
        "DATA_DIR": str(folder),
        "HTTP_PORT": "0",
        "LOG_LEVEL": "WARNING",
    }
    return [sys.executable, "-m", "bot", "serve"], settings


def bare(database: str, telegram: str, token: str, *, calm: bool) -> Program:
    """The bare bot; `calm`: with its garbage collector tuned as ours is."""
    command = [sys.executable, "-m", "benchmarks.baseline"] + ["--calm"] * calm
    return command, {"BOT_TOKEN": token, "BOT_API_URL": telegram, "DATABASE_URL": database}


@contextmanager
def running(program: Program, *, core: int | None = None) -> Iterator[subprocess.Popen[bytes]]:
    """A program while the block runs; `core`: on this core of the machine alone."""
    command, settings = program
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **settings}
    process = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        if core is not None:
            os.sched_setaffinity(process.pid, {core})
        yield process
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def cpu_seconds(process: subprocess.Popen[bytes]) -> float:
    """CPU time that all threads of a process have used, in the program and in the kernel."""
    fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def resident_mib(process: subprocess.Popen[bytes]) -> float:
    """Resident memory."""
    status = Path(f"/proc/{process.pid}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024
