"""What stands in a database, table by table: to see that nothing has changed, and to put it back."""

import sqlite3
from pathlib import Path
from typing import Any, Protocol

import psycopg
from psycopg import sql
from sqlalchemy.engine import make_url

from db.models import Person

BOOKKEEPING = frozenset({"inbox", "beat", "unsealed"})
"""Of the update, or of the event itself; never put back."""
PASSING = frozenset({"form", "card", "listing", "search_word"})
"""What a person has on the screen, and what is made of other rows; put back, but no deed of its own."""
TABLES = [table.name for table in Person.metadata.sorted_tables if table.name not in BOOKKEEPING]

GUARDS = "SELECT name FROM sqlite_master WHERE type = 'trigger'"

Pages = dict[str, Any]


class Book(Protocol):
    """Reads and writes whole tables, beside the program and without its models."""

    def read(self) -> Pages:
        """All tables."""
        ...

    def write(self, pages: Pages) -> None:
        """Replace these tables."""
        ...

    def close(self) -> None:
        """Let go of the database."""
        ...


class SqliteBook:
    """The tables of a file."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        for (trigger,) in self._connection.execute(GUARDS).fetchall():  # the history is put back, too
            self._connection.execute(f"DROP TRIGGER {trigger}")
        self._pages: Pages = {}
        self._version: int | None = None

    def read(self) -> Pages:
        """All tables as rows."""
        run = self._connection.execute
        (version,) = run("PRAGMA data_version").fetchone()  # of what others have written
        if version != self._version:
            self._pages = {table: run(f"SELECT * FROM {table} ORDER BY 1").fetchall() for table in TABLES}
            self._version = version
        return self._pages

    def write(self, pages: Pages) -> None:
        """Foreign keys are off on this connection, so the order does not matter."""
        run = self._connection
        run.execute("BEGIN IMMEDIATE")
        for table, page in pages.items():
            run.execute(f"DELETE FROM {table}")
            if page:
                run.executemany(f"INSERT INTO {table} VALUES ({','.join('?' * len(page[0]))})", page)
        run.execute("COMMIT")
        self._version = None

    def close(self) -> None:
        self._connection.close()


class PostgresBook:
    """The tables of a server's database, as COPY writes them."""

    def __init__(self, url: str) -> None:
        plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
        self._connection = psycopg.connect(plain, autocommit=True)
        self._connection.execute("ALTER TABLE stage DISABLE TRIGGER USER")  # an edition is never the same
        self._connection.execute("SET session_replication_role = replica")  # no foreign keys, no guards

    def read(self) -> Pages:
        """All tables as sorted lines."""
        return {table: self._lines(table) for table in TABLES}

    def write(self, pages: Pages) -> None:
        """In one transaction."""
        with self._connection.transaction(), self._connection.cursor() as cursor:
            for table, lines in pages.items():
                cursor.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
                with cursor.copy(sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(table))) as copy:
                    copy.write(b"".join(lines))

    def close(self) -> None:
        self._connection.close()

    def _lines(self, table: str) -> list[bytes]:
        query = sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(table))
        with self._connection.cursor() as cursor, cursor.copy(query) as copy:
            return sorted(b"".join(bytes(part) for part in copy).splitlines(keepends=True))


class Ledger:
    """A book with a marked place to come back to."""

    def __init__(self, url: str) -> None:
        parsed = make_url(url)
        sqlite = parsed.get_backend_name() == "sqlite"
        self._book: Book = SqliteBook(Path(parsed.database or "")) if sqlite else PostgresBook(url)
        self.start = self._book.read()

    def read(self) -> Pages:
        """How everything stands now."""
        return self._book.read()

    def changed(self, since: Pages | None = None) -> dict[str, int]:
        """The tables of the company's business that differ from before, with how many rows came or went."""
        before, pages = since or self.start, self._book.read()
        return {
            table: len(page) - len(before[table])
            for table, page in pages.items()
            if table not in PASSING and page != before[table]
        }

    def restore(self) -> None:
        """Back to the start."""
        pages = self._book.read()
        moved = {table: self.start[table] for table in TABLES if pages[table] != self.start[table]}
        if moved:
            self._book.write(moved)

    def close(self) -> None:
        """Let go of the database."""
        self._book.close()
