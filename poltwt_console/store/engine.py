"""The connection to the database: SQLite by default, PostgreSQL by URL.

What was decided, by measuring: WAL, so that a reader beside a busy writer waits
0.3 ms instead of 2.3 s; our own BEGIN, since pysqlite sends none for SELECT and DDL; BEGIN
IMMEDIATE for writers, since a transaction that reads first and writes later fails at once
whatever the timeout; foreign keys on.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, NoSuchModuleError

from poltwt_console.errors import StoreError

_TIMEOUT_SECONDS = 5
#: A piece of an import changes some 10 MB of pages: none of them is written twice.
_CACHE_KIB = 16 * 1024
_WRITES = "poltwt_writes"
# Any number will do; it names our lock among the advisory locks of a PostgreSQL database.
_POSTGRES_WRITER_LOCK = 20131101


def as_url(database: str | Path) -> URL:
    """The URL of a database given as a file or as a URL."""
    text = str(database)
    if "://" not in text:
        return URL.create("sqlite", database=str(Path(text).expanduser().resolve()))
    try:
        url = make_url(text)
    except ArgumentError as error:
        raise StoreError(
            "That is not the address of a database.", "Give a file, or postgresql://…"
        ) from error
    return url.set(drivername="postgresql+pg8000") if url.drivername == "postgresql" else url


def shown(url: URL) -> str:
    """The database's name for a title, a log or a report: never with its password."""
    if url.drivername.startswith("sqlite"):
        return Path(url.database or "").name
    return url.render_as_string(hide_password=True)


def open_engine(url: URL) -> Engine:
    """An engine for that URL; a new SQLite file is made readable by its owner only."""
    if not url.drivername.startswith("sqlite"):
        return _open_server(url)
    _make_private(Path(url.database or ""))
    engine = create_engine(url, connect_args={"timeout": _TIMEOUT_SECONDS})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _open_server(url: URL) -> Engine:
    try:
        engine = create_engine(url, pool_pre_ping=True)
    except (NoSuchModuleError, ModuleNotFoundError) as error:
        raise StoreError(
            f"The driver for {url.drivername} is not installed.",
            "Install poltwt-console with the extra [postgresql], or use a file.",
        ) from error

    @event.listens_for(engine, "begin")
    def _one_writer(connection: Connection) -> None:
        if connection.get_execution_options().get(_WRITES):
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_POSTGRES_WRITER_LOCK})")

    return engine


def _make_private(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise StoreError(
            f"The database {path.name} cannot be opened: {error.strerror}.",
            f"Check that {path.parent} is a folder you may write to.",
        ) from error


def _prepare(connection: sqlite3.Connection, record: Any) -> None:
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute(f"PRAGMA cache_size=-{_CACHE_KIB}")


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection that sees one moment of the database."""
    with translated(), engine.connect() as connection:
        if engine.dialect.name == "postgresql":  # its default would see a new moment with each statement
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        with connection.begin():
            yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """The one connection that may write; commits at the end, rolls back on any exception."""
    with (
        translated(),
        engine.connect().execution_options(**{_WRITES: True}) as connection,
        connection.begin(),
    ):
        yield connection


@contextmanager
def translated() -> Iterator[None]:
    """Tell the world's faults of a database in a sentence; ours pass through."""
    try:
        yield
    except DBAPIError as error:
        told = _tell(error.orig)
        if told is None:
            raise
        raise told from error
    except sqlite3.DatabaseError as error:
        told = _tell(error)
        if told is None:
            raise
        raise told from error


def contradicts(error: DBAPIError) -> bool:
    """Whether a change was refused since rows rest on others, or would double what is unique."""
    # pg8000 gives a plain error for a foreign key that fails at commit (class 23 of SQLSTATE).
    detail = error.orig.args[0] if error.orig is not None and error.orig.args else None
    state = detail.get("C", "") if isinstance(detail, dict) else ""
    return isinstance(error, IntegrityError) or str(state).startswith("23")


def _tell(error: BaseException | None) -> StoreError | None:
    text = str(error).lower()
    if "can't create a connection" in text or "connection refused" in text or "network error" in text:
        return StoreError(
            "The database server does not answer.", "Check its name and port, and that it runs."
        )
    if "password authentication failed" in text or "28p01" in text:
        return StoreError(
            "The database server refuses the name or password.", "Check both in the database URL."
        )
    if "not a database" in text or "malformed" in text:
        return StoreError(
            "The database file is damaged, or is not a database of poltwt console.",
            "Open a back-up of it, or choose another file.",
        )
    if "locked" in text:
        return StoreError(
            "Another program is writing to the database and did not finish within 5 seconds.",
            "Close it, then try again. Nothing was changed.",
        )
    if "readonly" in text or "read-only" in text:
        return StoreError(
            "The database may only be read.", "Check the file's permissions, or copy it elsewhere."
        )
    if "disk is full" in text or "disk i/o" in text:
        return StoreError(
            "The disk is full or failing; nothing was changed.", "Free some space, then try again."
        )
    if "unable to open" in text:
        return StoreError(
            "The database cannot be opened.", "Check that its folder exists and may be written to."
        )
    return None
