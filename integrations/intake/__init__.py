"""How other programs write a request: encodings, names of fields, the shapes of Tilda and Bitrix24."""

from integrations.intake import bitrix24, forms, tilda
from integrations.intake.encodings import BadBodyError, read_fields
from integrations.intake.submission import Submission

__all__ = ["BadBodyError", "Submission", "bitrix24", "forms", "read_fields", "tilda"]
