"""How the way of a message to its record looks, and the files that lie there."""

from handlers.screen import Screen
from handlers.views.words import file_words
from keyboards import notes as keys
from keyboards.common import cut, titled
from keyboards.tongue import Html, Tongue, esc, join
from services.dto.common import Ref
from services.dto.talk import FileLine, FileList, Said

SHOWN = 80
_KB, _MB = 1024, 1024 * 1024


def ask_where(
    said: list[Said], deals: tuple[Ref, ...], key: int, t: Tongue, *, lead: bool, words: str = ""
) -> Screen:
    """To which deal? `words`: these were typed to find it."""
    lines = [t.html("<b>To which deal?</b>"), _what(said, t)]
    if words and not deals:
        lines.append(t.html("No deal of yours fits “{words}”. Try other words.", words=cut(words, SHOWN)))
    elif not deals:
        lines.append(t.html("Type a few words of its title, or its number."))
    else:
        lines.append(t.html("Choose one, or type to find another."))
    return Screen(join(lines), keys.places(deals, key, t, lead=lead))


def files(found: FileList, t: Tongue) -> Screen:
    """The files of a deal."""
    return Screen(file_lines(found, t), keys.files(found, t))


def file_lines(found: FileList, t: Tongue) -> Html:
    """The files of a record, one a line."""
    lines = [t.html("📎 <b>Files of {title}</b>", title=titled(found.title, t))]
    lines += [_line(line, t) for line in found.files.items]
    if not found.files.items:
        lines.append(t.html("No files here."))
    return join(lines)


def _what(said: list[Said], t: Tongue) -> Html:
    """What was sent, in a line."""
    kinds = [one.file.kind for one in said if one.file is not None]
    texts = [one.text for one in said if one.text]
    source = next((one.origin_name for one in said if one.origin_name), None)
    parts = [
        file_words(kinds[0], len(kinds), t) if kinds else None,
        f"↪️ {source}" if source else None,
        f"“{cut(texts[0], SHOWN)}”" if texts else None,
    ]
    count = len({one.album or one.message_id for one in said})
    tail = t.many("{n} message", "{n} messages", count) if count > 1 else None
    return esc(" · ".join(part for part in (*parts, tail) if part))


def _line(line: FileLine, t: Tongue) -> Html:
    name = line.name or file_words(line.kind, 1, t)
    facts = [_size(line.size, t) if line.size else None, line.by, t.when(line.at)]
    return esc(" · ".join(fact for fact in (name, *facts) if fact))


def _size(size: int, t: Tongue) -> str:
    if size >= _MB:
        return t("{size} MB", size=round(size / _MB))
    return t("{size} KB", size=max(1, round(size / _KB)))
