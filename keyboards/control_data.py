"""What the buttons of control say."""

from keyboards.data import Id, Press
from services.dto.control import Where


class NowPress(Press, prefix="-now"):
    """A button on a department (0: all that one heads)."""

    department_id: Id = 0

    @property
    def where(self) -> Where:
        """What was looked at."""
        return Where(self.department_id)


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
