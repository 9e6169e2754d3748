"""A voice, a picture, a place or a card where words were expected: each form says so and waits on."""

import pytest

from tests.deals.making import make_deal
from tests.leads.making import taken_lead
from tests.stories.wire import check_wire
from tests.stories.wizards import DEALS, LEADS, SETTINGS, WORK, Press, Wizard, take
from tests.tasks.ticking import set_task
from tests.world import Hand, World


async def send_everything(hand: Hand) -> None:
    """What a thumb sends by mistake; each gets an answer."""
    for deed, given in (
        ("send_file", (None, "voice.ogg", b"OggS", "voice")),
        ("send_file", (None, "me.jpg", b"\xff\xd8\xff", "photo")),
        ("send_file", (None, "round.mp4", b"0000", "video_note")),
        ("send_location", (None, 55.75, 37.61)),
    ):
        before = len([one for one in hand.messages if one.from_bot])
        await hand.do(deed, *given)
        assert len([one for one in hand.messages if one.from_bot]) > before, (deed, given[1])


@pytest.mark.parametrize(
    "wizards", [DEALS, LEADS, WORK, SETTINGS], ids=["deals", "leads", "work", "settings"]
)
async def test_a_form_waits_on(world: World, wizards: dict[str, Wizard]) -> None:
    await make_deal(world, stage="New")
    await make_deal(world, stage="In work", contact=False, title="Fences")
    await make_deal(world, stage="In work", title="Roofs")
    await make_deal(world, stage="Awaiting payment", amount=90_000_00, title="Gates")
    await taken_lead(world, owner="boris", phone="+79160000001")
    await taken_lead(world, owner="boris", phone="+79160000002")
    for name, wizard in wizards.items():
        hand = world.hands[wizard.who]
        await take(world, wizard.who, wizard.before)
        form = hand.screen
        await send_everything(hand)
        for step in wizard.after:
            if isinstance(step, Press) and step.label in form.labels:
                await hand.press(step.label, on=form)
            else:
                await take(world, wizard.who, (step,))
        assert wizard.shows in form.text + hand.text, (name, form.text, hand.text)
    await check_wire(world)


async def test_files_of_somebody_who_imports_nothing_are_answered(world: World) -> None:
    await set_task(world, "anna")
    for hand in (world.anna, world.fiona, world.max, world.helen):
        await hand.do("send_file", None, "deals.csv", b"title\nDoors\n")
        sells = hand in (world.anna, world.helen)
        assert ("To which deal?" if sells else "imported by the owner") in hand.text
        await send_everything(hand)
    await check_wire(world)


async def test_a_card_of_somebody_else_is_a_lead_and_never_an_identity(world: World) -> None:
    card = "BEGIN:VCARD\nFN:Ivan\nEMAIL:ivan@example.com\nORG:" + "Romashka;" * 1200 + "\nEND:VCARD"
    await world.max.do(
        "send_contact", None, "79161234567", "Olga", user_id=world.olga.person.id, vcard=card[:10_000]
    )
    assert "+7 916 123-45-67" in world.max.text
    assert "ivan@example.com" in world.max.text
    await world.max.say("/profile")
    assert "Marketing" in world.max.text
    await world.eve.do("send_contact", None, "79161234567", "Olga", user_id=world.olga.person.id)
    assert "Owner" not in world.eve.text
    await check_wire(world)
