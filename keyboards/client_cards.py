"""Keyboards under the cards and the lists of contacts and companies."""

from collections.abc import Iterable

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from keyboards.bin import delete
from keyboards.chat_data import TeamChatCb
from keyboards.clients import (
    ClientCallsCb,
    ClientEditCb,
    ClientFilesCb,
    ClientHeirsCb,
    ClientListCb,
    ClientNewCb,
    ClientNoteCb,
    ContactCb,
    FirmCb,
    FirmPeopleCb,
    FirmsCb,
    MergeAskCb,
    PointsCb,
    TouchesCb,
    VcardCb,
)
from keyboards.common import button, grid, home, marked, rows, titled
from keyboards.deal_data import DealCb
from keyboards.fields import fields_button
from keyboards.histories import open_history
from keyboards.lead_data import LeadCb
from keyboards.list_data import FilterClientsCb, FilterFirmsCb
from keyboards.privacy import PrivacyCb
from keyboards.tags import tags_button
from keyboards.task_data import ClientTaskCb
from keyboards.tongue import Tongue
from services.access import Action
from services.dto.clients import ClientCard, ClientKind, ClientLine, ClientList, ContactCard, FirmCard
from services.dto.deals import DealLine
from services.dto.fields import FieldSubject
from services.understanding import phones


def contact_card(contact: ContactCard, t: Tongue) -> InlineKeyboardMarkup:
    """Under a contact's card."""
    send = button(t("📇 Send contact"), VcardCb(contact_id=contact.id))
    return rows(
        [_touches(contact, t), send],
        [_task(contact, t), _note(contact, t)],
        [_files(contact, t), _chat(contact, t)],
        *grid(_edits(contact, t)),
        [_fields(contact, t)],
        [_firm(contact, t), _tags(contact, t)],
        *[[_deal(line, t)] for line in contact.deals],
        *[[button(f"📥 #{line.id} {line.title}", LeadCb(lead_id=line.id))] for line in contact.leads],
        [_hand_over(contact, t), _merge(contact, t)],
        [_privacy(contact, t)],
        [open_history("contact", contact.id, t), _delete(contact, t)],
        [button(t("◀️ Clients"), ClientListCb(kind=ClientKind.CONTACT.value)), home(t)],
    )


def _fields(client: ClientCard, t: Tongue) -> InlineKeyboardButton | None:
    return fields_button(FieldSubject(client.kind), client.id, client.fields, t)


def _tags(client: ClientCard, t: Tongue) -> InlineKeyboardButton | None:
    if Action.CLIENT_TAG not in client.can:
        return None
    return tags_button(FieldSubject(client.kind), client.id, t)


def firm_card(firm: FirmCard, t: Tongue) -> InlineKeyboardMarkup:
    """Under a company's card."""
    new = ClientNewCb(kind=ClientKind.CONTACT.value, firm_id=firm.id)
    return rows(
        [_touches(firm, t), _task(firm, t)],
        *grid(_edits(firm, t)),
        [_note(firm, t), _chat(firm, t)],
        [_files(firm, t)],
        [_fields(firm, t), _tags(firm, t)],
        *[[button(f"👤 {one.name}", ContactCb(contact_id=one.id))] for one in firm.people],
        [
            button(t("👥 All people"), FirmPeopleCb(firm_id=firm.id)) if firm.more_people else None,
            button(t("➕ Person"), new) if Action.CLIENT_CREATE in firm.can else None,
        ],
        *[[_deal(line, t)] for line in firm.deals],
        [_hand_over(firm, t), _merge(firm, t)],
        [open_history("firm", firm.id, t), _delete(firm, t)],
        [button(t("◀️ Companies"), ClientListCb(kind=ClientKind.FIRM.value)), home(t)],
    )


def client_list(clients: ClientList, t: Tongue) -> InlineKeyboardMarkup:
    """Both shelves, one button for each client, and the way on."""
    contacts = clients.kind is ClientKind.CONTACT
    after = clients.page.next_after
    lines = [[client_button(clients.kind, line)] for line in clients.page.items]
    new = ClientNewCb(kind=clients.kind.value, firm_id=clients.firm.id if clients.firm else 0)
    more: CallbackData
    if clients.firm is not None:
        way_back = button(t("◀️ Back"), FirmCb(firm_id=clients.firm.id))
        more = FirmPeopleCb(firm_id=clients.firm.id, after=after or 0)
    else:
        way_back, more = home(t), ClientListCb(kind=clients.kind.value, after=after or 0)
    return rows(
        [] if clients.firm else _shelves(clients.kind, t),
        *lines,
        [
            button(t("➕ New client") if contacts else t("➕ New company"), new)
            if clients.may_create
            else None
        ],
        [] if clients.firm else [button(t("🔎 Filter"), FilterClientsCb() if contacts else FilterFirmsCb())],
        [way_back, button(t("More ▶️"), more) if after else None],
    )


def client_button(kind: ClientKind, line: ClientLine) -> InlineKeyboardButton:
    """To the card of a contact or a company."""
    mark = "👤" if kind is ClientKind.CONTACT else "🏢"
    return button(f"{mark} {line.name}{_hint(line)}", opener(kind, line.id))


def opener(kind: ClientKind, client_id: int) -> CallbackData:
    """The way to a client's card."""
    if kind is ClientKind.CONTACT:
        return ContactCb(contact_id=client_id)
    return FirmCb(firm_id=client_id)


def back(kind: ClientKind, client_id: int, t: Tongue) -> InlineKeyboardButton:
    """The way back to the card."""
    return button(t("◀️ Back"), opener(kind, client_id))


def _hint(line: ClientLine) -> str:
    if not line.hint:
        return ""
    return f" · {phones.show(line.hint) if line.hint.startswith('+') else line.hint}"


def _shelves(shown: ClientKind, t: Tongue) -> Iterable[InlineKeyboardButton]:
    for kind, label in ((ClientKind.CONTACT, t("👤 People")), (ClientKind.FIRM, t("🏢 Companies"))):
        yield button(marked(label, chosen=kind is shown), ClientListCb(kind=kind.value))


def _touches(client: ClientCard, t: Tongue) -> InlineKeyboardButton:
    data = TouchesCb(kind=client.kind.value, client_id=client.id)
    return button(t("🕓 All touches"), data, "primary")


def _task(client: ClientCard, t: Tongue) -> InlineKeyboardButton:
    return button(t("➕ Task"), ClientTaskCb(kind=client.kind.value, client_id=client.id))


def _note(client: ClientCard, t: Tongue) -> InlineKeyboardButton | None:
    if Action.CLIENT_EDIT not in client.can:
        return None
    return button(t("📝 Note"), ClientNoteCb(kind=client.kind.value, client_id=client.id))


def _chat(client: ClientCard, t: Tongue) -> InlineKeyboardButton | None:
    if Action.CLIENT_EDIT not in client.can:
        return None
    return button(t("💬 Chat"), TeamChatCb(kind=client.kind.value, holder_id=client.id))


def _files(client: ClientCard, t: Tongue) -> InlineKeyboardButton | None:
    if not client.files:
        return None
    return button(t("📎 Files"), ClientFilesCb(kind=client.kind.value, client_id=client.id))


def _edits(client: ClientCard, t: Tongue) -> Iterable[InlineKeyboardButton]:
    if Action.CLIENT_EDIT in client.can:
        one = {"kind": client.kind.value, "client_id": client.id}
        yield button(t("✏️ Edit"), ClientEditCb(**one))
        if client.points:
            yield button(t("📞 Call outcome"), ClientCallsCb(**one))
        yield button(t("📞 Phones, e-mails"), PointsCb(**one))


def _firm(contact: ContactCard, t: Tongue) -> InlineKeyboardButton | None:
    if contact.company is not None:
        return button(f"🏢 {contact.company.name}", FirmCb(firm_id=contact.company.id))
    if Action.CLIENT_EDIT in contact.can:
        return button(t("🔗 Link a company"), FirmsCb(contact_id=contact.id))
    return None


def _hand_over(client: ClientCard, t: Tongue) -> InlineKeyboardButton | None:
    if Action.CLIENT_HAND_OVER not in client.can:
        return None
    return button(t("🤝 Hand over"), ClientHeirsCb(kind=client.kind.value, client_id=client.id))


def _merge(client: ClientCard, t: Tongue) -> InlineKeyboardButton | None:
    if Action.CLIENT_MERGE not in client.can:
        return None
    return button(t("🔗 Unite"), MergeAskCb(kind=client.kind.value, client_id=client.id))


def _delete(client: ClientCard, t: Tongue) -> InlineKeyboardButton | None:
    return delete(client.kind, client.id, t) if Action.CLIENT_DELETE in client.can else None


def _deal(line: DealLine, t: Tongue) -> InlineKeyboardButton:
    label = f"{'🗄' if line.archived else '💼'} #{line.id} {titled(line.title, t)}"
    return button(label, DealCb(deal_id=line.id))


def _privacy(contact: ContactCard, t: Tongue) -> InlineKeyboardButton | None:
    if Action.CLIENT_EDIT not in contact.can:
        return None
    return button(t("🔏 Personal data"), PrivacyCb(contact_id=contact.id))
