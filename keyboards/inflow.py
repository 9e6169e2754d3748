"""Buttons of the ways in for other programs: sources of forms, and keys to the open API."""

from enum import StrEnum

from aiogram.types import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup

from keyboards.common import button, cancel, grid, home, rows
from keyboards.data import Id, Press
from keyboards.paging import leafed
from keyboards.profile import CompanyCb
from keyboards.setting_history import SourceHistoryCb, history_of
from keyboards.tongue import Tongue
from services.dto.common import Ref
from services.dto.inquiries import (
    ClosedSource,
    KeyCard,
    KeyScope,
    SourceCard,
    WayKind,
    WayPipelineChoice,
    Ways,
)


class KeyUse(StrEnum):
    """What a new key shall be good for."""

    WRITE = "write"
    BOTH = "both"
    READ = "read"
    LOOK = "look"
    FILL = "fill"
    ALL = "all"

    @property
    def scopes(self) -> tuple[KeyScope, ...]:
        """The same in the words of the API."""
        return {
            KeyUse.WRITE: (KeyScope.LEADS_WRITE,),
            KeyUse.BOTH: (KeyScope.LEADS_READ, KeyScope.LEADS_WRITE),
            KeyUse.READ: (KeyScope.LEADS_READ,),
            KeyUse.LOOK: (KeyScope.CARDS_READ,),
            KeyUse.FILL: (KeyScope.CARDS_READ, KeyScope.CARDS_WRITE),
            KeyUse.ALL: tuple(KeyScope),
        }[self]


class _OfInflow(Press, prefix="-rq"):
    """A button whose fresh card is the list of all ways in."""

    def subject(self) -> tuple[str, int]:
        """All ways in."""
        return ("inflow", 1)


class InflowCb(_OfInflow, prefix="rq"):
    """All ways in."""


class SourceNewCb(_OfInflow, prefix="rqn"):
    """Open a source of forms."""


class SourceCb(_OfInflow, prefix="rqs"):
    """A source of forms."""

    source_id: Id


class SourceSitesCb(_OfInflow, prefix="rqo"):
    """Ask for the sites that may send forms to a source."""

    source_id: Id


class SourceCloseCb(_OfInflow, prefix="rqx"):
    """Close a source (`sure`: 1), or ask first (0)."""

    source_id: Id
    sure: Id


class SourceClosedCb(_OfInflow, prefix="rqa"):
    """A source that was closed."""

    source_id: Id


class SourceOpenCb(_OfInflow, prefix="rqb"):
    """Open it again."""

    source_id: Id


class KeyNewCb(_OfInflow, prefix="rqk"):
    """What shall a new key be good for?"""


class KeyUseCb(_OfInflow, prefix="rqu"):
    """It shall be good for this; ask for its name."""

    use: str


class KeyCb(_OfInflow, prefix="rqi"):
    """A key."""

    key_id: Id


class KeyRevokeCb(_OfInflow, prefix="rqr"):
    """Revoke a key (`sure`: 1), or ask first (0)."""

    key_id: Id
    sure: Id


class WayDepartmentCb(_OfInflow, prefix="rqd"):
    """To this department a new source or key leads."""

    department_id: Id


class WayPipelineAskCb(_OfInflow, prefix="rqp"):
    """Which pipeline shall the leads of a source or key enter?"""

    kind: str
    way_id: Id
    page: Id = 0


class WayPipelineCb(_OfInflow, prefix="rqf"):
    """This one."""

    kind: str
    way_id: Id
    pipeline_id: Id


def inflow(ways: Ways, t: Tongue) -> InlineKeyboardMarkup:
    """All ways in."""
    sources = [button(f"🌐 {row.name}", SourceCb(source_id=row.id)) for row in ways.sources]
    keys = [button(f"🔑 {row.name}", KeyCb(key_id=row.id)) for row in ways.keys]
    closed = [button(f"🗑 {row.name}", SourceClosedCb(source_id=row.id)) for row in ways.closed]
    return rows(
        *grid([*sources, *keys]),
        *grid(closed),
        [button(t("➕ Source"), SourceNewCb(), "primary"), button(t("➕ API key"), KeyNewCb())],
        [button(t("◀️ Back"), CompanyCb()), home(t)],
    )


def source(card: SourceCard, addresses: tuple[tuple[str, str], ...], t: Tongue) -> InlineKeyboardMarkup:
    """Under a source: its addresses by name, to copy."""
    return rows(
        *grid([_copy(f"📋 {name}", address) for name, address in addresses], 3),
        [
            button(t("🌍 Sites"), SourceSitesCb(source_id=card.id)),
            button(t("🗑 Close"), SourceCloseCb(source_id=card.id, sure=0), "danger"),
        ],
        [_pipeline(card, WayKind.SOURCE, t)],
        [history_of(SourceHistoryCb(source_id=card.id), t)],
        [button(t("◀️ Back"), InflowCb()), home(t)],
    )


def closed(card: ClosedSource, t: Tongue) -> InlineKeyboardMarkup:
    """Under a source that was closed."""
    return rows(
        [button(t("↩️ Open again"), SourceOpenCb(source_id=card.id), "primary")],
        [button(t("◀️ Back"), InflowCb()), home(t)],
    )


def key(card: KeyCard, t: Tongue) -> InlineKeyboardMarkup:
    """Under a key."""
    return rows(
        [
            _pipeline(card, WayKind.KEY, t),
            button(t("🗑 Revoke"), KeyRevokeCb(key_id=card.id, sure=0), "danger"),
        ],
        [button(t("◀️ Back"), InflowCb()), home(t)],
    )


def fresh_key(card: KeyCard, secret: str, t: Tongue) -> InlineKeyboardMarkup:
    """Under a key that was just made."""
    return rows(
        [_copy(t("📋 Copy the key"), secret, "primary")],
        [button(t("✅ I have it"), KeyCb(key_id=card.id)), home(t)],
    )


def sure(label: str, yes: Press, no: Press, t: Tongue) -> InlineKeyboardMarkup:
    """Really?"""
    return rows([button(label, yes, "danger")], [button(t("◀️ Back"), no)])


def uses(labels: dict[KeyUse, str], t: Tongue) -> InlineKeyboardMarkup:
    """What may a key do?"""
    choices = [[button(label, KeyUseCb(use=use))] for use, label in labels.items()]
    return rows(*choices, [button(t("◀️ Back"), InflowCb())])


def name(t: Tongue) -> InlineKeyboardMarkup:
    """Under the question for a name."""
    return rows([button(t("◀️ Back"), InflowCb()), cancel(t)])


def sites(source_id: int, t: Tongue) -> InlineKeyboardMarkup:
    """Under the question for sites."""
    return rows([button(t("◀️ Back"), SourceCb(source_id=source_id)), cancel(t)])


def departments(choice: tuple[Ref, ...], t: Tongue) -> InlineKeyboardMarkup:
    """To which department?"""
    found = [button(row.name, WayDepartmentCb(department_id=row.id)) for row in choice]
    return rows(*grid(found), [button(t("◀️ Back"), InflowCb()), cancel(t)])


def pipelines(card: WayPipelineChoice, t: Tongue, page: int = 0) -> InlineKeyboardMarkup:
    """Which pipeline?"""
    way = {"kind": card.kind.value, "way_id": card.id}
    found = [
        button(f"✅ {row.name}" if row == card.now else row.name, WayPipelineCb(**way, pipeline_id=row.id))
        for row in card.choice
    ]
    back: Press = SourceCb(source_id=card.id) if card.kind is WayKind.SOURCE else KeyCb(key_id=card.id)
    return rows(*leafed(found, page, WayPipelineAskCb(**way)), [button(t("◀️ Back"), back), home(t)])


def _pipeline(card: SourceCard | KeyCard, kind: WayKind, t: Tongue) -> InlineKeyboardButton | None:
    if card.pipeline is None:
        return None
    return button(
        t("🧭 Pipeline: {name}", name=card.pipeline.name), WayPipelineAskCb(kind=kind, way_id=card.id)
    )


def _copy(label: str, text: str, style: str | None = None) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=label, copy_text=CopyTextButton(text=text), style=style)
