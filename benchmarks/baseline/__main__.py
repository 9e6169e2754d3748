"""`python -m benchmarks.baseline [--calm]`: the bare bot, as aiogram's own documentation would write it.

A press costs it one ORM SELECT, one committed ORM INSERT, one edited card and one answer. It confirms updates
before they are handled, knows no rights and keeps no history: what that is worth is not measured here.
"""

import gc
import os
import sys
from datetime import UTC, datetime
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message
from sqlalchemy import ForeignKey, event, select
from sqlalchemy.ext.asyncio import AsyncEngine, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

STAGES = ("New", "In work")


class Base(DeclarativeBase):
    """The root of both tables."""


class Item(Base):
    """What a card shows."""

    __tablename__ = "bare_item"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    client: Mapped[str]
    phone: Mapped[str]
    amount: Mapped[int]


class Move(Base):
    """What a press adds."""

    __tablename__ = "bare_move"

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("bare_item.id"), index=True)
    by: Mapped[int]
    stage: Mapped[str]
    at: Mapped[datetime]


def open_engine(url: str) -> AsyncEngine:
    """SQLite as durable as ours (WAL, FULL); everything else as it comes."""
    engine = create_async_engine(url)
    if engine.dialect.name == "sqlite":

        @event.listens_for(engine.sync_engine, "connect")
        def tune(connection: Any, _record: Any) -> None:
            cursor = connection.cursor()
            for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000"):
                cursor.execute(f"PRAGMA {pragma}")
            cursor.close()

    return engine


engine = open_engine(os.environ["DATABASE_URL"])
sessions = async_sessionmaker(engine, expire_on_commit=False)
dispatcher = Dispatcher()


@dispatcher.callback_query()
async def on_press(query: CallbackQuery) -> None:
    """Read, write, edit, answer."""
    assert query.data is not None
    _, item_id, number = query.data.split(":")
    turn = int(number) + 1
    async with sessions() as session:
        item = (await session.scalars(select(Item).where(Item.id == int(item_id)))).one()
        now = datetime.now(UTC).replace(tzinfo=None)
        session.add(Move(item_id=item.id, by=query.from_user.id, stage=STAGES[turn % 2], at=now))
        await session.commit()
    if isinstance(query.message, Message):
        await query.message.edit_text(text(item, turn), reply_markup=keyboard(item, turn), parse_mode="HTML")
    await query.answer()


def text(item: Item, turn: int) -> str:
    """The card."""
    return (
        f"<b>{item.title}</b> · #{item.id}\n"
        f"🔵 <b>{STAGES[turn % 2]}</b> · {item.amount:,} ₽\n"
        f"👤 {item.client}\n"
        f"📞 <code>{item.phone}</code>\n"
        f"🕓 {turn} moves"
    )


def keyboard(item: Item, turn: int) -> InlineKeyboardMarkup:
    """Two lines of two buttons."""
    rows = [
        [("▶️ Move", f"move:{item.id}:{turn}"), ("📝 Note", f"note:{item.id}")],
        [("🕓 History", f"history:{item.id}"), ("☰ Menu", "menu")],
    ]
    return InlineKeyboardMarkup(
        inline_keyboard=[
            [InlineKeyboardButton(text=label, callback_data=data) for label, data in row] for row in rows
        ]
    )


@dispatcher.startup()
async def prepare() -> None:
    """Make the tables, and an item for each presser at the first start."""
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    async with sessions() as session:
        if await session.scalar(select(Item.id).limit(1)) is None:
            session.add_all(
                Item(
                    id=number,
                    title="Windows for Ivan",
                    client="Ivan Petrov",
                    phone="+79160000001",
                    amount=150_000,
                )
                for number in range(1, 101)
            )
            await session.commit()
    if "--calm" in sys.argv:
        gc.collect()
        gc.freeze()
        gc.set_threshold(50_000, 20, 100)


def main() -> None:
    """Poll for ever; aiogram takes uvloop by itself."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(os.environ["BOT_API_URL"]))
    dispatcher.run_polling(Bot(os.environ["BOT_TOKEN"], session=session))


if __name__ == "__main__":
    main()
