"""What hangs on a deal, a lead, a contact or a company: what goes along when one is deleted, what lets go.

Every foreign key to them, or to what goes along with them, stands in one of the two tables below; a test of
the architecture complains of a new one that stands in neither.
"""

from collections.abc import Mapping

SUBJECTS: Mapping[str, str] = {"deal": "deal", "lead": "lead", "contact": "contact", "firm": "company"}
"""From the name of a subject to its table."""

_WORK = ("deal_id", "lead_id", "contact_id", "company_id")

ALONG: Mapping[str, tuple[str, ...]] = {
    "deal_helper": ("deal_id",),
    "deal_tag": ("deal_id",),
    "lead_tag": ("lead_id",),
    "contact_tag": ("contact_id",),
    "company_tag": ("company_id",),
    "payment": ("deal_id",),
    "team_chat": ("deal_id", "contact_id", "company_id"),
    "deal_topic": ("deal_id",),
    "contact_point": ("contact_id", "company_id"),
    "consent": ("contact_id", "lead_id"),
    "task": _WORK,
    "note": ("task_id", *_WORK),
    "call": _WORK,
    "task_item": ("task_id",),
    "task_watcher": ("task_id",),
    "note_source": ("note_id",),
    "note_file": ("note_id",),
    "note_version": ("note_id",),
}
"""Tables whose rows go along with the first of these that they name: a task of a deal that also names the
client goes with the deal, and only lets go of the client."""

LOOSE: Mapping[str, tuple[str, ...]] = {
    "deal": ("lead_id", "contact_id", "company_id"),
    "lead": ("contact_id",),
    "contact": ("company_id",),
    "inquiry": ("lead_id", "deal_id"),
}
"""Tables whose rows stay and name it no more: a request that comes twice is still known again."""

BY_NAME = ("mute", "timer", "field_value")
"""Tables whose rows go along and know it by its name and number, without a foreign key."""

NAMED: Mapping[str, str] = {**{table: name for name, table in SUBJECTS.items()}, "task": "task"}
"""From a table to the name by which those know its rows."""

FOLLOWING: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "field_word": ("field_value", ("field_id", "subject_id")),
}
"""Tables whose rows go along with those of another table that have the same in these columns."""

HANGING = frozenset({"task", "note", "call", "payment"})
"""What somebody did about a subject; the rest is the subject itself in several tables."""

PASSING = frozenset({"team_chat", "deal_topic", "mute", "timer"})
"""What does not come back where something else has taken its place."""
