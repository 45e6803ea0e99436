"""Batches: one import each, with its counts and a line for every mail that did not come in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from poltwt_console.store.history import Step, Writer
from poltwt_console.store.tables import batch, batch_note, message, step, step_row


@dataclass(frozen=True, slots=True)
class Batch:
    """One import."""

    id: str
    edition_id: str
    source: str
    paths: tuple[str, ...]
    state: str  # running, finished, cancelled
    started_at: datetime
    finished_at: datetime | None
    new: int
    known: int
    unreadable: int


@dataclass(frozen=True, slots=True)
class BatchNote:
    """A mail that did not come in: already known, or unreadable, with the reason."""

    kind: str
    origin: str
    sentence: str
    message_id: str | None = None


def add_batch(writer: Writer, edition_id: str, source: str, paths: Sequence[str]) -> str:
    """Begin a batch; returns its id."""
    [batch_id] = writer.insert(
        batch,
        [
            {
                "edition_id": edition_id,
                "source": source,
                "paths": list(paths),
                "state": "running",
                "started_at": writer.now,
                "finished_at": None,
                "new": 0,
                "known": 0,
                "unreadable": 0,
            }
        ],
    )
    return batch_id


def count_batch(writer: Writer, batch_id: str, notes: Sequence[BatchNote], new: int, state: str) -> None:
    """Add to a batch's counts, with a line for each mail that did not come in."""
    row = writer.get(batch, batch_id)
    writer.insert(
        batch_note,
        [
            {
                "batch_id": batch_id,
                "kind": n.kind,
                "origin": n.origin,
                "sentence": n.sentence,
                "message_id": n.message_id,
            }
            for n in notes
        ],
    )
    writer.update(
        batch,
        batch_id,
        {
            "new": row["new"] + new,
            "known": row["known"] + sum(n.kind == "known" for n in notes),
            "unreadable": row["unreadable"] + sum(n.kind == "unreadable" for n in notes),
            "state": state,
            "finished_at": None if state == "running" else writer.now,
        },
    )


def _load(row: Any) -> Batch:
    values = {k: v for k, v in row.items() if k != "row_version"}
    return Batch(**{**values, "paths": tuple(values["paths"])})


def get_batch(connection: Connection, batch_id: str) -> Batch:
    """KeyError if there is none."""
    row = connection.execute(select(batch).where(batch.c.id == batch_id)).mappings().one_or_none()
    if row is None:
        raise KeyError(batch_id)
    return _load(row)


def list_batches(connection: Connection) -> list[Batch]:
    """The newest first."""
    return [
        _load(row) for row in connection.execute(select(batch).order_by(batch.c.started_at.desc())).mappings()
    ]


def unfinished_batches(connection: Connection) -> list[Batch]:
    """Imports that a kill or a crash cut short; they can go on."""
    return [b for b in list_batches(connection) if b.state == "running"]


def notes_of(connection: Connection, batch_id: str) -> list[BatchNote]:
    """The mails of a batch that did not come in."""
    rows = connection.execute(
        select(batch_note.c.kind, batch_note.c.origin, batch_note.c.sentence, batch_note.c.message_id).where(
            batch_note.c.batch_id == batch_id
        )
    )
    return [BatchNote(*row) for row in rows]


def step_of_batch(connection: Connection, batch_id: str) -> Step | None:
    """The step that imported it, if it still stands."""
    row = (
        connection.execute(
            select(step)
            .join(step_row, step_row.c.step_id == step.c.id)
            .where(step_row.c.row_id == batch_id, step.c.verb == "import_mail", step.c.undone.is_(False))
            .limit(1)
        )
        .mappings()
        .one_or_none()
    )
    return None if row is None else Step(**row)


def messages_of(connection: Connection, batch_id: str) -> list[str]:
    """The ids of the messages that came with it."""
    return list(connection.execute(select(message.c.id).where(message.c.batch_id == batch_id)).scalars())
