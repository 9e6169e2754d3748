"""Buttons of tasks and of the day."""

from keyboards.data import Press


class MyDayCb(Press, prefix="day"):
    """What is to be done today."""
