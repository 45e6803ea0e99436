"""Tables that were not understood, as the window shows and maps them; in a worker."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from poltwt_console.domain.changes import Changes, Progress
    from poltwt_console.gui.desk import Desk
    from poltwt_console.workflow.mapping import TableView


@dataclass(frozen=True, slots=True)
class TableAnswer:
    """A table that waits, and what its columns seem to hold."""

    message_id: str
    table: TableView
    guess: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class TableWish:
    """What a person says of a table."""

    message_id: str
    part_id: str
    columns: Mapping[int, str]
    skip_rows: int


def waiting_table(desk: Desk, message_id: str) -> TableAnswer | None:
    """The first table of a mail that waits for its columns; None if none does any more."""
    from poltwt_console.workflow.mapping import guess_columns, tables_of

    tables = tables_of(desk.store, message_id)
    return TableAnswer(message_id, tables[0], guess_columns(tables[0].rows)) if tables else None


def map_table(desk: Desk, wish: TableWish, progress: Progress) -> Changes:
    """Read its rows."""
    from poltwt_console.workflow.mapping import map_table

    return map_table(
        desk.store,
        desk.reader,
        wish.message_id,
        wish.part_id,
        wish.columns,
        skip_rows=wish.skip_rows,
        progress=progress,
    )
