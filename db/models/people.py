"""Our own company: its settings, its people, their departments and invitations."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import NEVER_AGAIN, Base, code, folded, label, moment, pk, telegram


class Workspace(Base):
    """The one company that this installation serves."""

    __tablename__ = "workspace"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)

    id: Mapped[pk]
    name: Mapped[label]
    language: Mapped[code]
    currency: Mapped[str] = mapped_column(String(3))
    time_zone: Mapped[str] = mapped_column(String(64))
    region: Mapped[str] = mapped_column(String(2))
    """Country of phone numbers typed without a country code."""
    hours: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """When the company works, see `WorkHours.data`."""
    protects_clients: Mapped[bool] = mapped_column(default=False)
    """Whether Telegram should hinder forwarding and saving client cards and files."""
    assigning: Mapped[code] = mapped_column(default="heads", server_default="heads")
    """Who may give tasks to whom, see `services.task_giving`."""
    scoring: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """By which rules leads are scored and deals judged likely, see `services.scoring.rules`."""
    set_up_at: Mapped[moment | None]
    """When its owner was led through the settings, or has declined to be."""
    owner_link_hash: Mapped[str | None] = mapped_column(String(64))
    outbox_epoch: Mapped[int] = mapped_column(default=1)
    """Raised by a restore, so that messages queued before it are never sent again."""
    created_at: Mapped[moment]


class Person(Base):
    """Someone who works here; known to Telegram once they have joined."""

    __tablename__ = "person"
    __table_args__ = (Index("ix_person_status_role", "status", "role"), NEVER_AGAIN)

    id: Mapped[pk]
    telegram_id: Mapped[telegram | None] = mapped_column(unique=True)
    username: Mapped[str | None] = mapped_column(String(64))
    name: Mapped[label]
    name_folded: Mapped[folded] = mapped_column(index=True)
    role: Mapped[code]
    status: Mapped[code]
    language: Mapped[code | None]
    time_zone: Mapped[str | None] = mapped_column(String(64))
    reachable: Mapped[bool] = mapped_column(default=False)
    """False until they have started the bot, and while they block it."""
    digests_off: Mapped[list[str]] = mapped_column(JSON, default=list)
    """The digests that they do not want, see `services.digests`."""
    quiet: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """When nothing may make a sound, see `Quiet.data`; none if that is never."""
    import_id: Mapped[int | None] = mapped_column(index=True)
    """The import that made them; no foreign key, since an import also has an author."""
    shift: Mapped[code] = mapped_column(default="auto")
    """Whether they work now, see `services.distribution.shifts`."""
    shift_until: Mapped[moment | None]
    """When that ends and the working hours count again."""
    lunch_until: Mapped[moment | None]
    substitute_id: Mapped[int | None] = mapped_column(BigInteger)
    """Who gets their leads while they are off; no foreign key, for an import may be taken back."""
    created_at: Mapped[moment]
    left_at: Mapped[moment | None]


class Department(Base):
    """A part of the company with its own leads, deals and, perhaps, a team chat."""

    __tablename__ = "department"

    id: Mapped[pk]
    name: Mapped[label]
    name_folded: Mapped[folded] = mapped_column(unique=True)
    branch: Mapped[label | None]
    city: Mapped[label | None]
    chat_id: Mapped[telegram | None] = mapped_column(unique=True)
    chat_thread: Mapped[telegram | None]
    time_zone: Mapped[str | None] = mapped_column(String(64))
    """Where it is not the company's."""
    hours: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """When it works, see `WorkHours.data`; where it is not as the company."""
    keeps_holidays: Mapped[bool] = mapped_column(default=True)
    """Whether it is closed on the public holidays of the company's country."""
    rules: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What follows when a lead is not answered, see `services.response.rules`."""
    posts_digest: Mapped[bool] = mapped_column(default=True)
    """Whether the week is told in the team chat."""
    distribution: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Who gets a new lead, see `services.distribution.rules`."""
    created_at: Mapped[moment]


class SpecialDay(Base):
    """A day on which a department works at other hours than usual, or not at all."""

    __tablename__ = "special_day"
    __table_args__ = (UniqueConstraint("department_id", "day"),)

    id: Mapped[pk]
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id"))
    day: Mapped[date]
    spans: Mapped[list[list[int]]] = mapped_column(JSON)
    """From and to in minutes after midnight; none when it is closed."""


class Membership(Base):
    """Who belongs to which department, and who heads it."""

    __tablename__ = "membership"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id"), primary_key=True, index=True)
    head: Mapped[bool] = mapped_column(default=False)
    weight: Mapped[int | None]
    """How many leads they get for one of a colleague with 1; none: as usual for their role."""
    credit: Mapped[int] = mapped_column(default=0)
    """Their place in the turn, see `services.distribution.choose`."""


class Invite(Base):
    """A one-time link to join; only the hash of its token is kept."""

    __tablename__ = "invite"

    id: Mapped[pk]
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    role: Mapped[code]
    department_id: Mapped[int | None] = mapped_column(ForeignKey("department.id"))
    person_id: Mapped[int | None] = mapped_column(BigInteger)
    """Who is meant, if they are known by name already; no foreign key, for an import may be taken back."""
    name: Mapped[label | None]
    telegram_id: Mapped[telegram | None]
    """The only account that may use it, with its `name`, if it was made for one."""
    created_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[moment]
    expires_at: Mapped[moment]
    used_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    used_at: Mapped[moment | None]
    revoked_at: Mapped[moment | None]
