"""What a search may find in fields whose values are numbers, sums or choices."""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from db.repositories.needles import FieldSays, words_in
from services.dto.fields import CHOSEN, Field, FieldKind
from services.fields.values import number_of
from services.understanding.fold import fold

_AMOUNT = re.compile(r"([0-9]{1,12}|[0-9]{1,3}(?: [0-9]{3}){1,3})(?:[.,]([0-9]{1,4}))?")
_CENTS = 100


def sayings(fields: Iterable[Field], words: Sequence[str], text: str) -> Iterator[FieldSays]:
    """By which numbers fields are found: choices by how their words begin, numbers and sums as a whole."""
    amount = _amount(text)
    for field in fields:
        if field.kind in CHOSEN:
            for option in field.options:
                named = words_in(fold(option.name))
                begun = [word for word in words if any(one.startswith(word) for one in named)]
                yield from (FieldSays(field.id, option.id, word) for word in begun)
        elif amount is not None and field.kind is FieldKind.NUMBER:
            yield FieldSays(field.id, number_of(amount))
        elif amount is not None and field.kind in (FieldKind.MONEY, FieldKind.INVOICE):
            yield FieldSays(field.id, int(amount * _CENTS))


def _amount(text: str) -> Decimal | None:
    found = _AMOUNT.fullmatch(text)
    return Decimal(f"{found[1].replace(' ', '')}.{found[2] or 0}") if found else None
