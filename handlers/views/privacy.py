"""How it reads what a client has agreed to, and what an erasure takes."""

from handlers.screen import Screen
from keyboards import privacy as keys
from keyboards.tongue import Html, Tongue, esc, join
from services.dto.privacy import (
    ConsentLine,
    ConsentTextCard,
    ConsentWay,
    Erased,
    ErasePreview,
    PrivacyCard,
    Remains,
)


def card(shown: PrivacyCard, t: Tongue) -> Screen:
    """What a client has agreed to."""
    lines = [t.html("🔏 <b>{name}</b>: personal data", name=shown.contact.name)]
    lines += [_consent(one, t) for one in shown.consents] or [t.html("No consent was written down yet.")]
    if shown.current is not None and shown.newest is not None and shown.current.number < shown.newest:
        lines.append(t.html("Since then there is a newer text, no. {number}.", number=shown.newest))
    if shown.newest is None and shown.may_write:
        lines.append(t.html("There is no text to agree to yet."))
    elif shown.newest is None:
        lines.append(t.html("There is no text to agree to yet. The owner writes it: Profile → Company."))
    return Screen(join(lines), keys.card(shown, t))


def ways(shown: PrivacyCard, t: Tongue) -> Screen:
    """How did they agree?"""
    ask = t.html("🔏 <b>{name}</b>: how did they agree to text no. {number}?", **_about(shown))
    return Screen(ask, keys.ways(shown, t))


def text(shown: ConsentTextCard, t: Tongue) -> Screen:
    """The text that holds."""
    if shown.number is None or shown.created_at is None:
        lines = [
            t.html("🔏 <b>Consent of clients</b>"),
            t.html("Write down what clients agree to when they leave their data: who keeps it and for what."),
            t.html("Each version is kept, and so is which client has agreed to which."),
        ]
        return Screen(join(lines), keys.text(shown, t))
    day = t.when(shown.created_at)
    head = t.html("🔏 <b>Consent of clients</b> · text no. {number}, {day}", number=shown.number, day=day)
    lines = [head, Html(""), esc(shown.text), Html("")]
    if shown.given:
        lines.append(
            esc(t.many("{n} client has agreed to it.", "{n} clients have agreed to it.", shown.given))
        )
    else:
        lines.append(t.html("Nobody has agreed to it yet."))
    return Screen(join(lines), keys.text(shown, t))


def write(contact_id: int, t: Tongue) -> Screen:
    """How shall it read?"""
    lines = [
        t.html("✏️ Send the text that clients agree to from now on."),
        t.html("Whoever has agreed to an older one stays noted with that."),
    ]
    return Screen(join(lines), keys.write(contact_id, t))


def erase(shown: ErasePreview, t: Tongue) -> Screen:
    """What would go, what stays, and what stands in the way."""
    lines = [t.html("🧹 <b>Erase everything about {name}?</b>", name=shown.contact.name)]
    if not shown.ready:
        lines.append(t.html("Some work with this client is still open. Close it first:"))
        return Screen(join(lines), keys.erase(shown, t))
    lines += [
        t.html("Goes for good: {parts}.", parts=_parts(shown.remains, t)),
        t.html(
            "Stays without a name: closed deals and payments, for the books and reports;"
            " of the deals' own fields numbers, dates and choices."
        ),
        t.html(
            "Of tasks and drafts that belong to nobody's card those go that name a phone, an e-mail or"
            " @name of theirs. Not found: a name in free words, in a task or a note about somebody else."
            " Search for it yourself."
        ),
        t.html("Backups that were made before still have it until they are replaced."),
        _in_chats(t),
        t.html("⚠️ There is no way back."),
    ]
    return Screen(join(lines), keys.erase(shown, t))


def erased(done: Erased, t: Tongue) -> Screen:
    """The act of erasure."""
    lines = [
        t.html("🧹 <b>The personal data of client no. {number} is erased</b>", number=done.contact_id),
        t.html("When: {when}", when=t.dated(done.at)),
        t.html("By: {name}", name=done.by),
        t.html("What: {parts}.", parts=_parts(done.remains, t)),
        _in_chats(t),
    ]
    return Screen(join(lines), keys.erased(t))


def consent_line(one: ConsentLine, t: Tongue) -> Html:
    """The consent that holds, on the card of its client."""
    return t.html("🔏 Consent to text no. {number}, {when}", number=one.number, when=t.when(one.given_at))


def way_name(way: ConsentWay, t: Tongue) -> str:
    """How somebody has agreed."""
    return {
        ConsentWay.PAPER: t("on paper"),
        ConsentWay.CHAT: t("in a messenger"),
        ConsentWay.SPOKEN: t("by word of mouth"),
        ConsentWay.SITE: t("on the website"),
    }[way]


def _consent(one: ConsentLine, t: Tongue) -> Html:
    told = [t("text no. {number}", number=one.number), t.when(one.given_at), way_name(one.way, t)]
    told += [one.recorded_by] if one.recorded_by else []
    line = esc(("✅ " if one.withdrawn_at is None else "↩️ ") + " · ".join(told))
    if one.withdrawn_at is None:
        return line
    taken = t.html("<i>taken back {when}</i>", when=t.when(one.withdrawn_at))
    return Html(f"{line} · {taken}")


def _about(shown: PrivacyCard) -> dict[str, object]:
    return {"name": shown.contact.name, "number": shown.newest}


def _in_chats(t: Tongue) -> Html:
    """What is beyond our reach; only the newest card of each chat is known, and loses the name."""
    return t.html(
        "In chats the newest card of the client, of each deal and lead loses the name. What was written"
        " before stays there: older cards and questions of the bot, files, and what people have sent or"
        " forwarded themselves. Find it by the name and the phone, and delete it there."
    )


def _parts(remains: Remains, t: Tongue) -> str:
    counted = (
        (remains.leads, t.many("{n} lead", "{n} leads", remains.leads)),
        (remains.notes, t.many("{n} note", "{n} notes", remains.notes)),
        (remains.files, t.many("{n} file", "{n} files", remains.files)),
        (remains.tasks, t.many("{n} task", "{n} tasks", remains.tasks)),
        (remains.deals, t.many("the names of {n} deal", "the names of {n} deals", remains.deals)),
    )
    told = [t("name, phones, e-mails, all fields of the card and those of your own, consents")]
    told += [words for count, words in counted if count]
    return ", ".join([*told, t("the words of the history")])
