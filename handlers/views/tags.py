"""How the tags of leads, clients and deals look."""

from collections.abc import Sequence

from handlers.screen import Screen
from keyboards import tags as keys
from keyboards.common import titled
from keyboards.tongue import Html, Tongue, join
from services.dto.tags import TagSheet


def tags(sheet: TagSheet, t: Tongue) -> Screen:
    """Those that it has and could have."""
    lines = [t.html("<b>{title}</b>", title=titled(sheet.title, t)), *tag_lines(sheet.mine, t)]
    lines.append(
        t.html("\n🏷 <b>Which tags?</b> Tap one, or write a new one: it is there for everything then.")
    )
    return Screen(join(lines), keys.tags(sheet, t), subject=(sheet.subject.value, sheet.id))


def tag_lines(tags_: Sequence[str], t: Tongue) -> list[Html]:
    """On a card: the tags that it has."""
    return [t.html("🏷 {tags}", tags=", ".join(tags_))] if tags_ else []
