"""People who are named in a message."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mentions:
    """By @username, in small letters and without the at sign, or by account where they have none."""

    usernames: frozenset[str] = frozenset()
    accounts: frozenset[int] = frozenset()
    shown: tuple[tuple[int, str], ...] = ()
    """As what the message shows these accounts."""
    away: frozenset[int] = frozenset()
    """The accounts of those who are not in the group, and cannot be shown what was said there."""

    def __bool__(self) -> bool:
        return bool(self.usernames or self.accounts)

    def besides(self, text: str) -> "Mentions":
        """Those of them who are not named in a text."""
        names = {one for one in self.usernames if not re.search(rf"@{re.escape(one)}\b", text, re.IGNORECASE)}
        accounts = {account for account, name in self.shown if name not in text}
        return Mentions(frozenset(names), frozenset(accounts), away=self.away)


NO_ONE = Mentions()


@dataclass(frozen=True, slots=True)
class Heard:
    """What became of those who were named where a deal is spoken of, by their names."""

    come: tuple[str, ...] = ()
    """They work on the deal from now on."""
    blind: tuple[str, ...] = ()
    """They may not see it, and could not be brought in."""
    away: tuple[str, ...] = ()
    """They work on the deal from now on, but are not in the group."""
    unknown: tuple[str, ...] = ()
    """These @usernames, without the sign, are nobody's here."""
