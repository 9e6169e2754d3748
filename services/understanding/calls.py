"""Tasks that are calls: told by their words, whoever wrote them."""

import re
from typing import Final

from services.understanding.fold import fold

_CALL: Final = re.compile(r"\W*(?:(?:пере|по|до|со)звон\w*|звонок|call|phone)\b")


def is_call(text: str) -> bool:
    """Whether a task is to call somebody: "Call back: Ivan", "перезвонить завтра", "Call the client"."""
    return _CALL.match(fold(text)) is not None
