"""The ways to the histories of settings, for the cards of what is set."""

from aiogram.types import InlineKeyboardButton

from keyboards.common import button
from keyboards.data import Id, Press
from keyboards.people_data import PersonPress
from keyboards.pipeline_data import PipelinePress
from keyboards.tongue import Tongue


class PersonHistoryCb(PersonPress, prefix="hsp"):
    """What was done about somebody, after a key (0: from the newest)."""

    after: Id = 0


class DepartmentHistoryCb(Press, prefix="hsd"):
    """What was set of a department."""

    department_id: Id
    after: Id = 0

    def subject(self) -> tuple[str, int]:
        """The department's card."""
        return ("department", self.department_id)


class PipelineHistoryCb(PipelinePress, prefix="hsl"):
    """What was set of a pipeline and its stages."""

    after: Id = 0


class FieldHistoryCb(Press, prefix="hsf"):
    """What was set of a field."""

    field_id: Id
    after: Id = 0


class SourceHistoryCb(Press, prefix="hss"):
    """What was set of a source of forms."""

    source_id: Id
    after: Id = 0

    def subject(self) -> tuple[str, int]:
        """All ways in."""
        return ("inflow", 1)


class CompanyHistoryCb(Press, prefix="hsc"):
    """What was set of the company as a whole."""

    after: Id = 0

    def subject(self) -> tuple[str, int]:
        """The settings."""
        return ("company", 1)


def history_of(data: Press, t: Tongue) -> InlineKeyboardButton:
    """The way there."""
    return button(t("🕓 History"), data)
