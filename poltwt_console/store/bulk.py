"""Rows in bulk: the statement that SQLAlchemy makes of a table, with its types' own conversions.

``connection.execute(insert(table), rows)`` does the same.  Of an import's time in the store it takes
two fifths to name and sort the parameters of each row anew; here a row is a tuple in the order of the
statement.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Table, insert
from sqlalchemy.engine import Dialect

Convert = Callable[[Any], Any]


def insert_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add rows that all have the columns of the first; KeyError if one of them lacks any."""
    if not rows:
        return
    if not connection.dialect.positional:  # a driver that names its parameters, given by URL
        connection.execute(insert(table), rows)
        return
    sql, columns = _statement(table, tuple(rows[0]), connection.dialect)
    connection.exec_driver_sql(
        sql,
        [
            tuple([row[name] if convert is None else convert(row[name]) for name, convert in columns])
            for row in rows
        ],
    )


@lru_cache(maxsize=100)
def _statement(
    table: Table, names: tuple[str, ...], dialect: Dialect
) -> tuple[str, tuple[tuple[str, Convert | None], ...]]:
    """The INSERT of some columns as the driver takes it, and each column's conversion in its order."""
    compiled = insert(table).compile(dialect=dialect, column_keys=names)
    assert compiled.positiontup is not None  # as the dialect is positional
    types = {name: table.c[name].type.dialect_impl(dialect) for name in names}
    return str(compiled), tuple((name, types[name].bind_processor(dialect)) for name in compiled.positiontup)
