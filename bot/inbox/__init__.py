"""Updates from Telegram: stored before they are acknowledged, then handled in order."""

from bot.inbox.intake import Intake
from bot.inbox.poller import Poller
from bot.inbox.worker import Handle, Worker

__all__ = ["Handle", "Intake", "Poller", "Worker"]
