"""The demo's deals: created, moved, paid or lost over five weeks."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.demo.chronicle import ZONE, Chronicle, Company, Crew
from bot.demo.words import PRICES, Words
from db.models import Company as Firm
from db.models import Contact, Deal, Payment, Person
from services.access import Action, StageKind, move_action
from services.haystack import haystack
from services.understanding.fold import fold

SOURCES = ("site", "site", "site", "call", "call", "referral", "avito", "vk", "telegram", "ads", "walk_in")
CALLS = ("reached", "reached", "reached", "no_answer", "call_back")
METHODS = ("bank", "bank", "card", "cash")


@dataclass(frozen=True, slots=True)
class Plan:
    """How many deals stand in a stage, and how many days ago they were opened."""

    stage: int
    count: int
    youngest: int
    oldest: int


PLANS = (
    Plan(0, 14, 0, 4),
    Plan(1, 22, 2, 14),
    Plan(2, 18, 5, 21),
    Plan(3, 12, 8, 26),
    Plan(4, 34, 9, 36),
    Plan(5, 20, 8, 36),
)
DEALS = sum(plan.count for plan in PLANS)
PAYMENT, WON, LOST = 3, 4, 5


@dataclass(slots=True)
class Sale:
    """A deal with its client and the money that came for it."""

    deal: Deal
    contact: Contact
    firm: Firm | None
    owner: Person
    crew: Crew
    payments: list[Payment]


def make_sales(past: Chronicle, company: Company, words: Words, names: list[tuple[str, str]]) -> list[Sale]:
    """All deals of the demo. Their order, and so the dice, do not depend on the time of the day."""
    chance = past.chance
    plans = [(chance.randint(plan.youngest, plan.oldest), plan) for plan in PLANS for _ in range(plan.count)]
    firms = [_firm(name, past.now) for name in words.firms]
    return [
        _sale(past, company, words, name, past.workday(days_ago), plan, firms)
        for name, (days_ago, plan) in zip(names, plans, strict=True)
    ]


def _sale(
    past: Chronicle,
    company: Company,
    words: Words,
    client: tuple[str, str],
    at: datetime,
    plan: Plan,
    firms: list[Firm],
) -> Sale:
    chance = past.chance
    crew = chance.choices(company.crews, weights=(3, 2))[0]
    owner = chance.choice(crew.managers)
    product = chance.randrange(len(PRICES))
    thousands = chance.randint(*PRICES[product])
    known = plan.stage >= 2 or chance.random() < 0.7
    name, phone = client
    contact = Contact(
        name=name,
        search=haystack(name),
        phone=phone,
        owner_id=owner.id,
        department_id=crew.department.id,
        created_by=owner.id,
        created_at=at,
    )
    title = words.products[product]
    deal = Deal(
        title=title,
        search=haystack(title),
        pipeline_id=company.stages[0].pipeline_id,
        amount=thousands * 1_000 * 100 if known else None,
        currency=company.currency,
        source=chance.choice(SOURCES),
        product=title,
        owner_id=owner.id,
        department_id=crew.department.id,
        created_by=owner.id,
        created_at=at,
        opened_on=at.astimezone(ZONE).date(),
    )
    firm = chance.choice(firms) if chance.random() < 0.12 else None
    sale = Sale(deal, contact, firm, owner, crew, [])
    past.tell(at, owner, Action.DEAL_CREATE, deal)
    _live(past, company, words, sale, plan)
    return sale


def _live(past: Chronicle, company: Company, words: Words, sale: Sale, plan: Plan) -> None:
    """Move a deal through its stages, with what was said on the way."""
    chance, deal = past.chance, sale.deal
    path = list(range(1, plan.stage + 1))
    if plan.stage == LOST:
        path = [*range(1, chance.randrange(1, 4)), LOST]
    moments = past.between(deal.created_at, past.now, len(path))
    here = company.stages[0]
    deal.stage_id, deal.stage_since, deal.version = here.id, deal.created_at, 1
    for at, number in zip(moments, path, strict=True):
        target = company.stages[number]
        action = move_action(StageKind(here.kind), StageKind(target.kind))
        if number == WON:
            _pay(past, company, sale, at)
        actor = sale.crew.head if action is Action.DEAL_SETTLE else sale.owner
        moved: dict[str, list[object]] = {"stage_id": [here.id, target.id], "stage": [here.name, target.name]}
        past.tell(at, actor, action, deal, **moved)
        here, deal.stage_id, deal.stage_since = target, target.id, at
        deal.version += 1
    if plan.stage in (WON, LOST):
        deal.closed_on = deal.stage_since.astimezone(ZONE).date()
    if plan.stage == LOST:
        _lose(past, company, words, sale)
    if plan.stage == PAYMENT and chance.random() < 0.4:
        _receive(past, company, sale, past.between(deal.stage_since, past.now, 1)[0], (deal.amount or 0) // 2)
    _talk(past, words, sale, deal.stage_since if plan.stage in (WON, LOST) else past.now)
    deal.silent_from = deal.touched_at if deal.closed_on is None else None


def _lose(past: Chronicle, company: Company, words: Words, sale: Sale) -> None:
    number = past.chance.randrange(len(words.loss_comments))
    sale.deal.loss_reason_id = company.reasons[number].id
    if past.chance.random() < 0.7:
        past.note(sale.deal.stage_since, sale.owner, sale.deal, words.loss_comments[number])


def _pay(past: Chronicle, company: Company, sale: Sale, settled: datetime) -> None:
    """The money came before the head settled the deal: at once or in two parts."""
    deal = sale.deal
    total, halves = deal.amount or 0, past.chance.random() < 0.35
    parts = [total // 2, total - total // 2] if halves else [total]
    moments = past.between(deal.stage_since, settled - timedelta(minutes=1), len(parts))
    for at, part in zip(moments, parts, strict=True):
        _receive(past, company, sale, at, part)


def _receive(past: Chronicle, company: Company, sale: Sale, at: datetime, amount: int) -> None:
    method = past.chance.choice(METHODS)
    sale.payments.append(
        Payment(
            amount=amount,
            currency=company.currency,
            paid_on=at.astimezone(ZONE).date(),
            method=method,
            recorded_by=company.finance.id,
            created_at=at,
        )
    )
    changes: dict[str, list[object]] = {"paid": [None, amount], "method": [None, method]}
    past.tell(at, company.finance, Action.PAYMENT_RECORD, sale.deal, **changes)


def _talk(past: Chronicle, words: Words, sale: Sale, until: datetime) -> None:
    chance, deal = past.chance, sale.deal
    for at in past.between(deal.created_at, until, chance.randrange(3)):
        past.note(at, sale.owner, deal, chance.choice(words.notes))
    for at in past.between(deal.created_at, until, chance.randrange(3)):
        past.call(at, sale.owner, deal, chance.choice(CALLS))


def _firm(name: str, now: datetime) -> Firm:
    return Firm(name=name, name_folded=fold(name), created_at=now - timedelta(days=40))
