"""Control for the head: a department now, its people, the lists behind the figures, and deeds in them."""

from dataclasses import astuple

from aiogram.types import Message

from handlers.paging import show_page
from handlers.registry import registry
from handlers.screen import Screen
from handlers.task_forms import refusal
from handlers.turn import Turn
from handlers.views import control as views
from keyboards.control_data import DigestListCb, NowCb, NowListCb, NowPersonCb, NowPlacesCb
from keyboards.tongue import Html
from keyboards.watched_data import (
    DigestAskCb,
    DigestGiveCb,
    DigestLateCb,
    DigestLaterCb,
    DigestLeadCb,
    DigestStepCb,
    DigestWordsCb,
    NowAskCb,
    NowGiveCb,
    NowLateCb,
    NowLaterCb,
    NowLeadCb,
    NowStepCb,
    NowWordsCb,
)
from services.access import Action
from services.choices import choice
from services.dto.control import Watched, Where
from services.errors import NotFoundError, StaleError
from services.task_times import Quick

WORDS = "control.words"


@registry.command("now", Action.DEPARTMENT_WATCH)
async def cmd_now(turn: Turn, _args: str) -> None:
    """All departments that one heads."""
    await turn.show(views.department(await turn.services.control.department(turn.actor), turn.t))


@registry.press(NowCb, Action.DEPARTMENT_WATCH)
async def on_now(turn: Turn, data: NowCb) -> None:
    """A department as it stands now."""
    now = await turn.services.control.department(turn.actor, data.department_id, data.after)
    await show_page(turn, views.department(now, turn.t), data)


@registry.press(NowPlacesCb, Action.DEPARTMENT_WATCH)
async def on_now_places(turn: Turn, _data: NowPlacesCb) -> None:
    """Which department?"""
    await turn.show(views.places(await turn.services.control.departments(turn.actor), turn.t))


@registry.press(NowPersonCb, Action.DEPARTMENT_WATCH)
async def on_now_person(turn: Turn, data: NowPersonCb) -> None:
    """Somebody who works there."""
    where = Where(data.department_id, data.person_id)
    await turn.show(views.seller(await turn.services.control.seller(turn.actor, where), turn.t))


@registry.press(NowListCb, Action.DEPARTMENT_WATCH)
async def on_now_list(turn: Turn, data: NowListCb) -> None:
    """A list, page by page."""
    where = Where(data.department_id, data.person_id)
    shown = await turn.services.control.watched(turn.actor, choice(Watched, data.watched), where, data.after)
    await show_page(turn, views.watched(shown, turn.t), data)


@registry.press(DigestListCb, Action.DEPARTMENT_WATCH)
async def on_digest_list(turn: Turn, data: DigestListCb) -> None:
    """The same of all, out of a digest."""
    where = Where(data.department_id, digest=data.period)
    shown = await turn.services.control.watched(turn.actor, choice(Watched, data.watched), where, data.after)
    await show_page(turn, views.watched(shown, turn.t), data)


@registry.press(NowLeadCb, Action.DEPARTMENT_WATCH)
@registry.press(DigestLeadCb, Action.DEPARTMENT_WATCH)
async def on_now_lead(turn: Turn, data: NowLeadCb | DigestLeadCb) -> None:
    """Who takes it?"""
    people = await turn.services.handover.colleagues(turn.actor, data.lead_id)
    lead = await turn.services.leads.card(turn.actor, data.lead_id)
    await turn.show(views.lead_heirs(lead, people, data.where, turn.t))


@registry.press(NowGiveCb, Action.DEPARTMENT_WATCH)
@registry.press(DigestGiveCb, Action.DEPARTMENT_WATCH)
async def on_now_give(turn: Turn, data: NowGiveCb | DigestGiveCb) -> None:
    """This colleague; then on with the list."""
    left = await turn.services.handover.hand_over(turn.actor, data.lead_id, data.person_id, data.version)
    heir = left.owner if isinstance(left.owner, str) or left.owner is None else left.owner.name
    told = views.given(data.lead_id, heir or "", turn.t)
    await turn.show(await _list(turn, Watched.FREE, data.where, told))


@registry.press(NowStepCb, Action.DEPARTMENT_WATCH)
@registry.press(DigestStepCb, Action.DEPARTMENT_WATCH)
async def on_now_step(turn: Turn, data: NowStepCb | DigestStepCb) -> None:
    """When shall its owner do something?"""
    await turn.form.close()
    deal = await turn.services.next_steps.wanting(turn.actor, data.deal_id)
    offered = turn.services.times.offered(turn.actor)
    await turn.show(views.step(deal, data.where, offered, turn.t))


@registry.press(NowAskCb, Action.DEPARTMENT_WATCH)
@registry.press(DigestAskCb, Action.DEPARTMENT_WATCH)
async def on_now_ask(turn: Turn, data: NowAskCb | DigestAskCb) -> None:
    """Then; on with the list."""
    at = turn.services.times.moment(turn.actor, choice(Quick, data.quick))
    text = turn.t("Plan the next step")
    task = await turn.services.next_steps.ask(turn.actor, data.deal_id, text, at)
    await turn.show(await _list(turn, Watched.ADRIFT, data.where, views.planned(task, turn.t)))


@registry.press(NowWordsCb, Action.DEPARTMENT_WATCH)
@registry.press(DigestWordsCb, Action.DEPARTMENT_WATCH)
async def on_now_words(turn: Turn, data: NowWordsCb | DigestWordsCb) -> None:
    """What shall be done, and when?"""
    deal = await turn.services.next_steps.wanting(turn.actor, data.deal_id)
    if deal.owner is None:
        raise NotFoundError("colleague")
    await turn.form.close()
    await turn.form.wait(WORDS, back=["deal", deal.id], where=list(astuple(data.where)))
    await turn.show(views.ask_words(deal, deal.owner.name, data.where, turn.t))


@registry.step(WORDS, Action.DEPARTMENT_WATCH)
async def got_now_words(turn: Turn, message: Message) -> None:
    """This, then."""
    kept = await turn.form.data()
    said = turn.services.times.understand(turn.actor, message.text or message.caption or "")
    if said.at is None:
        raise refusal(said)
    text = said.text or turn.t("Plan the next step")
    task = await turn.services.next_steps.ask(turn.actor, int(kept["back"][1]), text, said.at)
    await turn.form.close()
    where = Where(*(int(part) for part in kept["where"]))
    await turn.show(await _list(turn, Watched.ADRIFT, where, views.planned(task, turn.t)))


@registry.press(NowLateCb, Action.DEPARTMENT_WATCH)
@registry.press(DigestLateCb, Action.DEPARTMENT_WATCH)
async def on_now_late(turn: Turn, data: NowLateCb | DigestLateCb) -> None:
    """Later, or somebody else?"""
    task = await turn.services.tasks.card(turn.actor, data.task_id)
    if task.done_at is not None:
        raise StaleError("task.done")
    offered = turn.services.times.offered(turn.actor)
    await turn.show(views.late(task, data.where, offered, turn.t))


@registry.press(NowLaterCb, Action.DEPARTMENT_WATCH)
@registry.press(DigestLaterCb, Action.DEPARTMENT_WATCH)
async def on_now_later(turn: Turn, data: NowLaterCb | DigestLaterCb) -> None:
    """Later; on with the list."""
    at = turn.services.times.moment(turn.actor, choice(Quick, data.quick))
    task = await turn.services.tasks.put_off(turn.actor, data.task_id, at, listed=True)
    await turn.show(await _list(turn, Watched.LATE, data.where, views.planned(task, turn.t)))


async def _list(turn: Turn, watched: Watched, where: Where, told: Html) -> Screen:
    shown = await turn.services.control.watched(turn.actor, watched, where)
    return views.watched(shown, turn.t, told)
