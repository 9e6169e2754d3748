"""What the buttons say by which something is done about a line of a list that a head looks at.

Those of a list that a digest led to know which digest, so that the way on leads back to it.
"""

from keyboards.control_data import NowPress
from keyboards.data import Id, Press
from services.dto.control import Where


class DigestPress(Press, prefix="-gz"):
    """A button on a list of all, from the digest of a period, by its code."""

    period: Id

    @property
    def where(self) -> Where:
        """What was looked at."""
        return Where(digest=self.period)


class NowOfPress(NowPress, prefix="-of"):
    """A button on a list of one person or of all (0)."""

    person_id: Id

    @property
    def where(self) -> Where:
        """What was looked at."""
        return Where(self.department_id, self.person_id)


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


class DigestLeadCb(DigestPress, prefix="gza"):
    """To whom shall a free lead be given? From a digest."""

    lead_id: Id

    def subject(self) -> tuple[str, int]:
        """The lead's card."""
        return ("lead", self.lead_id)


class DigestGiveCb(DigestLeadCb, prefix="gzg"):
    """To this colleague."""

    person_id: Id
    version: Id


class NowStepCb(NowOfPress, prefix="nws"):
    """When shall the owner of a deal do something about it?"""

    deal_id: Id

    def subject(self) -> tuple[str, int]:
        """The deal's card."""
        return ("deal", self.deal_id)


class NowAskCb(NowStepCb, prefix="nwa"):
    """At this moment."""

    quick: str


class NowWordsCb(NowStepCb, prefix="nww"):
    """Ask what shall be done, and when."""


class DigestStepCb(DigestPress, prefix="gzd"):
    """When shall the owner of a deal do something about it? From a digest."""

    deal_id: Id

    def subject(self) -> tuple[str, int]:
        """The deal's card."""
        return ("deal", self.deal_id)


class DigestAskCb(DigestStepCb, prefix="gze"):
    """At this moment."""

    quick: str


class DigestWordsCb(DigestStepCb, prefix="gzq"):
    """Ask what shall be done, and when."""


class NowLateCb(NowOfPress, prefix="nwt"):
    """What shall become of an overdue task?"""

    task_id: Id

    def subject(self) -> tuple[str, int]:
        """The task's card."""
        return ("task", self.task_id)


class NowLaterCb(NowLateCb, prefix="nwm"):
    """It may wait until this moment."""

    quick: str


class DigestLateCb(DigestPress, prefix="gzb"):
    """What shall become of an overdue task? From a digest."""

    task_id: Id

    def subject(self) -> tuple[str, int]:
        """The task's card."""
        return ("task", self.task_id)


class DigestLaterCb(DigestLateCb, prefix="gzm"):
    """It may wait until this moment."""

    quick: str
