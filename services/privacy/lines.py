"""Consents as lines of cards."""

from db.models import Consent
from db.repositories.consents import ConsentFacts
from services.dto.privacy import ConsentLine, ConsentWay


def line_of(consent: Consent, facts: ConsentFacts | None = None) -> ConsentLine:
    """A consent in one line."""
    return ConsentLine(
        number=consent.number,
        way=ConsentWay(consent.way),
        given_at=consent.given_at,
        recorded_by=facts.recorder if facts else None,
        withdrawn_at=consent.withdrawn_at,
        withdrawn_by=facts.withdrawer if facts else None,
    )
