"""Buttons of the team."""

from keyboards.tongue import Tongue
from services.access import Role


def role_label(role: Role, t: Tongue) -> str:
    """What somebody is in the company, in a word."""
    return {
        Role.OWNER: t("Owner"),
        Role.HEAD: t("Head of department"),
        Role.MANAGER: t("Manager"),
        Role.FINANCE: t("Finance"),
        Role.MARKETING: t("Marketing"),
    }[role]
