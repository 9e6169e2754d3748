"""Benchmarks: what Sdelka costs, beside the least that the same work can cost, measured in one run.

Each module named here has `async def run(options: Options) -> list[Figure]`, and a docstring that says what
it measures.
"""

BENCHMARKS: dict[str, str] = {
    "press": "benchmarks.press",
    "start": "benchmarks.start",
    "broadcast": "benchmarks.broadcast",
    "timers": "benchmarks.timers",
    "drain": "benchmarks.drain",
    "import": "benchmarks.import_deals",
    "report": "benchmarks.report",
    "digest": "benchmarks.digest",
    "lists": "benchmarks.lists",
    "filters": "benchmarks.filters",
    "search": "benchmarks.search",
}
"""The names for `python -m benchmarks NAME`, in the order in which all of them run."""
