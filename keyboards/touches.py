"""Keyboards under what happened with a client."""

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from keyboards.client_cards import back
from keyboards.clients import ClientFilesCb, ClientSaidCb, TouchesCb
from keyboards.common import button, grid, home, rows
from keyboards.deal_data import DealCb
from keyboards.lead_data import LeadCb
from keyboards.notes import MARKS as FILE_MARKS
from keyboards.notes import FileCb
from keyboards.task_data import TaskCb
from keyboards.tongue import Tongue
from services.dto.clients import ClientKind
from services.dto.talk import WholeNote
from services.dto.touches import Touch, Touches, TouchKind

MARKS = {
    TouchKind.DEAL: "💼",
    TouchKind.MOVE: "➡️",
    TouchKind.END: "🏁",
    TouchKind.PAYMENT: "💳",
    TouchKind.LEAD: "📥",
    TouchKind.TASK: "📌",
    TouchKind.COMMENT: "💬",
    TouchKind.NOTE: "📝",
    TouchKind.CALL: "📞",
}
TOUCH = 120
"""A longer text is cut in a line of the touches."""
_OF_DEALS = (TouchKind.MOVE, TouchKind.END, TouchKind.PAYMENT)


def touch_list(touches: Touches, t: Tongue) -> InlineKeyboardMarkup:
    """One button for each touch, and the ways on and back; money, moves and ends have that of their deal."""
    told = [
        touch
        for touch in touches.touches
        if touch.subject != touches.kind or touch.file is not None or _is_cut(touch)
    ]
    opened = [touch for touch in told if touch.kind not in _OF_DEALS]
    known = {touch.subject_id for touch in opened if touch.subject == "deal"}
    others = dict.fromkeys(touch.subject_id for touch in told if touch.kind in _OF_DEALS)
    one = {"kind": touches.kind.value, "client_id": touches.id}
    return rows(
        *[[button(_label(touch, t), _opener(touch, touches))] for touch in opened],
        *grid(button(f"💼 #{deal}", DealCb(deal_id=deal)) for deal in others if deal not in known),
        [
            button(t("◀️ Newer"), TouchesCb(**one, page=touches.page - 1)) if touches.page else None,
            button(t("More ▶️"), TouchesCb(**one, page=touches.page + 1)) if touches.more else None,
        ],
        [back(touches.kind, touches.id, t), home(t)],
    )


def _label(touch: Touch, t: Tongue) -> str:
    mark = MARKS[touch.kind]
    if touch.kind in (TouchKind.DEAL, TouchKind.LEAD):
        return f"{mark} #{touch.subject_id} {touch.text}"
    if touch.kind is TouchKind.CALL:
        # The outcome of a call is a code; the deal or lead is what its button opens.
        return f"{mark} #{touch.subject_id}"
    if touch.file is not None and not touch.text:
        return f"{FILE_MARKS[touch.file.kind]} {touch.file.name or t.when(touch.at)}"
    return f"{mark} {touch.text.partition(chr(10))[0]}"


def _is_cut(touch: Touch) -> bool:
    return touch.note_id is not None and len(touch.text) > TOUCH


def _opener(touch: Touch, touches: Touches) -> CallbackData:
    """The card that tells more; of words that are cut in their line, first all of them."""
    if touch.note_id is not None and _is_cut(touch):
        one = {"kind": touches.kind.value, "client_id": touches.id}
        return ClientSaidCb(**one, note_id=touch.note_id, page=touches.page)
    return _subject(touch)


def said(note: WholeNote, kind: ClientKind, client_id: int, page: int, t: Tongue) -> InlineKeyboardMarkup:
    """Under the whole of a note: what it lies with, and the way back to the touches."""
    one = {"kind": kind.value, "client_id": client_id}
    return rows([_lies_with(note, t)], [button(t("◀️ Back"), TouchesCb(**one, page=page))])


def _lies_with(note: WholeNote, t: Tongue) -> InlineKeyboardButton | None:
    """The card of its deal, lead or task; of the client itself their files, if one came with it."""
    if note.subject == "deal":
        return button(f"💼 #{note.subject_id}", DealCb(deal_id=note.subject_id))
    if note.subject == "lead":
        return button(f"📥 #{note.subject_id}", LeadCb(lead_id=note.subject_id))
    if note.subject == "task":
        return button(t("📌 Task"), TaskCb(task_id=note.subject_id))
    files = ClientFilesCb(kind=note.subject, client_id=note.subject_id)
    return button(t("📎 Files"), files) if note.line.files else None


def _subject(touch: Touch) -> CallbackData:
    if touch.subject == "task":
        return TaskCb(task_id=touch.subject_id)
    if touch.subject == "deal":
        return DealCb(deal_id=touch.subject_id)
    if touch.file is not None and touch.subject in set(ClientKind):
        if touch.file.count == 1:
            return FileCb(file_id=touch.file.id)
        return ClientFilesCb(kind=touch.subject, client_id=touch.subject_id)
    return LeadCb(lead_id=touch.subject_id)
