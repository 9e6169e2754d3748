"""Callback data is a claim of whoever sends it: any is answered, and nothing is done without the right."""

import string

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from handlers.routes import all_routes
from keyboards.deal_data import DealMuteCb
from keyboards.payments import PayAllCb
from tests.deals.making import make_deal
from tests.leads.making import contact_of, taken_lead
from tests.stories.digest import digest
from tests.stories.pressing import press_all, unanswered
from tests.stories.wire import check_wire
from tests.tasks.ticking import set_task
from tests.thinning import thinned
from tests.world import World

ROUTES = all_routes().presses
PREFIXES = sorted(ROUTES)
OWN = frozenset({"mel", "mes", "bfs"})
"""What anybody may set for themselves."""
SPARSELY = 10, 4
NUMBERS = st.one_of(
    st.integers(0, 12).map(str),
    st.sampled_from(["-1", "+1", "1_000", " 1 ", "1.0", "٣", "0x1", "1e3", "9" * 13, "9" * 30, "007"]),
)
WORDS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["", "None", "owner", "all", "free", "phone", "amount", "reached", "spam", "' OR 1=1; --"]
    ),
    st.text(alphabet=string.printable, max_size=12),
)
PARTS = st.lists(NUMBERS | WORDS, max_size=5)
FORGED = st.one_of(
    st.builds(lambda prefix, parts: ":".join([prefix, *parts]), st.sampled_from(PREFIXES), PARTS),
    st.text(min_size=1, max_size=64),
    st.sampled_from([":", "::::", "-", "-d:1", "d", "d:", "D:1", "d:1:2", "\u202ed:1", "d:1\x00"]),
)


def of_each_kind(number: str) -> list[str]:
    """Well-formed data of every kind of button, with this number for each of its fields."""
    fields = {
        prefix: len(route.data.model_fields) for prefix, route in ROUTES.items() if route.data is not None
    }
    return [":".join([prefix, *[number] * fields[prefix]]) for prefix in PREFIXES if prefix not in OWN]


async def everything(world: World) -> None:
    """Something of each kind that belongs to Victor's colleagues in another department."""
    for stage in ("New", "Proposal", "Awaiting payment", "Lost"):
        await make_deal(world, stage=stage, amount=100_00)
    await taken_lead(world, phone="+79160000002")
    await contact_of(world, "anna", phone="+79160000001")
    await set_task(world, "anna", deal=1)
    await world.eve.start()


@given(data=st.data())
@settings(
    max_examples=6,
    deadline=None,
    derandomize=True,  # The examples share one world: one alone would not fail again.
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
async def test_forged_data_change_nothing_of_others(world: World, data: st.DataObject) -> None:
    if not world.eve.messages:
        await everything(world)
    before = await digest(world.db)
    forged = data.draw(st.lists(FORGED, min_size=40, max_size=60))
    harmless = [one for one in forged if one.partition(":")[0] not in OWN]
    wanted = [(name, one) for one in harmless for name in ("victor", "max", "eve")]
    done = await press_all(world, thinned(world.db, wanted, *SPARSELY))
    assert not unanswered(done)
    assert await digest(world.db) == before
    await check_wire(world)


async def test_well_formed_data_of_each_kind_is_harmless_in_a_foreign_hand(world: World) -> None:
    await everything(world)
    before = await digest(world.db)
    datas = of_each_kind("1")
    done = await press_all(world, thinned(world.db, [("victor", one) for one in datas], *SPARSELY))
    assert not unanswered(done)
    assert await digest(world.db) == before
    await check_wire(world)


async def test_finance_and_strangers_reach_no_talk_by_any_button(world: World) -> None:
    await everything(world)
    await world.anna.press(data="dn:3")
    await world.anna.say("Wants a discount of seven")
    before = await digest(world.db)
    since = len(world.telegram.calls)
    # To record what is due, and to hear no more of a deal, is finance's own; all else would change nothing.
    own = {PayAllCb(deal_id=3, amount=3).pack(), DealMuteCb(deal_id=3, on=3).pack()}
    hands = [(name, one) for one in of_each_kind("3") for name in ("fiona", "eve")]
    wanted = [(name, one) for name, one in hands if name == "eve" or one not in own]
    done = await press_all(world, thinned(world.db, wanted, *SPARSELY))
    assert not unanswered(done)
    assert await digest(world.db) == before
    for name in ("fiona", "eve"):
        wire = world.telegram.wire(to=world.hands[name].person, since=since)
        assert "discount" not in wire
    await check_wire(world)


async def test_an_endless_number_is_no_number(world: World) -> None:
    deal = await make_deal(world, stage="New")
    for number in ("9" * 30, "1_0", "+1", " 1", "-1", "1.0", "٣", str(2**63), str(10**13)):
        toast = await world.anna.press(data=f"d:{number}")
        assert toast, number
    await world.anna.press(data=f"d:{deal}")
    assert "Windows for Ivan" in world.anna.text
    await check_wire(world)
