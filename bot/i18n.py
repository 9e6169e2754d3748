"""Languages: gettext catalogues, one file per language and area, and the ways to write money and dates."""

import gettext
import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_currency, get_currency_precision, get_currency_symbol

from keyboards.tongue import Html, esc
from services.clock import Clock
from services.dto.common import Sum

LOCALES = Path(__file__).parent / "locales"
SOURCE = "en"
LANGUAGES = (SOURCE, "ru")
FEW_UNITS = 100
"""Of a smaller sum its minor units tell something."""
LONG_PAST = 92
"""A day so many days ago is told with its year: without it one thinks of the next such day."""
WRITTEN = 4_096
"""So many sums and days are kept as they were written: a card that is drawn anew mostly shows the same."""
FIRST_WEEKDAYS = {SOURCE: 6, "ru": 0}
"""Monday is 0. The locales do not tell: they know a first weekday of countries, not of languages."""


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """The texts of a language, merged over all areas. The source language needs none."""
    merged: gettext.NullTranslations | None = None
    for path in sorted((LOCALES / language).glob("*.po")):
        compiled = BytesIO()
        with path.open("rb") as file:
            write_mo(compiled, read_po(file, locale=language))
        compiled.seek(0)
        translations = gettext.GNUTranslations(compiled)
        translations.add_fallback(merged or gettext.NullTranslations())
        merged = translations
    return merged or gettext.NullTranslations()


SIGNS = {"RUB": "₽", "UAH": "₴", "KZT": "₸", "GEL": "₾", "AMD": "֏", "TRY": "₺"}
"""Signs that are known beyond their country: the narrow symbols of CLDR, https://cldr.unicode.org."""


class Speech:
    """A `Tongue` of one language and time zone."""

    def __init__(self, language: str, zone: ZoneInfo, clock: Clock) -> None:
        self.language = language if language in LANGUAGES else SOURCE
        self.zone = zone
        self._clock = clock
        self._texts = catalogue(self.language)
        self._locale = _locale(self.language)

    def __call__(self, message: str, /, **params: object) -> str:
        """A plain text."""
        text = self._texts.gettext(message)
        return text.format(**params) if params else text

    def html(self, message: str, /, **params: object) -> Html:
        """A text whose parameters are escaped."""
        text = self._texts.gettext(message)
        return Html(text.format(**{name: esc(value) for name, value in params.items()}) if params else text)

    def many(self, one: str, many: str, n: int, /, **params: object) -> str:
        """The form that a number takes."""
        return self._texts.ngettext(one, many, n).format(n=n, **params)

    def money(self, amount: Sum) -> str:
        """A sum with its currency's sign; minor units only where there are any."""
        return _money(self.language, amount.minor, amount.currency)

    def about(self, amount: Sum) -> str:
        """A sum that was counted, not paid: in whole units, halves away from zero, unless it is of a few."""
        unit = 10 ** get_currency_precision(amount.currency)
        if abs(amount.minor) < FEW_UNITS * unit:
            return self.money(amount)
        whole = (2 * abs(amount.minor) + unit) // (2 * unit) * unit
        return self.money(Sum(whole if amount.minor >= 0 else -whole, amount.currency))

    def day(self, day: date) -> str:
        """A day; without the year when it is this year's and not long past."""
        today = self._clock.now().astimezone(self.zone).date()
        near = {0: self("today"), 1: self("tomorrow"), -1: self("yesterday")}.get((day - today).days)
        if near is not None:
            return near
        return _date(self.language, day, "d MMMM" if _plain(day, today) else "d MMMM y")

    def day_of_year(self, day: date) -> str:
        """A day and its month."""
        return _date(self.language, day, "d MMMM")

    def when(self, moment: datetime) -> str:
        """A moment in the reader's zone, the nearest days by name."""
        local = moment.astimezone(self.zone)
        return f"{self.day(local.date())}, {self.clock(moment)}"

    def clock(self, moment: datetime) -> str:
        """The hour and minute in the reader's zone."""
        return f"{moment.astimezone(self.zone):%H:%M}"

    def in_full(self, moment: datetime) -> str:
        """A moment that must not be misread."""
        return f"{self.full_day(moment.astimezone(self.zone).date())}, {self.clock(moment)}"

    def dated(self, moment: datetime) -> str:
        """A moment for a document."""
        local = moment.astimezone(self.zone)
        day = _date(self.language, local.date(), "d MMMM y")
        return f"{day}, {self.clock(moment)} ({local:UTC%z})"

    def full_day(self, day: date) -> str:
        """Weekday and day; the year when it is not this one, or the day is long past."""
        today = self._clock.now().astimezone(self.zone).date()
        return _date(self.language, day, "EEEE, d MMMM" if _plain(day, today) else "EEEE, d MMMM y")

    def month(self, first: date) -> str:
        """A month with its year, as a heading."""
        name = _date(self.language, first, "LLLL y")
        return name[:1].upper() + name[1:]

    def weekdays(self) -> tuple[tuple[int, str], ...]:
        """The days of a week, from the first one where the language is spoken."""
        names = self._locale.days["stand-alone"]["short"]
        start = FIRST_WEEKDAYS[self.language]
        return tuple((day % 7, names[day % 7]) for day in range(start, start + 7))

    def ago(self, moment: datetime) -> str:
        """How long ago, roughly."""
        passed = max(self._clock.now() - moment, timedelta())
        minutes = int(passed.total_seconds() // 60)
        if minutes < 60:
            return self.many("{n} minute", "{n} minutes", minutes)
        if minutes < 60 * 24:
            return self.many("{n} hour", "{n} hours", minutes // 60)
        return self.many("{n} day", "{n} days", minutes // (60 * 24))


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(language)


@lru_cache(WRITTEN)
def _money(language: str, minor: int, currency: str) -> str:
    locale = _locale(language)
    digits = get_currency_precision(currency)
    units, rest = divmod(abs(minor), 10**digits)
    sign = "-" if minor < 0 else ""
    return sign + format_currency(
        Decimal(f"{units}.{rest:0{digits}d}") if rest else units,
        currency,
        locale=locale,
        currency_digits=rest != 0,
        format=_pattern(locale, currency, whole=rest == 0),
    )


def _plain(day: date, today: date) -> bool:
    """Whether nobody takes a day without its year for one of another year."""
    return day.year == today.year and (today - day).days <= LONG_PAST


@lru_cache(WRITTEN)
def _date(language: str, day: date, pattern: str) -> str:
    return format_date(day, pattern, locale=_locale(language))


@cache
def _pattern(locale: Locale, currency: str, *, whole: bool) -> str:
    """The locale's pattern of a sum, perhaps without its minor units, with the currency's own sign.

    Babel knows no narrow signs, and writes RUB where a language has no sign of its own for the rouble; set
    as a quoted text, the sign that the currency's country uses takes that place.
    """
    pattern: str = locale.currency_formats["standard"].pattern.split(";")[0]
    if whole:
        pattern = re.sub(r"[.]0+", "", pattern)
    if get_currency_symbol(currency, locale) == currency and currency in SIGNS:
        pattern = pattern.replace("¤", f"'{SIGNS[currency]}'")
    return pattern
