"""How imports look."""

from handlers.errors import words
from handlers.screen import Screen
from handlers.views.import_preview import preview_text
from handlers.views.import_words import field_name, own_name, reason
from keyboards import imports as keys
from keyboards.common import cut, home, marked, rows
from keyboards.figures import number
from keyboards.tongue import Html, Tongue, esc, join
from services.dto.import_failures import FailedRows
from services.dto.imports import (
    ColumnLine,
    Field,
    ImportCard,
    ImportLine,
    ImportState,
    Preview,
)
from services.errors import AppError

_BAR = 12


def start(recent: tuple[ImportLine, ...], t: Tongue) -> Screen:
    """How to import."""
    lines = [
        t.html("📂 <b>Import</b>"),
        t.html("Send me a table of deals: CSV or Excel (.xlsx), up to 20 MB."),
        t.html(
            "I find the columns by their names, show you what I understood, and import after your yes. "
            "Every import can be taken back."
        ),
    ]
    if recent:
        lines.append(t.html("\nThe latest imports:"))
    return Screen(join(lines), keys.start(recent, t))


def card(card: ImportCard, t: Tongue) -> Screen:
    """An import as it stands."""
    return Screen(_text(card, t), keys.card(card, t), subject=("import", card.id))


def not_yours(t: Tongue) -> Screen:
    """A file came from somebody who imports nothing."""
    return Screen(
        t.html("📂 Tables are imported by the owner. Ask them to send me this file."), rows([home(t)])
    )


def departments(card: ImportCard, t: Tongue) -> Screen:
    """The departments to choose from."""
    asked = join([_head(card, t), t.html("Into which department do the deals and the new people go?")])
    return Screen(asked, keys.departments(card, t), subject=("import", card.id))


def columns(card: ImportCard, preview: Preview, t: Tongue) -> Screen:
    """Which column was misunderstood?"""
    asked = join([_head(card, t), t.html("Which column did I understand wrongly?")])
    labels = [f"{cut(line.name, 30)} → {_meaning(line, t)}" for line in preview.columns]
    return Screen(asked, keys.columns(card.id, labels, t), subject=("import", card.id))


def _meaning(line: ColumnLine, t: Tongue) -> str:
    if line.field is not None:
        return field_name(line.field, t)
    return own_name(line.own, t) if line.own is not None else t("left out")


def column(card: ImportCard, line: ColumnLine, place: int, t: Tongue) -> Screen:
    """What does this one mean?"""
    asked = t.html("What does the column <b>{name}</b> hold?", name=cut(line.name, 60))
    names = {None: t("Leave it out")} | {field: field_name(field, t) for field in Field}
    labels = [marked(name, chosen=field is line.field and line.own is None) for field, name in names.items()]
    more = t("🗂 A field of the deal or the client")
    shown = keys.meanings(card.id, place, labels, marked(more, chosen=line.own is not None), t)
    return Screen(join([_head(card, t), asked]), shown, subject=("import", card.id))


def owns(card: ImportCard, preview: Preview, place: int, t: Tongue) -> Screen:
    """Which field of the company's own, or what on the card of a client?"""
    line = preview.columns[place]
    asked = t.html("Which field does the column <b>{name}</b> fill?", name=cut(line.name, 60))
    labels = [(one, marked(own_name(one, t), chosen=one == line.own)) for one in preview.targets]
    return Screen(
        join([_head(card, t), asked]), keys.owns(card.id, place, labels, t), subject=("import", card.id)
    )


def ask_back(card: ImportCard, t: Tongue) -> Screen:
    """Is that meant?"""
    asked = t.html(
        "Take the import back? Its deals, contacts, companies, tags and people known by name only will be "
        "removed. What somebody has changed since stays."
    )
    lines = [_head(card, t), asked]
    if card.filled:
        lines.append(t.html("What it has filled in of clients who were here before is emptied again."))
    return Screen(join(lines), keys.ask_back(card, t), subject=("import", card.id))


def failed_table(failed: FailedRows, t: Tongue) -> tuple[list[str], list[list[str]], str]:
    """Header, rows and delimiter of the file with the rows that failed: its own cells, and the reason."""
    head = [*failed.columns, t("Row"), t("Why it was not imported")]
    lines = [
        [*row.cells, str(row.number), "; ".join(reason(fault, t) for fault in row.faults)]
        for row in failed.rows
    ]
    return head, lines, ";" if t.language == "ru" else ","


def failed_file(failed: FailedRows, content: bytes, t: Tongue) -> Screen:
    """The file itself."""
    told = t.many(
        "{count} row was not imported. The last column says why: correct it and send the file again.",
        "{count} rows were not imported. The last column says why: correct them and send the file again.",
        len(failed.rows),
        count=number(len(failed.rows), t),
    )
    name = failed.filename.rpartition(".")[0] or failed.filename
    return Screen(Html(told), document=(f"{name[:60]}-failed.csv", content))


def _text(card: ImportCard, t: Tongue) -> Html:
    if card.preview is not None:
        return preview_text(_head(card, t), card.total, card.preview, t)
    return join([_head(card, t), *_state(card, t)])


def _head(card: ImportCard, t: Tongue) -> Html:
    return t.html("📂 <b>{name}</b> · #{id}", name=cut(card.filename, 60), id=card.id)


def _state(card: ImportCard, t: Tongue) -> list[Html]:
    match card.state:
        case ImportState.RECEIVED | ImportState.READY:
            return [t.html("⏳ Reading the file…")]
        case ImportState.REFUSED:
            return [t.html("⛔️ {why}", why=_why(card, t)), t.html("Nothing was imported.")]
        case ImportState.CANCELLED:
            return [t.html("✖️ Cancelled, nothing was imported.")]
        case ImportState.RUNNING:
            return [t.html("⏳ Importing"), _progress(card.done, card.total, t)]
        case ImportState.DONE:
            return [t.html("✅ Imported"), *_results(card, t)]
        case ImportState.STOPPED:
            return [t.html("⛔️ {why}", why=_why(card, t)), *_results(card, t)]
        case ImportState.UNDOING:
            return [t.html("⏳ Taking it back"), _progress(card.removed, card.made, t)]
        case ImportState.UNDONE:
            return [t.html("↩️ Taken back"), *_undone(card, t)]


def _why(card: ImportCard, t: Tongue) -> str:
    code, params = card.fault or ("import.broken", {})
    return words(AppError(code, **params), t)


def _progress(done: int, total: int, t: Tongue) -> Html:
    share = min(done / total, 1) if total else 1
    full = round(share * _BAR)
    return t.html(
        "{bar} {percent}%\n{done} of {total}",
        bar="▓" * full + "░" * (_BAR - full),
        percent=int(share * 100),
        done=number(done, t),
        total=number(total, t),
    )


def _results(card: ImportCard, t: Tongue) -> list[Html]:
    lines = [
        Html(
            t.many("{count} deal was made", "{count} deals were made", card.made, count=number(card.made, t))
        )
    ]
    if card.filled:
        told = t.many(
            "✍️ {count} client who was here before is filled in",
            "✍️ {count} clients who were here before are filled in",
            card.filled,
            count=number(card.filled, t),
        )
        lines.append(Html(told))
    if card.skipped:
        told = t.many(
            "{count} row was skipped: it is here already",
            "{count} rows were skipped: they are here already",
            card.skipped,
            count=number(card.skipped, t),
        )
        lines.append(Html(told))
    if card.failed:
        lines.append(
            Html(
                t.many(
                    "⚠️ {count} row was not imported",
                    "⚠️ {count} rows were not imported",
                    card.failed,
                    count=number(card.failed, t),
                )
            )
        )
    return lines


def _undone(card: ImportCard, t: Tongue) -> list[Html]:
    lines = [
        Html(
            t.many(
                "{count} deal was removed",
                "{count} deals were removed",
                card.removed,
                count=number(card.removed, t),
            )
        )
    ]
    if card.kept:
        told = t.many(
            "{count} deal was changed since and stays:",
            "{count} deals were changed since and stay:",
            card.kept,
            count=number(card.kept, t),
        )
        lines.append(Html(told))
        lines += [t.html("• #{id} {title}", id=deal.id, title=cut(deal.name)) for deal in card.kept_deals]
    if card.kept > len(card.kept_deals):
        lines.append(t.html("• and {n} more", n=number(card.kept - len(card.kept_deals), t)))
    if card.filled:
        told = t.many(
            "{count} client was changed or deleted since: what was filled in stays there",
            "{count} clients were changed or deleted since: what was filled in stays there",
            card.filled,
            count=number(card.filled, t),
        )
        lines.append(Html(told))
    if card.joined:
        told = t.many(
            "{count} person has joined meanwhile and stays: {names}",
            "{count} people have joined meanwhile and stay: {names}",
            card.joined,
            count=number(card.joined, t),
            names=", ".join(card.joined_people) + ("…" if card.joined > len(card.joined_people) else ""),
        )
        lines.append(esc(told))
    return lines
