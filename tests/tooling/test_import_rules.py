"""Each import rule holds for a house in order, and is broken by the import that it is there to forbid."""

import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
PACKAGES = ("api", "bot", "db", "handlers", "integrations", "keyboards", "sandbox", "services")
LINT = "from importlinter.cli import lint_imports_command as lint; lint(['--no-cache'])"

IN_ORDER = {
    "db/tables.py": "import sqlalchemy",
    "services/deals.py": "import db.tables",
    "keyboards/deals.py": "import aiogram, services.deals",
    "handlers/deals.py": "import aiogram, keyboards.deals, services.deals",
    "integrations/calls.py": "import httpx",
    "api/calls.py": "import fastapi, integrations.calls, services.deals",
    "sandbox/server.py": "import aiohttp, fastapi",
    "bot/app.py": "import aiogram, api.calls, apscheduler, db.tables, handlers.deals, sandbox.server",
}

FORBIDDEN = {
    "Imports point downwards, and siblings do not know each other": ("handlers", "import api.calls"),
    "Nobody imports the running program": ("integrations", "import bot.app"),
    "Integrations know other systems and nothing of ours": ("integrations", "import services.deals"),
    "Integrations are used by the API alone": ("services", "import integrations.calls"),
    "The sandbox is a Telegram of its own and knows nothing of the CRM": ("sandbox", "import aiogram"),
    "The product does not know that a sandbox exists": ("handlers", "import sandbox.server"),
    "Rules and tables know no Telegram, no HTTP and no scheduler": ("services", "import aiogram"),
    "SQL lives in db/ only": ("services", "import sqlalchemy"),
    "Doors call services, never tables": ("handlers", "import db.tables"),
    "The API draws no Telegram screens": ("api", "import keyboards.deals"),
}


@pytest.fixture
def house(tmp_path: Path) -> Path:
    (tmp_path / ".importlinter").write_text((REPOSITORY / ".importlinter").read_text())
    for package in PACKAGES:
        (tmp_path / package).mkdir()
        (tmp_path / package / "__init__.py").write_text("")
    for file, imports in IN_ORDER.items():
        (tmp_path / file).write_text(imports + "\n")
    return tmp_path


def verdicts(house: Path) -> dict[str, str]:
    """Lint the house and return KEPT or BROKEN by the name of each rule."""
    linted = subprocess.run(
        [sys.executable, "-c", LINT], cwd=house, capture_output=True, text=True, check=False
    )
    endings = [line.rsplit(" ", 1) for line in linted.stdout.splitlines()]
    return {ending[0]: ending[1] for ending in endings if ending[-1] in {"KEPT", "BROKEN"}}


def test_a_house_in_order_keeps_every_rule(house: Path) -> None:
    assert verdicts(house) == dict.fromkeys(FORBIDDEN, "KEPT")


@pytest.mark.parametrize("rule", FORBIDDEN)
def test_a_rule_is_broken_by_what_it_forbids(house: Path, rule: str) -> None:
    package, forbidden = FORBIDDEN[rule]
    (house / package / "wrong.py").write_text(forbidden + "\n")

    assert verdicts(house)[rule] == "BROKEN"
