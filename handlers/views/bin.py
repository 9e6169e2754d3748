"""How deletion and the bin look."""

from handlers.screen import Screen
from keyboards import bin as keys
from keyboards.common import titled
from keyboards.tongue import Html, Tongue, join
from services.dto.bin import BinLine, BinPlan
from services.dto.common import Page


def sure(plan: BinPlan, t: Tongue) -> Screen:
    """Shall it be deleted? With all that goes along, and what stays."""
    questions = {
        "deal": t.html("🗑 <b>Delete the deal “{title}”?</b>", title=titled(plan.title, t)),
        "lead": t.html("🗑 <b>Delete the lead “{title}”?</b>", title=titled(plan.title, t)),
        "contact": t.html("🗑 <b>Delete the client “{title}”?</b>", title=plan.title),
        "firm": t.html("🗑 <b>Delete the company “{title}”?</b>", title=plan.title),
    }
    goes = [words for table, count in plan.goes if (words := _goes(table, count, t))]
    stays = [words for table, count in plan.stays if (words := _stays(table, count, t))]
    lines = [questions[plan.kind], Html("")]
    lines.append(t.html("Goes into the bin: {what}", what=", ".join([_itself(plan.kind, t), *goes])))
    if stays:
        lines.append(t.html("Stays as it is: {what}", what=", ".join(stays)))
    days = t.many("{n} day", "{n} days", plan.days)
    lines.append(t.html("For {days} what is in the bin can be brought back whole.", days=days))
    return Screen(join(lines), keys.sure(plan, t), subject=(plan.kind, plan.id))


def impossible(kind: str, subject_id: int, why: str, t: Tongue) -> Screen:
    """Why it is not deleted."""
    return Screen(t.html("🗑 {why}", why=why), keys.only_back(kind, subject_id, t), subject=(kind, subject_id))


def deleted(line: BinLine, t: Tongue) -> Screen:
    """Right after the deletion."""
    text = join([_head(line, t), *about(line, t)])
    return Screen(text, keys.deleted(line, t), subject=(line.kind, line.subject_id))


def binned(line: BinLine, t: Tongue) -> Screen:
    """What lies in the bin, also in place of its card."""
    text = join([_head(line, t), *about(line, t)])
    return Screen(text, keys.binned(line, t), subject=(line.kind, line.subject_id))


def public(subject_id: int, kind: str, t: Tongue) -> Screen:
    """In place of a card in a team chat."""
    return Screen(t.html("🗑 #{id} · deleted", id=subject_id), subject=(kind, subject_id), public=True)


def really(line: BinLine, t: Tongue) -> Screen:
    """Shall it be destroyed for good?"""
    asked = t.html("🔥 <b>Delete it for good?</b> Nobody can bring it back then.")
    return Screen(join([_head(line, t), Html(""), asked]), keys.really(line, t))


def destroyed(t: Tongue) -> Screen:
    """It is gone."""
    return Screen(t.html("🔥 Deleted for good."), keys.destroyed(t))


def shelf(page: Page[BinLine], t: Tongue) -> Screen:
    """A page of the bin."""
    lines = [t.html("🗑 <b>Bin</b>"), *(_line(line, t) for line in page.items)]
    if not page.items:
        lines.append(t.html("Nothing is here. What is deleted lies here for 30 days."))
    return Screen(join(lines), keys.shelf(page, t))


def _head(line: BinLine, t: Tongue) -> Html:
    return t.html(
        "🗑 {mark} <b>{title}</b> · #{id}",
        mark=keys.MARKS[line.kind],
        title=titled(line.title, t),
        id=line.subject_id,
    )


def about(line: BinLine, t: Tongue) -> list[Html]:
    """Who deleted it, and until when it can come back."""
    when = t.when(line.deleted_at)
    by = t.html("Deleted {when} by {name}", when=when, name=line.deleted_by or t("Sdelka"))
    left = t.many("{n} more day", "{n} more days", line.days_left)
    last = t.html("Can be brought back today for the last time")
    return [by, t.html("Can be brought back for {left}", left=left) if line.days_left else last]


def _line(line: BinLine, t: Tongue) -> Html:
    return t.html(
        "{mark} <b>{title}</b> · #{id} · {when} · {name} · {left}",
        id=line.subject_id,
        mark=keys.MARKS[line.kind],
        title=titled(line.title, t),
        when=t.when(line.deleted_at),
        name=line.deleted_by or t("Sdelka"),
        left=t.many("{n} day left", "{n} days left", line.days_left),
    )


def _itself(kind: str, t: Tongue) -> str:
    return {
        "deal": t("the deal"),
        "lead": t("the lead"),
        "contact": t("the client"),
        "firm": t("the company"),
    }[kind]


def _goes(table: str, count: int, t: Tongue) -> str:
    """Of what hangs on it; the rest is the thing itself."""
    return {
        "note": t.many("{n} note", "{n} notes", count),
        "task": t.many("{n} task", "{n} tasks", count),
        "call": t.many("{n} call", "{n} calls", count),
        "note_file": t.many("{n} file", "{n} files", count),
    }.get(table, "")


def _stays(table: str, count: int, t: Tongue) -> str:
    return {
        "its_client": t("the client"),
        "its_company": t("the company"),
        "its_lead": t("the lead that it was"),
        "deal": t.many("{n} deal", "{n} deals", count),
        "lead": t.many("{n} lead", "{n} leads", count),
        "contact": t.many("{n} person", "{n} people", count),
        "task": t.many("{n} task", "{n} tasks", count),
        "inquiry": t.many("{n} request", "{n} requests", count),
    }.get(table, "")
