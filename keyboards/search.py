"""Buttons of the search."""

from keyboards.data import Press


class FindCb(Press, prefix="find"):
    """Ask what to look for."""
