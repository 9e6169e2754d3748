"""By what a person is found in words of nobody's card: phones, addresses, their Telegram name."""

import re
from collections.abc import Collection
from dataclasses import replace

from db.models import Contact
from db.repositories.erasure import Traces
from db.repositories.known_clients import Client
from db.uow import UnitOfWork

PHONE_END = 10
"""Digits by which a phone is found in what was never read: with or without a country's code."""


async def traces_of(uow: UnitOfWork, contact: Client) -> Traces:
    """Everything of a contact, and the tasks of nobody's card that name a phone or an address of theirs, or
    have named one before.

    What belongs to somebody else's is theirs: a phone may be that of two.
    """
    traces = await uow.erasure.traces(contact.id)
    assert isinstance(contact, Contact)
    found = _reached(contact, traces)
    tasks: set[int] = set()
    async for texts in uow.erasure.loose_tasks():
        tasks |= {task for task, text in texts if names(text, found)}
    former: set[int] = set()
    async for texts in uow.erasure.former_words():
        former |= {task for task, text in texts if names(text, found)}
    said = await uow.erasure.notes_of_tasks(tasks - traces.tasks) if tasks else frozenset[int]()
    every = traces.tasks | tasks
    return replace(traces, tasks=every, notes=traces.notes | said, former=frozenset(former - every))


def needles(contact: Contact, traces: Traces) -> frozenset[str]:
    """By what somebody is found in a text that was never taken apart, each in the shape of `names`."""
    numbers = {str(contact.telegram_id)} if contact.telegram_id is not None else set()
    return _reached(contact, traces) | numbers


def names(text: str, needles: Collection[str]) -> bool:
    """Whether a text speaks of somebody: by digits with whatever stands between them, or by the words."""
    digits, words = re.sub(r"\D", "", text), text.lower()
    return any(needle in (digits if needle.isdigit() else words) for needle in needles)


def _reached(contact: Contact, traces: Traces) -> frozenset[str]:
    found = {point[-PHONE_END:] if point.startswith("+") else point.lower() for point in traces.points}
    if contact.username:
        found.add(f"@{contact.username.lower()}")
    return frozenset(found)
