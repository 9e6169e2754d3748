"""Whoever sells in a department, whether they have a plan or not."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from db.uow import UnitOfWork
from services.staff import SELLING


@dataclass(frozen=True, slots=True)
class Team:
    """The sellers of a department by their ids, and those among them who head it."""

    names: dict[int, str] = field(default_factory=dict)
    heads: set[int] = field(default_factory=set)


Teams = Mapping[int, Team]
"""By department."""


async def teams_of(uow: UnitOfWork, departments: Collection[int]) -> Teams:
    """Those of some departments."""
    teams = {one: Team() for one in departments}
    for department, person, name, head in await uow.colleagues.sellers(departments, SELLING):
        teams[department].names[person] = name
        if head:
            teams[department].heads.add(person)
    return teams
