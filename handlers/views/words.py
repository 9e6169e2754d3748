"""Words for codes that many screens show."""

from keyboards.common import cut
from keyboards.tongue import Html, Tongue
from services.dto.tasks import Comment

SAID = 300
"""A longer comment is cut on a task's card."""


def source_name(code: str, t: Tongue) -> str:
    """Where a lead came from, in words; a code of one's own is shown as it is."""
    names = {
        "site": t("website"),
        "call": t("call"),
        "referral": t("referral"),
        "avito": t("Avito"),
        "instagram": t("Instagram"),
        "vk": t("VK"),
        "telegram": t("Telegram"),
        "whatsapp": t("WhatsApp"),
        "email": t("e-mail"),
        "ads": t("advertising"),
        "exhibition": t("exhibition"),
        "walk_in": t("walk-in"),
        "import": t("import"),
        "other": t("other source"),
    }
    return names.get(code, code)


def outcome_name(code: str, t: Tongue) -> str:
    """How a call ended, in words."""
    names = {
        "reached": t("reached"),
        "no_answer": t("no answer"),
        "call_back": t("asked to call back"),
        "wrong_number": t("wrong number"),
    }
    return names.get(code, code)


def file_words(kind: str, count: int, t: Tongue, name: str | None = None) -> str:
    """What was sent, in words: one file by its name, else by its kind; several by their number."""
    if count > 1:
        return "📎 " + t.many("{n} file", "{n} files", count)
    names = {
        "photo": t("🖼 photo"),
        "voice": t("🎤 voice message"),
        "video_note": t("📹 video message"),
        "video": t("🎬 video"),
        "audio": t("🎵 audio"),
        "document": t("📎 file"),
    }
    words = names.get(kind, t("📎 file"))
    return f"{words.partition(' ')[0]} {name}" if name else words


def comment_line(comment: Comment, t: Tongue) -> Html:
    """What somebody wrote about a task or sent to it, in a line."""
    file = file_words(comment.file, comment.files, t, comment.name) if comment.file else ""
    return t.html(
        "💬 <i>{when}</i> {name}: {text}",
        when=t.when(comment.at),
        name=comment.author or t("Sdelka"),
        text=" ".join(part for part in (file, cut(comment.text, SAID)) if part),
    )
