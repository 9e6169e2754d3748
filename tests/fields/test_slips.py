"""A slip of one letter in the name of a choice, wherever one is typed: forgiven, told, asked about."""

from dataclasses import replace

import pytest

from keyboards.list_data import FilterFieldCb
from services.dto.fields import FieldKind, FieldSubject, Option, Value
from services.errors import AppError
from services.fields.reading import read_value
from services.near import nearest
from services.understanding.lead_line import parse_lead
from tests.cast import actor_of
from tests.deals.making import make_deal
from tests.fields.making import make_field
from tests.fields.test_reading import WHERE, field
from tests.world import World

KNOWN = (Option(1, "Рекомендация"), Option(2, "Наружная реклама"), Option(3, "Сайт"), Option(4, "ВК"))
FORGIVES = replace(WHERE, forgives=True)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Рекомендцаия", "Рекомендация"),
        ("рекоменация", "Рекомендация"),
        ("рекомендациия", "Рекомендация"),
        ("рекомендацея", "Рекомендация"),
        ("наружная рекалма", "Наружная реклама"),
        ("сйат", "Сайт"),
    ],
)
def test_one_slip_in_one_word_is_forgiven(typed: str, meant: str) -> None:
    for kind in (FieldKind.CHOICE, FieldKind.CHOICES):
        of_kind = replace(field(kind), options=KNOWN)
        value: Value | None = read_value(of_kind, typed, FORGIVES)
        assert value == tuple(one for one in KNOWN if one.name == meant)
        with pytest.raises(AppError, match=r"field\.bad_choice"):
            read_value(of_kind, typed, WHERE)


@pytest.mark.parametrize("typed", ["рекомендцаи", "нарожная рекалма", "сай", "ва", "реклама", "сайтсайт"])
def test_more_than_that_is_not(typed: str) -> None:
    assert nearest(typed, [one.name for one in KNOWN]) == []
    with pytest.raises(AppError, match=r"field\.bad_choice"):
        read_value(replace(field(FieldKind.CHOICE), options=KNOWN), typed, FORGIVES)


def test_where_several_are_as_near_it_is_asked_and_the_very_name_wins() -> None:
    options = (Option(1, "Окна"), Option(2, "Окно"))
    listed = replace(field(FieldKind.CHOICE), options=options)
    with pytest.raises(AppError) as refused:
        read_value(listed, "Окну", FORGIVES)
    assert (refused.value.code, refused.value.params["near"]) == ("field.near_choices", "Окна, Окно")
    assert read_value(listed, "окно", FORGIVES) == (options[1],)
    gone = replace(listed, options=(options[0], replace(options[1], gone=True)))
    assert read_value(gone, "Окну", FORGIVES) == (options[0],), "what is offered no more is not meant"


async def test_a_list_asks_for_what_was_meant_and_shows_it(world: World) -> None:
    olga, anna = await actor_of(world.services, "olga"), await actor_of(world.services, "anna")
    deal, _ = await make_deal(world), await make_deal(world)
    wood = await make_field(world.services, olga, FieldKind.CHOICE, "Material", "Wood\nPlastic")
    await world.services.filling.write(anna, FieldSubject.DEAL, deal, wood.id, "Plastic")
    card = await world.services.lists.ask_field(anna, 0, wood.id, "plasitc")
    assert [line.id for line in (await world.services.lists.page(anna, card.id)).page.items] == [deal]
    await world.anna.press(data=FilterFieldCb(listing_id=card.id, field_id=wood.id).pack())
    await world.anna.say("Wodo")
    assert "Material: Wood" in world.anna.text


async def test_what_was_taken_is_said_on_the_screen(world: World) -> None:
    olga, anna = await actor_of(world.services, "olga"), world.anna
    deal = await make_deal(world)
    await make_field(world.services, olga, FieldKind.CHOICE, "Material", "Wood\nPlastic\nOkna\nOkno")
    await anna.press(data=f"d:{deal}")
    await anna.press("📋 Fields")
    await anna.press("Material")
    await anna.say("Steel")
    assert "“Steel” is not in the list." in anna.text
    await anna.say("Oknu")
    assert "“Oknu” may be any of these: Okna, Okno. Please press the one that you mean." in anna.text
    assert {"Okna", "Okno"} <= set(anna.labels)
    await anna.say("Platsic")
    assert anna.text.startswith("✏️ Understood as Plastic.\n")
    assert "▪️ Material: Plastic" in anna.text
    await anna.press("Material")
    await anna.say("wood")
    assert "Understood as" not in anna.text
    await world.services.people.speak(await actor_of(world.services, "anna"), "ru")
    await anna.press("Material")
    await anna.say("Oknu")
    assert "«Oknu» может означать: Okna, Okno." in anna.text
    await anna.say("Platsic")
    assert anna.text.startswith("✏️ Понято как Plastic.\n")


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("Окна, Иван +7 916 123-45-67, источник: рекомендцаия", "referral"),
        ("Окна, Иван +7 916 123-45-67, источник: рекомендация", "referral"),
        ("Окна, Иван +7 916 123-45-67, источник: слон", "other"),
    ],
)
def test_a_slip_in_the_source_of_a_lead_is_forgiven(line: str, source: str) -> None:
    assert parse_lead(line, "RU").source == source
