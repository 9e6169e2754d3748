"""How deals look that change hands together."""

from handlers.screen import Screen
from handlers.views.deal_lists import deal_line
from handlers.views.people import load_words
from keyboards import handovers as keys
from keyboards.tongue import Html, Tongue, join
from services.dto.common import Ref
from services.dto.handovers import DealsHandover, DealsInHand, Holder
from services.dto.people import Load


def holders(people: tuple[Holder, ...], t: Tongue) -> Screen:
    """Who has deals in work."""
    lines = [t.html("👥 <b>Deals in work by colleague</b>")]
    lines += [
        t.html(
            "{name}: <b>{count}</b> · {total}",
            name=one.person.name,
            count=one.deals,
            total=t.money(one.total),
        )
        for one in people
    ]
    if not people:
        lines.append(t.html("Nobody has a deal in work."))
    return Screen(join(lines), keys.holders(people, t))


def in_hand(found: DealsInHand, t: Tongue) -> Screen:
    """A colleague's deals in work."""
    lines = [_head(found.holder, t), *(deal_line(line, t) for line in found.page.items)]
    return Screen(join(lines), keys.in_hand(found, t))


def heirs(found: DealsInHand, people: tuple[Ref, ...], t: Tongue) -> Screen:
    """Who takes them all?"""
    asked = t.html("\n<b>Who takes them all?</b>")
    if not people:
        asked = t.html("\nThere is nobody else here to take them.")
    return Screen(join([_head(found.holder, t), asked]), keys.heirs(found.holder.person.id, people, t))


def sure(plan: DealsHandover, t: Tongue) -> Screen:
    """Shall this colleague take them?"""
    lines = [
        t.html(
            "🤝 Hand over from <b>{name}</b> to <b>{heir}</b>?", name=plan.person.name, heir=plan.heir.name
        ),
        t.html("That is {load}.", load=_load(plan, t)),
        *_left(plan, t),
    ]
    return Screen(join(lines), keys.sure(plan, t))


def done(plan: DealsHandover, t: Tongue) -> Screen:
    """It is done."""
    told = t.html("✅ <b>{heir}</b> has got {load}.", heir=plan.heir.name, load=_load(plan, t))
    return Screen(join([told, *_left(plan, t)]), keys.done(plan, t))


def taken_back(plan: DealsHandover, t: Tongue) -> Screen:
    """They are where they were."""
    told = t.html("↩️ <b>{name}</b> has got back {load}.", name=plan.person.name, load=_load(plan, t))
    return Screen(told, keys.done(plan, t))


def back_news(person: str, heir: str, deals: int, t: Tongue) -> Screen:
    """Told to both of them."""
    load = t.many("{n} deal in work", "{n} deals in work", deals)
    told = t.html(
        "↩️ Taken back: <b>{name}</b> keeps {load} that <b>{heir}</b> had got.",
        name=person,
        heir=heir,
        load=load,
    )
    return Screen(told, keys.mine(t))


def _head(holder: Holder, t: Tongue) -> Html:
    return t.html(
        "👔 <b>{name}</b>: {count} · {total}",
        name=holder.person.name,
        count=t.many("{n} deal in work", "{n} deals in work", holder.deals),
        total=t.money(holder.total),
    )


def _load(plan: DealsHandover, t: Tongue) -> str:
    return load_words(Load(leads=0, deals=plan.deals, tasks=plan.tasks, contacts=plan.contacts), t)


def _left(plan: DealsHandover, t: Tongue) -> list[Html]:
    if not plan.left:
        return []
    stay = t.many("{n} deal in work", "{n} deals in work", plan.left)
    return [
        t.html(
            "{heir} does not sell in every department. Not handed over: {stay}.",
            heir=plan.heir.name,
            stay=stay,
        )
    ]
