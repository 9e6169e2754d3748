"""Builds the demo: the company, its past and its phones, the same for all who start it on the same day."""

from datetime import datetime, timedelta
from random import Random

from bot.demo.cast import CAST, CLIENT, telegram_id
from bot.demo.chronicle import ZONE, Chronicle, Company
from bot.demo.clients import clients
from bot.demo.requests import LEADS, lead_of, make_leads, make_tasks
from bot.demo.sales import DEALS, Sale, make_sales
from bot.demo.staff import Founded, employ, founding, furnish_telegram
from bot.demo.words import WORDS
from db.models import Deal, Lead
from db.uow import Database, UnitOfWork
from db.wiping import wipe
from sandbox import Group, Telegram
from services import lead_notices, reminders
from services.access import Role
from services.clock import Clock
from services.people import arriving
from services.setup import Setup

LANGUAGES = ("ru", "en")
FROM_LEADS = 0.35
"""The part of the deals that began as leads."""
ANNOUNCED = 2
"""How many of the newest free leads are told to their departments when the demo starts."""
RING_AFTER = timedelta(seconds=6)
"""First the menus come, then the leads ring."""


async def build_demo(
    db: Database, clock: Clock, telegram: Telegram, bot_username: str, language: str
) -> None:
    """Fill an empty database and a local Telegram that has the bot `bot_username` and nothing else.

    Everybody of the company presses Start, so the running bot shows them their menus. The client does not.
    """
    if bot_username not in {bot.username for bot in telegram.bots.values()}:
        raise LookupError(f"the local Telegram has no bot {bot_username!r}")
    now = clock.now()
    await Setup(db, Founded(now)).ensure(founding(language))
    chats = furnish_telegram(telegram, language)
    past = Chronicle(now, Random(now.astimezone(ZONE).date().toordinal()))  # noqa: S311 - no secret
    async with db.write() as uow:
        company = await employ(uow, language, chats, now)
        await _write_past(uow, past, company, language)
    _open_phones(telegram, chats, language)


async def rebuild_demo(
    db: Database, clock: Clock, telegram: Telegram, bot_username: str, language: str
) -> None:
    """Forget the company with all that was tried on it, and build it anew, perhaps in another language."""
    async with db.write() as uow:
        await wipe(uow.session)
    telegram.clear()
    await build_demo(db, clock, telegram, bot_username, language)


async def _write_past(uow: UnitOfWork, past: Chronicle, company: Company, language: str) -> None:
    words = WORDS[language]
    names = clients(past.chance, language, DEALS + LEADS)
    sales = make_sales(past, company, words, names[:DEALS])
    leads = make_leads(past, company, words, names[DEALS:])
    began = {id(sale): lead_of(past, company, sale) for sale in sales if past.chance.random() < FROM_LEADS}
    tasks = make_tasks(past, words, sales)
    sales.sort(key=lambda sale: sale.deal.created_at)
    await _save_clients(uow, sales, [*began.values(), *leads])
    for sale in sales:
        sale.deal.contact_id = sale.contact.id
        sale.deal.company_id = sale.contact.company_id
        if lead := began.get(id(sale)):
            sale.deal.lead_id, lead.contact_id = lead.id, sale.contact.id
        uow.deals.add(sale.deal)
    await uow.deals.flush()
    for sale in sales:
        for payment in sale.payments:
            payment.deal_id = sale.deal.id
            uow.deals.add(payment)
    for task, sale in tasks:
        task.deal_id = sale.deal.id
        uow.tasks.add(task)
    await uow.tasks.flush()
    for task, _ in tasks:
        if task.due_at > past.now and task.done_at is None:
            await reminders.arm(uow, task.id, task.version, task.due_at, past.now)
    await _save_talk(uow, past)
    await _announce(uow, company, leads[-ANNOUNCED:], past.now + RING_AFTER)


async def _save_clients(uow: UnitOfWork, sales: list[Sale], leads: list[Lead]) -> None:
    for firm in {id(sale.firm): sale.firm for sale in sales if sale.firm}.values():
        uow.clients.add(firm)
    await uow.clients.flush()
    for sale in sales:
        sale.contact.company_id = sale.firm.id if sale.firm else None
        uow.clients.add(sale.contact)
    for lead in sorted(leads, key=lambda one: one.created_at):
        uow.leads.add(lead)
    await uow.leads.flush()


async def _save_talk(uow: UnitOfWork, past: Chronicle) -> None:
    for said, about in past.talk:
        if isinstance(about, Deal):
            said.deal_id = about.id
        else:
            said.lead_id = about.id
        uow.talk.add(said)
    await uow.talk.flush()
    await uow.history.append_many(list(past.events()))


async def _announce(uow: UnitOfWork, company: Company, leads: list[Lead], at: datetime) -> None:
    """The newest leads ring on the phones, with a button to take them."""
    actor = arriving(company.marketing, "ru", "Europe/Moscow")
    assert actor is not None
    for lead in leads:
        events = await uow.history.last_of("lead", lead.id, 1)
        await lead_notices.announce(uow, actor, at, lead, events[0][0].id)


def _open_phones(telegram: Telegram, chats: tuple[Group, Group], language: str) -> None:
    words = WORDS[language]
    for place, chat in enumerate(chats):
        crew = sorted(
            (part for part in CAST if part.place == place), key=lambda part: part.role is not Role.HEAD
        )
        for part, line in zip(crew, words.talk[place], strict=False):
            telegram.people[telegram_id(part, language)].send(chat, line)
    for part in CAST:
        telegram.people[telegram_id(part, language)].start()
    telegram.private(telegram.people[telegram_id(CLIENT, language)], telegram.bot)
