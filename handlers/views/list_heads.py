"""The heads of a list's columns in a file, as an import knows them again in either language."""

from collections.abc import Sequence

from keyboards.tongue import Tongue
from services.dto.fields import FieldSubject
from services.exports.columns import OwnHead
from services.exports.service import Sheet
from services.imports.columns import bare, understand


def heads(sheet: Sheet, t: Tongue) -> tuple[str, ...]:
    """Of the usual columns, and of the company's own fields."""
    names = _names(sheet.subject, t)
    usual = tuple(names[column] for column in sheet.columns)
    return (*usual, *(_own(one, usual, sheet.subject, t) for one in sheet.own))


def _own(own: OwnHead, usual: Sequence[str], subject: FieldSubject, t: Tongue) -> str:
    """Its name; with whose it is where that alone would mean something else in a file."""
    usually = understand((*usual, own.name))[-1] is not None or bare(own.name) in map(bare, usual)
    return own.name if own.alone and not usually else f"{_whose(subject, t)}: {own.name}"


def _whose(subject: FieldSubject, t: Tongue) -> str:
    return {
        FieldSubject.DEAL: t("Deal"),
        FieldSubject.LEAD: t("Lead"),
        FieldSubject.CONTACT: t("Contact"),
        FieldSubject.FIRM: t("Company"),
    }[subject]


def _names(subject: FieldSubject, t: Tongue) -> dict[str, str]:
    """By the names that programs read. A deal that was imported was opened before it was added."""
    is_deal, is_firm = subject is FieldSubject.DEAL, subject is FieldSubject.FIRM
    return {
        "id": t("Number"),
        "title": t("Title"),
        "name": t("Company") if is_firm else t("Name"),
        "stage": t("Stage"),
        "stage_kind": t("Kind of stage"),
        "status": t("Status of the lead"),
        "amount": t("Sum"),
        "currency": t("Currency"),
        "paid": t("Paid so far"),
        "contact": t("Contact"),
        "phone": t("Phone"),
        "email": t("E-mail"),
        "username": "Telegram",
        "position": t("Position"),
        "birthday": t("Birthday"),
        "birth_year": t("Year of birth"),
        "company": t("Company"),
        "inn": t("INN"),
        "kpp": t("KPP"),
        "address": t("Address"),
        "industry": t("Industry"),
        "client_type": t("Client type"),
        "owner": t("Manager"),
        "department": t("Department"),
        "source": t("Source"),
        "product": t("Product"),
        "comment": t("Comment"),
        "loss_reason": t("Reason of loss"),
        "reject_reason": t("Why it was no lead"),
        "created": t("Added on") if is_deal else t("Created on"),
        "opened": t("Opened on"),
        "closed": t("Closed on"),
        "ended": t("When it ended"),
        "external_id": t("Number elsewhere"),
        "archived": t("In the archive since"),
        "tags": t("Tags"),
    }
