"""A long run that commits in pieces as one Step, can be stopped between two, and goes on when run again."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from poltwt_console.store import Store
from poltwt_console.store.store import Write

_REST_S = 0.12  # who waits for SQLite looks again every 0.1 s (sqliteDefaultBusyCallback)


class InPieces:
    """One Step in pieces: ``with run.piece() as write`` for each, then ``run.touched``."""

    def __init__(self, store: Store, label: str, verb: str, step_id: str | None = None) -> None:
        self.store, self.label, self.verb = store, label, verb
        self.step_id = step_id
        self.touched: dict[str, tuple[str, ...]] = {}

    @contextmanager
    def piece(self, label: str = "") -> Iterator[Write]:
        """One piece: committed with its history, or not at all."""
        with self.store.write(label or self.label, self.verb, continues=self.step_id) as write:
            yield write
        # A piece that may not join the Step (a newer one touched its rows) began another.
        self.step_id = write.changes.step_id or self.step_id
        for table, ids in write.changes.touched.items():
            self.touched[table] = self.touched.get(table, ()) + ids

    def rest(self) -> None:
        """Leave the database to whoever waits to write; for pieces that follow each other at once."""
        time.sleep(_REST_S)
