"""Days of a company whose rounds have begun."""

import pytest

from db.uow import Database
from services.bundle import Services
from tests.cast import TurnedClock
from tests.followup.mornings import Days


@pytest.fixture
async def days(services: Services, db: Database, clock: TurnedClock) -> Days:
    """It is Wednesday, 18 November 2026, noon in Moscow."""
    await services.follow_up_round.begin()
    return Days(services, db, clock)
