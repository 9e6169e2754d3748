"""How a department and its people look to whoever watches over them."""

from handlers.screen import Screen
from handlers.views.deal_lists import deal_line
from handlers.views.events import deed_words
from handlers.views.leads import MARKS
from handlers.views.tables import table
from keyboards import control as keys
from keyboards import watched_deeds as deeds
from keyboards.common import cut, titled
from keyboards.figures import number
from keyboards.tongue import Html, Tongue, esc, join
from services.dto.common import Ref
from services.dto.control import (
    DeedLine,
    Deeds,
    DepartmentNow,
    Line,
    SellerNow,
    Violations,
    Watched,
    WatchedList,
    Where,
)
from services.dto.deals import DealCard, DealLine
from services.dto.leads import Colleague, LeadCard, LeadLine
from services.dto.task_lists import LateTask
from services.dto.tasks import TaskCard
from services.task_times import Quick

SHORT = 100


def department(now: DepartmentNow, t: Tongue) -> Screen:
    """What waits, who holds what, and what was done today."""
    name = now.department.name if now.department else t("All departments")
    waits = [
        t.html("🧭 <b>{name}</b> · now, {clock}", name=name, clock=t.clock(now.at)),
        _free(now, t),
        t.html("⚠️ Deals without a next step: <b>{n}</b>", n=number(now.adrift, t)),
        t.html("🔥 Overdue tasks: <b>{n}</b>", n=number(now.late, t)),
    ]
    if now.orphans:
        waits.append(t.html("🤷 Deals that nobody owns: <b>{n}</b>", n=number(now.orphans, t)))
    waits += _violations(now.violations, t)
    tables = _people(now, t) or [t.html("Nobody sells here yet.")]
    return Screen(join([join(waits), *tables], "\n\n"), keys.department(now, t))


def places(choice: tuple[Ref, ...], t: Tongue) -> Screen:
    """Which department?"""
    return Screen(t.html("🏢 <b>Which department?</b>"), keys.places(choice, t))


def seller(now: SellerNow, t: Tongue) -> Screen:
    """What somebody has in hand, and what they did today."""
    lines = [
        t.html("👤 <b>{name}</b> · now, {clock}", name=now.person.name, clock=t.clock(now.at)),
        t.html("📥 Leads in work: <b>{n}</b>", n=number(now.leads, t)),
        t.html("💼 Deals in work: <b>{n}</b> · {total}", n=number(now.deals, t), total=t.money(now.total)),
        t.html("⚠️ Deals without a next step: <b>{n}</b>", n=number(now.adrift, t)),
        t.html("🔥 Overdue tasks: <b>{n}</b>", n=number(now.late, t)),
        *_violations(now.violations, t),
        t.html("🕓 Today: {deeds}", deeds=_deeds(now.today, t)),
    ]
    return Screen(join(lines), keys.seller(now, t))


def watched(shown: WatchedList, t: Tongue, told: Html | None = None) -> Screen:
    """A list; `told` is what was just done about one of it."""
    lines = [told] if told is not None else []
    lines += [_title(shown, t), *(_line(line, t) for line in shown.page.items)]
    if not shown.page.items:
        lines.append(t.html("👍 Nothing here."))
    return Screen(join(lines), keys.watched(shown, t))


def lead_heirs(lead: LeadCard, people: tuple[Colleague, ...], where: Where, t: Tongue) -> Screen:
    """Who takes a free lead?"""
    head = t.html("🆓 <b>{title}</b> · #{id}", title=lead.title, id=lead.id)
    waits = t.html("⏳ waits for {ago}", ago=t.ago(lead.created_at))
    asked = t.html("\n<b>Who takes it?</b>") if people else t.html("\nThere is nobody else here to take it.")
    return Screen(join([head, waits, asked]), deeds.lead_heirs(lead, people, where, t))


def step(deal: DealCard, where: Where, offered: tuple[Quick, ...], t: Tongue) -> Screen:
    """When shall its owner do something about a deal?"""
    lines = [t.html("⚠️ <b>{title}</b> · #{id}", title=deal.title, id=deal.id)]
    if deal.owner is not None:
        lines.append(t.html("👔 {owner} · {department}", owner=deal.owner.name, department=deal.department))
        lines.append(t.html("\nThe owner gets a task to plan the next step. <b>For when?</b>"))
    else:
        lines.append(t.html("\nNobody owns this deal. Hand it over to somebody."))
    return Screen(join(lines), deeds.step(deal, where, offered, t))


def ask_words(deal: DealCard, owner: str, where: Where, t: Tongue) -> Screen:
    """What shall be done, and when?"""
    asked = t.html(
        "✍️ What shall {owner} do, and when? For example:\n<i>call Ivan tomorrow at 15</i>", owner=owner
    )
    return Screen(asked, deeds.words(deal.id, where, t))


def late(task: TaskCard, where: Where, offered: tuple[Quick, ...], t: Tongue) -> Screen:
    """What shall become of an overdue task?"""
    lines = [
        t.html("🔥 <b>{text}</b>", text=cut(task.text, SHORT)),
        t.html("👤 {name} · was due {when}", name=task.assignee.name, when=t.when(task.due_at)),
        t.html("\n<b>Another time, or somebody else?</b>"),
    ]
    return Screen(join(lines), deeds.late(task, where, offered, t))


def given(lead_id: int, heir: str, t: Tongue) -> Html:
    """A lead was given to a colleague."""
    return t.html("✅ #{id} → {name}\n", id=lead_id, name=heir)


def planned(task: TaskCard, t: Tongue) -> Html:
    """Somebody has a task at a moment that is ahead."""
    text = cut(task.text, SHORT)
    return t.html(
        "✅ {name}: {text} — {when}\n", name=task.assignee.name, text=text, when=t.when(task.due_at)
    )


def _violations(found: Violations, t: Tongue) -> list[Html]:
    """Those that there are."""
    lines = (
        (found.unanswered, t.html("🚨 Leads that nobody answers: <b>{n}</b>", n=number(found.unanswered, t))),
        (found.rotting, t.html("⏳ Deals too long in a stage: <b>{n}</b>", n=number(found.rotting, t))),
        (found.silent, t.html("🔇 Silent clients: <b>{n}</b>", n=number(found.silent, t))),
    )
    return [line for count, line in lines if count]


def _free(now: DepartmentNow, t: Tongue) -> Html:
    if now.oldest is None:
        return t.html("🆓 Free leads: <b>{n}</b>", n=number(now.free, t))
    ago = t.ago(now.oldest)
    return t.html("🆓 Free leads: <b>{n}</b>, the oldest waits {ago}", n=number(now.free, t), ago=ago)


def _people(now: DepartmentNow, t: Tongue) -> list[Html]:
    """What everybody holds, side by side; and in words, which leave a name its room, what they did today."""
    people = now.sellers.items
    if not people:
        return []
    held = [[one.person.name, number(one.leads, t), number(one.deals, t)] for one in people]
    did = [esc(f"· {one.person.name}: {_deeds(one.today, t)}") for one in people]
    today = join([t.html("🕓 <b>Today</b>"), *did])
    return [table([t("In work"), t("Leads"), t("Deals")], held), today]


def _deeds(day: Deeds, t: Tongue) -> str:
    parts = (
        (day.taken, t.many("{n} lead taken", "{n} leads taken", day.taken)),
        (day.calls, t.many("{n} call", "{n} calls", day.calls)),
        (day.moves, t.many("{n} move", "{n} moves", day.moves)),
        (day.done, t.many("{n} task done", "{n} tasks done", day.done)),
        (day.paid, t.many("{n} payment", "{n} payments", day.paid)),
    )
    return ", ".join(words for count, words in parts if count) or t("nothing yet")


def _title(shown: WatchedList, t: Tongue) -> Html:
    titles = {
        Watched.FREE: t.html("🆓 <b>Free leads</b>, the longest waiting first"),
        Watched.LEADS: t.html("📥 <b>Leads in work</b>"),
        Watched.DEALS: t.html("💼 <b>Deals in work</b>"),
        Watched.ADRIFT: t.html("⚠️ <b>Deals without a next step</b>"),
        Watched.LATE: t.html("🔥 <b>Overdue tasks</b>"),
        Watched.UNANSWERED: t.html("🚨 <b>Leads that nobody answers</b>"),
        Watched.ROTTING: t.html("⏳ <b>Deals too long in a stage</b>"),
        Watched.SILENT: t.html("🔇 <b>Silent clients</b>: nothing has happened, nothing is planned"),
        Watched.TODAY: t.html("🕓 <b>Done today</b>"),
    }
    title = titles[shown.watched]
    if shown.watched is Watched.DEALS and shown.person is None:
        title = t.html("🤷 <b>Deals that nobody owns</b>")
    return t.html("{title} · {name}", title=title, name=shown.person.name) if shown.person else title


def _line(line: Line, t: Tongue) -> Html:
    match line:
        case LeadLine():
            parts = [t.money(line.amount) if line.amount else None, t.ago(line.created_at)]
            return t.html(
                "{mark} #{id} <b>{title}</b> · {tail}",
                mark=MARKS[line.status],
                id=line.id,
                title=line.title,
                tail=" · ".join(part for part in parts if part),
            )
        case DealLine():
            return deal_line(line, t)
        case LateTask():
            task = line.task
            return t.html(
                "🔥 {when} · {name}: {text}",
                when=t.when(task.due_at),
                name=line.assignee,
                text=("❗" if task.high else "") + cut(task.text, SHORT),
            )
        case DeedLine():
            return t.html(
                "{clock} <b>{title}</b>: {deed}",
                clock=t.clock(line.event.at),
                title=cut(titled(line.title, t), SHORT),
                deed=deed_words(line.event, line.currency, t),
            )
