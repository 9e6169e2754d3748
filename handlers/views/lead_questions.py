"""What is asked about a lead and answered by typing."""

from collections.abc import Sequence

from handlers.screen import Screen
from handlers.views.words import source_name
from keyboards import leads as keys
from keyboards.tongue import Html, Tongue, join
from services.dto.common import Ref
from services.dto.leads import LeadCard, LeadField
from services.understanding.lead_words import Source


def ask(lead_id: int, question: Html, t: Tongue) -> Screen:
    """A question that is answered by typing."""
    return Screen(question, keys.lead_form(lead_id, t))


def ask_source(lead_id: int, t: Tongue) -> Screen:
    """Where did it come from?"""
    return Screen(question(LeadField.SOURCE, t), keys.lead_sources(lead_id, sources(t), t))


def ask_company(lead: LeadCard, ways: Sequence[Ref], chosen: int | None, t: Tongue, page: int = 0) -> Screen:
    """For which company, and in which of these pipelines? `chosen`: another one than the usual."""
    asked = t.html(
        "🏢 Which company is <b>{lead}</b> for? Type its name, or go on without one.", lead=lead.title
    )
    here = next((one for one in ways if one.id == chosen), None)
    if here is not None:
        asked = join([asked, t.html("🧭 The deal goes to the pipeline <b>{name}</b>.", name=here.name)])
    return Screen(asked, keys.lead_company(lead, ways, here, t, page))


def ask_sum(lead: LeadCard, t: Tongue) -> Screen:
    """The sum that the stage of its deal asks for."""
    lines = [
        t.html("✅ A deal of <b>{lead}</b>", lead=lead.title),
        t.html("💰 What is the sum? For example <code>150000</code> or <code>150k</code>."),
    ]
    return Screen(join(lines), keys.lead_form(lead.id, t))


def ask_note(t: Tongue) -> Html:
    """What to type for a note."""
    return t.html("📝 Write your note; it stays with the lead.")


def ask_reason(t: Tongue) -> Html:
    """What to type for a reason of one's own."""
    return t.html("🗑 Why is it not a lead? A few words will do.")


def question(field: LeadField, t: Tongue) -> Html:
    """What to type for a field."""
    return {
        LeadField.TITLE: t.html("✏️ What is it about?"),
        LeadField.NAME: t.html("👤 What is the client's name? A dash “-” takes it away."),
        LeadField.PHONE: t.html("📞 Send a phone, an e-mail or a @username."),
        LeadField.AMOUNT: t.html("💰 For what sum? For example <code>150k</code>. A dash “-” takes it away."),
        LeadField.SOURCE: t.html("📣 Where did it come from?"),
        LeadField.COMMENT: t.html("💬 Write the comment. A dash “-” takes it away."),
    }[field]


def sources(t: Tongue) -> list[tuple[Source, str]]:
    """All sources with their names."""
    return [(source, source_name(source.value, t)) for source in Source]
