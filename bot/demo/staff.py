"""Makes the demo company and its people, in the database and in the local Telegram."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.demo.cast import CAST, CLIENT, telegram_id, username
from bot.demo.chronicle import Company, Crew
from bot.demo.words import WORDS, Words
from db.models import Department, Person
from db.uow import UnitOfWork
from sandbox import Group, Telegram
from sandbox.members import Member
from services.access import Role
from services.setup import FOUNDINGS, Founding
from services.understanding.fold import fold

AGE = timedelta(days=40)
"""How long the company has worked with the program."""
CURRENCY = "RUB"


@dataclass(frozen=True, slots=True)
class Founded:
    """The clock on the day the company began."""

    moment: datetime

    def now(self) -> datetime:
        """That day."""
        return self.moment - AGE


def founding(language: str) -> Founding:
    """What the demo company begins with; it sells in roubles in every language."""
    words = WORDS[language]
    return replace(
        FOUNDINGS[language],
        name=words.company,
        department=words.departments[0],
        currency=CURRENCY,
        time_zone="Europe/Moscow",
        region="RU",
    )


def furnish_telegram(telegram: Telegram, language: str) -> tuple[Group, Group]:
    """The people with their phones, the two team chats with the bot as an administrator, and a channel."""
    words = WORDS[language]
    for part in (*CAST, CLIENT):
        name = part.name(language)
        telegram.add_person(
            telegram_id(part, language),
            name.first,
            name.last,
            username=username(part, language),
            language_code=language,
            phone=f"+7916555{part.number:04}",
            subtitle=words.client if part is CLIENT else _subtitle(words, part.role, part.place),
        )
    _channel(telegram, language)
    first, second = (_team_chat(telegram, language, place) for place in range(2))
    return first, second


async def employ(uow: UnitOfWork, language: str, chats: tuple[Group, Group], now: datetime) -> Company:
    """Everybody of the cast at their place; the company itself has been founded."""
    words, since = WORDS[language], now - AGE
    second = words.departments[1]
    uow.people.add(Department(name=second, name_folded=fold(second), created_at=since))
    await uow.people.flush()
    departments = {row.name: row for row in await uow.people.departments()}
    places = [departments[name] for name in words.departments]
    for department, chat in zip(places, chats, strict=True):
        department.chat_id = chat.id
    people = [_person(number, language, since) for number in range(len(CAST))]
    for person in people:
        uow.people.add(person)
    await uow.people.flush()
    for part, person in zip(CAST, people, strict=True):
        if part.place is not None:
            head = part.role is Role.HEAD
            await uow.people.place(person.id, [places[part.place].id], head=head)
    pipeline, workspace = await uow.pipelines.default(), await uow.people.workspace()
    assert pipeline is not None
    assert workspace is not None
    workspace.set_up_at = since
    return Company(
        crews=(_crew(places, people, 0), _crew(places, people, 1)),
        owner=_first(people, Role.OWNER),
        finance=_first(people, Role.FINANCE),
        marketing=_first(people, Role.MARKETING),
        stages=tuple(await uow.pipelines.stages(pipeline.id)),
        reasons=tuple(await uow.pipelines.loss_reasons()),
        currency=CURRENCY,
    )


def _subtitle(words: Words, role: Role, place: int | None) -> str:
    subtitle = words.subtitles[role]
    return subtitle if place is None else f"{subtitle} · {words.departments[place]}"


def _team_chat(telegram: Telegram, language: str, place: int) -> Group:
    members = [telegram.people[telegram_id(part, language)] for part in CAST if part.place == place]
    boss = next(part for part in CAST if part.role is Role.OWNER)
    owner = telegram.people[telegram_id(boss, language)]
    held = ("can_manage_chat", "can_delete_messages", "can_pin_messages", "can_manage_topics")
    rights = dict.fromkeys(held, True)
    return telegram.add_group(WORDS[language].chats[place], [owner, *members], bot_admin=rights, forum=True)


def _channel(telegram: Telegram, language: str) -> None:
    """A channel of the owner's that everybody reads, to be chosen for the news."""
    people = {part: telegram.people[telegram_id(part, language)] for part in CAST}
    boss = next(part for part in CAST if part.role is Role.OWNER)
    channel = telegram.add_channel(WORDS[language].channel, people[boss], bots=())
    for part, person in people.items():
        if part is not boss:
            channel.members[person.id] = Member(person)


def _person(number: int, language: str, since: datetime) -> Person:
    part = CAST[number]
    name = part.name(language).full
    return Person(
        telegram_id=telegram_id(part, language),
        username=username(part, language),
        name=name,
        name_folded=fold(name),
        role=part.role,
        status="active",
        language=language,
        reachable=True,
        created_at=since,
    )


def _crew(places: list[Department], people: list[Person], place: int) -> Crew:
    crew = [person for part, person in zip(CAST, people, strict=True) if part.place == place]
    managers = tuple(person for person in crew if person.role == Role.MANAGER)
    return Crew(places[place], _first(crew, Role.HEAD), managers)


def _first(people: list[Person], role: Role) -> Person:
    return next(person for person in people if person.role == role)
