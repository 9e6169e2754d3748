"""Time zones: those to choose from, and those that people type by a city or by hours from Greenwich."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from services.understanding.fold import fold


@dataclass(frozen=True, slots=True)
class Zone:
    """A time zone by its IANA name, with the cities that people know it by."""

    name: str
    ru: str
    en: str

    def city(self, language: str) -> str:
        """The city in a language."""
        return self.ru if language == "ru" else self.en


COMMON = (
    Zone("Europe/Kaliningrad", "Калининград", "Kaliningrad"),
    Zone("Europe/Moscow", "Москва", "Moscow"),
    Zone("Europe/Samara", "Самара", "Samara"),
    Zone("Asia/Yekaterinburg", "Екатеринбург", "Yekaterinburg"),
    Zone("Asia/Omsk", "Омск", "Omsk"),
    Zone("Asia/Novosibirsk", "Новосибирск", "Novosibirsk"),
    Zone("Asia/Krasnoyarsk", "Красноярск", "Krasnoyarsk"),
    Zone("Asia/Irkutsk", "Иркутск", "Irkutsk"),
    Zone("Asia/Yakutsk", "Якутск", "Yakutsk"),
    Zone("Asia/Vladivostok", "Владивосток", "Vladivostok"),
    Zone("Asia/Magadan", "Магадан", "Magadan"),
    Zone("Asia/Kamchatka", "Камчатка", "Kamchatka"),
)
"""Offered as buttons."""

KNOWN = (
    *COMMON,
    Zone("Europe/Moscow", "Санкт-Петербург", "Saint Petersburg"),
    Zone("Europe/Moscow", "Казань", "Kazan"),
    Zone("Europe/Moscow", "Нижний Новгород", "Nizhny Novgorod"),
    Zone("Europe/Moscow", "Ростов-на-Дону", "Rostov-on-Don"),
    Zone("Europe/Moscow", "Краснодар", "Krasnodar"),
    Zone("Europe/Volgograd", "Волгоград", "Volgograd"),
    Zone("Europe/Saratov", "Саратов", "Saratov"),
    Zone("Asia/Yekaterinburg", "Челябинск", "Chelyabinsk"),
    Zone("Asia/Yekaterinburg", "Уфа", "Ufa"),
    Zone("Asia/Yekaterinburg", "Пермь", "Perm"),
    Zone("Asia/Yekaterinburg", "Тюмень", "Tyumen"),
    Zone("Asia/Tomsk", "Томск", "Tomsk"),
    Zone("Asia/Vladivostok", "Хабаровск", "Khabarovsk"),
    Zone("Europe/Minsk", "Минск", "Minsk"),
    Zone("Asia/Almaty", "Алматы", "Almaty"),
    Zone("Asia/Almaty", "Астана", "Astana"),
    Zone("Asia/Tashkent", "Ташкент", "Tashkent"),
    Zone("Asia/Bishkek", "Бишкек", "Bishkek"),
    Zone("Asia/Tbilisi", "Тбилиси", "Tbilisi"),
    Zone("Asia/Yerevan", "Ереван", "Yerevan"),
    Zone("Asia/Baku", "Баку", "Baku"),
    Zone("Europe/Belgrade", "Белград", "Belgrade"),
    Zone("Europe/Istanbul", "Стамбул", "Istanbul"),
    Zone("Asia/Dubai", "Дубай", "Dubai"),
    Zone("Europe/Berlin", "Берлин", "Berlin"),
    Zone("Europe/London", "Лондон", "London"),
    Zone("America/New_York", "Нью-Йорк", "New York"),
)
"""Understood when typed in either language; besides every city of the IANA list in English."""

_OFFSET = re.compile(r"(?P<from>utc|gmt|мск|msk)? ?(?P<sign>[+-]) ?(?P<hours>\d{1,2})(?::00)?")
_MOSCOW = ("мск", "msk")
_EASTMOST, _WESTMOST = 14, -12


def find_zone(typed: str) -> str | None:
    """The IANA name of a typed zone (`Europe/Berlin`, `Berlin`, `Новосибирск`, `UTC+5`, `МСК+2`), or None."""
    text = fold(typed.replace("−", "-"))
    if text in ("utc", "gmt"):
        return "UTC"
    if text in _MOSCOW:
        return "Europe/Moscow"
    if offset := _OFFSET.fullmatch(text):
        return _by_offset(offset)
    return _index().get(_key(typed))


def is_zone(name: str) -> bool:
    """Whether the IANA list has a zone of exactly this name."""
    return name in _all()


def city_of(name: str, language: str) -> str:
    """What people call a zone; the last part of its name if it is none of ours."""
    known = next((zone for zone in KNOWN if zone.name == name), None)
    return known.city(language) if known else name.rpartition("/")[2].replace("_", " ")


def offset_of(name: str, at: datetime) -> str:
    """How far a zone's clocks are from Greenwich at a moment: `UTC+3`, `UTC+5:30`."""
    shift = at.astimezone(ZoneInfo(name)).utcoffset() or timedelta()
    minutes = abs(int(shift.total_seconds())) // 60
    sign = "-" if shift < timedelta() else "+"
    return f"UTC{sign}{minutes // 60}" + (f":{minutes % 60:02}" if minutes % 60 else "")


def _by_offset(offset: re.Match[str]) -> str | None:
    hours = int(offset["sign"] + offset["hours"]) + (3 if offset["from"] in _MOSCOW else 0)
    if not _WESTMOST <= hours <= _EASTMOST:
        return None
    for zone in COMMON:
        if offset_of(zone.name, datetime.fromisoformat("2026-01-01T00:00:00Z")) == f"UTC{hours:+d}":
            return zone.name
    # The signs of these names are those of POSIX: west of Greenwich is positive.
    return f"Etc/GMT{-hours:+d}" if hours else "UTC"


@cache
def _all() -> frozenset[str]:
    return frozenset(available_timezones())


@cache
def _index() -> dict[str, str]:
    index: dict[str, str] = {}
    for name in sorted(_all()):
        if "/" in name and not name.startswith(("Etc/", "posix/", "right/", "US/")):
            index.setdefault(_key(name.rpartition("/")[2]), name)
            index[_key(name)] = name
    for zone in KNOWN:
        index[_key(zone.ru)] = index[_key(zone.en)] = zone.name
    return index


def _key(name: str) -> str:
    return fold(name).replace("_", " ").replace("-", " ")
