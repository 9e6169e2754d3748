"""How the rules for unanswered leads are set by hand, and how a head takes one up."""

from keyboards.response import LeadMineCb, ResponseCb, ResponseSetCb, ResponseStepCb
from tests.matrix.deeds import Deed, Facts, Typed, deed


def response(f: Facts) -> dict[str, Deed]:
    """Deeds with the rules of a department."""
    one = {"department_id": f.id}
    form = Typed("response.minutes", {**one, "step": "remind", "back": ["response", f.id]}, "25")
    return {
        "response": deed(ResponseCb(**one)),
        "response_ask": deed(ResponseStepCb(**one, step="remind")),
        "response_set": deed(ResponseSetCb(**one, step="alarm", minutes=0), changes="department"),
        "typed_response": deed(ResponseStepCb(**one, step="remind"), "25", changes="department", form=form),
    }


def taking_over(f: Facts) -> dict[str, Deed]:
    """Answering a lead oneself that nobody answers; whoever has it already changes nothing."""
    return {"mine": deed(LeadMineCb(lead_id=f.id), also="lead task timer event outbox")}
