"""How a department's working time is set by hand."""

from keyboards.work_times import (
    AS_COMPANY,
    HolidaysCb,
    SpecialDayAskCb,
    SpecialDayDropCb,
    WorkHoursAskCb,
    WorkHoursCb,
    WorkTimeCb,
    WorkZoneAskCb,
    WorkZoneCb,
)
from tests.matrix.deeds import Deed, Facts, Typed, deed


def work_time(f: Facts) -> dict[str, Deed]:
    """Deeds with the working time of a department."""
    one = {"department_id": f.id}
    form = {**one, "back": ["work_time", f.id]}
    day = Typed("work_time.day", form, "31.12 10-15")
    return {
        "work_time": deed(WorkTimeCb(**one)),
        "hours_ask": deed(WorkHoursAskCb(**one)),
        "hours": deed(WorkHoursCb(**one, value="daily 9-21"), changes="department"),
        "typed_hours": deed(
            WorkHoursAskCb(**one),
            "daily 9-21",
            changes="department",
            form=Typed("work_time.hours", form, "daily 9-21"),
        ),
        "zone_ask": deed(WorkZoneAskCb(**one)),
        "zone": deed(WorkZoneCb(**one, value="Asia/Omsk"), changes="department"),
        "zone_back": deed(WorkZoneCb(**one, value=AS_COMPANY), changes="event"),
        "typed_zone": deed(
            WorkZoneAskCb(**one), "Omsk", changes="department", form=Typed("work_time.zone", form, "Omsk")
        ),
        "holidays": deed(HolidaysCb(**one, on=0), changes="department"),
        "day_ask": deed(SpecialDayAskCb(**one)),
        "typed_day": deed(SpecialDayAskCb(**one), "31.12 10-15", changes="special_day", form=day),
        "day_drop": deed(SpecialDayDropCb(**one, first=740_000, last=740_001)),
    }
