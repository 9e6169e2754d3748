"""What the buttons of tasks and of the calendar carry."""

from keyboards.data import Id, Press


class TaskPress(Press, prefix="-tk"):
    """A button on one task."""

    task_id: Id

    def subject(self) -> tuple[str, int]:
        """The task's card."""
        return ("task", self.task_id)


class TaskCb(TaskPress, prefix="tk"):
    """Open a task, or come back to it."""


class TaskDoneCb(TaskPress, prefix="tkd"):
    """It is done."""


class TaskDoneSureCb(TaskPress, prefix="tkf"):
    """It is done, whatever stands on its checklist."""


class TaskReopenCb(TaskPress, prefix="tkr"):
    """It is not done after all."""


class TaskTextCb(TaskPress, prefix="tke"):
    """Ask for other words."""


class TaskCommentCb(TaskPress, prefix="tkc"):
    """Ask for a comment."""


class TaskDropCb(TaskPress, prefix="tkx"):
    """Ask whether it shall be deleted."""


class TaskDropSureCb(TaskPress, prefix="tky"):
    """Delete it."""


class TaskHeirsCb(TaskPress, prefix="tkh"):
    """To whom may it be given?"""

    page: Id = 0


class TaskGiveCb(TaskPress, prefix="tkg"):
    """Give it to a colleague; refused if it has changed since `version`."""

    person_id: Id
    version: Id


class TaskHighCb(TaskPress, prefix="tki"):
    """It is important (1) or no more than the others (0)."""

    high: Id


class TaskHideCb(TaskPress, prefix="tkp"):
    """It is for oneself alone (1) or not (0)."""

    personal: Id


class TaskAheadsCb(TaskPress, prefix="tkb"):
    """Ask how long before it is due to remind of it."""


class TaskAheadCb(TaskPress, prefix="tka"):
    """So many minutes before."""

    minutes: Id


class TaskSnoozeCb(TaskPress, prefix="tks"):
    """Remind again at this moment, counted from the press."""

    quick: str


class TaskThenCb(TaskPress, prefix="tkt"):
    """After it was done by one tap in a list: ask what comes next."""


class TaskNextCb(TaskPress, prefix="tkn"):
    """After it is done: the same once more at this moment."""

    quick: str


class TaskNextLineCb(TaskPress, prefix="tko"):
    """After it is done: ask what comes next."""


class TaskSeriesCb(TaskPress, prefix="tr"):
    """How often shall it come again?"""


class TaskRepeatCb(TaskPress, prefix="trr"):
    """So often, by when it is due."""

    often: str


class TaskShiftCb(TaskPress, prefix="trs"):
    """A turn on a day off comes on the next working day (1) or as it falls (0)."""

    shift: Id


class TaskSkipCb(TaskPress, prefix="trk"):
    """Leave this turn out."""


class TaskStopCb(TaskPress, prefix="trx"):
    """Let it come no more."""


class TaskItemsCb(TaskPress, prefix="ti"):
    """The checklist; back from the form, too."""


class TaskItemsAddCb(TaskPress, prefix="tia"):
    """Ask for further items."""


class ItemPress(TaskPress, prefix="-ti"):
    """A button on an item of a task."""

    item_id: Id

    def subject(self) -> tuple[str, int]:
        """The checklist."""
        return ("checklist", self.task_id)


class ItemCb(ItemPress, prefix="tii"):
    """An item, to be changed."""


class ItemTickCb(ItemPress, prefix="tit"):
    """It is done (1) or not (0)."""

    done: Id


class ItemTextCb(ItemPress, prefix="tie"):
    """Ask for other words."""


class ItemHeirsCb(ItemPress, prefix="tih"):
    """Who may do it?"""

    page: Id = 0


class ItemGiveCb(ItemPress, prefix="tig"):
    """This colleague does it; 0: whoever does the task."""

    person_id: Id


class ItemDropCb(ItemPress, prefix="tix"):
    """Take it off the list."""


class TaskNewCb(Press, prefix="tk0"):
    """Ask for a new task of one's own."""


class DealTaskCb(Press, prefix="dta"):
    """Ask for a new task of a deal."""

    deal_id: Id

    def subject(self) -> tuple[str, int]:
        """The deal's card."""
        return ("deal", self.deal_id)


class LeadTaskCb(Press, prefix="lta"):
    """Ask for a new task of a lead."""

    lead_id: Id

    def subject(self) -> tuple[str, int]:
        """The lead's card."""
        return ("lead", self.lead_id)


class ClientTaskCb(Press, prefix="cta"):
    """Ask for a new task of a contact or a company."""

    kind: str
    client_id: Id

    def subject(self) -> tuple[str, int]:
        """The client's card."""
        return (self.kind, self.client_id)


class WhenPress(Press, prefix="-w"):
    """A button that helps to choose a moment: for a task, or for the draft that began with a message."""

    task_id: Id = 0
    draft: Id = 0

    def subject(self) -> tuple[str, int] | None:
        """The task's card; a draft has none."""
        return ("task", self.task_id) if self.task_id else None


class WhenCb(WhenPress, prefix="w"):
    """Ask when."""


class QuickCb(WhenPress, prefix="wq"):
    """At this moment, counted from the press."""

    quick: str


class AtCb(WhenPress, prefix="wa"):
    """At this very moment, in minutes since 1970."""

    at: Id


class MonthCb(WhenPress, prefix="wm"):
    """A month of the calendar, counted since the year 0; this one instead of one that is over."""

    month: Id = 0


class HoursCb(WhenPress, prefix="wd"):
    """The hours of a day, by its number in the calendar."""

    day: Id


class StillCb(Press, prefix="nop"):
    """A heading or a day that is over: nothing happens."""
