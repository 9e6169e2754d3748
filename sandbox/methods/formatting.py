"""Texts and captions out of the parameters: parse mode or entities, limits, refusals."""

from sandbox.errors import bad_request
from sandbox.given_entities import entities_from_json
from sandbox.markup import parse_html
from sandbox.methods.registry import Json, Params
from sandbox.text import FormattedText, clean, trimmed, with_found_entities

MAX_TEXT = 4096
MAX_CAPTION = 1024
MAX_RAW_BYTES = 1 << 15


def text_content(params: Params) -> Json:
    """The `text` of a message with its entities; it must not be empty or longer than 4096 characters."""
    raw = params.text("text")
    if not raw:
        raise bad_request("Message text is empty")
    formatted = formatted_text(params, raw, "parse_mode", "entities")
    if not formatted.text:
        raise bad_request("Text must be non-empty")
    if len(formatted.text) > MAX_TEXT:
        raise bad_request("Message is too long")
    content: Json = {"text": formatted.text}
    if formatted.entities:
        content["entities"] = formatted.entities
    preview = params.json("link_preview_options", "link preview options")
    if preview:
        content["link_preview_options"] = preview
    return content


def caption_content(params: Params) -> Json:
    """The `caption` of a file, at most 1024 characters; nothing if there is none."""
    raw = params.text("caption")
    formatted = formatted_text(params, raw, "parse_mode", "caption_entities")
    if len(formatted.text) > MAX_CAPTION:
        raise bad_request("Message caption is too long")
    content: Json = {}
    if formatted.text:
        content["caption"] = formatted.text
    if formatted.entities:
        content["caption_entities"] = formatted.entities
    if params.flag("show_caption_above_media"):
        content["show_caption_above_media"] = True
    return content


def formatted_text(params: Params, raw: str, mode_name: str, entities_name: str) -> FormattedText:
    """`raw` with the formatting that the parameters ask for."""
    if len(raw.encode(errors="surrogatepass")) > MAX_RAW_BYTES:
        raise bad_request("Text is too long")
    mode = params.text(mode_name).lower()
    text = clean(raw)
    if mode == "html":
        formatted = parse_html(text)
    elif mode in ("", "none"):
        given = params.json(entities_name, "entities")
        formatted = FormattedText(text, entities_from_json(given))
    else:
        # Telegram knows Markdown too; half a parser would accept what Telegram refuses.
        raise bad_request("Unsupported parse_mode")
    return with_found_entities(trimmed(formatted))
