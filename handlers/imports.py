"""Imports: a file is sent, looked at, imported and, perhaps, taken back."""

import asyncio
from typing import Any

from aiogram.types import Message

from handlers.errors import describe
from handlers.registry import Content, Viewer, registry
from handlers.screen import Screen
from handlers.turn import Turn
from handlers.views import imports as views
from keyboards.imports import (
    ImportAskBackCb,
    ImportCancelCb,
    ImportCardCb,
    ImportCb,
    ImportColumnCb,
    ImportColumnsCb,
    ImportDatesCb,
    ImportDepartmentCb,
    ImportDepartmentsCb,
    ImportFailedCb,
    ImportFillsCb,
    ImportMeansCb,
    ImportOwnCb,
    ImportOwnsCb,
    ImportPipelineCb,
    ImportStartCb,
    ImportTakeBackCb,
)
from services.access import Action
from services.choices import choice
from services.dto.fields import FieldSubject
from services.dto.imports import DateOrder, Field, OwnTarget
from services.errors import NotFoundError
from services.imports.service import may_be_table
from services.notices import NoticeKind

describe(
    {
        "import.not_found": "There is no such import.",
        "import.too_big": "The file is larger than {limit} MB. Split it, or import it on the server.",
        "import.no_department": "There is no department yet: make one first, the deals need a home.",
        "import.no_columns": "I know none of these columns. The first row names them: title, sum, stage…",
        "import.no_column_left": "Then no column would be left that I know. Correct another one first.",
        "column.not_found": "There is no such column.",
        "import.no_pipeline": "There is no pipeline to import into.",
        "import.file_gone": "The file is no longer there. Send it again.",
        "import.broken": "Something went wrong with this file on our side.",
        "table.too_big": "The file is too large.",
        "table.too_many_rows": "The table has more than {limit} rows. Split it.",
        "table.too_many_columns": "The table has more than {limit} columns.",
        "table.cell_too_long": "A cell near row {row} is too long to be read.",
        "table.zip_bomb": "This workbook unpacks to more than it should. I will not open it.",
        "table.not_a_table": "This is not a table. I read CSV and Excel (.xlsx).",
        "table.old_excel": "This is an old Excel file. Save it as .xlsx or CSV and send it again.",
        "table.password": "The file is protected by a password. Save it without one.",
        "table.unclosed_quote": "A quotation mark is opened and never closed. Try saving it as .xlsx.",
        "table.unreadable": "The file is damaged: it could not be read.",
        "table.empty": "The table is empty.",
    }
)


@registry.card("import")
async def import_card(viewer: Viewer, import_id: int) -> Screen | None:
    """An import as the owner sees it."""
    if viewer.actor is None:
        return None
    return views.card(await viewer.services.imports.card(viewer.actor, import_id), viewer.t)


@registry.notice(NoticeKind.IMPORT_FAILED_ROWS)
async def failed_rows_notice(viewer: Viewer, params: dict[str, Any]) -> Screen | None:
    """The rows that failed come back by themselves when an import is through."""
    return await _failed_file(viewer, int(params["id"])) if viewer.actor is not None else None


@registry.command("import", Action.IMPORT_RUN)
async def cmd_import(turn: Turn, _args: str) -> None:
    """How to import, and the latest imports."""
    await turn.show(views.start(await turn.services.imports.recent(turn.actor), turn.t))


@registry.press(ImportCb, Action.IMPORT_RUN)
async def on_import(turn: Turn, _data: ImportCb) -> None:
    """The same by button."""
    await turn.show(views.start(await turn.services.imports.recent(turn.actor), turn.t))


@registry.content(Content.DOCUMENT, Action.IMPORT_RUN)
async def got_file(turn: Turn, message: Message) -> bool:
    """A table: it is read in the background, its card shows what was understood."""
    file = message.document
    if file is None or not may_be_table(file.file_name or ""):
        return False
    card = await turn.services.imports.receive(
        turn.actor, file.file_name or "", file.file_size or 0, file.file_id
    )
    await turn.show(views.card(card, turn.t))
    return True


@registry.content(Content.DOCUMENT, Action.MENU, last=True)
async def got_file_of_another(turn: Turn, _message: Message) -> None:
    """A file of somebody who imports nothing, and has no deals to put it to."""
    await turn.show(views.not_yours(turn.t))


@registry.press(ImportCardCb, Action.IMPORT_RUN)
async def on_import_card(turn: Turn, data: ImportCardCb) -> None:
    """Open an import."""
    await turn.show(views.card(await turn.services.imports.card(turn.actor, data.import_id), turn.t))


@registry.press(ImportDepartmentsCb, Action.IMPORT_RUN)
async def on_import_departments(turn: Turn, data: ImportDepartmentsCb) -> None:
    """Into which department?"""
    card = await turn.services.imports.card(turn.actor, data.import_id)
    await turn.show(views.departments(card, turn.t) if card.departments else views.card(card, turn.t))


@registry.press(ImportDepartmentCb, Action.IMPORT_RUN)
async def on_import_department(turn: Turn, data: ImportDepartmentCb) -> None:
    """Into this one."""
    imports = turn.services.imports
    card = await imports.choose_department(turn.actor, data.import_id, data.department_id)
    await turn.show(views.card(card, turn.t))


@registry.press(ImportPipelineCb, Action.IMPORT_RUN)
async def on_import_pipeline(turn: Turn, data: ImportPipelineCb) -> None:
    """Into our stages, or into those of the file."""
    imports = turn.services.imports
    card = await imports.choose_pipeline(turn.actor, data.import_id, own=bool(data.own))
    await turn.show(views.card(card, turn.t))


@registry.press(ImportFillsCb, Action.IMPORT_RUN)
async def on_import_fills(turn: Turn, data: ImportFillsCb) -> None:
    """Known clients, too, or new ones alone."""
    card = await turn.services.imports.choose_fills(turn.actor, data.import_id, on=bool(data.on))
    await turn.show(views.card(card, turn.t))


@registry.press(ImportDatesCb, Action.IMPORT_RUN)
async def on_import_dates(turn: Turn, data: ImportDatesCb) -> None:
    """How the file writes its dates."""
    order = DateOrder.MONTH_FIRST if data.month_first else DateOrder.DAY_FIRST
    card = await turn.services.imports.choose_dates(turn.actor, data.import_id, order)
    await turn.show(views.card(card, turn.t))


@registry.press(ImportColumnsCb, Action.IMPORT_RUN)
async def on_import_columns(turn: Turn, data: ImportColumnsCb) -> None:
    """Which column was misunderstood?"""
    card = await turn.services.imports.card(turn.actor, data.import_id)
    await turn.show(views.columns(card, card.preview, turn.t) if card.preview else views.card(card, turn.t))


@registry.press(ImportColumnCb, Action.IMPORT_RUN)
async def on_import_column(turn: Turn, data: ImportColumnCb) -> None:
    """What does it mean?"""
    card = await turn.services.imports.card(turn.actor, data.import_id)
    if card.preview is None or data.column >= len(card.preview.columns):
        await turn.show(views.card(card, turn.t))
    else:
        await turn.show(views.column(card, card.preview.columns[data.column], data.column, turn.t))


@registry.press(ImportMeansCb, Action.IMPORT_RUN)
async def on_import_means(turn: Turn, data: ImportMeansCb) -> None:
    """This."""
    fields = (None, *Field)
    if data.field >= len(fields):
        raise NotFoundError("choice")
    card = await turn.services.imports.choose_column(
        turn.actor, data.import_id, data.column, fields[data.field]
    )
    await turn.show(views.card(card, turn.t))


@registry.press(ImportOwnsCb, Action.IMPORT_RUN)
async def on_import_owns(turn: Turn, data: ImportOwnsCb) -> None:
    """Which field of the deal or the client?"""
    card = await turn.services.imports.card(turn.actor, data.import_id)
    if card.preview is None or data.column >= len(card.preview.columns):
        await turn.show(views.card(card, turn.t))
    else:
        await turn.show(views.owns(card, card.preview, data.column, turn.t))


@registry.press(ImportOwnCb, Action.IMPORT_RUN)
async def on_import_own(turn: Turn, data: ImportOwnCb) -> None:
    """This one."""
    whose, _, code = data.what.partition(".")
    own = OwnTarget(choice(FieldSubject, whose), code)
    card = await turn.services.imports.choose_column(turn.actor, data.import_id, data.column, None, own)
    await turn.show(views.card(card, turn.t))


@registry.press(ImportStartCb, Action.IMPORT_RUN)
async def on_import_start(turn: Turn, data: ImportStartCb) -> None:
    """Import it."""
    await turn.show(views.card(await turn.services.imports.start(turn.actor, data.import_id), turn.t))


@registry.press(ImportCancelCb, Action.IMPORT_RUN)
async def on_import_cancel(turn: Turn, data: ImportCancelCb) -> None:
    """Give it up."""
    await turn.show(views.card(await turn.services.imports.cancel(turn.actor, data.import_id), turn.t))


@registry.press(ImportAskBackCb, Action.IMPORT_RUN)
async def on_import_ask_back(turn: Turn, data: ImportAskBackCb) -> None:
    """Take it back: is that meant?"""
    card = await turn.services.imports.card(turn.actor, data.import_id)
    await turn.show(views.ask_back(card, turn.t) if card.can_take_back else views.card(card, turn.t))


@registry.press(ImportTakeBackCb, Action.IMPORT_RUN)
async def on_import_take_back(turn: Turn, data: ImportTakeBackCb) -> None:
    """Take it back."""
    await turn.show(views.card(await turn.services.imports.take_back(turn.actor, data.import_id), turn.t))


@registry.press(ImportFailedCb, Action.IMPORT_RUN)
async def on_import_failed(turn: Turn, data: ImportFailedCb) -> None:
    """Send the rows that failed once more."""
    screen = await _failed_file(turn.viewer, data.import_id)
    await turn.show(
        screen or views.card(await turn.services.imports.card(turn.actor, data.import_id), turn.t)
    )


async def _failed_file(viewer: Viewer, import_id: int) -> Screen | None:
    assert viewer.actor is not None
    failed = await viewer.services.imports.failed_rows(viewer.actor, import_id)
    if not failed.rows:
        return None
    write = viewer.services.outside.tables.csv
    content = await asyncio.to_thread(write, *views.failed_table(failed, viewer.t))
    return views.failed_file(failed, content, viewer.t)
