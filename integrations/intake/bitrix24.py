"""The incoming webhook of Bitrix24 as others call it: `crm.lead.add`, its fields, its answers and its errors.

Source: bitrix-tools/b24-rest-docs, api-reference/crm/leads/crm-lead-add.md.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from integrations.intake.submission import UTM, Submission, keep, lines

METHOD = "crm.lead.add"
_FIELD = re.compile(r"(?i:fields)\[([^\]]+)\](.*)")
_NAMES = ("NAME", "SECOND_NAME", "LAST_NAME")
_SILENT = frozenset(
    {"SOURCE_ID", "STATUS_ID", "OPENED", "ASSIGNED_BY_ID", "CREATED_BY_ID", "IS_RETURN_CUSTOMER"}
)
"""Fields that mean something in their CRM only."""


def read(fields: Mapping[str, str]) -> Submission:
    """What `crm.lead.add` says; fields that only their CRM knows join the text."""
    plain: dict[str, str] = {}
    points: dict[str, list[str]] = {"PHONE": [], "EMAIL": []}
    for name, value in fields.items():
        found = _FIELD.fullmatch(name)
        if found is None or not value.strip():
            continue
        field, tail = found[1].upper(), found[2].upper()
        if field in points:
            points[field] += [value.strip()] if not tail or tail.endswith("[VALUE]") else []
        else:
            plain[f"{field}{found[2]}"] = value.strip()
    whole = " ".join(plain.pop(name) for name in _NAMES if name in plain)
    utm = {key: plain.pop(f"UTM_{key.upper()}") for key in UTM if f"UTM_{key.upper()}" in plain}
    told = [plain.pop("COMMENTS", ""), plain.pop("SOURCE_DESCRIPTION", "")]
    told += [*points["PHONE"][1:], *points["EMAIL"][1:]]
    title, budget, currency = (plain.pop(key, None) for key in ("TITLE", "OPPORTUNITY", "CURRENCY_ID"))
    origin = [plain.pop(key) for key in ("ORIGINATOR_ID", "ORIGIN_ID") if key in plain]
    page = plain.pop("WEB", None) or plain.pop("WEB[0][VALUE]", None)
    rest = {name: value for name, value in plain.items() if name not in _SILENT}
    return Submission(
        name=whole or None,
        phone=next(iter(points["PHONE"]), None),
        email=next(iter(points["EMAIL"]), None),
        title=title,
        text="\n".join([*filter(None, told), *lines(rest)]) or None,
        budget=budget,
        currency=currency,
        external_id=":".join(origin) or None,
        page_url=page,
        utm=utm,
        received=keep(fields),
    )


def answer(result: int, began: datetime, ended: datetime) -> dict[str, Any]:
    """As Bitrix24 answers."""
    return {
        "result": result,
        "time": {
            "start": began.timestamp(),
            "finish": ended.timestamp(),
            "duration": (ended - began).total_seconds(),
            "processing": (ended - began).total_seconds(),
            "date_start": began.isoformat(timespec="seconds"),
            "date_finish": ended.isoformat(timespec="seconds"),
        },
    }


def error(code: str, words: str) -> dict[str, str]:
    """As Bitrix24 refuses."""
    return {"error": code, "error_description": words}
