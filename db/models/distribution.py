"""How a department gives out the leads of single pipelines, where that is otherwise than usual."""

from typing import Any

from sqlalchemy import ForeignKey, ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base


class PipelineWay(Base):
    """The rules for the leads of one pipeline; where there are none the department's hold."""

    __tablename__ = "pipeline_way"

    department_id: Mapped[int] = mapped_column(ForeignKey("department.id"), primary_key=True)
    pipeline_id: Mapped[int] = mapped_column(ForeignKey("pipeline.id"), primary_key=True)
    rules: Mapped[dict[str, Any]]
    """See `services.distribution.rules`."""


class PipelineShare(Base):
    """Somebody's share of the leads of such a pipeline, and their place in its turn."""

    __tablename__ = "pipeline_share"
    __table_args__ = (
        ForeignKeyConstraint(
            ["person_id", "department_id"],
            ["membership.person_id", "membership.department_id"],
            ondelete="CASCADE",
        ),
    )

    department_id: Mapped[int] = mapped_column(primary_key=True)
    pipeline_id: Mapped[int] = mapped_column(ForeignKey("pipeline.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(primary_key=True)
    weight: Mapped[int | None]
    """As in the membership; none: as there."""
    credit: Mapped[int] = mapped_column(default=0)
