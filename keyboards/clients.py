"""The button that opens a client."""

from keyboards.data import Id, Press


class ContactCb(Press, prefix="c"):
    """Open a contact."""

    contact_id: Id

    def subject(self) -> tuple[str, int]:
        """The contact's card."""
        return ("contact", self.contact_id)
