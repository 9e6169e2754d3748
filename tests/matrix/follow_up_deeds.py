"""How the rules of a pipeline are set by hand; departments share the pipelines, and so do their heads."""

from keyboards.follow_up import (
    FollowUpAskCb,
    FollowUpCb,
    FollowUpNormCb,
    FollowUpNormsCb,
    FollowUpNormSetCb,
    FollowUpOffCb,
    FollowUpSetCb,
)
from tests.matrix.deeds import Deed, Facts, Typed, deed


def follow_up(f: Facts) -> dict[str, Deed]:
    """Deeds with the first pipeline and its first stage."""
    here, stage = {"pipeline_id": 1}, f.company.stages["New"]
    days = Typed("follow_up.days", {**here, "rule": "silent", "back": ["follow_up", 1]}, "5")
    norm = Typed("follow_up.norm", {"stage_id": stage, "back": ["follow_up", 1]}, "5")
    ask, ask_norm = FollowUpAskCb(**here, rule="silent"), FollowUpNormCb(**here, stage_id=stage)
    return {
        "follow_up": deed(FollowUpCb()),
        "follow_up_ask": deed(ask),
        "follow_up_set": deed(FollowUpSetCb(**here, rule="silent", days=4), changes="pipeline"),
        "follow_up_off": deed(FollowUpOffCb(**here, rule="greet"), changes="pipeline"),
        "typed_follow_up": deed(ask, "5", changes="pipeline", form=days),
        "norms": deed(FollowUpNormsCb(**here)),
        "norm_ask": deed(ask_norm),
        "norm_set": deed(FollowUpNormSetCb(**here, stage_id=stage, days=5), changes="stage"),
        "typed_norm": deed(ask_norm, "5", changes="stage", form=norm),
    }
