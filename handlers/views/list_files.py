"""A list as a file."""

from handlers.screen import Screen
from handlers.views.list_heads import heads
from keyboards.tongue import Tongue, join
from services.dto.fields import FieldSubject
from services.exports.service import Sheet
from services.ports import BookSheet

NAMES = {
    FieldSubject.DEAL: "deals",
    FieldSubject.LEAD: "leads",
    FieldSubject.CONTACT: "contacts",
    FieldSubject.FIRM: "companies",
}
"""As the command line calls them."""


def sheets(sheet: Sheet, t: Tongue) -> list[BookSheet]:
    """Its one sheet."""
    return [BookSheet(NAMES[sheet.subject], heads(sheet, t), sheet.rows)]


def sent(sheet: Sheet, content: bytes, t: Tongue) -> Screen:
    """The file, and how much is in it."""
    lines = [t.html("📤 For Excel: {n}", n=t.many("{n} row", "{n} rows", len(sheet.rows)))]
    if sheet.more:
        lines.append(t.html("There is more: narrow the filter, or use <code>sdelka export</code>."))
    return Screen(join(lines), document=(f"{NAMES[sheet.subject]}.xlsx", content), protect=sheet.protect)
