"""Children forked from one server that has imported the program once: a kill test needs dozens of them.

The first child of a test process starts the server, so what is imported there is named here for all tests.
"""

import importlib.util
import multiprocessing
import sys
from multiprocessing.context import ForkServerContext
from pathlib import Path

PRELOADED = (
    "aiosqlite",
    "psycopg",
    "bot.app",
    "bot.engine",
    "db.maintenance",
    "tests.engine.scenarios",
    "tests.imports.test_resume",
    "tests.inflow.children",
    "tests.stories.lives",
    "tests.frozen",  # the last
)
ROOT = str(Path(__file__).parents[1])


def forks() -> ForkServerContext:
    """Where children come from; their functions are named by module, so the repository is on their path."""
    if ROOT not in sys.path:
        sys.path.insert(0, ROOT)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([name for name in PRELOADED if importlib.util.find_spec(name)])
    return context
