"""Refusals over HTTP: RFC 9457 problem details in clear words, the same for every route."""

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi.responses import JSONResponse

from services.errors import AppError
from services.fields.outside import FieldsWrongError
from services.outside_cards import ChangeWrongError

MEDIA = "application/problem+json"
WORDS: dict[str, tuple[int, str]] = {
    "not_allowed": (403, "This key may not do this. Ask the owner for one with the right scope."),
    "lead.not_found": (404, "There is no such lead."),
    "contact.not_found": (404, "There is no such contact."),
    "firm.not_found": (404, "There is no such company."),
    "deal.not_found": (404, "There is no such deal."),
    "card.closed": (409, "It is closed, and is changed no more; in the chat it can be taken up again."),
    "stale": (409, "It was changed since that version. Read it again."),
    "lead.bad_amount": (422, "The budget is no sum of money that could be kept."),
    "lead.unreachable": (422, "A lead needs a phone or an e-mail address."),
    "department.not_found": (422, "There is no such department. Name it as it is called, or by its number."),
    "inquiry.unreachable": (422, "There is no way to answer: a phone or an e-mail address is needed."),
    "inquiry.mark_used": (409, "Another request came with this Idempotency-Key (or tranid) before."),
    "workspace.not_found": (503, "The company is not set up yet."),
    "key.missing": (401, "An API key is needed: Authorization: Bearer <key>."),
    "key.wrong": (401, "This API key is not valid; perhaps it was revoked."),
    "address.not_found": (404, "There is nothing at this address, see /docs."),
    "method.not_allowed": (405, "This address is not asked in this way; the header Allow says how it is."),
    "request.wrong": (400, "The request could not be understood."),
    "failed": (500, "Something went wrong on our side. It is written down; please try again."),
    "source.not_found": (404, "There is nothing at this address; perhaps the source was closed."),
    "body.too_large": (413, "The body is larger than 64 KB."),
    "body.unreadable": (400, "The body could not be read as JSON or as a form."),
    "body.wrong": (422, "Some fields are wrong, see `errors`."),
    "key.mark_too_long": (400, "An Idempotency-Key has 1 to 200 characters."),
    "origin.not_allowed": (403, "This source takes no forms from this site."),
    "fields.wrong": (422, "Some of the company's own fields are wrong, see `errors`."),
    "tags.wrong": (422, "Some of the tags are wrong, see `errors`."),
    "too_many": (429, "Too many requests. Try again in a minute."),
    "not_kept": (503, "The request could not be kept. Please send it again."),
}
FIELD_WORDS = {
    "field.unknown": "There is no field with this key.",
    "field.twice": "This field was given already under another key.",
    "field.empty": "It says nothing.",
    "field.too_long": "At most {most} characters.",
    "field.bad_number": "A number with at most four decimals is needed.",
    "field.bad_money": "A sum of money is needed.",
    "field.bad_date": "A day is needed, as 2026-11-22.",
    "field.bad_flag": "true or false is needed.",
    "field.bad_choice": "{name} is not among the choices.",
    "field.bad_phone": "A phone number is needed.",
    "field.bad_link": "A web address is needed.",
    "field.bad_invoice": "A number, a sum and perhaps a day are needed: 17; 150000; 2026-11-22.",
    "field.wants_file": "A file can only be sent in the chat.",
}
"""What is wrong with one of the company's own fields."""
CLIENT_WORDS = {
    "client.empty": "It says nothing.",
    "client.too_long": "At most {limit} characters.",
    "client.nameless": "A name has at least one letter or figure.",
    "client.bad_username": "This is no name in Telegram.",
    "client.bad_birthday": "A day is needed, as 1980-05-12 or 12.05.",
    "client.bad_inn": "This is no tax number: 10 or 12 figures, the last ones of which check it.",
    "client.bad_kpp": "This is no KPP: 9 figures.",
    "client.kpp_of_person": "Who has a tax number of 12 figures has no KPP.",
    "client.bad_phone": "This cannot be read as a phone number.",
    "client.bad_email": "This cannot be read as an e-mail address.",
    "client.too_many_points": "At most {limit} phones and e-mail addresses together.",
    "choice.not_found": "There is no such code.",
}
"""What is wrong with what stands on the card of a client."""
REACH_WORDS = {"phone": CLIENT_WORDS["client.bad_phone"], "email": CLIENT_WORDS["client.bad_email"]}
"""What is wrong with a way to answer that was given."""
TAG_WORDS = {
    "tag.unknown": "There is no tag “{name}”; tags are made in the chat.",
    "tag.unnamed": "A tag says nothing.",
    "tag.comma": "A tag has no commas and no semicolons: give several as a list.",
    "tag.too_long": "A tag may have {most} characters at most.",
    "tag.full": "A lead may have {most} tags at most.",
}
"""What is wrong with a tag."""
RETRY = {429: "60", 503: "5"}


class RefusalError(Exception):
    """A request that is turned away; `code` is one of WORDS."""

    def __init__(self, code: str, errors: Sequence[dict[str, Any]] = ()) -> None:
        super().__init__(code)
        self.code = code
        self.errors = errors

    @classmethod
    def of(cls, error: AppError) -> "RefusalError":
        """What the rules have refused."""
        if isinstance(error, ChangeWrongError):
            wrong = [_wrong(name, CLIENT_WORDS, one) for name, one in error.columns.items()]
            return cls("body.wrong", wrong + [_fault(key, one) for key, one in error.fields.items()])
        if isinstance(error, FieldsWrongError):
            return cls(error.code, [_fault(key, one) for key, one in error.faults.items()])
        if error.code in TAG_WORDS:
            message = TAG_WORDS[error.code].format(**error.params)
            return cls("tags.wrong", [{"field": "tags", "message": message}])
        if error.code == "inquiry.unreachable":
            unread = [name for name in REACH_WORDS if name in error.params]
            return cls(error.code, [{"field": name, "message": REACH_WORDS[name]} for name in unread])
        return cls(error.code)

    @property
    def status(self) -> int:
        """The HTTP status."""
        return WORDS[self.code][0]

    @property
    def words(self) -> str:
        """Why, for whoever wrote the program that asked."""
        return WORDS[self.code][1]

    @property
    def headers(self) -> dict[str, str]:
        """What goes along: when to come again, how to say who one is."""
        headers = {"WWW-Authenticate": "Bearer"} if self.status == 401 else {}
        return headers | ({"Retry-After": RETRY[self.status]} if self.status in RETRY else {})


def _fault(key: str, error: AppError) -> dict[str, Any]:
    return _wrong(f"fields.{key}", FIELD_WORDS, error)


def _wrong(field: str, words: Mapping[str, str], error: AppError) -> dict[str, Any]:
    return {"field": field, "message": words[error.code].format(**error.params)}


def of_routing(status: int) -> RefusalError:
    """What no route has answered: a wrong address, a wrong method."""
    return RefusalError({404: "address.not_found", 405: "method.not_allowed"}.get(status, "request.wrong"))


def problem(refusal: RefusalError, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """The answer to a request that is turned away, with its own headers and these."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": refusal.words,
        "status": refusal.status,
        "code": refusal.code,
    }
    if refusal.errors:
        body["errors"] = list(refusal.errors)
    return JSONResponse(body, refusal.status, {**refusal.headers, **(headers or {})}, media_type=MEDIA)
