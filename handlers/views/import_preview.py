"""How the preview of an import looks: what was understood of a file, and what would become of it."""

from handlers.views.import_words import field_name, own_name, reason
from keyboards.common import cut
from keyboards.figures import number
from keyboards.tongue import Html, Tongue, esc, join
from services.dto.fields import FieldSubject
from services.dto.imports import Fault, FaultLine, Preview, StageLine

_COLUMNS = 15
_STAGES = 12
_FAULTS = 8
_OF_ROW = 5
_NAMES = 5
_NAME = 24
_DETAIL = 40


def preview_text(head: Html, total: int, preview: Preview, t: Tongue) -> Html:
    """The whole preview under the import's head line."""
    blocks = [
        [head, Html(t.many("{count} row", "{count} rows", total, count=number(total, t)))],
        _columns(preview, t),
        _stages(preview, t),
        _people(preview, t),
        _problems(preview, t),
    ]
    return join([join(block) for block in blocks if block], "\n\n")


def _columns(preview: Preview, t: Tongue) -> list[Html]:
    known = [column for column in preview.columns if column.field is not None]
    lines = [t.html("<b>Columns</b>")]
    lines += [
        t.html("{column} → {field}", column=cut(column.name, _NAME), field=field_name(column.field, t))
        for column in known[:_COLUMNS]
        if column.field is not None
    ]
    lines += [
        t.html("{column} → {field}", column=cut(column.name, _NAME), field=own_name(column.own, t))
        for column in preview.columns
        if column.own is not None
    ]
    if any(column.own and column.own.whose is not FieldSubject.DEAL for column in preview.columns):
        kept = t.html("Clients who are here already keep what their cards say.")
        filled = t.html("Clients who are here already get what is empty on their cards; the rest stays.")
        lines.append(filled if preview.fills else kept)
    left = [
        cut(column.name, _NAME)
        for column in preview.columns
        if column.field is None and column.own is None and column.name
    ]
    if left:
        lines.append(t.html("Left out: {names}", names=_listed(left, len(left), t)))
    return lines


def _stages(preview: Preview, t: Tongue) -> list[Html]:
    if not preview.stages:
        return []
    title = (
        t.html("<b>Stages</b>, a pipeline of their own") if preview.own_pipeline else t.html("<b>Stages</b>")
    )
    lines = [title, *(_stage(stage, t) for stage in preview.stages[:_STAGES])]
    if len(preview.stages) > _STAGES:
        lines.append(t.html("• and {n} more", n=len(preview.stages) - _STAGES))
    return lines


def _stage(stage: StageLine, t: Tongue) -> Html:
    return t.html(
        "{name} → {target} · {count}",
        name=cut(stage.name, _NAME),
        target=cut(stage.target, _NAME) if stage.target else t("unknown"),
        count=number(stage.count, t),
    )


def _people(preview: Preview, t: Tongue) -> list[Html]:
    lines = []
    new = [cut(name, _NAME) for name in preview.new_people[:_NAMES]]
    if new:
        count = len(preview.new_people)
        names = esc(_listed(new, count, t))
        lines.append(
            Html(
                t.many(
                    "👥 {count} new person: {names}",
                    "👥 {count} new people: {names}",
                    count,
                    count=number(count, t),
                    names=names,
                )
            )
        )
        lines.append(t.html("They are known by name only until they join."))
    if preview.known_people:
        lines.append(
            Html(
                t.many(
                    "👤 {count} person is here already",
                    "👤 {count} people are here already",
                    preview.known_people,
                    count=number(preview.known_people, t),
                )
            )
        )
    if preview.new_companies:
        lines.append(
            Html(
                t.many(
                    "🏭 {count} new company",
                    "🏭 {count} new companies",
                    preview.new_companies,
                    count=number(preview.new_companies, t),
                )
            )
        )
    if preview.new_tags:
        tags = [cut(name, _NAME) for name in preview.new_tags[:_NAMES]]
        count = len(preview.new_tags)
        told = t.many(
            "🏷 {count} new tag: {names}",
            "🏷 {count} new tags: {names}",
            count,
            count=number(count, t),
            names=esc(_listed(tags, count, t)),
        )
        lines.append(Html(told))
    lines.append(t.html("🏢 Department: {name}", name=preview.department.name))
    return lines


def _problems(preview: Preview, t: Tongue) -> list[Html]:
    lines = []
    if preview.order_sample is not None:
        asked = t.html(
            "❓ <b>{date}</b>: does the day come first, or the month?", date=cut(preview.order_sample)
        )
        lines.append(asked)
    if preview.skipped:
        told = t.many(
            "⏭ {count} row is here already and will be skipped",
            "⏭ {count} rows are here already and will be skipped",
            preview.skipped,
            count=number(preview.skipped, t),
        )
        lines.append(Html(told))
    if preview.undated:
        told = t.many(
            "📅 {count} closed deal has no closing date: I take the day it was opened, or today",
            "📅 {count} closed deals have no closing date: I take the day they were opened, or today",
            preview.undated,
            count=number(preview.undated, t),
        )
        lines.append(Html(told))
    if preview.failing:
        lines.append(
            Html(
                t.many(
                    "⚠️ {count} row will not be imported:",
                    "⚠️ {count} rows will not be imported:",
                    preview.failing,
                    count=number(preview.failing, t),
                )
            )
        )
        lines += _faults(preview.faults, t)
    return lines


def _faults(faults: tuple[FaultLine, ...], t: Tongue) -> list[Html]:
    """What several rows have in common, each with an example; then row by row what only one has."""
    single: dict[int, list[Fault]] = {}
    for line in faults:
        if line.count == 1:
            single.setdefault(line.number, []).append(line.fault)
    lines = [_common(line, t) for line in faults if line.count > 1]
    lines += [_row(row, alone, t) for row, alone in sorted(single.items())]
    left = len(lines) - _FAULTS
    return [*lines[:_FAULTS], t.html("• and {n} more", n=left)] if left > 0 else lines


def _common(line: FaultLine, t: Tongue) -> Html:
    told = t.many(
        "{count} row: {why}, for example row {number}",
        "{count} rows: {why}, for example row {number}",
        line.count,
        count=number(line.count, t),
        why=reason(line.fault, t, _DETAIL),
        number=line.number,
    )
    return esc(f"• {told}")


def _row(row: int, faults: list[Fault], t: Tongue) -> Html:
    told = [reason(fault, t, _DETAIL) for fault in faults[:_OF_ROW]]
    if len(faults) > _OF_ROW:
        told.append(t("and {n} more", n=len(faults) - _OF_ROW))
    return t.html("• row {number}: {why}", number=row, why="; ".join(told))


def _listed(names: list[str], total: int, t: Tongue) -> str:
    shown = ", ".join(names[:_NAMES])
    rest = total - min(len(names), _NAMES)
    return t("{names} and {n} more", names=shown, n=rest) if rest > 0 else shown
