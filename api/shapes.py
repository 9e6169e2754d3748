"""How the bodies of the open API are read and described, and how the company's own fields stand in them."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, Field, StringConstraints, ValidationError

from api.problems import MEDIA, WORDS, RefusalError
from services.dto.common import Sum
from services.dto.fields import FieldKind, FieldLine, Invoice
from services.dto.talk import SentFile

_Number = Annotated[Decimal, Field(max_digits=24)]
"""A few bytes like 1e99999999 would fill all memory as they are written out."""
FieldGiven = Annotated[str, StringConstraints(max_length=1000)] | bool | _Number | list[str]
FieldTold = str | bool | int | float | list[str] | None
NOTHING = "-"
"""Typed into a field, it takes away what the field says."""
_Body = TypeVar("_Body", bound=BaseModel)


def read_body(model: type[_Body], body: bytes) -> _Body:
    """What a body says. Raises RefusalError with what is wrong, field by field."""
    try:
        return model.model_validate_json(body)
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=False, include_input=False)
        if any(one["type"] == "json_invalid" for one in found):
            raise RefusalError("body.unreadable") from None
        errors = [{"field": ".".join(map(str, one["loc"])), "message": one["msg"]} for one in found]
        raise RefusalError("body.wrong", errors) from None


def as_typed(value: FieldGiven | None) -> str:
    """What a program gives for a field, as a person would type it."""
    if value is None:
        return NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return f"{value:f}"
    return "\n".join([*value, ""]) if isinstance(value, list) else value


def as_told(line: FieldLine) -> FieldTold:
    """What a field says, as it could be given back; a file by its name."""
    value = line.value
    if isinstance(value, tuple):
        names = [one.name for one in value]
        return names if line.field.kind is FieldKind.CHOICES else names[0]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, Sum):
        return _sum(value)
    if isinstance(value, Invoice):
        parts = [value.number, _sum(value.amount), value.on.isoformat() if value.on else None]
        return "; ".join(part for part in parts if part)
    if isinstance(value, SentFile):
        return value.name or value.kind.value
    return value.isoformat() if isinstance(value, date) else value


def _sum(value: Sum) -> str:
    return f"{Decimal(value.minor) / 100:.2f} {value.currency}"


def schema_of(model: type[BaseModel]) -> dict[str, Any]:
    """A body for the documentation."""
    schema = model.model_json_schema()
    inner = schema.pop("$defs", {})
    for part in schema["properties"].values():
        for option in part.get("anyOf", []):
            if "$ref" in option:
                option.update(inner[option.pop("$ref").rpartition("/")[2]])
    return schema


def refusals(*codes: str) -> dict[int | str, dict[str, Any]]:
    """Answers that are refusals, for the documentation."""
    return {
        WORDS[code][0]: {"description": WORDS[code][1], "content": {MEDIA: {"schema": {"type": "object"}}}}
        for code in codes
    }
