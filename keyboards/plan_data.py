"""Callback data of plans; months by their `month_code`, 0 for this one."""

from keyboards.data import Id, Press


class PlanCb(Press, prefix="pl"):
    """A month of a department (0: of all that one heads)."""

    month: Id = 0
    department_id: Id = 0


class PlanPress(Press, prefix="-pl"):
    """A button on somebody's plan; nobody (0): the whole department's."""

    month: Id
    department_id: Id
    person_id: Id = 0

    def subject(self) -> tuple[str, int]:
        """The plans of the department."""
        return ("plan", self.department_id)


class PlanAskCb(PlanPress, prefix="pls"):
    """Ask how much it is to be."""


class PlanClearCb(PlanPress, prefix="plc"):
    """There is to be none."""
