"""Whatever hangs on a deal, a lead, a contact or a company is known to the bin."""

from sqlalchemy import JSON, Boolean, Date, Integer, String, Table

from db.base import Base, TelegramName, UtcDateTime
from db.repositories.bundles import parent
from db.ties import ALONG, BY_NAME, FOLLOWING, LOOSE, PASSING, SUBJECTS

TABLES = Base.metadata.tables
GOING = {*SUBJECTS.values(), *ALONG}
STAYING = {
    "card": "the cards are told, and show that it was deleted",
    "event": "the history is kept for ever",
    "bin": "it is the bin itself",
    "import_fill": "by its version a client that has come back is known as unchanged, and emptied again",
    "search_word": "made of the subject's own row, whenever that goes or comes",
}
"""Tables that know a subject by its name and number and do not go along with it."""


def ties(table: Table) -> set[str]:
    return {column.name for column in table.c if column.foreign_keys and parent(column) in GOING}


def test_every_foreign_key_to_what_may_be_deleted_is_in_the_mapping() -> None:
    """A new table: say in `db/ties.py` whether its rows go along, or stay and let go."""
    found = {table.name: ties(table) for table in Base.metadata.sorted_tables if ties(table)}
    told = {name: {*ALONG.get(name, ()), *LOOSE.get(name, ())} for name in {*ALONG, *LOOSE}}
    assert found == told


def test_every_table_that_names_a_subject_without_a_foreign_key_is_in_the_mapping() -> None:
    found = {table.name for table in Base.metadata.sorted_tables if "subject_id" in table.c}
    assert found == {*BY_NAME, *FOLLOWING, *STAYING}


def test_what_lets_go_can() -> None:
    assert [f"{name}.{one}" for name, columns in LOOSE.items() for one in columns
            if not TABLES[name].c[one].nullable] == []  # fmt: skip


def test_no_number_of_what_may_come_back_is_given_out_again() -> None:
    names = {name for name in GOING - PASSING if "id" in TABLES[name].c}
    assert {name for name in names if not TABLES[name].dialect_options["sqlite"]["autoincrement"]} == set()


def test_what_is_kept_can_be_written_as_json_and_read_again() -> None:
    known = (Integer, String, Boolean, JSON, Date, UtcDateTime, TelegramName)
    going = {*GOING, *BY_NAME, *FOLLOWING}
    columns = [column for name in sorted(going) for column in TABLES[name].c]
    assert [str(column) for column in columns if not isinstance(column.type, known)] == []
