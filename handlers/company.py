"""The company's settings for its owner: at the first start question by question, later one at a time."""

from aiogram.types import Message

from handlers import commands
from handlers.errors import describe
from handlers.registry import Viewer, registry
from handlers.screen import Screen
from handlers.turn import Turn
from handlers.views import company as views
from handlers.views import people as people_views
from keyboards.company import (
    CompanyAskCb,
    CompanyAssignCb,
    CompanyAssignSetCb,
    CompanyPickCb,
    CompanyProtectCb,
    FirstDoneCb,
    Question,
)
from keyboards.people_data import DepartmentPlaceCb
from keyboards.profile import CompanyCb
from services.access import Action
from services.choices import choice
from services.dto.company import CompanyCard
from services.errors import AppError, NotFoundError
from services.task_giving import Assigning
from services.understanding import places
from services.understanding.fold import clean_line

describe(
    {
        "department.where": "Please send a city, or a branch and a city. A dash is none.",
        "company.name_empty": "Please send a name with at least one letter.",
        "currency.unknown": "I do not know this currency. Send its code: RUB, USD, EUR, KZT.",
        "currency.used": "There are sums in {currency} already, so the currency stays.",
        "hours.unread": "I could not read “{piece}”. Write it like this: mon-fri 9-18, sat 10-15.",
        "hours.backwards": "“{piece}” ends before it begins. A night is two parts: fri 22-24, sat 0-2.",
        "hours.overlap": "“{piece}” overlaps with other hours of the same day.",
        "hours.no_time": "From when till when on {piece}? Write it like this: sat 10-15.",
        "pipeline.no_template": "There is no such pipeline to choose. Please press one of the buttons.",
        "pipeline.used": "There are deals in the pipeline already, so it cannot be replaced.",
    }
)


@registry.card("company")
async def company_card(viewer: Viewer, _id: int) -> Screen | None:
    """The company's settings."""
    if viewer.actor is None:
        return None
    return views.company(await viewer.services.company.card(viewer.actor), viewer.t)


@registry.card("first")
async def first_card(viewer: Viewer, number: int) -> Screen | None:
    """A question of the first start by its number; after the last one what comes next."""
    if viewer.actor is None:
        return None
    card = await viewer.services.company.card(viewer.actor)
    asked = list(Question)
    if number > len(asked):
        return views.ready(card, viewer.t)
    return views.question(card, asked[number - 1], viewer.t, first=True)


@registry.press(CompanyCb, Action.COMPANY_EDIT)
async def on_company(turn: Turn, _data: CompanyCb) -> None:
    """The company's settings."""
    await _settings(turn, await turn.services.company.card(turn.actor))


@registry.press(CompanyProtectCb, Action.COMPANY_EDIT)
async def on_protect(turn: Turn, data: CompanyProtectCb) -> None:
    """From now on client data is protected, or not."""
    await _settings(turn, await turn.services.company.protect(turn.actor, on=bool(data.on)))


@registry.press(CompanyAssignCb, Action.COMPANY_EDIT)
async def on_assigning(turn: Turn, _data: CompanyAssignCb) -> None:
    """Who may give tasks to whom?"""
    await turn.show(views.ask_assigning(await turn.services.company.card(turn.actor), turn.t))


@registry.press(CompanyAssignSetCb, Action.COMPANY_EDIT)
async def on_assigning_set(turn: Turn, data: CompanyAssignSetCb) -> None:
    """By this rule."""
    await _settings(turn, await turn.services.company.assign_by(turn.actor, choice(Assigning, data.rule)))


@registry.press(CompanyAskCb, Action.COMPANY_EDIT)
async def on_ask(turn: Turn, data: CompanyAskCb) -> None:
    """One of the questions."""
    card = await turn.services.company.card(turn.actor)
    await _ask(turn, card, choice(Question, data.question), first=bool(data.first))


@registry.press(CompanyPickCb, Action.COMPANY_EDIT)
async def on_pick(turn: Turn, data: CompanyPickCb) -> None:
    """Its answer by a button."""
    await _answer(turn, choice(Question, data.question), data.value, first=bool(data.first))


@registry.step("company.answer", Action.COMPANY_EDIT)
async def got_answer(turn: Turn, message: Message) -> None:
    """Its answer in words."""
    data = await turn.form.data()
    await _answer(turn, Question(data["question"]), message.text or "", first=bool(data["first"]))


@registry.press(FirstDoneCb, Action.COMPANY_EDIT)
async def on_first_done(turn: Turn, _data: FirstDoneCb) -> None:
    """The first start is over; what was not said stays as it is."""
    card = await turn.services.company.finish(turn.actor)
    await turn.form.close()
    await turn.show(views.ready(card, turn.t))


@registry.press(DepartmentPlaceCb, Action.DEPARTMENT_MANAGE)
async def on_department_place(turn: Turn, data: DepartmentPlaceCb) -> None:
    """Where is it?"""
    card = await turn.services.company.card(turn.actor)
    row = next((one for one in card.departments if one.id == data.department_id), None)
    if row is None:
        raise NotFoundError("department")
    back = ["first", Question.DEPARTMENTS.number] if data.first else ["department", row.id]
    await turn.form.wait("department.place", department_id=row.id, first=data.first, back=back)
    await turn.show(views.ask_place(row, turn.t, first=bool(data.first)))


@registry.step("department.place", Action.DEPARTMENT_MANAGE)
async def got_department_place(turn: Turn, message: Message) -> None:
    """There."""
    data, typed = await turn.form.data(), clean_line(message.text or "", places.LONGEST * 2)
    if not typed:
        raise AppError("department.where")
    department_id = int(data["department_id"])
    await turn.services.departments.locate(turn.actor, department_id, *places.place(typed))
    if data["first"]:
        card = await turn.services.company.card(turn.actor)
        await _ask(turn, card, Question.DEPARTMENTS, first=True)
        return
    await turn.form.close()
    shown = await turn.services.team.department(turn.actor, department_id)
    await turn.show(people_views.department(shown, turn.t))


async def _answer(turn: Turn, one: Question, text: str, *, first: bool) -> None:
    """Write an answer down, and go on to the next question, or back to the settings.

    Departments are many, and a pipeline wants to be seen: these two are asked on until one goes on oneself.
    """
    card = await _write(turn, one, text, first=first)
    if one is Question.DEPARTMENTS or (first and one is Question.PIPELINE):
        await _ask(turn, card, one, first=first)
    elif first:
        await _ask(turn, card, list(Question)[one.number], first=True)
    else:
        await _settings(turn, card)


async def _write(turn: Turn, one: Question, text: str, *, first: bool) -> CompanyCard:
    company, actor = turn.services.company, turn.actor
    match one:
        case Question.NAME:
            return await company.rename(actor, text)
        case Question.LANGUAGE:
            return await _speak(turn, text) if first else await company.speak(actor, text)
        case Question.CURRENCY:
            return await company.count_in(actor, text)
        case Question.ZONE:
            return await company.move_to(actor, text)
        case Question.HOURS:
            return await company.work(actor, text)
        case Question.DEPARTMENTS:
            await turn.services.departments.add(actor, *places.department(text))
            return await company.card(actor)
        case Question.PIPELINE:
            return await company.sell_by(actor, text)


async def _speak(turn: Turn, language: str) -> CompanyCard:
    """From this very question on in the chosen language."""
    card = await turn.services.company.begin_in(turn.actor, language)
    turn.speak(card.language)
    await commands.publish(turn.bot, turn.actor, turn.t)
    return card


async def _ask(turn: Turn, card: CompanyCard, one: Question, *, first: bool) -> None:
    back = ["first", one.number + 1] if first else ["company", 1]
    await turn.form.wait("company.answer", question=one.value, first=int(first), back=back)
    await turn.show(views.question(card, one, turn.t, first=first))


async def _settings(turn: Turn, card: CompanyCard) -> None:
    await turn.form.close()
    await turn.show(views.company(card, turn.t))
