"""People who are named in a message."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mentions:
    """By @username, in small letters and without the at sign, or by account where they have none."""

    usernames: frozenset[str] = frozenset()
    accounts: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.usernames or self.accounts)
