"""Figures over many deals, computed by the database."""

from db.repositories.base import Repository


class ReportRepository(Repository):
    """Figures over many deals, computed by the database."""
