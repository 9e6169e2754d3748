"""What the buttons of deals carry."""

from keyboards.data import Id, Press


class DealPress(Press, prefix="-d"):
    """A button on one deal."""

    deal_id: Id

    def subject(self) -> tuple[str, int]:
        """The deal's card."""
        return ("deal", self.deal_id)


class DealCb(DealPress, prefix="d"):
    """Open a deal."""


class DealMuteCb(DealPress, prefix="dq"):
    """Hear no news of it, or hear them again."""

    on: Id


class DealTasksCb(DealPress, prefix="dtl"):
    """Its tasks, page by page."""

    page: Id = 0


class DealMovesCb(DealPress, prefix="dms"):
    """Show the stages that a deal may move to."""

    page: Id = 0


class DealMoveCb(DealPress, prefix="dm"):
    """Move a deal to a stage; refused if the deal has changed since `version`."""

    stage_id: Id
    version: Id


class DealWayCb(DealPress, prefix="dwy"):
    """To which stage of another pipeline?"""

    pipeline_id: Id
    page: Id = 0


class DealReturnsCb(DealPress, prefix="dra"):
    """To which stage may a closed deal be returned?"""

    page: Id = 0


class DealReturnCb(DealPress, prefix="dr"):
    """Return a closed deal to work, to this stage."""

    stage_id: Id
    version: Id


class DealAwayCb(DealPress, prefix="dva"):
    """Shall a closed deal be put into the archive?"""


class DealAwaySureCb(DealPress, prefix="dv"):
    """Put it there."""

    version: Id


class DealOutCb(DealPress, prefix="dvx"):
    """Take a deal out of the archive."""

    version: Id


class DealLoseCb(DealPress, prefix="dx"):
    """Move a deal to a lost stage for a reason."""

    stage_id: Id
    version: Id
    reason_id: Id


class DealUndoCb(DealPress, prefix="du"):
    """Take back the last move."""

    event_id: Id
    version: Id


class DealTidyCb(DealPress, prefix="dty"):
    """Close the tasks that it has left open, now that it is won."""


class DealUntidyCb(DealPress, prefix="dtu"):
    """Open them again."""

    event_id: Id


class DealSumCb(DealPress, prefix="ds"):
    """Ask for another sum."""


class DealTitleCb(DealPress, prefix="dt"):
    """Ask for another title."""


class DealFirmsCb(DealPress, prefix="dco"):
    """Which company buys by it?"""


class DealFirmCb(DealPress, prefix="dcc"):
    """This one."""

    firm_id: Id
    version: Id


class DealFirmNewCb(DealPress, prefix="dcn"):
    """A new one, called as was typed last."""

    version: Id


class DealFirmDropCb(DealPress, prefix="dcd"):
    """None any more."""

    version: Id


class DealNoteCb(DealPress, prefix="dn"):
    """Ask for a note."""


class DealCallsCb(DealPress, prefix="dcs"):
    """How did a call end?"""


class DealCallCb(DealPress, prefix="dcl"):
    """A call ended like this."""

    outcome: str


class DealHistoryCb(DealPress, prefix="dh"):
    """What happened to a deal, after a key (0: from the newest)."""

    after: Id = 0


class DealMessageCb(DealPress, prefix="dme"):
    """What to write to its client, too long to be copied by a tap."""


class DealFilesCb(DealPress, prefix="df"):
    """The files of a deal, after a key (0: from the newest)."""

    after: Id = 0


class DealHeirsCb(DealPress, prefix="dhs"):
    """To whom a deal may be given."""


class DealGiveCb(DealPress, prefix="dg"):
    """Give a deal to a colleague."""

    person_id: Id
    version: Id


class DealCrewCb(DealPress, prefix="dw"):
    """Who works on a deal besides its owner, and a page of those who could."""

    page: Id = 0


class DealCrewAddCb(DealPress, prefix="dwa"):
    """Bring a colleague in."""

    person_id: Id
    version: Id


class DealCrewDropCb(DealPress, prefix="dwx"):
    """Let a colleague go from a deal."""

    person_id: Id
    version: Id


class DealPayCb(DealPress, prefix="dp"):
    """Ask for a payment's sum."""


class PaymentsCb(DealPress, prefix="dps"):
    """The payments that may be taken back."""


class DealBoardCb(Press, prefix="db"):
    """The stages with their deals."""


class DealPipelineCb(Press, prefix="dbp"):
    """The stages of one pipeline (0: of the first) with their deals."""

    pipeline_id: Id
    page: Id = 0


class DealPeopleCb(Press, prefix="dpe"):
    """Colleagues with their deals in work."""


class DealArchiveCb(Press, prefix="dvl"):
    """Deals of the archive, after a key (0: from the start)."""

    after: Id = 0


class DealListCb(Press, prefix="dl"):
    """Deals of a stage (0: of all), after a key (0: from the start)."""

    stage_id: Id = 0
    after: Id = 0


class EntryPickCb(DealPress, prefix="dqp"):
    """An answer to a field that a stage asks for; `several`: one of those that are ticked."""

    choice: Id
    several: Id


class EntryNextCb(DealPress, prefix="dqn"):
    """All that hold are ticked."""
