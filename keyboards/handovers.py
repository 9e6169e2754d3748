"""Buttons of deals that change hands together."""

from aiogram.types import InlineKeyboardMarkup

from keyboards.common import button, grid, home, rows
from keyboards.data import Id, Press
from keyboards.deal_data import DealBoardCb, DealCb, DealPeopleCb
from keyboards.tongue import Tongue
from services.dto.common import Ref
from services.dto.handovers import DealsHandover, DealsInHand, Holder


class DealsOfPress(Press, prefix="-do"):
    """A button on the deals of a colleague."""

    person_id: Id

    def subject(self) -> tuple[str, int]:
        """The colleague's card."""
        return ("person", self.person_id)


class DealsOfCb(DealsOfPress, prefix="do"):
    """A colleague's deals in work, after a key (0: from the newest)."""

    after: Id = 0


class DealsHeirsCb(DealsOfPress, prefix="doh"):
    """Who takes them all?"""


class DealsAskCb(DealsOfPress, prefix="doa"):
    """Ask whether this colleague shall take them."""

    heir_id: Id


class DealsGiveCb(DealsOfPress, prefix="dog"):
    """Give them all to this colleague; refused unless they are still so many, with the same newest one."""

    heir_id: Id
    count: Id
    newest: Id


class DealsBackCb(DealsOfPress, prefix="dob"):
    """Take back what was handed over by this event."""

    event_id: Id


def holders(people: tuple[Holder, ...], t: Tongue) -> InlineKeyboardMarkup:
    """One button for each colleague."""
    return rows(
        *grid(
            [button(f"{one.person.name} · {one.deals}", DealsOfCb(person_id=one.person.id)) for one in people]
        ),
        [button(t("◀️ Deals"), DealBoardCb()), home(t)],
    )


def in_hand(found: DealsInHand, t: Tongue) -> InlineKeyboardMarkup:
    """One button for each deal, the way on, and the one for all of them."""
    person, page = found.holder.person, found.page
    more = DealsOfCb(person_id=person.id, after=page.next_after) if page.next_after else None
    return rows(
        *[[button(f"#{line.id} {line.title}", DealCb(deal_id=line.id))] for line in page.items],
        [button(t("More ▶️"), more) if more else None],
        [button(t("🤝 Hand over all"), DealsHeirsCb(person_id=person.id))],
        [button(t("◀️ Colleagues"), DealPeopleCb()), home(t)],
    )


def heirs(person_id: int, people: tuple[Ref, ...], t: Tongue) -> InlineKeyboardMarkup:
    """Who could take them."""
    return rows(
        *grid([button(one.name, DealsAskCb(person_id=person_id, heir_id=one.id)) for one in people]),
        [button(t("◀️ Back"), DealsOfCb(person_id=person_id))],
    )


def sure(plan: DealsHandover, t: Tongue) -> InlineKeyboardMarkup:
    """Yes or no."""
    give = DealsGiveCb(person_id=plan.person.id, heir_id=plan.heir.id, count=plan.deals, newest=plan.newest)
    return rows(
        [button(t("🤝 Yes, hand over"), give, "primary")],
        [button(t("◀️ Back"), DealsHeirsCb(person_id=plan.person.id))],
    )


def mine(t: Tongue) -> InlineKeyboardMarkup:
    """One's own deals, as they are now."""
    return rows([button(t("💼 My deals"), DealBoardCb())])


def done(plan: DealsHandover, t: Tongue) -> InlineKeyboardMarkup:
    """Take it back, or go on."""
    back = DealsBackCb(person_id=plan.person.id, event_id=plan.event)
    return rows(
        [button(t("↩️ Take it back"), back) if plan.event else None],
        [button(t("◀️ Colleagues"), DealPeopleCb()), home(t)],
    )
