"""Score of a lead and probability of a deal: what the rules come to, and how they are made."""

import pytest

from db.models import Deal
from db.uow import Database
from services.access import StageKind
from services.bundle import Services
from services.dto.common import Sum
from services.dto.fields import FieldKind, FieldLine, FieldSubject, Option, Value
from services.dto.leads import CallOutcome
from services.dto.scoring import Rule, When
from services.errors import AppError, ForbiddenError, NotFoundError, StaleError
from services.fields.filters import FilterValue
from services.pipelines.shape import StageField
from services.scoring.rules import Facts, holds, score, stage_percent
from services.scoring.settings import read_points
from tests.cast import TurnedClock, stages_by_name
from tests.fields.making import Find, make_field, some_deal, some_lead
from tests.fields.test_reading import LISTED, field
from tests.reports.test_queries import counted
from tests.world import World

LEAD, DEAL = FieldSubject.LEAD, FieldSubject.DEAL


@pytest.mark.parametrize(
    ("kind", "value", "asked", "holds_"),
    [
        (FieldKind.CHOICES, LISTED[:2], 2, True),
        (FieldKind.CHOICES, LISTED[:1], 2, False),
        (FieldKind.FLAG, False, 0, True),
        (FieldKind.FLAG, False, 1, False),
        (FieldKind.MONEY, Sum(200_00, "RUB"), [100_00, None], True),
        (FieldKind.MONEY, Sum(99_00, "RUB"), [100_00, None], False),
        (FieldKind.TEXT, "Большой дом", "дом", True),
        (FieldKind.TEXT, "дым", "дом", False),
        (FieldKind.TEXT, "x", "", True),
        (FieldKind.TEXT, None, "", False),
    ],
)
def test_a_rule_asks_of_a_field_what_a_list_asks(
    kind: FieldKind, value: Value | None, asked: FilterValue, *, holds_: bool
) -> None:
    rule = Rule(1, LEAD, When.FIELD, 10, 1, asked)
    facts = Facts(None, "site", reached=False, lines=(FieldLine(field(kind), value),))
    assert holds(rule, facts) is holds_


def test_points_add_up_and_percent_stay_between_none_and_all() -> None:
    rules = [
        Rule(1, DEAL, When.SOURCE, 30, value="site"), Rule(2, DEAL, When.AMOUNT, 40, value=100_00),
        Rule(3, DEAL, When.REACHED, -5),
    ]  # fmt: skip
    facts = Facts(100_00, "site", reached=True, lines=())
    assert score(rules, facts, "RUB").total == 65
    assert score(rules, facts, "RUB", 50).total == 100
    assert score(rules[2:], facts, "RUB", 3).total == 0
    assert [line.rule.id for line in score(rules, Facts(99_99, "ads", False, ()), "RUB").why] == []


def test_a_stage_is_as_likely_as_its_place_unless_it_is_said() -> None:
    steps = [stage_percent(None, StageKind.OPEN, place, 3) for place in range(3)]
    assert steps == [20, 40, 60]
    assert stage_percent(None, StageKind.PAYMENT, 0, 3) == 90
    assert (stage_percent(5, StageKind.WON, 0, 3), stage_percent(5, StageKind.LOST, 0, 3)) == (100, 0)
    assert stage_percent(5, StageKind.OPEN, 2, 3) == 5


@pytest.mark.parametrize(
    ("typed", "points"), [("10", 10), (" + 5", 5), ("−7 %", -7), ("0", 0), ("101", 0), ("x", 0)]
)
def test_points_are_read(typed: str, points: int) -> None:
    if points:
        assert read_points(typed) == points
    else:
        with pytest.raises(AppError, match=r"score\.bad_points"):
            read_points(typed)


async def test_cards_show_the_score_and_the_probability_with_why(
    db: Database, services: Services, actor: Find, clock: TurnedClock
) -> None:
    helen, anna, fiona = await actor("helen"), await actor("anna"), await actor("fiona")
    deal, lead = await some_deal(db, clock, anna, "In work"), await some_lead(db, clock, anna, amount=500_00)
    scoring, stage = services.scoring, (await stages_by_name(db))["In work"].id
    assert (await services.deals.card(anna, deal)).chance is None
    assert (await services.leads.card(anna, lead)).score is None
    assert (await services.deals.board(anna)).expected is None
    with counted(db) as before:
        await services.deals.card(anna, deal)
    budget = await make_field(services, helen, FieldKind.CHOICE, "Size", "Big\nSmall", LEAD)
    with pytest.raises(ForbiddenError):
        await scoring.add(anna, LEAD, When.REACHED, 0, "", "10")
    with pytest.raises(NotFoundError):
        await scoring.add(helen, DEAL, When.FIELD, budget.id, 1, "10")
    await scoring.add(helen, LEAD, When.FIELD, budget.id, 1, "10")
    await scoring.add(helen, LEAD, When.AMOUNT, 0, 400_00, "20")
    await scoring.add(helen, LEAD, When.REACHED, 0, "", "5")
    card = await scoring.add(helen, DEAL, When.SOURCE, 0, "site", "15")
    assert (card.shown, [line.rule.id for line in card.leads]) == (True, [1, 2, 3])
    await services.filling.write(anna, LEAD, lead, budget.id, "Big")
    await services.leads.log_call(anna, lead, CallOutcome.REACHED)
    shown = (await services.leads.card(anna, lead)).score
    assert shown is not None
    assert (shown.total, [line.rule.points for line in shown.why]) == (35, [10, 20, 5])
    assert shown.why[0].field is not None
    assert shown.why[0].field.options[0] == Option(1, "Big")
    with counted(db) as after:
        chance = (await services.deals.card(anna, deal)).chance
    assert len(after) == len(before), "no statement more"
    assert chance is not None
    assert (chance.base, chance.total) == (40, 55)
    await services.stages.set(helen, stage, StageField.PERCENT, "80 %")
    async with db.write() as uow:
        (await uow.session.get_one(Deal, deal)).amount = 1_000_00
    chance = (await services.deals.card(anna, deal)).chance
    assert chance is not None
    assert chance.total == 95
    assert (await services.deals.board(anna)).expected == Sum(800_00, "RUB")
    with pytest.raises(AppError, match=r"stage\.bad_percent"):
        await services.stages.set(helen, stage, StageField.PERCENT, "101")
    assert len((await scoring.drop(helen, 1)).leads) == 2
    with pytest.raises(StaleError):
        await scoring.drop(helen, 1)
    paid = await some_deal(db, clock, anna, "Awaiting payment")
    assert (await services.deals.card(fiona, paid)).chance is None, "finance is not told"


async def test_rules_are_made_in_the_chat(world: World) -> None:
    helen = world.helen
    actor = await world.services.people.identify(helen.person.id)
    assert actor is not None
    await make_field(world.services, actor, FieldKind.MONEY, "Budget", subject=LEAD)
    await helen.press("👤 Profile")
    await helen.press("🗂 Fields")
    await helen.press("🎲 Score and probability")
    await helen.press("➕ For leads")
    await helen.press("🗂 Budget")
    await helen.say("many")
    assert "I could not read a sum" in helen.text
    await helen.say("from 150k")
    await helen.say("0")
    assert "Please send a number from -100 to 100" in helen.text
    await helen.say("10")
    assert "Points of a lead\n• Budget: from 150,000 +10" in helen.text
    await helen.press("➕ For deals")
    await helen.press("📣 Source")
    await helen.press("site")
    await helen.say("-5")
    assert "Percent of a deal\n• website −5" in helen.text
    assert "✓ Probability on deals" in helen.labels
    await helen.press("website −5")
    await helen.press("🗑 Delete")
    assert "Percent of a deal\nNo rules yet." in helen.text
