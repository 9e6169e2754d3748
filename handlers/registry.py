"""Where handlers are declared: each with the action that it is for, found again by one dictionary look-up.

aiogram would ask the filter of every handler in turn; a dictionary costs the same with ten and with hundreds.
"""

import inspect
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from aiogram import Bot
from aiogram.types import Message

from handlers.screen import Screen
from keyboards.data import Press
from keyboards.tongue import Tongue
from services.access import Action, Actor
from services.bundle import Services
from services.dto.tasks import Link
from services.notices import NoticeKind

Handler = Callable[..., Awaitable[Any]]
H = TypeVar("H", bound=Handler)


class Content(StrEnum):
    """Messages that are neither a command nor an answer to a form."""

    TEXT = "text"
    CONTACT = "contact"
    DOCUMENT = "document"
    FORWARDED = "forwarded"
    """Anything that was forwarded; asked before the kind that it is otherwise."""
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Route:
    """A handler and the action that must be granted to use it."""

    handler: Handler
    action: Action
    data: type[Press] | None = None
    groups: bool = False
    """Whether a command is heard in groups, too; buttons are heard wherever they stand."""
    last: bool = False
    """Whether it takes free content only when no other handler does."""
    cancels: bool = False
    """Whether a step takes Cancel in words itself, with a farewell of its own."""
    files: bool = False
    """Whether a command of a group or a topic is heard under a file, too, which it takes along."""
    numbers: bool = False
    """Whether a step looks for something, and so takes a number alone itself."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A message that answers a card."""

    message: Message
    subject: str
    id: int


@dataclass(frozen=True, slots=True)
class Viewer:
    """For whom a card or notice is drawn when nobody pressed; `actor` is None for a team chat."""

    services: Services
    t: Tongue
    actor: Actor | None
    bot: Bot
    """To ask Telegram how a group stands, and for nothing else."""


@dataclass(frozen=True, slots=True)
class Word:
    """What is said where a deal or a client is spoken of; `args` is what follows a command."""

    about: Link
    message: Message
    args: str = ""


CardView = Callable[[Viewer, int], Awaitable[Screen | None]]
NoticeView = Callable[[Viewer, dict[str, Any]], Awaitable[Screen | None]]


class Registry:
    """All routes of the program. A second declaration for the same thing is a mistake and refused."""

    def __init__(self) -> None:
        self.presses: dict[str, Route] = {}
        self.commands: dict[str, Route] = {}
        self.steps: dict[str, Route] = {}
        self.contents: dict[Content, list[Route]] = {}
        self.replies: dict[str, Route] = {}
        self.edits: dict[str, Route] = {}
        self.words: dict[str, Route] = {}
        self.cards: dict[str, CardView] = {}
        self.notices: dict[NoticeKind, NoticeView] = {}

    def press(self, data: type[Press], action: Action) -> Callable[[H], H]:
        """Declare `async (turn, data)` for a kind of button."""
        return self._add(self.presses, data.__prefix__, action, data=data)

    def pressed(self, packed: str) -> tuple[Route | None, Press | None]:
        """The route of a button, and what the button carries, as far as they are known."""
        route = self.presses.get(packed.partition(":")[0])
        if route is None or route.data is None:
            return None, None
        try:
            return route, route.data.unpack(packed)
        except (ValueError, TypeError):
            return route, None

    def command(self, name: str, action: Action, *, groups: bool = False) -> Callable[[H], H]:
        """Declare `async (turn, args: str)` for /name."""
        return self._add(self.commands, name, action, groups=groups)

    def step(
        self, state: str, action: Action, *, cancels: bool = False, numbers: bool = False
    ) -> Callable[[H], H]:
        """Declare `async (turn, message)` for what is sent while a form waits in this state.

        Where it returns False the message was not for the form, and is free content.
        """
        return self._add(self.steps, state, action, cancels=cancels, numbers=numbers)

    def content(self, kind: Content, action: Action, *, last: bool = False) -> Callable[[H], H]:
        """Declare `async (turn, message) -> bool` for free content; unless it returns False, that was it.

        `last`: it is asked after all others, whatever the order of imports.
        """

        def declare(handler: H) -> H:
            _require_async(handler)
            routes = self.contents.setdefault(kind, [])
            routes.append(Route(handler, action, last=last))
            routes.sort(key=lambda route: route.last)
            return handler

        return declare

    def reply(self, subject: str, action: Action) -> Callable[[H], H]:
        """Declare `async (turn, reply: Reply)` for what is sent in reply to a subject's card."""
        return self._add(self.replies, subject, action)

    def word(self, command: str, action: Action, *, files: bool = False) -> Callable[[H], H]:
        """Declare `async (turn, word: Word)` where a deal or a client is spoken of; "" for all else."""
        return self._add(self.words, command, action, files=files)

    def edit(self, action: Action) -> Callable[[H], H]:
        """Declare `async (turn, message)` for a message that its author has changed."""
        return self._add(self.edits, "message", action)

    def card(self, subject: str) -> Callable[[CardView], CardView]:
        """Declare `async (viewer, id)`, the card of a subject; None where the viewer may not see it."""

        def declare(view: CardView) -> CardView:
            if subject in self.cards:
                raise ValueError(f"the card of {subject!r} is declared twice")
            self.cards[subject] = view
            return view

        return declare

    def notice(self, kind: NoticeKind) -> Callable[[NoticeView], NoticeView]:
        """Declare `async (viewer, params)`, a message that goes out by itself; None if its reason is gone."""

        def declare(view: NoticeView) -> NoticeView:
            if kind in self.notices:
                raise ValueError(f"the notice {kind!r} is declared twice")
            self.notices[kind] = view
            return view

        return declare

    def _add(self, table: dict[str, Route], key: str, action: Action, **options: Any) -> Callable[[H], H]:
        def declare(handler: H) -> H:
            if key in table:
                raise ValueError(f"{key!r} is declared twice: {table[key].handler} and {handler}")
            _require_async(handler)
            table[key] = Route(handler, action, **options)
            return handler

        return declare


def _require_async(handler: Handler) -> None:
    if not inspect.iscoroutinefunction(handler):
        raise TypeError(f"{handler} is not an async function")


registry = Registry()
"""The one registry; the modules of handlers fill it when they are imported."""
