"""How pipelines and stages are changed by hand; they are the company's, so each head may."""

from keyboards.deal_data import DealPipelineCb
from keyboards.pipeline_data import (
    LossReasonCb,
    LossReasonLeadCb,
    LossReasonNameCb,
    LossReasonOfferCb,
    LossReasonRetireCb,
    LossReasonsCb,
    LossReasonsPartCb,
    PipelineAwayCb,
    PipelineAwaySureCb,
    PipelineBackCb,
    PipelineCb,
    PipelineHeirCb,
    PipelineLeadCb,
    PipelineMapCb,
    PipelineMapSetCb,
    PipelineNameCb,
    PipelineNewCb,
    PipelineOwnCb,
    PipelineTemplateCb,
    PipelineUndoCb,
    StageAskCb,
    StageAutoAskCb,
    StageAutosCb,
    StageAutoSetCb,
    StageAutoWayCb,
    StageCb,
    StageDropCb,
    StageDropSureCb,
    StageNewCb,
    StageRestoreCb,
    StageSetCb,
    StageShiftCb,
    StageTaskCb,
    StageTaskDropCb,
    StageTasksCb,
    StageTaskTurnCb,
    StageUndoCb,
)
from keyboards.profile import PipelinesCb
from tests.matrix.deeds import NOWHERE, Deed, Facts, Typed, deed


def loss_reasons() -> dict[str, Deed]:
    """Deeds with the reasons of loss of the only pipeline, which are the company's."""
    here, reason = {"pipeline_id": 1}, {"pipeline_id": 1, "reason_id": 2}
    back = {**here, "back": ["loss_reasons", 1]}
    return {
        "loss_reasons": deed(LossReasonsCb(**here)),
        "loss_reason": deed(LossReasonCb(**reason)),
        "loss_part": deed(LossReasonsPartCb(**here), changes="loss_reason"),
        "loss_lead": deed(LossReasonLeadCb(**reason, position=1), changes="loss_reason"),
        "loss_retire": deed(LossReasonRetireCb(**reason), changes="loss_reason"),
        "loss_offer": deed(LossReasonOfferCb(**reason)),
        "typed_loss": deed(
            LossReasonsCb(**here),
            "Zreason",
            changes="loss_reason",
            form=Typed("loss_reason.new", {**here, "back": ["pipeline", 1]}, "Zreason"),
        ),
        "typed_loss_name": deed(
            LossReasonNameCb(**reason),
            "Zreason",
            changes="loss_reason",
            form=Typed("loss_reason.name", {**back, "reason_id": 2}, "Zreason"),
        ),
    }


def pipelines(f: Facts) -> dict[str, Deed]:
    """Deeds with the only pipeline, and with a stage of it in which nothing stands."""
    here, stage = {"pipeline_id": 1}, {"stage_id": f.company.stages["Proposal"]}
    all_of_them, back = {"back": ["pipeline", 0]}, {"back": ["pipeline", 1], **here}
    said = {**stage, "field": "result", "back": ["stage", stage["stage_id"]]}
    ask = StageAskCb(**stage, field="result")
    return {
        **loss_reasons(),
        "board_of": deed(DealPipelineCb(**here)),
        "pipelines": deed(PipelinesCb()),
        "pipeline": deed(PipelineCb(**here)),
        "pipeline_new": deed(PipelineNewCb()),
        "pipeline_after": deed(
            PipelineTemplateCb(template="repair"), changes="pipeline stage", also="loss_reason"
        ),
        "typed_pipeline": deed(PipelineOwnCb(), "Zway", form=Typed("pipeline.new", all_of_them, "Zway")),
        "typed_stages": deed(
            PipelineOwnCb(),
            "Zway",
            "One, two",
            changes="pipeline stage",
            form=Typed("pipeline.stages", {**all_of_them, "name": "Zway"}, "One, two"),
        ),
        "pipeline_name": deed(
            PipelineNameCb(**here), "Zway", changes="pipeline", form=Typed("pipeline.name", back, "Zway")
        ),
        "pipeline_lead": deed(PipelineLeadCb(**here, position=0)),
        "pipeline_away": deed(PipelineAwayCb(**here)),
        "pipeline_heir": deed(PipelineHeirCb(**here, heir_id=2)),
        "pipeline_map": deed(PipelineMapCb(**here, **stage)),
        "pipeline_map_set": deed(PipelineMapSetCb(**here, **stage, to_id=1)),
        "pipeline_gone": deed(PipelineAwaySureCb(**here)),
        "pipeline_undo": deed(PipelineUndoCb(**here, event_id=NOWHERE)),
        "pipeline_back": deed(PipelineBackCb(**here)),
        "stage": deed(StageCb(**stage)),
        "stage_ask": deed(ask),
        "stage_set": deed(StageSetCb(**stage, field="color", value="red"), changes="stage"),
        "typed_stage": deed(ask, "Zresult", changes="stage", form=Typed("stage.answer", said, "Zresult")),
        "stage_new": deed(
            StageNewCb(**here), "Zstage", changes="stage", form=Typed("stage.new", back, "Zstage")
        ),
        "stage_tasks": deed(StageTasksCb(**stage)),
        "typed_stage_task": deed(
            StageTasksCb(**stage),
            "Zdeed, 2 days",
            changes="stage",
            form=Typed("stage.task", {**stage, "back": ["stage", stage["stage_id"]]}, "Zdeed, 2 days"),
        ),
        "stage_task": deed(StageTaskCb(**stage, robot_id=1)),
        "typed_stage_task_anew": deed(
            StageTasksCb(**stage),
            form=Typed(
                "stage.task.anew",
                {**stage, "robot_id": 1, "back": ["stage", stage["stage_id"]]},
                "Zdeed, 2 days",
            ),
        ),
        "stage_task_turn": deed(StageTaskTurnCb(**stage, robot_id=1, doer="head")),
        "stage_task_drop": deed(StageTaskDropCb(**stage, robot_id=1)),
        "stage_autos": deed(StageAutosCb(**stage)),
        "stage_auto_ask": deed(StageAutoAskCb(**stage, what="silent", days=3)),
        "stage_auto_way": deed(StageAutoWayCb(**stage, what="answered", pipeline_id=NOWHERE)),
        "stage_auto_set": deed(
            StageAutoSetCb(**stage, what="answered", to_id=f.company.stages["New"]), changes="stage"
        ),
        "stage_shift": deed(StageShiftCb(**stage, position=2, later=0), changes="stage"),
        "stage_drop": deed(StageDropCb(**stage)),
        "stage_gone": deed(StageDropSureCb(**stage), changes="stage"),
        "stage_undo": deed(StageUndoCb(**here, event_id=NOWHERE)),
        "stage_back": deed(StageRestoreCb(**here, event_id=NOWHERE)),
    }
