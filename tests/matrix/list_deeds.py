"""How lists by filter are put together by hand, and views are kept."""

from zlib import crc32

from keyboards.list_data import (
    BulkAskCb,
    BulkBackCb,
    BulkDoCb,
    BulkPlanCb,
    FilterAnyCb,
    FilterAskCb,
    FilterCb,
    FilterClientsCb,
    FilterDaysCb,
    FilterFieldCb,
    FilterFieldEmptyCb,
    FilterFieldFullCb,
    FilterFieldSetCb,
    FilterFirmsCb,
    FilterLeadsCb,
    FilterSetCb,
    FilterStageCb,
    ListCb,
    ListFileCb,
    SelectCb,
    TickAllCb,
    TickCb,
    TickNoneCb,
    ViewCareCb,
    ViewCb,
    ViewDropCb,
    ViewDropSureCb,
    ViewNameCb,
    ViewPinCb,
    ViewReplaceCb,
    ViewSaveCb,
    ViewsCb,
    ViewShareCb,
)
from keyboards.tag_data import ClientTagCb, ClientTagsCb, DealTagCb, DealTagsCb, LeadTagCb, LeadTagsCb
from tests.matrix.deeds import NOWHERE, Deed, Facts, Typed, deed


def own_lists() -> dict[str, Deed]:
    """Lists of what one sees oneself."""
    keep = Typed("view.new", {"listing": 0}, "Zkept")
    return {
        "filter": deed(FilterCb()),
        "filter_stage": deed(FilterStageCb()),
        "filter_ask": deed(FilterAskCb(listing_id=0, what="person")),
        "filter_set": deed(FilterSetCb(listing_id=0, what="no_task")),
        "filter_any": deed(FilterAnyCb(listing_id=0, what="stage")),
        "filter_sum": deed(
            FilterAskCb(listing_id=0, what="amount"), "777", form=Typed("list.amount", {"listing": 0}, "777")
        ),
        "filter_days": deed(FilterDaysCb(listing_id=0, of="closed")),
        "filter_days_typed": deed(
            FilterDaysCb(listing_id=0, of="closed"),
            "2019",
            form=Typed("list.days", {"listing": 0, "of": "closed"}, "2019"),
        ),
        "filter_leads": deed(FilterLeadsCb()),
        "filter_clients": deed(FilterClientsCb()),
        "filter_firms": deed(FilterFirmsCb()),
        "filter_score": deed(FilterLeadsCb(), form=Typed("list.score", {"listing": 0}, "40")),
        "filter_field": deed(FilterFieldCb(listing_id=0, field_id=4)),
        "filter_field_set": deed(FilterFieldSetCb(listing_id=0, field_id=4, number=1)),
        "filter_field_full": deed(FilterFieldFullCb(listing_id=0, field_id=4)),
        "filter_field_empty": deed(FilterFieldEmptyCb(listing_id=0, field_id=4)),
        "filter_field_typed": deed(
            FilterFieldCb(listing_id=0, field_id=4),
            "Zwords",
            form=Typed("list.field", {"listing": 0, "field_id": 4}, "Zwords"),
        ),
        "listed": deed(ListCb(listing_id=0)),
        "list_file": deed(ListFileCb(listing_id=0), also="event"),
        "select": deed(SelectCb(listing_id=0)),
        "tick": deed(TickCb(listing_id=0, after=0, top=0, one_id=1)),
        "tick_all": deed(TickAllCb(listing_id=0)),
        "tick_none": deed(TickNoneCb(listing_id=0)),
        "bulk_ask": deed(BulkAskCb(deed="move"), draft=("bulk", {"listing": 0, "ids": [NOWHERE]})),
        "bulk_plan": deed(
            BulkPlanCb(deed="tag", target_id=1), draft=("bulk", {"listing": 0, "ids": [NOWHERE]})
        ),
        "bulk_tag": deed(
            BulkAskCb(deed="tag"),
            form=Typed("bulk.tag", {"listing": 0, "ids": [NOWHERE], "subject": "deal"}, "Ztag"),
            draft=("bulk", {"listing": 0, "ids": [NOWHERE]}),
        ),
        "bulk_back": deed(BulkBackCb(event_id=NOWHERE)),
        "views": deed("/views"),
        "views_button": deed(ViewsCb()),
        "keep": deed(ViewSaveCb(listing_id=0), "Zkept", changes="view", also="view_pin", form=keep),
    }


def of_many(f: Facts) -> dict[str, Deed]:
    """What is done with many deals at once, with this one among them."""
    version = 2 if f.thing in f.company.payments else 1
    stages, mark = f.company.stages, crc32(f"{f.id}.{version}".encode())
    targets = {"give": f.heir, "move": stages["New"], "lose": 1, "tag": 1}
    also = {"give": "task contact", "lose": "task timer", "move": "", "tag": "deal_tag"}
    return {
        f"many_{name}": deed(
            BulkDoCb(deed=name, target_id=target, mark=mark),
            changes="deal",
            also=also[name],
            shows=False,
            many=True,
            draft=("bulk", {"listing": 0, "ids": [f.id]}),
        )
        for name, target in targets.items()
    }


def of_many_leads(f: Facts) -> dict[str, Deed]:
    """What is done with many leads at once, with this one among them."""
    mark = crc32(f"{f.id}.1".encode())
    deeds = {
        "many_give": ("lead_give", f.heir, "lead", "task timer"),
        "many_tag": ("lead_tag", 1, "lead lead_tag", ""),
        "many_reject": ("reject", 0, "lead", "task timer"),
    }
    return {
        name: deed(
            BulkDoCb(deed=code, target_id=target, mark=mark),
            changes=changes,
            also=also,
            shows=False,
            many=True,
            draft=("bulk", {"listing": 0, "ids": [f.id], "subject": "lead"}),
        )
        for name, (code, target, changes, also) in deeds.items()
    }


def of_many_clients(f: Facts, kind: str, table: str) -> dict[str, Deed]:
    """What is done with many contacts or companies at once, with this one among them."""
    mark, called = crc32(f"{f.id}.1".encode()), "client" if kind == "contact" else kind
    deeds = {"give": (f.heir, table, "task"), "tag": (1, f"{table} {table}_tag", "")}
    return {
        f"many_{name}": deed(
            BulkDoCb(deed=f"{called}_{name}", target_id=target, mark=mark),
            changes=changes,
            also=also,
            shows=False,
            many=True,
            draft=("bulk", {"listing": 0, "ids": [f.id], "subject": kind}),
        )
        for name, (target, changes, also) in deeds.items()
    }


def lead_tags(f: Facts) -> dict[str, Deed]:
    """Tags of one lead."""
    one, form = {"lead_id": f.id}, Typed("lead.tag", {"back": ["lead", f.id]}, "Ztag")
    return {
        "tags": deed(LeadTagsCb(**one)),
        "tag": deed(LeadTagCb(**one, tag_id=1, on=1), changes="lead lead_tag"),
        "tag_words": deed(LeadTagsCb(**one), "Ztag", changes="lead lead_tag", also="tag", form=form),
    }


def client_tags(f: Facts, kind: str, table: str) -> dict[str, Deed]:
    """Tags of one contact or company."""
    one, form = {"kind": kind, "client_id": f.id}, Typed("client.tag", {"back": [kind, f.id]}, "Ztag")
    changes = f"{table} {table}_tag"
    return {
        "tags": deed(ClientTagsCb(**one)),
        "tag": deed(ClientTagCb(**one, tag_id=1, on=1), changes=changes),
        "tag_words": deed(ClientTagsCb(**one), "Ztag", changes=changes, also="tag", form=form),
    }


def deal_tags(f: Facts) -> dict[str, Deed]:
    """Tags of one deal."""
    one, form = {"deal_id": f.id}, Typed("deal.tag", {"back": ["deal", f.id]}, "Ztag")
    return {
        "tags": deed(DealTagsCb(**one)),
        "tag": deed(DealTagCb(**one, tag_id=1, on=1), changes="deal deal_tag"),
        "tag_words": deed(DealTagsCb(**one), "Ztag", changes="deal deal_tag", also="tag", form=form),
    }


def view(f: Facts) -> dict[str, Deed]:
    """Deeds with a view."""
    one, service = {"view_id": f.id}, f.company.departments["Service"]
    return {
        "see": deed(ViewCareCb(**one)),
        "open": deed(ViewCb(**one)),
        "pin": deed(ViewPinCb(**one, on=1), changes="view_pin"),
        "replace": deed(ViewReplaceCb(**one, listing_id=0), changes="view"),
        "rename": deed(
            ViewNameCb(**one),
            "Zother",
            changes="view",
            shows=False,
            form=Typed("view.name", {"back": ["view", f.id]}, "Zother"),
        ),
        "share": deed(ViewShareCb(**one, department_id=service), changes="view", also="view_pin"),
        "unshare": deed(ViewShareCb(**one, department_id=0), changes="view", also="view_pin"),
        "drop": deed(ViewDropCb(**one)),
        "gone": deed(ViewDropSureCb(**one), changes="view", also="view_pin", shows=False),
    }
