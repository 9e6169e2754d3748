"""Dividing somebody's work among several colleagues: evenly, and what belongs together stays together."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from db.repositories.workload import Ties, Workload

Place = tuple[str, int]


def divide(work: Workload, ties: Ties, heirs: Sequence[int]) -> dict[int, Workload]:
    """Each heir's part, perhaps an empty one.

    Each thing goes to whoever has the fewest of its kind; a client goes with its first deal or lead, further
    ones follow the client, and tasks what they are for.
    """
    found: dict[Place, int] = {}
    counts: Counter[tuple[str, int]] = Counter()

    def place(subject: str, one: int, near: Place | None) -> int:
        heir = found.get(near) if near is not None else None
        if heir is None:
            heir = min(heirs, key=lambda one: counts[subject, one])
        found[subject, one] = heir
        counts[subject, heir] += 1
        return heir

    for subject, ids, clients in (("deal", work.deals, ties.deals), ("lead", work.leads, ties.leads)):
        for one in ids:
            contact = clients.get(one)
            heir = place(subject, one, ("contact", contact) if contact is not None else None)
            if contact is not None and ("contact", contact) not in found:
                found["contact", contact] = heir
                counts["contact", heir] += 1
    for subject, ids in (("contact", work.contacts), ("firm", work.firms)):
        for one in ids:
            if (subject, one) not in found:
                place(subject, one, None)
    for one in work.tasks:
        place("task", one, ties.tasks.get(one))
    return _parts(work, found, heirs)


def _parts(work: Workload, found: dict[Place, int], heirs: Sequence[int]) -> dict[int, Workload]:
    parts: dict[tuple[int, str], list[int]] = defaultdict(list)
    for subject, ids in (
        ("deal", work.deals),
        ("lead", work.leads),
        ("contact", work.contacts),
        ("firm", work.firms),
        ("task", work.tasks),
    ):
        for one in ids:
            parts[found[subject, one], subject].append(one)
    return {
        heir: Workload(
            leads=parts[heir, "lead"],
            deals=parts[heir, "deal"],
            tasks=parts[heir, "task"],
            contacts=parts[heir, "contact"],
            firms=parts[heir, "firm"],
        )
        for heir in heirs
    }
