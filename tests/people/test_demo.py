"""The demo company: believable, consistent, and the same for everyone on the same day."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.demo.build import build_demo, rebuild_demo
from bot.demo.cast import CAST, CLIENT, telegram_id
from bot.demo.words import PRICES, WORDS
from db.models import (
    Contact,
    Deal,
    Department,
    Event,
    Lead,
    Outbox,
    Payment,
    Person,
    Stage,
    Task,
    Timer,
    Workspace,
)
from db.uow import Database
from sandbox import Telegram
from services.seals import SETTLED, seal, verify
from tests.cast import TurnedClock
from tests.databases import database_at, new_sqlite

NOW = datetime(2026, 5, 20, 9, 30, tzinfo=UTC)


class Demo:
    """A database and a local Telegram with the demo in them."""

    def __init__(self, db: Database, telegram: Telegram, clock: TurnedClock) -> None:
        self.db, self.telegram, self.clock = db, telegram, clock

    async def rows(self, statement: Any) -> list[Any]:
        async with self.db.read() as uow:
            return list((await uow.session.execute(statement)).all())

    async def number(self, statement: Any) -> int:
        return int((await self.rows(statement))[0][0])


@pytest.fixture
async def empty(db: Database) -> Demo:
    telegram = Telegram()
    telegram.add_bot()
    return Demo(db, telegram, TurnedClock(NOW))


@pytest.fixture(params=["ru", "en"])
async def demo(empty: Demo, request: pytest.FixtureRequest) -> Demo:
    await build_demo(empty.db, empty.clock, empty.telegram, "sdelka_bot", request.param)
    return empty


def team_chats(demo: Demo) -> set[int]:
    """All groups; the channel waits to be chosen for the news."""
    return {one.id for one in demo.telegram.groups.values() if one.kind != "channel"}


async def test_the_company_is_staffed_and_its_chats_are_bound(demo: Demo) -> None:
    roles = dict(await demo.rows(select(Person.role, func.count()).group_by(Person.role)))
    assert roles == {"owner": 1, "head": 2, "manager": 5, "finance": 1, "marketing": 1}
    chats = {row[0] for row in await demo.rows(select(Department.chat_id))}
    assert chats == team_chats(demo)
    for group in demo.telegram.groups.values():
        status = group.member(demo.telegram.bot).status
        assert status == ("left" if group.kind == "channel" else "administrator"), group.title
    assert len(demo.telegram.people) == len(CAST) + 1
    assert all(person.subtitle for person in demo.telegram.people.values())


async def test_deals_stand_in_every_stage_and_nothing_lies_in_the_future(demo: Demo) -> None:
    per_stage = dict(
        await demo.rows(
            select(Stage.kind, func.count()).join(Deal, Deal.stage_id == Stage.id).group_by(Stage.kind)
        )
    )
    assert per_stage == {"open": 54, "payment": 12, "won": 34, "lost": 20}
    assert await demo.number(select(func.count()).where(Event.at > NOW)) == 0
    assert await demo.number(select(func.count()).where(Deal.stage_since > NOW)) == 0
    oldest = (await demo.rows(select(func.min(Deal.created_at))))[0][0]
    assert timedelta(days=30) < NOW - oldest < timedelta(days=40)


async def test_the_money_adds_up(demo: Demo) -> None:
    paid = select(func.sum(Payment.amount)).where(Payment.deal_id == Deal.id).scalar_subquery()
    won = await demo.rows(
        select(Deal.amount, paid, Deal.closed_on)
        .join(Stage, Stage.id == Deal.stage_id)
        .where(Stage.kind == "won")
    )
    assert all(amount == came and closed is not None for amount, came, closed in won)
    unready = (
        select(func.count())
        .select_from(Deal)
        .join(Stage, Stage.id == Deal.stage_id)
        .where(
            Stage.position >= 2, Stage.kind != "lost", (Deal.amount.is_(None)) | (Deal.contact_id.is_(None))
        )
    )
    assert await demo.number(unready) == 0
    lost = await demo.rows(
        select(Deal.loss_reason_id).join(Stage, Stage.id == Deal.stage_id).where(Stage.kind == "lost")
    )
    assert all(reason is not None for (reason,) in lost)


async def test_everybody_works_in_the_department_of_their_deals(demo: Demo) -> None:
    from db.models import Membership

    strangers = (
        select(func.count())
        .select_from(Deal)
        .outerjoin(
            Membership,
            (Membership.person_id == Deal.owner_id) & (Membership.department_id == Deal.department_id),
        )
        .where(Membership.person_id.is_(None))
    )
    assert await demo.number(strangers) == 0
    assert await demo.number(select(func.count(func.distinct(Deal.owner_id)))) == 5


async def test_there_are_leads_in_all_states_and_the_newest_ring(demo: Demo) -> None:
    states = {row[0] for row in await demo.rows(select(Lead.status))}
    assert states == {"new", "in_work", "qualified", "rejected"}
    ringing = await demo.rows(select(Outbox.params, Outbox.chat_id).where(Outbox.kind == "card"))
    assert len({params["id"] for params, _ in ringing}) == 2
    assert team_chats(demo) <= {chat for _, chat in ringing}


async def test_tasks_are_overdue_due_today_later_and_done(demo: Demo) -> None:
    open_ = [row[0] for row in await demo.rows(select(Task.due_at).where(Task.done_at.is_(None)))]
    assert any(due < NOW for due in open_)
    assert any(NOW < due < NOW + timedelta(hours=8) for due in open_)
    assert any(due > NOW + timedelta(days=1) for due in open_)
    assert await demo.number(select(func.count()).where(Task.done_at.is_not(None))) > 5


async def test_every_task_has_a_past_under_seal(empty: Demo) -> None:
    demo = empty
    await build_demo(demo.db, demo.clock, demo.telegram, "sdelka_bot", "en")
    tasks = select(Task.id, Task.created_at, Task.done_at).order_by(Task.id)
    told = select(Event.subject_id, Event.at, Event.action).where(Event.subject == "task")
    expected = []
    for task, made, done in await demo.rows(tasks):
        expected += [(task, made, "task.create"), *([(task, done, "task.do")] if done else [])]
    assert sorted(await demo.rows(told)) == sorted(expected)
    early = (Task.created_at < Deal.created_at) | (Task.due_at < Task.created_at)
    assert await demo.number(select(func.count()).where(Task.deal_id == Deal.id, early)) == 0
    await seal(demo.db, NOW + 2 * SETTLED)
    verdict = await verify(demo.db)
    assert (verdict.broken, verdict.unsealed, verdict.missing) == (None, 0, None)


async def test_every_task_to_come_will_remind(demo: Demo) -> None:
    coming = select(Task.id).where(Task.done_at.is_(None), Task.due_at > NOW)
    armed = select(Timer.subject_id).where(Timer.state == "new")
    assert sorted(await demo.rows(armed)) == sorted(await demo.rows(coming))


async def test_everyone_but_the_client_has_opened_the_bot(demo: Demo) -> None:
    language = "ru" if telegram_id(CAST[0], "ru") in demo.telegram.people else "en"
    for part in (*CAST, CLIENT):
        person = demo.telegram.people[telegram_id(part, language)]
        said = [message.text for message in demo.telegram.messages(person)]
        assert said == ([] if part is CLIENT else ["/start"])


async def test_the_same_day_tells_the_same_story(empty: Demo, tmp_path: Path) -> None:
    """An hour later the moments differ, the people and the sums do not."""

    async def story(demo: Demo) -> list[tuple[Any, ...]]:
        await build_demo(demo.db, demo.clock, demo.telegram, "sdelka_bot", "en")
        deals = select(Deal.title, Deal.amount, Contact.name).join(Contact, Contact.id == Deal.contact_id)
        return sorted(tuple(map(str, row)) for row in await demo.rows(deals))

    first = await story(empty)
    other = database_at(new_sqlite(tmp_path))
    telegram = Telegram()
    telegram.add_bot()
    try:
        assert await story(Demo(other, telegram, TurnedClock(NOW + timedelta(hours=1)))) == first
    finally:
        await other.close()


async def test_another_language_rebuilds_everything(empty: Demo) -> None:
    await build_demo(empty.db, empty.clock, empty.telegram, "sdelka_bot", "ru")
    await rebuild_demo(empty.db, empty.clock, empty.telegram, "sdelka_bot", "en")
    assert (await empty.rows(select(Workspace.name)))[0][0] == WORDS["en"].company
    assert await empty.number(select(func.count()).select_from(Deal)) == 120
    assert {person.language_code for person in empty.telegram.people.values()} == {"en"}
    await rebuild_demo(empty.db, empty.clock, empty.telegram, "sdelka_bot", "ru")
    assert (await empty.rows(select(Workspace.name)))[0][0] == WORDS["ru"].company
    owner = empty.telegram.people[telegram_id(CAST[0], "ru")]
    (started,) = empty.telegram.messages(owner)
    assert started.text == "/start"
    assert list(started.chat.people()) == [owner], "the screens follow those who live now"


def test_both_languages_have_the_same_words() -> None:
    for field in ("products", "firms", "notes", "loss_comments", "tasks", "comments"):
        assert len(getattr(WORDS["ru"], field)) == len(getattr(WORDS["en"], field))
    assert len(PRICES) == len(WORDS["ru"].products)


async def test_a_telegram_without_the_bot_is_refused(empty: Demo) -> None:
    with pytest.raises(LookupError):
        await build_demo(empty.db, empty.clock, empty.telegram, "another_bot", "en")
