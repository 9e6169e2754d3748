"""Draws what goes out by itself; the reader's rights are asked now, not when the message was queued."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from aiogram import Bot

from db.models import Mail, Outbox
from handlers.bin import gone
from handlers.farewells import withdrawn
from handlers.mails import letter
from handlers.registry import Registry, Viewer
from handlers.screen import Screen
from keyboards.tongue import Tongue
from services.access import Door
from services.bundle import Services
from services.dto.mails import Letter
from services.errors import AppError, NotFoundError
from services.mails import MailKind
from services.notices import NoticeKind

DRAWN_OTHERWISE = frozenset({NoticeKind.CARD, NoticeKind.REFRESH, NoticeKind.TOPIC, NoticeKind.PASSING})
"""Cards have views of their own, and a topic shows no message."""


class Renderer:
    """From a row of the outbox to a screen, or to nothing when the right or the reason is gone."""

    def __init__(
        self, bot: Bot, registry: Registry, services: Services, tongue: Callable[[str, ZoneInfo], Tongue]
    ) -> None:
        self._bot = bot
        self._registry = registry
        self._services = services
        self._tongue = tongue

    def check(self) -> None:
        """Raise LookupError if a kind of notice has no view; asked once, before anything starts."""
        undeclared = set(NoticeKind) - DRAWN_OTHERWISE - self._registry.notices.keys()
        if undeclared:
            raise LookupError(f"no view is declared for notices {sorted(undeclared)}")

    async def __call__(self, row: Outbox) -> Screen | None:
        """The screen that this row stands for."""
        viewer = await self._viewer(row.person_id)
        if viewer is None:
            return None
        try:
            return await self._draw(viewer, NoticeKind(row.kind), row.params)
        except AppError:
            return None

    async def letter(self, row: Mail) -> Letter | None:
        """The mail that a row of its queue stands for."""
        viewer = await self._viewer(row.person_id)
        if viewer is None:
            return None
        try:
            return await letter(viewer, MailKind(row.kind), row.params)
        except AppError:
            return None

    async def _draw(self, viewer: Viewer, kind: NoticeKind, params: dict[str, Any]) -> Screen | None:
        if kind not in (NoticeKind.CARD, NoticeKind.REFRESH):
            return await self._registry.notices[kind](viewer, params)
        view = self._registry.cards.get(str(params["subject"]))
        if view is None:
            return None
        subject, subject_id = str(params["subject"]), int(params["id"])
        screen = None
        try:
            screen = await view(viewer, subject_id)
        except NotFoundError:
            if kind is NoticeKind.CARD:
                raise
        if screen is not None or kind is NoticeKind.CARD:
            return screen
        # Somebody has it before them, with all that it said of a client: it must not stay.
        no_more = withdrawn(viewer.t) if viewer.actor is not None else None
        return await gone(viewer, subject, subject_id) or no_more

    async def _viewer(self, person_id: int | None) -> Viewer | None:
        if person_id is None:
            language, zone = await self._services.people.company_voice()
            return Viewer(self._services, self._tongue(language, zone), None, self._bot)
        actor = await self._services.people.actor(person_id, Door.TIMER)
        if actor is None:
            return None
        return Viewer(self._services, self._tongue(actor.language, actor.zone), actor, self._bot)
