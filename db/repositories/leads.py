"""Leads: intake, the race to take one, and lists."""

from db.repositories.base import Repository


class LeadRepository(Repository):
    """Leads: intake, the race to take one, and lists."""
