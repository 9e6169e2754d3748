"""Where a department is, as people write it: "Sales, Northern branch, Moscow"."""

from services.understanding.fold import clean_line

_NOWHERE = frozenset({"", "-", "–", "—"})
LONGEST = 60


def department(typed: str) -> tuple[str, str | None, str | None]:
    """Name, branch and city of a department; of two parts the second one is the city."""
    name, _, rest = typed.partition(",")
    return clean_line(name, len(name) + 1), *place(rest)


def place(typed: str) -> tuple[str | None, str | None]:
    """Branch and city; a single part is the city, and a dash is none."""
    *before, city = [clean_line(part, LONGEST) for part in typed.split(",")]
    branch = clean_line(", ".join(part for part in before if part not in _NOWHERE), LONGEST)
    return branch or None, None if city in _NOWHERE else city
