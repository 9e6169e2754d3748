"""What the buttons of control say."""

from keyboards.data import Id, Press


class NowPress(Press, prefix="-now"):
    """A button on a department (0: all that one heads)."""

    department_id: Id = 0


class NowCb(NowPress, prefix="now"):
    """How it stands now; of its people those after a key (0: from the first)."""

    after: Id = 0


class NowPlacesCb(Press, prefix="nwd"):
    """Choose another department."""


class NowPersonCb(NowPress, prefix="nwp"):
    """Somebody who works there."""

    person_id: Id


class NowListCb(NowPress, prefix="nwl"):
    """A list, of one person or of all (0), after a key (0: from the start)."""

    watched: str
    person_id: Id = 0
    after: Id = 0


class DigestListCb(NowPress, prefix="gzn"):
    """A list of all, from the digest of a period, by its code: the way back leads there."""

    watched: str
    period: Id
    after: Id = 0


class NowLeadCb(NowPress, prefix="nwh"):
    """To whom shall a free lead be given?"""

    lead_id: Id

    def subject(self) -> tuple[str, int]:
        """The lead's card."""
        return ("lead", self.lead_id)


class NowGiveCb(NowLeadCb, prefix="nwg"):
    """To this colleague."""

    person_id: Id
    version: Id


class NowStepCb(NowPress, prefix="nws"):
    """When shall the owner of a deal do something about it? From the list of one person or of all."""

    person_id: Id
    deal_id: Id

    def subject(self) -> tuple[str, int]:
        """The deal's card."""
        return ("deal", self.deal_id)


class NowAskCb(NowStepCb, prefix="nwa"):
    """At this moment."""

    quick: str


class NowWordsCb(NowStepCb, prefix="nww"):
    """Ask what shall be done, and when."""


class NowLateCb(NowPress, prefix="nwt"):
    """What shall become of an overdue task? From the list of one person or of all."""

    person_id: Id
    task_id: Id

    def subject(self) -> tuple[str, int]:
        """The task's card."""
        return ("task", self.task_id)


class NowLaterCb(NowLateCb, prefix="nwm"):
    """It may wait until this moment."""

    quick: str
