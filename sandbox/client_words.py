"""The few words that Telegram's own programs add, in the reader's language."""

from typing import Any

from sandbox.messages import Message

Json = dict[str, Any]

_KINDS = {
    "photo": ("Photo", "Фотография"),
    "video": ("Video", "Видео"),
    "audio": ("Music", "Музыка"),
    "voice": ("Voice message", "Голосовое сообщение"),
    "video_note": ("Video message", "Видеосообщение"),
    "contact": ("Contact", "Контакт"),
    "location": ("Location", "Геопозиция"),
    "sticker": ("Sticker", "Стикер"),
    "poll": ("Poll", "Опрос"),
    "checklist": ("Checklist", "Чек-лист"),
}
_SERVICE = {
    "new_chat_members": ("{who} joined the group", "{who} в группе"),
    "left_chat_member": ("{who} left the group", "{who} больше не в группе"),
    "pinned_message": ("{actor} pinned a message", "{actor}: сообщение закреплено"),
    "forum_topic_created": ("Topic “{name}” was created", "Создана тема «{name}»"),
    "forum_topic_edited": ("Topic is now “{name}”", "Тема теперь называется «{name}»"),
    "forum_topic_closed": ("Topic was closed", "Тема закрыта"),
    "forum_topic_reopened": ("Topic was reopened", "Тема снова открыта"),
    "migrate_to_chat_id": ("This group is a supergroup now", "Эта группа стала супергруппой"),
    "migrate_from_chat_id": ("This group is a supergroup now", "Эта группа стала супергруппой"),
    "users_shared": ("You have chosen people", "Вы выбрали людей"),
    "chat_shared": ("You have chosen a chat", "Вы выбрали чат"),
}


def _pick(words: tuple[str, str], language: str) -> str:
    return words[1] if language == "ru" else words[0]


def summary(message: Message, language: str) -> str:
    """One line for the list of chats or for a quotation."""
    if message.service:
        return service_words(message, language)
    if message.text:
        return " ".join(message.text.split())[:120]
    if "document" in message.content:
        return str(message.content["document"].get("file_name", ""))
    kind = next((kind for kind in _KINDS if kind in message.content), None)
    return _pick(_KINDS[kind], language) if kind else ""


def service_words(message: Message, language: str) -> str:
    """What a service message says."""
    kind = next((kind for kind in _SERVICE if kind in message.content), None)
    if kind is None:
        return ""
    body: Any = message.content[kind]
    users = body if isinstance(body, list) else [body] if isinstance(body, dict) and "id" in body else []
    who = ", ".join(f"{u['first_name']} {u.get('last_name', '')}".strip() for u in users)
    name = body.get("name", "") if isinstance(body, dict) else ""
    actor = message.sender.full_name if message.sender else ""
    return _pick(_SERVICE[kind], language).format(who=who, name=name, actor=actor)
