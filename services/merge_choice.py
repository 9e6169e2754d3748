"""Before clients are united: who looks the same, and both side by side."""

from collections.abc import Sequence

from db.models import Company, Contact, Merge
from db.repositories.known_clients import Client
from db.scope import Scope
from db.uow import Database, UnitOfWork
from services.access import Action, Actor, require, scope
from services.client_cards import contact_line, firm_line
from services.client_rows import access_client, client_deeds
from services.clock import Clock
from services.dto.clients import ClientKind, ClientLine
from services.dto.common import Ref
from services.dto.merges import FIELD, OWNER, MergeChoice, MergeField, MergePreview, seen_as
from services.fields.uniting import differing_fields
from services.lead_making import company as workspace_of
from services.merge_fields import FIRST_FIELD, OWNER_BIT, Part, differing
from services.merging import UNDOABLE, hold_both
from services.search import LONGEST, read_query
from services.understanding.fold import clean_line, fold

OFFERED = 8


class MergeChoices:
    """The service that shows clients before they are united; it changes nothing."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def offer(self, actor: Actor, kind: ClientKind, client_id: int, words: str = "") -> MergeChoice:
        """Clients that the actor may unite with one: those that words name, else those that look the same.

        Raises `contact.not_found`, `firm.not_found`, `not_allowed`, `client.merged` (stale).
        """
        words, since = clean_line(words, LONGEST), self._clock.now() - UNDOABLE
        require(actor, Action.CLIENT_MERGE)
        async with self._db.read() as uow:
            client = await access_client(uow, actor, kind, client_id, Action.CLIENT_MERGE)
            rows = await (_named(uow, actor, kind, words) if words else _alike(uow, kind, client))
            found = [
                row
                for row in rows
                if row.id != client.id and Action.CLIENT_MERGE in await client_deeds(uow, actor, row)
            ]
            newest = await uow.merges.newest_into(kind, client.id, since)
            last = await uow.merges.get(newest) if newest is not None else None
            undo = Ref(last.id, _back(last, client)) if last is not None and last.gone else None
            lines = tuple([await _line(uow, row) for row in found[:OFFERED]])
            return MergeChoice(kind, Ref(client.id, client.name), words, lines, undo)

    async def preview(
        self, actor: Actor, kind: ClientKind, kept_id: int, gone_id: int, picks: int
    ) -> MergePreview:
        """Both side by side. Raises what uniting them raises, but for `stale` and too many points."""
        async with self._db.read() as uow:
            kept, gone = await hold_both(uow, actor, kind, kept_id, gone_id, look=True)
            names = await uow.people.names({one.owner_id for one in (kept, gone) if one.owner_id})
            fields = [
                MergeField(
                    part.code,
                    bit,
                    await _shown(uow, part, kept),
                    await _shown(uow, part, gone),
                    picked=bool(picks & bit),
                )
                for bit, part in differing(kind, kept, gone)
            ]
            fields += await _owner(uow, kept, gone, names, picks)
            fields += await _fields(uow, kind, kept.id, gone.id, picks)
            picks &= sum(field.bit for field in fields)
            points = [point.value for one in (kept, gone) for point in await uow.clients.points(kind, one.id)]
            return MergePreview(
                kind,
                Ref(kept.id, kept.name),
                Ref(gone.id, gone.name),
                seen_as(picks, kept.version, gone.version),
                tuple(fields),
                tuple(dict.fromkeys(points)),
                await uow.merges.counts(kind, gone.id),
                picks,
                names.get(_owned_by(kept, gone, picks)) if kept.owner_id != gone.owner_id else None,
            )


async def _owner(
    uow: UnitOfWork, kept: Client, gone: Client, names: dict[int, str], picks: int
) -> list[MergeField]:
    """Who is to be responsible, where these are two people who both work here."""
    mine, theirs = kept.owner_id, gone.owner_id
    if not mine or not theirs or mine == theirs or not await uow.people.stays(theirs):
        return []
    picked = bool(picks & OWNER_BIT)
    return [MergeField(OWNER, OWNER_BIT, names.get(mine, ""), names.get(theirs, ""), picked)]


def _owned_by(kept: Client, gone: Client, picks: int) -> int:
    theirs = picks & OWNER_BIT or kept.owner_id is None
    return (gone.owner_id if theirs else kept.owner_id) or 0


async def _fields(
    uow: UnitOfWork, kind: ClientKind, kept_id: int, gone_id: int, picks: int
) -> list[MergeField]:
    """The company's own fields in which they differ."""
    rows = await differing_fields(uow, kind, kept_id, gone_id)
    return [
        MergeField(FIELD, 1 << number, "", "", bool(picks & 1 << number), row.name, (mine, theirs))
        for number, (row, mine, theirs) in enumerate(rows, FIRST_FIELD)
    ]


def _back(merge: Merge, client: Client) -> str:
    """Who would come out again; where the card took over that name, the one that it bore before."""
    name = str(merge.gone["name"]) if merge.gone else ""
    return str(merge.changed.get("name", [name])[0]) if name == client.name else name


async def _named(uow: UnitOfWork, actor: Actor, kind: ClientKind, words: str) -> Sequence[Client]:
    needle = read_query(words, (await workspace_of(uow)).region)
    reach = scope(actor, Action.CLIENT_MERGE)
    if kind is ClientKind.CONTACT:
        return [contact for contact, _ in await uow.search.contacts(reach, needle, None, OFFERED + 1)]
    # Of a company's people and deals only the seeing follows.
    return await uow.search.companies(reach, Scope(), needle, None, OFFERED + 1)


async def _alike(uow: UnitOfWork, kind: ClientKind, client: Client) -> Sequence[Client]:
    """Those with the same phone, address, Telegram name or tax number, or of the same name."""
    values = [point.value for point in await uow.clients.points(kind, client.id)]
    inn = client.inn if isinstance(client, Company) else None
    username = client.username if isinstance(client, Contact) else None
    same = [row for row, _ in await uow.clients.matches(kind, values, inn, username, 2 * OFFERED)]
    namesakes = await uow.clients.namesakes(kind, fold(client.name), OFFERED)
    return list({row.id: row for row in (*same, *namesakes)}.values())


async def _line(uow: UnitOfWork, client: Client) -> ClientLine:
    if isinstance(client, Company):
        return firm_line(client)
    firm = await uow.clients.get("firm", client.company_id) if client.company_id else None
    return contact_line(client, firm.name if firm is not None else None)


async def _shown(uow: UnitOfWork, part: Part, client: Client) -> str:
    """A value as a text or a code; of a company its name."""
    if part.code == "company_id" and isinstance(client, Contact) and client.company_id:
        firm = await uow.clients.get("firm", client.company_id)
        return firm.name if firm is not None else ""
    return " · ".join(str(value) for value in part.of(client) if value is not None)
