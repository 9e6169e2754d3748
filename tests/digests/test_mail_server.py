"""The way to a mail server: hidden by TLS, with a login, and refused to one that is not who it says."""

import asyncio
import shutil
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from pydantic import ValidationError

from bot.settings import Settings
from integrations.mail import MailError, Message, Server, compose, send
from tests.digests.conftest import Post
from tests.digests.test_story import MONDAY

MAIL = compose(Message("a@example.com", "Тема", "text", "<p>text</p>"), "crm@example.com", "t", MONDAY)
OPENSSL = shutil.which("openssl")


@pytest.fixture
async def certificate(tmp_path: Path) -> Path:
    """A certificate of this machine, with its key in the same file."""
    if OPENSSL is None:
        pytest.skip("needs openssl")
    made = tmp_path / "made.pem"
    words = (
        "req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1"
    )
    run = await asyncio.create_subprocess_exec(
        OPENSSL, *words.split(), "-keyout", str(made), "-out", str(tmp_path / "cert.pem"),
        stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    assert await run.wait() == 0
    with made.open("ab") as file:
        file.write((tmp_path / "cert.pem").read_bytes())
    return made


def judge(
    server: SMTP, session: Session, envelope: Envelope, mechanism: str, given: LoginPassword
) -> AuthResult:
    """Whoever knows the word comes in."""
    assert isinstance(given, LoginPassword)
    return AuthResult(success=given == LoginPassword(b"crm", b"the word"), handled=False)


@asynccontextmanager
async def listening(post: Post, certificate: Path, tls: Literal["starttls", "tls"]) -> AsyncIterator[Server]:
    """A server that takes mails by TLS and after a login alone."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    at_once = context if tls == "tls" else None
    loop = asyncio.get_running_loop()

    def speak() -> SMTP:
        return SMTP(
            post,
            hostname="mail.example.com",
            tls_context=None if at_once else context,
            require_starttls=not at_once,
            auth_required=not at_once,
            auth_require_tls=not at_once,
            authenticator=judge,
            loop=loop,
        )

    listener = await loop.create_server(speak, "127.0.0.1", 0, ssl=at_once)
    port = listener.sockets[0].getsockname()[1]
    yield Server("127.0.0.1", port, tls, "crm@example.com", "crm", "the word")
    listener.close()
    await listener.wait_closed()


@pytest.mark.parametrize("tls", ["starttls", "tls"])
async def test_a_mail_goes_by_tls_and_after_a_login(
    post: Post, certificate: Path, tls: Literal["starttls", "tls"], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with listening(post, certificate, tls) as server:
        with pytest.raises(MailError, match="certificate") as caught:
            await send(server, MAIL)
        assert not caught.value.final
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        with pytest.raises(MailError, match="Authentication") as caught:
            await send(replace(server, password="another"), MAIL)
        assert not caught.value.final, "whoever runs the server can put the login right"
        await send(server, MAIL)
    assert [mail["Subject"] for mail in post.mails] == ["Тема"]


async def test_a_server_that_is_away_or_has_no_tls_is_tried_again_later(post: Post) -> None:
    for server in (replace(post.server, port=1), replace(post.server, tls="starttls")):
        with pytest.raises(MailError) as caught:
            await send(server, MAIL)
        assert not caught.value.final


def test_a_mail_server_needs_a_sender() -> None:
    with pytest.raises(ValidationError, match="SMTP_FROM"):
        Settings(_env_file=None, smtp_host="mail.example.com", smtp_user="crm")
    assert Settings(_env_file=None, smtp_host="mail.example.com", smtp_user="crm@example.com").sender
