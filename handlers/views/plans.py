"""How plans look: what is to be sold, what was, and how far one is from the straight line."""

from babel.numbers import get_currency_precision

from handlers.screen import Screen
from handlers.views.tables import table
from keyboards import plans as keys
from keyboards.common import cut
from keyboards.figures import share, units
from keyboards.tongue import Html, Tongue, join
from services.dto.common import Sum
from services.dto.plans import PersonTarget, PlacePlan, PlanBoard, PlanQuestion, Some, Target, some_of

SHORT = 24


def board(shown: PlanBoard, t: Tongue) -> Screen:
    """A month of one department, of several, or one's own."""
    one = shown.places[0] if len(shown.places) == 1 else None
    place = one.department.name if one else t("all departments")
    title = t.html("🎯 <b>Plan · {month}</b> · {place}", month=t.month(shown.month), place=cut(place, SHORT))
    body = _one(one, shown, t) if one else _many(shown, t)
    subject = ("plan", one.department.id) if one else None
    return Screen(join([title, *body]), keys.board(shown, t), subject=subject)


def ask(question: PlanQuestion, t: Tongue) -> Screen:
    """How much is it to be?"""
    who = question.person.name if question.person else question.department.name
    lines = [
        t.html("🎯 What is <b>{who}</b> to sell in {month}?", who=who, month=t.month(question.month)),
        t.html("Send a sum: <i>1.2 mln</i>, <i>850k</i>, <i>1 200 000</i>."),
    ]
    if question.now:
        lines.append(t.html("Now: {value}", value=t.money(question.now)))
    return Screen(join(lines), keys.ask(question, t))


def facts(target: Target, currency: str, t: Tongue) -> list[Html]:
    """What was sold of a plan, what is missing, and where the straight line would be."""

    def money(minor: int) -> str:
        return t.money(Sum(minor, currency))

    done = t.html(
        "🟢 Sold: <b>{done}</b> of {plan} · <b>{share} %</b>",
        done=money(target.done),
        plan=money(target.plan),
        share=share(target.done, target.plan, t, short=True),
    )
    if not target.missing:
        return [done, t.html("🏁 The plan is met.")]
    due, ahead = (t.about(Sum(minor, currency)) for minor in (target.due, abs(target.ahead)))
    pace = (
        t.html("📈 By now it would be {due}: ahead by {sum}", due=due, sum=ahead)
        if target.ahead >= 0
        else t.html("📉 By now it would be {due}: behind by {sum}", due=due, sum=ahead)
    )
    return [
        done,
        t.html("⏳ To go: <b>{sum}</b>", sum=money(target.missing)),
        *([pace] if target.due else []),
    ]


def only(some: Some | None, t: Tongue) -> list[Html]:
    """That only some have a plan, and only their sales are counted."""
    if some is None:
        return []
    told = t.html(
        "👥 A plan is set for {n} of {all}: only their sales are counted.", n=some.planned, all=some.people
    )
    return [told]


def _one(place: PlacePlan, shown: PlanBoard, t: Tongue) -> list[Html]:
    lines = []
    if place.target.plan:
        lines += facts(place.target, shown.currency, t)
        lines.append(t.html("📅 Working days: {gone} of {days}", gone=place.gone, days=place.days))
    else:
        lines.append(t.html("No plan yet. Sold: <b>{sum}</b>", sum=t.money(shown.sum(place.target.done))))
    if shown.mine:
        return lines
    lines += _parts(place, shown, t)
    if place.people:
        head = [t("Manager"), t("Plan"), t("Sold"), "%"]
        rest = [(t("Ex-colleagues"), place.former), (t("Others"), place.others)]
        people = [_person(line, shown, t) for line in place.people]
        people += [_cells(name, Target(done=sold), shown, t) for name, sold in rest if sold]
        lines.append(table(head, people))
    if shown.sets:
        lines.append(t.html("Press whose plan to set."))
    return lines


def _parts(place: PlacePlan, shown: PlanBoard, t: Tongue) -> list[Html]:
    """The plans of the managers against the department's."""
    if not place.own:
        if not place.shared:
            return []
        told = [t.html("The plan is that of the managers together."), *only(place.some, t)]
        if place.some is not None:
            told.append(t.html("All that was sold here: {sum}", sum=t.money(shown.sum(place.sold))))
        return told
    gap = place.own - place.shared
    together = t.money(shown.sum(place.shared))
    if not gap:
        return [t.html("👥 Managers together: {sum}, as the department", sum=together)]
    rest = t.money(shown.sum(abs(gap)))
    if gap > 0:
        return [t.html("👥 Managers together: {sum}, {rest} are given to nobody", sum=together, rest=rest)]
    return [t.html("👥 Managers together: {sum}, {rest} above the department", sum=together, rest=rest)]


def _many(shown: PlanBoard, t: Tongue) -> list[Html]:
    if not shown.places:
        return [t.html("There is no department yet.")]
    planned = [place.target for place in shown.places if place.target.plan]
    total = sum(planned, Target())
    head = [t("Department"), t("Plan"), t("Sold"), "%"]
    lines = [_cells(place.department.name, place.target, shown, t) for place in shown.places]
    told = facts(total, shown.currency, t) if planned else [t.html("No plan yet.")]
    told += only(None if shown.mine else some_of(shown.places), t)
    return [*told, table(head, lines)]


def _person(line: PersonTarget, shown: PlanBoard, t: Tongue) -> list[str]:
    return _cells(line.person.name, line.target, shown, t)


def _cells(name: str, target: Target, shown: PlanBoard, t: Tongue) -> list[str]:
    digits = get_currency_precision(shown.currency)
    planned = bool(target.plan)
    return [
        name,
        units(target.plan, digits, t) if planned else "–",
        units(target.done, digits, t),
        share(target.done, target.plan, t, short=True) if planned else "",
    ]
