"""How shifts are set by hand, and how a department gives out its leads."""

from keyboards.distribution import (
    DistributionAskCb,
    DistributionCb,
    DistributionOwnCb,
    DistributionSetCb,
    TakerCb,
    WeightCb,
)
from keyboards.shifts import ShiftAwayCb, ShiftCb, ShiftHeirCb, ShiftHeirsCb, ShiftSayCb
from tests.matrix.deeds import Deed, Facts, Typed, deed


def own_shift() -> dict[str, Deed]:
    """Deeds with one's own shift."""
    form = Typed("shift.day", {"person_id": 0, "back": ["shift", 0]}, "25.12")
    return {
        "shift": deed("/shift"),
        "my_shift": deed(ShiftCb()),
        "my_word": deed(ShiftSayCb(word="lunch"), changes="person"),
        "my_away": deed(ShiftAwayCb()),
        "typed_away": deed(ShiftAwayCb(), "25.12", changes="person", form=form),
        "my_heirs": deed(ShiftHeirsCb()),
        "my_heir": deed(ShiftHeirCb(heir_id=0)),
    }


def shift_of(f: Facts) -> dict[str, Deed]:
    """Deeds with somebody's shift; one's own does not name oneself."""
    one = {"person_id": f.id}
    return {
        "shift_of": deed(ShiftCb(**one), shows=False),
        "shift_word": deed(ShiftSayCb(**one, word="off"), changes="person", shows=False),
        "shift_away": deed(ShiftAwayCb(**one), shows=False),
        "shift_heirs": deed(ShiftHeirsCb(**one), shows=False),
        "shift_heir": deed(ShiftHeirCb(**one, heir_id=f.heir), changes="person", shows=False),
    }


def distribution(f: Facts) -> dict[str, Deed]:
    """Deeds with how a department gives out its leads."""
    one = {"department_id": f.id}
    person = f.company.people["victor" if f.thing.whose == "Service" else "anna"]
    return {
        "distribution": deed(DistributionCb(**one)),
        "share_ask": deed(DistributionAskCb(**one, setting="limit")),
        "typed_share": deed(
            DistributionAskCb(**one, setting="limit"),
            "7",
            changes="department",
            form=Typed(
                "distribution.number",
                {**one, "pipeline_id": 0, "setting": "limit", "back": ["distribution", f.id]},
                "7",
            ),
        ),
        "share_set": deed(DistributionSetCb(**one, setting="limit", value="5"), changes="department"),
        "share_own": deed(
            DistributionOwnCb(**one, pipeline_id=1, own=1), changes="pipeline_way", shows=False
        ),
        "taker": deed(TakerCb(**one, person_id=person), shows=False),
        "weight": deed(WeightCb(**one, person_id=person, weight=3), changes="membership", shows=False),
    }
