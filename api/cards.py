"""The open API: what leads, clients and deals say, and changes of their fields."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from api.intake import Door, body_of
from api.keys import key_of
from api.problems import RefusalError
from api.shapes import FieldGiven, FieldTold, as_told, as_typed, read_body, refusals, schema_of
from services.dto.clients import FIELDS, ClientField, ClientKind
from services.dto.fields import FieldSubject
from services.dto.inquiries import Way
from services.dto.outside_cards import OutsideCard, OutsideChange
from services.errors import AppError
from services.outside_points import NAMES

MOST_ID = 2**63
PATHS = {
    FieldSubject.CONTACT: ("/contacts/{card_id}", "Contacts"),
    FieldSubject.FIRM: ("/companies/{card_id}", "Companies"),
    FieldSubject.LEAD: ("/leads/{card_id}/fields", "Leads"),
    FieldSubject.DEAL: ("/deals/{card_id}/fields", "Deals"),
}
_Typed = Annotated[str, StringConstraints(max_length=1000)] | None
_Points = list[Annotated[str, StringConstraints(max_length=320)]] | None
_EXAMPLE = {"fields": {"birthday": "1980-05-12", "vip": True, "discount": None}}


class FieldChange(BaseModel):
    """What shall be different; whatever is not named stays as it is."""

    model_config = ConfigDict(extra="forbid")

    version: int | None = Field(None, description="Only if it is still as it was then; else 409")
    fields: dict[str, FieldGiven | None] = Field(
        default_factory=dict,
        max_length=50,
        description="The company's own fields by their keys; null takes a value away",
    )


class ClientChange(FieldChange):
    """The same of a contact or a company."""

    phones: _Points = Field(None, description="All that there shall be: one that is not named is taken away")
    emails: _Points = Field(None, description="The same of addresses")


class ContactChange(ClientChange):
    """The same of a contact."""

    name: str | None = Field(None, max_length=1000)
    position: _Typed = None
    username: _Typed = Field(None, description="In Telegram")
    birthday: _Typed = Field(None, description="1980-05-12, or 12.05 without the year")
    client_type: _Typed = Field(None, description="new, regular, key, demanding, partner or former")
    source: _Typed = Field(None, description="One of the codes of the chat: site, call, ads and so on")
    note: _Typed = None


class CompanyChange(ClientChange):
    """The same of a company."""

    name: str | None = Field(None, max_length=1000)
    inn: _Typed = None
    kpp: _Typed = None
    address: _Typed = None
    industry: _Typed = None
    client_type: _Typed = Field(None, description="new, regular, key, demanding, partner or former")
    source: _Typed = Field(None, description="One of the codes of the chat: site, call, ads and so on")
    note: _Typed = None


class FieldsAnswer(BaseModel):
    """What a lead or a deal says."""

    id: int
    version: int = Field(description="Which grows with each change")
    title: str
    contact_id: int | None = None
    company_id: int | None = None
    fields: dict[str, FieldTold] = Field(description="The company's own fields by their keys")


class ClientAnswer(BaseModel):
    """What a contact or a company says."""

    model_config = ConfigDict(extra="allow")

    id: int = Field(description="Of the one that it was united with, if it was")
    version: int = Field(description="Which grows with each change")
    name: str
    company_id: int | None = Field(None, description="For which a contact works")
    phones: list[str]
    emails: list[str]
    fields: dict[str, FieldTold] = Field(description="The company's own fields by their keys")


_CHANGES: dict[FieldSubject, type[FieldChange]] = {
    FieldSubject.CONTACT: ContactChange,
    FieldSubject.FIRM: CompanyChange,
    FieldSubject.LEAD: FieldChange,
    FieldSubject.DEAL: FieldChange,
}
_ANSWERS: dict[FieldSubject, type[BaseModel]] = {
    FieldSubject.CONTACT: ClientAnswer,
    FieldSubject.FIRM: ClientAnswer,
    FieldSubject.LEAD: FieldsAnswer,
    FieldSubject.DEAL: FieldsAnswer,
}


def cards_router(door: Door) -> APIRouter:
    """`GET` and `PATCH` of contacts, companies, and the fields of leads and deals."""
    router = APIRouter(prefix="/api/v1")
    let_in = Depends(key_of(door))
    for subject in PATHS:
        _add(router, door, let_in, subject)
    return router


def _add(router: APIRouter, door: Door, let_in: Any, subject: FieldSubject) -> None:
    path, tag = PATHS[subject]
    model, absent = _CHANGES[subject], f"{subject}.not_found"
    content = {"application/json": {"schema": schema_of(model), "example": _EXAMPLE}}

    @router.get(
        path,
        tags=[tag],
        summary="What it says",
        operation_id=f"read_{subject}",
        response_model=_ANSWERS[subject],
        responses=refusals("key.wrong", "not_allowed", absent, "too_many"),
    )
    async def read(card_id: int, way: Way = let_in) -> dict[str, Any]:
        """Scope `cards:read`."""
        try:
            return _told(await door.services.outside_cards.card(way.actor, subject, _known(card_id, absent)))
        except AppError as error:
            raise RefusalError.of(error) from None

    @router.patch(
        path,
        tags=[tag],
        summary="Change what it says",
        operation_id=f"change_{subject}",
        response_model=_ANSWERS[subject],
        responses=refusals("body.unreadable", "key.wrong", "not_allowed", absent, "stale",
                           "body.too_large", "body.wrong", "too_many"),
        openapi_extra={"requestBody": {"required": True, "content": content}},
    )  # fmt: skip
    async def change(card_id: int, request: Request, way: Way = let_in) -> dict[str, Any]:
        """Scope `cards:write`. All of it is changed, or nothing; it stands in the history as one change."""
        given = read_body(model, await body_of(request))
        found = _known(card_id, absent)
        try:
            return _told(
                await door.services.outside_cards.change(way.actor, subject, found, _asked(subject, given))
            )
        except AppError as error:
            raise RefusalError.of(error) from None


def _known(card_id: int, absent: str) -> int:
    if not 0 < card_id < MOST_ID:
        raise RefusalError(absent)
    return card_id


def _asked(subject: FieldSubject, given: FieldChange) -> OutsideChange:
    named: dict[ClientField, str] = {}
    if subject in (FieldSubject.CONTACT, FieldSubject.FIRM):
        columns = FIELDS[ClientKind(subject)]
        said = given.model_dump(include=given.model_fields_set & {one.value for one in columns})
        named = {ClientField(name): as_typed(value) for name, value in said.items()}
    lists = given.model_dump(include=given.model_fields_set & {*NAMES.values()})
    points = {kind: lists[name] or () for kind, name in NAMES.items() if name in lists}
    fields = {key: as_typed(value) for key, value in given.fields.items()}
    return OutsideChange(named, fields, points, given.version)


def _told(card: OutsideCard) -> dict[str, Any]:
    fields = {line.field.key: as_told(line) for line in card.fields}
    shared = {"id": card.id, "version": card.version, "company_id": card.company_id, "fields": fields}
    if card.subject in (FieldSubject.LEAD, FieldSubject.DEAL):
        return {**shared, "title": card.title, "contact_id": card.contact_id}
    points = {name: [one.value for one in card.points if one.kind is kind] for kind, name in NAMES.items()}
    return {**shared, **points, **{column.value: said for column, said in card.columns.items()}}
