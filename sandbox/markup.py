"""`parse_mode=HTML`: the server's entity parser with its tags, its tolerance and its error texts."""

import re
from dataclasses import dataclass

from sandbox.errors import bad_request
from sandbox.links import checked_url
from sandbox.references import decode, unescape
from sandbox.tags import TAGS, argument_of
from sandbox.text import Entity, FormattedText, in_order, utf16_length

_SPECIAL = re.compile("[<&]")
_START = re.compile(r"<([^\s>]*)")
_ATTRIBUTE_NAME = re.compile(r"[^\s=>/\"']*")
_NAME_TOKEN = re.compile(r"[A-Za-z0-9.\-]*")
_END = re.compile(r"</([^\s>]*)\s*")
_SPACES = re.compile(r"\s*")
_USER_LINK = re.compile(r"tg://user\?id=(\d+)")


@dataclass(slots=True)
class _Open:
    tag: str
    argument: str
    unix: int
    offset: int
    text_begin: int


def parse_html(source: str) -> FormattedText:
    """The text and the entities of `source`; raises 400 `can't parse entities: ...` as the server does."""
    if not _SPECIAL.search(source):
        return FormattedText(source)
    return _Parser(source).parse()


class _Parser:
    def __init__(self, source: str) -> None:
        self._source = source
        self._position = 0
        self._parts: list[str] = []
        self._length = 0
        self._open: list[_Open] = []
        self._entities: list[Entity] = []

    def parse(self) -> FormattedText:
        source = self._source
        while match := _SPECIAL.search(source, self._position):
            self._emit(source[self._position : match.start()])
            self._position = match.start()
            if match.group() == "&":
                self._reference()
            elif source.startswith("</", self._position):
                self._end_tag()
            else:
                self._start_tag()
        self._emit(source[self._position :])
        if self._open:
            tag = self._open[-1].tag
            raise bad_request(
                f"can't parse entities: Can't find end tag corresponding to start tag \"{tag}\""
            )
        for entity in self._entities:
            if entity["type"] == "code":
                entity.pop("language", None)
        return FormattedText("".join(self._parts), in_order(self._entities))

    def _emit(self, text: str) -> None:
        if text:
            self._parts.append(text)
            self._length += utf16_length(text)

    def _fail(self, text: str, position: int, after: str = "") -> Exception:
        offset = len(self._source[:position].encode())
        return bad_request(f"can't parse entities: {text} at byte offset {offset}{after}")

    def _reference(self) -> None:
        decoded, self._position = decode(self._source, self._position)
        self._emit(decoded)

    def _start_tag(self) -> None:
        begin = self._position
        match = _START.match(self._source, begin)
        assert match is not None
        if match.end() == len(self._source):
            raise self._fail("Unclosed start tag", begin)
        tag = match.group(1).lower()
        if tag not in TAGS:
            raise self._fail(f'Unsupported start tag "{tag}"', begin)
        self._position = match.end()
        attributes = self._attributes(tag, begin)
        argument = argument_of(tag, attributes)
        if tag == "span" and argument != "spoiler":
            raise self._fail('Tag "span" must have class "tg-spoiler"', begin)
        unix = int(attributes["unix"]) if attributes.get("unix", "").isdigit() else 0
        self._open.append(_Open(tag, argument, unix, self._length, len(self._parts)))

    def _attributes(self, tag: str, begin: int) -> dict[str, str]:
        """Everything up to and over the closing `>`."""
        source = self._source
        attributes: dict[str, str] = {}
        while True:
            self._skip_spaces()
            if source.startswith(">", self._position):
                self._position += 1
                return attributes
            name = _match(_ATTRIBUTE_NAME, source, self._position)
            if not name:
                raise self._fail(f'Empty attribute name in the tag "{tag}"', begin)
            self._position += len(name)
            self._skip_spaces()
            if not source.startswith("=", self._position):
                if self._position == len(source):
                    raise self._fail(f'Unclosed start tag "{tag}"', begin)
                attributes[name] = "1"
                continue
            self._position += 1
            self._skip_spaces()
            if self._position == len(source):
                raise self._fail(f'Unclosed start tag "{tag}"', begin)
            attributes[name] = self._attribute_value()
            if self._position == len(source):
                raise self._fail("Unclosed start tag", begin)

    def _attribute_value(self) -> str:
        source, begin = self._source, self._position
        quote = source[begin]
        if quote in "'\"":
            end = source.find(quote, begin + 1)
            self._position = len(source) if end < 0 else end + 1
            return unescape(source[begin + 1 : len(source) if end < 0 else end])
        token = _match(_NAME_TOKEN, source, begin)
        self._position = begin + len(token)
        following = source[self._position : self._position + 1]
        if not following.isspace() and following != ">":
            raise self._fail("Unexpected end of name token", begin)
        return token.lower()

    def _skip_spaces(self) -> None:
        self._position += len(_match(_SPACES, self._source, self._position))

    def _end_tag(self) -> None:
        begin = self._position
        if not self._open:
            raise self._fail("Unexpected end tag", begin)
        match = _END.match(self._source, begin)
        assert match is not None
        self._position = match.end()
        if not self._source.startswith(">", self._position):
            raise self._fail("Unclosed end tag", begin)
        self._position += 1
        opened, found = self._open[-1], match.group(1).lower()
        if found and found != opened.tag:
            expected = f', expected "</{opened.tag}>", found "</{found}>"'
            raise self._fail("Unmatched end tag", begin, expected)
        self._open.pop()
        if self._length > opened.offset:
            self._close(opened)

    def _close(self, opened: _Open) -> None:
        entity: Entity = {
            "type": TAGS[opened.tag],
            "offset": opened.offset,
            "length": self._length - opened.offset,
        }
        if self._complete(entity, opened):
            self._entities.append(entity)

    def _complete(self, entity: Entity, opened: _Open) -> bool:
        """Adds what the tag's attributes say; false if no entity of its own comes of it."""
        match opened.tag:
            case "pre" | "code":
                return self._code(entity, opened.argument)
            case "a":
                return self._link(entity, opened)
            case "tg-emoji":
                if not opened.argument.isdigit() or not int(opened.argument):
                    raise bad_request("can't parse entities: Invalid custom emoji identifier specified")
                entity["custom_emoji_id"] = opened.argument
            case "tg-time":
                entity |= {"unix_time": opened.unix, "date_time_format": opened.argument}
                return opened.unix > 0
            case "blockquote" if opened.argument:
                entity["type"] = "expandable_blockquote"
        return True

    def _code(self, entity: Entity, language: str) -> bool:
        if self._merged(entity, language):
            return False
        if entity["type"] == "code" and language:
            entity["language"] = language
        return True

    def _merged(self, entity: Entity, language: str) -> bool:
        """`<pre><code class="language-x">` (in either order) is one entity with a language."""
        last = self._entities[-1] if self._entities else None
        if not last or (last["offset"], last["length"]) != (entity["offset"], entity["length"]):
            return False
        if entity["type"] == "pre" and last["type"] == "code" and last.get("language"):
            last["type"] = "pre"
            return True
        if entity["type"] == "code" and last["type"] == "pre" and language:
            last["language"] = language
            return True
        return False

    def _link(self, entity: Entity, opened: _Open) -> bool:
        url = opened.argument or "".join(self._parts[opened.text_begin :])
        if user := _USER_LINK.fullmatch(url):
            # Who parses a text knows nobody by name, and a User without one cannot be read.
            entity |= {
                "type": "text_mention",
                "user": {"id": int(user.group(1)), "is_bot": False, "first_name": ""},
            }
            return True
        checked = checked_url(url)
        if checked is None:
            return False
        entity["url"] = checked
        return True


def _match(pattern: re.Pattern[str], source: str, position: int) -> str:
    found = pattern.match(source, position)
    return found.group() if found else ""
