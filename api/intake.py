"""What all doors for requests share: how much is read, how often one may come, and how it is kept."""

from dataclasses import dataclass, field, fields

import structlog
from fastapi import Request

from api.problems import RefusalError
from api.rates import Rates
from integrations.intake import BadBodyError, Submission, read_fields
from services.bundle import Services
from services.dto.inquiries import InquiryInput, Receipt, Shape, Way
from services.errors import AppError

LARGEST_BODY = 64 * 1024
LARGEST_HEARD = 4 * 1024 * 1024
LONGEST_MARK = 200
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Door:
    """The services behind, and the rates in front of them."""

    services: Services
    forms: Rates = field(default_factory=lambda: Rates(burst=30, per_minute=30))
    """For each source and address, where visitors of a site come by themselves."""
    programs: Rates = field(default_factory=lambda: Rates(burst=300, per_minute=600))
    """For each source or key, where one server brings the requests of many."""

    async def source(self, token: str) -> Way:
        """The source with this token. Raises RefusalError."""
        way = await self.services.ways.by_token(token)
        if way is None:
            raise RefusalError("source.not_found")
        return way

    def pace(self, way: Way, address: str | None = None) -> None:
        """Raise RefusalError if they come too often; `address`: a visitor's own."""
        key = (way.source_id, way.key_id)
        if not self.programs.allow(key) or (address is not None and not self.forms.allow((*key, address))):
            raise RefusalError("too_many")

    async def keep(self, way: Way, given: InquiryInput) -> Receipt:
        """Keep a request; when this returns it is durable. Raises RefusalError."""
        try:
            return await self.services.inquiries.receive(way, given)
        except AppError as error:
            raise RefusalError.of(error) from None
        except Exception as error:  # noqa: BLE001 - whatever it was, they must know that it is not kept
            log.error("inquiry_not_kept", error=type(error).__name__)  # noqa: TRY400 - the error may quote it
            raise RefusalError("not_kept") from None


async def body_of(request: Request) -> bytes:
    """The body. Raises RefusalError for one that is too large, of which nothing is kept."""
    announced = request.headers.get("content-length", "0")
    too_large = not announced.isdecimal() or len(announced) > 9 or int(announced) > LARGEST_BODY
    parts, seen = bytearray(), 0
    # Whoever is still sending hears no answer, so a somewhat too large body is let pass by.
    async for part in request.stream():
        seen += len(part)
        too_large = too_large or seen > LARGEST_BODY
        if seen > LARGEST_HEARD:
            break
        if not too_large:
            parts += part
    if too_large:
        raise RefusalError("body.too_large")
    return bytes(parts)


async def fields_of(request: Request) -> dict[str, str]:
    """The fields of a form in any encoding. Raises RefusalError."""
    body = await body_of(request)
    try:
        return read_fields(request.headers.get("content-type", ""), body)
    except BadBodyError:
        raise RefusalError("body.unreadable") from None


def mark_of(request: Request) -> str | None:
    """The Idempotency-Key that was sent along. Raises RefusalError for one that cannot be kept."""
    mark = request.headers.get("idempotency-key")
    if mark is not None and not 0 < len(mark.strip()) <= LONGEST_MARK:
        raise RefusalError("key.mark_too_long")
    return mark


def address_of(request: Request) -> str:
    """Who is calling; behind a trusted proxy whoever that one names (see TRUSTED_PROXIES)."""
    return request.client.host if request.client else ""


def to_input(given: Submission, shape: Shape, mark: str | None = None) -> InquiryInput:
    """A request as the rules take it."""
    same = {one.name: getattr(given, one.name) for one in fields(given) if one.name != "mark"}
    return InquiryInput(shape=shape, dedupe=given.mark or mark, **same)
