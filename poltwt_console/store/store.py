"""The Store: one database, read by many, written by one."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from threading import RLock

from sqlalchemy import Connection, Engine, insert, select
from sqlalchemy.exc import DBAPIError

from poltwt_console.domain.changes import Changes
from poltwt_console.domain.edition import NOVEMBER_2013, Edition
from poltwt_console.errors import ConflictError
from poltwt_console.store import engine as engines
from poltwt_console.store import history, schema
from poltwt_console.store.history import Writer
from poltwt_console.store.tables import edition

#: One moment of the database, as ``Store.read`` gives it; handed to the questions of this package.
Snapshot = Connection


def utc_now() -> datetime:
    """The clock of the program; tests hand in another."""
    return datetime.now(UTC)


@dataclass
class Write:
    """A write that is under way: the writer, and afterwards its Changes."""

    writer: Writer
    counts: Mapping[str, int] = field(default_factory=dict)
    sentence: str = ""
    problems: tuple[str, ...] = ()
    changes: Changes = field(default_factory=lambda: Changes(""))


class Store:
    """The participant database.  Close it when done; a ``with`` block does."""

    def __init__(self, engine: Engine, name: str, *, clock: Callable[[], datetime], author: str) -> None:
        self._engine = engine
        self._one_writer = RLock()
        self.name = name
        self.clock = clock
        self.author = author

    @classmethod
    def open(
        cls, database: str | Path, *, clock: Callable[[], datetime] = utc_now, author: str | None = None
    ) -> Store:
        """Open or create the database at a path or URL and bring its schema up to date.

        StoreError when it cannot be opened, is damaged, or was made by a newer version.
        """
        url = engines.as_url(database)
        engine = engines.open_engine(url)
        try:
            schema.bring_up_to_date(url, engine)
            store = cls(engine, engines.shown(url), clock=clock, author=_user() if author is None else author)
            store._ensure_edition()
        except BaseException:
            engine.dispose()
            raise
        return store

    def close(self) -> None:
        """Give back every connection."""
        self._engine.dispose()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def read(self) -> AbstractContextManager[Snapshot]:
        """A connection that sees one moment of the database."""
        return engines.reading(self._engine)

    @contextmanager
    def write(
        self,
        label: str,
        verb: str,
        *,
        target_id: str | None = None,
        went_out: bool = False,
        continues: str | None = None,
    ) -> Iterator[Write]:
        """One Step: all that happens inside is committed with its history, or nothing is.

        ``label`` names it in the menu; a verb that knows better only at the end sets
        ``write.writer.label``.  ``went_out`` marks what can never be undone.  ``continues``
        is the id of a Step that commits in pieces (an import).
        """
        with self._one_writer, engines.writing(self._engine) as connection:
            write = Write(Writer(connection, self.clock(), self.author))
            yield write
            label = write.writer.label or label
            step_id = write.writer.save(
                label, verb, target_id=target_id, went_out=went_out, continues=continues
            )
        write.changes = Changes(
            label, step_id, write.writer.touched(), dict(write.counts), write.sentence, write.problems
        )

    def undo(self, step_id: str | None = None) -> Changes | None:
        """Undo that step, or the newest; None when there is nothing to undo."""
        with self.read() as connection:
            wanted = (
                history.next_undo(connection) if step_id is None else history.get_step(connection, step_id)
            )
        if wanted is None:
            return None
        if wanted.went_out or wanted.undone or wanted.verb in (history.UNDO, history.REDO):
            raise ConflictError(
                f"“{wanted.label}” cannot be undone.",
                "It went out, was undone already, or is an undo itself.",
            )
        label = f"Undo {_lower(wanted.label)}"
        with _contradicted(wanted.label), self.write(label, history.UNDO, target_id=wanted.id) as write:
            history.revert(write.writer, wanted)
        return write.changes

    def redo(self, step_id: str | None = None) -> Changes | None:
        """Apply again what was undone last, or that step; None when there is nothing."""
        with self.read() as connection:
            wanted = (
                history.next_redo(connection) if step_id is None else history.get_step(connection, step_id)
            )
        if wanted is None:
            return None
        label = f"Redo {_lower(wanted.label)}"
        with _contradicted(wanted.label), self.write(label, history.REDO, target_id=wanted.id) as write:
            history.apply_again(write.writer, wanted)
        return write.changes

    def _ensure_edition(self) -> None:
        with self.read() as connection:
            if connection.execute(select(edition.c.id).limit(1)).first():
                return
        with self._one_writer, engines.writing(self._engine) as connection:
            if not connection.execute(select(edition.c.id).limit(1)).first():  # nobody was quicker
                connection.execute(insert(edition).values(**_edition_row(NOVEMBER_2013)))


@contextmanager
def _contradicted(label: str) -> Iterator[None]:
    """Rows made since may rest on those that a step takes away, or hold a handle that it gives back."""
    try:
        yield
    except DBAPIError as error:
        if not engines.contradicts(error):
            raise
        raise ConflictError(
            f"“{label}” cannot be turned back or forth: later work rests on it.",
            "Undo the later changes first; nothing was overwritten.",
        ) from error


def _edition_row(value: Edition) -> dict[str, object]:
    return {
        "id": value.id,
        "title": value.title,
        "hashtag": value.hashtag,
        "day": value.day,
        "start_hour": value.start_hour,
        "hours": value.hours,
        "organiser_name": value.organiser_name,
        "organiser_email": value.organiser_email,
        "texts": {},
    }


def _lower(label: str) -> str:
    """ "Undo accept 3 registrations"; a label that starts with a name keeps its capital."""
    first, _, rest = label.partition(" ")
    return f"{first.lower()} {rest}" if first.istitle() else label


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's user without a name
        return "organiser"
