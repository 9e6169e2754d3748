"""Two clients become one with all that belongs to them, and two again; old cards lead to the one."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from db.models import (
    Call,
    Company,
    CompanyTag,
    Contact,
    ContactPoint,
    ContactTag,
    Deal,
    Event,
    Lead,
    Merge,
    Note,
    Person,
    Task,
)
from services.dto.clients import ClientField, ClientKind
from services.dto.fields import FieldKind, FieldSubject
from services.dto.merges import Merged, seen_as
from services.errors import AppError
from tests.cast import actor_of
from tests.clients.making import INN, OTHER_PHONE, PHONE, changes_of, make_client, make_firm, points_of
from tests.clients.uniting import CONTACT, FIRM, all_of, as_it_is, belongings, two, unite, whose
from tests.fields.making import make_field
from tests.stories.digest import digest
from tests.world import World


async def test_by_buttons_from_the_card_and_back(world: World) -> None:
    first, second = await two(world)
    await belongings(world, CONTACT, second)
    anna = world.anna
    await anna.say("1112233")
    await anna.press("👤 Petrov I.")
    old = anna.screen
    assert "👤 Petrov I." in old.text
    await anna.say("ivan@example.com")
    await anna.press("🔗 Unite")
    assert "These look the same" in anna.text
    await anna.press("👤 Petrov I.")
    for told in ("Stays: Ivan Petrov", "Goes into it: Petrov I.", "Client type: Demanding / Key client"):
        assert told in anna.text, anna.text
    assert "📞 All of both: +7 916 123-45-67, ivan@example.com, +7 903 111-22-33" in anna.text
    assert "Goes along: 1 deal, 1 lead, 1 task, 1 note, 1 call" in anna.text
    await anna.press("🏷 Client type: Key client")
    assert "Client type: Key client / Demanding" in anna.text
    sure = anna.screen
    await anna.press("✅ Yes, unite")
    assert "🔗 United: “Ivan Petrov” and “Petrov I.” are one client now." in anna.text
    for told in ("👤 Ivan Petrov", "🏷 Key client", "🗒 Pays late\nLikes oak", "+7 903 111-22-33"):
        assert told in anna.text, anna.text
    assert await whose(world, CONTACT) == all_of(first)
    assert [value for value, _ in await points_of(world, first)] == [PHONE, "ivan@example.com", OTHER_PHONE]
    # Old buttons and the old card lead to the one that stayed; nobody else is found.
    assert "United" not in old.text
    assert "👤 Ivan Petrov" in old.text
    done = anna.screen
    await anna.press(data=f"c:{second}", on=sure)
    assert "👤 Ivan Petrov" in anna.text
    toast = await anna.press(data=f"kt:contact:{second}:partner", on=sure)
    assert toast == "This client was united with another one. Here it is."
    assert await anna.press(data=f"kmy:contact:{first}:{second}:0", on=sure) == toast
    assert await world.count(Merge) == 1
    await anna.press(data=f"cta:contact:{second}", on=sure)
    assert "for “Ivan Petrov”" in anna.text
    await anna.press("Tomorrow, 10:00")
    assert await whose(world, CONTACT) == all_of(first)
    found = await world.services.search.find(await actor_of(world.services, "anna"), "petrov")
    assert [hit.id for hit in found.contacts.items] == [first]
    # And back.
    await anna.press(data=f"c:{first}", on=done)
    await anna.press("🔗 Unite")
    await anna.press("↩️ Take apart: Petrov I.")
    assert "Undone: “Ivan Petrov” and “Petrov I.” are two clients again" in anna.text
    assert "👤 Petrov I." in anna.text
    # What was set since stays where it was set.
    assert await whose(world, CONTACT) == all_of(second) | {"task": {first, second}}
    assert [value for value, _ in await points_of(world, first)] == [PHONE, "ivan@example.com"]
    assert sorted(value for value, _ in await points_of(world, second)) == sorted([PHONE, OTHER_PHONE])
    assert [one["merged"] for one in await changes_of(world, first) if "merged" in one] == [
        [None, second],
        [second, None],
    ]
    assert [one["merged_into"] for one in await changes_of(world, second) if "merged_into" in one] == [
        [None, first],
        [first, None],
    ]


@pytest.mark.parametrize("kind", [CONTACT, FIRM])
async def test_undo_gives_back_exactly_what_was(world: World, kind: ClientKind) -> None:
    first, second = await two(world, kind)
    await belongings(world, kind, second)
    await belongings(world, kind, first)
    tables = (Deal, Lead, Task, Note, Call, Contact, Company)
    before = {model.__tablename__: rows for model in tables for rows in [await as_it_is(world, model)]}
    points = await points_of(world, first, kind), await points_of(world, second, kind)
    marks = (ContactTag if kind is CONTACT else CompanyTag).__table__
    tagged = await world.rows(select(marks).order_by(*marks.c))
    done = await unite(world, first, second, kind, picks=2**8 - 1)
    assert await whose(world, kind) != {}
    assert (await as_it_is(world, Deal)) != before["deal"]
    card = await world.services.clients.card(await actor_of(world.services, "anna"), kind, first)
    assert card.tags == ("Dealer", "VIP", "Wholesale")
    assert len(await world.rows(select(marks))) == 3
    await world.services.merging.undo(await actor_of(world.services, "anna"), kind, first, done.merge_id)
    after = {model.__tablename__: rows for model in tables for rows in [await as_it_is(world, model)]}
    assert after == before
    assert await world.rows(select(marks).order_by(*marks.c)) == tagged
    assert len(tagged) == 4
    assert await points_of(world, first, kind) == points[0]
    assert sorted(await points_of(world, second, kind)) == sorted(points[1])


async def test_in_russian_a_company_is_united_by_its_tax_number(world: World) -> None:
    await make_firm(world, name="Ромашка", inn=INN)
    second = await make_firm(world, name="ООО Ромашка и Ко")
    await world.services.people.speak(await actor_of(world.services, "anna"), "ru")
    await world.anna.press(data=f"kf:{second}")
    await world.anna.press("🔗 Объединить")
    assert "Похожих нет" in world.anna.text
    await world.anna.say(INN)
    await world.anna.press("🏢 Ромашка")
    await world.anna.press("🔁 Наоборот")
    assert "Остаётся карточка: Ромашка\n" in world.anna.text
    await world.anna.press("👤 Имя: ООО Ромашка и Ко")
    assert "Остаётся карточка: Ромашка, но под именем ООО Ромашка и Ко" in world.anna.text
    await world.anna.press("✅ Да, объединить")
    assert "«Ромашка» и «ООО Ромашка и Ко» теперь один клиент" in world.anna.text
    assert "🏢 ООО Ромашка и Ко" in world.anna.text
    await world.anna.press("↩️ Отменить")
    assert "Объединение отменено: «Ромашка» и «ООО Ромашка и Ко» снова два клиента" in world.anna.text
    # A card is drawn over by what is no event of its own update.
    own = select(Event.subject_id).where(Event.update_id.is_not(None)).order_by(Event.id.desc()).limit(1)
    assert await world.rows(own) == [(second,)]


async def test_only_whoever_may_change_both_and_only_what_they_see(world: World) -> None:
    mine, other = await two(world)
    foreign = await make_client(world, "boris", "Petrov of Boris", phones=("+79160000009",))
    victors = await make_client(world, "victor", "Petrov of Victor", phones=("+79160000008",))
    merging, choices = world.services.merging, world.services.merge_choices
    anna = await actor_of(world.services, "anna")
    for name, kept, gone, code in (
        ("anna", mine, foreign, "contact.not_found"),
        ("anna", foreign, mine, "contact.not_found"),
        ("anna", mine, 4242, "contact.not_found"),
        ("anna", mine, mine, "merge.same"),
        ("helen", mine, victors, "contact.not_found"),
        ("boris", mine, other, "contact.not_found"),
        ("fiona", mine, other, "contact.not_found"),
        ("max", mine, other, "contact.not_found"),
    ):
        actor = await actor_of(world.services, name)
        for deed in (
            choices.preview(actor, CONTACT, kept, gone, 0),
            merging.merge(actor, CONTACT, kept, gone, seen_as(0, 1, 1)),
        ):
            with pytest.raises(AppError) as refused:
                await deed
            assert refused.value.code == code, (name, kept, gone)
    assert [line.id for line in (await choices.offer(anna, CONTACT, mine)).found] == [other]
    assert [line.id for line in (await choices.offer(anna, CONTACT, mine, "petrov")).found] == [other]
    helen = await actor_of(world.services, "helen")
    assert {line.id for line in (await choices.offer(helen, CONTACT, mine, "petrov")).found} == {
        other,
        foreign,
    }
    # A head unites what her people have; each keeps their own afterwards.
    done = await unite(world, mine, foreign, who="helen")
    boris = await actor_of(world.services, "boris")
    with pytest.raises(AppError, match=r"contact\.not_found"):
        await merging.undo(boris, CONTACT, mine, done.merge_id)
    with pytest.raises(AppError, match="not_allowed"):
        await merging.undo(anna, CONTACT, mine, done.merge_id)
    with pytest.raises(AppError, match=r"contact\.not_found"):
        await world.services.clients.card(boris, CONTACT, foreign)
    await merging.undo(helen, CONTACT, mine, done.merge_id)
    assert (await world.services.clients.card(boris, CONTACT, foreign)).name == "Petrov of Boris"
    assert "🔗 Unite" not in world.fiona.labels


async def test_undo_is_refused_where_something_forbids_it_and_keeps_what_came_later(world: World) -> None:
    first, second = await two(world)
    third = await make_client(world, name="Ivan", phones=("+79160000003",))
    anna, merging = await actor_of(world.services, "anna"), world.services.merging
    done = await unite(world, first, second)
    further = await unite(world, third, first)
    with pytest.raises(AppError, match=r"merge\.later"):
        await merging.undo(anna, CONTACT, first, done.merge_id)
    # Through both of them the first one's number leads to the last.
    assert (await world.services.clients.card(anna, CONTACT, second)).id == third
    await merging.undo(anna, CONTACT, third, further.merge_id)
    with pytest.raises(AppError, match="stale"):
        await merging.undo(anna, CONTACT, third, further.merge_id)
    with pytest.raises(AppError, match=r"contact\.not_found"):
        await merging.undo(anna, CONTACT, third, done.merge_id)
    # What was changed since stays: a note that was written anew, a phone that was taken away.
    changes = world.services.client_changes
    await changes.set_field(anna, CONTACT, first, ClientField.NOTE, "Moved away")
    moved = (await world.rows(select(ContactPoint.id).where(ContactPoint.value == OTHER_PHONE)))[0][0]
    await changes.drop_point(anna, CONTACT, first, moved)
    world.clock.turn(hours=24)
    await merging.undo(anna, CONTACT, first, done.merge_id)
    assert (await world.services.clients.card(anna, CONTACT, first)).note == "Moved away"
    back = await world.services.clients.card(anna, CONTACT, second)
    assert (back.note, [point.value for point in back.points]) == ("Likes oak", [PHONE])
    late = await unite(world, first, second)
    world.clock.turn(hours=24, seconds=1)
    assert (await world.services.merge_choices.offer(anna, CONTACT, first)).undo is None
    with pytest.raises(AppError, match=r"merge\.too_late"):
        await merging.undo(anna, CONTACT, first, late.merge_id)
    # What is known of the one that is gone is not kept for nothing; its number leads on.
    async with world.db.write() as uow:
        await uow.merges.forget(world.clock.now() - timedelta(seconds=1))
    [(row,)] = await world.rows(select(Merge).where(Merge.id == late.merge_id))
    assert (row.gone, row.points, row.changed, row.moved) == (None, [], {}, {})
    with pytest.raises(AppError, match=r"merge\.too_late"):
        await merging.undo(anna, CONTACT, first, late.merge_id)
    assert (await world.services.clients.card(anna, CONTACT, second)).id == first


async def test_who_is_back_finds_its_company_and_its_owner_as_they_are_now(world: World) -> None:
    first, second = await two(world)
    old, new = await make_firm(world, name="Old LLC"), await make_firm(world, name="New LLC")
    anna, merging = await actor_of(world.services, "anna"), world.services.merging
    await world.services.client_changes.link(
        anna, second, old, (await world.services.clients.card(anna, CONTACT, second)).version
    )
    done = await unite(world, first, second)
    await unite(world, new, old, FIRM)
    helen = await actor_of(world.services, "helen")
    boris = (await actor_of(world.services, "boris")).person_id
    version = (await world.services.clients.card(helen, CONTACT, first)).version
    await world.services.client_changes.hand_over(helen, CONTACT, first, boris, version)
    async with world.db.write() as uow:
        (await uow.session.get_one(Person, anna.person_id)).status = "left"
    await merging.undo(helen, CONTACT, first, done.merge_id)
    back = (await world.rows(select(Contact.company_id, Contact.owner_id).where(Contact.id == second)))[0]
    assert tuple(back) == (new, boris)
    stays = (await world.rows(select(Contact.company_id).where(Contact.id == first)))[0][0]
    assert stays is None


async def test_of_those_who_unite_the_same_at_once_one_wins(world: World) -> None:
    first, second = await two(world)
    await belongings(world, CONTACT, second)
    merging = world.services.merging
    helen, anna = [await actor_of(world.services, name) for name in ("helen", "anna")]
    choices = world.services.merge_choices
    one = (await choices.preview(anna, CONTACT, first, second, 0)).seen
    other = (await choices.preview(anna, CONTACT, second, first, 0)).seen
    came = await asyncio.gather(
        merging.merge(anna, CONTACT, first, second, one),
        merging.merge(helen, CONTACT, second, first, other),
        merging.merge(helen, CONTACT, first, second, one),
        return_exceptions=True,
    )
    won = [one for one in came if isinstance(one, Merged)]
    assert len(won) == 1
    assert {error.code for error in came if isinstance(error, AppError)} == {"client.merged"}
    assert (await world.rows(select(func.count()).select_from(Contact)))[0][0] == 1
    told = select(func.count()).where(Event.action == "client.merge")
    assert (await world.rows(told))[0][0] == 2
    assert len({client for owners in (await whose(world, CONTACT)).values() for client in owners}) == 1


async def test_too_many_phones_are_refused_and_all_stays(world: World) -> None:
    phones = [f"+7916000{n:04}" for n in range(22)]
    first = await make_client(world, name="Ivan", phones=tuple(phones[:11]))
    second = await make_client(world, name="Petr", phones=tuple(phones[11:]))
    before = await digest(world.db)
    with pytest.raises(AppError, match=r"client\.too_many_points"):
        await unite(world, first, second)
    assert await digest(world.db) == before


async def test_it_is_told_whose_a_client_will_be_who_had_two_managers(world: World) -> None:
    first, second = await make_client(world, name="Ivan"), await make_client(world, "boris", name="Ivan")
    third = await make_client(world, name="Ivan")
    for kept, gone, told in ((first, second, "Anna"), (second, first, "Boris"), (first, third, None)):
        await world.helen.press(data=f"kms:contact:{kept}:{gone}:0")
        line = f"👔 Responsible from now on: {told}"
        assert (line in world.helen.text) is (told is not None)


async def test_own_fields_and_who_is_responsible_are_chosen_and_taken_back(world: World) -> None:
    olga = await actor_of(world.services, "olga")
    first, second = await make_client(world, name="Ivan"), await make_client(world, "boris", name="Ivan")
    hobby = await make_field(world.services, olga, FieldKind.TEXT, "Hobby", subject=FieldSubject.CONTACT)
    size = await make_field(world.services, olga, FieldKind.NUMBER, "Size", subject=FieldSubject.CONTACT)
    for client, said, number in ((first, "Chess", "40"), (second, "Fishing", "41")):
        await world.services.filling.write(olga, FieldSubject.CONTACT, client, hobby.id, said)
        await world.services.filling.write(olga, FieldSubject.CONTACT, client, size.id, number)
    await world.helen.press(data=f"kms:contact:{first}:{second}:0")
    assert "Hobby: Chess / Fishing" in world.helen.text
    assert "Size: 40 / 41" in world.helen.text
    await world.helen.press("Hobby: Fishing")
    assert "Hobby: Fishing / Chess" in world.helen.text
    await world.helen.press("👔 Responsible: Boris")
    assert "👔 Responsible from now on: Boris" in world.helen.text
    await world.helen.press("✅ Yes, unite")
    assert "👔 Boris" in world.helen.text
    assert "Hobby: Fishing" in world.helen.text
    assert "Size: 40" in world.helen.text
    [(merge,)] = await world.rows(select(Merge.id))
    # What somebody has changed since stays as they said.
    await world.services.filling.write(olga, FieldSubject.CONTACT, first, size.id, "42")
    helen = await actor_of(world.services, "helen")
    await world.services.merging.undo(helen, CONTACT, first, merge)
    for client, owner, said in ((first, "Anna", ["Chess", 42]), (second, "Boris", ["Fishing", 41])):
        card = await world.services.clients.card(helen, CONTACT, client)
        assert card.owner is not None
        assert (card.owner.name, [line.value for line in card.fields]) == (owner, said)
