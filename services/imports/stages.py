"""What the stages of a file mean, and which stages of ours they become."""

from collections.abc import Sequence
from enum import IntEnum

from db.models import Stage
from services.access import StageKind
from services.imports.plan import FileStage
from services.pipelines.shape import MOST_STAGES
from services.understanding.fold import fold

MOST_OWN_STAGES = MOST_STAGES - 3
"""So many of a file can be a pipeline of their own: what it lacks of open, won and lost is added."""
PLAUSIBLE_STAGES = 20
"""A file with more of them mostly has no stages there but something else: a pipeline is not offered first."""


class _Step(IntEnum):
    """Where on its way a deal stands, in any company's words."""

    NEW = 0
    WORK = 1
    OFFER = 2
    PAYMENT = 3
    WON = 4
    LOST = 5


_WORDS = {
    _Step.NEW: "new; prospecting; prospect; lead; inbound; open; qualification; qualifying; first contact"
    "; appointment scheduled; unsorted; новая; новый; новые; заявка; входящая; обращение"
    "; первичный контакт; не обработана; неразобранное; квалификация; открыта; новая заявка; новая сделка",
    _Step.WORK: "engaging; in work; in progress; working; contacted; discovery; needs analysis; demo"
    "; meeting; presentation; qualified; в работе; взята в работу; работа; переговоры; встреча"
    "; презентация; выявление потребностей; выявление потребности; контакт установлен; думает"
    "; принимает решение",
    _Step.OFFER: "proposal; quote; proposal sent; quote sent; offer; negotiation; proposal price quote"
    "; negotiation review; contract sent; предложение; кп; кп отправлено; отправлено кп; согласование"
    "; коммерческое предложение; согласование договора; договор; расчет",
    _Step.PAYMENT: "awaiting payment; invoice; invoiced; invoice sent; payment; waiting for payment"
    "; ожидает оплаты; ждет оплаты; ожидание оплаты; счет выставлен; выставлен счет; счет; оплата"
    "; на оплате",
    _Step.WON: "won; closed won; paid; success; successful; deal won; sold; оплачена; оплачено"
    "; успешно реализовано; успешна; успешно; выиграна; выиграно; продано; продана; сделка успешна"
    "; реализовано",
    _Step.LOST: "lost; closed lost; rejected; cancelled; canceled; failed; deal lost; dead; проиграна"
    "; проиграно; отказ; закрыто и не реализовано; не реализовано; отменена; отменено; провалена; потеряна"
    "; сделка провалена",
}
_STEPS = {fold(word): step for step, words in _WORDS.items() for word in words.split("; ")}
_KINDS = {_Step.PAYMENT: StageKind.PAYMENT, _Step.WON: StageKind.WON, _Step.LOST: StageKind.LOST}


def match(found: dict[str, tuple[str, int]], ours: Sequence[Stage]) -> tuple[FileStage, ...]:
    """The stages of a file (folded name: name and count) with what they become, on their way in order."""
    by_name = {fold(stage.name): stage for stage in ours}
    stages = []
    for folded, (name, count) in found.items():
        step = _STEPS.get(folded)
        target = by_name.get(folded) or _stage_for(step, ours)
        kind = StageKind(target.kind) if target else _kind(step)
        stages.append(FileStage(folded, name, count, kind, target.id if target else None))
    return tuple(sorted(_few(stages), key=lambda stage: _place(stage.folded, stage.kind)))


def _few(stages: list[FileStage]) -> list[FileStage]:
    """All that we know, and of the others enough to see that they are too many."""
    unknown = [stage for stage in stages if stage.stage_id is None]
    return [stage for stage in stages if stage.stage_id is not None] + unknown[: MOST_OWN_STAGES + 1]


def _stage_for(step: _Step | None, ours: Sequence[Stage]) -> Stage | None:
    """The nearest stage of ours; with none of its kind a won deal cannot become an open one."""
    if step is None:
        return None
    alike = [stage for stage in ours if stage.kind == _kind(step)]
    if not alike:
        return None
    return alike[min(step, len(alike) - 1)] if step < _Step.PAYMENT else alike[0]


def _kind(step: _Step | None) -> StageKind:
    return StageKind.OPEN if step is None else _KINDS.get(step, StageKind.OPEN)


def _place(folded: str, kind: StageKind) -> tuple[int, int]:
    order = list(StageKind).index(kind)
    return order, _STEPS.get(folded, _Step.WORK)
