"""What people do about leads and deals: tasks, notes and calls."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from db.base import NEVER_AGAIN, Base, code, label, moment, pk, telegram


class Task(Base):
    """Something to be done by someone until a moment."""

    __tablename__ = "task"
    __table_args__ = (
        CheckConstraint(
            "NOT personal OR coalesce(deal_id, lead_id, contact_id, company_id) IS NULL",
            name="personal_is_of_nothing",
        ),
        Index("ix_task_assignee_id_done_at_due_at", "assignee_id", "done_at", "due_at"),
        Index("ix_task_deal_id_done_at_due_at", "deal_id", "done_at", "due_at"),
        Index(
            "ix_task_author_id_waiting",
            "author_id",
            sqlite_where=sql("done_at IS NULL AND handed_in_at IS NOT NULL"),
            postgresql_where=sql("done_at IS NULL AND handed_in_at IS NOT NULL"),
        ),
        Index(
            "uq_task_series_id_open",
            "series_id",
            unique=True,
            sqlite_where=sql("done_at IS NULL"),
            postgresql_where=sql("done_at IS NULL"),
        ),
        Index(
            "ix_task_dropped_at",
            "dropped_at",
            sqlite_where=sql("dropped_at IS NOT NULL"),
            postgresql_where=sql("dropped_at IS NOT NULL"),
        ),
        NEVER_AGAIN,
    )

    id: Mapped[pk]
    text: Mapped[str] = mapped_column(Text)
    due_at: Mapped[moment]
    assignee_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    deal_id: Mapped[int | None] = mapped_column(ForeignKey("deal.id"))
    lead_id: Mapped[int | None] = mapped_column(ForeignKey("lead.id"), index=True)
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"), index=True)
    company_id: Mapped[int | None] = mapped_column(ForeignKey("company.id"), index=True)
    high: Mapped[bool] = mapped_column(default=False)
    """Of high priority: it leads every list."""
    personal: Mapped[bool] = mapped_column(default=False)
    """Nobody but its assignee, who is also its author, knows of it."""
    ahead: Mapped[int] = mapped_column(default=0)
    """So many minutes before it is due one is reminded of it, besides at the time; 0 for not."""
    series_id: Mapped[int | None] = mapped_column(ForeignKey("task_series.id"))
    """The series of which it is one turn; of a series one task is open at most."""
    turn_at: Mapped[moment | None]
    """When its turn in the series came or comes, whatever time it was put off to."""
    missed: Mapped[int] = mapped_column(default=0)
    """So many further turns of its series have come while it was open."""
    checks: Mapped[bool] = mapped_column(default=False)
    """Whether its author wants to accept it before it is done."""
    handed_in_at: Mapped[moment | None]
    """Since when it waits to be accepted, while it is open."""
    items: Mapped[int] = mapped_column(default=0)
    """How many items its checklist has."""
    items_done: Mapped[int] = mapped_column(default=0)
    source_chat: Mapped[telegram | None]
    source_message: Mapped[int | None]
    """The message that it was made of."""
    source_name: Mapped[label | None]
    """Who wrote that."""
    created_at: Mapped[moment]
    done_at: Mapped[moment | None]
    done_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    dropped: Mapped[bool] = mapped_column(default=False)
    """Deleted. The row stays: the next task must not get its id, and with it its history."""
    dropped_at: Mapped[moment | None]
    """When somebody deleted it by hand: it is found and brought back for thirty days. One that ended with its
    deal or lead comes back with that."""
    version: Mapped[int] = mapped_column(default=1)


class TaskSeries(Base):
    """How a task comes again. What comes is in its tasks: each next one is a copy of the former."""

    __tablename__ = "task_series"

    id: Mapped[pk]
    rule: Mapped[dict[str, Any]]
    """How often, see `Recurrence.data`."""
    minutes: Mapped[int]
    """The time of day, in minutes after midnight by the clock of `zone`."""
    zone: Mapped[str] = mapped_column(String(64))
    anchor: Mapped[date]
    """The day from which on "every other" is counted."""
    shift: Mapped[bool] = mapped_column(default=False)
    """Whether a turn on a day off comes on the next working day."""
    stopped_at: Mapped[moment | None]
    created_at: Mapped[moment]


class TaskItem(Base):
    """An item of a task's checklist: a smaller deed, perhaps of somebody else."""

    __tablename__ = "task_item"
    __table_args__ = (NEVER_AGAIN,)

    id: Mapped[pk]
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    """Who does it; none: whoever does the task."""
    done_at: Mapped[moment | None]
    done_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[moment]


class TaskWatcher(Base):
    """Somebody who is told of a task that they neither set nor do."""

    __tablename__ = "task_watcher"

    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)


class Note(Base):
    """What was said or learnt, kept with its deal, lead, task or client."""

    __tablename__ = "note"
    __table_args__ = NEVER_AGAIN

    id: Mapped[pk]
    text: Mapped[str] = mapped_column(Text)
    deal_id: Mapped[int | None] = mapped_column(ForeignKey("deal.id"), index=True)
    lead_id: Mapped[int | None] = mapped_column(ForeignKey("lead.id"), index=True)
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"), index=True)
    company_id: Mapped[int | None] = mapped_column(ForeignKey("company.id"), index=True)
    task_id: Mapped[int | None] = mapped_column(ForeignKey("task.id"), index=True)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[moment]


class Call(Base):
    """A call that a manager logged by hand, with its outcome."""

    __tablename__ = "call"
    __table_args__ = NEVER_AGAIN

    id: Mapped[pk]
    outcome: Mapped[code]
    deal_id: Mapped[int | None] = mapped_column(ForeignKey("deal.id"), index=True)
    lead_id: Mapped[int | None] = mapped_column(ForeignKey("lead.id"), index=True)
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"), index=True)
    company_id: Mapped[int | None] = mapped_column(ForeignKey("company.id"), index=True)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[moment]
