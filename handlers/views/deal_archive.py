"""How closed deals look on their way back to work, and the archive."""

from handlers.screen import Screen
from handlers.views import deals
from handlers.views.deal_lists import deal_line
from keyboards import deal_archive as keys
from keyboards.tongue import Html, Tongue, join
from services.dto.common import Page
from services.dto.deals import DealCard, DealLine, MoveChoice


def returning(choice: MoveChoice, why: str, t: Tongue, page: int = 0) -> Screen:
    """To which stage? And, for those who like, why."""
    deal, origin = choice.deal, choice.origin
    lines = [deals.head(deal, t), Html("")]
    if origin is not None:
        lines.append(t.html("It was closed from “{stage}”.", stage=origin.name))
    lines.append(t.html("♻️ <b>To which stage shall it return?</b>"))
    if why:
        lines.append(t.html("💬 {text}", text=why))
    else:
        lines.append(t.html("If you like, write first why it returns; that stays in its history."))
    return Screen(join(lines), keys.returning(choice, t, page), subject=("deal", deal.id))


def sure(deal: DealCard, tasks: int, t: Tongue) -> Screen:
    """Into the archive?"""
    lines = [
        deals.head(deal, t),
        Html(""),
        t.html("🗄 <b>Put it into the archive?</b>"),
        t.html("It leaves the lists, search shows it last, and reports still count it."),
    ]
    if tasks:
        lines.append(
            t.html("{tasks} of it will be dropped.", tasks=t.many("{n} open task", "{n} open tasks", tasks))
        )
    return Screen(join(lines), keys.sure(deal, t), subject=("deal", deal.id))


def archive(page: Page[DealLine], t: Tongue, *, deletes: bool = False) -> Screen:
    """A page of the archive."""
    lines = [t.html("🗄 <b>Archive of deals</b>"), *(deal_line(line, t) for line in page.items)]
    if not page.items:
        lines.append(t.html("Nothing is here. A closed deal is put here from its card."))
    return Screen(join(lines), keys.archive(page, t, deletes=deletes))
