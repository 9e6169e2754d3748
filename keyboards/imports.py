"""Buttons of imports."""

from keyboards.data import Press


class ImportCb(Press, prefix="imp"):
    """How to bring data in."""
