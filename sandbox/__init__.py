"""A local Telegram in memory: a strict Bot API server and the people who use it. Knows nothing of the CRM."""

from sandbox.bots import Bot
from sandbox.chats import Chat, PrivateChat, Topic
from sandbox.errors import ApiError, ImpossibleError
from sandbox.groups import Group
from sandbox.limits import Limits
from sandbox.messages import Message
from sandbox.people import Person
from sandbox.presses import CallbackAnswer, Press
from sandbox.transcript import Call
from sandbox.world import Telegram

__all__ = [
    "ApiError",
    "Bot",
    "Call",
    "CallbackAnswer",
    "Chat",
    "Group",
    "ImpossibleError",
    "Limits",
    "Message",
    "Person",
    "Press",
    "PrivateChat",
    "Telegram",
    "Topic",
]
