"""Keyboards with which contacts and companies are made and changed."""

from collections.abc import Iterable

from aiogram.types import InlineKeyboardMarkup

from keyboards.client_cards import back, opener
from keyboards.clients import (
    ClientAnywayCb,
    ClientAskCb,
    ClientEditCb,
    ClientFieldCb,
    ClientGiveCb,
    ClientListCb,
    ClientSourceCb,
    ClientTypeCb,
    ContactCb,
    FirmLinkCb,
    FirmNewCb,
    FirmsCb,
    FirmUnlinkCb,
    PointAddCb,
    PointCb,
    PointDropCb,
    PointLabelCb,
    PointsCb,
)
from keyboards.common import button, cancel, grid, home, rows
from keyboards.tongue import Tongue
from services.dto.clients import (
    FIELDS,
    ClientCard,
    ClientField,
    ClientKind,
    ClientType,
    ContactCard,
    FirmChoice,
    KnownClient,
    Point,
    PointKind,
    PointLabel,
)
from services.dto.common import Ref
from services.understanding import phones
from services.understanding.lead_words import Source

CLEAR = "-"
MOST_HEIRS = 90
"""Telegram allows a hundred buttons under a message."""


def fields(client: ClientCard, t: Tongue) -> InlineKeyboardMarkup:
    """What may be changed."""
    one = _one(client)
    offered = [
        button(field_label(field, t), ClientFieldCb(**one, field=field.value))
        for field in FIELDS[client.kind]
    ]
    if isinstance(client, ContactCard):
        offered.append(button(t("🏢 Employer"), FirmsCb(contact_id=client.id)))
    return rows(*grid(offered), [back(client.kind, client.id, t)])


def field_label(field: ClientField, t: Tongue) -> str:
    """A field on a button."""
    return {
        ClientField.NAME: t("👤 Name"),
        ClientField.POSITION: t("💼 Position"),
        ClientField.USERNAME: t("💬 Telegram name"),
        ClientField.BIRTHDAY: t("🎂 Birthday"),
        ClientField.INN: t("🔢 INN"),
        ClientField.KPP: t("🔢 KPP"),
        ClientField.ADDRESS: t("📍 Address"),
        ClientField.INDUSTRY: t("🏭 Industry"),
        ClientField.TYPE: t("🏷 Client type"),
        ClientField.SOURCE: t("📣 Source"),
        ClientField.NOTE: t("🗒 About"),
    }[field]


def form(kind: ClientKind, client_id: int, t: Tongue) -> InlineKeyboardMarkup:
    """While a field is being typed."""
    one = {"kind": kind.value, "client_id": client_id}
    return rows([button(t("◀️ Back"), ClientEditCb(**one)), cancel(t)])


def types(client: ClientCard, names: Iterable[tuple[ClientType, str]], t: Tongue) -> InlineKeyboardMarkup:
    """Which type of client?"""
    one = _one(client)
    offered = [button(name, ClientTypeCb(**one, code=code.value)) for code, name in names]
    none = button(t("✖️ None"), ClientTypeCb(**one, code=CLEAR)) if client.client_type else None
    return rows(*grid(offered), [button(t("◀️ Back"), ClientEditCb(**one)), none])


def sources(client: ClientCard, names: Iterable[tuple[Source, str]], t: Tongue) -> InlineKeyboardMarkup:
    """From where?"""
    one = _one(client)
    offered = [button(name, ClientSourceCb(**one, code=code.value)) for code, name in names]
    none = button(t("✖️ None"), ClientSourceCb(**one, code=CLEAR)) if client.source else None
    return rows(*grid(offered, 3), [button(t("◀️ Back"), ClientEditCb(**one)), none])


def points(client: ClientCard, t: Tongue) -> InlineKeyboardMarkup:
    """The phones and addresses, and the ways to add one."""
    one = _one(client)
    return rows(
        *[
            [button(f"{point_mark(point)} {shown(point)}", PointCb(**one, point_id=point.id))]
            for point in client.points
        ],
        [
            button(t("➕ Phone"), PointAddCb(**one, point=PointKind.PHONE.value), "primary"),
            button(t("➕ E-mail"), PointAddCb(**one, point=PointKind.EMAIL.value)),
        ],
        [back(client.kind, client.id, t)],
    )


def point(client: ClientCard, one: Point, names: dict[PointLabel, str], t: Tongue) -> InlineKeyboardMarkup:
    """What is one phone or address for? Or shall it go?"""
    place = {**_one(client), "point_id": one.id}
    labels = [button(names[label], PointLabelCb(**place, label=label.value)) for label in names]
    return rows(
        *grid(labels),
        [button(t("🗑 Remove"), PointDropCb(**place), "danger")],
        [button(t("◀️ Back"), PointsCb(**_one(client)))],
    )


def point_form(kind: ClientKind, client_id: int, t: Tongue) -> InlineKeyboardMarkup:
    """While a phone or an address is being typed."""
    return rows([button(t("◀️ Back"), PointsCb(kind=kind.value, client_id=client_id)), cancel(t)])


def firms(choice: FirmChoice, t: Tongue) -> InlineKeyboardMarkup:
    """For which company?"""
    one = {"contact_id": choice.contact_id, "version": choice.version}
    return rows(
        *[[button(f"🏢 {firm.name}", FirmLinkCb(**one, firm_id=firm.id))] for firm in choice.firms],
        [button(t("➕ New: {name}", name=choice.words), FirmNewCb(**one)) if choice.may_create else None],
        [button(t("✖️ No company any more"), FirmUnlinkCb(**one)) if choice.linked else None],
        [button(t("◀️ Back"), ContactCb(contact_id=choice.contact_id)), cancel(t)],
    )


def heirs(client: ClientCard, people: tuple[Ref, ...], t: Tongue) -> InlineKeyboardMarkup:
    """Colleagues to give a client to."""
    one = {**_one(client), "version": client.version}
    offered = [button(person.name, ClientGiveCb(**one, person_id=person.id)) for person in people]
    return rows(*grid(offered[:MOST_HEIRS]), [back(client.kind, client.id, t)])


def new(t: Tongue) -> InlineKeyboardMarkup:
    """While a new client is being typed."""
    return rows([cancel(t)])


def known(clients: tuple[KnownClient, ...], draft: int, t: Tongue) -> InlineKeyboardMarkup:
    """There is such a client: open it, make it anyway; or, where one may not see it, ask the head."""
    seen = [one for one in clients if one.id is not None]
    hidden = len(seen) < len(clients)
    return rows(
        *[[button(f"👀 {one.name}", opener(one.kind, one.id or 0), "primary")] for one in seen],
        [button(t("🙋 Ask the head"), ClientAskCb(draft=draft), "primary") if hidden else None],
        [button(t("➕ Make it anyway"), ClientAnywayCb(draft=draft)) if not hidden else None, cancel(t)],
    )


def asked(t: Tongue) -> InlineKeyboardMarkup:
    """After the heads were asked."""
    return rows([button(t("◀️ Clients"), ClientListCb(kind=ClientKind.CONTACT.value)), home(t)])


def shown(point: Point) -> str:
    """A phone or an address as people write it."""
    return phones.show(point.value) if point.kind is PointKind.PHONE else point.value


def point_mark(point: Point) -> str:
    """The sign before a phone or an address."""
    return "📞" if point.kind is PointKind.PHONE else "✉️"


def _one(client: ClientCard) -> dict[str, object]:
    return {"kind": client.kind.value, "client_id": client.id}
