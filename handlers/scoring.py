"""The rules of score and probability, as owner and heads make them."""

from aiogram.types import Message

from handlers.errors import describe
from handlers.registry import Viewer, registry
from handlers.screen import Screen
from handlers.turn import Turn
from handlers.views import scoring as views
from keyboards.scoring import (
    ScoreAnyCb,
    ScoreCb,
    ScoreDropCb,
    ScoreNewCb,
    ScoreRuleCb,
    ScoreShowCb,
    ScoreValueCb,
    ScoreWhenCb,
)
from services.access import Action
from services.choices import choice
from services.dto.fields import FieldSubject
from services.dto.scoring import When
from services.errors import NotFoundError, StaleError
from services.fields.filters import FilterValue
from services.scoring.settings import SUBJECTS
from services.understanding.lead_words import Source

describe(
    {
        "score.bad_points": "Please send a number from -{most} to {most}, but not 0.",
        "score.many": "There are {most} rules already, and that is the most.",
    }
)
BACK = ["scoring", 1]


@registry.card("scoring")
async def scoring_card(viewer: Viewer, _id: int) -> Screen | None:
    """The rules."""
    if viewer.actor is None or not viewer.actor.may(Action.FIELD_EDIT):
        return None
    return views.scoring(await viewer.services.scoring.card(viewer.actor), viewer.t)


@registry.press(ScoreCb, Action.FIELD_EDIT)
async def on_scoring(turn: Turn, _data: ScoreCb) -> None:
    """All of them; an open question is given up."""
    await turn.form.close()
    await turn.show(views.scoring(await turn.services.scoring.card(turn.actor), turn.t))


@registry.press(ScoreShowCb, Action.FIELD_EDIT)
async def on_score_show(turn: Turn, data: ScoreShowCb) -> None:
    """On deals, or not."""
    await turn.show(views.scoring(await turn.services.scoring.show(turn.actor, on=bool(data.on)), turn.t))


@registry.press(ScoreNewCb, Action.FIELD_EDIT)
async def on_score_new(turn: Turn, data: ScoreNewCb) -> None:
    """What gives points?"""
    subject = _subject(data.whose)
    await turn.show(views.whens(subject, await turn.services.scoring.card(turn.actor, subject), turn.t))


@registry.press(ScoreWhenCb, Action.FIELD_EDIT)
async def on_score_when(turn: Turn, data: ScoreWhenCb) -> None:
    """This; and how many points, or first: what of it?"""
    when, subject, scoring = choice(When, data.when), _subject(data.whose), turn.services.scoring
    kept = {"whose": subject.value, "when": when.value, "field_id": data.field_id, "back": BACK}
    if when is When.REACHED:
        await turn.form.wait("score.points", **kept, value="")
        await turn.show(views.ask_points(turn.t))
        return
    screens = {When.SOURCE: views.ask_source, When.AMOUNT: views.ask_amount}
    if when is When.FIELD:
        field = await scoring.field(turn.actor, subject, data.field_id)
        screen = views.ask_value(field, turn.t)
    else:
        screen = screens[when](turn.t)
    await turn.form.wait("score.value", **kept)
    await turn.show(screen)


@registry.press(ScoreValueCb, Action.FIELD_EDIT)
async def on_score_value(turn: Turn, data: ScoreValueCb) -> None:
    """It asks for this."""
    kept = await _kept(turn)
    value: FilterValue = data.number
    if kept["when"] == When.SOURCE:
        codes = list(Source)
        if data.number >= len(codes):
            raise NotFoundError("choice")
        value = codes[data.number].value
    await _ask_points(turn, value)


@registry.press(ScoreAnyCb, Action.FIELD_EDIT)
async def on_score_any(turn: Turn, _data: ScoreAnyCb) -> None:
    """It asks for anything at all."""
    await _kept(turn)
    await _ask_points(turn, "")


@registry.step("score.value", Action.FIELD_EDIT)
async def got_score_value(turn: Turn, message: Message) -> None:
    """It asks for this, in words."""
    kept = await turn.form.data()
    when, subject = When(kept["when"]), FieldSubject(kept["whose"])
    if when is When.SOURCE:
        await turn.show(views.ask_source(turn.t))
        return
    typed, field_id = message.text or "-", int(kept["field_id"])
    await _ask_points(turn, await turn.services.scoring.read(turn.actor, subject, when, field_id, typed))


@registry.step("score.points", Action.FIELD_EDIT)
async def got_score_points(turn: Turn, message: Message) -> None:
    """So many points."""
    kept = await turn.form.data()
    card = await turn.services.scoring.add(
        turn.actor,
        FieldSubject(kept["whose"]),
        When(kept["when"]),
        int(kept["field_id"]),
        kept["value"],
        message.text or "",
    )
    await turn.form.close()
    await turn.show(views.scoring(card, turn.t))


@registry.press(ScoreRuleCb, Action.FIELD_EDIT)
async def on_score_rule(turn: Turn, data: ScoreRuleCb) -> None:
    """One of them."""
    card = await turn.services.scoring.card(turn.actor)
    line = next((one for one in (*card.leads, *card.deals) if one.rule.id == data.rule_id), None)
    if line is None:
        raise StaleError
    await turn.show(views.rule(line, turn.t))


@registry.press(ScoreDropCb, Action.FIELD_EDIT)
async def on_score_drop(turn: Turn, data: ScoreDropCb) -> None:
    """Take it away."""
    await turn.show(views.scoring(await turn.services.scoring.drop(turn.actor, data.rule_id), turn.t))


def _subject(code: str) -> FieldSubject:
    subject = choice(FieldSubject, code)
    if subject not in SUBJECTS:
        raise NotFoundError("choice")
    return subject


async def _kept(turn: Turn) -> dict[str, object]:
    """The form in which a rule is made. Raises `stale`."""
    if await turn.form.state() != "score.value":
        raise StaleError
    return await turn.form.data()


async def _ask_points(turn: Turn, value: FilterValue) -> None:
    await turn.form.wait("score.points", value=value)
    await turn.show(views.ask_points(turn.t))
