"""Buttons of deals."""

from collections.abc import Iterable

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from keyboards.bin import delete
from keyboards.chat_data import TeamChatCb
from keyboards.clients import ContactCb, FirmCb
from keyboards.common import button, cut, grid, home, rows
from keyboards.data import CancelCb
from keyboards.deal_data import (
    DealAwayCb,
    DealBoardCb,
    DealCallsCb,
    DealCb,
    DealCrewCb,
    DealFilesCb,
    DealFirmsCb,
    DealGiveCb,
    DealHeirsCb,
    DealHistoryCb,
    DealMoveCb,
    DealMovesCb,
    DealMuteCb,
    DealNoteCb,
    DealOutCb,
    DealPayCb,
    DealReturnsCb,
    DealSumCb,
    DealTasksCb,
    DealTidyCb,
    DealTitleCb,
    DealUndoCb,
    DealUntidyCb,
    PaymentsCb,
)
from keyboards.deal_message import message_button
from keyboards.fields import fields_button
from keyboards.stage_marks import STYLES
from keyboards.tags import tags_button
from keyboards.task_data import DealTaskCb
from keyboards.tongue import Tongue
from services.access import CLOSED_KINDS, Action, StageKind
from services.dto.common import EventLine, Page, Ref
from services.dto.deals import DealCard, StageRef
from services.dto.fields import FieldSubject


def deal_card(deal: DealCard, t: Tongue) -> InlineKeyboardMarkup:
    """Under a deal's card: the likely next step first, then what else may be done."""
    undo = DealUndoCb(deal_id=deal.id, event_id=deal.undo, version=deal.version) if deal.undo else None
    return rows(
        [next_stage(deal), _onward(deal, t)],
        [message_button(deal, t)],
        _archive(deal, t),
        [button(t("↩️ Undo"), undo) if undo else None],
        [_leftovers(deal, t)],
        *grid(_deeds(deal, t)),
        _company(deal, t),
        *grid(_around(deal, t)),
        [button(t("◀️ Deals"), DealBoardCb()), home(t)],
    )


def _leftovers(deal: DealCard, t: Tongue) -> InlineKeyboardButton | None:
    """What a won deal has left to do: one tap closes it, one more opens it again."""
    if deal.leftovers:
        label = t.many("🧹 Close {n} open task", "🧹 Close {n} open tasks", deal.leftovers)
        return button(label, DealTidyCb(deal_id=deal.id))
    if deal.reopens is None:
        return None
    return button(t("↩️ Open the tasks again"), DealUntidyCb(deal_id=deal.id, event_id=deal.reopens))


def next_stage(deal: DealCard) -> InlineKeyboardButton | None:
    """The step that most deals take next: the first stage ahead that is not a loss."""
    if deal.next is None:
        return None
    data = DealMoveCb(deal_id=deal.id, stage_id=deal.next.id, version=deal.version)
    return button(f"▶️ {deal.next.name}", data, STYLES.get(deal.next.kind, "primary"))


def _onward(deal: DealCard, t: Tongue) -> InlineKeyboardButton | None:
    """Where else it may go; what is closed has to come back first."""
    if deal.stage.kind in CLOSED_KINDS:
        data = DealReturnsCb(deal_id=deal.id)
        return button(t("♻️ Return to work"), data) if deal.returns or deal.moves else None
    return button(t("🔀 Move"), DealMovesCb(deal_id=deal.id)) if deal.moves else None


def _archive(deal: DealCard, t: Tongue) -> list[InlineKeyboardButton]:
    if not deal.can & {Action.DEAL_ARCHIVE, Action.DEAL_ARCHIVE_LOST}:
        return []
    if deal.archived_at is None:
        return [button(t("🗄 To the archive"), DealAwayCb(deal_id=deal.id))]
    out = DealOutCb(deal_id=deal.id, version=deal.version)
    return [button(t("↩️ Return from the archive"), out)]


def _deeds(deal: DealCard, t: Tongue) -> Iterable[InlineKeyboardButton]:
    if deal.talk is not None and deal.talk.next_task is not None:
        yield button(t("📌 Tasks"), DealTasksCb(deal_id=deal.id))
    if Action.TASK_CREATE in deal.can:
        yield button(t("➕ Task"), DealTaskCb(deal_id=deal.id))
    if Action.CALL_LOG in deal.can:
        yield button(t("📞 Call outcome"), DealCallsCb(deal_id=deal.id))
    if Action.NOTE_ADD in deal.can:
        yield button(t("📝 Note"), DealNoteCb(deal_id=deal.id))
    if deal.may_price:
        yield button(t("💰 Sum"), DealSumCb(deal_id=deal.id))
    if Action.DEAL_EDIT in deal.can:
        yield button(t("✏️ Title"), DealTitleCb(deal_id=deal.id))
        if deal.company is None:
            yield button(t("🔗 Link a company"), DealFirmsCb(deal_id=deal.id))
    yield from _money(deal, t)


def _money(deal: DealCard, t: Tongue) -> Iterable[InlineKeyboardButton]:
    if Action.PAYMENT_RECORD in deal.can and not deal.is_paid:
        yield button(t("💳 Record a payment"), DealPayCb(deal_id=deal.id), "primary")
    elif Action.PAYMENT_RECORD in deal.can and deal.stage.kind is StageKind.PAYMENT:
        yield button(t("💳 One more payment"), DealPayCb(deal_id=deal.id))
    if Action.PAYMENT_TAKE_BACK in deal.can and deal.payments:
        yield button(t("✖️ Correct payments"), PaymentsCb(deal_id=deal.id))


def _company(deal: DealCard, t: Tongue) -> list[InlineKeyboardButton | None]:
    """Its company, to open, and beside it to change for another one."""
    if deal.company is None:
        return []
    change = DealFirmsCb(deal_id=deal.id) if Action.DEAL_EDIT in deal.can else None
    return [
        button(t("🏢 Company"), FirmCb(firm_id=deal.company.id)) if deal.company.opens else None,
        button(t("🔁 Change company"), change) if change is not None else None,
    ]


def _around(deal: DealCard, t: Tongue) -> Iterable[InlineKeyboardButton]:
    """Its people, its fields, its files and its history."""
    if (fields := fields_button(FieldSubject.DEAL, deal.id, deal.fields, t)) is not None:
        yield fields
    if deal.contact is not None and deal.contact.opens:
        yield button(t("👤 Client"), ContactCb(contact_id=deal.contact.id))
    if Action.DEAL_HAND_OVER in deal.can:
        yield button(t("🤝 Hand over"), DealHeirsCb(deal_id=deal.id))
    if deal.files and Action.DEAL_TALK_VIEW in deal.can:
        yield button(t("📎 Files"), DealFilesCb(deal_id=deal.id))
    if Action.DEAL_TAG in deal.can:
        yield tags_button(FieldSubject.DEAL, deal.id, t)
    if Action.DEAL_SHARE in deal.can:
        yield button(t("👥 Co-workers"), DealCrewCb(deal_id=deal.id))
        yield button(t("💬 Chat"), TeamChatCb(kind="deal", holder_id=deal.id))
    if Action.DEAL_TALK_VIEW in deal.can:
        yield button(t("🕓 History"), DealHistoryCb(deal_id=deal.id))
    mute = DealMuteCb(deal_id=deal.id, on=int(not deal.muted))
    yield button(t("🔔 Unmute") if deal.muted else t("🔕 Mute"), mute)
    if Action.DEAL_DELETE in deal.can:
        yield delete("deal", deal.id, t)


def heirs(deal: DealCard, people: tuple[Ref, ...], t: Tongue) -> InlineKeyboardMarkup:
    """Colleagues to give a deal to."""
    return rows(
        *grid(
            [
                button(person.name, DealGiveCb(deal_id=deal.id, person_id=person.id, version=deal.version))
                for person in people
            ]
        ),
        [deal_back(deal.id, t)],
    )


def deal_history(deal_id: int, page: Page[EventLine], t: Tongue) -> InlineKeyboardMarkup:
    """Older events, and back to the card."""
    older = DealHistoryCb(deal_id=deal_id, after=page.next_after) if page.next_after else None
    return rows([deal_back(deal_id, t), button(t("Older ▶️"), older) if older else None])


def deal_form(deal_id: int, t: Tongue) -> InlineKeyboardMarkup:
    """While something about a deal is being typed."""
    return rows([deal_back(deal_id, t), button(t("✖️ Cancel"), CancelCb())])


def deal_opener(
    deal_id: int, t: Tongue, stage: StageRef | None = None, version: int = 0
) -> InlineKeyboardMarkup:
    """Under a notice: straight to the deal, or straight to the deed."""
    deed = DealMoveCb(deal_id=deal_id, stage_id=stage.id, version=version) if stage else None
    return rows(
        [button(stage.name, deed, STYLES.get(stage.kind)) if stage and deed else None],
        [button(t("Open the deal"), DealCb(deal_id=deal_id), "primary")],
    )


def deal_back(deal_id: int, t: Tongue) -> InlineKeyboardButton:
    """To the deal's card."""
    return button(t("◀️ Back"), DealCb(deal_id=deal_id))


STAGE = 30
"""So much of the name of a stage stands on a button."""


def ruled(deal: DealCard, stage_id: int, name: str, t: Tongue, *, may: bool) -> InlineKeyboardMarkup:
    """Under a deal that a rule would move: first of all what does it, for whom may."""
    card = deal_card(deal, t)
    if not may:
        return card
    move = DealMoveCb(deal_id=deal.id, stage_id=stage_id, version=deal.version)
    first = [button(t("✍️ Fill in, to “{stage}”", stage=cut(name, STAGE)), move, "primary")]
    return InlineKeyboardMarkup(inline_keyboard=[first, *card.inline_keyboard])
