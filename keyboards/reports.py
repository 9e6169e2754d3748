"""Buttons of reports."""

from keyboards.data import Press


class ReportCb(Press, prefix="rep"):
    """The report."""
