"""Sends what waits in the outbox: within Telegram's limits, the urgent first, each message once."""

from bot.sender.courier import Render
from bot.sender.loop import Sender

__all__ = ["Render", "Sender"]
