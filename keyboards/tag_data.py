"""What the buttons of tags carry; apart from their keyboard, since each card leads there."""

from keyboards.clients import ClientPress
from keyboards.data import Id, Press
from keyboards.deal_data import DealPress
from keyboards.lead_data import LeadPress
from services.dto.fields import FieldSubject


class DealTagsCb(DealPress, prefix="dtg"):
    """Which tags has a deal, and which could it have? Some at a time."""

    page: Id = 0


class DealTagCb(DealPress, prefix="dtp"):
    """Give a deal a tag, or take it off."""

    tag_id: Id
    on: Id


class LeadTagsCb(LeadPress, prefix="ltg"):
    """The same of a lead."""

    page: Id = 0


class LeadTagCb(LeadPress, prefix="ltp"):
    """The same with a lead."""

    tag_id: Id
    on: Id


class ClientTagsCb(ClientPress, prefix="ktg"):
    """The same of a contact or a company."""

    page: Id = 0


class ClientTagCb(ClientPress, prefix="ktp"):
    """The same with a contact or a company."""

    tag_id: Id
    on: Id


def tags_of(subject: FieldSubject, one: int, page: int = 0) -> Press:
    """To the tags of one subject."""
    match subject:
        case FieldSubject.DEAL:
            return DealTagsCb(deal_id=one, page=page)
        case FieldSubject.LEAD:
            return LeadTagsCb(lead_id=one, page=page)
    return ClientTagsCb(kind=subject.value, client_id=one, page=page)


def tag_of(subject: FieldSubject, one: int, tag_id: int, *, on: bool) -> Press:
    """Give it a tag, or take it off."""
    match subject:
        case FieldSubject.DEAL:
            return DealTagCb(deal_id=one, tag_id=tag_id, on=int(on))
        case FieldSubject.LEAD:
            return LeadTagCb(lead_id=one, tag_id=tag_id, on=int(on))
    return ClientTagCb(kind=subject.value, client_id=one, tag_id=tag_id, on=int(on))
