"""Data of the buttons of clients; apart from their keyboards, since leads and deals lead here and back."""

from keyboards.data import Id, Press


class ContactCb(Press, prefix="c"):
    """Open a contact, or come back to it."""

    contact_id: Id

    def subject(self) -> tuple[str, int]:
        """The contact's card."""
        return ("contact", self.contact_id)


class FirmCb(Press, prefix="kf"):
    """Open a company, or come back to it."""

    firm_id: Id

    def subject(self) -> tuple[str, int]:
        """The company's card."""
        return ("firm", self.firm_id)


class ClientListCb(Press, prefix="kl"):
    """Contacts or companies, after a key (0: from the start)."""

    kind: str
    after: Id = 0


class FirmPeopleCb(Press, prefix="kp"):
    """The contacts of a company, after a key."""

    firm_id: Id
    after: Id = 0


class ClientNewCb(Press, prefix="kn"):
    """Begin a new contact, perhaps of a company, or a new company."""

    kind: str
    firm_id: Id = 0


class ClientAnywayCb(Press, prefix="kna"):
    """Make it although there is such a client; `draft` tells the newest one from older ones."""

    draft: Id


class ClientAskCb(Press, prefix="knh"):
    """Ask the heads of a client whom one may not see."""

    draft: Id


class ClientPress(Press, prefix="-k"):
    """A button on one contact or company."""

    kind: str
    client_id: Id

    def subject(self) -> tuple[str, int]:
        """The client's card."""
        return (self.kind, self.client_id)


class ClientCallsCb(ClientPress, prefix="kca"):
    """How did a call end?"""


class ClientCallCb(ClientPress, prefix="kco"):
    """A call ended like this."""

    outcome: str


class ClientEditCb(ClientPress, prefix="ke"):
    """What shall be changed?"""


class ClientFieldCb(ClientPress, prefix="kef"):
    """Ask for a field."""

    field: str


class ClientTypeCb(ClientPress, prefix="kt"):
    """It is this type of client; a dash takes the type away."""

    code: str


class ClientSourceCb(ClientPress, prefix="ks"):
    """It came from here; a dash takes the source away."""

    code: str


class PointsCb(ClientPress, prefix="ko"):
    """The phones and addresses."""


class PointCb(ClientPress, prefix="koe"):
    """One phone or address."""

    point_id: Id


class PointAddCb(ClientPress, prefix="koa"):
    """Ask for a phone or an address."""

    point: str


class PointDropCb(ClientPress, prefix="kox"):
    """Take a phone or an address away."""

    point_id: Id


class PointLabelCb(ClientPress, prefix="kg"):
    """What a phone or an address is for."""

    point_id: Id
    label: str


class TouchesCb(ClientPress, prefix="kh"):
    """What happened with a client, page by page."""

    page: Id = 0


class ClientFilesCb(ClientPress, prefix="kfi"):
    """The files of a client, after a key (0: from the start)."""

    after: Id = 0


class ClientNoteCb(ClientPress, prefix="kno"):
    """Ask for a note."""


class ClientSaidCb(ClientPress, prefix="kns"):
    """The whole of a note among the touches, from a page of them."""

    note_id: Id
    page: Id = 0


class ClientHeirsCb(ClientPress, prefix="kw"):
    """To whom may it be given?"""


class ClientGiveCb(ClientPress, prefix="kwg"):
    """Give it to a colleague."""

    person_id: Id
    version: Id


class MergeAskCb(ClientPress, prefix="km"):
    """With whom is it one and the same?"""


class MergeShowCb(ClientPress, prefix="kms"):
    """Both side by side; `picks` are the bits of what is taken from the other one."""

    other_id: Id
    picks: Id = 0


class MergeSureCb(ClientPress, prefix="kmy"):
    """Unite them, as they were seen."""

    other_id: Id
    seen: Id


class MergeUndoCb(ClientPress, prefix="kmu"):
    """Make two of it again."""

    merge_id: Id


class ContactPress(Press, prefix="-c"):
    """A button on one contact."""

    contact_id: Id

    def subject(self) -> tuple[str, int]:
        """The contact's card."""
        return ("contact", self.contact_id)


class VcardCb(ContactPress, prefix="kv"):
    """Send it as a contact, to be kept in a phone."""


class FirmsCb(ContactPress, prefix="kfs"):
    """For which company do they work?"""


class FirmLinkCb(ContactPress, prefix="kfl"):
    """For this one."""

    firm_id: Id
    version: Id


class FirmNewCb(ContactPress, prefix="kfn"):
    """For a new one, called as was typed last."""

    version: Id


class FirmUnlinkCb(ContactPress, prefix="kfu"):
    """For none any more."""

    version: Id
