"""Batches: one import each, with its counts and a line for every mail that did not come in."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from poltwt_console.store.history import Step, Writer
from poltwt_console.store.messages import UNREAD
from poltwt_console.store.tables import batch, batch_note, message, step, step_row


@dataclass(frozen=True, slots=True)
class Batch:
    """One import."""

    id: str
    edition_id: str
    source: str
    paths: tuple[str, ...]
    state: str  # running, finished, cancelled
    owner: str
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
                "owner": _this_process(),
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
            "owner": _this_process() if state == "running" else "",
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
    """Imports that a kill or a crash cut short, or that have mails which are not read yet; they can go on.

    One that another process is busy with is left out.
    """
    unread = unread_counts(connection)
    return [
        b
        for b in list_batches(connection)
        if (b.state == "running" or b.id in unread) and not _is_busy(b.owner)
    ]


def resumable_batches(connection: Connection) -> list[Batch]:
    """Those unfinished that can go on by themselves: from their files, or by reading what is stored."""
    unread = unread_counts(connection)
    return [b for b in unfinished_batches(connection) if b.paths or b.id in unread]


def unread_counts(connection: Connection) -> dict[str, int]:
    """How many mails of each import are stored and not read yet; imports without any are left out."""
    rows = connection.execute(
        select(message.c.batch_id, func.count())
        .where(message.c.state == UNREAD, message.c.batch_id.is_not(None))
        .group_by(message.c.batch_id)
    )
    return {row[0]: int(row[1]) for row in rows}


def _this_process() -> str:
    return f"{platform.node()}:{os.getpid()}"


def _is_busy(owner: str) -> bool:
    """Whether another living process of this machine runs the import; of another machine we cannot say."""
    host, _, process = owner.rpartition(":")
    if owner == _this_process() or host != platform.node() or not process.isdecimal():
        return False
    if sys.platform == "win32":  # signal 0 would end the process there
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # it lives, and is somebody else's
        return True
    return True


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
