"""From the stages of one pipeline to those of another."""

from collections.abc import Sequence

from db.models import Stage
from services.access import CLOSED_KINDS, StageKind
from services.understanding.fold import fold


def default_map(old: Sequence[Stage], new: Sequence[Stage]) -> dict[int, Stage]:
    """By the id of each old stage the new one that means the same: of its kind and name, else of its kind.

    A stage in work for which there is none of its kind leads to the last one in work, so that nobody is
    asked again for what is done already.
    """
    named: dict[tuple[str, str], Stage] = {}
    for one in new:
        named.setdefault((one.kind, fold(one.name)), one)
    return {stage.id: named.get((stage.kind, fold(stage.name))) or _alike(stage, new) for stage in old}


def _alike(stage: Stage, new: Sequence[Stage]) -> Stage:
    alike = [one for one in new if one.kind == stage.kind]
    if alike:
        return alike[0]
    if stage.kind in CLOSED_KINDS:
        raise LookupError(f"a pipeline without a {StageKind(stage.kind)} stage")
    return [one for one in new if one.kind not in CLOSED_KINDS][-1]
