"""How many deals look at once: by stage, and one below the other."""

from handlers.screen import Screen
from keyboards import deal_board as keys
from keyboards.common import titled
from keyboards.paging import leaf
from keyboards.stage_marks import mark
from keyboards.tongue import Html, Tongue, esc, join
from services.dto.common import Page
from services.dto.deals import Board, DealLine, StageCount


def board(board: Board, t: Tongue, *, people: bool, page: int = 0) -> Screen:
    """The stages with what stands in them; `people`: and the way to the deals of each colleague."""
    lines = [t.html("<b>Deals by stage</b>")]
    if board.pipeline is not None:
        lines = [t.html("<b>Deals by stage · {pipeline}</b>", pipeline=board.pipeline.name)]
    held = [row for row in board.stages if row.count]
    lines += [
        t.html(
            "{mark} {stage}: <b>{count}</b> · {total}",
            mark=mark(row.stage),
            stage=row.stage.name,
            count=row.count,
            total=t.money(row.total),
        )
        for row in leaf([*held, *board.others], page).items
        if isinstance(row, StageCount)
    ]
    if board.expected is not None:
        told = t.html(
            "🎲 Expected, by the percent of each stage: <b>{amount}</b>", amount=t.about(board.expected)
        )
        lines.append(told)
    if not held:
        lines.append(t.html("No deals yet. They grow out of leads: take one and press «Qualify»."))
    if board.latest:
        lines.append(t.html("\n👇 Recent deals, yours first:"))
    return Screen(join(lines), keys.deal_board(board, t, people=people, page=page))


def page(deals: Page[DealLine], stage_id: int, t: Tongue) -> Screen:
    """A list of deals."""
    stage = deals.items[0].stage if stage_id and deals.items else None
    title = t.html("{mark} <b>{stage}</b>", mark=mark(stage), stage=stage.name) if stage else None
    lines = [title or t.html("<b>Deals</b>"), *(deal_line(line, t) for line in deals.items)]
    if not deals.items:
        lines.append(t.html("No deals here."))
    return Screen(join(lines), keys.deal_list(deals, stage_id, t))


def deal_line(line: DealLine, t: Tongue) -> Html:
    """A deal in a list."""
    parts = [t.money(line.amount) if line.amount else None, line.client, line.owner]
    name = t.html(
        "{mark} #{id} <b>{title}</b>",
        mark="🗄" if line.archived else mark(line.stage),
        id=line.id,
        title=titled(line.title, t),
    )
    return join([name, *(esc(part) for part in parts if part)], " · ")
