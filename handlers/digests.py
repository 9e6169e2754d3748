"""Digests: by themselves at their hour, by a command, and their parts by buttons."""

import asyncio
from collections.abc import Callable
from typing import Any

from handlers.errors import describe
from handlers.registry import Viewer, registry
from handlers.screen import Screen
from handlers.turn import Turn
from handlers.views import digest_book as books
from handlers.views import digest_parts as parts
from handlers.views import digest_picture as pictures
from handlers.views import digests as views
from handlers.views.reports import bars
from keyboards.digests import (
    DigestCb,
    DigestConversionCb,
    DigestFileCb,
    DigestLossesCb,
    DigestNowCb,
    DigestPeopleCb,
    DigestPostCb,
    DigestSourcesCb,
    DigestWantCb,
)
from keyboards.profile import DigestsCb
from keyboards.tongue import Tongue
from services.access import Action
from services.bundle import Services
from services.choices import choice
from services.digests.times import DigestKind, span_of
from services.dto.digests import Digest, DigestBook
from services.notices import NoticeKind

describe({"digest.not_found": "There is no such digest for you."})


@registry.notice(NoticeKind.DIGEST)
async def digest_notice(viewer: Viewer, params: dict[str, Any]) -> Screen | None:
    """The day in words; the week with its picture, also for a team chat."""
    first, last = span_of(params)
    digests = viewer.services.digests
    if viewer.actor is None:
        shown = await digests.of_department(int(params["department_id"]), first, last)
        return views.posted(shown, viewer.t, await picture(viewer, shown))
    shown = await digests.of_headed(viewer.actor, first, last)
    week = params["kind"] == DigestKind.WEEK
    return views.digest(shown, viewer.t, await picture(viewer, shown) if week else None)


@registry.notice(NoticeKind.MORNING)
async def morning_notice(viewer: Viewer, _params: dict[str, Any]) -> Screen | None:
    """What waits today; nothing where nothing does."""
    if viewer.actor is None:
        return None
    shown = await viewer.services.digests.morning(viewer.actor)
    return None if shown.empty else views.morning(shown, viewer.actor.name, viewer.t)


@registry.command("digest", Action.REPORT_VIEW)
async def cmd_digest(turn: Turn, _args: str) -> None:
    """The present week."""
    await turn.show(views.digest(await turn.services.digests.this_week(turn.actor), turn.t))


@registry.press(DigestNowCb, Action.REPORT_VIEW)
async def on_digest_now(turn: Turn, _data: DigestNowCb) -> None:
    """The same by a button."""
    await turn.show(views.digest(await turn.services.digests.this_week(turn.actor), turn.t))


@registry.press(DigestCb, Action.REPORT_VIEW)
async def on_digest(turn: Turn, data: DigestCb) -> None:
    """A period in short."""
    await turn.show(views.digest(await _of(turn, data.period), turn.t))


@registry.press(DigestPeopleCb, Action.REPORT_VIEW)
async def on_digest_people(turn: Turn, data: DigestPeopleCb) -> None:
    """Who answered and sold how much."""
    await _show_part(turn, data.period, parts.people)


@registry.press(DigestSourcesCb, Action.REPORT_VIEW)
async def on_digest_sources(turn: Turn, data: DigestSourcesCb) -> None:
    """Where requests came from."""
    await _show_part(turn, data.period, parts.sources)


@registry.press(DigestLossesCb, Action.REPORT_VIEW)
async def on_digest_losses(turn: Turn, data: DigestLossesCb) -> None:
    """Why deals were lost."""
    await _show_part(turn, data.period, parts.losses)


@registry.press(DigestConversionCb, Action.REPORT_VIEW)
async def on_digest_conversion(turn: Turn, data: DigestConversionCb) -> None:
    """How many deals went on from each stage."""
    await _show_part(turn, data.period, parts.conversion)


@registry.notice(NoticeKind.DIGEST_FILE)
async def file_notice(viewer: Viewer, params: dict[str, Any]) -> Screen | None:
    """The figures of the week for a spreadsheet; to a person alone."""
    if viewer.actor is None:
        return None
    first, last = span_of(params)
    return await _file(
        viewer.services, await viewer.services.digests.book(viewer.actor, first, last), viewer.t
    )


@registry.press(DigestFileCb, Action.REPORT_VIEW)
async def on_digest_file(turn: Turn, data: DigestFileCb) -> None:
    """The figures as a workbook for Excel."""
    period = turn.services.reports.period(turn.actor, data.period)
    book = await turn.services.digests.book(turn.actor, *period.days)
    await turn.show(await _file(turn.services, book, turn.t))


@registry.card("digests")
async def digests_card(viewer: Viewer, person_id: int) -> Screen | None:
    """Which digests come; one's own alone."""
    if viewer.actor is None or viewer.actor.person_id != person_id:
        return None
    return views.choice(await viewer.services.digest_settings.choice(viewer.actor), viewer.t)


@registry.press(DigestsCb, Action.PROFILE_EDIT)
async def on_digests(turn: Turn, _data: DigestsCb) -> None:
    """Which digests come?"""
    await turn.show(views.choice(await turn.services.digest_settings.choice(turn.actor), turn.t))


@registry.press(DigestWantCb, Action.PROFILE_EDIT)
async def on_digest_want(turn: Turn, data: DigestWantCb) -> None:
    """This one, or this one not."""
    kind = choice(DigestKind, data.kind)
    shown = await turn.services.digest_settings.want(turn.actor, kind, on=bool(data.on))
    await turn.show(views.choice(shown, turn.t))


@registry.press(DigestPostCb, Action.DEPARTMENT_RULES)
async def on_digest_post(turn: Turn, data: DigestPostCb) -> None:
    """In the team chat, or not."""
    shown = await turn.services.digest_settings.post(turn.actor, data.department_id, on=bool(data.on))
    await turn.show(views.choice(shown, turn.t))


async def _show_part(turn: Turn, code: int, part: Callable[[Digest, Tongue], parts.Part]) -> None:
    shown = await _of(turn, code)
    await turn.show(parts.screen(part(shown, turn.t), shown, turn.t))


async def _of(turn: Turn, code: int) -> Digest:
    period = turn.services.reports.period(turn.actor, code)
    return await turn.services.digests.of_headed(turn.actor, *period.days)


async def picture(viewer: Viewer, shown: Digest) -> bytes:
    """Drawn in a thread, since it takes its time."""
    title, subtitle = pictures.titles(shown, viewer.t)
    painter, gauges = viewer.services.outside.painter, pictures.gauges(shown, viewer.t)
    return await asyncio.to_thread(painter.funnel, title, bars(shown, viewer.t), subtitle, gauges)


async def _file(services: Services, book: DigestBook, t: Tongue) -> Screen:
    """Written in a thread, since it takes its time."""
    content = await asyncio.to_thread(services.outside.tables.book, books.sheets(book, t))
    return books.screen(book, content, t)
