"""What may not stand in a log does not stand in one."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from bot.log import Redaction, configure

TOKEN = "123456789:AAF-abcdefghijklmnopqrstuvwxyz_0123"


@pytest.fixture
def page() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    before = root.handlers, root.level
    stream = io.StringIO()
    configure("INFO", json=True, secrets=["hook-secret", ""], stream=stream)
    yield stream
    root.handlers, level = before
    root.setLevel(level)
    structlog.reset_defaults()


@pytest.mark.parametrize(
    "secret",
    [
        TOKEN,
        f"https://api.telegram.org/bot{TOKEN}/sendMessage",
        "hook-secret",
        "ivan.petrov+crm@example.org",
        "+7 916 123-45-67",
        "8 (916) 123-45-67",
        "89161234567",
        "postgresql+psycopg://sdelka:password@db/sdelka",
    ],
)
@pytest.mark.parametrize("way", ["event", "value", "nested", "library", "exception"])
def test_it_is_hidden_wherever_it_stands(page: io.StringIO, secret: str, way: str) -> None:
    log = structlog.get_logger("test")
    match way:
        case "event":
            log.info(secret)
        case "value":
            log.info("said", what=secret)
        case "nested":
            log.info("said", what={"list": [secret, (secret,)]}, other=ValueError(secret))
        case "library":
            logging.getLogger("library").warning("said %s", secret)
        case "exception":
            log.error("failed", exc_info=ValueError(secret))
    text = page.getvalue()
    for part in (TOKEN, "AAF-abc", "hook-secret", "petrov", "123-45-67", "9161234567", "password"):
        assert part not in text
    assert "***" in text


def test_ids_and_moments_stay_readable(page: io.StringIO) -> None:
    structlog.get_logger("test").info("moved", chat_id=-1001234567890, update_id=89161234567, at="2026-11-21")
    line = json.loads(page.getvalue())
    assert line["chat_id"] == -1001234567890
    assert line["update_id"] == 89161234567
    assert line["at"] == "2026-11-21"
    assert (line["event"], line["level"]) == ("moved", "info")


def test_libraries_that_talk_too_much_are_tamed(page: io.StringIO) -> None:
    logging.getLogger("aiogram.event").info("Update id=1 is handled")
    logging.getLogger("apscheduler.executors").info("Running job")
    assert page.getvalue() == ""


def test_an_empty_secret_hides_nothing() -> None:
    assert Redaction(["", ""]).text("plain words") == "plain words"
