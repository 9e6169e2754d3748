"""Figures in the reader's way of writing them."""

from decimal import Decimal

from babel.numbers import format_compact_decimal, format_decimal, format_percent

from keyboards.tongue import Tongue

_PERCENT = {"en": "0.#%", "ru": "0.#\u00a0%"}
_VAST = 10**12


def number(n: float | Decimal, t: Tongue) -> str:
    """A count, its thousands set apart."""
    return format_decimal(n, locale=t.language)


def exactly(n: Decimal, t: Tongue) -> str:
    """The same with all of its decimals, at most four."""
    return format_decimal(n, format="#,##0.####", locale=t.language)


def share(part: int, whole: int, t: Tongue, *, short: bool = False) -> str:
    """A percentage with one decimal at most; short: a bare whole number."""
    value = part / whole if whole else 0
    if short:
        return format_decimal(round(value * 100), locale=t.language)
    return format_percent(value, format=_PERCENT[t.language], locale=t.language)


def units(minor: int, digits: int, t: Tongue) -> str:
    """Money in whole units, halves away from zero; minor units belong to single deals. Vast sums short."""
    scale = 10**digits
    whole = (abs(minor) + scale // 2) // scale
    if whole >= _VAST:
        return format_compact_decimal(whole, locale=t.language, fraction_digits=2)
    return number(whole if minor >= 0 else -whole, t)
