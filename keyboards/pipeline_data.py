"""What the buttons of pipelines and their stages carry."""

from keyboards.data import Few, Id, Press


class PipelinePress(Press, prefix="-fn"):
    """A button on one pipeline."""

    pipeline_id: Id

    def subject(self) -> tuple[str, int]:
        """The pipeline's card."""
        return ("pipeline", self.pipeline_id)


class PipelineCb(PipelinePress, prefix="fnc"):
    """Open a pipeline."""

    page: Id = 0


class PipelineNewCb(Press, prefix="fnn"):
    """After which template shall a new one be made?"""


class PipelineTemplateCb(Press, prefix="fnt"):
    """After this one."""

    template: str


class PipelineOwnCb(Press, prefix="fno"):
    """After none: ask for its name, then for its stages."""


class PipelineNameCb(PipelinePress, prefix="fne"):
    """Ask for another name."""


class PipelineLeadCb(PipelinePress, prefix="fnl"):
    """Put it before the one that stands before it; `position`: where it stands."""

    position: Id


class PipelineAwayCb(PipelinePress, prefix="fna"):
    """Shall it be put out of use?"""

    page: Id = 0


class PipelineHeirCb(PipelinePress, prefix="fnh"):
    """Out of use, its deals going to this one: which stage to which?"""

    heir_id: Id
    page: Id = 0


class PipelineMapCb(PipelinePress, prefix="fnm"):
    """Where shall the deals of one stage go?"""

    stage_id: Id
    page: Id = 0


class PipelineMapSetCb(PipelinePress, prefix="fnp"):
    """There."""

    stage_id: Id
    to_id: Id


class PipelineAwaySureCb(PipelinePress, prefix="fnx"):
    """Put it out of use, what is in work there going to another one (0: nothing is)."""

    heir_id: Id = 0


class PipelineUndoCb(PipelinePress, prefix="fnk"):
    """As if it had never been put out of use; the deals that nobody has touched since come back, too."""

    event_id: Id


class PipelineBackCb(PipelinePress, prefix="fnb"):
    """Use it again."""


class StageNewCb(PipelinePress, prefix="fns"):
    """Ask for the name of a new stage."""


class StagePress(Press, prefix="-st"):
    """A button on one stage."""

    stage_id: Id

    def subject(self) -> tuple[str, int]:
        """The stage's card."""
        return ("stage", self.stage_id)


class StageCb(StagePress, prefix="st"):
    """Open a stage."""


class StageAskCb(StagePress, prefix="sta"):
    """Ask for a field of it, see `StageField`."""

    field: str


class StageSetCb(StagePress, prefix="sts"):
    """Answer by a button, with what one could have typed."""

    field: str
    value: str


class StageShiftCb(StagePress, prefix="stm"):
    """Move it one place on (1) or back (0); `position`: where it stands."""

    position: Id
    later: Id


class StageTasksCb(StagePress, prefix="stt"):
    """The tasks that it sets; a new one is asked for."""


class StageTaskCb(StagePress, prefix="stw"):
    """One of them; its words are asked for anew."""

    robot_id: Id


class StageTaskTurnCb(StagePress, prefix="str"):
    """Set one of them for somebody else."""

    robot_id: Id
    doer: str


class StageTaskDropCb(StagePress, prefix="stq"):
    """Set one of them no longer."""

    robot_id: Id


class StageAutosCb(StagePress, prefix="sau"):
    """By what do its deals move on by themselves?"""


class StageAutoAskCb(StagePress, prefix="saa"):
    """Where to, when this happens? First of all, after how many days (0: not said yet), if it is silence."""

    what: str
    days: Id = 0
    page: Id = 0


class StageAutoWayCb(StagePress, prefix="saw"):
    """To a stage of this other pipeline, when this happens: which one?"""

    what: str
    pipeline_id: Id
    days: Few = 0
    page: Few = 0


class StageAutoSetCb(StagePress, prefix="sas"):
    """To this stage (0: nowhere)."""

    what: str
    to_id: Id
    days: Id = 0


class StageDropCb(StagePress, prefix="std"):
    """Shall it be deleted? And its deals go to another stage (0: to which?)."""

    heir_id: Id = 0
    page: Id = 0


class StageDropSureCb(StagePress, prefix="stx"):
    """Delete it, its deals going to another stage (0: there are none)."""

    heir_id: Id = 0


class StageRestoreCb(PipelinePress, prefix="fnq"):
    """Put a stage back that was deleted by this event."""

    event_id: Id


class StageUndoCb(PipelinePress, prefix="fnw"):
    """As if a stage had never been deleted; the deals that nobody has touched since come back, too."""

    event_id: Id


class LossReasonsPress(PipelinePress, prefix="-lr"):
    """A button on the reasons of loss of a pipeline."""

    def subject(self) -> tuple[str, int]:
        """The list of them."""
        return ("loss_reasons", self.pipeline_id)


class LossReasonsCb(LossReasonsPress, prefix="fnr"):
    """Why are its deals lost? A new reason is asked for."""


class LossReasonsPartCb(LossReasonsPress, prefix="fny"):
    """Give it reasons of its own, at first the same as the company's."""


class LossReasonCb(LossReasonsPress, prefix="fni"):
    """One of them."""

    reason_id: Id


class LossReasonNameCb(LossReasonsPress, prefix="fnz"):
    """Ask for other words."""

    reason_id: Id


class LossReasonLeadCb(LossReasonsPress, prefix="fnu"):
    """Put it before the one that stands before it; `position`: where it stands."""

    reason_id: Id
    position: Id


class LossReasonRetireCb(LossReasonsPress, prefix="fnd"):
    """Offer it no more."""

    reason_id: Id


class LossReasonOfferCb(LossReasonsPress, prefix="fnv"):
    """Offer it again."""

    reason_id: Id
