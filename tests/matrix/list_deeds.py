"""How lists by filter are put together by hand, and views are kept."""

from keyboards.list_data import (
    FilterAnyCb,
    FilterAskCb,
    FilterCb,
    FilterSetCb,
    FilterStageCb,
    ListCb,
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
from tests.matrix.deeds import Deed, Facts, Typed, deed


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
        "listed": deed(ListCb(listing_id=0)),
        "views": deed("/views"),
        "views_button": deed(ViewsCb()),
        "keep": deed(ViewSaveCb(listing_id=0), "Zkept", changes="view", also="view_pin", form=keep),
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
