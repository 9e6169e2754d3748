"""The phrases that say how often: "каждый понедельник", "по средам", "every day", "раз в неделю"."""

import re
from datetime import timedelta

from services.understanding import due_words as words
from services.understanding import moments
from services.understanding.due_pieces import (
    Answer,
    Day,
    Days,
    Line,
    NextWeek,
    Part,
    Repeats,
    Unreadable,
    any_of,
    rule,
)


def _on_weekday(match: re.Match[str], line: Line) -> Answer:
    number = {**words.WEEKDAYS, **words.WEEKDAYS_PLURAL}[match[1]]
    return Repeats((Days((Day(moments.next_weekday(line.today, number), roll=7),), number),))


def _daily(_match: re.Match[str], line: Line) -> Answer:
    return Repeats((Days((Day(line.today, roll=1),)),))


def _at_part(match: re.Match[str], line: Line) -> Answer:
    part = "morning" if match[1] in ("утро", "morning") else "evening"
    return Repeats((Days((Day(line.today, roll=1),)), Part(part)))


def _weekly(_match: re.Match[str], line: Line) -> Answer:
    return Repeats((NextWeek(line.today + timedelta(days=7 - line.today.weekday())),))


def _monthly(_match: re.Match[str], line: Line) -> Answer:
    day = moments.add_months(line.today, 1)
    return Repeats((Days((Day(day),)),)) if day else Unreadable()


def _unreadable(_match: re.Match[str], _line: Line) -> Answer:
    return Unreadable()


_EACH = "<on>?(?:кажд(?:ый|ую|ое)|every)"
RULES = (
    rule(rf"{_EACH} (<weekday>)", _on_weekday),
    rule(rf"(?:по|on) ({any_of(words.WEEKDAYS_PLURAL)})", _on_weekday),
    rule(rf"{_EACH} (утро|вечер|morning|evening)", _at_part),
    rule(rf"{_EACH} (?:день|day)|ежедневно", _daily),
    rule(rf"{_EACH} (?:неделю|week)|еженедельно|раз в неделю|once a week", _weekly),
    rule(rf"{_EACH} (?:месяц|month)|ежемесячно|раз в месяц|once a month", _monthly),
    rule(r"кажд(?:ый|ую|ое|ые) (?:год|час|<number>)|every (?:year|hour|other|\d+)", _unreadable),
    rule(r"(?:раз в|once an?) (?:<number>~)?<unit>|по (?:выходным|будням)", _unreadable),
)
