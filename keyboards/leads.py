"""Buttons of leads."""

from keyboards.data import Press


class LeadNewCb(Press, prefix="ln"):
    """Begin a new lead."""


class LeadListCb(Press, prefix="ll"):
    """Leads in hand and free ones."""
