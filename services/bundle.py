"""All services of the program in one value, so that every door is handed the same ones."""

from dataclasses import dataclass

from db.uow import Database
from services.clock import Clock
from services.deal_moves import DealMoves
from services.deals import Deals
from services.payments import Payments
from services.people import People
from services.setup import Setup
from services.trail import Trail
from services.workspace import Workspaces


@dataclass(frozen=True, slots=True)
class Services:
    """Everything that a door may call."""

    setup: Setup
    workspace: Workspaces
    people: People
    deals: Deals
    moves: DealMoves
    payments: Payments
    trail: Trail


def build_services(db: Database, clock: Clock) -> Services:
    """Wire the services to a database and a clock."""
    return Services(
        setup=Setup(db, clock),
        workspace=Workspaces(db, clock),
        people=People(db, clock),
        deals=Deals(db, clock),
        moves=DealMoves(db, clock),
        payments=Payments(db, clock),
        trail=Trail(db),
    )
