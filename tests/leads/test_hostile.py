"""What people and attackers type: markup, direction marks, thousands of emoji, endless numbers."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.i18n import Speech
from db.models import Lead
from handlers.views import lead_drafts, leads, search
from sandbox.markup import parse_html
from services.dto.common import Page, Ref, Sum
from services.dto.lead_intake import LeadDraft, LeadInput
from services.dto.leads import LeadCard, LeadStatus, LeadTeaser
from services.dto.search import Found
from services.errors import AppError
from services.lead_fields import settle
from services.search import read_query
from tests.cast import START, TurnedClock, actor_of
from tests.leads.making import lead_row, taken_lead
from tests.world import World

NASTY = [
    "<b>Ivan</b> & <script>alert(1)</script>",
    "</b></i>{name} %s {0}",
    "\u202egnp.exe\u202c \u2066x\u2069 \u200f",
    "😀" * 5000,
    "👨‍👩‍👧‍👦" * 900,
    "\u0000\u0007null",
    "а\u0301" * 3000,
    "' OR 1=1; --",
]


async def test_nasty_names_are_shown_harmless(world: World) -> None:
    lead = await taken_lead(world, title="Windows")
    anna = await actor_of(world.services, "anna")
    for text in NASTY:
        for field in ("name", "title", "comment"):
            await world.anna.press(data=f"lf:{lead.id}:{field}")
            await world.anna.say(text[:4096])
        row = await lead_row(world, lead.id)
        for value, limit in ((row.name, 200), (row.title, 200), (row.comment, 2000), (row.search, 600)):
            assert value
            assert len(value) <= limit
            assert not set("\u202e\u2066\u200f\u0000") & set(value)
        assert f"#{lead.id}" in world.anna.text
        await world.anna.press(data="ll:mine:0")
        assert f"#{lead.id}" in world.anna.text
        await world.services.search.find(anna, text[:4096])


async def test_thirty_digits_are_no_phone_and_nothing_is_lost(world: World) -> None:
    digits = "123456789012345678901234567890"
    await world.anna.say(f"/lead Doors, Ivan {digits}")
    await world.anna.press("🙋 Mine")
    row = await lead_row(world, 1)
    assert row.phone is None
    assert digits in " ".join(part for part in (row.title, row.name, row.comment) if part)


async def test_a_sum_beyond_all_reason_is_refused(world: World) -> None:
    max_ = await actor_of(world.services, "max")
    for amount in (-1, 10**15, 2**63):
        with pytest.raises(AppError, match="bad_amount"):
            await world.services.leads.create(max_, LeadInput(name="Ivan", amount=amount))
    assert await world.count(Lead) == 0


@given(text=st.text(max_size=400), amount=st.integers(0, 10**14))
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_every_screen_is_valid_markup_within_the_limits(text: str, amount: int) -> None:
    request = settle(LeadInput(title=text, name=text, comment=text * 9, email=text, username=text), "RU")
    card = LeadCard(
        id=1,
        version=1,
        title=request.title or "-",
        name=request.name,
        phone="+79161234567",
        email=request.email,
        username=request.username,
        amount=Sum(amount, "RUB"),
        source=text[:32],
        comment=request.comment,
        status=LeadStatus.REJECTED,
        reject_reason=request.title,
        department=Ref(1, text[:200]),
        owner=Ref(1, text[:200]),
        contact=None,
        deal_id=None,
        created_at=START,
        taken_at=START,
        closed_at=START,
        can=frozenset(),
        talk=(),
    )
    draft = LeadDraft(request, Sum(amount, "RUB"), (Ref(1, "Sales"),), frozenset({1}), None)
    nothing = Found(text[:100], *[Page((), None)] * 4)
    teaser = LeadTeaser(1, request.title, None, text[:32], START)
    for language in ("en", "ru"):
        t = Speech(language, START.tzinfo, TurnedClock())  # type: ignore[arg-type]
        for screen in (
            leads.card(card, t),
            leads.teaser(teaser, t),
            lead_drafts.draft(draft, 1, t),
            search.nothing(nothing, 1, t, may_create=True),
        ):
            plain = parse_html(screen.text).text
            assert 0 < len(plain.encode("utf-16-le")) // 2 <= 4096


@given(text=st.text(max_size=300))
def test_every_text_can_be_looked_for(text: str) -> None:
    needle = read_query(text, "RU")
    assert needle.number is None or needle.number < 10**13
    assert len(needle.words) <= 5
    assert needle.digits is None or needle.digits.isascii()
