"""Plans of sales."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, money, pk

OF_ALL = text("person_id IS NULL")


class SalesPlan(Base):
    """What a department, or one of its people in it, is to sell in a month; in the company's currency."""

    __tablename__ = "sales_plan"
    __table_args__ = (
        UniqueConstraint("month", "department_id", "person_id"),
        Index(
            "ix_sales_plan_of_all",
            "month",
            "department_id",
            unique=True,
            sqlite_where=OF_ALL,
            postgresql_where=OF_ALL,
        ),
        CheckConstraint("amount > 0", name="amount"),
    )

    id: Mapped[pk]
    month: Mapped[date]
    """Its first day."""
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    """Whose part it is; none for that of the whole department."""
    amount: Mapped[money]
