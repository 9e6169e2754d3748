"""`python -m benchmarks NAME [--backend sqlite|postgres] [--quick]`: run one benchmark, or all of them."""

import argparse
import sys
from importlib import import_module

import uvloop

from benchmarks import BENCHMARKS
from benchmarks.figures import Figure, Options, circumstances, table


def main() -> int:
    """Run what was asked for and print the figures; status 1 if a target was missed."""
    parser = argparse.ArgumentParser(
        prog="benchmarks", description="What Sdelka costs; see docs/performance.md."
    )
    parser.add_argument("name", nargs="?", choices=[*BENCHMARKS, "all"], default="all")
    parser.add_argument("--backend", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--quick", action="store_true", help="shorter runs, to see whether it works at all")
    words = parser.parse_args()
    options = Options(backend=words.backend, quick=words.quick)
    figures: list[Figure] = []
    for name in BENCHMARKS if words.name == "all" else [words.name]:
        print(f"{name} ...", file=sys.stderr, flush=True)
        figures += uvloop.run(import_module(BENCHMARKS[name]).run(options))
    print(f"\n{circumstances()}, {options.backend}\n\n{table(figures)}")
    return 1 if any(figure.met is False for figure in figures) else 0


if __name__ == "__main__":
    sys.exit(main())
