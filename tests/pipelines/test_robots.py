"""Tasks that a stage sets, and the message that it offers."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from db.models import Event, Person, Task, Timer
from services.errors import AppError
from services.payment_methods import Method
from services.pipelines.messages import fill, read_message
from services.pipelines.robot_reading import read_robot
from services.pipelines.robot_terms import Doer, Robot
from services.pipelines.shape import StageField
from services.understanding.lead_names import first_name
from services.understanding.terms import Unit
from services.understanding.work_hours import WorkHours
from services.work_calendar import WorkCalendar
from tests.cast import START, actor_of, stages_by_name
from tests.deals.making import make_deal
from tests.world import World

OFFICE = WorkCalendar(ZoneInfo("Europe/Moscow"), WorkHours((((9 * 60, 18 * 60),),) * 5 + ((), ())))


@pytest.mark.parametrize(
    ("typed", "robot"),
    [
        ("Call the client, 2 days", Robot(1, "Call the client", 2, Unit.DAYS, Doer.OWNER)),
        (
            "Согласовать скидку 10%, 4 часа, руководитель",
            Robot(1, "Согласовать скидку 10%", 240, Unit.MINUTES, Doer.HEAD),
        ),
        ("Согласовать; 4 часа; руководитель", Robot(1, "Согласовать", 240, Unit.MINUTES, Doer.HEAD)),
        ("Approve; head; 2 days", Robot(1, "Approve", 2, Unit.DAYS, Doer.HEAD)),
        ("Проверить счёт: завтра: ответственный", Robot(1, "Проверить счёт", 1, Unit.DAYS, Doer.ROLE)),
        ("Check the bill, today, responsible", Robot(1, "Check the bill", 0, Unit.DAYS, Doer.ROLE)),
        ("Позвонить через 1 день", Robot(1, "Позвонить", 1, Unit.DAYS, Doer.OWNER)),
        ("Позвонить через 30 минут", Robot(1, "Позвонить", 30, Unit.MINUTES, Doer.OWNER)),
        ("Call the head in 1.5 hours", Robot(1, "Call the head", 90, Unit.MINUTES, Doer.OWNER)),
        ("Написать сразу", Robot(1, "Написать", 15, Unit.MINUTES, Doer.OWNER)),
        ("Call at once, head", Robot(1, "Call", 15, Unit.MINUTES, Doer.HEAD)),
        ("Отправить КП, неделя", Robot(1, "Отправить КП", 1, Unit.WEEKS, Doer.OWNER)),
        ("Собрать документы за 2 недели", Robot(1, "Собрать документы", 2, Unit.WEEKS, Doer.OWNER)),
        (
            "Call in a month: is all well? In a week",
            Robot(1, "Call in a month: is all well?", 1, Unit.WEEKS, Doer.OWNER),
        ),
        ("Is all well? In a month", Robot(1, "Is all well?", 1, Unit.MONTHS, Doer.OWNER)),
        ("Check — 8 working hours, head of department.", Robot(1, "Check", 480, Unit.MINUTES, Doer.HEAD)),
        ("Напомнить в 2 филиала: 3 раб. дня", Robot(1, "Напомнить в 2 филиала", 3, Unit.DAYS, Doer.OWNER)),
        ("Написать к завтра", Robot(1, "Написать", 1, Unit.DAYS, Doer.OWNER)),
        ("Позвонить; срок: 2 часа", Robot(1, "Позвонить", 120, Unit.MINUTES, Doer.OWNER)),
        ("Договор - 1 день - руководителю отдела", Robot(1, "Договор", 1, Unit.DAYS, Doer.HEAD)),
        ("Ship 0d", Robot(1, "Ship", 0, Unit.DAYS, Doer.OWNER)),
    ],
)
def test_a_task_is_read_with_its_term_and_doer(typed: str, robot: Robot) -> None:
    assert read_robot(typed, 1) == robot
    assert Robot.of(robot.data) == robot


def test_tasks_from_before_there_were_minutes_are_known_still() -> None:
    kept = {"id": 3, "text": "Call", "n": 2, "hours": True, "doer": "head"}
    assert Robot.of(kept) == Robot(3, "Call", 120, Unit.MINUTES, Doer.HEAD)
    assert Robot.of(kept | {"hours": False}) == Robot(3, "Call", 2, Unit.DAYS, Doer.HEAD)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Approve, 4 hours, director", "robot.no_doer"),
        ("Согласовать, 2 дня — Анна", "robot.no_doer"),
        ("Call the client", "robot.no_term"),
        ("2 days", "robot.no_term"),
        ("Call, 2 years", "robot.too_long"),
        ("Составить план на 2 дня", "robot.no_term"),
        ("Позвонить через двадцать два дня", "robot.no_term"),
        ("Call, 2.5 days", "robot.no_term"),
        ("Enjoy the day", "robot.no_term"),
        ("Call, 366 days", "robot.too_long"),
        (f"Call, {'9' * 30} days", "robot.too_long"),
        ("Call, -5 days", "robot.no_term"),
    ],
)
def test_a_task_without_a_term_is_refused(typed: str, code: str) -> None:
    with pytest.raises(AppError) as refused:
        read_robot(typed, 1)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("n", "unit", "now", "due"),
    [
        (0, Unit.DAYS, "18 12:00", "18 18:00"),
        (0, Unit.DAYS, "18 19:00", "19 18:00"),
        (2, Unit.DAYS, "18 12:00", "20 18:00"),
        (2, Unit.DAYS, "19 12:00", "23 18:00"),  # over a weekend
        (1, Unit.DAYS, "21 12:00", "23 18:00"),  # from a Saturday
        (240, Unit.MINUTES, "18 16:00", "19 11:00"),
        (30, Unit.MINUTES, "18 17:45", "19 09:15"),
        (1, Unit.WEEKS, "18 12:00", "25 18:00"),
        (1, Unit.WEEKS, "14 12:00", "23 18:00"),  # from a Saturday to the first working day after the next
    ],
)
def test_a_term_counts_working_time(n: int, unit: Unit, now: str, due: str) -> None:
    def at(words: str) -> datetime:
        local = datetime.fromisoformat(f"2026-11-{words}")
        return local.replace(tzinfo=OFFICE.zone).astimezone(UTC)

    assert Robot(1, "Call", n, unit, Doer.OWNER).due(OFFICE, at(now)) == at(due)


def test_a_month_ends_on_its_last_day_where_the_next_is_shorter() -> None:
    now = datetime(2027, 1, 29, 12, 0, tzinfo=OFFICE.zone)
    due = Robot(1, "Call", 1, Unit.MONTHS, Doer.OWNER).due(OFFICE, now)
    assert due == datetime(2027, 3, 1, 18, 0, tzinfo=OFFICE.zone), "the 28th of February is a Sunday"


def test_a_message_has_gaps_that_are_known_and_is_filled_without_surprises() -> None:
    kept = read_message("{Клиент}, по «{deal}» ждём { sum }")
    assert kept == "{client}, по «{deal}» ждём {sum}"
    filled = fill(kept, {"client": "{sum} Ivan", "deal": "Windows", "sum": ""})
    assert filled == "{sum} Ivan, по «Windows» ждём ___"
    assert read_message("-") is None
    for typed in ("{phone}", "{client.owner}", "{}", "", "x" * 1001):
        with pytest.raises(AppError):
            read_message(typed)


async def test_a_move_sets_tasks_once_and_taking_it_back_takes_them_along(world: World) -> None:
    deal, stages = await make_deal(world, stage="New", amount=150_00), await stages_by_name(world.db)
    helen, anna, work = world.helen, world.anna, stages["In work"].id
    await helen.press(data=f"st:{work}")
    await helen.press("🤖 Tasks")
    await helen.say("Call them")
    assert "Add the term" in helen.text
    for typed in ("Call them, 2 days", "Look at it, 4 hours, head", "Too much, 1 day"):
        await helen.say(typed)
    await helen.press("🤖 Too much")
    await helen.press("🗑 Set it no longer")
    assert "Too much" not in helen.text
    assert "🤖 Call them — 2 working days, to the deal's owner" in helen.text
    assert "🤖 Look at it — 4 working hours, to the head" in helen.text
    await helen.press("◀️ Back")
    await helen.press("💬 Message")
    assert "{name} — how the client is called" in helen.text
    await helen.say("{nickname}, hello")
    assert "I cannot fill in “nickname”" in helen.text
    await helen.say("Hello {client}, {deal} is {sum}. Thank you for your patience with us.")
    assert "💬 Hello {client}, {deal} is {sum}. Thank" in helen.text
    head = await actor_of(world.services, "helen")
    await world.services.people.speak(head, "ru")
    await helen.press("💬 Message")
    assert "{клиент} — клиент" in helen.text
    await helen.press("◀️ Назад")
    assert "💬 Hello {клиент}, {сделка} is {сумма}. Thank" in helen.text
    await world.services.people.speak(head, "en")

    await anna.press(data=f"d:{deal}")
    await anna.press("▶️ In work")
    card = anna.screen
    assert "📌 Look at it — " in anna.text
    assert "New → In work · 2 tasks set" in anna.text
    assert "Look at it" in helen.text, "the head is told"
    assert await anna.press("💬 Message to the client") == (
        "Hello Ivan Petrov, Windows for Ivan is ₽150. Thank you for your patience with us."
    )
    rows = await world.rows(select(Task).order_by(Task.id))
    call, look = (row[0] for row in rows)
    assert [one.text for one in (call, look)] == ["Call them", "Look at it"]
    assert call.due_at == datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
    assert look.due_at == datetime(2026, 11, 18, 13, 0, tzinfo=UTC)
    assert (call.author_id, call.deal_id) == (None, deal)
    armed = select(Timer.subject_id).where(Timer.kind == "task_remind", Timer.state == "new")
    assert {row[0] for row in await world.rows(armed)} == {call.id, look.id}
    await world.again()
    assert await world.count(Task) == 2

    await world.services.tasks.done(await actor_of(world.services, "helen"), look.id)
    await anna.press(on=card, data=f"d:{deal}")
    await anna.press("↩️ Undo")
    assert "took back: New → In work" not in anna.text
    assert "took back: In work → New · 1 task dropped" in anna.text
    dropped = [row[0] for row in await world.rows(select(Task.dropped).order_by(Task.id))]
    assert dropped == [True, False], "what was done stays done"
    assert await world.rows(armed) == []
    await anna.press("▶️ In work")
    assert await world.count(Task) == 4
    await anna.press(data=f"dm:{deal}:{stages['New'].id}:4")
    await anna.press("▶️ In work")
    assert await world.count(Task) == 4, "what is still to do is not set twice"
    await world.services.deals.rename(await actor_of(world.services, "anna"), deal, "W" * 200)
    await anna.press(data=f"d:{deal}")
    await anna.press("💬 Message to the client")
    assert anna.text.startswith("Hello Ivan Petrov, WWW"), "too long for a button, it is a message"
    moved = select(Event.changes).where(Event.subject == "deal", Event.action == "deal.move")
    assert [len(one[0]["robots"][1]) for one in await world.rows(moved) if "robots" in one[0]] == [2, 2]


async def test_a_lead_that_becomes_a_deal_enters_its_first_stage_and_russian(world: World) -> None:
    helen, stages = await actor_of(world.services, "helen"), await stages_by_name(world.db)
    new = stages["New"].id
    await world.services.stage_tasks.add(helen, new, "Позвонить, 0 дней")
    await world.services.people.speak(helen, "ru")
    await world.helen.press(data=f"stt:{new}")
    assert "🤖 Позвонить — в тот же день, владельцу сделки" in world.helen.text
    await world.anna.say("/lead Windows, Ivan +7 916 123-45-67")
    lead = await world.services.leads.take(await actor_of(world.services, "anna"), 1)
    await world.services.outcomes.qualify(await actor_of(world.services, "anna"), 1, lead.version)
    [(text, due)] = await world.rows(select(Task.text, Task.due_at))
    assert (text, due) == ("Позвонить", START.replace(hour=15))


async def test_a_task_is_said_anew_and_given_to_whoever_is_responsible(world: World) -> None:
    deal, stages = await make_deal(world, stage="New", amount=150_00), await stages_by_name(world.db)
    helen, anna, fiona = world.helen, world.anna, world.fiona
    here = stages["In work"].id
    await helen.press(data=f"stt:{here}")
    await helen.say("Check the bill, 2 days; responsible")
    assert "Nobody is responsible for this stage yet" in helen.text
    await helen.say("Check the bill, 2 days")
    await helen.press("🤖 Check the bill")
    assert not any("responsible" in one for one in helen.labels)
    assert "responsible" in (await helen.press(data=f"str:{here}:1:role") or "")
    await world.services.stages.set(await actor_of(world.services, "helen"), here, StageField.ROLE, "finance")
    await helen.press(data=f"stw:{here}:1")
    await helen.press("👤 to the responsible: Finance")
    assert "🤖 Check the bill — 2 working days, to the responsible: Finance" in helen.text
    await helen.say("Look through the bill, in 30 minutes, responsible")
    assert "🤖 Look through the bill — 30 working minutes, to the responsible: Finance" in helen.text
    assert await anna.press(data=f"stw:{here}:1") == "You may not do this."
    await world.settle()
    await anna.press(data=f"d:{deal}")
    await anna.press("▶️ In work")
    await world.settle()
    assert "Look through the bill" in fiona.text, "nobody of that role works on the deal"
    olga = await actor_of(world.services, "olga")
    await world.services.stages.set(olga, here, StageField.ROLE, "marketing")
    await world.services.stage_tasks.say(olga, here, 1, "Tell a story, a week, responsible")
    other = await make_deal(world, stage="New", amount=150_00)
    card = await world.services.deals.card(await actor_of(world.services, "anna"), other)
    await world.services.moves.move(await actor_of(world.services, "anna"), other, here, card.version)
    theirs = select(Person.name).join(Task, Task.assignee_id == Person.id).order_by(Task.id)
    assert [row[0] for row in await world.rows(theirs)] == ["Fiona", "Max"]
    await helen.press(data=f"stq:{here}:1")
    assert await helen.press(data=f"stw:{here}:1"), "it is gone"


async def test_a_long_message_knows_names_the_company_and_what_is_left_to_pay(world: World) -> None:
    deal, stages = (
        await make_deal(world, stage="Awaiting payment", amount=150_00),
        await stages_by_name(world.db),
    )
    await world.services.people.speak(await actor_of(world.services, "helen"), "ru")
    await world.helen.press(data=f"sta:{stages['Awaiting payment'].id}:message")
    assert "{имя} — имя клиента" in world.helen.text
    typed = "{Имя}, это {менеджер}, {наша компания}. Осталось {остаток} из {сумма} для {компания}. "
    await world.helen.say(typed + "Спасибо! " * 100)
    assert "💬 {имя}, это {менеджер}, {мы}. Осталось {остаток} из {сумма} для {компания}." in world.helen.text
    fiona = await actor_of(world.services, "fiona")
    await world.services.payments.record(fiona, deal, 40_00, Method.BANK)
    await world.settle()
    await world.anna.press(data=f"d:{deal}")
    await world.anna.press("💬 Message to the client")
    filled = "Ivan, это Anna, My company. Осталось ₽110 из ₽150 для ___. Спасибо!"
    assert world.anna.text.startswith(filled), "what nobody knows leaves a line to write on"
    assert len(world.anna.text) > 900


def test_somebody_is_addressed_by_the_first_name() -> None:
    for name, first in (("Иванов Иван Петрович", "Иван"), ("Ivan Petrov", "Ivan"), ("Zed", "Zed"), ("", "")):
        assert first_name(name) == first
