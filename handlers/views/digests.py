"""How digests look: short enough for the words under a picture."""

from babel.dates import format_interval

from handlers.screen import Screen
from handlers.views.plans import facts, only
from handlers.views.reports import period_name
from keyboards import digests as keys
from keyboards.common import cut
from keyboards.figures import number, share
from keyboards.reports import stage_names
from keyboards.response import minutes_label
from keyboards.tongue import Html, Tongue, join
from services.dto.common import TaskLine
from services.dto.digests import Answers, Digest, DigestChoice, MonthPlan, Morning, PersonLine
from services.report_periods import Period

BEST = 3
STAGES = 4
SHORT = 24
LINE = 60
LONGEST = 62


def digest(shown: Digest, t: Tongue, photo: bytes | None = None) -> Screen:
    """To a head."""
    lines = summary(shown, t)
    if shown.first == shown.last and (violated := _violated(shown, t)):
        lines += [Html(""), t.html("👀 <b>Needs a look</b>"), *violated]
    return Screen(join(lines), keys.digest(shown, t), photo=photo)


def posted(shown: Digest, t: Tongue, photo: bytes) -> Screen:
    """To a team chat, which hears no names of clients and no phones."""
    lines = summary(shown, t)
    if watched := _watched(shown, t):
        lines += [Html(""), *watched]
    return Screen(join(lines), keys.posted(shown, t), photo=photo, public=True)


def morning(shown: Morning, name: str, t: Tongue) -> Screen:
    """To whoever sells."""
    waiting = t.many(
        "⏰ {n} lead waits for your answer", "⏰ {n} leads wait for your answer", shown.unanswered
    )
    free = t.many("📥 {n} free lead", "📥 {n} free leads", shown.free_leads)
    adrift = t.many("⚠️ {n} deal without a next step", "⚠️ {n} deals without a next step", shown.adrift)
    lines = [
        t.html("☀️ <b>Good morning, {name}!</b>", name=name),
        t.html("Today is {day}.", day=t.full_day(shown.day)),
        *([Html(waiting)] if shown.unanswered else []),
        *([Html(free)] if shown.free_leads else []),
        *([t.html("🔴 Overdue: {n}", n=shown.overdue)] if shown.overdue else []),
        *([t.html("📌 Today: {n}", n=shown.due)] if shown.due else []),
        *(_task(task, t) for task in shown.tasks),
        *([Html(adrift)] if shown.adrift else []),
        *_own_plan(shown, t),
    ]
    return Screen(join(lines), keys.morning(shown, t))


def choice(shown: DigestChoice, t: Tongue) -> Screen:
    """Which of them come."""
    lines = [
        t.html("🗞 <b>Digests</b>"),
        t.html("They come on working days, as work begins and ends, by your clock. Press one to switch it."),
    ]
    return Screen(join(lines), keys.choice(shown, t), subject=("digests", shown.person_id))


def summary(shown: Digest, t: Tongue) -> list[Html]:
    """The figures in words, line by line."""
    place = shown.place.name if shown.place else t("all departments")
    lines = [
        t.html("🗞 <b>{when}</b> · {place}", when=when(shown, t), place=cut(place, SHORT)),
        Html(""),
        *_requests(shown.answers, shown.came_before, t),
        *_sales(shown, t),
    ]
    best = [one for one in shown.people if one.sales.won][:BEST]
    if best:
        told = ", ".join(_best(one, shown, t) for one in best)
        lines.append(t.html("🏆 {told}", told=told))
    if shown.plan:
        lines += _plan(shown.plan, shown, t)
    lines += _conversion(shown, t)
    if shown.watch.alarms:
        lines.append(t.html("🚨 Left without an answer: {n}", n=number(shown.watch.alarms, t)))
    return lines


def _own_plan(shown: Morning, t: Tongue) -> list[Html]:
    if shown.plan is None:
        return []
    month = t.html("🎯 <b>Your plan · {month}</b>", month=t.month(shown.day))
    return [month, *facts(shown.plan, shown.currency, t)]


def _task(task: TaskLine, t: Tongue) -> Html:
    return t.html("• {when} {text}", when=t.when(task.due_at), text=cut(task.text, LINE))


def _requests(now: Answers, before: int, t: Tongue) -> list[Html]:
    came, change = number(now.came, t), _change(now.came, before)
    lines = [t.html("📥 Leads: <b>{n}</b>{change}", n=came, change=change)]
    if now.came:
        in_time = share(now.in_time, now.came, t, short=True)
        lines.append(t.html("⚡️ Answered in time: <b>{share} %</b>", share=in_time))
    if now.median is not None:
        usually = minutes_label(max(1, now.median), t)
        lines.append(t.html("⏱ First answer: usually in {time}", time=usually))
    return lines


def _sales(shown: Digest, t: Tongue) -> list[Html]:
    now, before = shown.sales, shown.sales_before
    lines = [
        t.html(
            "🟢 Won: <b>{n}</b> · <b>{sum}</b>{change}",
            n=number(now.won, t),
            sum=t.money(shown.sum(now.won_sum)),
            change=_percent(now.won_sum, before.won_sum, t),
        )
    ]
    if now.lost:
        reasons = ", ".join(
            f"{cut(reason, SHORT) if reason else t('no reason given')} {count}"
            for reason, count in shown.losses[:BEST]
        )
        lines.append(t.html("🔴 Lost: <b>{n}</b> · {reasons}", n=number(now.lost, t), reasons=reasons))
    return lines


def _plan(plan: MonthPlan, shown: Digest, t: Tongue) -> list[Html]:
    """The month against its plan."""
    month = t.html("🎯 <b>Plan · {month}</b>", month=t.month(plan.month))
    return [month, *facts(plan.target, shown.currency, t), *only(plan.some, t)]


def _conversion(shown: Digest, t: Tongue) -> list[Html]:
    """Of the deals that came to each stage, how many went on."""
    names = stage_names(shown, t, SHORT)
    told = [
        f"{names.get(line.stage.id, line.stage.name)} {share(line.on, line.came, t, short=True)} %"
        for line in shown.conversion[:STAGES]
    ]
    return [t.html("🔀 Went on from a stage: {told}", told=", ".join(told))] if told else []


def _violated(shown: Digest, t: Tongue) -> list[Html]:
    """What is not as it should be as the day ends; the lists are behind the buttons."""
    watch = shown.watch
    found = (
        (watch.violations.unanswered, t("🚨 Leads that nobody answers: {n}", n=watch.violations.unanswered)),
        (watch.late, t("🔴 Overdue tasks: {n}", n=number(watch.late, t))),
        (watch.adrift, t("⚠️ Deals without a next step: {n}", n=number(watch.adrift, t))),
        (
            watch.violations.rotting,
            t("⏳ Deals too long in a stage: {n}", n=number(watch.violations.rotting, t)),
        ),
        (watch.violations.silent, t("🔇 Silent clients: {n}", n=number(watch.violations.silent, t))),
    )
    return [Html(words) for count, words in found if count]


def _watched(shown: Digest, t: Tongue) -> list[Html]:
    """What waits now: in private it is told by the buttons that lead there."""
    watch, lines = shown.watch, []
    if watch.free:
        lines.append(t.html("📥 Free leads now: {n}", n=number(watch.free, t)))
    if watch.late:
        lines.append(t.html("🔴 Overdue tasks: {n}", n=number(watch.late, t)))
    if watch.adrift:
        lines.append(t.html("⚠️ Deals without a next step: {n}", n=number(watch.adrift, t)))
    return lines


def _best(one: PersonLine, shown: Digest, t: Tongue) -> str:
    return f"{cut(one.person.name, SHORT)} {t.money(shown.sum(one.sales.won_sum))}"


def _change(now: int, before: int) -> str:
    """How much more or less than before."""
    if now == before:
        return ""
    return f" ({'▲' if now > before else '▼'} {abs(now - before)})"


def _percent(now: int, before: int, t: Tongue) -> str:
    if not before or now == before:
        return ""
    return f" ({'▲' if now > before else '▼'} {share(abs(now - before), before, t, short=True)} %)"


def when(shown: Digest, t: Tongue) -> str:
    """The days of a digest in words."""
    if shown.first == shown.last:
        return t.full_day(shown.first)
    if (shown.last - shown.first).days > LONGEST:
        return period_name(Period(shown.first, shown.last), t)
    return format_interval(shown.first, shown.last, "MMMMd", locale=t.language).replace("\u2009", "")
