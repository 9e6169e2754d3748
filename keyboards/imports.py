"""Buttons of imports."""

from collections.abc import Sequence

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from keyboards.common import button, cut, grid, home, marked, rows
from keyboards.data import Id, Press
from keyboards.figures import number
from keyboards.reports import ReportAnewCb
from keyboards.tongue import Tongue
from services.dto.imports import (
    DateOrder,
    Field,
    ImportCard,
    ImportDeed,
    ImportLine,
    ImportState,
    OwnTarget,
)

_NAME = 24
MOST_COLUMNS = 60
"""More buttons than these and Telegram shows none."""


class ImportCb(Press, prefix="imp"):
    """How to bring data in."""


class ImportPress(Press, prefix="-imp"):
    """A button on one import."""

    import_id: Id

    def subject(self) -> tuple[str, int]:
        """The import's card."""
        return ("import", self.import_id)


class ImportCardCb(ImportPress, prefix="imc"):
    """Open an import."""


class ImportStartCb(ImportPress, prefix="ims"):
    """Import it."""


class ImportCancelCb(ImportPress, prefix="imx"):
    """Give it up."""


class ImportDepartmentsCb(ImportPress, prefix="imds"):
    """Ask for the department."""


class ImportDepartmentCb(ImportPress, prefix="imd"):
    """Choose the department."""

    department_id: Id


class ImportPipelineCb(ImportPress, prefix="iml"):
    """Our pipeline (0), or one as in the file (1)."""

    own: Id


class ImportFillsCb(ImportPress, prefix="imv"):
    """Leave clients who are here already as they are (0), or fill in what they lack (1)."""

    on: Id


class ImportDatesCb(ImportPress, prefix="imo"):
    """The day comes first (0), or the month (1)."""

    month_first: Id


class ImportColumnsCb(ImportPress, prefix="imk"):
    """Which column was misunderstood?"""


class ImportColumnCb(ImportPress, prefix="imn"):
    """What does this column mean? Columns count from 0."""

    column: Id


class ImportMeansCb(ImportPress, prefix="imm"):
    """This, by its place among the fields; 0: nothing."""

    column: Id
    field: Id


class ImportOwnsCb(ImportPress, prefix="imr"):
    """Which field of the deal or the client does this column fill?"""

    column: Id


class ImportOwnCb(ImportPress, prefix="imw"):
    """This one."""

    column: Id
    what: str
    """Of whom, a point, and its code."""


class ImportAskBackCb(ImportPress, prefix="imb"):
    """Ask whether to take it back."""


class ImportTakeBackCb(ImportPress, prefix="imt"):
    """Take it back."""


class ImportFailedCb(ImportPress, prefix="imf"):
    """Send the rows that were not imported."""


def start(recent: tuple[ImportLine, ...], t: Tongue) -> InlineKeyboardMarkup:
    """The newest imports."""
    return rows(
        *[[button(f"📂 {line.filename}", ImportCardCb(import_id=line.id))] for line in recent], [home(t)]
    )


def card(card: ImportCard, t: Tongue) -> InlineKeyboardMarkup:
    """What may be done with an import as it stands."""
    own = card.preview is not None and card.preview.own_pipeline
    here = {"import_id": card.id}
    good = card.preview.good if card.preview else 0
    failed = t.many(
        "📄 {count} row that failed", "📄 {count} rows that failed", card.failed, count=number(card.failed, t)
    )
    pipeline = t("🛤 Into our own stages") if own else t("🛤 Stages as in the file")
    fills = card.preview is not None and card.preview.fills
    known = marked(t("✍️ Fill in known clients, too"), chosen=fills)
    deeds = {
        ImportDeed.START: button(
            t.many("📥 Import {count} row", "📥 Import {count} rows", good, count=number(good, t)),
            ImportStartCb(**here),
            "primary",
        ),
        ImportDeed.CHOOSE_PIPELINE: button(pipeline, ImportPipelineCb(**here, own=int(not own))),
        ImportDeed.CHOOSE_COLUMNS: button(t("🔤 Correct a column"), ImportColumnsCb(**here)),
        ImportDeed.CHOOSE_FILLS: button(known, ImportFillsCb(**here, on=int(not fills))),
        ImportDeed.CHOOSE_DEPARTMENT: button(t("🏢 Another department"), ImportDepartmentsCb(**here)),
        ImportDeed.FAILED_ROWS: button(failed, ImportFailedCb(**here)),
        ImportDeed.TAKE_BACK: button(t("↩️ Take it back"), ImportAskBackCb(**here)),
        ImportDeed.CANCEL: button(t("✖️ Cancel"), ImportCancelCb(**here)),
    }
    either = _either(card, t)
    shown = [[made] for deed, made in deeds.items() if deed in card.can]
    report = button(t("📊 Report"), ReportAnewCb()) if card.state == ImportState.DONE else None
    return rows(_dates(card), [either], *shown, [report, home(t)])


def departments(card: ImportCard, t: Tongue) -> InlineKeyboardMarkup:
    """The departments to choose from."""
    choices = [
        button(row.name, ImportDepartmentCb(import_id=card.id, department_id=row.id))
        for row in card.departments
    ]
    return rows(*grid(choices), [button(t("◀️ Back"), ImportCardCb(import_id=card.id))])


def columns(import_id: int, labels: Sequence[str], t: Tongue) -> InlineKeyboardMarkup:
    """One button for each column, in their order."""
    choices = [
        button(label, ImportColumnCb(import_id=import_id, column=place))
        for place, label in enumerate(labels[:MOST_COLUMNS])
    ]
    return rows(*([one] for one in choices), [button(t("◀️ Back"), ImportCardCb(import_id=import_id))])


def meanings(
    import_id: int, column: int, labels: Sequence[str], more: str, t: Tongue
) -> InlineKeyboardMarkup:
    """One button for leaving it out, the first of the labels, and one for each field, in their order.

    `more`: for whatever else it may fill.
    """
    choices = [
        button(label, ImportMeansCb(import_id=import_id, column=column, field=place))
        for place, label in enumerate(labels)
    ]
    others = button(more, ImportOwnsCb(import_id=import_id, column=column))
    back = button(t("◀️ Back"), ImportColumnsCb(import_id=import_id))
    return rows(*grid(choices[1:]), [others], choices[:1], [back])


def owns(
    import_id: int, column: int, labels: Sequence[tuple[OwnTarget, str]], t: Tongue
) -> InlineKeyboardMarkup:
    """One button for each."""
    here = {"import_id": import_id, "column": column}
    choices = [
        button(label, ImportOwnCb(**here, what=f"{one.whose}.{one.code}"))
        for one, label in labels[:MOST_COLUMNS]
    ]
    return rows(*grid(choices), [button(t("◀️ Back"), ImportColumnCb(**here))])


def ask_back(card: ImportCard, t: Tongue) -> InlineKeyboardMarkup:
    """Is that meant?"""
    sure = t.many(
        "Yes, remove {count} deal", "Yes, remove {count} deals", card.made, count=number(card.made, t)
    )
    return rows(
        [button(sure, ImportTakeBackCb(import_id=card.id), "danger")],
        [button(t("◀️ Back"), ImportCardCb(import_id=card.id))],
    )


def _either(card: ImportCard, t: Tongue) -> InlineKeyboardButton | None:
    """Takes a column of clients for people instead of companies, or the other way round."""
    if card.preview is None or card.preview.either is None:
        return None
    column = card.preview.columns[card.preview.either]
    name = cut(column.name, _NAME)
    if column.field is Field.COMPANY:
        label, other = t("🔁 {column}: people, not companies", column=name), Field.CONTACT
    else:
        label, other = t("🔁 {column}: companies, not people", column=name), Field.COMPANY
    place = list(Field).index(other) + 1
    return button(label, ImportMeansCb(import_id=card.id, column=card.preview.either, field=place))


def _dates(card: ImportCard) -> list[InlineKeyboardButton]:
    """Both orders; the one in force is marked."""
    if ImportDeed.CHOOSE_DATES not in card.can or card.preview is None:
        return []
    asked = card.preview.order_sample is not None
    return [
        button(
            order if asked or order != card.preview.order else f"✓ {order}",
            ImportDatesCb(import_id=card.id, month_first=int(order == DateOrder.MONTH_FIRST)),
            "primary" if asked else None,
        )
        for order in (DateOrder.DAY_FIRST, DateOrder.MONTH_FIRST)
    ]
