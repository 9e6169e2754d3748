"""Sends what waits in the outbox: within Telegram's limits, the urgent first, each message once."""

from bot.sender.loop import Render, Sender

__all__ = ["Render", "Sender"]
