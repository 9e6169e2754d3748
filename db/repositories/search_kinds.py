"""What can be found, and by which words."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from db.models import Company, Contact, Deal, Lead, Source, Stage


@dataclass(frozen=True, slots=True, eq=False)
class Kind:
    """What is found, by the name of its subject, and by which words: of its own, and of whom it leads to."""

    name: str
    model: type[Any]
    rows: Any
    text: Any
    """The folded text in which words stand side by side."""
    words: tuple[tuple[Source, str | None], ...]
    """Sources, each with the name of what leads to whoever bears such a word."""
    phones: tuple[tuple[Source, str | None], ...]
    numbered: bool = False
    """Whether it is called by its own number."""
    finance: bool = False
    """Whether only the fields count that whoever settles deals sees."""


LEADS = Kind(
    "lead",
    Lead,
    select(Lead),
    Lead.search,
    words=((Source.LEAD, None),),
    phones=((Source.LEAD_PHONE, None),),
    numbered=True,
)
CONTACTS = Kind(
    "contact",
    Contact,
    select(Contact, Company.name).outerjoin(Company, Company.id == Contact.company_id),
    Contact.search,
    words=(
        (Source.CONTACT, None),
        (Source.CONTACT_ADDRESS, None),
        (Source.FIRM, "company_id"),
    ),
    phones=((Source.CONTACT_PHONE, None),),
)
FIRMS = Kind(
    "firm",
    Company,
    select(Company),
    Company.name_folded,
    words=((Source.FIRM, None),),
    phones=((Source.FIRM_PHONE, None),),
)
# Two more joins would cost each search on PostgreSQL some hundredths more.
_CONTACT = select(Contact.name).where(Contact.id == Deal.contact_id).scalar_subquery()
_COMPANY = select(Company.name).where(Company.id == Deal.company_id).scalar_subquery()
DEALS = Kind(
    "deal",
    Deal,
    select(Deal, Stage, func.coalesce(_CONTACT, _COMPANY)).join(Stage, Stage.id == Deal.stage_id),
    Deal.search,
    words=(
        (Source.DEAL, None),
        (Source.FIRM, "company_id"),
        (Source.CONTACT, "contact_id"),
        (Source.CONTACT_ADDRESS, "contact_id"),
    ),
    phones=((Source.CONTACT_PHONE, "contact_id"),),
    numbered=True,
)
# Whoever only settles deals is told of their clients' names, not of phones or addresses, and finds so.
SETTLED_DEALS = Kind(
    "deal", Deal, DEALS.rows, Deal.search, DEALS.words[:3], phones=(), numbered=True, finance=True
)
