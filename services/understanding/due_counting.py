"""Whether a number tells an hour, or how many: "в 5 позвонить", "в 5 экземплярах"."""

import re

from services.understanding import due_words as words
from services.understanding.due_pieces import Line, Trust

_NEXT_WORD = re.compile(r"[ \n]{0,4}(?:$|([^\W\d_][\w-]*)|([^\w\s]|\d))")
_PHONE = re.compile(r"[ \n]{0,4}[+(]?\d[\d ()-]{7}")
_INFINITIVE = re.compile(r"\w+(?:ть|ти|чь|ться|тись)")
# "в 3 экземплярах", "с 5 машинами", "к 5 клиентам".
_PLURAL_CASE = re.compile(r"\w+(?:ах|ях|ами|ями|ам|ям)")
# "15 окон", "5 партнеров", "2 магазина": the endings of what is counted.
_COUNTED_MANY = re.compile(r"\w+(?:ов|ев|ей|ок|ек|он|ин|ий|ств)")
_COUNTED_FEW = re.compile(r"\w+[аяыи]")


def counts(line: Line, end: int, number: int) -> bool:
    """Whether the number that ends there says how many: "в десять двадцать раз"."""
    return follow(line, end, number) is None


def follow(line: Line, end: int, hour: int) -> Trust | None:
    """How the word after a number speaks for the number being an hour; None says that it is none."""
    if _PHONE.match(line.flat, end):
        return None if hour in (7, 8) else "sure"
    match = _NEXT_WORD.match(line.flat, end)
    if match is None or match[1] is None:
        return _follow_sign(match[2] if match else None)
    word = match[1]
    if word in words.COUNTED or _PLURAL_CASE.fullmatch(word):
        return None
    if _INFINITIVE.fullmatch(word) or word in words.EVENTS:
        return "sure"
    if word in words.PREPOSITIONS or line.text[match.start(1)].isupper():
        return "likely"
    return "unsure" if _may_be_counted(word, hour) else "likely"


def _follow_sign(sign: str | None) -> Trust | None:
    if sign and sign.isdigit():
        return "unsure"
    return None if sign and sign in "%°/*" else "sure"


def _may_be_counted(word: str, count: int) -> bool:
    if word.isascii():
        return word.endswith("s") and count != 1
    few = count % 10 in (2, 3, 4) and count not in (12, 13, 14)
    return bool((_COUNTED_FEW if few else _COUNTED_MANY).fullmatch(word)) or (count % 10 == 1 and count != 11)
