"""What deals and leads have in common for the rules of a pipeline, see `services.followup`."""

from sqlalchemy import Index, text

SILENT = text("silent_from IS NOT NULL")
TO_CALL_BACK = text("callback_from IS NOT NULL")


def follow_up_indexes(table: str) -> tuple[Index, Index]:
    """By them what is due of somebody is found by time; a row of which nothing is due is in neither."""
    return (
        Index(
            f"ix_{table}_silent_from",
            "owner_id",
            "silent_from",
            sqlite_where=SILENT,
            postgresql_where=SILENT,
        ),
        Index(
            f"ix_{table}_callback_from",
            "owner_id",
            "callback_from",
            sqlite_where=TO_CALL_BACK,
            postgresql_where=TO_CALL_BACK,
        ),
    )
