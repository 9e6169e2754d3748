"""How often somebody may come: buckets that fill with time, in memory, and never more than a fixed number."""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass


@dataclass(slots=True)
class _Bucket:
    left: float
    at: float


class Rates:
    """`burst` requests at once, `per_minute` in the long run, for each key by itself.

    It forgets on a restart, and of too many keys the one that came longest ago: it keeps a nuisance small and
    is no fortress.
    """

    def __init__(
        self,
        burst: int,
        per_minute: int,
        most_keys: int = 10_000,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._burst = burst
        self._fill = per_minute / 60
        self._most = most_keys
        self._clock = clock
        self._buckets: OrderedDict[Hashable, _Bucket] = OrderedDict()

    def allow(self, key: Hashable) -> bool:
        """Whether one more is within the rate; then it is counted."""
        now = self._clock()
        bucket = self._buckets.pop(key, None) or _Bucket(self._burst, now)
        bucket.left = min(self._burst, bucket.left + (now - bucket.at) * self._fill)
        bucket.at = now
        self._buckets[key] = bucket
        if len(self._buckets) > self._most:
            self._buckets.popitem(last=False)
        if bucket.left < 1:
            return False
        bucket.left -= 1
        return True
