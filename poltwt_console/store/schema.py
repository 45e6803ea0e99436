"""The schema's version: checked cheaply at each start, migrated by Alembic when it is older.

A SQLite file says its version in ``PRAGMA user_version``, so that the usual start needs neither
Alembic (280 ms to import) nor a query through SQLAlchemy.  A migration runs with foreign keys
off (batch mode under keys deletes child rows silently), in one transaction of our own, after a
back-up, and ends with ``foreign_key_check``.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import URL
from sqlalchemy.pool import NullPool

from poltwt_console.errors import StoreError
from poltwt_console.store.engine import translated

if TYPE_CHECKING:
    from alembic.config import Config

#: The number of the newest migration (``migrations/versions``).
VERSION = 1
_MIGRATIONS = Path(__file__).with_name("migrations")


def bring_up_to_date(url: URL, engine: Engine) -> None:
    """Create or migrate the schema; StoreError if the database was made by a newer version."""
    if url.drivername.startswith("sqlite"):
        _bring_file_up_to_date(url, Path(url.database or ""))
    else:
        _bring_server_up_to_date(engine)


def _bring_file_up_to_date(url: URL, path: Path) -> None:
    with translated(), closing(sqlite3.connect(path)) as connection:
        found: int = connection.execute("PRAGMA user_version").fetchone()[0]
        tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if found == VERSION:
        return
    if found > VERSION:
        raise _newer(found)
    if found == 0 and tables:
        raise StoreError(
            f"{path.name} is a database of another program.", "Choose another file; this one was not touched."
        )
    if found:
        _back_up(path)
    _migrate_file(url)


def _newer(found: int) -> StoreError:
    return StoreError(
        f"This database is of a newer poltwt console (schema {found}, known here: {VERSION}).",
        "Install the newer version; the database was not touched.",
    )


def _back_up(path: Path) -> None:
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    target = path.with_name(f"{path.stem}.before-migration-{stamp}{path.suffix}")
    with closing(sqlite3.connect(path)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)
    target.chmod(0o600)


def _migrate_file(url: URL) -> None:
    engine = create_engine(url, poolclass=NullPool)

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, record: object) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA foreign_keys=OFF")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    with translated(), engine.connect() as connection, connection.begin():
        _upgrade(connection)
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise StoreError(
                "The database could not be brought up to date: some of its rows point to rows that are gone.",
                "It was not changed. Run `poltwt-console verify` on it, or open a back-up.",
            )
        connection.exec_driver_sql(f"PRAGMA user_version={VERSION}")
    engine.dispose()


def _bring_server_up_to_date(engine: Engine) -> None:
    with translated(), engine.connect() as connection, connection.begin():
        if inspect(connection).has_table("alembic_version"):
            found = int(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one())
            if found == VERSION:
                return
            if found > VERSION:
                raise _newer(found)
        _upgrade(connection)


def _upgrade(connection: Connection) -> None:
    from alembic import command

    config = alembic_config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def alembic_config() -> Config:
    """Alembic's configuration, made in code: there is no ini file to find."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    return config
