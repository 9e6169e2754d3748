"""What the buttons of custom fields carry."""

from keyboards.data import Id, Press
from services.dto.fields import FieldSubject

SUBJECTS = tuple(FieldSubject)


def place_of(subject: FieldSubject, subject_id: int) -> int:
    """A subject as one number: callback data has room for three more beside it."""
    return subject_id * len(SUBJECTS) + SUBJECTS.index(subject)


class FieldPlacePress(Press, prefix="-fd"):
    """A button on the fields of one subject, see `place_of`."""

    place: Id

    @property
    def whose(self) -> FieldSubject:
        """What kind of subject it is."""
        return SUBJECTS[self.place % len(SUBJECTS)]

    @property
    def of_id(self) -> int:
        """Its own id."""
        return self.place // len(SUBJECTS)

    def subject(self) -> tuple[str, int]:
        """Its card."""
        return (self.whose.value, self.of_id)


class FieldsCb(FieldPlacePress, prefix="fd"):
    """All fields of a subject."""


class FieldAskCb(FieldPlacePress, prefix="fda"):
    """What shall one of them say?"""

    field_id: Id


class FieldPickCb(FieldPlacePress, prefix="fdp"):
    """A choice by its id; 1 and 0 for yes and no. One of several is only ticked, until Save."""

    field_id: Id
    choice: Id
    version: Id


class FieldDoneCb(FieldPlacePress, prefix="fdd"):
    """These choices, as they are ticked in the open question."""

    field_id: Id
    version: Id


class FieldClearCb(FieldPlacePress, prefix="fdx"):
    """Nothing."""

    field_id: Id
    version: Id


class FieldFileCb(FieldPlacePress, prefix="fdf"):
    """Send the file that it holds."""

    field_id: Id


class FieldMenuCb(Press, prefix="fs"):
    """Whose fields are to be changed?"""


class FieldListCb(Press, prefix="fsl"):
    """The fields of one kind of subject."""

    whose: str

    def subject(self) -> tuple[str, int]:
        """The choice of whose."""
        return ("fields", 0)


class FieldNewCb(Press, prefix="fsn"):
    """Ask for the name of a new one."""

    whose: str


class FieldKindCb(Press, prefix="fsk"):
    """It is of this kind."""

    kind: str


class FieldReadyCb(Press, prefix="fsr"):
    """Take a ready one."""

    whose: str
    code: str


class FieldPress(Press, prefix="-fs"):
    """A button on one field in the settings."""

    field_id: Id

    def subject(self) -> tuple[str, int]:
        """The field's card."""
        return ("field", self.field_id)


class FieldCb(FieldPress, prefix="fsc"):
    """Open a field."""


class FieldNameCb(FieldPress, prefix="fse"):
    """Ask for another name."""


class FieldOptionsCb(FieldPress, prefix="fso"):
    """Ask for another list of choices."""


class FieldShiftCb(FieldPress, prefix="fsm"):
    """Move it one place on (1) or back (0); `position`: where it stands."""

    position: Id
    later: Id


class FieldFinanceCb(FieldPress, prefix="fsf"):
    """Whoever only settles deals sees it (1), or does not."""

    on: Id


class FieldHideCb(FieldPress, prefix="fsh"):
    """Out of use (1), or into use again."""

    on: Id


class FieldCopyCb(FieldPress, prefix="fsy"):
    """Into what is it copied when a lead becomes a deal?"""


class FieldCopySetCb(FieldPress, prefix="fsz"):
    """Into this field (0: into none) of the deal, or of the contact."""

    whose: str
    to_id: Id


class FieldCopyNewCb(FieldPress, prefix="fsw"):
    """Into one that is made for it."""

    whose: str


class FieldDropCb(FieldPress, prefix="fsd"):
    """Shall it be deleted?"""


class FieldDropSureCb(FieldPress, prefix="fsx"):
    """Delete it, with what it says of so many."""

    filled: Id


class FieldDroppedCb(FieldPress, prefix="fsg"):
    """One that was deleted."""


class FieldBackCb(FieldPress, prefix="fsb"):
    """Bring it back."""
