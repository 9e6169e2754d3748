"""How a request looks that is not saved yet."""

from dataclasses import replace

from handlers.screen import Screen
from handlers.views import lead_questions as questions
from handlers.views import leads as lead_views
from keyboards import lead_drafts as keys
from keyboards.common import cut
from keyboards.tongue import Html, Tongue, join
from services.dto.lead_intake import KnownPhone, LeadDraft, LeadInput, Sign, Touch
from services.dto.leads import LeadField

NAME = 40
"""A longer name of a draft is cut where another is spoken of."""


def draft(request: LeadDraft, key: int, t: Tongue, *, again: bool = False) -> Screen:
    """What was understood, and what is still asked."""
    lines = [t.html("📝 <b>New lead, not saved yet</b>")]
    if request.given.title:
        lines.append(t.html("<b>{title}</b>", title=request.given.title))
    lines += lead_views.parts(request.given, request.amount, t)
    lines += [Html(""), _asked(request, t, again=again)]
    return Screen(join(lines), keys.draft_card(request, key, t, again=again))


def beside(screen: Screen, left: tuple[int, LeadInput] | None, t: Tongue) -> Screen:
    """A screen with a word on the draft that was left for it, and the way back to that."""
    if left is None:
        return screen
    key, given = left
    name = cut(given.name or given.title or given.phone or given.email or given.username or "", NAME)
    said = join([screen.text, Html(""), t.html("📝 The draft “{name}” is kept.", name=name)])
    return replace(screen, text=said, keyboard=keys.beside(screen.keyboard, key, name))


def empty(key: int, request: LeadDraft, t: Tongue) -> Screen:
    """Nothing was said yet."""
    asked = [
        t.html("➕ <b>New lead</b>"),
        t.html(
            "Write it in your own words: <i>Windows, Ivan +7 916 123-45-67, 150k, website</i>. "
            "Or send a contact."
        ),
    ]
    return Screen(join(asked), keys.draft_card(request, key, t, again=False))


def fields(key: int, t: Tongue) -> Screen:
    """What shall be changed?"""
    return Screen(t.html("<b>What shall be changed?</b>"), keys.draft_fields(key, t))


def ask(key: int, field: LeadField, t: Tongue) -> Screen:
    """A question about one field."""
    if field is LeadField.SOURCE:
        keyboard = keys.draft_sources(key, questions.sources(t), t)
        return Screen(questions.question(field, t), keyboard)
    return Screen(questions.question(field, t), keys.draft_form(key, t))


def touched(touch: Touch, t: Tongue) -> Screen:
    """The older record has the note now."""
    if touch.owner:
        return Screen(t.html("✅ Noted. {owner} knows.", owner=touch.owner), keys.touched(touch, t))
    return Screen(t.html("✅ Noted."), keys.touched(touch, t))


def _asked(request: LeadDraft, t: Tongue, *, again: bool) -> Html:
    if not request.given.reachable:
        return t.html("How can the client be reached? Send a phone, an e-mail, a @username or a name.")
    if request.known is not None and not again:
        return _known(request.known, t)
    if not request.departments:
        return t.html("You belong to no department yet. Ask the owner to add you to one.")
    return t.html("Where shall it go?")


def _known(known: KnownPhone, t: Tongue) -> Html:
    if known.sign is Sign.EMAIL:
        return _known_address(known, t)
    if known.sign is Sign.USERNAME:
        return _known_username(known, t)
    if known.name and known.owner:
        return t.html("☝️ This phone is {name}'s, owner {owner}.", name=known.name, owner=known.owner)
    if known.name:
        return t.html("☝️ This phone is {name}'s, and nobody has taken them yet.", name=known.name)
    if known.owner:
        return t.html("☝️ This phone belongs to {owner}'s clients.", owner=known.owner)
    return t.html("☝️ Another department knows this phone already.")


def _known_username(known: KnownPhone, t: Tongue) -> Html:
    if known.name and known.owner:
        return t.html("☝️ This @username is {name}'s, owner {owner}.", name=known.name, owner=known.owner)
    if known.name:
        return t.html("☝️ This @username is {name}'s, and nobody has taken them yet.", name=known.name)
    if known.owner:
        return t.html("☝️ This @username belongs to {owner}'s clients.", owner=known.owner)
    return t.html("☝️ Another department knows this @username already.")


def _known_address(known: KnownPhone, t: Tongue) -> Html:
    if known.name and known.owner:
        return t.html("☝️ This e-mail is {name}'s, owner {owner}.", name=known.name, owner=known.owner)
    if known.name:
        return t.html("☝️ This e-mail is {name}'s, and nobody has taken them yet.", name=known.name)
    if known.owner:
        return t.html("☝️ This e-mail belongs to {owner}'s clients.", owner=known.owner)
    return t.html("☝️ Another department knows this e-mail already.")
