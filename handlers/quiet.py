"""Quiet hours: one's own setting, and what gathered in them."""

from typing import Any

from aiogram.types import Message

from handlers.errors import describe
from handlers.registry import Viewer, registry
from handlers.screen import Screen
from handlers.turn import Turn
from handlers.views import quiet as views
from keyboards.profile import QuietCb
from keyboards.quiet import QuietAskCb, QuietSetCb, QuietUrgentCb
from services.access import Action, Actor
from services.dto.quiet import QuietCard, WaitingThing
from services.errors import AppError
from services.notices import NoticeKind

describe(
    {
        "quiet.unread": "I could not read “{piece}”. Write it like 22-8 or Mon-Fri 20-9.",
        "quiet.always": "That would never end. Leave some time in which you can be reached.",
        "quiet.off": "You have no quiet hours now. Choose them first.",
    }
)


@registry.card("quiet")
async def quiet_card(viewer: Viewer, person_id: int) -> Screen | None:
    """One's own quiet hours; nobody else's."""
    if viewer.actor is None or viewer.actor.person_id != person_id:
        return None
    return views.quiet(await viewer.services.quiet.card(viewer.actor), viewer.t)


@registry.press(QuietCb, Action.PROFILE_EDIT)
async def on_quiet(turn: Turn, _data: QuietCb) -> None:
    """When does nothing make a sound?"""
    await _show(turn, await turn.services.quiet.card(turn.actor))


@registry.press(QuietSetCb, Action.PROFILE_EDIT)
async def on_quiet_set(turn: Turn, data: QuietSetCb) -> None:
    """Then."""
    await _show(turn, await turn.services.quiet.choose(turn.actor, data.value))


@registry.press(QuietAskCb, Action.PROFILE_EDIT)
async def on_quiet_ask(turn: Turn, _data: QuietAskCb) -> None:
    """At other hours."""
    await turn.form.wait("quiet.hours", back=["quiet", turn.actor.person_id])
    await turn.show(views.ask(turn.t))


@registry.step("quiet.hours", Action.PROFILE_EDIT)
async def got_quiet_hours(turn: Turn, message: Message) -> None:
    """These."""
    await _show(turn, await turn.services.quiet.choose(turn.actor, message.text or ""))


@registry.press(QuietUrgentCb, Action.PROFILE_EDIT)
async def on_quiet_urgent(turn: Turn, data: QuietUrgentCb) -> None:
    """Urgent things are heard, or not."""
    await _show(turn, await turn.services.quiet.wake(turn.actor, on=bool(data.on)))


@registry.notice(NoticeKind.AWAY)
async def away(viewer: Viewer, params: dict[str, Any]) -> Screen | None:
    """What gathered; each thing only where its own message would still be shown."""
    if viewer.actor is None:
        return None
    things = [await _thing(viewer, viewer.actor, told) for told in params["things"]]
    found = [thing for thing in things if thing is not None]
    return views.waiting(found, viewer.t) if found else None


async def _thing(viewer: Viewer, actor: Actor, told: dict[str, Any]) -> WaitingThing | None:
    subject, subject_id = str(told["subject"]), int(told["id"])
    try:
        title = await _title(viewer, actor, subject, subject_id)
    except AppError:
        return None
    news = tuple([(kind, count) for kind, of, count in told["news"] if await _holds(viewer, kind, of)])
    return WaitingThing(subject, subject_id, title, news) if news else None


async def _holds(viewer: Viewer, kind: str, params: dict[str, Any]) -> bool:
    """Whether there is a reason to tell it still; a card's is that it may be seen."""
    if kind == NoticeKind.CARD:
        return True
    try:
        return await registry.notices[NoticeKind(kind)](viewer, params) is not None
    except AppError:
        return False


async def _title(viewer: Viewer, actor: Actor, subject: str, subject_id: int) -> str:
    if subject == "deal":
        return (await viewer.services.deals.card(actor, subject_id)).title
    if subject == "lead":
        lead = await viewer.services.leads.card(actor, subject_id)
        return lead.name or lead.title
    return (await viewer.services.tasks.card(actor, subject_id)).text


async def _show(turn: Turn, card: QuietCard) -> None:
    await turn.form.close()
    await turn.show(views.quiet(card, turn.t))
