"""What a group lacks, and how to set it right."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from keyboards.tongue import Html, Tongue


class Lack(StrEnum):
    """What keeps a group from being all that it could be."""

    FORUM = "forum"
    """It has no topics."""
    ADMIN = "admin"
    """We are no admin, so that Telegram shows us nothing but what is said to us."""
    TOPICS = "topics"
    """We may not manage topics."""
    PINS = "pins"
    """We may not pin messages."""


@dataclass(frozen=True, slots=True)
class GroupLook:
    """A group in which we are."""

    title: str | None
    lacks: frozenset[Lack] = frozenset()
    absent: bool = False
    """Whether the reader is not in it."""

    @property
    def hears(self) -> bool:
        """Whether we are told what people say to each other there."""
        return Lack.ADMIN not in self.lacks

    @property
    def makes_topics(self) -> bool:
        """Whether deals can have topics there."""
        return not self.lacks & {Lack.FORUM, Lack.ADMIN, Lack.TOPICS}


Looks = Mapping[int, GroupLook]
"""By the groups' ids; none of a group in which we are not."""


def lines(look: GroupLook | None, t: Tongue, *, topics: bool, client: bool = False) -> list[Html]:
    """`topics`: whether deals are to have topics there; else it is enough that we hear what is said.

    `client`: whether it is a client who is spoken of.
    """
    if look is None:
        return []
    said = [_deaf(t, topics=topics, client=client)] if not look.hears else []
    if topics and Lack.FORUM in look.lacks:
        text = t.html(
            "⚠️ The group has no topics, so deals get none there. Switch on “Topics” in the group's settings."
        )
        said.append(text)
    if topics and Lack.TOPICS in look.lacks:
        text = t.html(
            "⚠️ I may not manage topics there, so deals get none. Give me the right “Manage topics” in the "
            "group's settings, under its admins."
        )
        said.append(text)
    if topics and Lack.PINS in look.lacks:
        text = t.html(
            "⚠️ I may not pin messages there, so a deal's card is not on top of its topic. Give me the right "
            "“Pin messages”."
        )
        said.append(text)
    return said


def _deaf(t: Tongue, *, topics: bool, client: bool) -> Html:
    if topics:
        return t.html(
            "⚠️ I am no admin there: I do not hear what is said, it does not stay in the history of deals, "
            "and I make no topics. Make me an admin with the rights “Manage topics” and “Pin messages”."
        )
    if client:
        return t.html(
            "⚠️ I am no admin there: I do not hear what is said, and it does not stay in the history of the "
            "client. Make me an admin of the group."
        )
    return t.html(
        "⚠️ I am no admin there: I do not hear what is said, and it does not stay in the history of the deal. "
        "Make me an admin of the group."
    )
