"""The open API: leads that other programs bring, and what became of them."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from api.intake import Door, body_of, mark_of
from api.keys import key_of
from api.problems import RefusalError
from api.shapes import FieldGiven, as_typed, read_body, refusals, schema_of
from services.dto.inquiries import InquiryInput, Shape, Way
from services.errors import AppError

MINOR = 100
EXAMPLE = {
    "name": "Ivan Petrov",
    "phone": "8 916 123-45-67",
    "text": "Two windows",
    "budget": 150000,
    "utm": {"source": "yandex", "campaign": "autumn"},
    "external_id": "17",
    "page_url": "https://example.com/windows",
}


class Utm(BaseModel):
    """The marks of an advertising campaign."""

    model_config = ConfigDict(extra="forbid")

    source: str | None = Field(None, max_length=200)
    medium: str | None = Field(None, max_length=200)
    campaign: str | None = Field(None, max_length=200)
    content: str | None = Field(None, max_length=200)
    term: str | None = Field(None, max_length=200)


class NewLead(BaseModel):
    """A request of a client. A phone or an e-mail address is needed, everything else is welcome."""

    model_config = ConfigDict(extra="forbid")

    name: str | None = Field(None, max_length=200, examples=["Ivan Petrov"])
    phone: str | None = Field(None, max_length=60, description="In any form", examples=["+7 916 123-45-67"])
    email: str | None = Field(None, max_length=254, examples=["ivan@example.com"])
    title: str | None = Field(None, max_length=200, description="What it is about", examples=["Windows"])
    text: str | None = Field(None, max_length=5000, description="In the client's own words")
    source: str | None = Field(None, max_length=32, description="Where from; the key's name unless given")
    utm: Utm | None = None
    external_id: str | None = Field(None, max_length=200, description="Its number in your system")
    page_url: str | None = Field(None, max_length=500)
    budget: Decimal | None = Field(None, ge=0, le=10**12, max_digits=15, decimal_places=2)
    currency: str | None = Field(None, pattern="^[A-Za-z]{3}$", examples=["RUB"])
    consent: bool = Field(default=False, description="The client has agreed to the company's consent text")
    department: str | int | None = Field(None, description="Name or number; the key's one unless given")
    tags: list[Annotated[str, StringConstraints(max_length=100)]] | None = Field(
        None,
        max_length=50,
        description="Tags by their names, of those that the company has; made in the chat",
        examples=[["VIP", "Kitchen"]],
    )
    fields: dict[str, FieldGiven] | None = Field(
        None,
        max_length=50,
        description="The company's own fields of leads by the keys that stand on their cards in the settings:"
        " text, a number, true or false, a day as 2026-11-22, a choice by its name, several as a list",
        examples=[{"budget": 150000, "measured": True, "material": ["Wood", "Steel"]}],
    )


class LeadAnswer(BaseModel):
    """What came of a request."""

    id: int = Field(description="The number of the request")
    lead_id: int | None
    deal_id: int | None = Field(description="The client has this deal in work: it was noted there")
    created: bool = Field(description="A new lead; else the client was known, and their manager was told")


class LeadStatusAnswer(BaseModel):
    """What became of a lead."""

    id: int
    status: str = Field(examples=["new", "in_work", "qualified", "rejected"])
    created_at: datetime
    taken_at: datetime | None
    closed_at: datetime | None
    deal_id: int | None
    tags: list[str]


def leads_router(door: Door) -> APIRouter:
    """`POST /api/v1/leads` and `GET /api/v1/leads/{id}`."""
    router = APIRouter(prefix="/api/v1", tags=["Leads"])
    let_in = Depends(key_of(door))

    @router.post(
        "/leads",
        status_code=201,
        summary="Bring a request",
        responses=refusals("body.unreadable", "key.wrong", "not_allowed", "inquiry.mark_used",
                            "body.too_large", "body.wrong", "fields.wrong", "tags.wrong",
                            "too_many", "not_kept"),
        openapi_extra={
            "requestBody": {
                "required": True,
                "content": {"application/json": {"schema": schema_of(NewLead), "example": EXAMPLE}},
            },
            "parameters": [
                {
                    "name": "Idempotency-Key",
                    "in": "header",
                    "schema": {"type": "string", "maxLength": 200},
                    "description": "A request with the same key and body is kept once and answered the same.",
                }
            ],
        },
    )  # fmt: skip
    async def create(request: Request, response: Response, way: Way = let_in) -> LeadAnswer:
        """Scope `leads:write`. 201 means that it is kept and the team is being told."""
        given = read_lead(await body_of(request), mark_of(request))
        receipt = await door.keep(way, given)
        if receipt.repeated:
            response.headers["Idempotency-Replayed"] = "true"
        return LeadAnswer(
            id=receipt.id, lead_id=receipt.lead_id, deal_id=receipt.deal_id, created=receipt.made_lead
        )

    @router.get(
        "/leads/{lead_id}",
        summary="What became of a lead",
        responses=refusals("key.wrong", "not_allowed", "lead.not_found", "too_many"),
    )
    async def state(lead_id: int, way: Way = let_in) -> LeadStatusAnswer:
        """Scope `leads:read` or `cards:read`."""
        if not 0 < lead_id < 2**63:
            raise RefusalError("lead.not_found")
        try:
            found = await door.services.inquiries.state(way, lead_id)
        except AppError as error:
            raise RefusalError.of(error) from None
        return LeadStatusAnswer.model_validate(found, from_attributes=True)

    return router


def read_lead(body: bytes, mark: str | None) -> InquiryInput:
    """The request that a body brings. Raises RefusalError with what is wrong, field by field."""
    lead = read_body(NewLead, body)
    utm = lead.utm.model_dump(exclude_none=True) if lead.utm else {}
    return InquiryInput(
        shape=Shape.API,
        **lead.model_dump(exclude={"utm", "budget", "department", "fields", "tags"}),
        fields={key: as_typed(value) for key, value in (lead.fields or {}).items()},
        tags=tuple(lead.tags or ()),
        utm=utm,
        amount=int(lead.budget * MINOR) if lead.budget is not None else None,
        department=str(lead.department) if lead.department is not None else None,
        dedupe=mark,
        received={name: str(value)[:500] for name, value in lead.model_dump(exclude_none=True).items()},
    )
