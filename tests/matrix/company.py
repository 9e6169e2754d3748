"""A company in which everything stands somewhere, each thing with words of its own that may not leak."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import insert, select, update

from db.models import Company as Firm
from db.models import (
    ConsentText,
    Contact,
    CustomField,
    Deal,
    DealTopic,
    Department,
    ImportBatch,
    ImportRow,
    Invite,
    Lead,
    Membership,
    Note,
    Person,
    Stage,
    Tag,
    Task,
    TaskItem,
    TaskWatcher,
)
from db.uow import UnitOfWork
from sandbox.files import StoredFile
from services.access import Role
from services.dto.fields import FieldSubject
from services.dto.inquiries import KeyScope
from services.imports.plan import Plan, to_json
from services.lists.filters import What
from services.payment_methods import Method
from services.understanding.recurrence import Recurrence, Unit
from tests.cast import CAST, STRANGER, actor_of
from tests.matrix.expectations import JOINT, THINGS, Thing
from tests.world import World

LEO = 1009
TEAM_CHAT = "Sales team"
PAID = 55_25
NOBODYS = {"sales": "Sales", "typed": "Sales", "service": "Service"}
SELLERS = {"shared": ("hugo", "anna"), "lent": ("boris", "hugo")}
"""Whose deal it is, and who works on it, too."""
HANDS = {
    "given": ("anna", "helen"),
    "beside": ("boris", "boris"),
    **dict.fromkeys(JOINT, ("victor", "victor")),
}
"""Whose a task is to do, and who has set it, where that does not say itself."""
TOPICS = ("open", "payment")
"""The states of Boris' deals that have a topic."""
STATUS = {"new": "new", "taken": "in_work", "qualified": "qualified", "rejected": "rejected"}


@dataclass(frozen=True, slots=True)
class Words:
    """What of a thing could leak: what it is called, how its client is reached, and what was said."""

    title: str
    client: str = ""
    phone: str = ""
    said: tuple[str, ...] = ()

    def all(self) -> frozenset[str]:
        """Every one of them."""
        return frozenset(word for word in (self.title, self.client, self.phone, *self.said) if word)


SCOPES = {
    "writes": KeyScope.LEADS_WRITE,
    "reads": KeyScope.LEADS_READ,
    "looks": KeyScope.CARDS_READ,
    "fills": KeyScope.CARDS_WRITE,
}
"""What the keys of the table of ways in are made for."""


@dataclass(slots=True)
class Company:
    """Ids by name, and the words of every thing."""

    people: dict[str, int] = field(default_factory=dict)
    departments: dict[str, int] = field(default_factory=dict)
    stages: dict[str, int] = field(default_factory=dict)
    ids: dict[Thing, int] = field(default_factory=dict)
    words: dict[Thing, Words] = field(default_factory=dict)
    points: dict[Thing, int] = field(default_factory=dict)
    """The phones of the contacts."""
    twins: dict[Thing, int] = field(default_factory=dict)
    """Contacts and companies that may be the same as these."""
    chats: dict[str, int] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    """The secrets of programs."""
    topics: dict[Thing, int] = field(default_factory=dict)
    """The topics of deals in the chat `talk`."""
    payments: dict[Thing, int] = field(default_factory=dict)
    """The first payment of each deal that has any."""
    items: dict[Thing, int] = field(default_factory=dict)
    """The item of each task's checklist."""
    files: dict[Thing, int] = field(default_factory=dict)
    """The file that lies with each deal."""

    def firm(self, whose: str) -> int:
        """The company that is somebody's."""
        states = [Thing("firm", whose, state) for state in ("known", "buys")]
        return next((self.ids[one] for one in states if one in self.ids), 0)


async def build_company(world: World) -> Company:
    """All of `expectations.THINGS`, and the office."""
    made = Company()
    async with world.db.write() as uow:
        await _people(world, uow, made)
        await _fields(world, uow)
        for number, thing in enumerate(THINGS):
            await _MAKERS[thing.subject](world, uow, made, thing, number)
    await _talk(world, made)
    await _office(world, made)
    return made


async def _people(world: World, uow: UnitOfWork, made: Company) -> None:
    session = uow.session
    made.departments = {row.name: row.id for row in (await session.scalars(select(Department))).all()}
    made.stages = {row.name: row.id for row in (await session.scalars(select(Stage))).all()}
    leo = Person(
        telegram_id=LEO, name="Leo", name_folded="leo", role="manager", status="left", reachable=True,
        created_at=world.clock.now(), left_at=world.clock.now(),
    )  # fmt: skip
    nora = Person(
        name="Nora", name_folded="nora", role="manager", status="imported", created_at=world.clock.now()
    )  # known by name only, as an import makes them
    session.add_all([leo, nora, ConsentText(number=1, text="We keep it", created_at=world.clock.now())])
    await session.flush()
    sales = {"department_id": made.departments["Sales"], "head": False}
    await session.execute(insert(Membership).values(person_id=nora.id, **sales))
    # Somebody tidied up badly: he must get nothing although he still seems to belong to Sales.
    await session.execute(insert(Membership).values(person_id=leo.id, **sales))
    rows = (await session.execute(select(Person.id, Person.telegram_id))).all()
    names = {part.telegram_id: name for name, part in CAST.items()} | {LEO: "leo", None: "nora"}
    made.people = {names[telegram_id]: person_id for person_id, telegram_id in rows}


async def _fields(world: World, uow: UnitOfWork) -> None:
    """A text field for each kind of subject, the first that there are."""
    for subject in FieldSubject:
        field = CustomField(
            subject=subject, key="zfield", name="Zfield", kind="text", position=0, options=[],
            created_at=world.clock.now(),
        )  # fmt: skip
        uow.session.add(field)
        await uow.session.flush()


def _owner(made: Company, thing: Thing) -> tuple[int | None, int]:
    """Owner and department."""
    if thing.whose in NOBODYS:
        return None, made.departments[NOBODYS[thing.whose]]
    seller, *_ = SELLERS.get(thing.whose, (thing.whose,))
    return made.people[seller], made.departments[CAST[seller].department or "Sales"]


def _crew(made: Company, thing: Thing) -> list[int]:
    """Who works on a deal besides its owner."""
    return [made.people[name] for name in SELLERS.get(thing.whose, ())[1:]]


def _call(number: int) -> str:
    return f"+7916{5550000 + number * 37}"


STAGES = {"open": "In work", "payment": "Awaiting payment", "won": "Paid", "lost": "Lost", "archived": "Lost"}


async def _deal(world: World, uow: UnitOfWork, made: Company, thing: Thing, number: int) -> None:
    owner, department = _owner(made, thing)
    name = f"{thing.whose}{thing.state}"
    words = Words(f"Zdeal{name}", f"Zclient{name}", _call(number), (f"Znote{name}",))
    now = world.clock.now()
    contact = Contact(
        name=words.client, search=words.client.casefold(), phone=words.phone, owner_id=owner,
        department_id=department, created_at=now,
    )  # fmt: skip
    uow.session.add(contact)
    await uow.session.flush()
    row = Deal(
        title=words.title, search=words.title.casefold(), pipeline_id=1,
        stage_id=made.stages[STAGES[thing.state]], stage_since=now, amount=1_000_00 + number, currency="RUB",
        source="site", owner_id=owner,
        department_id=department, contact_id=contact.id, created_at=now, opened_on=now.date(),
        closed_on=now.date() if thing.state in ("won", "lost", "archived") else None,
        loss_reason_id=1 if thing.state in ("lost", "archived") else None,
        archived_at=now if thing.state == "archived" else None, crew=_crew(made, thing),
    )  # fmt: skip
    uow.session.add(row)
    await uow.session.flush()
    await uow.deals.set_helpers(row.id, row.crew)
    made.ids[thing], made.words[thing] = row.id, words
    if thing.state == "open":
        known = Thing("contact", thing.whose, "known")
        made.ids[known], made.words[known] = contact.id, Words(words.client, phone=words.phone)
        made.points[known] = contact.points[0].id


async def _contact(world: World, uow: UnitOfWork, made: Company, thing: Thing, _number: int) -> None:
    """Made with the open deal; here comes one that may be the same."""
    assert thing in made.ids
    owner, department = _owner(made, thing)
    twin = Contact(
        name="Ztwin", search="ztwin", owner_id=owner, department_id=department, created_at=world.clock.now()
    )
    uow.session.add(twin)
    await uow.session.flush()
    made.twins[thing] = twin.id


async def _firm(world: World, uow: UnitOfWork, made: Company, thing: Thing, _number: int) -> None:
    owner, department = _owner(made, thing)
    words = Words(f"Zfirm{thing.whose}")
    row = Firm(
        name=words.title, name_folded=words.title.casefold(), owner_id=owner, department_id=department,
        created_at=world.clock.now(),
    )  # fmt: skip
    twin = Firm(
        name="Ztwin", name_folded="ztwin", owner_id=owner, department_id=department, created_at=row.created_at
    )
    uow.session.add_all([row, twin])
    await uow.session.flush()
    made.ids[thing], made.words[thing], made.twins[thing] = row.id, words, twin.id
    if thing.state == "buys":  # By none of the deals that are things, so that it can be linked with them.
        deal = Deal(
            title="Zjob", search="zjob", pipeline_id=1, stage_id=made.stages["New"], currency="RUB",
            source="site", stage_since=row.created_at, owner_id=owner, department_id=department,
            company_id=row.id, created_at=row.created_at, opened_on=row.created_at.date(),
            crew=_crew(made, thing),
        )  # fmt: skip
        uow.session.add(deal)
        await uow.session.flush()
        await uow.deals.set_helpers(deal.id, deal.crew)


async def _lead(world: World, uow: UnitOfWork, made: Company, thing: Thing, number: int) -> None:
    owner, department = _owner(made, thing)
    name = f"{thing.whose}{thing.state}"
    words = Words(f"Zlead{name}", f"Zperson{name}", _call(number), (f"Zcomment{name}",))
    now = world.clock.now()
    row = Lead(
        title=words.title, name=words.client, phone=words.phone, comment=words.said[0],
        search=f"{words.title} {words.client}".casefold(), currency="RUB", source="site",
        status=STATUS[thing.state], reject_reason="spam" if thing.state == "rejected" else None,
        department_id=department, owner_id=owner,
        created_by=made.people["max" if thing.whose == "typed" else "olga"],
        created_at=now, taken_at=now if owner else None,
        closed_at=now if thing.state in ("qualified", "rejected") else None,
    )  # fmt: skip
    uow.session.add(row)
    await uow.session.flush()
    made.ids[thing], made.words[thing] = row.id, words


async def _task(world: World, uow: UnitOfWork, made: Company, thing: Thing, _number: int) -> None:
    assignee, author = HANDS.get(thing.whose, (thing.whose, thing.whose))
    owner = "anna" if thing.whose == "beside" else thing.whose
    now = world.clock.now()
    words = Words(f"Ztask{thing.whose}{thing.state}")
    row = Task(
        text=words.title, due_at=now - timedelta(minutes=5), assignee_id=made.people[assignee],
        author_id=made.people[author], created_at=now - timedelta(days=1),
        deal_id=made.ids[Thing("deal", owner, "won")] if thing.state in ("linked", "done") else None,
        contact_id=made.ids[Thing("contact", thing.whose, "known")] if thing.state == "client" else None,
        personal=thing.state == "personal", done_at=now if thing.state == "done" else None,
        done_by=made.people[assignee] if thing.state == "done" else None, items=1, items_done=1,
        checks=thing.state == "waiting", handed_in_at=now if thing.state == "waiting" else None,
        series_id=await _series(uow, now) if thing.state == "client" else None,
    )  # fmt: skip
    uow.session.add(row)
    await uow.session.flush()
    item = TaskItem(task_id=row.id, text="Zitem", done_at=now, created_at=now)
    uow.session.add(item)
    if thing.state == "near":
        _others(uow, made, thing, row, item)
    await uow.session.flush()
    made.ids[thing], made.words[thing], made.items[thing] = row.id, words, item.id


def _others(uow: UnitOfWork, made: Company, thing: Thing, task: Task, item: TaskItem) -> None:
    """Whom a task of Victor's concerns, too."""
    anna = made.people["anna"]
    if thing.whose == "watched":
        watchers = (anna, made.people["fiona"])
        uow.session.add_all([TaskWatcher(task_id=task.id, person_id=person) for person in watchers])
    elif thing.whose == "helped":
        item.assignee_id = anna
    else:
        task.items = task.items_done = 2
        uow.session.add(
            TaskItem(
                task_id=task.id, text="Zpart", done_at=item.done_at, created_at=item.created_at,
                assignee_id=anna,
            )
        )  # fmt: skip


async def _series(uow: UnitOfWork, now: datetime) -> int:
    rule = Recurrence(Unit.DAY).data
    return await uow.task_series.begin(rule=rule, minutes=600, zone="UTC", anchor=now.date(), created_at=now)


_MAKERS = {"deal": _deal, "contact": _contact, "firm": _firm, "lead": _lead, "task": _task}


async def _talk(world: World, made: Company) -> None:
    """Notes with files and payments, written by the owner so that history names nobody else."""
    olga = await actor_of(world.services, "olga")
    stored = world.telegram.files.add("document", "plan.pdf", b"plan")
    for thing, words in list(made.words.items()):
        if thing.subject == "deal":
            await world.services.deals.add_note(olga, made.ids[thing], words.said[0])
            made.files[thing] = await _file(world, made.ids[thing], stored)
            if thing.state in ("payment", "won"):
                card = await world.services.payments.record(olga, made.ids[thing], PAID, Method.BANK)
                made.payments[thing] = card.payments[0].id


async def _file(world: World, deal_id: int, stored: StoredFile) -> int:
    async with world.db.write() as uow:
        note = (await uow.session.scalars(select(Note.id).where(Note.deal_id == deal_id))).one()
        return await uow.notes.add_file(
            note_id=note, message_id=1, kind="document", file_id=stored.file_id, unique_id=stored.unique_id
        )


async def _office(world: World, made: Company) -> None:
    olga = await actor_of(world.services, "olga")
    for name, role, department in (
        ("Sales", Role.MANAGER, made.departments["Sales"]),
        ("Service", Role.MANAGER, made.departments["Service"]),
        ("none", Role.FINANCE, None),
    ):
        await world.services.invites.create(olga, role, department)
        async with world.db.read() as uow:
            newest = select(Invite.id).order_by(Invite.id.desc()).limit(1)
            made.ids[Thing("invitation", name, "office")] = (await uow.session.scalars(newest)).one()
    people = world.telegram.people
    team = world.telegram.add_group(TEAM_CHAT, [people[part.telegram_id] for part in CAST.values()])
    free = world.telegram.add_group("Free chat", [people[CAST["olga"].telegram_id]])
    other = world.telegram.add_group("Service team", [people[CAST["olga"].telegram_id]])
    made.chats = {"team": team.id, "free": free.id}
    await _topics(world, made)
    async with world.db.write() as uow:
        for name, group in (("Sales", team), ("Service", other)):
            given = update(Department).where(Department.name == name).values(chat_id=group.id)
            await uow.session.execute(given)
        for state in ("ready", "done"):
            await _import(world, uow, made, state)
    await _ways_in(world, made)
    for owner in ("anna", "victor"):
        await _binned(world, made, owner)
    for owner in ("anna", "fiona"):
        await _dropped(world, made, owner)
    await _views(world, made)
    await _news(world, made)
    async with world.db.write() as uow:
        uow.session.add(Tag(name="Zlabel", name_folded="zlabel"))
    for name in ("anna", "victor", "fiona", "nora"):
        made.ids[Thing("person", name, "office")] = made.people[name]
    for name, department_id in made.departments.items():
        made.ids[Thing("department", name, "office")] = department_id


async def _topics(world: World, made: Company) -> None:
    """A forum in which everybody reads along, with topics of two deals of Boris'."""
    accounts = [*(part.telegram_id for part in CAST.values()), STRANGER, LEO]
    everybody, rights = [world.telegram.people[one] for one in accounts], {"can_manage_topics": True}
    group = world.telegram.add_group("Talk", everybody, rights, forum=True)
    made.chats["talk"] = group.id
    for thing in (Thing("deal", "boris", state) for state in TOPICS):
        topic = await world.bot.create_forum_topic(group.id, "A deal")
        made.topics[thing] = topic.message_thread_id
        async with world.db.write() as uow:
            uow.session.add(
                DealTopic(
                    deal_id=made.ids[thing], chat_id=group.id, thread=topic.message_thread_id, state="open",
                    created_at=world.clock.now(),
                )
            )  # fmt: skip


async def _views(world: World, made: Company) -> None:
    """One that Helen shares with Sales, and one that Anna has for herself."""
    for name, code in (("helen", "no_task"), ("anna", "rotting")):
        thing, actor = Thing("view", name, "office"), await actor_of(world.services, name)
        made.words[thing] = Words(f"Zview{name}")
        card = await world.services.lists.ask(actor, 0, What(code), 0)
        made.ids[thing] = (await world.services.views.save(actor, card.id, f"Zview{name}")).view.id
        await world.services.views.pin(actor, made.ids[thing], on=False)
        if actor.headed:
            await world.services.views.share(actor, made.ids[thing], min(actor.headed))


async def _news(world: World, made: Company) -> None:
    """The channel, and what two have told there."""
    olga = world.telegram.people[CAST["olga"].telegram_id]
    channel = world.telegram.add_channel("News", olga)
    await world.services.news_channel.bind(await actor_of(world.services, "olga"), channel.id, "News")
    for name in ("helen", "olga"):
        told = await world.services.news.publish(await actor_of(world.services, name), f"Told by {name}")
        made.ids[Thing("news", name, "office")] = told.id


async def _binned(world: World, made: Company, owner: str) -> None:
    """A lead that the owner of the company has deleted."""
    thing, now = Thing("binned", owner, "office"), world.clock.now()
    words = Words(f"Zbinned{owner}")
    async with world.db.write() as uow:
        row = Lead(
            title=words.title, search=words.title.casefold(), currency="RUB", source="site",
            status="in_work", department_id=_owner(made, thing)[1], owner_id=made.people[owner],
            created_at=now, taken_at=now, answered_at=now,
        )  # fmt: skip
        uow.session.add(row)
        await uow.session.flush()
    olga = await actor_of(world.services, "olga")
    made.ids[thing] = await world.services.deleting.delete(olga, "lead", row.id, 1)
    made.words[thing] = words


async def _dropped(world: World, made: Company, owner: str) -> None:
    """A task that its author has deleted."""
    thing, words = Thing("dropped", owner, "office"), Words(f"Zdropped{owner}")
    actor, later = await actor_of(world.services, owner), world.clock.now() + timedelta(hours=1)
    made.ids[thing] = (await world.services.tasks.create(actor, words.title, later)).id
    await world.services.task_deleting.drop(actor, made.ids[thing])
    made.words[thing] = words


async def _ways_in(world: World, made: Company) -> None:
    olga, sales = await actor_of(world.services, "olga"), made.departments["Sales"]
    source, key = Thing("source", "site", "office"), Thing("key", "shop", "office")
    made.words[source], made.words[key] = Words("Zsource"), Words("Zkey")
    fresh = {
        use: await world.services.api_keys.make(
            olga, "Zkey" if use == "writes" else "Zreader", [scope], sales
        )
        for use, scope in SCOPES.items()
    }
    made.ids[source] = (await world.services.sources.open(olga, "Zsource", sales)).id
    made.ids[key], made.keys = fresh["writes"].card.id, {use: one.secret for use, one in fresh.items()}


async def _import(world: World, uow: UnitOfWork, made: Company, state: str) -> None:
    thing = Thing("batch", state, "office")
    words = Words(f"Zfile{state}", said=(f"Zcell{state}",))
    plan = Plan(
        made.departments["Sales"], columns=("Name", "Number"), fields=(None, None),
        own=((0, FieldSubject.FIRM, "inn"),),
    )  # fmt: skip
    row = ImportBatch(
        author_id=made.people["olga"], filename=f"{words.title}.csv", file_id=None, state=state,
        total=1, done=1, failed=1, plan=to_json(plan),
        created_at=world.clock.now(),
    )  # fmt: skip
    uow.session.add(row)
    await uow.session.flush()
    uow.session.add(ImportRow(import_id=row.id, number=2, cells=list(words.said), reason="bad_date"))
    made.ids[thing], made.words[thing] = row.id, words
