"""How digests are read and set by hand."""

from keyboards.control_data import DigestListCb
from keyboards.digests import (
    DigestCb,
    DigestConversionCb,
    DigestFileCb,
    DigestLossesCb,
    DigestNowCb,
    DigestPeopleCb,
    DigestPostCb,
    DigestSourcesCb,
    DigestWantCb,
)
from keyboards.mails import MailAskCb, MailCb, MailForgetCb
from keyboards.profile import DigestsCb
from tests.matrix.deeds import Deed, Facts, Typed, deed


def digests() -> dict[str, Deed]:
    """Reading the figures, and choosing what comes."""
    return {
        "digest": deed("/digest"),
        "digest_now": deed(DigestNowCb()),
        "digest_of": deed(DigestCb(period=0)),
        "digest_people": deed(DigestPeopleCb(period=0)),
        "digest_sources": deed(DigestSourcesCb(period=0)),
        "digest_losses": deed(DigestLossesCb(period=0)),
        "digest_conversion": deed(DigestConversionCb(period=0)),
        "digest_list": deed(DigestListCb(watched="silent", period=0)),
        "digest_file": deed(DigestFileCb(period=0)),
        "mail": deed(MailCb()),
        "mail_ask": deed(MailAskCb()),
        "mail_typed": deed(
            MailAskCb(),
            "zed@example.com",
            changes="mailbox mail",
            form=Typed("mail.address", {}, "zed@example.com"),
        ),
        # Nobody knows the code but whoever reads the mail.
        "mail_code": deed(MailCb(), form=Typed("mail.code", {}, "123456")),
        "mail_forget": deed(MailForgetCb(), changes="event", also="mailbox"),
        "digests": deed(DigestsCb()),
        "digest_want": deed(DigestWantCb(kind="week", on=0), changes="person"),
    }


def posting(f: Facts) -> dict[str, Deed]:
    """Whether the week is told in a team chat."""
    return {"digest_post": deed(DigestPostCb(department_id=f.id, on=0), changes="department")}
