"""How what happened with a client looks."""

from handlers.screen import Screen
from handlers.views.events import note_words
from handlers.views.words import file_words, outcome_name
from keyboards import touches as keys
from keyboards.common import cut
from keyboards.tongue import Html, Tongue, esc, join
from services.dto.clients import ClientKind
from services.dto.talk import WholeNote
from services.dto.touches import Touch, Touches, TouchKind
from services.history import MESSAGE


def touches(shown_: Touches, t: Tongue) -> Screen:
    """What happened with a client, the newest first."""
    lines = [t.html("🕓 <b>{name}</b>: everything that happened", name=shown_.name)]
    lines += [_touch(touch, t) for touch in shown_.touches]
    if not shown_.touches:
        lines.append(t.html("Nothing yet."))
    return Screen(join(lines), keys.touch_list(shown_, t))


def said(note: WholeNote, kind: ClientKind, client_id: int, page: int, t: Tongue) -> Screen:
    """The whole of a note, as far as a message holds it."""
    head = t.html("📝 <i>{when}</i> {name}:", when=t.when(note.at), name=note.author or t("Sdelka"))
    text = esc(note_words(note.line, t, MESSAGE))
    return Screen(join([head, text]), keys.said(note, kind, client_id, page, t))


def _touch(touch: Touch, t: Tongue) -> Html:
    mark = "✅" if touch.done else keys.MARKS[touch.kind]
    return t.html("{mark} <i>{when}</i> {what}", mark=mark, when=t.when(touch.at), what=_what(touch, t))


def _what(touch: Touch, t: Tongue) -> str:
    if touch.kind is TouchKind.DEAL:
        deal = t("deal #{id} {title}", id=touch.subject_id, title=touch.text)
        stands = [touch.beside, t.money(touch.amount) if touch.amount else None]
        return " · ".join(part for part in (deal, *stands) if part)
    if touch.stages is not None:
        old, new = touch.stages
        title = touch.beside or ""
        return t("deal #{id} {title}: {old} → {new}", id=touch.subject_id, title=title, old=old, new=new)
    if touch.kind is TouchKind.LEAD:
        return t("lead #{id} {title}", id=touch.subject_id, title=touch.text)
    if touch.kind is TouchKind.END:
        return t("deal #{id}: {stage}", id=touch.subject_id, stage=touch.text)
    if touch.amount is not None:
        return t("deal #{id}: {sum} came", id=touch.subject_id, sum=t.money(touch.amount))
    text = _said(touch, t)
    return f"{touch.author}: {text}" if touch.author else text


def _said(touch: Touch, t: Tongue) -> str:
    """What was said or sent, or how a call ended."""
    if touch.kind is TouchKind.CALL:
        return outcome_name(touch.text, t)
    file = touch.file
    sent = file_words(file.kind, file.count, t, file.name) if file else ""
    return " ".join(part for part in (sent, cut(touch.text, keys.TOUCH)) if part)
