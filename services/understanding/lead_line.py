"""A lead told in plain words: "Окна, Иван +7 916 123-45-67, 150к, с сайта"."""

import re
from dataclasses import dataclass

from services.understanding import money, phones
from services.understanding.fold import clean, clean_line, flat
from services.understanding.lead_names import Fragment, find_name
from services.understanding.lead_reading import EDGES, MASK, WINDOW, Reading
from services.understanding.lead_words import (
    ABOUT_BEFORE,
    LABEL,
    LEAD_PREFIX,
    SOURCE_ALONE,
    SOURCES_IN_TEXT,
    Source,
    source_named,
)

TITLE_LIMIT = 120
_NAME_LIMIT = 120
_LABELLED = frozenset({"name", "source", "comment", "title"})
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,5}[^\W\d_]{2,24}(?![\w-])")
_USERNAME = re.compile(r"(?<![\w@./])(?:@|(?:https?://)?t\.me/)([A-Za-z][A-Za-z0-9_]{3,31})(?!\w)")


@dataclass(frozen=True, slots=True)
class LeadDraft:
    """What was understood of a lead line; nothing is lost: the other words are title and comment.

    `amount_minor` is in minor units, `currency` None where none was named; `source` is a code of `Source`;
    `username` is a Telegram name without the at sign; `understood` are the words that became fields.
    """

    title: str = ""
    name: str | None = None
    phone: str | None = None
    amount_minor: int | None = None
    currency: str | None = None
    source: str | None = None
    email: str | None = None
    username: str | None = None
    comment: str = ""
    understood: tuple[str, ...] = ()


def parse_lead(text: str, region: str = phones.DEFAULT_REGION) -> LeadDraft:
    """Understands a line or a form of a lead; fields that are not told for sure stay empty."""
    line = clean(text, len(text))
    reading = Reading(line, line)
    if prefix := LEAD_PREFIX.match(flat(line)):
        reading.take(0, prefix.end(), "prefix")
    email = _take_match(reading, _EMAIL, "email")
    username = _take_match(reading, _USERNAME, "username")
    phone = _take_phone(reading, region)
    labels = _take_labels(reading)
    amount, about = _take_sum(reading)
    source = _take_source(reading, labels)
    name = _take_name(reading, labels)
    title, comment = _leftovers(reading, labels)
    taken = sorted(reading.taken, key=lambda part: part.start)
    understood = [line[part.start : part.end].strip(EDGES) for part in taken]
    return LeadDraft(
        title=title,
        name=name,
        phone=phone,
        amount_minor=amount.minor if amount else None,
        currency=amount.currency if amount else None,
        source=source,
        email=email,
        username=username,
        comment=", ".join(filter(None, (comment, about))),
        understood=tuple(filter(None, understood)),
    )


def _take_match(reading: Reading, pattern: re.Pattern[str], part: str) -> str | None:
    match = pattern.search(reading.masked)
    if match is None:
        return None
    reading.take(match.start(), match.end(), part, label=part)
    return match[match.lastindex or 0]


def _take_phone(reading: Reading, region: str) -> str | None:
    """The first phone; further ones stay among the words."""
    found = phones.find(reading.masked, region)
    if not found:
        return None
    reading.take(found[0].start, found[0].end, "phone", label="phone")
    return found[0].e164


def _take_labels(reading: Reading) -> dict[str, tuple[int, int]]:
    """The values of "Имя: ...", "Источник: ..." by label; a comment goes on to the end of its line."""
    values: dict[str, tuple[int, int]] = {}
    for start, end in reading.segments():
        label = LABEL.match(flat(reading.masked[start:end]))
        if label is None or label.lastgroup not in _LABELLED or label.lastgroup in values:
            continue
        value = start + label.end()
        line_end = reading.line.find("\n", value)
        whole_line = label.lastgroup == "comment"
        values[label.lastgroup] = (
            value,
            (line_end if line_end >= 0 else len(reading.line)) if whole_line else end,
        )
        reading.take(start, value, "label")
    return values


def _take_sum(reading: Reading) -> tuple[money.Money | None, str]:
    """The one sum of the line, and its words where it is only about so much; two different sums are none."""
    others = reading.masked
    for phone in phones.find(others):
        others = others[: phone.start] + MASK * (phone.end - phone.start) + others[phone.end :]
    found = money.find(others)
    sums = [each for each in found if each.marked] or found
    if len({each.money for each in sums}) != 1:
        return None, ""
    start, end = sums[0].start, sums[0].end
    before = flat(reading.masked[max(0, start - WINDOW) : start])
    about = ABOUT_BEFORE.search(before)
    if about:
        start -= len(before) - about.start()
    reading.take(start, end, "sum", label="sum")
    return sums[0].money, reading.line[start:end] if about else ""


def _take_source(reading: Reading, labels: dict[str, tuple[int, int]]) -> str | None:
    if value := labels.get("source"):
        named = source_named(flat(reading.text(*value)))
        if named is None:
            return Source.OTHER
        reading.take(*value, "source")
        return named
    scanned = flat(reading.masked)
    found = [match for pattern in SOURCES_IN_TEXT if (match := pattern.search(scanned))]
    found += [
        match for start, end in reading.segments() if (match := SOURCE_ALONE.fullmatch(scanned, start, end))
    ]
    if not found:
        return None
    first = min(found, key=lambda match: match.start())
    reading.take(first.start(), first.end(), "source")
    return Source(str(first.lastgroup))


def _take_name(reading: Reading, labels: dict[str, tuple[int, int]]) -> str | None:
    if value := labels.get("name"):
        name = clean_line(reading.text(*value), _NAME_LIMIT)
        if name == reading.text(*value) and name:
            reading.take(*value, "name")
            return name
    bounds = find_name(reading.line, _fragments(reading, labels))
    if bounds is None:
        return None
    reading.take(*bounds, "name")
    return clean_line(reading.line[bounds[0] : bounds[1]], _NAME_LIMIT)


def _fragments(reading: Reading, labels: dict[str, tuple[int, int]]) -> list[Fragment]:
    """The words in which a name is looked for: all but those with a label of their own."""
    phone = next(((part.start, part.end) for part in reading.taken if part.part == "phone"), (-1, -1))
    segments = [segment for segment in reading.segments() if reading.masked[slice(*segment)].strip()]
    phone_at = next((n for n, (start, end) in enumerate(segments) if start <= phone[0] < end), -9)
    found: list[Fragment] = []
    for n, segment in enumerate(segments):
        if any(start <= segment[0] <= end for start, end in labels.values()):
            continue
        for start, end in reading.free(*segment):
            touches = end == phone[0] or start == phone[1]
            found.append(Fragment(start, end, not found, touches, beside_phone=abs(n - phone_at) == 1))
    return found


def _leftovers(reading: Reading, labels: dict[str, tuple[int, int]]) -> tuple[str, str]:
    """The words that became no field: the first of them are the title, the others the comment."""
    noted = labels.get("comment")
    titled = labels.get("title")
    titles: list[str] = []
    comments: list[str] = []
    for start, end in reading.segments():
        words = reading.text(start, end)
        if not words.strip("()[]{} "):
            continue
        if noted and noted[0] <= end <= noted[1]:
            comments.append(words)
        elif titled and titled[0] <= end <= titled[1]:
            titles.insert(0, words)
        else:
            titles.append(words)
    if not titles:
        return "", ", ".join(comments)
    title = clean_line(titles[0], TITLE_LIMIT)
    rest = titles[1:] if len(title) == len(titles[0]) else titles
    return title, ", ".join(rest + comments)
