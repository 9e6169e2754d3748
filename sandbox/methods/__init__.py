"""The methods of the Bot API, one file per family; importing this package fills the table in `registry`.

Each function is the method that it is registered as, and Telegram's own manual is its documentation.
"""

from sandbox.methods import (
    callbacks,
    chats,
    deleting,
    editing,
    ephemeral,
    forwarding,
    inline,
    media,
    profile,
    sending,
    topics,
    updates,
)
from sandbox.methods.registry import METHODS, NAMES, Context, Params

__all__ = [
    "METHODS",
    "NAMES",
    "Context",
    "Params",
    "callbacks",
    "chats",
    "deleting",
    "editing",
    "ephemeral",
    "forwarding",
    "inline",
    "media",
    "profile",
    "sending",
    "topics",
    "updates",
]
