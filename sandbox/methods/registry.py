"""The table of Bot API methods, and what a method is given."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from sandbox.bots import Bot
from sandbox.errors import bad_request
from sandbox.world import Telegram

Json = dict[str, Any]
Upload = tuple[str, bytes]


@dataclass(slots=True)
class Params:
    """The parameters of one call, whichever way they came; numbers and JSON may arrive as text."""

    values: Json
    files: dict[str, Upload]

    def has(self, name: str) -> bool:
        """Whether the parameter is there and not empty."""
        return self.values.get(name) not in (None, "")

    def text(self, name: str) -> str:
        """A string; empty if absent."""
        value = self.values.get(name)
        return "" if value is None else str(value)

    def required(self, name: str) -> str:
        """A string that must be there."""
        value = self.text(name)
        if not value:
            raise bad_request(f'Parameter "{name}" is required')
        return value

    def integer(self, name: str, default: int = 0) -> int:
        """A whole number; `default` if absent or not a number."""
        try:
            return int(self.values.get(name, default))
        except (TypeError, ValueError):
            return default

    def number(self, name: str) -> float:
        """A number that must be there."""
        value = self.required(name)
        try:
            return float(value)
        except ValueError:
            raise bad_request(f"{name} must be a valid Number") from None

    def flag(self, name: str) -> bool:
        """A boolean; false if absent."""
        return str(self.values.get(name, "")).lower() in ("true", "1", "yes", "y", "t")

    def json(self, name: str, called: str) -> Any:
        """A JSON value, None if absent; `called` is its name in the refusal."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        return load_json(value, called) if value else None


def load_json(source: str, called: str) -> Any:
    """JSON whose strings are all proper Unicode; else Telegram's refusal."""
    try:
        parsed = json.loads(source)
    except ValueError:
        raise bad_request(f"Can't parse {called} JSON object") from None
    if "\\ud" in source.lower():
        try:
            json.dumps(parsed, ensure_ascii=False).encode()
        except UnicodeEncodeError:
            raise bad_request("Strings must be encoded in UTF-8") from None
    return parsed


@dataclass(slots=True)
class Context:
    """One call under way: the world, the bot that calls, the parameters."""

    world: Telegram
    bot: Bot
    params: Params


Method = Callable[[Context], Any]
AsyncMethod = Callable[[Context], Awaitable[Any]]

METHODS: dict[str, Method] = {}
NAMES: dict[str, str] = {}


def method(name: str) -> Callable[[Method], Method]:
    """Registers a function under a Bot API name; names are not case-sensitive."""

    def register(function: Method) -> Method:
        METHODS[name.lower()] = function
        NAMES[name.lower()] = name
        return function

    return register
