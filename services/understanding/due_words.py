"""The words of time in Russian and English: months, weekdays, units, parts of the day."""

from typing import Final


def _numbered(*lines: str, first: int) -> dict[str, int]:
    return {word: number for number, line in enumerate(lines, first) for word in line.split()}


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


MONTHS: Final = _numbered(
    "январь января янв january jan",
    "февраль февраля фев february feb",
    "март марта мар march mar",
    "апрель апреля апр april apr",
    "май мая may",
    "июнь июня июн june jun",
    "июль июля июл july jul",
    "август августа авг august aug",
    "сентябрь сентября сент сен september sept sep",
    "октябрь октября окт october oct",
    "ноябрь ноября нояб ноя november nov",
    "декабрь декабря дек december dec",
    first=1,
)
MONTHS_LOCATIVE: Final = _words(
    "январе феврале марте апреле мае июне июле августе сентябре октябре ноябре декабре"
)
WEEKDAYS: Final = _numbered(
    "понедельник понедельника понедельнику пн monday mon",
    "вторник вторника вторнику вт tuesday tues tue",
    "среда среду среды среде ср wednesday wed",
    "четверг четверга четвергу чт thursday thurs thur thu",
    "пятница пятницу пятницы пятнице пт friday fri",
    "суббота субботу субботы субботе сб saturday sat",
    "воскресенье воскресенья воскресенью вс sunday sun",
    first=0,
)
WEEKDAYS_PLURAL: Final = _numbered(
    "понедельникам mondays",
    "вторникам tuesdays",
    "средам wednesdays",
    "четвергам thursdays",
    "пятницам fridays",
    "субботам saturdays",
    "воскресеньям sundays",
    first=0,
)
# These are words of their own too, so only a preposition or a time beside them makes them weekdays.
UNSURE_WEEKDAYS: Final = _words("среда ср вт вс wed sat sun mon")

NUMBERS: Final = {
    **_numbered(
        "один одну одна an a one",
        "два две пару couple two",
        "три three",
        "четыре four",
        "пять five",
        "шесть six",
        "семь seven",
        "восемь eight",
        "девять nine",
        "десять ten",
        first=1,
    ),
    "a couple of": 2,
    "couple of": 2,
    "пол": 0.5,
    "half an": 0.5,
    "half a": 0.5,
    "полтора": 1.5,
    "полторы": 1.5,
}
HOURS: Final = _numbered(
    "час one",
    "два двум двух two",
    "три трем трех three",
    "четыре четырем четырех four",
    "пять пяти five",
    "шесть шести six",
    "семь семи seven",
    "восемь восьми eight",
    "девять девяти nine",
    "десять десяти ten",
    "одиннадцать одиннадцати eleven",
    "двенадцать двенадцати twelve",
    "тринадцать тринадцати",
    "четырнадцать четырнадцати",
    "пятнадцать пятнадцати",
    "шестнадцать шестнадцати",
    "семнадцать семнадцати",
    "восемнадцать восемнадцати",
    "девятнадцать девятнадцати",
    "двадцать двадцати",
    first=1,
) | {
    "двадцать один": 21,
    "двадцать два": 22,
    "двадцать три": 23,
}
HOUR_ORDINALS: Final = _numbered(
    *("первого", "второго", "третьего", "четвертого", "пятого", "шестого"),
    *("седьмого", "восьмого", "девятого", "десятого", "одиннадцатого", "двенадцатого"),
    first=1,
)
# The minutes that are said after or before an hour.
SPOKEN_MINUTES: Final = {
    **dict.fromkeys(("ноль ноль", "oclock"), 0),
    **dict.fromkeys(("ноль пять", "пяти", "oh five", "five"), 5),
    **dict.fromkeys(("десять", "десяти", "ten"), 10),
    **dict.fromkeys(("пятнадцать", "пятнадцати", "четверти", "fifteen", "quarter", "a quarter"), 15),
    **dict.fromkeys(("двадцать", "двадцати", "twenty"), 20),
    **dict.fromkeys(("двадцать пять", "двадцати пяти", "twenty five", "twenty-five"), 25),
    **dict.fromkeys(("тридцать", "thirty", "half"), 30),
    **dict.fromkeys(("тридцать пять", "thirty five", "thirty-five"), 35),
    **dict.fromkeys(("сорок", "forty"), 40),
    **dict.fromkeys(("сорок пять", "forty five", "forty-five"), 45),
    **dict.fromkeys(("пятьдесят", "fifty"), 50),
    **dict.fromkeys(("пятьдесят пять", "fifty five", "fifty-five"), 55),
}
_MINUTE_WORDS: Final = _words("минут минуту минуты минутку мин minute minutes mins min")
_HOUR_WORDS: Final = _words("час часа часов часик ч hour hours hrs hr h")
UNIT_MINUTES: Final = dict.fromkeys(_MINUTE_WORDS, 1) | dict.fromkeys(_HOUR_WORDS, 60)
_DAY_WORDS: Final = _words("день дня дней дн сутки суток day days d")
_WEEK_WORDS: Final = _words("неделю недели недель неделя нед week weeks wk w")
UNIT_DAYS: Final = {
    **dict.fromkeys(_DAY_WORDS, 1),
    **dict.fromkeys(_WEEK_WORDS, 7),
    **dict.fromkeys(("fortnight", "fortnights"), 14),
}
_MONTH_WORDS: Final = _words("месяц месяца месяцев мес month months")
_YEAR_WORDS: Final = _words("год года лет year years")
UNIT_MONTHS: Final = dict.fromkeys(_MONTH_WORDS, 1) | dict.fromkeys(_YEAR_WORDS, 12)

# What stands after a count and shows that "в 3 ..." is no hour.
COUNTED: Final = _words(
    "раз раза штук штуки штуках шт экземпляра экземпляров этапа этапов слоя слоев шагов копий человек",
    "рублей руб р тыс тысяч млн миллионов млрд процентов секунд минут минуты дней дня недель месяцев месяца",
    "лет метров м мм см км кг кв га times copies percent steps places points people",
    "minutes days weeks months",
)
PREPOSITIONS: Final = _words(
    "в во к ко на у с со по о об из от для при и или а но with to in on for and or the"
)
# What people plan, said right after the hour: "в 15 встреча".
EVENTS: Final = _words(
    "встреча звонок созвон замер показ планерка совещание демо презентация монтаж доставка переговоры осмотр",
    "выезд обед call meeting demo visit lunch dinner delivery review ring phone write send email check ask",
)
PARTS: Final = {
    "morning": "утром утречком утра утру morning",
    "lunch": "обед обеду lunch",
    "day": "днем дня afternoon",
    "evening": "вечером вечера вечерком вечеру evening",
    "night": "ночью ночи",
}
# The hour that a part of the day means, and the hour at which it is over.
PART_HOURS: Final = {"morning": (9, 12), "lunch": (13, 15), "day": (14, 18), "evening": (18, 24)}
NIGHT_HOURS: Final = (2, 23)
PART_AFTER_TIME: Final = r"(?:~(am|pm|a\.m\.?|p\.m\.?|утра|дня|вечера|ночи)(?!\w))?"
"""What may stand after a time."""


def part_of(word: str) -> str:
    """The part of the day that a word names."""
    return next(part for part, words in PARTS.items() if word in words.split())


def part_word(written: str | None) -> str | None:
    """A part of the day as it was written, "p.m." as "pm"."""
    return written.replace(".", "") if written else None


def hour_said(hour: int, part: str) -> int | None:
    """The hour of the day in "3 pm", "7 вечера"; None where the two do not agree."""
    if part in ("am", "pm"):
        return hour % 12 + 12 * (part == "pm") if 1 <= hour <= 12 else None
    return hour_in_part(hour, part_of(part))


def hour_in_part(hour: int, part: str) -> int | None:
    """The hour of the day in "в 7 вечера", "3 дня", "12 ночи"; None where the two do not agree."""
    late = {"evening": range(1, 12), "day": range(1, 6), "lunch": range(1, 4), "night": range(9, 12)}
    shifted = 0 if (hour, part) == (12, "night") else hour + 12 if hour in late.get(part, ()) else hour
    allowed = {
        "morning": range(4, 12),
        "lunch": range(11, 16),
        "day": range(11, 18),
        "evening": range(16, 24),
        "night": (*range(5), 21, 22, 23),
    }
    return shifted if shifted in allowed[part] else None
