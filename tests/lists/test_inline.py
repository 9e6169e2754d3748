"""Inline mode: in any chat a colleague finds what they may see, and strangers read nothing of value."""

import pytest
from sqlalchemy import update

from db.models import Contact, Deal
from services.inline import safe
from tests.cast import actor_of
from tests.clients.making import make_firm
from tests.deals.making import make_deal
from tests.leads.making import free_lead
from tests.world import Hand, World


async def asked(
    world: World, hand: Hand, query: str, where: object = None
) -> tuple[list[dict[str, str]], str]:
    """What is offered, and what the button above says."""
    question = hand.person.ask_inline(query, where=where)  # type: ignore[arg-type] - a group or nothing
    await world.settle()
    answer = await question.answered(1)
    assert answer is not None
    assert (answer.personal, answer.cache_time) == (True, 0)
    return [*answer.results], (answer.button or {}).get("text", "")


async def test_each_is_offered_what_they_may_see_and_only_names(world: World) -> None:
    title = "Windows for Ivan, +7 916 123-45-67, 150k"
    deal = await make_deal(world, title=title, amount=150_000_00)
    async with world.db.write() as uow:
        await uow.session.execute(update(Deal).values(search="windows for ivan"))
        await uow.session.execute(update(Contact).values(name="+79161234567", search="ivan +79161234567"))
    lead = await free_lead(world.services, world.db, phone="+79165550001")
    for name, kinds in (
        ("anna", {"deal", "contact", "lead"}),
        ("helen", {"deal", "contact", "lead"}),
        ("boris", {"lead"}),
        ("victor", set()),
        ("fiona", set()),
        ("max", set()),
    ):
        results, button = await asked(world, world.hands[name], "Ivan")
        assert {one["id"].partition(":")[0] for one in results} == kinds, name
        assert button == ("🔎 Search in the bot" if kinds else "Nothing found. Search in the bot")
        wire = world.telegram.calls.of("answerInlineQuery")[-1].wire()
        for secret in ("916", "123-45-67", "150", "Petrov", "555"):
            assert secret not in wire.replace("150,", ""), (name, secret)
    results, _ = await asked(world, world.anna, "")
    assert [one["id"] for one in results] == [f"deal:{deal}"]
    results, _ = await asked(world, world.anna, "Windows")
    assert [one["description"] for one in results if one["id"] == f"deal:{deal}"] == ["New"]
    firm = await make_firm(world, "anna", "Romashka, +7 916 123-45-67")
    results, _ = await asked(world, world.anna, "Romashka")
    assert [(one["id"], one["title"]) for one in results] == [(f"firm:{firm}", "🏢 Romashka, …")]
    assert (await asked(world, world.victor, "Romashka"))[0] == []
    results, _ = await asked(world, world.anna, f"#{lead.id}")
    assert f"lead:{lead.id}" in {one["id"] for one in results}


async def test_a_chosen_card_opens_for_whoever_may_see_it(world: World) -> None:
    deal = await make_deal(world, title="Windows <b>")
    team = world.telegram.add_group("Team", [world.anna.person, world.boris.person, world.eve.person])
    question = world.anna.person.ask_inline("Windows", where=team)
    await world.settle()
    assert await question.answered(1)
    calls = len(world.telegram.calls)
    message = world.anna.person.choose_inline(question, f"deal:{deal}", team)
    await world.settle()
    said = [call.method for call in list(world.telegram.calls)[calls:]]
    assert set(said) <= {"getUpdates", "getMe"}
    assert message.text == f"💼 Windows <b> · #{deal}"
    link = message.keyboard[0][0]["url"]
    assert link == f"https://t.me/sdelka_bot?start=deal_{deal}"
    payload = link.partition("start=")[2]
    await world.anna.start(payload)
    assert f"Windows <b> · #{deal}" in world.anna.text
    for hand in (world.boris, world.eve):
        await hand.start(payload)
        assert "Windows" not in hand.text
    assert "There is no such deal" in world.boris.text
    await world.anna.start("find")
    assert "What shall I look for?" in world.anna.text


async def test_strangers_and_people_who_left_are_offered_nothing(world: World) -> None:
    await make_deal(world)
    anna = await actor_of(world.services, "anna")
    results, button = await asked(world, world.eve, "Windows")
    assert (results, button) == ([], "Only for the people of one company")
    olga = await actor_of(world.services, "olga")
    await world.services.leaving.remove(
        olga, anna.person_id, (await actor_of(world.services, "boris")).person_id
    )
    assert await asked(world, world.anna, "Windows") == ([], "Only for the people of one company")


async def test_whoever_asks_too_fast_waits(world: World) -> None:
    await make_deal(world)
    for _ in range(40):
        world.anna.person.ask_inline("Windows")
    await world.settle()
    results, button = await asked(world, world.anna, "Windows")
    assert (results, button) == ([], "One moment, please: too many questions")
    assert (await asked(world, world.helen, "Windows"))[0]
    world.clock.turn(minutes=1)
    assert (await asked(world, world.anna, "Windows"))[0]


async def test_a_question_that_is_too_old_harms_nobody(world: World) -> None:
    question = world.anna.person.ask_inline("Windows")
    question.at -= 11
    await world.settle()
    assert question.answer is None
    assert "query is too old" in str(world.telegram.calls.of("answerInlineQuery")[-1].error)
    assert (await asked(world, world.anna, "Windows"))[1]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Окна для Ивана", "Окна для Ивана"),
        ("Окна 8 (916) 123-45-67", "Окна …"),
        ("Окна 150к", "Окна …"),
        ("Окна, 1 500 000 руб", "Окна, …"),
        ("Письмо ivan@example.com", "Письмо …"),
        ("+79161234567", "…"),
        ("Дом 12, 3 окна", "Дом 12, 3 окна"),
    ],
)
def test_what_people_write_into_a_name_is_left_out(name: str, shown: str) -> None:
    assert safe(name) == shown
