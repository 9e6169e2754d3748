"""A column of tags: understood, made where that is allowed, and taken back with the import."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from bot.i18n import Speech
from db.models import Deal, DealTag, Tag
from handlers.views import imports as views
from services.access import Action
from services.dto.fields import FieldSubject
from services.dto.imports import Fault, FaultLine, Field, RowFault
from services.imports.columns import understand
from services.tag_names import MOST
from tests.cast import TurnedClock
from tests.fields.making import some_deal
from tests.imports.conftest import Desk

Rows = Callable[[Any], Awaitable[list[Any]]]
TAGGED = select(Deal.title, Tag.name).join(DealTag, DealTag.deal_id == Deal.id).join(Tag)


@pytest.mark.parametrize("name", ["Теги", "метка", "Tags", "LABELS", "deal_tags", "Тэги"])
def test_the_column_is_known_by_its_names(name: str) -> None:
    assert understand(["title", name]) == (Field.TITLE, Field.TAGS)


async def test_tags_come_in_and_are_taken_back(desk: Desk, rows: Rows) -> None:
    """As in "a; b" and "a, b"; of a tag that is here already nothing is made and nothing is removed."""
    deal = await some_deal(desk.db, TurnedClock(), replace(desk.owner, departments=frozenset({1})))
    await desk.services.tags.write(desk.owner, FieldSubject.DEAL, deal, "vip")
    card = await desk.hand_in('title,Метки\nA,"VIP, #Дилер"\nB,"дилер; vip"\nC,\nD,Заводы\n')
    assert card.preview is not None
    assert card.preview.new_tags == ("Дилер", "Заводы")
    assert (card.preview.good, card.preview.faults) == (4, ())
    told = views.card(card, Speech("ru", ZoneInfo("UTC"), TurnedClock())).text
    assert "🏷 2 новые метки: Дилер, Заводы" in told
    assert "Метки → метки" in told
    await desk.imports.start(desk.owner, card.id)
    done = await desk.settle(card)
    assert (done.made, done.failed) == (4, 0)
    assert sorted(await rows(TAGGED)) == [
        ("A", "vip"), ("A", "Дилер"), ("B", "vip"), ("B", "Дилер"), ("D", "Заводы"), ("Windows", "vip"),
    ]  # fmt: skip
    found = (await desk.services.search.find(desk.owner, "#дилер")).deals.items
    assert len(found) == 2
    await desk.services.tags.write(desk.owner, FieldSubject.DEAL, deal, "Заводы")
    await desk.take_back(done)
    assert sorted(await rows(select(Tag.name))) == [("vip",), ("Заводы",)]
    assert sorted(await rows(TAGGED)) == [("Windows", "vip"), ("Windows", "Заводы")]


async def test_who_may_make_no_tags_brings_only_those_that_are_here(desk: Desk, rows: Rows) -> None:
    deal = await some_deal(desk.db, TurnedClock(), replace(desk.owner, departments=frozenset({1})))
    await desk.services.tags.write(desk.owner, FieldSubject.DEAL, deal, "vip")
    desk.owner = replace(desk.owner, only=frozenset(Action) - {Action.DEAL_TAG})
    card = await desk.hand_in("title,tags\nA,VIP\nB,Moon\n")
    assert card.preview is not None
    assert card.preview.new_tags == ()
    unknown = Fault(RowFault.UNKNOWN_TAG, "Moon")
    assert card.preview.faults == (FaultLine(unknown, 1, 3),)
    await desk.imports.start(desk.owner, card.id)
    done = await desk.settle(card)
    assert (done.made, done.failed) == (1, 1)
    (failed,) = (await desk.imports.failed_rows(desk.owner, card.id)).rows
    assert (failed.cells, failed.faults) == (("B", "Moon"), (unknown,))
    assert await rows(select(Tag.name)) == [("vip",)]


async def test_a_list_that_no_deal_can_have_fails_with_its_row(desk: Desk) -> None:
    many = "; ".join(f"T{n}" for n in range(11))
    card = await desk.hand_in(f"title,tags\nA,{'x' * 25}\nB,{many}\nC,{'y;' * 900}\nD,ok\n")
    assert card.preview is not None
    assert [(one.fault.reason, one.count) for one in card.preview.faults] == [(RowFault.BAD_TAG, 3)]


async def test_no_more_are_made_than_there_is_room_for(desk: Desk, rows: Rows) -> None:
    lines = "".join(f"D{n},T{n}\n" for n in range(MOST + 2))
    card = await desk.run(f"title,tags\n{lines}")
    assert (card.made, card.failed) == (MOST, 2)
    assert len(await rows(select(Tag.id))) == MOST
    await desk.take_back(card)
    assert await rows(select(Tag.id)) == []


async def test_a_tag_that_was_taken_back_meanwhile_stops_nobody(desk: Desk, rows: Rows) -> None:
    first = await desk.run("title,tags\nA,Moon\n")
    second = await desk.hand_in("title,tags\nB,moon\nC,\n")
    await desk.take_back(first)
    await desk.imports.start(desk.owner, second.id)
    done = await desk.settle(second)
    assert (done.made, done.failed) == (1, 1)
    assert await rows(select(Deal.title)) == [("C",)]


async def test_what_lies_in_the_bin_comes_back_without_a_tag_that_is_gone(desk: Desk, rows: Rows) -> None:
    card = await desk.run("title,tags\nA,Moon\n")
    [(tag,)] = await rows(select(Tag.id))
    deal = await some_deal(desk.db, TurnedClock(), replace(desk.owner, departments=frozenset({1})))
    await desk.services.tags.set(desk.owner, FieldSubject.DEAL, deal, tag, on=True)
    await desk.services.deleting.delete(
        desk.owner, "deal", deal, (await desk.services.deals.card(desk.owner, deal)).version
    )
    await desk.take_back(card)
    assert await rows(select(Tag.id)) == []
    (line,) = (await desk.services.bin.page(desk.owner)).items
    assert await desk.services.bin.restore(desk.owner, line.id) == ("deal", deal)
    assert (await desk.services.deals.card(desk.owner, deal)).tags == ()
    assert await rows(select(Deal.tags)) == [([],)]
