"""How lists by filter are put together by hand, and views are kept."""

from zlib import crc32

from keyboards.deal_data import DealTagCb, DealTagsCb
from keyboards.list_data import (
    BulkAskCb,
    BulkBackCb,
    BulkDoCb,
    BulkPlanCb,
    FilterAnyCb,
    FilterAskCb,
    FilterCb,
    FilterFieldCb,
    FilterFieldFullCb,
    FilterFieldSetCb,
    FilterSetCb,
    FilterStageCb,
    ListCb,
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
    ViewSaveCb,
    ViewsCb,
    ViewShareCb,
)
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
        "filter_field": deed(FilterFieldCb(listing_id=0, field_id=4)),
        "filter_field_set": deed(FilterFieldSetCb(listing_id=0, field_id=4, number=1)),
        "filter_field_full": deed(FilterFieldFullCb(listing_id=0, field_id=4)),
        "filter_field_typed": deed(
            FilterFieldCb(listing_id=0, field_id=4),
            "Zwords",
            form=Typed("list.field", {"listing": 0, "field_id": 4}, "Zwords"),
        ),
        "listed": deed(ListCb(listing_id=0)),
        "select": deed(SelectCb(listing_id=0)),
        "tick": deed(TickCb(listing_id=0, after=0, deal_id=1)),
        "tick_all": deed(TickAllCb(listing_id=0)),
        "tick_none": deed(TickNoneCb(listing_id=0)),
        "bulk_ask": deed(BulkAskCb(deed="move"), draft=("bulk", {"listing": 0, "ids": [NOWHERE]})),
        "bulk_plan": deed(
            BulkPlanCb(deed="tag", target_id=1), draft=("bulk", {"listing": 0, "ids": [NOWHERE]})
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
