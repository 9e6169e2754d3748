"""How the company's own fields are made, by each head, and filled, by whoever may change what has them."""

from keyboards.deal_data import DealBoardCb, EntryNextCb, EntryPickCb
from keyboards.field_data import (
    SUBJECTS,
    FieldAskCb,
    FieldBackCb,
    FieldCb,
    FieldClearCb,
    FieldCopyCb,
    FieldCopyNewCb,
    FieldCopySetCb,
    FieldDoneCb,
    FieldDropCb,
    FieldDroppedCb,
    FieldDropSureCb,
    FieldFileCb,
    FieldFinanceCb,
    FieldHideCb,
    FieldKindCb,
    FieldListCb,
    FieldMenuCb,
    FieldNameCb,
    FieldNewCb,
    FieldOptionsCb,
    FieldPickCb,
    FieldReadyCb,
    FieldsCb,
    FieldShiftCb,
    place_of,
)
from keyboards.lead_data import LeadEntryNextCb, LeadEntryPickCb
from keyboards.scoring import (
    ScoreAnyCb,
    ScoreCb,
    ScoreDropCb,
    ScoreNewCb,
    ScoreRuleCb,
    ScoreShowCb,
    ScoreValueCb,
    ScoreWhenCb,
)
from services.dto.fields import FieldSubject
from tests.matrix.deeds import Deed, Facts, Typed, deed

ENTRY = {"back": ["deal", 987_654], "stage_id": 2, "version": 1, "field": "f4"}
"""The form in which a stage asks for the field of deals, of a deal that there is not."""


MADE = {"back": ["lead", 987_654], "version": 1, "field": "f4"}
"""The same while a lead that there is not becomes a deal."""
SCORED = {"whose": "lead", "when": "source", "field_id": 0, "back": ["scoring", 1]}
"""The form in which a rule is made."""


def filling(f: Facts, subject: str) -> dict[str, Deed]:
    """Deeds with the text field of something."""
    whose = FieldSubject(subject)
    place, field = place_of(whose, f.id), field_id(f, whose)
    table = "company" if subject == "firm" else subject
    return {
        "sheet": deed(FieldsCb(place=place)),
        "fill": deed(
            FieldAskCb(place=place, field_id=field),
            "Zfilled",
            changes=f"{table} field_value field_word",
            form=Typed("field.value", {"back": [subject, f.id], "field_id": field}, "Zfilled"),
        ),
    }


def fields(f: Facts) -> dict[str, Deed]:
    """Deeds with the fields of the company."""
    one = {"field_id": field_id(f, FieldSubject.LEAD)}
    new = {"whose": "lead", "field_id": 0, "back": ["fields", 1]}
    named = {**new, "name": "Znew"}
    place = {"place": place_of(FieldSubject.LEAD, 987_654), **one}
    return {
        "field_menu": deed(FieldMenuCb()),
        "field_list": deed(FieldListCb(whose="lead")),
        "field_new": deed(FieldNewCb(whose="lead"), "Znew", form=Typed("field.name", new, "Znew")),
        "field_again": deed(
            FieldNewCb(whose="lead"), "Znew", "Zother", form=Typed("field.kind", named, "Zo")
        ),
        "field_kind": deed(FieldKindCb(kind="text"), changes="custom_field", draft=("field.kind", named)),
        "field_listed": deed(
            FieldNewCb(whose="lead"),
            "Znew",
            FieldKindCb(kind="choice"),
            "One\nTwo",
            changes="custom_field",
            form=Typed("field.options", {**named, "kind": "choice"}, "One\nTwo"),
        ),
        "field_ready": deed(FieldReadyCb(whose="lead", code="potential"), changes="custom_field"),
        "field": deed(FieldCb(**one)),
        "field_name": deed(FieldNameCb(**one), "Znamed", changes="custom_field"),
        "field_options": deed(FieldOptionsCb(**one)),
        "field_shift": deed(FieldShiftCb(**one, position=0, later=1)),
        "field_finance": deed(FieldFinanceCb(**one, on=1), changes="custom_field"),
        "field_hide": deed(FieldHideCb(**one, on=1), changes="custom_field"),
        "field_copy": deed(FieldCopyCb(**one)),
        "field_copy_set": deed(FieldCopySetCb(**one, whose="deal", to_id=4), changes="custom_field"),
        "field_copy_new": deed(FieldCopyNewCb(**one, whose="deal")),
        "field_drop": deed(FieldDropCb(**one)),
        "field_dropped": deed(FieldDroppedCb(**one)),
        "field_back": deed(FieldBackCb(**one)),
        "field_gone": deed(FieldDropSureCb(**one, filled=9), changes="custom_field"),
        "entry_pick": deed(EntryPickCb(deal_id=987_654, choice=1, several=0)),
        "entry_next": deed(EntryNextCb(deal_id=987_654)),
        "entry_typed": deed(DealBoardCb(), form=Typed("deal.enter.field", ENTRY, "Zanswer")),
        "made_pick": deed(LeadEntryPickCb(lead_id=987_654, choice=1, several=0)),
        "made_next": deed(LeadEntryNextCb(lead_id=987_654)),
        "made_typed": deed(DealBoardCb(), form=Typed("lead.enter.field", MADE, "Zanswer")),
        "made_sum": deed(DealBoardCb(), form=Typed("lead.enter.amount", MADE, "777")),
        "scoring": deed(ScoreCb()),
        "score_show": deed(ScoreShowCb(on=1), changes="workspace"),
        "score_new": deed(ScoreNewCb(whose="lead")),
        "score_when": deed(ScoreWhenCb(whose="lead", when="field", field_id=1)),
        "score_value": deed(ScoreValueCb(number=0), draft=("score.value", SCORED)),
        "score_any": deed(ScoreAnyCb(), draft=("score.value", {**SCORED, "when": "field", "field_id": 1})),
        "score_typed": deed(
            ScoreWhenCb(whose="lead", when="amount"),
            "777",
            form=Typed("score.value", {**SCORED, "when": "amount"}, "777"),
        ),
        "score_points": deed(
            ScoreWhenCb(whose="lead", when="reached"),
            "10",
            changes="workspace",
            form=Typed("score.points", {**SCORED, "when": "reached", "value": ""}, "10"),
        ),
        "score_rule": deed(ScoreRuleCb(rule_id=7)),
        "score_drop": deed(ScoreDropCb(rule_id=7)),
        "field_pick": deed(FieldPickCb(**place, choice=1, version=1)),
        "field_done": deed(FieldDoneCb(**place, version=1)),
        "field_clear": deed(FieldClearCb(**place, version=1)),
        "field_file": deed(FieldFileCb(**place)),
    }


def field_id(f: Facts, subject: FieldSubject) -> int:
    """The fields are made first of all, one for each kind of subject."""
    return 1 + SUBJECTS.index(subject)
