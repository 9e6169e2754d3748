"""People who are named in a message."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mentions:
    """By @username, in small letters and without the at sign, or by account where they have none."""

    usernames: frozenset[str] = frozenset()
    accounts: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.usernames or self.accounts)


@dataclass(frozen=True, slots=True)
class Heard:
    """What became of those who were named where a deal is spoken of, by their names."""

    come: tuple[str, ...] = ()
    """They work on the deal from now on."""
    blind: tuple[str, ...] = ()
    """They may not see it, and could not be brought in."""
    unknown: tuple[str, ...] = ()
    """These @usernames, without the sign, are nobody's here."""
