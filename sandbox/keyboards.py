"""`reply_markup`: what Telegram accepts as a keyboard, and its words for what it does not."""

from typing import Any

from sandbox.errors import bad_request
from sandbox.links import checked_url

Json = dict[str, Any]

_STYLES = frozenset({"danger", "success", "primary"})
_INLINE_FIELDS = (
    "callback_game",
    "pay",
    "switch_inline_query",
    "switch_inline_query_chosen_chat",
    "switch_inline_query_current_chat",
    "login_url",
    "web_app",
    "copy_text",
)
_OBJECTS = frozenset(
    {"web_app", "login_url", "copy_text", "switch_inline_query_chosen_chat", "callback_game"}
)
_PRIVATE_ONLY = {
    "request_contact": "Phone number can be requested in private chats only",
    "request_location": "Location can be requested in private chats only",
    "request_poll": "Poll can be requested in private chats only",
    "web_app": "Web App buttons can be used in private chats only",
    "request_users": "Users can be requested in private chats only",
    "request_user": "Users can be requested in private chats only",
    "request_chat": "Chats can be requested in private chats only",
    "request_managed_bot": "Managed bots can be requested in private chats only",
}
_MAX_BUTTONS = 100


def parse_reply_markup(raw: Any, *, private: bool) -> Json | None:
    """The markup as Telegram keeps it, or None; `private` chats permit buttons that ask for data."""
    if raw in (None, "", {}):
        return None
    if not isinstance(raw, dict):
        raise bad_request("Object expected as reply markup")
    if raw.get("inline_keyboard") is not None:
        return _inline(raw["inline_keyboard"], private=private)
    if raw.get("keyboard") is not None:
        return _reply(raw, private=private)
    for name in ("remove_keyboard", "force_reply"):
        if raw.get(name):
            return {field: value for field, value in raw.items() if value is not None}
    return None


def parse_inline_markup(raw: Any, *, private: bool) -> Json | None:
    """As `parse_reply_markup`, where only an inline keyboard is possible (edits)."""
    markup = parse_reply_markup(raw, private=private)
    if markup is not None and "inline_keyboard" not in markup:
        raise bad_request("Inline keyboard expected")
    return markup


def _inline(rows: Any, *, private: bool) -> Json | None:
    name = 'Field "inline_keyboard" of the InlineKeyboardMarkup'
    if not isinstance(rows, list):
        raise bad_request('Field "inline_keyboard" must be of type Array')
    parsed = []
    for row in rows:
        if not isinstance(row, list):
            raise bad_request(f"{name} must be an Array of Arrays")
        if row:
            parsed.append([_inline_button(button, private=private) for button in row])
    if sum(map(len, parsed)) > _MAX_BUTTONS:
        raise bad_request("reply markup is too long")
    return {"inline_keyboard": parsed} if parsed else None


def _inline_button(raw: Any, *, private: bool) -> Json:
    if not isinstance(raw, dict):
        raise bad_request("Can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    button = _label(raw, "inline keyboard button")
    if not button["text"]:
        raise bad_request("Inline keyboard button text must be non-empty")
    if raw.get("url"):
        button["url"] = _url(str(raw["url"]))
    elif raw.get("callback_data"):
        if len(str(raw["callback_data"]).encode()) > 64:
            raise bad_request("BUTTON_DATA_INVALID")
        button["callback_data"] = str(raw["callback_data"])
    else:
        field = next((name for name in _INLINE_FIELDS if raw.get(name) is not None), None)
        if field is None:
            raise bad_request(
                "Can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
            )
        button[field] = _inline_value(field, raw[field], private=private)
    return button


def _inline_value(field: str, value: Any, *, private: bool) -> Any:
    if field in _OBJECTS and not isinstance(value, dict):
        raise bad_request(f'Can\'t parse inline keyboard button: Field "{field}" must be of type Object')
    if field == "web_app":
        if not private:
            raise bad_request("BUTTON_TYPE_INVALID")
        if not str(value.get("url", "")).startswith("https://"):
            url = value.get("url", "")
            raise bad_request(
                f"inline keyboard button Web App URL '{url}' is invalid: Only HTTPS links are allowed"
            )
    if field == "copy_text" and not 1 <= len(str(value.get("text", ""))) <= 256:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    return value


def _label(raw: Json, kind: str) -> Json:
    """The fields that both kinds of buttons have."""
    if "text" not in raw or raw["text"] is None:
        raise bad_request(f"Can't parse {kind}: Can't find field \"text\"")
    button: Json = {"text": str(raw["text"])}
    style = str(raw.get("style") or "").lower()
    if style in _STYLES:
        button["style"] = style
    elif style not in ("", "default"):
        raise bad_request(f"Can't parse {kind}: invalid button style specified")
    if raw.get("icon_custom_emoji_id"):
        button["icon_custom_emoji_id"] = str(raw["icon_custom_emoji_id"])
    return button


def _url(url: str) -> str:
    if url.startswith("tg://user?id="):
        return url
    checked = checked_url(url)
    if checked is None:
        reason = "Wrong HTTP URL" if "." in url or "localhost" in url else "Unsupported URL protocol"
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: {reason}")
    return checked


def _reply(raw: Json, *, private: bool) -> Json | None:
    if not isinstance(raw["keyboard"], list):
        raise bad_request('Field "keyboard" must be of type Array')
    rows = []
    for row in raw["keyboard"]:
        if not isinstance(row, list):
            raise bad_request('Field "keyboard" must be an Array of Arrays')
        if row:
            rows.append([_reply_button(button, private=private) for button in row])
    if not rows:
        return None
    options = (
        "is_persistent",
        "resize_keyboard",
        "one_time_keyboard",
        "input_field_placeholder",
        "selective",
    )
    return {"keyboard": rows, **{name: raw[name] for name in options if raw.get(name)}}


def _reply_button(raw: Any, *, private: bool) -> Json:
    if isinstance(raw, str):
        raw = {"text": raw}
    if not isinstance(raw, dict):
        raise bad_request("Can't parse keyboard button: KeyboardButton must be a String or an Object")
    button = _label(raw, "keyboard button")
    if not button["text"]:
        raise bad_request("Keyboard button text must be non-empty")
    for field, refusal in _PRIVATE_ONLY.items():
        if raw.get(field):
            if not private:
                raise bad_request(refusal)
            button[field] = raw[field]
    return button
