"""Who may do what with what: written by hand from the words of the specification, knowing no product code.

A deed that a table does not grant is denied: refused where its thing may be seen, and where it may not be
seen answered exactly as if there were no such thing. Strangers and people who left hear nothing at all.
A deed marked with `~` is neither granted nor harmful: whatever is answered, nothing may change by it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatchcase
from functools import cache

READERS = ("olga", "helen", "hugo", "anna", "victor", "fiona", "max", "eve", "leo")
"""Owner, head of Sales, head of Service, a manager of each, finance, marketing, a stranger, one who left."""
OUTSIDERS = frozenset({"eve", "leo"})
ROLES = {
    "olga": "owner",
    "helen": "head",
    "hugo": "head",
    "anna": "manager",
    "victor": "manager",
    "fiona": "finance",
    "max": "marketing",
    "eve": "outsider",
    "leo": "outsider",
}

# Whose a thing is, and how each reader stands to it. `sales` and `service`: nobody's, in that department;
# `typed`: nobody's, in Sales, typed in by Max. Anna, of Sales, works on the deals `shared` of Hugo, and Hugo,
# of Service, on the deals `lent` of Boris. Finance, marketing and outsiders stand to all of them alike.
RELATIONS = """
            olga   helen    hugo     anna        victor
  anna      all    headed   other    own         other
  boris     all    headed   other    colleague   other
  helen     all    own      other    colleague   other
  sales     all    headed   other    free        other
  typed     all    headed   other    free        other
  victor    all    other    headed   other       own
  service   all    other    headed   other       free
  shared    all    other    own      works       other
  lent      all    headed   works    colleague   other
"""

# role     relation     state
DEALS = """
  owner    all          open       plan ask digest_plan digest_ask see mute moves ~way to_open many_move return to_payment unpaid to_won paid_up why_lost lose many_lose sum sum_anyway title firms firm_words firm hire ~firm_off note tags tag tag_words many_tag answer crew bring ~part calls call put files open history tasks_of message heirs give many_give task payments ~unpay delete_ask delete
  owner    all          payment    plan ask digest_plan digest_ask see mute moves ~way to_open many_move return unpaid to_won paid_up why_lost lose many_lose sum sum_anyway title firms firm_words firm hire ~firm_off note tags tag tag_words many_tag answer crew bring ~part calls call put files open history tasks_of message heirs give many_give task pay ways day all anyway payments unpay delete_ask ~delete
  owner    all          won        see mute sum sum_anyway ~moves ~way returns return to_open many_move to_payment why_lost lose note tags tag tag_words many_tag answer crew ~bring ~part calls call put files open history tasks_of message ~heirs task pay ways day all anyway payments unpay away put_away ~out delete_ask ~delete
  owner    all          lost       see mute ~moves ~way returns return to_open many_move to_payment unpaid to_won paid_up note tags tag tag_words many_tag answer crew ~bring ~part calls call put files open history tasks_of message ~heirs task payments ~unpay away put_away ~out delete_ask delete
  head     own|headed   open       plan ask digest_plan digest_ask see mute moves ~way to_open many_move return to_payment unpaid to_won why_lost lose many_lose sum sum_anyway title firms firm_words firm hire ~firm_off note tags tag tag_words many_tag answer crew bring ~part calls call put files open history tasks_of message heirs give many_give task delete_ask delete
  head     own|headed   payment    plan ask digest_plan digest_ask see mute moves ~way to_open many_move return unpaid to_won why_lost lose many_lose sum sum_anyway title firms firm_words firm hire ~firm_off note tags tag tag_words many_tag answer crew bring ~part calls call put files open history tasks_of message heirs give many_give task delete_ask ~delete
  head     own|headed   won        see mute sum sum_anyway ~moves ~way returns return to_open many_move to_payment why_lost lose note tags tag tag_words many_tag answer crew ~bring ~part calls call put files open history tasks_of message ~heirs task away put_away ~out delete_ask ~delete
  head     own|headed   lost       see mute ~moves ~way returns return to_open many_move to_payment unpaid to_won note tags tag tag_words many_tag answer crew ~bring ~part calls call put files open history tasks_of message ~heirs task away put_away ~out delete_ask delete
  manager|head  own|works  open       see mute moves ~way to_open many_move return to_payment why_lost lose many_lose sum sum_anyway title firms firm_words firm hire ~firm_off note tags tag tag_words many_tag answer crew bring ~part calls call put files open history tasks_of message task
  manager|head  own|works  payment    see mute ~moves ~way sum sum_anyway title firms firm_words firm hire ~firm_off note tags tag tag_words many_tag answer crew bring ~part calls call put files open history tasks_of message task
  manager|head  own|works  won        see mute ~moves ~way note tags tag tag_words many_tag answer crew ~bring ~part calls call put files open history tasks_of message task
  manager|head  own|works  lost       see mute ~moves ~way returns return to_open many_move note tags tag tag_words many_tag answer crew ~bring ~part calls call put files open history tasks_of message task away put_away ~out
  finance  any          payment    see mute ~moves ~way pay ways day all anyway payments unpay
  finance  any          won        see mute ~moves ~way pay ways day all anyway payments unpay
  finance  any          lost       see mute ~moves ~way payments ~unpay
  owner    all          archived   see mute ~moves ~way returns return to_open to_payment note answer put files open history tasks_of message payments ~unpay out delete_ask delete
  head     own|headed   archived   see mute ~moves ~way returns return to_open to_payment note answer put files open history tasks_of message out delete_ask delete
  manager  own          archived   see mute ~moves ~way returns return to_open note answer put files open history tasks_of message out
  finance  any          archived   see mute ~moves ~way payments ~unpay
  owner|head|manager  all|own|headed|works  open|payment  chat find_chat topic
  owner|head|manager  all|own|headed|works  won|lost      chat find_chat ~topic
  owner|head|manager  all|own|headed|works  open|payment  sheet fill
  owner|head|manager  all|own|headed|works  won|lost|archived  sheet
  finance             any             payment|won|lost|archived  sheet
"""  # noqa: E501 - a table is read by its columns

LEADS = """
  owner     all          new        offer assign digest_offer digest_assign see history files take ~pass edit field source why reject words heirs give mine tags tag tag_words many_give many_tag many_reject delete_ask delete
  owner     all          taken      offer assign digest_offer digest_assign see history files ~take ~pass calls call note answer edit field source qualify bare another in way why reject words heirs give release task mine tags tag tag_words many_give many_tag many_reject delete_ask delete
  owner     all          qualified  see history files ~take ~pass ~calls delete_ask delete
  owner     all          rejected   see history files ~take ~pass ~calls restore delete_ask delete
  head      own|headed   new        offer assign digest_offer digest_assign see history files take ~pass edit field source why reject words heirs give mine tags tag tag_words many_give many_tag many_reject delete_ask delete
  head      own|headed   taken      offer assign digest_offer digest_assign see history files ~take ~pass calls call note answer edit field source qualify bare another in way why reject words heirs give release task mine tags tag tag_words many_give many_tag many_reject delete_ask delete
  head      own|headed   qualified  see history files ~take ~pass ~calls delete_ask delete
  head      own|headed   rejected   see history files ~take ~pass ~calls restore delete_ask delete
  manager   free         new        see history files take ~pass ~calls
  manager   own          taken      see history files ~take ~pass calls call note answer edit field source qualify bare another in way why reject words heirs give release task mine tags tag tag_words many_give many_tag many_reject
  manager   own          qualified  see history files ~take ~pass ~calls
  manager   own          rejected   see history files ~take ~pass ~calls restore
  manager   free         rejected   see history files ~take ~pass ~calls
  manager   colleague    *          ~take ~pass
  marketing typed        new        see edit field source why reject words
  marketing typed        rejected   see restore
  owner|head  all|own|headed  new|taken              sheet fill
  owner|head  all|own|headed  qualified|rejected     sheet
  manager     free            new|rejected           sheet
  manager     own             taken                  sheet fill
  manager     own             qualified|rejected     sheet
  marketing   typed           new                    sheet fill
  marketing   typed           rejected               sheet
"""  # noqa: E501 - a table is read by its columns

CONTACTS = """
  owner    all          *   see history unite unite_words unite_show unite_sure task touches files note answer calls call edit field type source tags tag tag_words many_tag many_give points point add drop label vcard firms words link hire ~unlink privacy agree agreed ~disagreed heirs give dossier dossier_files erase ~erased delete_ask ~delete
  head     own|headed   *   see history unite unite_words unite_show unite_sure task touches files note answer calls call edit field type source tags tag tag_words many_tag many_give points point add drop label vcard firms words link hire ~unlink privacy agree agreed ~disagreed heirs give delete_ask ~delete
  manager  own          *   see history unite unite_words unite_show unite_sure task touches files note answer calls call edit field type source tags tag tag_words many_tag points point add drop label vcard firms words link hire ~unlink privacy agree agreed ~disagreed
  owner|head|manager    all|own|headed   *   sheet fill chat find_chat unbind unbind_sure
  manager|head  works   *   see history touches vcard task sheet
"""  # noqa: E501 - a table is read by its columns

FIRMS = """
  owner    all          *   see history unite unite_words unite_show unite_sure task touches files note answer calls call people edit field type source tags tag tag_words many_tag many_give points add person heirs give delete_ask
  head     own|headed   *   see history unite unite_words unite_show unite_sure task touches files note answer calls call people edit field type source tags tag tag_words many_tag many_give points add person heirs give delete_ask
  manager  own          *   see history unite unite_words unite_show unite_sure task touches files note answer calls call people edit field type source tags tag tag_words many_tag points add person
  owner|head|manager    all|own|headed   *   sheet fill chat find_chat unbind unbind_sure
  owner|head  all|own|headed  known   delete
  owner|head  all|own|headed  buys    ~delete
  manager|head  works   *   see history touches people person task sheet
"""  # noqa: E501 - a table is read by its columns

# Tasks by their assignee, their author and how each reader stands to them. The last three are Victor's: the
# first is watched, and Anna has an item of the others, the one that the deeds are about or another one.
TASK_RELATIONS = """
            olga   helen    hugo    anna       victor  fiona  max
  anna      all    headed   other   own        other   other  other
  given     all    headed   other   assigned   other   other  other
  boris     all    headed   other   other      other   other  other
  beside    all    headed   other   deal       other   other  other
  helen     all    own      other   other      other   other  other
  victor    all    other    headed  other      own     other  other
  fiona     all    other    other   other      other   own    other
  max       all    headed   other   other      other   other  own
  watched   all    other    headed  watches    own     watches  other
  helped    all    other    headed  helps      own     other  other
  aided     all    other    headed  aids       own     other  other
"""

# A task of a deal leads on to the next one; `linked` tasks belong to an own deal of their assignee, and
# `personal` ones are their assignee's alone, whoever heads them; `client` ones belong to an own contact
# and come again and again; Helen has to accept the one that is `waiting`. The `beside` one is Boris's, of
# a deal of Anna's, who reads what is said of it.
TASKS = """
  owner|head        all|own|headed  open|linked|client|set|near overdue later digest_overdue digest_later see history items done tick when quick at month hours time text drop gone heirs give high aheads ahead snooze comment answer sure items_add item item_tick item_text item_drop series rule repeat item_heirs item_give files file_add watchers watch more_watchers
  manager           own             open|linked|client|near see history items done tick when quick at month hours time text drop gone high aheads ahead snooze comment answer sure items_add item item_tick item_text item_drop series rule repeat files file_add watchers watch more_watchers
  owner|head        all|own|headed  client       shift skip stop
  manager           own             client       shift skip stop
  owner|head        all|own|headed  linked|client more
  manager           own             linked|client more
  manager           deal            linked       see history items comment answer files file_add more
  owner|head        all|headed      set          checks
  manager           assigned        set          see history items done tick when quick at month hours time text ~drop high aheads ahead snooze comment answer sure items_add item item_tick item_text item_drop series rule repeat files file_add watchers watch
  finance|marketing own             open         see history items done tick when quick at month hours time text drop gone high aheads ahead snooze comment answer sure items_add item item_tick item_text item_drop series rule repeat files file_add watchers watch more_watchers
  head|manager      own             open         hide
  finance|marketing own             open         hide
  owner|head        own             personal     overdue later digest_overdue digest_later
  *                 own             personal     see history items done tick when quick at month hours time text drop gone high aheads ahead snooze comment answer show sure items_add item item_tick item_text item_drop series rule repeat files file_add
  owner|head        all|own|headed  done         ~overdue ~digest_overdue see history items reopen next more then drop gone comment answer ~when ~month ~hours ~heirs ~aheads ~item_heirs files file_add watchers watch more_watchers
  manager           own             done         see history items reopen next more then drop gone comment answer ~when ~month ~hours ~aheads files file_add watchers watch more_watchers
  owner|head        all|own|headed  waiting      ~overdue ~digest_overdue see history items text drop gone heirs give high comment answer items_add item item_text item_drop series rule repeat item_heirs item_give checks accept give_back files file_add watchers watch more_watchers ~when ~month ~hours ~aheads
  manager           assigned        waiting      see history items reopen text ~drop high comment answer items_add item item_text item_drop series rule repeat files file_add watchers watch ~when ~month ~hours ~aheads
  manager|finance   watches         near         see history items comment answer files file_add watchers ~watch
  manager           helps|aids      near         see history items comment answer files file_add watchers watch
  manager           helps           near         item_tick
"""  # noqa: E501 - a table is read by its columns

# What belongs to nobody's work: who may, name by name (`all`: everybody in the company).
OFFICE = """
  menu          -              all                         start menu help home anew helping cancel still
  own           -              all                         profile settings me language zones zone name typed_name typed_zone digests quiet quiet_set quiet_ask typed_quiet quiet_urgent
  own           -              all                         day today day_page day_all day_others task new_task typed_what typed_when left_task plain_task find finding typed_find more_found
  own           -              olga helen hugo anna victor max   lead new_lead plain_lead contact_lead draft fields draft_field draft_source typed_draft typed_field touch find_lead put_lead
  own           -              olga helen anna max         save_sales
  own           -              olga hugo victor max        save_service
  own           -              olga helen hugo anna victor   found_said
  own           -              olga helen hugo anna victor   leads list_free list_mine list_all place forwarded typed_where
  own           -              olga helen hugo anna victor   clients contact_list firm_list consent_text new_client typed_client typed_firm anyway
  own           -              helen anna                  ask
  own           -              olga hugo victor            ~ask
  own           -              olga helen hugo anna victor fiona   deals board board_of list archive adrift
  own           -              olga helen hugo anna victor fiona   filter filter_stage filter_ask filter_any filter_sum filter_days filter_days_typed listed views views_button keep select tick tick_all tick_none ~bulk_back
  own           -              olga helen hugo anna victor   filter_set bulk_ask bulk_plan ~bulk_tag filter_leads filter_clients filter_firms ~filter_score
  own           -              olga helen hugo anna victor  filter_field filter_field_full filter_field_empty filter_field_typed filter_field_set
  view          helen          olga helen anna             see open pin
  view          helen          olga helen                  rename replace unshare drop gone
  view          helen          olga                        share
  view          anna           anna                        see open pin rename replace ~unshare drop gone
  own           -              olga helen hugo             by_colleague
  own           -              helen hugo anna victor      shift my_shift my_word my_away typed_away my_heirs my_heir
  own           -              olga helen hugo             team_tasks board
  own           -              all                         news_list news_button
  own           -              olga helen hugo             news_typed news_write typed_news typed_other_news news_sure
  own           -              olga                        channel channel_choose typed_channel channel_won channel_drop channel_drop_sure
  news          helen          all                         see
  news          helen          olga helen                  edit drop drop_sure ~again
  news          olga           all                         see
  news          olga           olga                        edit drop drop_sure ~again
  own           -              olga helen hugo anna victor  plan plan_button
  department    Sales          olga helen anna             plan_of
  department    Sales          olga helen                  board_of board_column plan_ask plan_set plan_clear
  department    Service        olga hugo victor            plan_of
  department    Service        olga hugo                   board_of board_column plan_ask plan_set plan_clear
  own           -              olga helen hugo             report rep rep_anew people time picture periods type_period typed_period digest digest_now digest_of digest_people digest_sources digest_losses digest_conversion digest_list digest_file mail mail_ask mail_typed ~mail_code mail_forget digest_want late team team_button invite_menu invitations typed_nobody
  own           -              olga                        list_file import importing document company protect assigning assigning_set company_ask company_pick typed_company first first_pick first_done consent_write typed_consent department_new typed_department
  person        anna           olga helen                  tasks choose choose_one choose_all choose_heirs choose_heir give_plan give_tasks
  person        victor         olga hugo                   tasks choose choose_one choose_all choose_heirs choose_heir give_plan give_tasks
  person        fiona          olga                        tasks choose choose_one choose_all choose_heirs choose_heir give_plan give_tasks
  person        anna           olga helen                  watch watch_leads watch_today see deals_of deals_to deals_ask deals_give ~deals_back
  person        anna           olga                        history roles promote departments belong work heir remove share share_one share_done
  person        victor         olga hugo                   watch watch_leads watch_today see deals_of deals_to deals_ask deals_give ~deals_back
  person        victor         olga                        history roles promote departments belong work heir remove share share_one share_done
  person        fiona          olga                        see history roles promote departments belong work heir remove share share_one share_done
  person        anna           olga helen anna             shift_of shift_word shift_away shift_heirs shift_heir
  person        victor         olga hugo victor            shift_of shift_word shift_away shift_heirs shift_heir
  person        nora           olga helen                  see ask_in
  person        nora           olga                        history roles promote departments belong work heir remove share share_one share_done
  department    Sales          olga helen                  see invite choose bind take_chat chat_sure chat find_chat unbind unbind_sure
  department    Sales          olga helen                  history work_time hours_ask hours typed_hours zone_ask zone zone_back typed_zone holidays day_ask typed_day day_drop response response_ask response_set typed_response digest_post distribution share_ask typed_share share_set share_own taker weight
  department    Sales          olga                        rename typed_rename place typed_place invite_head
  department    Service        olga hugo                   see history invite choose bind chat find_chat unbind unbind_sure work_time hours_ask hours typed_hours zone_ask zone zone_back typed_zone holidays day_ask typed_day day_drop response response_ask response_set typed_response digest_post distribution share_ask typed_share share_set share_own taker weight
  department    Service        olga                        take_chat chat_sure rename typed_rename place typed_place invite_head
  loose         -              olga                        people_of_none invite_finance
  invitation    Sales          olga helen                  see revoke
  invitation    Service        olga hugo                   see revoke
  invitation    none           olga                        see revoke
  chat          -              olga helen hugo             leave
  own           -              olga helen hugo anna victor  bin
  own           -              all                         task_bin
  dropped       anna           olga helen anna             see restore
  dropped       fiona          olga fiona                  see restore
  binned        anna           olga helen anna             see
  binned        anna           olga helen                  restore
  binned        anna           olga                        destroy_ask destroy
  binned        victor         olga hugo victor            see
  binned        victor         olga hugo                   restore
  binned        victor         olga                        destroy_ask destroy
  own           -              olga helen hugo             pipe_chat pipe_find_chat pipe_unbind pipe_unbind_sure
  own           -              olga helen hugo anna victor  typed_chat
  own           -              olga helen hugo             follow_up follow_up_ask follow_up_set follow_up_off typed_follow_up norms norm_ask norm_set typed_norm
  own           -              olga helen hugo             pipeline_history field_history pipelines pipeline pipeline_new pipeline_after typed_pipeline typed_stages pipeline_name ~pipeline_lead stage stage_ask stage_set typed_stage stage_new stage_tasks typed_stage_task stage_autos stage_auto_ask ~stage_auto_way stage_auto_set ~stage_task ~typed_stage_task_anew ~stage_task_turn ~stage_task_drop stage_shift stage_drop stage_gone ~stage_undo ~stage_back loss_reasons loss_reason loss_part loss_lead loss_retire ~loss_offer typed_loss typed_loss_name
  own           -              olga helen hugo anna victor fiona   ~entry_typed
  own           -              olga helen hugo anna victor  ~made_sum ~made_typed
  own           -              olga helen hugo             rep_fields ~rep_field field_menu field_list field_new field_again field_kind field_listed field_ready field field_name field_options ~field_shift field_finance field_hide field_drop field_gone ~field_dropped ~field_back field_copy field_copy_set ~field_copy_new scoring score_show score_new score_when score_value score_any score_typed score_points ~score_rule ~score_drop
  own           -              all                         ~field_pick ~field_done ~field_clear ~field_file ~entry_pick ~entry_next ~made_pick ~made_next
  own           -              olga                        pipeline_away ~pipeline_heir ~pipeline_map ~pipeline_map_set ~pipeline_gone ~pipeline_undo ~pipeline_back
  own           -              olga helen hugo             now now_button now_places now_free now_adrift now_late now_orphans
  own           -              olga                        company_history inflow new_source new_key key_use typed_way way_department
  source        site           olga                        see history sites typed_sites pipeline_ask pipeline close_ask close ~closed ~open
  key           shop           olga                        see pipeline_ask pipeline revoke_ask revoke
  batch         ready          olga                        see place into pipeline fills dates columns column means owns own start stop ~undo_ask
  batch         done           olga                        see ~place ~columns ~column ~owns undo_ask undo failed
"""  # noqa: E501 - a table is read by its columns

# What is said in the topic of a deal of Boris', where others read along: who may say what there.
WORDS = """
  owner|head   all|headed   open|payment   said note task who stage
  finance      any          payment        who
"""

# When somebody edits a message of theirs, its note follows if they may still do this with the thing.
EDITS = """
  deal      note
  lead      answer
  contact   answer
  firm      answer
  task      answer
"""

# Ways in that no button leads to: what invitations, keys and the command line are good for, and for whom.
GATES = """
  link      open       eve leo     join
  link      revoked    -           join
  link      invented   -           join
  program   lead       reads looks fills   state
  program   new        writes      bring
  program   card       looks fills look
  program   card       fills       fill
  command   -          olga        export
"""
KEYS = ("reads", "writes", "looks", "fills")
"""Programs, by what their keys were made for."""
CARDS = ("lead", "contact", "firm", "deal")
TAKES_CHANGES = frozenset({"open", "payment", "new", "taken", "known", "buys"})
"""The states in which a card of these is changed, whoever asks."""


# After a move of somebody's, who may take it back: only its author, and only with the right to the way back.
UNDO = """
  anna    anna    open     to_open     anna
  anna    anna    open     to_payment  -
  helen   anna    open     to_payment  helen
  anna    anna    open     lose        anna
  anna    anna    lost     to_open     anna
  anna    anna    lost     return      anna
  helen   anna    open     to_won      helen
  helen   anna    payment  to_won      helen
  helen   helen   payment  lose        helen
  hugo    victor  payment  to_open     hugo
  olga    sales   payment  to_won      olga
  olga    victor  open     lose        olga
"""


class Surface(StrEnum):
    """How somebody reaches for a thing."""

    PRESS = "press"
    """A callback that no button offered, forged by hand."""
    TYPED = "typed"
    """An answer to a form that is open from better days, when one still had the right."""
    CARD = "card"
    """The buttons and the words of the card."""
    LIST = "list"
    SEARCH = "search"
    INLINE = "inline"
    """`@bot words` in any chat, where strangers read along."""
    NOTICE = "notice"
    """A queued message, drawn when it is sent."""
    GROUP = "group"
    """A press in a team chat."""
    TOPIC = "topic"
    """Words in the topic of a deal."""
    EDIT = "edit"
    """A message that is edited after it has become a note."""
    LINK = "link"
    """An invitation's link."""
    HTTP = "http"
    """A program's request with a key."""
    COMMAND = "command"
    """What only the command line offers."""


class Verdict(StrEnum):
    """What comes of it."""

    DO = "it works"
    NO = "it is refused"
    HIDE = "there is no such thing"
    SILENCE = "nothing is said"
    HARMLESS = "nothing changes"


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing of the company, by whose it is and how it stands."""

    subject: str
    whose: str
    state: str

    def __str__(self) -> str:
        return f"{self.subject}/{self.whose}/{self.state}"


@dataclass(frozen=True, slots=True)
class Cell:
    """One expectation."""

    reader: str
    thing: Thing
    deed: str
    surface: Surface
    verdict: Verdict

    def __str__(self) -> str:
        return f"{self.reader} {self.deed} {self.thing} by {self.surface}: {self.verdict}"


def rows(table: str) -> list[list[str]]:
    """The words of a table, line by line."""
    return [line.split() for line in table.strip().splitlines()]


_OWNERS = ("anna", "boris", "helen", "sales", "victor")
_KINDS = ("open", "payment", "won", "lost", "archived")
SHARED = ("shared", "lent")
"""Whose deals somebody else works on, too."""
JOINT = ("watched", "helped", "aided")
"""Whose tasks concern somebody else, too."""
NEAR = frozenset({"works", "watches", "helps", "aids"})
"""How one stands to what is another's, and is one's concern all the same."""

THINGS: tuple[Thing, ...] = (
    *(Thing("deal", owner, kind) for owner in _OWNERS for kind in _KINDS),
    *(Thing("deal", "shared", kind) for kind in ("open", "payment", "won")),
    *(Thing("deal", "lent", kind) for kind in ("open", "payment")),
    *(Thing("contact", owner, "known") for owner in (*_OWNERS, *SHARED)),
    *(Thing("firm", owner, "known") for owner in _OWNERS),
    *(Thing("firm", owner, "buys") for owner in SHARED),
    *(Thing("lead", owner, "new") for owner in ("sales", "service", "typed")),
    *(Thing("lead", owner, "taken") for owner in ("anna", "boris", "helen", "victor")),
    *(Thing("lead", owner, "qualified") for owner in ("anna", "boris", "victor")),
    *(Thing("lead", owner, "rejected") for owner in ("anna", "boris", "victor")),
    Thing("lead", "typed", "rejected"),
    *(
        Thing("task", row[0], "open")
        for row in rows(TASK_RELATIONS)[1:]
        if row[0] not in ("given", "beside", *JOINT)
    ),
    Thing("task", "given", "set"),
    Thing("task", "beside", "linked"),
    *(Thing("task", owner, state) for owner in ("anna", "victor") for state in ("linked", "done")),
    *(Thing("task", owner, "client") for owner in ("anna", "victor")),
    Thing("task", "given", "waiting"),
    *(Thing("task", owner, "personal") for owner in ("anna", "helen", "max")),
    *(Thing("task", whose, "near") for whose in JOINT),
)
OFFICE_THINGS: tuple[Thing, ...] = tuple(
    dict.fromkeys(Thing(row[0], row[1], "office") for row in rows(OFFICE))
)
_TABLES = {"deal": DEALS, "lead": LEADS, "contact": CONTACTS, "firm": FIRMS, "task": TASKS}


@cache
def relation(reader: str, thing: Thing) -> str:
    """How somebody stands to a thing."""
    table = rows(TASK_RELATIONS if thing.subject == "task" else RELATIONS)
    if reader == "max" and thing.whose == "typed":
        return "typed"
    if reader not in table[0]:
        return "any"
    line = next(row for row in table[1:] if row[0] == thing.whose)
    return line[1 + table[0].index(reader)]


@cache
def granted(reader: str, thing: Thing) -> frozenset[str]:
    """The deeds that somebody may do with a thing; harmless ones with their mark."""
    if thing.state == "office":
        return frozenset(_office(reader, thing))
    facts = (ROLES[reader], relation(reader, thing), thing.state)
    deeds: set[str] = set()
    for row in rows(_TABLES[thing.subject]):
        if all(_fits(fact, pattern) for fact, pattern in zip(facts, row[:3], strict=True)):
            deeds.update(row[3:])
    return frozenset(deeds)


def verdict(reader: str, thing: Thing, deed: str) -> Verdict:
    """What comes of a deed."""
    if reader in OUTSIDERS:
        return Verdict.SILENCE
    may = granted(reader, thing)
    if deed in may:
        return Verdict.DO
    if f"~{deed}" in may:
        return Verdict.HARMLESS
    return Verdict.NO if "see" in may or thing.whose == "-" else Verdict.HIDE


def may_say(reader: str, thing: Thing) -> frozenset[str]:
    """What somebody may say in the topic of a deal."""
    facts = (ROLES[reader], relation(reader, thing), thing.state)
    return frozenset(
        word
        for row in rows(WORDS)
        if all(_fits(fact, pattern) for fact, pattern in zip(facts, row[:3], strict=True))
        for word in row[3:]
    )


@cache
def deeds(subject: str) -> tuple[str, ...]:
    """All deeds that the tables know for a subject, in the order of their first mention."""
    if subject in _TABLES:
        found = (word for row in rows(_TABLES[subject]) for word in row[3:])
    else:
        found = (word for row in rows(OFFICE) if row[0] == subject for word in row[2:] if word not in _PEOPLE)
    return tuple(dict.fromkeys(word.removeprefix("~") for word in found))


_PEOPLE = frozenset({*READERS, "all"})


def _office(reader: str, thing: Thing) -> Iterator[str]:
    for row in rows(OFFICE):
        people = {word for word in row[2:] if word in _PEOPLE}
        if row[:2] == [thing.subject, thing.whose] and people & {reader, "all"}:
            yield from (word for word in row[2:] if word not in _PEOPLE)


def _fits(fact: str, pattern: str) -> bool:
    return any(fnmatchcase(fact, one) for one in pattern.split("|"))
