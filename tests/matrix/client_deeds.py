"""How each deed with a contact or a company is done by hand, and which tables it changes."""

from typing import Any

from keyboards.clients import (
    ClientAnywayCb,
    ClientAskCb,
    ClientCallCb,
    ClientCallsCb,
    ClientEditCb,
    ClientFieldCb,
    ClientFilesCb,
    ClientGiveCb,
    ClientHeirsCb,
    ClientListCb,
    ClientNewCb,
    ClientNoteCb,
    ClientSourceCb,
    ClientTypeCb,
    ContactCb,
    FirmCb,
    FirmLinkCb,
    FirmNewCb,
    FirmPeopleCb,
    FirmsCb,
    FirmUnlinkCb,
    MergeAskCb,
    MergeShowCb,
    MergeSureCb,
    PointAddCb,
    PointCb,
    PointDropCb,
    PointLabelCb,
    PointsCb,
    TouchesCb,
    VcardCb,
)
from keyboards.histories import ClientHistoryCb
from keyboards.privacy import (
    ConsentAskCb,
    ConsentDropCb,
    ConsentGiveCb,
    ConsentTextCb,
    DossierCb,
    DossierFilesCb,
    EraseAskCb,
    EraseCb,
    PrivacyCb,
)
from keyboards.task_data import ClientTaskCb
from services.dto.merges import seen_as
from tests.matrix.deeds import Answered, Deed, Facts, Typed, deed, task_for, team_chat
from tests.matrix.expectations import Thing

NEW = "Znew +7 916 777-11-33"
GIVEN: dict[str, Any] = {
    "kind": "contact", "name": "Zknown", "phones": [], "emails": [], "username": None, "telegram_id": None,
    "inn": None, "firm_id": None,
}  # fmt: skip


def contact(f: Facts) -> dict[str, Deed]:
    """Deeds with a contact."""
    one = {"contact_id": f.id}
    firm = f.company.firm(f.thing.whose)
    place = {"kind": "contact", "client_id": f.id, "point_id": f.company.points.get(f.thing, 1)}
    return {
        "see": deed(ContactCb(**one)),
        "task": task_for(ClientTaskCb(kind="contact", client_id=f.id), "contact", f.id),
        **_common(f, "contact", "contact"),
        "vcard": deed(VcardCb(**one)),
        "point": deed(PointCb(**place)),
        "drop": deed(PointDropCb(**place), changes="contact contact_point"),
        "label": deed(PointLabelCb(**place, label="work"), changes="contact contact_point"),
        "firms": deed(FirmsCb(**one)),
        "words": deed(
            FirmsCb(**one), "Zfirm", form=Typed("client.firm", {"back": ["contact", f.id]}, "Zfirm")
        ),
        "link": deed(FirmLinkCb(**one, firm_id=firm, version=1), changes="contact"),
        "hire": deed(
            FirmNewCb(**one, version=1), changes="contact company", many=True,
            draft=("client.firm", {"back": ["contact", f.id], "words": "Zhiring"}),
        ),
        "unlink": deed(FirmUnlinkCb(**one, version=1)),
        "privacy": deed(PrivacyCb(**one)),
        "agree": deed(ConsentAskCb(**one)),
        "agreed": deed(ConsentGiveCb(**one, way="paper", number=1), changes="consent"),
        "disagreed": deed(ConsentDropCb(**one)),
        "dossier": deed(DossierCb(**one, form="json"), also="event"),
        "dossier_files": deed(DossierFilesCb(**one), shows=False),
        "erase": deed(EraseAskCb(**one)),
        "erased": deed(EraseCb(**one, version=1)),
    }  # fmt: skip


def firm(f: Facts) -> dict[str, Deed]:
    """Deeds with a company."""
    form = {"kind": "contact", "firm_id": f.id, "back": ["firm", f.id]}
    return {
        "see": deed(FirmCb(firm_id=f.id)),
        "task": task_for(ClientTaskCb(kind="firm", client_id=f.id), "firm", f.id),
        **_common(f, "firm", "company"),
        "people": deed(FirmPeopleCb(firm_id=f.id)),
        "person": deed(
            ClientNewCb(kind="contact", firm_id=f.id), NEW, changes="contact contact_point",
            form=Typed("client.new", form, NEW),
        ),
    }  # fmt: skip


def own(f: Facts) -> dict[str, Deed]:
    """Lists, and new clients."""
    known = f.company.words[Thing("contact", "victor", "known")].phone
    empty = {"firm_id": None, "draft": 7}
    return {
        "clients": deed("/clients"),
        "contact_list": deed(ClientListCb(kind="contact")),
        "firm_list": deed(ClientListCb(kind="firm")),
        "consent_text": deed(ConsentTextCb()),
        "new_client": deed(ClientNewCb(kind="contact")),
        "typed_client": deed(
            ClientNewCb(kind="contact"), NEW, changes="contact contact_point",
            form=Typed("client.new", {"kind": "contact", "firm_id": None}, NEW),
        ),
        "typed_firm": deed(
            ClientNewCb(kind="firm"), "Znew", changes="company",
            form=Typed("client.new", {"kind": "firm", "firm_id": None}, "Znew"),
        ),
        "anyway": deed(
            ClientAnywayCb(draft=7), changes="contact",
            draft=("client.new", {**empty, "kind": "contact", "given": GIVEN}),
        ),
        "ask": deed(
            ClientAskCb(draft=7), also="event outbox",
            draft=("client.new", {**empty, "kind": "contact", "given": {**GIVEN, "phones": [known]}}),
        ),
    }  # fmt: skip


def _common(f: Facts, kind: str, table: str) -> dict[str, Deed]:
    one = {"kind": kind, "client_id": f.id}
    back: dict[str, Any] = {"back": [kind, f.id]}
    other = {**one, "other_id": f.company.twins.get(f.thing, 0)}
    return {
        "unite": deed(MergeAskCb(**one)),
        "unite_words": deed(
            MergeAskCb(**one), "Ztwin", form=Typed("client.merge", back, "Ztwin"),
        ),
        "unite_show": deed(MergeShowCb(**other)),
        "unite_sure": deed(
            MergeSureCb(**other, seen=seen_as(0, 1, 1)), changes=f"{table} client_merge", many=True
        ),
        "touches": deed(TouchesCb(**one)),
        "files": deed(ClientFilesCb(**one)),
        "note": deed(
            ClientNoteCb(**one), "Zsaid", form=Typed("client.note", back, "Zsaid"),
            changes="note note_source", also="deal",
        ),
        "history": deed(ClientHistoryCb(**one)),
        **team_chat(kind, f.id),
        "answer": deed(Answered(kind, f.id, "Zsaid"), changes="note note_source", also="deal"),
        "calls": deed(ClientCallsCb(**one)),
        "call": deed(ClientCallCb(**one, outcome="reached"), changes="call", also="deal"),
        "edit": deed(ClientEditCb(**one)),
        "field": deed(
            ClientFieldCb(**one, field="note"), "Zsaid", changes=table,
            form=Typed("client.field", {**back, "field": "note"}, "Zsaid"),
        ),
        "type": deed(ClientTypeCb(**one, code="key"), changes=table),
        "source": deed(ClientSourceCb(**one, code="ads"), changes=table),
        "points": deed(PointsCb(**one)),
        "add": deed(
            PointAddCb(**one, point="email"), "z@example.com", changes=f"{table} contact_point",
            form=Typed("client.point", {**back, "point": "email"}, "z@example.com"),
        ),
        "heirs": deed(ClientHeirsCb(**one)),
        "give": deed(ClientGiveCb(**one, person_id=f.heir, version=1), changes=table, also="task"),
    }  # fmt: skip
