"""How digests are read and set by hand."""

from keyboards.digests import (
    DigestCb,
    DigestConversionCb,
    DigestFileCb,
    DigestLossesCb,
    DigestPeopleCb,
    DigestPostCb,
    DigestSourcesCb,
    DigestWantCb,
)
from keyboards.profile import DigestsCb
from tests.matrix.deeds import Deed, Facts, deed


def digests() -> dict[str, Deed]:
    """Reading the figures, and choosing what comes."""
    return {
        "digest": deed("/digest"),
        "digest_of": deed(DigestCb(period=0)),
        "digest_people": deed(DigestPeopleCb(period=0)),
        "digest_sources": deed(DigestSourcesCb(period=0)),
        "digest_losses": deed(DigestLossesCb(period=0)),
        "digest_conversion": deed(DigestConversionCb(period=0)),
        "digest_file": deed(DigestFileCb(period=0)),
        "digests": deed(DigestsCb()),
        "digest_want": deed(DigestWantCb(kind="week", on=0), changes="person"),
    }


def posting(f: Facts) -> dict[str, Deed]:
    """Whether the week is told in a team chat."""
    return {"digest_post": deed(DigestPostCb(department_id=f.id, on=0), changes="department")}
