"""What a message that goes out by itself can be about, and how much it may disturb."""

from enum import StrEnum


class NoticeKind(StrEnum):
    """What a row says; each kind has one renderer in `handlers/notices.py`."""

    CARD = "card"
    """The card of `params.subject`/`params.id`: edited in place where it stands, else sent."""
    REFRESH = "refresh"
    """The same, but only where it stands already."""
    TASK_AHEAD = "task_ahead"
    TASK_DUE = "task_due"
    TASKS_MISSED = "tasks_missed"
    TASK_GIVEN = "task_given"
    TASK_COMMENTED = "task_commented"
    TASK_NEWS = "task_news"
    """Something has changed about a task that you do, have set or watch."""
    TASK_GONE = "task_gone"
    """A task is yours no more: somebody else has it, or it was deleted."""
    TASKS_GONE = "tasks_gone"
    """Tasks are yours no more: somebody has given them to others at once, or taken that back."""
    TASK_LATE = "task_late"
    """What you have set for somebody else is late by a day."""
    TASK_ITEM_GIVEN = "task_item_given"
    """An item of a checklist is yours to do."""
    TASK_ITEM_DONE = "task_item_done"
    """Somebody else has done an item of your task."""
    LEAD_GIVEN = "lead_given"
    HANDED_ON = "handed_on"
    """To whoever had a lead or a deal: somebody else has given it to a colleague."""
    LEAD_OFFER = "lead_offer"
    """It is your turn to take this lead, for some minutes."""
    LEAD_ASSIGNED = "lead_assigned"
    """It was your turn to get this lead."""
    LEADS_WAIT = "leads_wait"
    """To the head: nobody is free to take these."""
    LEAD_LATE = "lead_late"
    """It is your turn to answer this lead, and time passes."""
    LEADS_LATE = "leads_late"
    LEAD_PASSED = "lead_passed"
    """A lead that somebody else has not answered is yours now."""
    LEAD_ALARM = "lead_alarm"
    """To the head and the team chat: nobody answers this lead."""
    CLIENT_TOUCHED = "client_touched"
    CLIENT_GIVEN = "client_given"
    CLIENT_ASKED = "client_asked"
    """A colleague has come upon this client, and asks whose they are to be."""
    DIGEST = "digest"
    """The day or the week, to a head or into a team chat."""
    DIGEST_FILE = "digest_file"
    """The figures of the week for a spreadsheet, to a head."""
    MAIL_FAILED = "mail_failed"
    """A mail was refused for good by the mail server of its reader."""
    MORNING = "morning"
    """What waits for somebody today."""
    FOLLOW_UP = "follow_up"
    """Whom somebody is to call today, and whose birthday it is."""
    DEAL_GIVEN = "deal_given"
    DEAL_SHARED = "deal_shared"
    DEAL_COMMENTED = "deal_commented"
    DEAL_WON = "deal_won"
    DEAL_RULED = "deal_ruled"
    """A rule of its stage has moved your deal, or would have if it did not lack something."""
    DEALS_CHANGED = "deals_changed"
    """What somebody has done with many deals at once, as far as it is the reader's business."""
    PAYMENT_AWAITED = "payment_awaited"
    PAYMENT_CAME = "payment_came"
    PAYMENT_GONE = "payment_gone"
    SUM_CHANGED = "sum_changed"
    """Somebody else has changed how much is awaited."""
    PERSON_JOINED = "person_joined"
    ROLE_CHANGED = "role_changed"
    WORK_GIVEN = "work_given"
    WORK_BACK = "work_back"
    ACCESS_ENDED = "access_ended"
    CARD_WITHDRAWN = "card_withdrawn"
    """Takes the place of the card of `params.subject`/`params.id` before somebody who has left."""
    CHAT_LOST = "chat_lost"
    CHAT_UNHEARD = "chat_unheard"
    """We are no admin any more in the group of something of the reader's."""
    CHAT_PARTED = "chat_parted"
    """Into the group of a client that was united with another one, who has a group already."""
    NEWS_LOST = "news_lost"
    """Nothing can be told in the channel of the company's news any more."""
    DEAL_TOLD = "deal_told"
    """Into that channel: somebody has won a deal."""
    TOPIC = "topic"
    """No message: the topic of a deal is brought up to date, see `bot.sender.topics`."""
    TOPIC_MOVED = "topic_moved"
    PASSING = "passing"
    """No message: `params.message` has told where to look, and is taken away."""
    IMPORT_FAILED_ROWS = "import_failed_rows"
    AWAY = "away"
    """What gathered in somebody's quiet time, in one message."""


ONLY_IN_PLACE = frozenset({NoticeKind.REFRESH, NoticeKind.CARD_WITHDRAWN})
"""What is drawn where the card stands, and nowhere else."""
AT_ONCE = ONLY_IN_PLACE | {NoticeKind.AWAY, NoticeKind.ACCESS_ENDED, NoticeKind.IMPORT_FAILED_ROWS}
"""Quiet hours keep neither answers to one's own deeds back nor changes of what stands already."""
SOFTLY = frozenset({NoticeKind.DIGEST, NoticeKind.DIGEST_FILE})
"""What comes at its hour all the same, without a sound."""
NEWS = frozenset(
    {
        *(NoticeKind.DEAL_COMMENTED, NoticeKind.DEAL_WON, NoticeKind.CLIENT_TOUCHED),
        *(NoticeKind.PAYMENT_AWAITED, NoticeKind.PAYMENT_CAME, NoticeKind.PAYMENT_GONE),
        NoticeKind.SUM_CHANGED,
    }
)
"""What does not come of a deal that was muted."""
URGENT = frozenset(
    {
        *(NoticeKind.LEAD_ASSIGNED, NoticeKind.LEADS_WAIT, NoticeKind.LEAD_PASSED, NoticeKind.LEAD_ALARM),
        *(NoticeKind.LEAD_LATE, NoticeKind.LEADS_LATE, NoticeKind.LEAD_OFFER),
        *(NoticeKind.TASK_AHEAD, NoticeKind.TASK_DUE, NoticeKind.TASKS_MISSED),
    }
)
"""What breaks through where the reader allows it."""
