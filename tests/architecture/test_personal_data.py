"""No table is added without a word on what becomes of it when somebody's data is erased."""

from db.base import Base
from db.repositories import erasure, leavings

ERASED = frozenset(
    {
        *("contact", "contact_point", "consent", "client_merge", "lead", "inquiry", "deal"),
        *("note", "note_source", "note_file", "note_version", "task", "task_item", "task_series", "call"),
        *("bin", "event", "import_row", "form", "inbox", "field_value", "field_word", "search_word"),
    }
)
"""What `services.privacy.erasing` clears; its own test looks for a client in every table there is."""
NOBODYS = {
    **dict.fromkeys(
        ("workspace", "department", "special_day", "membership", "invite", "person", "mailbox", "beat"),
        "the company's own people and settings",
    ),
    **dict.fromkeys(
        (
            "pipeline",
            "stage",
            "loss_reason",
            "pipeline_way",
            "pipeline_share",
            "sales_plan",
            "consent_text",
            "news_channel",
            "news_post",
            "custom_field",
            "tag",
        ),
        "the company's own rules and words",
    ),
    **dict.fromkeys(("form_source", "api_key", "import_batch"), "ways in, in the company's own words"),
    **dict.fromkeys(
        (
            "outbox",
            "mail",
            "timer",
            "card",
            "mute",
            "team_chat",
            "deal_topic",
            "deal_helper",
            "deal_tag",
            "lead_tag",
            "contact_tag",
            "company_tag",
            "seal",
        ),
        "numbers of rows and of chats; texts are drawn when they are sent, a topic's name follows its deal",
    ),
    "company": "an organisation: the law knows no personal data of one",
    "payment": "a sum and a day, for the books",
    "view": "a filter and its name",
    "listing": "a filter that a button stands for",
    **dict.fromkeys(("view_pin", "task_watcher", "unsealed", "import_fill"), "numbers of rows"),
}


def test_every_table_is_erased_from_or_holds_nobodys_data() -> None:
    assert set(Base.metadata.tables) == ERASED | NOBODYS.keys()
    assert not ERASED & NOBODYS.keys()


def test_what_is_erased_is_named_where_it_is_done() -> None:
    # The bin by `uow.bin.forget_client`, words by `uow.words.keep` at the end of the transaction.
    cascades = {"contact_point", "consent", "bin", "search_word"}
    done = {getattr(value, "__tablename__", None) for value in (vars(erasure) | vars(leavings)).values()}
    assert done >= ERASED - cascades
