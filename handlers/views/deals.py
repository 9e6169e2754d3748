"""How deals look."""

from handlers.screen import Screen
from handlers.views.events import event_line
from keyboards import deals as keys
from keyboards.tongue import Html, Tongue, join
from services.access import StageKind
from services.dto.common import Page
from services.dto.deals import DealCard, DealLine, StageCount

MARKS = {StageKind.OPEN: "🔵", StageKind.PAYMENT: "🟡", StageKind.WON: "🟢", StageKind.LOST: "🔴"}


def card(deal: DealCard, t: Tongue) -> Screen:
    """A deal's card."""
    return Screen(_text(deal, t), keys.deal_card(deal, t), subject=("deal", deal.id))


def moves(deal: DealCard, t: Tongue) -> Screen:
    """The same card with the stages to choose from."""
    return Screen(_text(deal, t), keys.deal_moves(deal, t), subject=("deal", deal.id))


def board(stages: tuple[StageCount, ...], t: Tongue) -> Screen:
    """The stages with what stands in them."""
    lines = [t.html("<b>Deals by stage</b>")]
    lines += [
        t.html(
            "{mark} {stage}: {count} · {total}",
            mark=MARKS[row.stage.kind],
            stage=row.stage.name,
            count=row.count,
            total=t.money(row.total),
        )
        for row in stages
    ]
    return Screen(join(lines), keys.deal_board(stages, t))


def page(deals: Page[DealLine], stage_id: int, t: Tongue) -> Screen:
    """A list of deals."""
    if not deals.items:
        return Screen(t.html("No deals here."), keys.deal_list(deals, stage_id, t))
    return Screen(
        join([t.html("<b>Deals</b>"), *(_line(line, t) for line in deals.items)]),
        keys.deal_list(deals, stage_id, t),
    )


def _line(line: DealLine, t: Tongue) -> Html:
    tail = " · ".join(part for part in (t.money(line.amount) if line.amount else None, line.client) if part)
    return t.html(
        "{mark} #{id} {title} · {tail}", mark=MARKS[line.stage.kind], id=line.id, title=line.title, tail=tail
    )


def _text(deal: DealCard, t: Tongue) -> Html:
    lines = [
        t.html("<b>{title}</b> · #{id}", title=deal.title, id=deal.id),
        t.html("{mark} {stage}", mark=MARKS[deal.stage.kind], stage=deal.stage.name),
    ]
    if deal.amount is not None:
        lines.append(t.html("💰 {amount}", amount=t.money(deal.amount)))
    if deal.contact is not None:
        lines.append(t.html("👤 {name} {phone}", name=deal.contact.name, phone=deal.contact.phone or ""))
    if deal.talk is not None:
        lines += [event_line(event, t) for event in deal.talk.events]
    return join(lines)
