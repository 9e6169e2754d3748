"""What was said is found by its words, and only by those who may read it."""

from datetime import timedelta

import pytest

from db.repositories import talk_search
from services.access import Actor
from services.dto.clients import ClientKind
from services.dto.talk import Said
from services.dto.tasks import Link
from services.errors import ForbiddenError
from services.said import may_read
from services.understanding.around import around
from tests.cast import actor_of
from tests.clients.making import make_client, make_firm
from tests.deals.making import make_deal
from tests.deals.test_topics import bring_in, card_in, only_topic, team_group
from tests.leads.making import contact_of, taken_lead
from tests.world import World

IN_TALK = "💬 In messages and notes"


async def found_by(world: World, actor: Actor | str, text: str = "zebrano") -> list[tuple[str, int]]:
    """Of what was said the subjects, all pages of it."""
    reader = await actor_of(world.services, actor) if isinstance(actor, str) else actor
    page = await world.services.talk_search.page(reader, text)
    found = list(page.items)
    while page.next_after is not None:
        page = await world.services.talk_search.page(reader, text, page.next_after)
        found += page.items
    assert [one.id for one in found] == sorted({one.id for one in found}, reverse=True)
    return [(one.subject, one.subject_id) for one in found]


def test_the_words_around_the_first_that_was_looked_for() -> None:
    long = "so much that stands before it " * 9 + "they want <b>Зебрано</b>, ёлка\nand more " + "of it " * 40
    piece = around(long, ["зебр"])
    assert piece.startswith("…")
    assert piece.endswith("…")
    assert "they want <b>Зебрано</b>, ёлка and more" in piece
    assert len(piece) <= 122
    assert around("Oak or zebrano?", ["zebrano"]) == "Oak or zebrano?"
    assert around("Ёлка", ["елк"]) == "Ёлка"
    assert "zebrano" in around(f"See https://example.org/{'a' * 200}/zebrano", ["zebrano"])


async def test_a_message_of_a_topic_is_found_by_two_words_and_leads_to_its_deal(world: World) -> None:
    group, deal = await team_group(world), await make_deal(world, title="Windows")
    await bring_in(world, deal, "boris")
    await world.boris.say("They want <Zebrano>,\nnot oak", group, thread=only_topic(group).id)
    await world.anna.say("/find oak zebr")
    assert "Nothing found for “oak zebr”" in world.anna.text
    key = world.anna.screen.keyboard[0][0]["callback_data"].split(":")[1]
    await world.anna.press(IN_TALK)
    assert "What was said with “oak zebr”" in world.anna.text
    assert "deal #1 · Boris, today, 12:00: They want <Zebrano>, not oak" in world.anna.text
    await world.anna.press("💼 #1 Windows")
    assert "Windows" in world.anna.text
    # The presser is judged in the group, too, and a search is of whoever has made it.
    card, before = card_in(world, group, only_topic(group)), len(group.messages)
    for name in ("victor", "eve", "boris"):
        told = len(world.hands[name].messages)
        answer = await world.hands[name].press(data=f"ft:{key}:0", on=card)
        assert answer == ("" if name == "eve" else "This search is over. Please type it again."), name
        assert len(world.hands[name].messages) == told, name
    assert len(group.messages) == before

    await world.services.people.speak(await actor_of(world.services, "anna"), "ru")
    await world.anna.say("зебрано")
    await world.anna.press("💬 В переписке и заметках")
    assert "В переписке и заметках, которые вам видны, «зебрано» не нашлось." in world.anna.text
    for text in ("4567", "#17", "+7 916 000-00-00"):
        await world.anna.say(f"/find {text}")
        assert not [label for label in world.anna.labels if "💬" in label], text
    await world.fiona.say("/find zebrano")
    assert IN_TALK not in world.fiona.labels


async def test_it_is_found_by_those_who_may_read_it_where_it_was_said(world: World) -> None:
    services, anna = world.services, await actor_of(world.services, "anna")
    deal, later = await make_deal(world), world.clock.now() + timedelta(hours=1)
    lead = await taken_lead(world, phone="+79160000001")
    client, firm = await make_client(world), await make_firm(world)
    task = (await services.tasks.create(anna, "Call", later, Link("deal", deal))).id
    alone = (await services.tasks.create(anna, "Think", later)).id
    hidden = await services.marks.hide(anna, alone, personal=True)
    places = [("deal", deal), ("lead", lead.id), ("contact", client), ("firm", firm), ("task", task)]
    for number, (subject, one) in enumerate([*places, ("task", hidden.id)]):
        await services.talk.keep(anna, subject, one, [Said(world.anna.person.id, 900 + number, "Zebrano!")])
    assert set(await found_by(world, anna)) == {*places, ("task", alone)}
    for name in ("helen", "olga"):
        assert set(await found_by(world, name)) == set(places), name
    for name in ("boris", "victor", "hugo"):
        assert await found_by(world, name) == [], name
    for name in ("fiona", "max"):
        with pytest.raises(ForbiddenError):
            await found_by(world, name)
    await bring_in(world, deal, "boris")
    theirs = {("deal", deal), ("task", task)}
    assert set(await found_by(world, "boris")) == theirs
    # What was said of a lead is told with its deal, to those who work on that.
    card = await services.outcomes.qualify(anna, lead.id, lead.version)
    assert card.deal_id is not None
    await bring_in(world, card.deal_id, "boris")
    assert set(await found_by(world, "boris")) == {*theirs, ("deal", card.deal_id)}


async def test_of_tasks_it_finds_what_the_rule_lets_read(world: World) -> None:
    """The search and the rights of a single note say the same of everybody and of each kind of task."""
    services, later = world.services, world.clock.now() + timedelta(hours=1)
    anna, helen = await actor_of(services, "anna"), await actor_of(services, "helen")
    deal, client = await make_deal(world), await make_client(world)
    lead = await taken_lead(world, phone="+79160000001")
    other = await make_deal(world, "victor", title="Other")
    await bring_in(world, deal, "victor")
    links = [None, Link("deal", deal), Link("lead", lead.id), Link("contact", client), Link("deal", other)]
    olga = await actor_of(services, "olga")
    made = [(await services.tasks.create(olga, "Look", later, link)).id for link in links]
    made += [(await services.tasks.create(one, "Own", later)).id for one in (anna, helen)]
    watched, hidden = made[0], made[-2]
    boris = await actor_of(services, "boris")
    await services.watchers.watch(olga, watched, boris.person_id, watches=True)
    for number, task in enumerate(made):
        author = anna if task == hidden else olga
        said = [Said(world.olga.person.id, 900 + number, "Zebrano!")]
        await services.talk.keep(author, "task", task, said)
    await services.marks.hide(anna, hidden, personal=True)
    for name in ("olga", "helen", "hugo", "anna", "boris", "victor"):
        actor = await actor_of(services, name)
        async with world.db.read() as uow:
            may = {one for one in made if await may_read(uow, actor, "task", one)}
        assert {one for _, one in await found_by(world, actor)} == may, name
        assert may, name


async def test_what_was_changed_deleted_or_erased_is_found_no_more(world: World) -> None:
    services, olga = world.services, await actor_of(world.services, "olga")
    deal = await make_deal(world)
    await world.anna.press(data=f"d:{deal}")
    await world.anna.say("Zebrano", reply_to=world.anna.screen)
    await world.anna.do("edit", world.anna.messages[-2], "Walnut instead")
    assert await found_by(world, olga) == []
    assert await found_by(world, olga, "WALN inst") == [("deal", deal)]
    version = (await services.deals.card(olga, deal)).version
    binned = await services.deleting.delete(olga, "deal", deal, version)
    assert await found_by(world, olga, "walnut") == []
    await services.bin.restore(olga, binned)
    assert await found_by(world, olga, "walnut") == [("deal", deal)]
    client = await contact_of(world, "anna", "Zoe", "+79160000009")
    said = [Said(world.anna.person.id, 900, "Walnut is fine")]
    await services.talk.keep(await actor_of(services, "anna"), "contact", client, said)
    assert await found_by(world, olga, "walnut") == [("contact", client), ("deal", deal)]
    await services.erasing.erase(
        olga, client, (await services.clients.card(olga, ClientKind.CONTACT, client)).version
    )
    assert await found_by(world, olga, "walnut") == [("deal", deal)]


async def test_pages_go_back_and_an_old_button_says_that_it_is_over(world: World) -> None:
    deals, helen = (
        [await make_deal(world, contact=False) for _ in range(2)],
        await actor_of(world.services, "helen"),
    )
    for number in range(10):
        await world.services.deals.add_note(helen, deals[number % 2], f"Zebrano {number} it is")
    await world.anna.say("/find zebrano")
    await world.anna.press(IN_TALK)
    first = world.anna.screen
    assert [n for n in range(10) if f"Zebrano {n} it" in world.anna.text] == list(range(2, 10))
    assert len([label for label in world.anna.labels if "💼" in label]) == 2
    await world.anna.press("Older ▶️")
    assert [n for n in range(10) if f"Zebrano {n} it" in world.anna.text] == [0, 1]
    assert "Older ▶️" not in world.anna.labels
    await world.anna.say("/find oak")
    for data in ("ft:987654:0", "ft:1:2"):
        assert "This search is over" in (await world.anna.press(data=data, on=first) or "")


@pytest.mark.parametrize("most", [2, 100])
async def test_what_is_not_among_the_newest_is_found_further_back(
    world: World, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    """Of a word that many have, and of one that few have; others' words may fill whole pages."""
    monkeypatch.setattr(talk_search, "MOST", most)
    monkeypatch.setattr(talk_search, "LOOKED", 3)
    monkeypatch.setattr(talk_search, "PORTION", 2)
    olga, anna = await actor_of(world.services, "olga"), await actor_of(world.services, "anna")
    mine, other = await make_deal(world, contact=False), await make_deal(world, "victor", contact=False)
    for deal, text in [
        (mine, "zebra"),
        (mine, "zebrano oak"),
        *[(other, "zebrano zebrawood oak")] * 7,
        (mine, "zebrano oak"),
    ]:
        await world.services.deals.add_note(olga, deal, text)
    assert await found_by(world, anna, "oak zebr") == [("deal", mine)] * 2
    page = await world.services.talk_search.page(anna, "oak zebr", 10)
    assert not page.items
    assert page.next_after is not None
    await world.anna.say("/find oak zebr")
    key = world.anna.screen.keyboard[0][0]["callback_data"].split(":")[1]
    await world.anna.press(data=f"ft:{key}:10")
    assert "Not in the newest of it." in world.anna.text
    assert "Older ▶️" in world.anna.labels
