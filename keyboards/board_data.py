"""What the buttons of the board of tasks carry."""

from keyboards.data import Id, Press


class BoardCb(Press, prefix="tb"):
    """The board of a department, 0: the first."""

    department_id: Id = 0


class BoardColumnCb(Press, prefix="tbc"):
    """The tasks of a column."""

    department_id: Id
    column: str
    page: Id = 0
