"""Who changed a setting, what it was and what it is: the histories of what is set."""

from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.i18n import Speech
from handlers.views.events import event_line
from services.access import Role
from services.dto.common import EventLine
from services.dto.fields import FieldKind, FieldSubject
from services.pipelines.shape import StageField
from tests.cast import START, TurnedClock, actor_of, stages_by_name
from tests.world import World

NAMES = {
    "stage:3": "Visit",
    "stage:4": "Offer",
    "pipeline:2": "Service",
    "person:7": "Boris",
    "department:1": "Sales",
    "department:2": "Service",
    "field:9": "Size",
}
STAGE = {"stage": [3, 3]}
HOURS = {"hours": [None, {"0": [[540, 1080]]}]}
CHANGES: list[tuple[str, str, dict[str, Any], str, str]] = [
    (
        "pipeline",
        "pipeline.edit",
        {**STAGE, "required": [["amount", "f9"], ["amount"]]},
        "stage “Visit” · 📋 Required: Sum, Size → Sum",
        "этап «Visit» · 📋 Обязательно: Сумма, Size → Сумма",
    ),
    ("pipeline", "pipeline.edit", {**STAGE, "enter": [[], ["head"]]}, "Who may enter: — → Head", "— → Рук"),
    (
        "pipeline",
        "pipeline.edit",
        {"stage": [5, 5], "color": [None, "red"]},
        "that is gone · 🎨",
        "удалённый",
    ),
    (
        "pipeline",
        "pipeline.edit",
        {**STAGE, "auto": [{}, {"paid": 4}]},
        "— → 💳 Paid in full → Offer",
        "Offer",
    ),
    (
        "pipeline",
        "pipeline.edit",
        {"dropped": [3, None], "name": ["Visit", None], "heir": [None, 4]},
        "deleted the stage “Visit”, its deals went to “Offer”",
        "удалён этап «Visit», сделки перенесены: «Off",
    ),
    (
        "pipeline",
        "pipeline.archive",
        {"archived": [False, True], "heir": [None, 2]},
        "“Service”",
        "«Service»",
    ),
    ("pipeline", "pipeline.rules", {"silent": [3, None]}, "🔁 Silent client: 3 days → off", "3 дня → выкл"),
    ("pipeline", "pipeline.edit", {"loss_reason": ["Dear", None]}, "Dear → —", "Dear → —"),
    (
        "person",
        "people.manage",
        {"departments": [[1], [1, 2]]},
        "Sales → Sales, Service",
        "Sales → Sales, Service",
    ),
    (
        "person",
        "people.manage",
        {"role": ["manager", "head"]},
        "Manager → Head of department",
        "Менеджер → Рук",
    ),
    (
        "person",
        "people.remove",
        {"heirs": [[], [7]]},
        "removed from the company, the work went to Boris",
        "Boris",
    ),
    ("person", "shift.set", {"substitute_id": [None, 7]}, "substitute: — → Boris", "замена: — → Boris"),
    ("department", "department.rules", HOURS, "Mo 9:00–18:00", "пн 9:00–18:00"),
    ("department", "department.rules", {"weight:7": [1, 2]}, "share of Boris: ×1 → ×2", "Boris: ×1 → ×2"),
    (
        "department",
        "department.rules",
        {"mode": ["all", "offer"], "pipeline_id": [2, 2]},
        "🧭 Service · 🎯 Distribution: 👥 To all → 🚕 By offer",
        "🧭 Service · 🎯",
    ),
    (
        "department",
        "plan.set",
        {"plan": [None, 5_00], "of": [None, ["2026-11-01", 7]]},
        "🎯 plan 2026-11 Boris: — → ₽5",
        "🎯 план 2026-11 Boris",
    ),
    ("field", "field.edit", {"hidden": [False, True]}, "hidden: no → yes", "скрыто: нет → да"),
    (
        "company",
        "company.edit",
        {"assigning": ["heads", "strange"]},
        "to their people → strange",
        "→ strange",
    ),
    ("company", "company.set_up", {}, "finished the first start", "первый запуск пройден"),
    ("source", "intake.manage", {"origins": [[], ["a.ru"]]}, "🌍 Sites: — → a.ru", "— → a.ru"),
]


@pytest.mark.parametrize(("subject", "action", "changes", "english", "russian"), CHANGES)
def test_a_setting_tells_what_it_was_and_what_it_is(
    subject: str, action: str, changes: dict[str, Any], english: str, russian: str
) -> None:
    event = EventLine(1, START, "Olga", action, changes, subject=subject, names=NAMES)
    for language, told in (("en", english), ("ru", russian)):
        speech = Speech(language, ZoneInfo("Europe/Moscow"), TurnedClock())
        assert told in event_line(event, "RUB", speech, whole=True)


async def test_each_setting_opens_its_history_and_comes_back(world: World) -> None:
    services, olga = world.services, await actor_of(world.services, "olga")
    anna, hand = await actor_of(services, "anna"), world.olga
    stage = (await stages_by_name(world.db))["Proposal"]
    await services.stages.set(olga, stage.id, StageField.REQUIRED, "amount")
    await services.stages.set(olga, stage.id, StageField.REQUIRED, "amount")
    field = await services.fields.add(olga, FieldSubject.DEAL, "Size", FieldKind.NUMBER)
    await services.team.change_role(olga, anna.person_id, Role.HEAD)
    await services.company.rename(olga, "Oak")
    department = min(anna.departments)
    await services.work_times.keep_holidays(olga, department, on=False)
    for opener, told in (
        (f"p:{anna.person_id}", "Olga: 🎭 Role: Manager → Head of department"),
        (f"dep:{department}:0", "Olga: closed on public holidays: "),
        (f"fnc:{stage.pipeline_id}", "Olga: stage “Proposal” · 📋 Required: Sum → —"),
        (f"fsc:{field.field.id}", "Olga: made “Size” · "),
        ("co", "→ Oak"),
    ):
        await hand.press(data=opener)
        card = hand.text
        await hand.press("🕓 History")
        assert told in hand.text, opener
        await hand.press("◀️ Back")
        assert hand.text == card


async def test_whoever_may_not_change_a_setting_reads_nothing_of_it(world: World) -> None:
    anna, screen = await actor_of(world.services, "anna"), world.anna.screen
    for data in (f"hsp:{anna.person_id}:0", "hsl:1:0", "hsf:1:0", "hss:1:0", "hsc:0"):
        assert await world.anna.press(data=data, on=screen), data
    department = min(anna.departments)
    assert await world.victor.press(data=f"hsd:{department}:0", on=world.victor.screen)
    assert await world.olga.press(data="hsf:987654:0", on=world.olga.screen)
    assert "History of" not in world.anna.text + world.victor.text + world.olga.text
