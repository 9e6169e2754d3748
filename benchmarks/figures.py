"""What a benchmark is asked, what it finds, and how that is shown."""

import platform
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from os import getloadavg, sched_getaffinity


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line says. `quick`: fewer and shorter runs, to see whether it works at all."""

    backend: str = "sqlite"
    quick: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure. Its target is for the ratio where there is a baseline, else for the figure."""

    name: str
    ours: float
    unit: str
    baseline: float | None = None
    at_most: float | None = None
    at_least: float | None = None
    remark: str = ""

    @property
    def ratio(self) -> float | None:
        """Ours by the baseline's."""
        return self.ours / self.baseline if self.baseline else None

    @property
    def met(self) -> bool | None:
        """Whether the target is met; None where there is none."""
        judged = self.ours if self.baseline is None else self.ours / self.baseline
        if self.at_most is not None:
            return judged <= self.at_most
        return judged >= self.at_least if self.at_least is not None else None

    @property
    def target(self) -> str:
        """The target in words."""
        unit = " x" if self.baseline is not None else f" {self.unit}"
        if self.at_most is not None:
            return f"<= {number(self.at_most)}{unit}"
        return f">= {number(self.at_least)}{unit}" if self.at_least is not None else ""


def number(value: float) -> str:
    """A figure with three digits that count."""
    size = abs(value)
    return f"{value:,.0f}" if size >= 100 else f"{value:.1f}" if size >= 10 else f"{value:.2f}"


def table(figures: Sequence[Figure]) -> str:
    """The figures as a table in Markdown."""
    head = ("figure", "ours", "baseline", "ratio", "target", "met")
    lines = [
        (
            figure.name + (f" ({figure.remark})" if figure.remark else ""),
            f"{number(figure.ours)} {figure.unit}",
            f"{number(figure.baseline)} {figure.unit}" if figure.baseline is not None else "",
            f"{figure.ratio:.2f}" if figure.ratio is not None else "",
            figure.target,
            {True: "yes", False: "NO", None: ""}[figure.met],
        )
        for figure in figures
    ]
    widths = [max(len(line[column]) for line in [head, *lines]) for column in range(len(head))]
    rule = tuple("-" * width for width in widths)
    return "\n".join(
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |"
        for line in [head, rule, *lines]
    )


def circumstances() -> str:
    """When and on what this was measured, and how busy the machine was with other things."""
    load = getloadavg()[0]
    cores = len(sched_getaffinity(0))
    return (
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {platform.system()} {platform.machine()}, {cores} cores, "
        f"Python {platform.python_version()}, load {load:.1f}"
    )
