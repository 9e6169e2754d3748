"""How often somebody may do a thing: what strangers cost is bounded."""

from collections import OrderedDict
from datetime import datetime, timedelta

from services.clock import Clock

REMEMBERED = 10_000
"""Of how many people it is known; the oldest are forgotten first."""


class Allowance:
    """So many times within a period for each person, counted in memory: a restart begins anew."""

    def __init__(self, clock: Clock, times: int, period: timedelta) -> None:
        self._clock = clock
        self._times = times
        self._period = period
        self._spent: OrderedDict[int, list[datetime]] = OrderedDict()

    def left(self, person: int) -> bool:
        """Whether this person may do it once more."""
        return len(self._recent(person)) < self._times

    def spend(self, person: int) -> bool:
        """Count one time; False if there was none left."""
        recent = self._recent(person)
        if len(recent) >= self._times:
            return False
        self._spent[person] = [*recent, self._clock.now()]
        self._spent.move_to_end(person)
        if len(self._spent) > REMEMBERED:
            self._spent.popitem(last=False)
        return True

    def _recent(self, person: int) -> list[datetime]:
        since = self._clock.now() - self._period
        return [moment for moment in self._spent.get(person, ()) if moment > since]
