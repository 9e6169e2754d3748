"""How deeds with many deals, leads or clients at once look."""

from collections.abc import Collection, Sequence

from handlers.screen import Screen
from handlers.views.leads import reason_name
from handlers.views.list_words import stage_words
from handlers.views.lists import asked_lines
from keyboards import bulk as keys
from keyboards.bin import MARKS
from keyboards.common import titled
from keyboards.tongue import Html, Tongue, esc, join
from services.access import Actor
from services.dto.bulk import Bar, BulkPlan, Deed, Targets
from services.dto.common import Ref
from services.dto.fields import FieldSubject
from services.dto.lists import Listed


def selection(
    shown: Listed, chosen: Collection[int], actor: Actor, t: Tongue, told: Html | None = None
) -> Screen:
    """What is ticked, and on this page what may be."""
    lines = [told] if told is not None else []
    count = counted(len(chosen), shown.asked.subject, t)
    lines += [t.html("☑️ <b>Chosen: {count}</b>", count=count), *asked_lines(shown.asked, t)]
    if not chosen:
        lines.append(t.html("Tap those with which you want to do the same."))
    return Screen(join(lines), keys.selection(shown, chosen, actor, t))


def counted(n: int, subject: FieldSubject, t: Tongue) -> str:
    """So many deals, or leads, clients, companies."""
    if subject is FieldSubject.LEAD:
        return t.many("{n} lead", "{n} leads", n)
    if subject is FieldSubject.CONTACT:
        return t.many("{n} client", "{n} clients", n)
    if subject is FieldSubject.FIRM:
        return t.many("{n} company", "{n} companies", n)
    return t.many("{n} deal", "{n} deals", n)


def _name(target: Ref, deed: Deed, t: Tongue) -> str:
    """What a deed aims at; why leads are none is kept by a code."""
    return reason_name(target.name, t) if deed is Deed.REJECT else target.name


def _label(target: Ref, deed: Deed, t: Tongue) -> str:
    """The same on a button, as a word of its own."""
    name = _name(target, deed, t)
    return name[:1].upper() + name[1:] if deed is Deed.REJECT else name


def all_ticked(count: int, most: int, t: Tongue) -> Html:
    """There are more than may be changed at once."""
    return t.html(
        "The list is longer: its first {n} are ticked, {most} is the most at once.\n", n=count, most=most
    )


def targets(asked: Targets, t: Tongue) -> Screen:
    """With whom, to where or why?"""
    titles = {
        Deed.GIVE: t.html("🤝 <b>Who takes them?</b>"),
        Deed.MOVE: t.html("🔀 <b>To which stage?</b>"),
        Deed.TAG: t.html("🏷 <b>Which tag do they get?</b>"),
        Deed.UNTAG: t.html("🏷 <b>Which tag is taken off?</b>"),
        Deed.LOSE: t.html("💔 <b>Why are they lost?</b>"),
        Deed.REJECT: t.html("🗑 <b>Why are they not leads?</b>"),
    }
    count = counted(asked.n, asked.deed.subject, t)
    lines = [titles[asked.deed.plain], t.html("Chosen: {count}", count=count)]
    if asked.pipeline is not None:
        lines.append(t.html("🧭 <b>{name}</b>", name=asked.pipeline.name))
    if not asked.choices and not asked.stages and not asked.pipelines:
        lines.append(_nothing(asked.deed, t))
    if asked.deed.plain is Deed.TAG:
        lines.append(t.html("Write a new one: all of them get it at once."))
    return Screen(
        join(lines),
        keys.targets(asked, lambda one: stage_words(one, t), lambda one: _label(one, asked.deed, t), t),
    )


def plan(shown: BulkPlan, t: Tongue) -> Screen:
    """What would happen, and what not."""
    count, to = counted(shown.n, shown.deed.subject, t), _name(shown.target, shown.deed, t)
    titles = {
        Deed.GIVE: t.html("🤝 Hand over <b>{count}</b> to <b>{to}</b>?", count=count, to=to),
        Deed.MOVE: t.html("🔀 Move <b>{count}</b> to “<b>{to}</b>”?", count=count, to=to),
        Deed.TAG: t.html("🏷 Tag <b>{count}</b> with <b>{to}</b>?", count=count, to=to),
        Deed.UNTAG: t.html("🏷 Take <b>{to}</b> off <b>{count}</b>?", count=count, to=to),
        Deed.LOSE: t.html("💔 Close <b>{count}</b> as lost: <b>{to}</b>?", count=count, to=to),
        Deed.REJECT: t.html("🗑 Close <b>{count}</b> as “not a lead”: <b>{to}</b>?", count=count, to=to),
    }
    title = titles[shown.deed.plain] if shown.n else t.html("✋ <b>With none of them this can be done:</b>")
    lines = [
        title,
        *some(shown.some, shown.n, shown.deed.subject, t),
        *_money(shown, t),
        *_along(shown, t),
        *_barred(shown, t),
    ]
    return Screen(join(lines), keys.plan(shown, t))


def done(shown: BulkPlan, t: Tongue) -> Screen:
    """It is done."""
    count, to = counted(shown.n, shown.deed.subject, t), _name(shown.target, shown.deed, t)
    titles = {
        Deed.GIVE: t.html("✅ <b>{to}</b> has got <b>{count}</b>.", count=count, to=to),
        Deed.MOVE: t.html("✅ Now in “<b>{to}</b>”: <b>{count}</b>.", count=count, to=to),
        Deed.TAG: t.html("✅ Tagged with <b>{to}</b>: <b>{count}</b>.", count=count, to=to),
        Deed.UNTAG: t.html("✅ <b>{to}</b> is taken off: <b>{count}</b>.", count=count, to=to),
        Deed.LOSE: t.html("✅ Closed as lost: <b>{count}</b>.", count=count),
        Deed.REJECT: t.html("✅ Closed as “not a lead”: <b>{count}</b>.", count=count),
    }
    lines = [
        titles[shown.deed.plain],
        *_barred(shown, t),
        t.html("For an hour it can be taken back as a whole."),
    ]
    return Screen(join(lines), keys.done(shown, t))


def taken_back(shown: BulkPlan, t: Tongue) -> Screen:
    """They are as they were."""
    count = counted(shown.n, shown.deed.subject, t)
    lines = [t.html("↩️ As before: <b>{count}</b>.", count=count), *_barred(shown, t)]
    return Screen(join(lines), keys.done(shown, t))


def _nothing(deed: Deed, t: Tongue) -> Html:
    if deed.plain is Deed.TAG:
        return t.html("There is no tag yet.")
    if deed.plain is Deed.UNTAG:
        return t.html("None of them has a tag.")
    return t.html("There is nothing to choose from.")


def some(named: Sequence[Ref], n: int, subject: FieldSubject, t: Tongue) -> list[Html]:
    """The first few by name, and how many more there are; clients go by their names alone."""
    if subject in (FieldSubject.CONTACT, FieldSubject.FIRM):
        lines = [t.html("   {mark} {name}", mark=MARKS[subject], name=titled(one.name, t)) for one in named]
    else:
        lines = [t.html("   #{id} {title}", id=one.id, title=titled(one.name, t)) for one in named]
    return [*lines, t.html("   and {n} more", n=n - len(named))] if 0 < len(named) < n else lines


def _money(shown: BulkPlan, t: Tongue) -> list[Html]:
    """What they come to, how many of them nobody has priced, and how many are closed and would not be."""
    lines = [t.html("💰 Together: <b>{total}</b>", total=t.money(shown.total))] if shown.total else []
    if shown.unpriced:
        told = t.many("⚠️ {n} deal has no sum", "⚠️ {n} deals have no sum", shown.unpriced)
        lines.append(esc(told))
    if shown.won or shown.lost:
        parts = (t("{n} won", n=shown.won), shown.won), (t("{n} lost", n=shown.lost), shown.lost)
        closed = ", ".join(words for words, n in parts if n)
        lines.append(t.html("⚠️ Closed, and would be back in work: <b>{closed}</b>", closed=closed))
    return lines


def _along(shown: BulkPlan, t: Tongue) -> list[Html]:
    """What goes with them."""
    if shown.deed in (Deed.LOSE, Deed.REJECT) and shown.tasks:
        tasks = t.many("{n} open task", "{n} open tasks", shown.tasks)
        return [t.html("{tasks} will be dropped.", tasks=tasks)]
    parts = [
        t.many("{n} client", "{n} clients", shown.clients) if shown.clients else "",
        t.many("{n} task", "{n} tasks", shown.tasks) if shown.tasks else "",
    ]
    along = ", ".join(part for part in parts if part)
    return [t.html("With them go: {along}.", along=along)] if along else []


def _barred(shown: BulkPlan, t: Tongue) -> list[Html]:
    """Which stay as they are, and why."""
    words = {
        Bar.GONE: t("gone, or not yours to see"),
        Bar.FOREIGN: t("your role may not do this with them"),
        Bar.GATE: t("the stage is for another role"),
        Bar.FIELDS: t("the stage asks for fields that are empty; fill them in on the card"),
        Bar.UNPAID: t("paid in part: close them one by one"),
        Bar.REASON: t("their pipeline has other reasons"),
        Bar.CLOSED: t("closed already"),
        Bar.ARCHIVED: t("in the archive"),
        Bar.SAME: t("as wished already"),
        Bar.PLACE: t("the colleague does not sell there"),
        Bar.FULL: t("they have as many tags as they may"),
        Bar.TOUCHED: t("changed since"),
    }
    if not shown.barred:
        return []
    lines = [t.html("\nThese stay as they are:")]
    left = dict(shown.left)
    for bar, n in shown.barred:
        lines += [t.html("• {n}: {why}", n=n, why=words[bar])]
        lines += some(left.get(bar, ()), n, shown.deed.subject, t)
    return lines
