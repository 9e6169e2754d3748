"""Every text has its translation, and every translation its text."""

import ast
import re
from collections import Counter
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po

from handlers.errors import TEXTS
from handlers.routes import all_routes

ROOT = Path(__file__).parents[2]
LOCALES = ROOT / "bot" / "locales"
KEYWORDS = {"t": None, "html": None, "many": (1, 2), "_": None, "self": None}
CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)


def used() -> set[str]:
    """All message ids that stand in the code as literal strings."""
    all_routes()
    found: set[str] = set(TEXTS.values())
    for folder in ("handlers", "keyboards", "bot"):
        for path in (ROOT / folder).rglob("*.py"):
            if "demo" in path.parts:
                continue
            with path.open("rb") as file:
                for _, messages, _, _ in extract("python", file, keywords=KEYWORDS):
                    found.add(messages[0] if isinstance(messages, tuple) else messages)
            found |= inside_others(path.read_text(encoding="utf-8"))
    return found


def inside_others(source: str) -> set[str]:
    """The message ids inside f-strings, which Babel passes over before Python 3.12."""
    strings = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.JoinedStr))
    calls = (call for string in strings for call in ast.walk(string) if isinstance(call, ast.Call))
    found = set()
    for call in calls:
        name = getattr(call.func, "attr", getattr(call.func, "id", None))
        if name in KEYWORDS and call.args and isinstance(call.args[0], ast.Constant):
            found.add(str(call.args[0].value))
    return found


def translated() -> list[tuple[str, Message]]:
    """All Russian translations with the file they stand in."""
    found = []
    for path in sorted((LOCALES / "ru").glob("*.po")):
        with path.open("rb") as file:
            found += [(path.name, message) for message in read_po(file, locale="ru") if message.id]
    return found


def key(message: Message) -> str:
    return message.id[0] if isinstance(message.id, tuple | list) else message.id


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_every_text_is_translated() -> None:
    known = {key(message) for _, message in translated() if message.string and not message.fuzzy}
    assert sorted(used() - known) == []


def test_no_translation_is_left_over() -> None:
    texts = used()
    assert sorted(f"{name}: {key(m)}" for name, m in translated() if key(m) not in texts) == []


def test_no_text_is_translated_twice() -> None:
    twice = [
        text for text, count in Counter(key(message) for _, message in translated()).items() if count > 1
    ]
    assert twice == []


def test_translations_keep_the_parameters() -> None:
    for name, message in translated():
        ids = message.id if isinstance(message.id, tuple | list) else (message.id,)
        strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
        wanted = fields(ids[-1])
        for string in strings:
            assert fields(string) == wanted, (name, ids[0], string)


def test_plurals_have_all_three_russian_forms() -> None:
    for name, message in translated():
        if isinstance(message.id, tuple | list):
            assert len(message.string) == 3, (name, message.id)
            assert all(message.string), (name, message.id)


@pytest.mark.parametrize("folder", ["handlers", "keyboards"])
def test_no_russian_stands_in_the_code(folder: str) -> None:
    for path in (ROOT / folder).rglob("*.py"):
        assert not CYRILLIC.search(path.read_text()), path
