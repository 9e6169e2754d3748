"""How quiet hours are set by hand."""

from keyboards.profile import QuietCb
from keyboards.quiet import QuietAskCb, QuietSetCb, QuietUrgentCb
from tests.matrix.deeds import Deed, Facts, Typed, deed


def peace(_f: Facts) -> dict[str, Deed]:
    """One's own quiet hours."""
    night = QuietSetCb(value="22-8")
    return {
        "quiet": deed(QuietCb()),
        "quiet_set": deed(night, changes="person"),
        "quiet_ask": deed(QuietAskCb()),
        "typed_quiet": deed(QuietAskCb(), "23-7", changes="person", form=Typed("quiet.hours", {}, "23-7")),
        "quiet_urgent": deed(night, QuietUrgentCb(on=1), changes="person", many=True),
    }
