"""Deals to count."""

from db.models import Deal
from db.uow import Database
from services.access import Actor
from tests.cast import TurnedClock, stages_by_name


async def deals_of(
    db: Database,
    clock: TurnedClock,
    owner: Actor | None,
    stage: str,
    count: int,
    *,
    amount: int = 100,
    department: int = 0,
) -> list[int]:
    """Deals of somebody's, in their department unless another is named; nobody's without an owner."""
    stages = await stages_by_name(db)
    deals = [
        Deal(
            title=f"{stage} {number}",
            search=f"{stage} {number}".casefold(),
            pipeline_id=stages[stage].pipeline_id,
            stage_id=stages[stage].id,
            stage_since=clock.now(),
            amount=amount,
            currency="RUB",
            source="site",
            owner_id=owner.person_id if owner else None,
            department_id=department or min(owner.departments if owner else {0}),
            created_at=clock.now(),
        )
        for number in range(count)
    ]
    async with db.write() as uow:
        uow.session.add_all(deals)
        await uow.session.flush()
        return [deal.id for deal in deals]
