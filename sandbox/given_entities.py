"""Entities that a bot passes ready-made (`entities`, `caption_entities`) instead of a parse mode."""

from typing import Any

from sandbox.errors import bad_request
from sandbox.text import Entity, in_order

_GIVEN = frozenset(
    {
        "bold",
        "italic",
        "underline",
        "strikethrough",
        "spoiler",
        "blockquote",
        "expandable_blockquote",
        "code",
        "pre",
        "text_link",
        "text_mention",
        "custom_emoji",
        "date_time",
    }
)


def entities_from_json(raw: Any) -> list[Entity]:
    """Entities given instead of a parse mode; wrong ones are refused, unknown types are dropped."""
    entities: list[Entity] = []
    for entity in raw if isinstance(raw, list) else []:
        if not isinstance(entity, dict):
            raise bad_request("Can't parse MessageEntity: expected an Object")
        for name in ("type", "offset", "length"):
            if name not in entity:
                raise bad_request(f"Can't parse MessageEntity: Can't find field \"{name}\"")
            if name != "type" and type(entity[name]) is not int:
                raise bad_request(f'Can\'t parse MessageEntity: Field "{name}" must be a Number')
        if not 0 <= entity["offset"] <= 1_000_000:
            raise bad_request(f"Receive an entity with incorrect offset {entity['offset']}")
        if not 0 <= entity["length"] <= 1_000_000:
            raise bad_request(f"Receive an entity with incorrect length {entity['length']}")
        if entity["type"] in _GIVEN:
            entities.append({name: value for name, value in entity.items() if value is not None})
    return in_order(entities)
