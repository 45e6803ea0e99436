"""The ORM's view of the tables: used to edit one record, with its row version checked.

Lists and imports go through Core (five times faster); an edit of a single record goes through
here, so that a row which somebody else changed meanwhile is refused, not overwritten.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Table
from sqlalchemy.orm import DeclarativeBase

from poltwt_console.store.tables import HISTORIC, metadata


class Record(DeclarativeBase):
    """A row of one of the historic tables."""

    metadata = metadata


def _map(table: Table) -> type[Record]:
    name = "".join(word.title() for word in table.name.split("_")) + "Record"
    body: dict[str, Any] = {
        "__table__": table,
        "__mapper_args__": {"version_id_col": table.c.row_version},
        "__doc__": f"A row of {table.name}.",
    }
    return type(name, (Record,), body)


RECORDS: dict[str, type[Record]] = {table.name: _map(table) for table in HISTORIC}
