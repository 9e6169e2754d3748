"""What the buttons of leads say."""

from keyboards.data import Id, Press
from services.dto.leads import Shelf


class LeadNewCb(Press, prefix="ln"):
    """Begin a new lead."""


class LeadListCb(Press, prefix="ll"):
    """Leads of a shelf, after a key (0: from the start)."""

    shelf: str = Shelf.FREE.value
    after: Id = 0


class LeadPress(Press, prefix="-l"):
    """A button on one lead."""

    lead_id: Id

    def subject(self) -> tuple[str, int]:
        """The lead's card."""
        return ("lead", self.lead_id)


class LeadCb(LeadPress, prefix="l"):
    """Open a lead, or come back to it."""


class LeadTakeCb(LeadPress, prefix="lt"):
    """Take a free lead."""


class LeadPassCb(LeadPress, prefix="lps"):
    """Let an offer go on to somebody else."""


class LeadCallsCb(LeadPress, prefix="lcs"):
    """How did the call end?"""


class LeadCallCb(LeadPress, prefix="lc"):
    """A call ended like this."""

    outcome: str


class LeadNoteCb(LeadPress, prefix="lno"):
    """Ask for a note."""


class LeadFilesCb(LeadPress, prefix="lfi"):
    """The files of a lead, after a key (0: from the start)."""

    after: Id = 0


class LeadEditCb(LeadPress, prefix="le"):
    """What shall be changed?"""


class LeadFieldCb(LeadPress, prefix="lf"):
    """Ask for a field."""

    field: str


class LeadSourceCb(LeadPress, prefix="lso"):
    """It came from here."""

    source: str


class LeadQualifyCb(LeadPress, prefix="lq"):
    """Make a deal of it; ask for the company first."""

    version: Id


class LeadDealCb(LeadPress, prefix="lqd"):
    """Make a deal of it at once, without a company."""

    version: Id


class LeadDealInCb(LeadPress, prefix="lqw"):
    """The same in another pipeline than the usual one."""

    version: Id
    pipeline_id: Id


class LeadWayCb(LeadPress, prefix="lqp"):
    """Another pipeline for the deal; the company is still to be asked for."""

    version: Id
    pipeline_id: Id
    page: Id = 0


class LeadEntryPickCb(LeadPress, prefix="lqi"):
    """An answer to a field that the stage of the deal asks for; `several`: one of those that are ticked."""

    choice: Id
    several: Id


class LeadEntryNextCb(LeadPress, prefix="lqn"):
    """All that hold are ticked."""


class LeadRejectsCb(LeadPress, prefix="lxs"):
    """Why is it no lead?"""


class LeadRejectCb(LeadPress, prefix="lx"):
    """It is no lead for this reason."""

    version: Id
    reason: str


class LeadRestoreCb(LeadPress, prefix="lr"):
    """Take the rejection back."""

    version: Id


class LeadHeirsCb(LeadPress, prefix="lhs"):
    """To whom may it be given?"""


class LeadGiveCb(LeadPress, prefix="lg"):
    """Give it to a colleague."""

    person_id: Id
    version: Id


class LeadReleaseCb(LeadPress, prefix="lrl"):
    """Leave it to the department."""

    version: Id
