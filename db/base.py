"""The declarative base, column types and key helpers that every table uses."""

from datetime import UTC, datetime
from typing import Annotated, Any, ClassVar

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, MetaData, String
from sqlalchemy.orm import DeclarativeBase, mapped_column
from sqlalchemy.types import JSON, TypeDecorator

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, kept as UTC. SQLite would drop the zone without converting, so we convert here."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class TelegramName(TypeDecorator[str]):
    """A @username without its at sign, kept small: Telegram takes small and capital letters for the same."""

    impl = String(64)
    cache_ok = True

    def process_bind_param(self, value: str | None, _dialect: Dialect) -> str | None:
        return value.lower() if value is not None else None


# SQLite only gives out row ids by itself for a column typed exactly INTEGER.
BigId = BigInteger().with_variant(Integer, "sqlite")

pk = Annotated[int, mapped_column(BigId, primary_key=True)]
moment = Annotated[datetime, mapped_column(UtcDateTime)]
code = Annotated[str, mapped_column(String(32))]
label = Annotated[str, mapped_column(String(200))]
folded = Annotated[str, mapped_column(String(600))]
money = Annotated[int, mapped_column(BigInteger)]
telegram = Annotated[int, mapped_column(BigInteger)]


NEVER_AGAIN = {"sqlite_autoincrement": True}
"""For tables whose rows are deleted while buttons and history still name them: SQLite would otherwise give
the id of a deleted last row to the next one. PostgreSQL never does."""


class Base(DeclarativeBase):
    """The root of all tables."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {dict[str, Any]: JSON, list[str]: JSON}
