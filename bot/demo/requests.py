"""The demo's leads, in all states, and its tasks: overdue, today, later, done."""

from datetime import UTC, datetime, timedelta

from bot.demo.chronicle import ZONE, Chronicle, Company, Crew, at_work
from bot.demo.sales import CALLS, SOURCES, Sale
from bot.demo.words import PRICES, Words
from db.models import Lead, Person, Task
from services.access import Action
from services.dto.leads import LeadStatus, RejectReason
from services.lead_fields import lead_haystack

FREE_MINUTES = (4, 35, 190)
"""How long the free leads of each department have waited."""
IN_WORK, REJECTED = 10, 6
LEADS = 2 * len(FREE_MINUTES) + IN_WORK + REJECTED
REASONS = (RejectReason.SPAM, RejectReason.WRONG_NUMBER, RejectReason.NOT_OURS, RejectReason.DUPLICATE)


def make_leads(past: Chronicle, company: Company, words: Words, names: list[tuple[str, str]]) -> list[Lead]:
    """Requests that are no deals: free ones, those in work and those that were none; the newest last."""
    chance, left = past.chance, iter(names)
    leads = []
    for number in range(IN_WORK + REJECTED):
        crew = company.crews[number % 2]
        rejected = number >= IN_WORK
        at = past.workday(chance.randint(5, 34) if rejected else chance.randint(0, 6))
        lead = _lead(past, company, words, next(left), crew, at)
        _take(past, lead, chance.choice(crew.managers))
        if rejected:
            _reject(past, company, lead, REASONS[number % len(REASONS)])
        leads.append(lead)
    for minutes in sorted(FREE_MINUTES, reverse=True):
        for crew in company.crews:
            at = past.now - timedelta(minutes=minutes)
            leads.append(_lead(past, company, words, next(left), crew, at))
    return leads


def lead_of(past: Chronicle, company: Company, sale: Sale) -> Lead:
    """The request that a deal began as."""
    deal, contact = sale.deal, sale.contact
    at = deal.created_at - timedelta(minutes=past.chance.randrange(20, 600))
    lead = Lead(
        title=deal.title,
        name=contact.name,
        search=lead_haystack(deal.title, contact.name, None, None),
        phone=contact.phone,
        amount=deal.amount,
        currency=deal.currency,
        source=deal.source,
        status=LeadStatus.QUALIFIED,
        department_id=deal.department_id,
        owner_id=sale.owner.id,
        created_by=company.marketing.id,
        created_at=at,
        taken_at=at + timedelta(minutes=past.chance.randrange(1, 19)),
        closed_at=deal.created_at,
        version=3,
    )
    _answer(lead, lead.taken_at or at)
    past.tell(at, company.marketing, Action.LEAD_CREATE, lead, status=[None, LeadStatus.NEW])
    past.tell(
        lead.taken_at or at, sale.owner, Action.LEAD_TAKE, lead, status=[LeadStatus.NEW, LeadStatus.IN_WORK]
    )
    past.tell(
        deal.created_at, sale.owner, Action.LEAD_QUALIFY, lead, status=[LeadStatus.IN_WORK, lead.status]
    )
    return lead


def make_tasks(past: Chronicle, words: Words, sales: list[Sale]) -> list[tuple[Task, Sale]]:
    """Every other open deal has a next step; some of those that are done had one, too."""
    chance, made = past.chance, []
    for sale in sales:
        is_open = sale.deal.closed_on is None
        if chance.random() >= (0.6 if is_open else 0.3):
            continue
        begun = sale.deal.created_at
        due = _due(past, begun) if is_open else sale.deal.stage_since
        task = Task(
            text=chance.choice(words.tasks),
            due_at=due,
            assignee_id=sale.owner.id,
            author_id=sale.owner.id,
            created_at=max(begun, min(due, past.now) - timedelta(days=1, minutes=chance.randrange(300))),
        )
        past.tell(
            task.created_at,
            sale.owner,
            Action.TASK_CREATE,
            task,
            due_at=[None, due.astimezone(UTC).isoformat()],
        )
        if not is_open:
            task.done_at, task.done_by = due, sale.owner.id
            past.tell(due, sale.owner, Action.TASK_DO, task, done=[False, True])
        made.append((task, sale))
    return made


def _due(past: Chronicle, begun: datetime) -> datetime:
    """Overdue, today or later, on the half hour; never before its deal began."""
    chance = past.chance
    hours = chance.choices(
        (chance.uniform(-60, -2), chance.uniform(1, 6), chance.uniform(18, 170)), weights=(2, 3, 5)
    )[0]
    due = (past.now + timedelta(hours=hours)).astimezone(ZONE)
    due = due.replace(minute=30 * (due.minute // 30), second=0, microsecond=0)
    if not 0 < hours < 7 or due.date() != past.now.astimezone(ZONE).date():
        due = at_work(due)
    due = due - timedelta(days=1) if hours < 0 and due >= past.now else due
    while due <= begun:
        due += timedelta(days=1)
    return due


def _lead(
    past: Chronicle, company: Company, words: Words, client: tuple[str, str], crew: Crew, at: datetime
) -> Lead:
    chance, (name, phone) = past.chance, client
    product = chance.randrange(len(PRICES))
    title = words.products[product]
    lead = Lead(
        title=title,
        name=name,
        search=lead_haystack(title, name, None, None),
        phone=phone,
        amount=chance.randint(*PRICES[product]) * 100_000 if chance.random() < 0.5 else None,
        currency=company.currency,
        source=chance.choice(SOURCES),
        comment=chance.choice(words.comments) if chance.random() < 0.6 else None,
        status=LeadStatus.NEW,
        department_id=crew.department.id,
        created_by=company.marketing.id,
        created_at=at,
        version=1,
    )
    past.tell(at, company.marketing, Action.LEAD_CREATE, lead, status=[None, LeadStatus.NEW])
    return lead


def _take(past: Chronicle, lead: Lead, owner: Person) -> None:
    at = min(lead.created_at + timedelta(minutes=past.chance.randrange(1, 40)), past.now)
    lead.status, lead.owner_id, lead.taken_at = LeadStatus.IN_WORK, owner.id, at
    lead.version += 1
    past.tell(at, owner, Action.LEAD_TAKE, lead, status=[LeadStatus.NEW, LeadStatus.IN_WORK])
    for moment in past.between(at, past.now, past.chance.randrange(2)):
        past.call(moment, owner, lead, past.chance.choice(CALLS))
        _answer(lead, moment)


def _reject(past: Chronicle, company: Company, lead: Lead, reason: RejectReason) -> None:
    at = (lead.taken_at or lead.created_at) + timedelta(minutes=past.chance.randrange(5, 90))
    owner = next(one for crew in company.crews for one in crew.managers if one.id == lead.owner_id)
    lead.status, lead.reject_reason, lead.closed_at = LeadStatus.REJECTED, reason, min(at, past.now)
    lead.version += 1
    _answer(lead, lead.closed_at)
    past.tell(lead.closed_at, owner, Action.LEAD_REJECT, lead, reject_reason=[None, reason])


def _answer(lead: Lead, at: datetime) -> None:
    """The client has heard from somebody; only the first time is measured."""
    if lead.answered_at is None:
        lead.answered_at = at
        lead.answer_minutes = (at - lead.created_at) // timedelta(minutes=1)
