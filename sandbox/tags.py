"""The tags of Telegram's HTML, and the entities that they make."""

TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "blockquote": "blockquote",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
}


def argument_of(tag: str, attributes: dict[str, str]) -> str:
    """What matters of a tag's attributes: a link's address, a language, a class; empty if nothing does."""
    match tag:
        case "a":
            return attributes.get("href", "")
        case "code":
            value = attributes.get("class", "")
            return value.removeprefix("language-") if value.startswith("language-") else ""
        case "span":
            value = attributes.get("class", "")
            return value.removeprefix("tg-") if value.startswith("tg-") else ""
        case "tg-emoji":
            return attributes.get("emoji-id", "")
        case "tg-time":
            return attributes.get("format", "")
        case "blockquote":
            return "1" if "expandable" in attributes else ""
    return ""
