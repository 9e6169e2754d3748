"""Requests that were begun and not saved: each stays on a shelf while others are written or looked for."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict

from handlers.forms import Form
from services.dto.lead_intake import LeadInput
from services.errors import AlreadyAppliedError

Shelved = tuple[int, LeadInput]
"""The key of a draft and what it says."""
MOST = 5
"""Of so many drafts the newest are kept."""


async def put(form: Form, key: int, given: LeadInput) -> None:
    """Keep a draft as it stands now; one that says nothing is not worth it."""
    shelf = {name: value for name, value in (await form.shelf()).items() if name != str(key)}
    if given.title or given.reachable:
        shelf[str(key)] = asdict(given)
    await form.keep_shelf(dict(list(shelf.items())[-MOST:]))


async def drop(form: Form, key: int) -> None:
    """It is saved or given up; if it is the draft that is open, the form is closed."""
    await form.keep_shelf({name: value for name, value in (await form.shelf()).items() if name != str(key)})
    if (await form.data()).get("draft") == key:
        await form.close()


@asynccontextmanager
async def spending(form: Form, key: int) -> AsyncIterator[None]:
    """Drop the draft, too, where the very update that comes again has saved it before."""
    try:
        yield
    except AlreadyAppliedError:
        await drop(form, key)
        raise


async def find(form: Form, key: int) -> LeadInput | None:
    """The draft of a button."""
    given = (await form.shelf()).get(str(key))
    return LeadInput(**given) if given is not None else None


async def newest(form: Form, but: int) -> Shelved | None:
    """The draft that was left last, other than this one."""
    keys = [key for key in await form.shelf() if key != str(but)]
    return (int(keys[-1]), LeadInput(**(await form.shelf())[keys[-1]])) if keys else None
