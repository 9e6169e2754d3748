"""When? Asked with the deed in sight and the reason in words; answered by a time or by a new sentence."""

from sqlalchemy import select

from db.models import Task
from tests.cast import actor_of
from tests.world import World


async def test_a_day_that_does_not_exist_and_an_odd_repetition_are_told_in_words(
    world: World,
) -> None:
    await world.anna.say("call Ivan on february 30 at 3pm")
    assert "There is no february 30 in the calendar." in world.anna.text
    assert "call Ivan" in world.anna.text
    await world.anna.press("📅 Calendar")
    assert "call Ivan" in world.anna.text
    await world.anna.press("20")
    assert "call Ivan" in world.anna.text
    await world.anna.say("soon")
    assert "I could not read a time in this." in world.anna.text
    assert "call Ivan" in world.anna.text
    await world.anna.say("once a month on friday at 9")
    assert "I could not read how often. Say it like every Monday at 9" in world.anna.text
    assert "call Ivan" in world.anna.text
    await world.anna.say("every monday at 9")
    assert "Monday, 23 November, 09:00" in world.anna.text
    assert "🔁 on Mondays at 09:00" in world.anna.text

    await world.anna.press("🕒 Another time")
    await world.anna.say("2027-02-29")
    assert "There is no 2027-02-29 in the calendar." in world.anna.text
    await world.anna.say("/task february 30")
    assert "There is no february 30 in the calendar." in world.anna.text
    await world.anna.say("/task once a month on friday")
    assert "I could not read how often. Like this: every Monday at 9." in world.anna.text
    assert [row[0] for row in await world.rows(select(Task.text))] == ["call Ivan"]


async def test_a_day_in_figures_that_does_not_exist_is_named_where_a_day_is_expected(world: World) -> None:
    there_is_none = "There is no 31.02 in the calendar."
    for line in ("/task count the stock 31.02", "new task: count the stock 31.02"):
        await world.anna.say(line)
        assert f"📌 count the stock\n{there_is_none}" in world.anna.text, line
    await world.anna.say("31.02")
    assert there_is_none in world.anna.text
    await world.anna.say("tomorrow at 15")
    await world.anna.press("🕒 Another time")
    await world.anna.say("31.02")
    assert there_is_none in world.anna.text
    await world.services.people.speak(await actor_of(world.services, "boris"), "ru")
    await world.boris.say("задача Сверить остатки 31.02")
    assert "📌 Сверить остатки\nДня «31.02» нет в календаре." in world.boris.text
    await world.boris.say("завтра")
    # A sum, or the number of a version, is none.
    await world.boris.say("/task обновить до версии 31.02.1")
    assert "календаре" not in world.boris.text
    told = [row[0] for row in await world.rows(select(Task.text).order_by(Task.id))]
    assert told == ["count the stock", "Сверить остатки"]


async def test_a_new_sentence_replaces_the_deed_and_never_doubles_it(world: World) -> None:
    await world.services.people.speak(await actor_of(world.services, "boris"), "ru")
    await world.boris.say("позвонить Ивану вчера в 15")
    assert "уже прошло" in world.boris.text
    assert "позвонить Ивану" in world.boris.text
    await world.boris.say("позвонить Ивану сегодня в 9")
    assert world.boris.text.count("Ивану") == 1
    await world.boris.say("отправить КП завтра в 11")
    assert "отправить КП" in world.boris.text
    await world.boris.say("замер у Ольги 31 февраля")
    assert "Дня «31 февраля» нет в календаре." in world.boris.text
    await world.boris.say("не знаю")
    assert "Не вижу здесь времени." in world.boris.text
    await world.boris.say("раз в месяц по пятницам в 10")
    assert "Напишите, например, каждый понедельник в 9" in world.boris.text
    assert "замер у Ольги" in world.boris.text
    await world.boris.say("каждый день в 25:00")
    assert "Не вижу здесь времени." in world.boris.text
    await world.boris.say("завтра в 12, с рулеткой")
    told = [row[0] for row in await world.rows(select(Task.text).order_by(Task.id))]
    assert told == ["отправить КП", "замер у Ольги, с рулеткой"]


async def test_of_two_times_of_day_one_is_asked_for(world: World) -> None:
    await world.services.people.speak(await actor_of(world.services, "boris"), "ru")
    await world.boris.say("каждый день в 9 и 18 мыть")
    assert "📌 мыть\n🔁 ежедневно\n☝️ У задачи одно время дня." in world.boris.text
    await world.boris.press("завтра, 09:00")
    assert "📌 мыть" in world.boris.text
    assert "🔁 ежедневно в 09:00" in world.boris.text
    await world.boris.say("каждый день в 9 и 18 мыть")
    await world.boris.say("подготовить отчёт завтра в 12")
    assert "📌 подготовить отчёт" in world.boris.text
    assert "🔁" not in world.boris.text
    await world.anna.say("tomorrow at 9 and 18 call Ivan")
    assert "☝️ A task has one time of day. Which one?" in world.anna.text
    await world.anna.press("tomorrow, 18:00")
    assert "📌 call Ivan\n🕒 Thursday, 19 November, 18:00" in world.anna.text


async def test_a_whole_sentence_is_a_task_of_its_own_and_what_it_left_is_named_and_taken_up(
    world: World,
) -> None:
    await world.anna.say("31.02 at 10 x")
    await world.anna.say("every 2 weeks on tuesday and thursday at 9:30 gym")
    assert "📌 gym" in world.anna.text
    assert "📝 Not saved: “x”, it had no time." in world.anna.text
    card = world.anna.screen.keyboard[-1][0]["callback_data"]
    await world.anna.press("📝 x")
    assert "📌 x" in world.anna.text
    await world.anna.say("better tomorrow at 12")
    assert "Thursday, 19 November, 12:00" in world.anna.text
    assert "Not saved" not in world.anna.text
    said = await world.anna.press(data=card)
    assert said is not None
    assert "answered already" in said
    assert [row[0] for row in await world.rows(select(Task.text).order_by(Task.id))] == ["gym", "x"]

    await world.services.people.speak(await actor_of(world.services, "boris"), "ru")
    await world.boris.say("звонок Ольге вчера в 15")
    await world.boris.say("31 февраля созвон с Сидорчуком")
    assert "📌 созвон с Сидорчуком" in world.boris.text
    assert "📝 Не сохранено: «звонок Ольге» — не было времени." in world.boris.text
    await world.boris.say("завтра в полдень")
    assert "📌 созвон с Сидорчуком\n🕒 четверг, 19 ноября, 12:00" in world.boris.text
