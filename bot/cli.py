"""The command line. Commands import what they need when they run: `--help` should not wait for it."""

import asyncio
from collections.abc import Coroutine
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console


class Exported(StrEnum):
    """What `export` writes."""

    DEALS = "deals"
    LEADS = "leads"
    CONTACTS = "contacts"
    COMPANIES = "companies"


SUBJECTS = {
    Exported.DEALS: "deal",
    Exported.LEADS: "lead",
    Exported.CONTACTS: "contact",
    Exported.COMPANIES: "firm",
}
app = typer.Typer(help="Sdelka, the CRM that lives in Telegram.", no_args_is_help=True, add_completion=False)
out = Console()
errors = Console(stderr=True)


def fail(text: str) -> typer.Exit:
    """Say why, in one line, and end with status 1."""
    errors.print(text, style="red", markup=False, highlight=False)
    return typer.Exit(1)


@app.command()
def serve() -> None:
    """Serve Telegram until SIGTERM."""
    from bot.serve import StartError
    from bot.serve import serve as run

    try:
        _run(run())
    except StartError as error:
        raise fail(str(error)) from None


@app.command()
def sandbox(
    language: Annotated[str, typer.Option(help="Language of the demo company: ru or en.")] = "",
) -> None:
    """Start a local Telegram with a demo company, and print its page's address."""
    from bot.demo.run import run
    from bot.serve import StartError

    try:
        _run(run(language))
    except StartError as error:
        raise fail(str(error)) from None


@app.command()
def migrate() -> None:
    """Give the database this program's schema, after a backup if it holds anything."""
    from bot.backup import bring_up_to_date
    from bot.settings import Settings

    changed = asyncio.run(bring_up_to_date(Settings(), datetime.now(UTC)))
    out.print("The database has been brought up to date." if changed else "The database is up to date.")


@app.command()
def backup() -> None:
    """Write and check a copy of the database, while everything goes on."""
    from bot.backup import backup as run
    from bot.settings import Settings
    from db.maintenance import SnapshotError

    try:
        file = asyncio.run(run(Settings(), datetime.now(UTC)))
    except SnapshotError as error:
        raise fail(str(error)) from None
    out.print(str(file), markup=False, highlight=False, soft_wrap=True)


@app.command()
def restore(file: Annotated[Path, typer.Argument(help="A file that `backup` wrote.")]) -> None:
    """Put a backup in the place of the database. Nothing that was queued before it is sent again."""
    from bot.backup import restore as run
    from bot.lock import AlreadyRunningError
    from bot.settings import Settings
    from db.maintenance import SnapshotError

    try:
        kept = asyncio.run(run(Settings(), file, datetime.now(UTC)))
    except (SnapshotError, AlreadyRunningError) as error:
        raise fail(str(error)) from None
    out.print(
        "Restored." if kept is None else f"Restored. The replaced database is kept: {kept}", markup=False
    )


@app.command(name="import")
def import_(
    file: Annotated[Path, typer.Argument(help="A CSV or XLSX file of deals.")],
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Import without asking.")] = False,
) -> None:
    """Import deals: shows what was understood, asks, imports."""
    from bot.import_command import ImportFailedError, import_file

    try:
        asyncio.run(import_file(file, ask=None if yes else typer.confirm, out=out))
    except ImportFailedError as error:
        raise fail(str(error)) from None


@app.command()
def export(
    file: Annotated[Path, typer.Argument(help="The .xlsx or .csv file to write.")],
    *,
    what: Annotated[Exported, typer.Option(help="Of what.")] = Exported.DEALS,
) -> None:
    """Export all deals, leads, contacts or companies, one row each."""
    from bot.exporting import ExportError, export_all
    from services.dto.fields import FieldSubject

    try:
        rows = asyncio.run(export_all(file, FieldSubject(SUBJECTS[what])))
    except ExportError as error:
        raise fail(str(error)) from None
    out.print(f"{rows} {what.value}: {file}", markup=False, highlight=False, soft_wrap=True)


@app.command()
def check() -> None:
    """Check settings, database and Telegram; says what is wrong and ends with status 1 if anything is."""
    from bot.checking import check as run

    findings = asyncio.run(run())
    for finding in findings:
        (out if finding.good else errors).print(
            f"{'ok ' if finding.good else 'BAD'} {finding.text}", markup=False
        )
    if not all(finding.good for finding in findings):
        raise typer.Exit(1)


def _run(work: Coroutine[Any, Any, None]) -> None:
    """Run on uvloop where there is one."""
    try:
        import uvloop
    except ImportError:  # Windows has none
        factory = None
    else:
        factory = uvloop.new_event_loop
    with asyncio.Runner(loop_factory=factory) as runner:
        runner.run(work)
