"""How clients are changed: fields, phones and addresses, companies of contacts, and whose they are."""

from collections.abc import Sequence

from db.models import Contact, Person
from db.repositories.known_clients import Client
from db.uow import Database, UnitOfWork
from services import history, notices
from services.access import Action, Actor, Role
from services.client_cards import build_client_card
from services.client_fields import read_field, read_point
from services.client_rows import access_client
from services.client_writing import changed_columns, write_client
from services.clock import Clock
from services.dto.clients import ClientCard, ClientField, ClientKind, PointKind, PointLabel
from services.dto.common import Ref
from services.errors import AppError, NotFoundError, StaleError
from services.lead_making import company as workspace_of
from services.notices import NoticeKind
from services.staff import SELLING, reached

MOST_POINTS = 20


class ClientChanges:
    """The service of changes to contacts and companies; each is compared and set, and told once."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def set_field(
        self, actor: Actor, kind: ClientKind, client_id: int, field: ClientField, text: str
    ) -> ClientCard:
        """Change one field to what was typed or to the code that was chosen; "-" clears it.

        Raises what `client_fields.read_field` raises, `client.kpp_of_person`, `contact.not_found`,
        `firm.not_found`, `not_allowed`, `stale`.
        """
        today = self._clock.now().astimezone(actor.zone).date()
        values = read_field(kind, field, text, today)
        async with self._db.write(actor.cause) as uow:
            client = await access_client(uow, actor, kind, client_id, Action.CLIENT_EDIT)
            changes = changed_columns(client, values)
            if changes:
                await self._change(uow, actor, client, changes)
            return await build_client_card(uow, actor, kind, client_id, self._clock.now())

    async def add_point(
        self, actor: Actor, kind: ClientKind, client_id: int, point: PointKind, text: str
    ) -> ClientCard:
        """Add a phone or an address.

        Raises `client.bad_phone`, `client.bad_email`, `client.point_known`, `client.too_many_points`,
        `contact.not_found`, `firm.not_found`, `not_allowed`, `stale`.
        """
        async with self._db.write(actor.cause) as uow:
            client = await access_client(uow, actor, kind, client_id, Action.CLIENT_EDIT)
            value = read_point(point, text, (await workspace_of(uow)).region)
            known = [row.value for row in await uow.clients.points(kind, client_id)]
            if value in known:
                raise AppError("client.point_known")
            if len(known) >= MOST_POINTS:
                raise AppError("client.too_many_points", limit=MOST_POINTS)
            # Compared and set first: of two who add the same one, the second finds the client changed.
            await self._change(uow, actor, client, {point.value: (None, value)}, [*known, value])
            await uow.clients.add_point(client, point, value)
            return await build_client_card(uow, actor, kind, client_id, self._clock.now())

    async def drop_point(self, actor: Actor, kind: ClientKind, client_id: int, point_id: int) -> ClientCard:
        """Take a phone or an address away.

        Raises `contact.not_found`, `firm.not_found`, `not_allowed`, and `stale` if it is gone already.
        """
        async with self._db.write(actor.cause) as uow:
            client = await access_client(uow, actor, kind, client_id, Action.CLIENT_EDIT)
            points = await uow.clients.points(kind, client_id)
            point = next((row for row in points if row.id == point_id), None)
            if point is None:
                raise StaleError
            left = [row.value for row in points if row is not point]
            await self._change(uow, actor, client, {point.kind: (point.value, None)}, left)
            await uow.clients.remove_point(point)
            return await build_client_card(uow, actor, kind, client_id, self._clock.now())

    async def label_point(
        self, actor: Actor, kind: ClientKind, client_id: int, point_id: int, label: PointLabel
    ) -> ClientCard:
        """Say what a phone or an address is for. Raises as `drop_point`."""
        async with self._db.write(actor.cause) as uow:
            client = await access_client(uow, actor, kind, client_id, Action.CLIENT_EDIT)
            points = await uow.clients.points(kind, client_id)
            point = next((row for row in points if row.id == point_id), None)
            if point is None:
                raise StaleError
            if point.label != label:
                changes: history.Changes = {"label": (point.label, label), point.kind: (point.value,) * 2}
                point.label = label
                await self._change(uow, actor, client, changes, [row.value for row in points])
            return await build_client_card(uow, actor, kind, client_id, self._clock.now())

    async def link(self, actor: Actor, contact_id: int, firm_id: int, version: int) -> ClientCard:
        """Say for which company a contact works.

        Raises `contact.not_found`, `firm.not_found`, `not_allowed`, `stale`.
        """
        async with self._db.write(actor.cause) as uow:
            contact = await self._contact(uow, actor, contact_id, version)
            firm = await access_client(uow, actor, ClientKind.FIRM, firm_id, Action.CLIENT_VIEW)
            if contact.company_id != firm.id:
                changes: history.Changes = {"company_id": (contact.company_id, firm.id)}
                event = await self._change(uow, actor, contact, changes)
                await notices.refresh_cards(uow, self._clock.now(), "firm", firm.id, event)
            return await build_client_card(uow, actor, ClientKind.CONTACT, contact_id, self._clock.now())

    async def unlink(self, actor: Actor, contact_id: int, version: int) -> ClientCard:
        """Say that a contact works for no company any more.

        Raises `contact.not_found`, `not_allowed`, `stale`.
        """
        async with self._db.write(actor.cause) as uow:
            contact = await self._contact(uow, actor, contact_id, version)
            if contact.company_id is None:
                raise StaleError
            left = contact.company_id
            event = await self._change(uow, actor, contact, {"company_id": (left, None)})
            await notices.refresh_cards(uow, self._clock.now(), "firm", left, event)
            return await build_client_card(uow, actor, ClientKind.CONTACT, contact_id, self._clock.now())

    async def heirs(
        self, actor: Actor, kind: ClientKind, client_id: int
    ) -> tuple[ClientCard, tuple[Ref, ...]]:
        """The client, and to whom it may be given: the sellers of its department, or of all within reach.

        Raises `contact.not_found`, `firm.not_found`, `not_allowed`.
        """
        async with self._db.read() as uow:
            client = await access_client(uow, actor, kind, client_id, Action.CLIENT_HAND_OVER)
            people = await _heirs(uow, actor, client)
            return await build_client_card(uow, actor, kind, client_id, self._clock.now()), tuple(
                Ref(person.id, person.name) for person in people
            )

    async def hand_over(
        self, actor: Actor, kind: ClientKind, client_id: int, person_id: int, version: int
    ) -> ClientCard:
        """Give a client to a colleague, who is told, with what was still to do for it.

        Its deals and leads stay whose they are.

        Raises `contact.not_found`, `firm.not_found`, `not_allowed`, `colleague.not_found`, `stale`.
        """
        async with self._db.write(actor.cause) as uow:
            client = await access_client(uow, actor, kind, client_id, Action.CLIENT_HAND_OVER)
            if client.version != version:
                raise StaleError
            heir = next((one for one in await _heirs(uow, actor, client) if one.id == person_id), None)
            if heir is None or not await uow.people.stays(heir.id):
                raise NotFoundError("colleague")
            changes: history.Changes = {"owner_id": (client.owner_id, heir.id)}
            if client.department_id is None and (homes := await uow.people.memberships(heir.id)):
                changes["department_id"] = (None, homes[0].id)
            place_id = {"contact_id" if kind is ClientKind.CONTACT else "company_id": client.id}
            tasks = await uow.tasks.hand_over(client.owner_id, heir.id, **place_id)
            event = await self._change(uow, actor, client, changes, action=Action.CLIENT_HAND_OVER)
            await notices.refresh_all(uow, self._clock.now(), "task", tasks, event)
            if heir.id != actor.person_id:
                params: dict[str, object] = {"subject": kind.value, "id": client.id, "by": actor.name}
                key = f"client_given:{kind}:{client.id}:{event}"
                place = notices.private(heir)
                await notices.send(uow, self._clock.now(), [place], NoticeKind.CLIENT_GIVEN, key, params)
            return await build_client_card(uow, actor, kind, client_id, self._clock.now())

    async def _contact(self, uow: UnitOfWork, actor: Actor, contact_id: int, version: int) -> Contact:
        contact = await access_client(uow, actor, ClientKind.CONTACT, contact_id, Action.CLIENT_EDIT)
        if not isinstance(contact, Contact) or contact.version != version:
            raise StaleError
        return contact

    async def _change(
        self,
        uow: UnitOfWork,
        actor: Actor,
        client: Client,
        changes: history.Changes,
        points: Sequence[str] | None = None,
        *,
        action: Action = Action.CLIENT_EDIT,
    ) -> int:
        return await write_client(uow, actor, self._clock.now(), client, changes, points, action=action)


async def _heirs(uow: UnitOfWork, actor: Actor, client: Client) -> list[Person]:
    if client.department_id is not None:
        people = await uow.people.members(client.department_id, roles=SELLING)
    else:
        departments = reached(actor, Action.CLIENT_HAND_OVER)
        found = await uow.colleagues.page(departments, client.owner_id or 0, None, 0, 100)
        people = [person for person in found if Role(person.role) in SELLING]
    return [person for person in people if person.id != client.owner_id]
