"""`.env.example` and the settings are one and the same list."""

import re
from pathlib import Path

import pytest

from bot.settings import TELEGRAM, Settings

EXAMPLE = Path(__file__).parents[2] / ".env.example"


def test_the_example_names_every_setting_and_no_other() -> None:
    named = re.findall(r"^#?\s?([A-Z][A-Z_]+)=", EXAMPLE.read_text(), flags=re.MULTILINE)
    assert sorted(named) == sorted(name.upper() for name in Settings.model_fields)


def test_every_setting_is_explained() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []


def test_defaults_in_the_example_are_the_real_ones() -> None:
    shown = dict(re.findall(r"^#\s?([A-Z][A-Z_]+)=(.+)$", EXAMPLE.read_text(), flags=re.MULTILINE))
    defaults = Settings(_env_file=None).model_dump()
    for name, value in shown.items():
        default = defaults[name.lower()]
        assert default is None or str(default).lower() == value.lower(), name


@pytest.mark.parametrize(
    ("url", "said", "on"),
    [
        (TELEGRAM, None, True),
        (f"{TELEGRAM}/", None, True),
        ("http://127.0.0.1:8081", None, False),
        ("http://127.0.0.1:8081", "true", True),
        (TELEGRAM, "false", False),
    ],
)
def test_whispers_are_on_only_where_somebody_vouches_for_the_server(
    url: str, said: str | None, on: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOT_API_URL", url)
    monkeypatch.setenv("EPHEMERAL_MESSAGES", said or "")
    assert Settings(_env_file=None).whispers is on
