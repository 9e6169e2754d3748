"""What follows in a department when a lead is not answered."""

from dataclasses import dataclass

from services.dto.common import Ref
from services.response.rules import Rules


@dataclass(frozen=True, slots=True)
class ResponseCard:
    """The rules of a department, and whether it has a team chat that could be told."""

    department: Ref
    rules: Rules
    has_chat: bool
