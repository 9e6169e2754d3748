"""A contact as a vCard (RFC 6350), for the address book of a phone. Notes stay with us."""

from services.dto.clients import ContactCard, Point, PointKind, PointLabel
from services.understanding.birthdays import Birthday

LINE = 75
"""Octets after which a line is folded, section 3.2."""
_TYPES = {PointLabel.MOBILE: "cell", PointLabel.WORK: "work", PointLabel.HOME: "home"}
_ESCAPES = str.maketrans({"\\": "\\\\", ",": "\\,", ";": "\\;", "\n": "\\n", "\r": None})


def vcard(contact: ContactCard) -> str:
    """The card's text, in lines that end as the standard wants it."""
    lines = ["BEGIN:VCARD", "VERSION:4.0", f"FN:{_text(contact.name)}", f"N:;{_text(contact.name)};;;"]
    lines += [_point(point) for point in contact.points]
    if contact.company:
        lines.append(f"ORG:{_text(contact.company.name)}")
    if contact.position:
        lines.append(f"TITLE:{_text(contact.position)}")
    if contact.birthday:
        lines.append(f"BDAY:{_birthday(contact.birthday)}")
    if contact.username:
        lines.append(f"URL:https://t.me/{contact.username}")
    lines.append("END:VCARD")
    return "".join(f"{_fold(line)}\r\n" for line in lines)


def _text(value: str) -> str:
    """A text as a value, section 3.4; within a structured value, too."""
    return value.translate(_ESCAPES)


def _point(point: Point) -> str:
    name = "TEL" if point.kind is PointKind.PHONE else "EMAIL"
    kind = f";TYPE={_TYPES[point.label]}" if point.label in _TYPES else ""
    return f"{name}{kind}:{_text(point.value)}"


def _birthday(day: Birthday) -> str:
    """Without its year, a date is truncated to two dashes, section 4.3.1."""
    return f"{day.year or '--'}{day.month:02}{day.day:02}"


def _fold(line: str) -> str:
    """A long line in several, none of them cut within a character; each goes on after a space."""
    parts, room = [""], LINE
    for char in line:
        size = len(char.encode())
        if size > room:
            parts.append("")
            room = LINE - 1
        parts[-1] += char
        room -= size
    return "\r\n ".join(parts)
