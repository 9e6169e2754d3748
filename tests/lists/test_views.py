"""Views: kept, pinned, shared with a department, and read by each with their own eyes."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import select

from db.models import Event, ViewPin
from db.uow import Database
from services.access import Actor
from services.bundle import Services
from services.dto.common import Sum
from services.dto.fields import FieldSubject
from services.dto.lists import Lost
from services.errors import AppError, ForbiddenError, NotFoundError, StaleError
from services.lists.filters import What
from tests.lists.making import sold
from tests.world import World

Find = Callable[[str], Awaitable[Actor]]


async def kept(
    services: Services, actor: Actor, name: str, what: What = What.NO_TASK, number: int = 0
) -> int:
    """A view of somebody's."""
    card = await services.lists.ask(actor, 0, what, number)
    return (await services.views.save(actor, card.id, name)).view.id


async def names(services: Services, actor: Actor) -> list[str]:
    """The views that somebody sees."""
    return [one.name for one in (await services.views.all(actor)).views]


async def events(db: Database) -> list[tuple[str, dict[str, Any]]]:
    """What the history says of views."""
    async with db.read() as uow:
        query = select(Event.action, Event.changes).where(Event.subject == "view").order_by(Event.id)
        return [(row[0], row[1]) for row in await uow.session.execute(query)]


async def test_a_shared_view_shows_to_each_only_what_they_may_see(
    db: Database, services: Services, actor: Find
) -> None:
    helen, anna, boris, hugo = [await actor(name) for name in ("helen", "anna", "boris", "hugo")]
    (annas,), (boriss,) = await sold(db), await sold(db, "boris")
    view = await kept(services, helen, "Without a step")
    assert await names(services, anna) == []
    with pytest.raises(NotFoundError):
        await services.lists.open_view(anna, view)
    sales = min(helen.headed)
    await services.views.share(helen, view, sales)
    assert await names(services, anna) == await names(services, boris) == ["Without a step"]
    for reader, seen in ((helen, {annas, boriss}), (anna, {annas}), (boris, {boriss})):
        page = (await services.lists.open_view(reader, view)).page
        assert {line.id for line in page.items} == seen
    assert await names(services, hugo) == []
    assert await names(services, await actor("olga")) == ["Without a step"]
    card = await services.views.card(anna, view)
    assert (card.view.edits, card.view.mine, card.shares) == (False, False, ())
    for deed in (
        services.views.rename(anna, view, "Mine now"),
        services.views.share(anna, view, 0),
        services.views.drop(anna, view),
    ):
        with pytest.raises(ForbiddenError):
            await deed
    assert (await events(db))[-1] == ("view.share", {"department_id": [None, sales]})


async def test_a_view_of_a_colleague_out_of_reach_says_so(
    db: Database, services: Services, actor: Find
) -> None:
    helen, anna, boris = [await actor(name) for name in ("helen", "anna", "boris")]
    await sold(db, "boris")
    view = await kept(services, helen, "Of Boris", What.PERSON, boris.person_id)
    await services.views.share(helen, view, min(helen.headed))
    shown = await services.lists.open_view(anna, view)
    assert (shown.page.items, shown.asked.lost) == ((), {Lost.PERSON})
    assert (await services.lists.open_view(boris, view)).asked.lost == frozenset()


async def test_only_a_head_shares_and_only_with_their_department(
    db: Database, services: Services, actor: Find
) -> None:
    helen, anna, hugo = [await actor(name) for name in ("helen", "anna", "hugo")]
    mine, hers = await kept(services, anna, "Mine"), await kept(services, helen, "Hers")
    for who, view, place in ((anna, mine, helen.headed), (helen, hers, hugo.headed)):
        with pytest.raises(ForbiddenError):
            await services.views.share(who, view, min(place))
    with pytest.raises(NotFoundError):
        await services.views.share(helen, mine, min(helen.headed))
    olga = await actor("olga")
    with pytest.raises(NotFoundError):
        await services.views.card(olga, mine)
    await services.views.share(helen, hers, min(helen.headed))
    assert (await services.views.card(olga, hers)).view.edits
    with pytest.raises(NotFoundError, match="department"):
        await services.views.share(olga, hers, 987_654)


async def test_the_menu_holds_a_few_and_only_what_is_seen(
    db: Database, services: Services, actor: Find, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.lists.views.MOST_PINNED", 2)
    monkeypatch.setattr("services.lists.views.MOST", 3)
    helen, anna = await actor("helen"), await actor("anna")
    first, second, third = [await kept(services, anna, f"No {n}", What.AMOUNT, n) for n in (1, 2, 3)]

    async def menu(who: Actor) -> list[str]:
        return [one.name for one in (await services.workspace.menu(who)).views]

    assert await menu(anna) == ["No 1", "No 2"]
    with pytest.raises(AppError, match=r"view\.menu_full"):
        await services.views.pin(anna, third, on=True)
    await services.views.pin(anna, first, on=False)
    await services.views.pin(anna, third, on=True)
    assert await menu(anna) == ["No 2", "No 3"]
    with pytest.raises(AppError, match=r"view\.many"):
        await kept(services, anna, "No 4", What.AMOUNT, 4)
    await services.views.drop(anna, second)
    shared = await kept(services, helen, "Shared")
    await services.views.share(helen, shared, min(helen.headed))
    await services.views.pin(anna, shared, on=True)
    assert await menu(anna) == ["No 3", "Shared"]
    await services.views.share(helen, shared, 0)
    assert (await menu(anna), await menu(helen)) == (["No 3"], ["Shared"])
    async with db.read() as uow:
        pins = (await uow.session.execute(select(ViewPin.person_id, ViewPin.view_id))).all()
    assert {tuple(row) for row in pins} == {(anna.person_id, third), (helen.person_id, shared)}


@pytest.mark.parametrize(
    ("name", "code"), [(" \n ", "view.unnamed"), ("x" * 41, "view.too_long"), ("MINE", "view.same_name")]
)
async def test_a_name_is_one_line_of_one_s_own(services: Services, actor: Find, name: str, code: str) -> None:
    anna = await actor("anna")
    await kept(services, anna, "Mine")
    with pytest.raises(AppError, match=code.replace(".", r"\.")):
        await kept(services, anna, name, What.ROTTING)
    assert await names(services, await actor("boris")) == []
    assert await kept(services, await actor("boris"), "Mine")


async def test_a_manager_keeps_a_list_by_buttons(world: World) -> None:
    await sold(world.db, count=9, amount=200_000_00)
    await sold(world.db, "anna", stage="Paid", amount=90_000_00)
    await sold(world.db, "boris")
    anna = world.anna
    await anna.say("/deals")
    await anna.press("🔎 Filter")
    assert "Deals by filter: 10" in anna.text
    assert "Nothing is asked for yet" in anna.text
    await anna.press("💰 Sum")
    await anna.say("nothing of the kind")
    assert "I need a sum, or two" in anna.text
    await anna.say("150k")
    assert "Deals by filter: 9" in anna.text
    assert "from ₽150,000" in anna.text
    await anna.press("⚠️ No next step")
    assert "🗂 Fields" not in anna.labels  # There are none.
    await anna.press("🧭 Stage")
    await anna.press(
        "⚪ New" if "⚪ New" in anna.labels else next(one for one in anna.labels if "New" in one)
    )
    await anna.press("▶️ Show · 9")
    assert anna.labels[:2] == ["#9 Deal of Anna", "#8 Deal of Anna"]
    await anna.press("More ▶️")
    assert anna.labels[0] == "#1 Deal of Anna"
    await anna.press("🔎 Filter")
    await anna.press("💾 Save as a view")
    await anna.say("Hot <ones>")
    assert "📌 Hot <ones>" in anna.text
    assert "Only you see it" in anna.text
    await anna.say("/menu")
    await anna.press("📌 Hot <ones>")
    assert "without a next step" in anna.text
    assert "#9 Deal of Anna" in anna.labels
    await anna.press("📌 Views")
    await anna.press("✏️")
    await anna.press("✏️ Rename")
    await anna.say("Hotter")
    await anna.press("📍 Out of the menu")
    await anna.press("🗑 Delete")
    await anna.press("🗑 Yes, delete")
    assert "None is kept yet" in anna.text
    assert "no such view any more" in (await anna.press(data="v:1") or "")
    async with world.db.read() as uow:
        told = await uow.session.scalars(select(Event.action).where(Event.subject == "view"))
        assert told.all() == ["view.keep"] * 4


async def test_a_view_is_changed_and_keeps_its_name_and_readers(
    services: Services, actor: Find, world: World
) -> None:
    helen, anna, olga = await actor("helen"), await actor("anna"), await actor("olga")
    view = await kept(services, helen, "Quarter", What.AMOUNT, 5)
    await services.views.share(helen, view, min(helen.headed))
    leads = (await services.lists.of(helen, FieldSubject.LEAD)).id
    other = (await services.lists.ask(helen, 0, What.AMOUNT, 7)).id
    for one, listing, wrong in ((anna, 0, ForbiddenError), (helen, leads, NotFoundError)):
        with pytest.raises(wrong):
            await services.views.replace(one, view, listing)
    with pytest.raises(StaleError):
        await services.views.replace(olga, view, other)  # Her own list has another number.
    await services.views.replace(helen, view, other)
    assert (await services.views.card(anna, view)).asked.amount_from == Sum(7, "RUB")
    await sold(world.db, count=2)
    await world.helen.press(data=f"bf:{other}")
    await world.helen.press("↺ Clear")
    await world.helen.press("⚠️ No next step")
    await world.helen.press("💾 Save as a view")
    await world.helen.press("♻️ Quarter")
    assert "📌 Quarter" in world.helen.text
    assert "without a next step" in world.helen.text
    assert "Shared with Sales" in world.helen.text
    await world.helen.say("/find nothing at all")
    assert "called" not in world.helen.text, "no form is left open"


async def test_in_russian(world: World) -> None:
    await sold(world.db, count=2)
    helen = world.helen
    await helen.say("/profile")
    await helen.press("🌐 In Russian")
    await helen.press(data="bf:0")
    assert "Сделки по фильтру: 2" in helen.text
    await helen.press("👔 Менеджер")
    await helen.press("Anna")
    await helen.press("◀️ Назад")
    await helen.press("📅 Дата")
    await helen.press("создано сегодня")
    await helen.press("💾 В подборки")
    await helen.say("Свежие Анны")
    await helen.press("👥 Sales")
    assert "Видна отделу «Sales»: каждый видит в ней своё." in helen.text
    await world.boris.say("/views")
    await world.boris.press("👥 Свежие Анны")
    assert "a colleague whose deals you do not see" in world.boris.text
    assert "Deal of Anna" not in world.boris.text
    await helen.press(data="bs:987654:stage:1")
    assert "Задайте фильтр ещё раз" in (helen.toast or "")


async def test_a_head_does_the_same_with_many_deals_by_buttons(world: World) -> None:
    deals = await sold(world.db, count=10)
    helen = world.helen
    await helen.press(data=f"d:{deals[0]}")
    await helen.press("🏷 Tags")
    await helen.say("Urgent & big")
    assert "🏷 Urgent & big" in helen.text
    await helen.press("✓ 🏷 Urgent & big")
    await helen.say("Urgent & big")
    await helen.press("◀️ Back")
    assert "🏷 Urgent & big" in helen.text
    await helen.press(data="bl:0:0:0")
    await helen.press("☑️ Select")
    await helen.press("◻️ #10 Deal of Anna")
    await helen.press("More ▶️")
    await helen.press("◻️ #1 Deal of Anna")
    assert "Chosen: 2 deals" in helen.text
    await helen.press("🏷 Tag")
    await helen.press("Urgent & big")
    assert "Tag 1 deal with Urgent & big?" in helen.text
    assert "?\n   #10 Deal of Anna\n💰 Together: ₽1,000\n" in helen.text
    assert "1: as wished already\n   #1 Deal of Anna" in helen.text, "who is left out, and why"
    await helen.press("✅ Yes, 1")
    await helen.press(data="bf:0")
    await helen.press("🏷 Tag")
    await helen.press("Urgent & big")
    assert "Deals by filter: 2" in helen.text
    await helen.press("▶️ Show · 2")
    await helen.press("☑️ Select")
    await helen.press("☑️ All of the list")
    await helen.press("🤝 Hand over")
    await helen.press("Boris")
    give = helen.screen.keyboard[0][0]["callback_data"]
    await helen.press("✅ Yes, 2")
    await world.again()
    assert "Boris has got 2 deals." in helen.text
    assert "📦 Helen, with many deals at once:\n• you get 2 deals" in world.boris.text
    done = helen.screen
    assert not await helen.press(data=give), "a second tap changes nothing, and is answered by what is done"
    assert "Boris has got 2 deals." in helen.text
    await helen.press("↩️ Undo all", on=done)
    assert "As before: 2 deals." in helen.text
    assert "2 deals are yours again\n   #1 Deal of Anna\n   #10 Deal of Anna" in world.anna.text
    await world.anna.press(data=f"dh:{deals[0]}:0")
    assert "tags: Urgent & big" in world.anna.text
