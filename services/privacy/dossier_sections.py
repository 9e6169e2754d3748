"""What a dossier tells, section by section."""

from db.models import Contact, Deal, Lead
from db.repositories.erasure import Traces
from db.uow import UnitOfWork
from services.dto.clients import ClientKind
from services.dto.fields import FieldLine, FieldSubject, Invoice
from services.dto.privacy import Value
from services.dto.talk import FileKind, FileRef, SentFile
from services.errors import NotFoundError
from services.fields.lines import lines_of
from services.tag_names import tell_list

SECTIONS = (
    *("person", "points", "consents", "leads", "requests", "deals", "payments", "fields", "tasks", "items"),
    *("calls", "notes", "former_notes", "files", "history"),
)
Line = dict[str, Value]


async def files_of(uow: UnitOfWork, traces: Traces) -> list[FileRef]:
    """What was sent with words, and to fields."""
    notes = [
        FileRef(one.id, FileKind(one.kind), one.file_id, protect=False)
        for (one,) in await uow.dossiers.files(traces)
    ]
    said = [line["value"] for line in await _fields(uow, traces)]
    values = [one.value for one in said if isinstance(one, FieldLine)]
    kept = [one.file if isinstance(one, Invoice) else one for one in values]
    files = [one for one in kept if isinstance(one, SentFile)]
    return notes + [FileRef(0, one.kind, one.file_id, protect=False) for one in files]


async def sections_of(uow: UnitOfWork, traces: Traces) -> tuple[tuple[str, tuple[Line, ...]], ...]:
    """All of them in order, empty ones too."""
    read = {
        "person": [await _person(uow, traces.contact_id)],
        "points": await _points(uow, traces.contact_id),
        "consents": await _consents(uow, traces.contact_id),
        "leads": await _leads(uow, traces),
        "requests": await _requests(uow, traces),
        "deals": await _deals(uow, traces),
        "payments": await _payments(uow, traces),
        "fields": await _fields(uow, traces),
        "tasks": await _tasks(uow, traces),
        "items": await _items(uow, traces),
        "calls": await _calls(uow, traces),
        "notes": await _notes(uow, traces),
        "former_notes": await _versions(uow, traces),
        "files": await _files(uow, traces),
        "history": await _events(uow, traces),
    }
    return tuple((section, tuple(read[section])) for section in SECTIONS)


async def _person(uow: UnitOfWork, contact_id: int) -> Line:
    found = await uow.dossiers.contact(contact_id)
    if found is None:
        raise NotFoundError("contact")
    one, employer, owner = found
    born = "-".join(str(part) for part in (one.birth_year, one.birthday) if part)
    return {
        "id": one.id,
        "name": one.name,
        "position": one.position,
        "company": employer,
        "username": one.username,
        "telegram_id": one.telegram_id,
        "birthday": born or None,
        "client_type": one.client_type,
        "source": one.source,
        "note": one.note,
        "tags": await _tags(uow, one),
        "manager": owner,
        "created_at": one.created_at,
    }


async def _tags(uow: UnitOfWork, row: Contact | Deal | Lead) -> str | None:
    return tell_list(await uow.tags.names(row.tags), row.tags) or None


async def _points(uow: UnitOfWork, contact_id: int) -> list[Line]:
    rows = await uow.clients.points(ClientKind.CONTACT, contact_id)
    return [{"kind": row.kind, "value": row.value, "label": row.label} for row in rows]


async def _consents(uow: UnitOfWork, contact_id: int) -> list[Line]:
    lines: list[Line] = []
    for one in reversed(await uow.consents.of_contact(contact_id)):
        text = await uow.consents.text(one.consent.number)
        lines.append(
            {
                "number": one.consent.number,
                "text": text.text if text else None,
                "way": one.consent.way,
                "given_at": one.consent.given_at,
                "recorded_by": one.recorder,
                "withdrawn_at": one.consent.withdrawn_at,
            }
        )
    return lines


async def _leads(uow: UnitOfWork, traces: Traces) -> list[Line]:
    return [
        {
            "id": lead.id,
            "title": lead.title,
            "name": lead.name,
            "phone": lead.phone,
            "email": lead.email,
            "username": lead.username,
            "amount": lead.amount,
            "currency": lead.currency,
            "source": lead.source,
            "comment": lead.comment,
            "status": lead.status,
            "tags": await _tags(uow, lead),
            "manager": owner,
            "created_at": lead.created_at,
            "closed_at": lead.closed_at,
        }
        for lead, owner in await uow.dossiers.leads(traces)
    ]


async def _requests(uow: UnitOfWork, traces: Traces) -> list[Line]:
    return [
        {
            "lead": one.lead_id,
            "deal": one.deal_id,
            "received_at": one.received_at,
            "page_url": one.page_url,
            "external_id": one.external_id,
            "received": {**one.received, **one.utm},
        }
        for (one,) in await uow.dossiers.inquiries(traces)
    ]


async def _deals(uow: UnitOfWork, traces: Traces) -> list[Line]:
    return [
        {
            "id": deal.id,
            "title": deal.title,
            "stage": stage,
            "amount": deal.amount,
            "currency": deal.currency,
            "product": deal.product,
            "source": deal.source,
            "tags": await _tags(uow, deal),
            "manager": owner,
            "created_at": deal.created_at,
            "closed_on": deal.closed_on.isoformat() if deal.closed_on else None,
        }
        for deal, stage, owner in await uow.dossiers.deals(traces)
    ]


async def _payments(uow: UnitOfWork, traces: Traces) -> list[Line]:
    return [
        {
            "deal": one.deal_id,
            "amount": one.amount,
            "currency": one.currency,
            "paid_on": one.paid_on.isoformat(),
            "method": one.method,
        }
        for (one,) in await uow.dossiers.payments(traces)
    ]


async def _fields(uow: UnitOfWork, traces: Traces) -> list[Line]:
    return [
        {"subject": subject, "subject_id": one, "field": line.field.name, "value": line}
        for subject in FieldSubject
        for one in sorted(traces.subjects.get(subject, ()))
        for line in lines_of(await uow.fields.sheet(subject, one, whole=True))
        if line.value is not None
    ]


async def _tasks(uow: UnitOfWork, traces: Traces) -> list[Line]:
    return [
        {
            "id": one.id,
            "text": one.text,
            "manager": assignee,
            "due_at": one.due_at,
            "done_at": one.done_at if not one.dropped or one.done_by is not None else None,
            "dropped_at": (one.dropped_at or one.done_at) if one.dropped else None,
        }
        for one, assignee in await uow.dossiers.tasks(traces)
    ]


async def _items(uow: UnitOfWork, traces: Traces) -> list[Line]:
    return [
        {"task": one.task_id, "text": one.text, "manager": assignee, "done_at": one.done_at}
        for one, assignee in await uow.dossiers.items(traces)
    ]


async def _calls(uow: UnitOfWork, traces: Traces) -> list[Line]:
    return [
        {"at": one.created_at, "outcome": one.outcome, "manager": author}
        for one, author in await uow.dossiers.calls(traces)
    ]


async def _notes(uow: UnitOfWork, traces: Traces) -> list[Line]:
    return [
        {"id": one.id, "at": one.created_at, "text": one.text, "manager": author}
        for one, author in await uow.dossiers.notes(traces)
    ]


async def _versions(uow: UnitOfWork, traces: Traces) -> list[Line]:
    return [
        {"note": one.note_id, "text": one.text, "replaced_at": one.replaced_at}
        for (one,) in await uow.dossiers.versions(traces)
    ]


async def _files(uow: UnitOfWork, traces: Traces) -> list[Line]:
    return [
        {"note": one.note_id, "kind": one.kind, "name": one.name, "mime": one.mime, "size": one.size}
        for (one,) in await uow.dossiers.files(traces)
    ]


async def _events(uow: UnitOfWork, traces: Traces) -> list[Line]:
    return [
        {
            "at": event.at,
            "manager": actor,
            "door": event.door,
            "action": event.action,
            "subject": event.subject,
            "subject_id": event.subject_id,
            "changes": event.changes,
        }
        for event, actor in await uow.dossiers.events(traces)
    ]
