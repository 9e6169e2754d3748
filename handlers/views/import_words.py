"""What the columns of an imported file mean, and why rows are not imported, in words."""

from keyboards.client_forms import field_label as client_label
from keyboards.common import cut
from keyboards.tongue import Tongue
from services.dto.fields import FieldSubject
from services.dto.imports import Fault, Field, OwnTarget, RowFault


def reason(fault: Fault, t: Tongue, longest: int | None = None) -> str:
    """Why a row cannot be imported; `longest`: how much is told of what stands there."""
    said = {
        RowFault.TOO_MANY_CELLS: t("more cells than the header has"),
        RowFault.TOO_LONG: t("a text is too long"),
        RowFault.NO_TITLE: t("nothing to call the deal by"),
        RowFault.NO_STAGE: t("no stage"),
        RowFault.UNKNOWN_STAGE: t("unknown stage"),
        RowFault.BAD_DATE: t("this is not a date"),
        RowFault.DATES_REVERSED: t("closed before it was opened"),
        RowFault.BAD_AMOUNT: t("this is not a sum"),
        RowFault.NEGATIVE_AMOUNT: t("the sum is negative"),
        RowFault.OTHER_CURRENCY: t("another currency than yours"),
        RowFault.BAD_PHONE: t("this is not a phone number"),
        RowFault.BAD_TAG: t("this is no list of tags, or one too long"),
        RowFault.UNKNOWN_TAG: t("no such tag, and none can be made"),
        RowFault.BAD_FIELD: t("a field cannot say this"),
        RowFault.NO_CLIENT: t("the contact or company that this belongs to is not named"),
        RowFault.BAD_EMAIL: t("this is not an e-mail address"),
        RowFault.TOO_MANY_PEOPLE: t("too many different owners in the file"),
    }[fault.reason]
    told = fault.told if longest is None else cut(fault.told, longest)
    return f"{said} ({told})" if told else said


def own_name(own: OwnTarget, t: Tongue) -> str:
    """What a column fills of a deal, or of its client."""
    field = client_label(own.of_client, t) if own.of_client is not None else f"🗂 {own.own}"
    if own.whose is FieldSubject.CONTACT:
        return t("contact: {field}", field=field)
    return t("company: {field}", field=field) if own.whose is FieldSubject.FIRM else field


def field_name(field: Field, t: Tongue) -> str:
    """What a column means."""
    return {
        Field.EXTERNAL_ID: t("number"),
        Field.TITLE: t("title"),
        Field.OWNER: t("owner"),
        Field.PRODUCT: t("product"),
        Field.COMPANY: t("company"),
        Field.CONTACT: t("contact"),
        Field.PHONE: t("phone"),
        Field.EMAIL: t("address"),
        Field.STAGE: t("stage"),
        Field.OPENED_ON: t("opened on"),
        Field.CLOSED_ON: t("closed on"),
        Field.AMOUNT: t("sum"),
        Field.CURRENCY: t("currency"),
        Field.SOURCE: t("source"),
        Field.DEPARTMENT: t("department"),
        Field.TAGS: t("tags"),
    }[field]
