"""How deeds with many deals at once look."""

from collections.abc import Collection
from typing import Any

from handlers.screen import Screen
from handlers.views.deal_lists import asked_lines, stage_words
from keyboards import bulk as keys
from keyboards.tongue import Html, Tongue, join
from services.access import Actor
from services.dto.bulk import Bar, BulkPlan, Deed, Targets
from services.dto.lists import DealList

NEWS = ("given", "clients", "moved_tasks", "won", "lost", "awaits", "tasks", "taken", "back", "returned")
"""What may concern somebody, in the order in which it is told."""


def selection(
    shown: DealList, chosen: Collection[int], actor: Actor, t: Tongue, told: Html | None = None
) -> Screen:
    """What is ticked, and on this page what may be."""
    lines = [told] if told is not None else []
    count = t.many("{n} deal", "{n} deals", len(chosen))
    lines += [t.html("☑️ <b>Chosen: {count}</b>", count=count), *asked_lines(shown.asked, t)]
    if not chosen:
        lines.append(t.html("Tap the deals with which you want to do the same."))
    return Screen(join(lines), keys.selection(shown, chosen, actor, t))


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
    }
    lines = [titles[asked.deed], t.html("Chosen: {count}", count=t.many("{n} deal", "{n} deals", asked.n))]
    if not asked.choices and not asked.stages:
        lines.append(_nothing(asked.deed, t))
    return Screen(join(lines), keys.targets(asked, lambda one: stage_words(one, t), t))


def plan(shown: BulkPlan, t: Tongue) -> Screen:
    """What would happen, and what not."""
    count = t.many("{n} deal", "{n} deals", shown.n)
    titles = {
        Deed.GIVE: t.html("🤝 Hand over <b>{count}</b> to <b>{to}</b>?", count=count, to=shown.target.name),
        Deed.MOVE: t.html("🔀 Move <b>{count}</b> to “<b>{to}</b>”?", count=count, to=shown.target.name),
        Deed.TAG: t.html("🏷 Tag <b>{count}</b> with <b>{to}</b>?", count=count, to=shown.target.name),
        Deed.UNTAG: t.html("🏷 Take <b>{to}</b> off <b>{count}</b>?", count=count, to=shown.target.name),
        Deed.LOSE: t.html("💔 Close <b>{count}</b> as lost: <b>{to}</b>?", count=count, to=shown.target.name),
    }
    title = titles[shown.deed] if shown.n else t.html("✋ <b>With none of them this can be done:</b>")
    return Screen(join([title, *_along(shown, t), *_barred(shown, t)]), keys.plan(shown, t))


def done(shown: BulkPlan, t: Tongue) -> Screen:
    """It is done."""
    count = t.many("{n} deal", "{n} deals", shown.n)
    titles = {
        Deed.GIVE: t.html("✅ <b>{to}</b> has got <b>{count}</b>.", count=count, to=shown.target.name),
        Deed.MOVE: t.html("✅ Now in “<b>{to}</b>”: <b>{count}</b>.", count=count, to=shown.target.name),
        Deed.TAG: t.html("✅ Tagged with <b>{to}</b>: <b>{count}</b>.", count=count, to=shown.target.name),
        Deed.UNTAG: t.html("✅ <b>{to}</b> is taken off: <b>{count}</b>.", count=count, to=shown.target.name),
        Deed.LOSE: t.html("✅ Closed as lost: <b>{count}</b>.", count=count),
    }
    lines = [titles[shown.deed], *_barred(shown, t), t.html("For an hour it can be taken back as a whole.")]
    return Screen(join(lines), keys.done(shown, t))


def taken_back(shown: BulkPlan, t: Tongue) -> Screen:
    """They are as they were."""
    count = t.many("{n} deal", "{n} deals", shown.n)
    lines = [t.html("↩️ As before: <b>{count}</b>.", count=count), *_barred(shown, t)]
    return Screen(join(lines), keys.done(shown, t))


def news(params: dict[str, Any], t: Tongue) -> Screen:
    """What somebody has done with many deals, as far as it concerns the reader."""
    count = {name: int(n) for name, n in params.items() if name != "by"}
    told = [_piece(name, count[name], t) for name in NEWS if name in count]
    lines = [t.html("📦 <b>{by}</b>, with many deals at once:", by=params["by"])]
    lines += [t.html("• {words}", words=words) for words in told]
    return Screen(join(lines), keys.news(t))


def _piece(name: str, n: int, t: Tongue) -> str:
    return {
        "given": t.many("you get {n} deal", "you get {n} deals", n),
        "clients": t.many("{n} client with them", "{n} clients with them", n),
        "moved_tasks": t.many("{n} task with them", "{n} tasks with them", n),
        "won": t.many("{n} of your deals is won 🎉", "{n} of your deals are won 🎉", n),
        "lost": t.many("{n} of your deals is lost", "{n} of your deals are lost", n),
        "awaits": t.many("{n} deal awaits payment", "{n} deals await payment", n),
        "tasks": t.many("{n} task is set for you", "{n} tasks are set for you", n),
        "taken": t.many("{n} deal goes back", "{n} deals go back", n),
        "back": t.many("{n} deal is yours again", "{n} deals are yours again", n),
        "returned": t.many("{n} of your deals is where it was", "{n} of your deals are where they were", n),
    }[name]


def _nothing(deed: Deed, t: Tongue) -> Html:
    if deed in (Deed.TAG, Deed.UNTAG):
        return t.html("No deal has a tag yet. Give the first one on a deal's card.")
    return t.html("There is nothing to choose from.")


def _along(shown: BulkPlan, t: Tongue) -> list[Html]:
    """What goes with them."""
    if shown.deed is Deed.LOSE and shown.tasks:
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
    return lines + [t.html("• {n}: {why}", n=n, why=words[bar]) for bar, n in shown.barred]
