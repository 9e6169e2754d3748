"""What the buttons of lists by filter and of views carry."""

from keyboards.data import Id, Press


class ListCb(Press, prefix="bl"):
    """What a filter lets through, after a mark (0: from the start), see `services.dto.lists.Listed`."""

    listing_id: Id
    after: Id = 0
    top: Id = 0


class ListFileCb(Press, prefix="blf"):
    """What a filter lets through, as a file."""

    listing_id: Id


class FilterCb(Press, prefix="bf"):
    """A filter and what it asks for (0: for nothing yet)."""

    listing_id: Id = 0


class FilterLeadsCb(Press, prefix="bfl"):
    """A filter of leads that asks for nothing yet."""


class FilterClientsCb(Press, prefix="bfk"):
    """A filter of contacts that asks for nothing yet."""


class FilterFirmsCb(Press, prefix="bfo"):
    """A filter of companies that asks for nothing yet."""


class FilterStageCb(Press, prefix="bfs"):
    """A filter that asks for a stage (0: for nothing yet)."""

    stage_id: Id = 0


class FilterAskCb(Press, prefix="ba"):
    """Which value shall be asked for? Some at a time; of many stages those of one pipeline."""

    listing_id: Id
    what: str
    page: Id = 0
    pipeline_id: Id = 0


class FilterSetCb(Press, prefix="bs"):
    """Ask for this value; of a flag, turn it."""

    listing_id: Id
    what: str
    number: Id = 0


class FilterDaysCb(Press, prefix="bfd"):
    """From which day to which? Of when it was made or closed, or of its task."""

    listing_id: Id
    of: str


class FilterFieldCb(Press, prefix="fdl"):
    """Of a field of the company's own: what shall it say?"""

    listing_id: Id
    field_id: Id


class FilterFieldSetCb(Press, prefix="fdm"):
    """This choice; 1 and 0 for yes and no."""

    listing_id: Id
    field_id: Id
    number: Id


class FilterFieldFullCb(Press, prefix="fdn"):
    """Anything at all."""

    listing_id: Id
    field_id: Id


class FilterFieldEmptyCb(Press, prefix="fdo"):
    """Nothing at all."""

    listing_id: Id
    field_id: Id


class FilterAnyCb(Press, prefix="bx"):
    """Ask for no value any more."""

    listing_id: Id
    what: str


class SelectCb(Press, prefix="bt"):
    """Tick some of a list, on a page after a mark."""

    listing_id: Id
    after: Id = 0
    top: Id = 0


class TickCb(Press, prefix="bk"):
    """Tick one of that page, or tick it no more."""

    listing_id: Id
    after: Id
    top: Id
    one_id: Id


class TickAllCb(Press, prefix="bka"):
    """Tick all of a list."""

    listing_id: Id


class TickNoneCb(Press, prefix="bkn"):
    """Tick none of them."""

    listing_id: Id


class BulkAskCb(Press, prefix="bw"):
    """With whom, to where or why? Some at a time; of many stages those of one pipeline."""

    deed: str
    page: Id = 0
    pipeline_id: Id = 0


class BulkPlanCb(Press, prefix="bp"):
    """What would happen?"""

    deed: str
    target_id: Id


class BulkDoCb(Press, prefix="bg"):
    """Do it, if they are still those of the plan."""

    deed: str
    target_id: Id
    mark: Id


class BulkBackCb(Press, prefix="bu"):
    """Take it back."""

    event_id: Id


class ViewSaveCb(Press, prefix="vn"):
    """Keep a filter as a view: under which name?"""

    listing_id: Id


class ViewsCb(Press, prefix="vs"):
    """All views that one sees."""


class ViewPress(Press, prefix="-v"):
    """A button on one view."""

    view_id: Id

    def subject(self) -> tuple[str, int]:
        """The view's card."""
        return ("view", self.view_id)


class ViewCb(ViewPress, prefix="v"):
    """What a view lets through."""


class ViewCareCb(ViewPress, prefix="ve"):
    """A view itself: its name, who shares in it."""


class ViewNameCb(ViewPress, prefix="vr"):
    """Another name?"""


class ViewReplaceCb(ViewPress, prefix="vrf"):
    """Let it ask for what this filter does."""

    listing_id: Id


class ViewPinCb(ViewPress, prefix="vp"):
    """Into the menu, or out of it."""

    on: Id


class ViewShareCb(ViewPress, prefix="vh"):
    """Share it with a department (0: with nobody any more)."""

    department_id: Id


class ViewDropCb(ViewPress, prefix="vd"):
    """Shall it be deleted?"""


class ViewDropSureCb(ViewPress, prefix="vdx"):
    """Delete it."""
