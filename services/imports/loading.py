"""A portion of drafts becomes deals with their companies and contacts, many rows to a statement."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from db.uow import UnitOfWork
from services.dto.imports import Fault, RowFault
from services.haystack import haystack
from services.imports.draft import Draft
from services.imports.fills import Filler
from services.imports.own import keep_of_clients, keep_own
from services.imports.own_names import CONTACT, DEAL, FIRM
from services.imports.plan import Plan
from services.imports.portion import Failure, Loaded, Portion
from services.imports.rows import RowReader
from services.imports.tags import keep_tags, known_tags, unknown_tag
from services.imports.trial import unknown_owner, unknown_stage
from services.ports import TableRow
from services.understanding.fold import fold

_NOON = time(12)


@dataclass(frozen=True, slots=True)
class Setting:
    """What is the same for all rows of an import."""

    import_id: int
    author_id: int | None
    plan: Plan
    people: Mapping[str, int]
    departments: Mapping[str, int]
    """Folded name to id."""
    pipeline_id: int
    first_stage_id: int
    currency: str
    zone: ZoneInfo
    now: datetime
    filler: Filler


class Loader:
    """Loads the portions of one import. What it knows is in the database, so a restart changes nothing."""

    def __init__(self, setting: Setting, reader: RowReader) -> None:
        self._setting = setting
        self._reader = reader
        self._stages = setting.plan.stage_ids

    def read(self, rows: Sequence[TableRow]) -> Portion:
        """The drafts of a portion of rows, and the rows that cannot be."""
        drafts, failures, doubtful = [], [], {}
        for row in rows:
            draft, faults = self._reader.read(row)
            if faults:
                # What is not made for refused rows alone is no fault of theirs.
                stage = None if self._setting.plan.own_pipeline else unknown_stage(draft, self._stages)
                told = [*faults, stage] if stage is not None else faults
                failures.append(Failure(row.number, self._reader.cells(row), told))
                continue
            drafts.append(draft)
            if self._late_faults(draft, ()):
                doubtful[row.number] = self._reader.cells(row)
        return Portion(len(rows), drafts, failures, doubtful)

    async def load(self, uow: UnitOfWork, portion: Portion) -> Loaded:
        """Write a portion; rows whose number another deal has already are skipped."""
        tags = await known_tags(uow, portion.drafts)
        fresh, refused = await self._fresh(uow, portion, tags)
        failures = [*portion.failures, *refused]
        companies = await self._companies(uow, fresh)
        contacts = await self._contacts(uow, fresh, companies)
        ids_of = {draft.number: [tags[fold(name)] for name in draft.tags] for draft in fresh}
        await uow.imports.add_deals(
            [self._deal(draft, companies, contacts) | {"tags": ids_of[draft.number]} for draft in fresh]
        )
        said = {draft.number: own for draft in fresh if (own := draft.own.fields.get(DEAL))}
        if rows := [draft.number for draft in fresh if draft.number in said or draft.tags]:
            ids = await uow.imports.deals_of_rows(self._setting.import_id, rows)
            await keep_own(uow, DEAL, {ids[number]: own for number, own in said.items()})
            await keep_tags(uow, {ids[number]: ids_of[number] for number in rows})
        await self._tell_of_clients(uow, fresh, companies, contacts)
        await uow.imports.add_failed([failure.row(self._setting.import_id) for failure in failures])
        return Loaded(len(fresh), portion.rows - len(fresh) - len(failures), len(failures))

    async def _tell_of_clients(
        self,
        uow: UnitOfWork,
        drafts: Sequence[Draft],
        companies: Mapping[str, int],
        contacts: Mapping[int, int],
    ) -> None:
        """What rows say of their contacts and companies."""
        telling = [draft for draft in drafts if draft.own.first]
        people = [(contacts[one.number], one.own) for one in telling if one.number in contacts]
        firms = [(companies[fold(one.company)], one.own) for one in telling if one.company]
        await keep_of_clients(uow, self._setting.filler, CONTACT, people)
        await keep_of_clients(uow, self._setting.filler, FIRM, firms)

    async def _fresh(
        self, uow: UnitOfWork, portion: Portion, tags: Collection[str]
    ) -> tuple[list[Draft], list[Failure]]:
        """The drafts that become deals now, and those that cannot; the others are here already."""
        numbers = {draft.external_id for draft in portion.drafts if draft.external_id is not None}
        seen = set(await uow.imports.known_external(numbers)) if numbers else set()
        fresh, refused = [], []
        for draft in portion.drafts:
            if draft.external_id is not None and draft.external_id in seen:
                continue
            if faults := self._late_faults(draft, tags):
                refused.append(Failure(draft.number, portion.doubtful[draft.number], faults))
                continue
            if draft.external_id is not None:
                seen.add(draft.external_id)
            fresh.append(draft)
        return fresh, refused

    def _late_faults(self, draft: Draft, tags: Collection[str]) -> list[Fault]:
        """What keeps a draft out unless it is here already; `tags`: the folded names of those we have."""
        tag = unknown_tag(draft, tags)
        faults = (
            unknown_owner(draft, self._setting.people),
            unknown_stage(draft, self._stages),
            Fault(RowFault.UNKNOWN_TAG, tag) if tag is not None else None,
        )
        return [fault for fault in faults if fault is not None]

    async def _companies(self, uow: UnitOfWork, drafts: Sequence[Draft]) -> dict[str, int]:
        """Folded names to companies, those that are missing made."""
        names = {fold(draft.company): draft.company for draft in drafts if draft.company}
        if not names:
            return {}
        known = await uow.imports.companies(names)
        missing = [folded for folded in names if folded not in known]
        ids = await uow.imports.add_companies(
            [{"name": names[folded], "name_folded": folded, **self._origin()} for folded in missing]
        )
        return {**known, **dict(zip(missing, ids, strict=True))}

    async def _contacts(
        self, uow: UnitOfWork, drafts: Sequence[Draft], companies: Mapping[str, int]
    ) -> dict[int, int]:
        """Row numbers to contacts. The same phone is the same contact; without one the same address; without
        either the same name in the same company. A bare name alone is nobody we could know again.
        """
        named = [draft for draft in drafts if draft.contact or draft.phone or draft.email]
        if not named:
            return {}
        known: dict[object, int] = {}
        known.update(await uow.imports.contacts_by_phone({draft.phone for draft in named if draft.phone}))
        known.update(await uow.imports.contacts_by_email({draft.email for draft in named if draft.email}))
        known.update(
            await uow.imports.contacts_of_companies(self._setting.import_id, set(companies.values()))
        )
        wanted: dict[int, object] = {}
        new: dict[object, dict[str, object]] = {}
        also: dict[object, object] = {}
        for draft in named:
            company = companies.get(fold(draft.company)) if draft.company else None
            keys = _contact_keys(draft, company)
            key = next((also.get(key, key) for key in keys if key in known or key in also), keys[0])
            wanted[draft.number] = key
            if key not in known and key not in new:
                new[key] = self._contact(draft, company)
                also.update(dict.fromkeys(keys, key))
        known.update(zip(new, await uow.imports.add_contacts(list(new.values())), strict=True))
        return {number: known[key] for number, key in wanted.items()}

    def _contact(self, draft: Draft, company: int | None) -> dict[str, object]:
        name = draft.contact or draft.company or draft.phone or draft.email
        return {
            "name": name,
            "search": _contact_text(draft),
            "phone": draft.phone,
            "email": draft.email,
            "company_id": company,
            "owner_id": self._owner(draft),
            "department_id": self._department(draft),
            "version": 1,
            **self._origin(),
        }

    def _deal(
        self, draft: Draft, companies: Mapping[str, int], contacts: Mapping[int, int]
    ) -> dict[str, object]:
        setting = self._setting
        closed_on = draft.closed_on
        if draft.undated:
            closed_on = draft.opened_on or setting.now.astimezone(setting.zone).date()
        return {
            "title": draft.title,
            "search": haystack(draft.title, draft.external_id),
            "pipeline_id": setting.pipeline_id,
            "stage_id": self._stages[draft.stage] if draft.stage is not None else setting.first_stage_id,
            "stage_since": self._moment(closed_on or draft.opened_on),
            "amount": draft.amount,
            "currency": setting.currency,
            "source": draft.source,
            "owner_id": self._owner(draft),
            "department_id": self._department(draft),
            "contact_id": contacts.get(draft.number),
            "company_id": companies.get(fold(draft.company)) if draft.company else None,
            "external_id": draft.external_id,
            "product": draft.product,
            "import_row": draft.number,
            "opened_on": draft.opened_on,
            "closed_on": closed_on,
            "version": 1,
            **self._origin(),
        }

    def _origin(self) -> dict[str, object]:
        setting = self._setting
        return {
            "import_id": setting.import_id,
            "created_by": setting.author_id,
            "created_at": setting.now,
        }

    def _owner(self, draft: Draft) -> int | None:
        return self._setting.people[fold(draft.owner)] if draft.owner else None

    def _department(self, draft: Draft) -> int:
        named = self._setting.departments.get(fold(draft.department)) if draft.department else None
        return named or self._setting.plan.department_id

    def _moment(self, day: date | None) -> datetime:
        return datetime.combine(day, _NOON, self._setting.zone) if day else self._setting.now


def _contact_keys(draft: Draft, company: int | None) -> list[object]:
    """By what a contact is known again, the surest first."""
    keys: list[object] = [key for key in (draft.phone, draft.email) if key]
    if keys:
        return keys
    return [(_contact_text(draft), company) if company is not None else draft.number]


def _contact_text(draft: Draft) -> str:
    return haystack(draft.contact or draft.company, draft.email)
