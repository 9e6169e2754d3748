"""What a form cannot read is refused under the form's own buttons, and they still work."""

import pytest

from tests.deals.making import make_deal
from tests.leads.making import taken_lead
from tests.stories.staging import restarted
from tests.stories.wire import check_wire
from tests.stories.wizards import DEALS, LEADS, SETTINGS, WORK, take
from tests.tasks.ticking import set_task
from tests.world import World

TYPED = {
    name: wizard
    for wizards in (DEALS, LEADS, WORK, SETTINGS)
    for name, wizard in wizards.items()
    if isinstance(wizard.after[0], str) and name not in ("title", "qualify")
}
"""Without the deal's title, which stays as it is, and without what needs another form to be ended before."""


async def stage(world: World) -> None:
    """The deals, leads and the task that the forms are about."""
    await set_task(world, "anna")
    await make_deal(world, stage="New")
    await make_deal(world, stage="In work", contact=False, title="Fences")
    await make_deal(world, stage="In work", title="Roofs")
    await make_deal(world, stage="Awaiting payment", amount=90_000_00, title="Gates")
    await taken_lead(world, owner="boris", phone="+79160000001")
    await taken_lead(world, owner="boris", phone="+79160000002")


async def test_a_refusal_keeps_the_buttons_of_its_form_over_a_restart(world: World) -> None:
    await stage(world)
    for name, wizard in TYPED.items():
        async with restarted(world) as before:
            hand = before.hands[wizard.who]
            await take(before, wizard.who, wizard.before)
            asked = hand.labels
            way_out = next(label for label in asked if label in ("✖️ Cancel", "◀️ Back"))
        async with restarted(world) as after:
            hand = after.hands[wizard.who]
            await hand.do("send_file", None, "voice.ogg", b"OggS", "voice")
            assert hand.labels == asked, (name, hand.text)
            await hand.press(way_out)
            assert hand.labels != asked, (name, hand.text)
            await check_wire(after)


@pytest.mark.parametrize(
    ("who", "opening", "typed"),
    [
        ("anna", "ds:1", "a lot"),
        ("boris", "lf:1:phone", "nobody knows"),
        ("boris", "lf:1:amount", "a lot"),
        ("anna", "w:1:0", "some day"),
        ("helen", "repy:0", "lately"),
    ],
)
async def test_the_way_back_stands_under_the_error(world: World, who: str, opening: str, typed: str) -> None:
    await stage(world)
    hand = world.hands[who]
    await hand.press(data=opening)
    question, asked = hand.text, hand.labels
    for _ in range(2):
        await hand.say(typed)
        assert hand.text != question
        assert hand.labels == asked
    way = "◀️ Back" if "◀️ Back" in asked else "✖️ Cancel"
    await hand.press(way)
    assert hand.labels != asked
    await hand.say("nothing like it at all, my friend")
    assert asked != hand.labels
