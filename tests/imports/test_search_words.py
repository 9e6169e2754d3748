"""The words by which something is found are those of its row, whatever was done to it, by whatever door."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from random import Random
from typing import Any

from sqlalchemy import inspect, select

from db.models import (
    Binned,
    Company,
    Contact,
    ContactPoint,
    Deal,
    ImportBatch,
    Lead,
    Merge,
    NoteSource,
    Task,
)
from services.dto.clients import ClientField, ClientInput, ClientKind, PointKind
from services.dto.lead_intake import LeadInput
from services.dto.leads import LeadField, RejectReason
from services.dto.talk import Said
from services.dto.tasks import Link
from services.errors import AppError
from tests.imports.conftest import Desk
from tests.leads.making import department_id
from tests.words import astray

NAMES = ("Ёлка Ivanova", "Петров Пётр", "O'Hara-Smith", "Straße Groß", "+7 916 000-00-00", "Zoe")
ROUNDS = {"sqlite": 5, "postgresql": 2}
"""So many that each deed is done on the quicker backend."""
INNS = ("7707083893", "500100732259")
TABLE = "title,company,contact,phone,email\n{0},{1},{2},+791611100{3:02},a{3}@example.com\n{1},,{0},,\n"


class Walk:
    """An owner who does anything to anybody, at random."""

    def __init__(self, desk: Desk, dice: Random) -> None:
        self._desk, self._dice = desk, dice
        self._by, self._do = desk.owner, desk.services
        self._made = 0

    async def lead(self) -> None:
        home = await department_id(self._desk.db)
        given = LeadInput(title=self._name(), name=self._name(), phone=self._phone(), department_id=home)
        await self._do.leads.create(self._by, given)

    async def edited_lead(self) -> None:
        field = self._dice.choice((LeadField.TITLE, LeadField.NAME, LeadField.PHONE))
        text = self._phone() if field is LeadField.PHONE else self._name()
        await self._do.leads.edit(self._by, (await self._any(Lead)).id, field, text)

    async def qualified(self) -> None:
        lead = (await self._any(Lead)).id
        taken = await self._do.leads.take(self._by, lead)
        await self._do.outcomes.qualify(self._by, lead, taken.version, self._name(), again=True)

    async def rejected(self) -> None:
        lead = await self._do.leads.take(self._by, (await self._any(Lead)).id)
        await self._do.outcomes.reject(self._by, lead.id, lead.version, RejectReason.SPAM)

    async def client(self) -> None:
        kind = self._dice.choice(list(ClientKind))
        mail = (f"z{self._made}@example.com",)
        given = ClientInput(kind, self._name(), phones=(self._phone(),), emails=mail)
        await self._do.client_making.create(self._by, given, again=True)

    async def edited_client(self) -> None:
        kind, row = await self._client()
        field = self._dice.choice((ClientField.NAME, ClientField.INN, ClientField.USERNAME))
        texts = {ClientField.NAME: self._name(), ClientField.INN: self._dice.choice(INNS)}
        await self._do.client_changes.set_field(
            self._by, kind, row.id, field, texts.get(field, f"@nick_{self._made}")
        )

    async def point(self) -> None:
        kind, row = await self._client()
        point = self._dice.choice(list(PointKind))
        text = self._phone() if point is PointKind.PHONE else f"more.{self._made}@example.com"
        await self._do.client_changes.add_point(self._by, kind, row.id, point, text)

    async def dropped_point(self) -> None:
        point = await self._any(ContactPoint)
        kind = ClientKind.FIRM if point.contact_id is None else ClientKind.CONTACT
        await self._do.client_changes.drop_point(
            self._by, kind, point.contact_id or point.company_id, point.id
        )

    async def renamed_deal(self) -> None:
        await self._do.deals.rename(self._by, (await self._any(Deal)).id, self._name())

    async def firm_of_deal(self) -> None:
        deal = await self._any(Deal)
        await self._do.deal_firms.found(self._by, deal.id, self._name(), deal.version)

    async def united(self) -> None:
        (kind, kept), (other, gone) = await self._client(), await self._client()
        if kind is not other:
            raise AppError("of different kinds")
        shown = await self._do.merge_choices.preview(self._by, kind, kept.id, gone.id, 0)
        await self._do.merging.merge(self._by, kind, kept.id, gone.id, shown.seen)

    async def parted(self) -> None:
        merge = await self._any(Merge)
        await self._do.merging.undo(self._by, ClientKind(merge.kind), merge.kept_id, merge.id)

    async def deleted(self) -> None:
        model = self._dice.choice((Lead, Deal, Contact, Company))
        row = await self._any(model)
        kind = {Lead: "lead", Deal: "deal", Contact: "contact", Company: "firm"}[model]
        await self._do.deleting.delete(self._by, kind, row.id, row.version)

    async def restored(self) -> None:
        await self._do.bin.restore(self._by, (await self._any(Binned)).id)

    async def destroyed(self) -> None:
        await self._do.bin.destroy(self._by, (await self._any(Binned)).id)

    async def erased(self) -> None:
        row = await self._any(Contact)
        await self._do.erasing.erase(self._by, row.id, row.version)

    async def said(self) -> None:
        model = self._dice.choice((Lead, Deal, Contact, Company, Task))
        kind = {Lead: "lead", Deal: "deal", Contact: "contact", Company: "firm", Task: "task"}[model]
        await self._do.talk.keep(self._by, kind, (await self._any(model)).id, [self._words()])

    async def edited_words(self) -> None:
        source = await self._any(NoteSource)
        await self._do.talk.amend(self._by, self._words(source.message_id))

    async def noted(self) -> None:
        await self._do.deals.add_note(self._by, (await self._any(Deal)).id, self._name())

    async def tasked(self) -> None:
        link = Link("deal", (await self._any(Deal)).id)
        later = datetime(2030, 1, 1, tzinfo=UTC)
        task = await self._do.tasks.create(self._by, self._name(), later, link)
        await self._do.comments.add(self._by, task.id, self._name())

    async def imported(self) -> None:
        self._made += 1
        names = (self._dice.choice(NAMES), self._dice.choice(NAMES), self._dice.choice(NAMES))
        await self._desk.run(TABLE.format(*names, self._made % 100))

    async def taken_back(self) -> None:
        batch = await self._any(ImportBatch)
        await self._desk.take_back(await self._desk.imports.card(self._by, batch.id))

    def _name(self) -> str:
        self._made += 1
        return f"{self._dice.choice(NAMES)} {self._made}"

    def _phone(self) -> str:
        self._made += 1
        return f"+7916123{self._made:04}"

    def _words(self, message: int = 0) -> Said:
        self._made += 1
        return Said(chat_id=1, message_id=message or self._made, text=self._name())

    async def _client(self) -> tuple[ClientKind, Any]:
        kind = self._dice.choice(list(ClientKind))
        return kind, await self._any(Contact if kind is ClientKind.CONTACT else Company)

    async def _any(self, model: type[Any]) -> Any:
        async with self._desk.db.read() as uow:
            rows = (await uow.session.scalars(select(model).order_by(*inspect(model).primary_key))).all()
        if not rows:
            raise AppError("there is none")
        return self._dice.choice(rows)


async def test_no_word_is_lost_and_none_is_left_behind(desk: Desk) -> None:
    dice = Random(5)
    walk = Walk(desk, dice)
    deeds: list[Callable[[], Awaitable[None]]] = [
        getattr(walk, name) for name in vars(Walk) if not name.startswith("_")
    ]
    done: set[str] = set()
    for _ in range(ROUNDS[desk.db.backend]):
        dice.shuffle(deeds)
        for deed in deeds:
            try:
                await deed()
            except AppError:
                continue
            done.add(deed.__name__)
            assert await astray(desk.db) == set(), deed.__name__
    assert done == {deed.__name__ for deed in deeds} or desk.db.backend != "sqlite"
