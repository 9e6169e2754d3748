"""How clients look."""

from handlers.screen import Screen
from keyboards import client_cards as keys
from keyboards.tongue import Html, Tongue, join
from services.dto.clients import ContactCard
from services.understanding import phones


def card(contact: ContactCard, t: Tongue) -> Screen:
    """A contact's card."""
    lines = [t.html("👤 <b>{name}</b>", name=contact.name)]
    if contact.phone:
        lines.append(t.html("📞 {phone}", phone=phones.show(contact.phone)))
    if contact.email:
        lines.append(t.html("✉️ {email}", email=contact.email))
    if contact.username:
        lines.append(t.html("💬 @{username}", username=contact.username))
    if contact.company:
        lines.append(t.html("🏢 {name}", name=contact.company))
    lines.append(t.html("👔 {owner}", owner=contact.owner.name if contact.owner else t("nobody")))
    if not contact.deals and not contact.leads:
        lines += [Html(""), t.html("No deals and no leads yet.")]
    return Screen(join(lines), keys.contact_card(contact, t), subject=("contact", contact.id))
