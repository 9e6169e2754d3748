"""Figures that `docs/taps.md` tells: compared with what was counted, or written anew on request."""

import os
import re
from pathlib import Path

TAPS = Path(__file__).parents[2] / "docs" / "taps.md"
HOW = "the figures have changed; docs/taps.md tells how it is written anew"


def told(section: str, lines: list[str]) -> None:
    """Fail unless the document tells these lines between the marks of a section."""
    text = TAPS.read_text(encoding="utf-8")
    mark = re.compile(rf"(?<=<!-- {section} -->\n).*?(?=\n<!-- end -->)", re.DOTALL)
    if os.environ.get("SDELKA_WRITE_DOCS") == "1":
        TAPS.write_text(mark.sub(lambda _: "\n".join(lines), text, count=1), encoding="utf-8")
        return
    found = mark.search(text)
    assert found is not None
    assert found.group() == "\n".join(lines), HOW
