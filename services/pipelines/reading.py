"""What somebody types about pipelines and stages, checked and as it is kept."""

import re
from collections.abc import Collection, Iterable, Sequence

from services.access import CLOSED_KINDS, STAFF, Role, StageKind
from services.choices import choice
from services.errors import AppError, NotFoundError
from services.followup.rules import LONGEST
from services.followup.settings import days_of
from services.lines import whole_line
from services.pipeline_templates import ENDS
from services.pipelines.shape import MOST_STAGES, NAME_LIMIT, RESULT_LIMIT, Color
from services.understanding.fold import clean_line, fold

_BETWEEN = re.compile(r"[\n,;→]+|\s+-?>+\s+")
"""An arrow that is typed stands between spaces; without them it belongs to a name."""
_PERCENT = re.compile(r"([0-9]{1,3})\s*%?")
NONE = "-"
"""What stands for nothing, where that is an answer."""


def read_name(typed: str, taken: Iterable[str]) -> str:
    """A name that none of the others has.

    Raises `pipeline.name_empty`, `pipeline.name_taken`, and what `whole_line` raises.
    """
    name = whole_line(typed, NAME_LIMIT)
    if not name:
        raise AppError("pipeline.name_empty")
    if fold(name) in {fold(one) for one in taken}:
        raise AppError("pipeline.name_taken", name=name)
    return name


def read_stages(typed: str, language: str) -> list[tuple[str, StageKind]]:
    """The stages of a new pipeline, one by line or between commas, and its two ends if they are not named.

    Raises `pipeline.no_stages`, `pipeline.name_taken` for one that is named twice, `pipeline.many_stages`.
    """
    ends = dict(zip(ENDS[language], CLOSED_KINDS, strict=True))
    known = {fold(name): kind for name, kind in ends.items()}
    names: list[str] = []
    for piece in _BETWEEN.split(typed):
        if clean_line(piece, NAME_LIMIT):
            names.append(read_name(piece, names))
    names += [name for name in ends if fold(name) not in {fold(one) for one in names}]
    if len(names) > MOST_STAGES:
        raise AppError("pipeline.many_stages", most=MOST_STAGES)
    stages = [(name, known.get(fold(name), StageKind.OPEN)) for name in names]
    if not any(kind == StageKind.OPEN for _, kind in stages):
        raise AppError("pipeline.no_stages")
    return stages


def toggled(known: Sequence[str], now: Collection[str], typed: str) -> list[str]:
    """A list with one item more, or one less. Raises `choice.not_found`."""
    if typed not in known:
        raise NotFoundError("choice")
    after = {*now} ^ {typed}
    return [str(one) for one in known if one in after]


def read_color(typed: str) -> Color | None:
    """A colour, or none for that of the kind. Raises `choice.not_found`."""
    return None if typed == NONE else choice(Color, typed)


def read_role(typed: str) -> Role | None:
    """A role of the staff, or none. Raises `choice.not_found`."""
    role = None if typed == NONE else choice(Role, typed)
    if role is not None and role not in STAFF:
        raise NotFoundError("choice")
    return role


def read_norm(typed: str, kind: str) -> int | None:
    """Days, or none for as long as it likes; a closed deal stands for ever.

    Raises `follow_up.unread`, `stage.closed`.
    """
    if kind in CLOSED_KINDS:
        raise AppError("stage.closed")
    return days_of(typed, LONGEST) or None


def read_percent(typed: str, kind: str) -> int | None:
    """How likely a deal there is won, or none for as its kind and its place say.

    Raises `stage.closed`, `stage.bad_percent`.
    """
    if kind in CLOSED_KINDS:
        raise AppError("stage.closed")
    if fold(typed) in (NONE, "—"):
        return None
    found = _PERCENT.fullmatch(typed.strip())
    if found is None or int(found[1]) > 100:
        raise AppError("stage.bad_percent")
    return int(found[1])


def read_result(typed: str) -> str | None:
    """A line of text; a dash is none. Raises `stage.result_empty`, and what `whole_line` raises."""
    line = whole_line(typed, RESULT_LIMIT)
    if not line:
        raise AppError("stage.result_empty")
    return None if fold(line) in (NONE, "—") else line
