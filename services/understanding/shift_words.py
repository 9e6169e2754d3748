"""What somebody says about their shift in a word: "off", "обед"."""

from services.understanding.fold import fold

_SAID = {
    "on": ("on", "here", "back", "work", "на смене", "смена", "работаю", "вернулся", "вернулась", "тут"),
    "lunch": ("lunch", "break", "обед", "на обеде", "перерыв"),
    "off": ("off", "out", "away", "не на смене", "нет", "ушел", "ушла", "выходной", "закончил", "закончила"),
    "auto": ("auto", "hours", "by hours", "by working hours", "авто", "по часам", "по графику"),
}
_CODES = {word: code for code, words in _SAID.items() for word in words}


def shift_word(text: str) -> str | None:
    """`on`, `lunch`, `off` or `auto`; None for anything else."""
    return _CODES.get(fold(text).strip(" .!"))
