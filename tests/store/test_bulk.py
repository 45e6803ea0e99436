"""Rows in bulk: what is read back is what SQLAlchemy's own way would have stored."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, create_engine, insert, select

from poltwt_console.store.bulk import insert_rows
from poltwt_console.store.columns import CleanJson, CleanText, UtcTime

NOTE = Table(
    "note",
    MetaData(),
    Column("number", Integer, primary_key=True),
    Column("text", CleanText),
    Column("data", CleanJson),
    Column("made_at", UtcTime),
    Column("row_version", Integer, nullable=False, server_default="1"),
)
ROWS = [
    {"number": 1, "text": "a\x00b", "data": ["x"], "made_at": datetime(2013, 11, 1, 8, tzinfo=UTC)},
    {"number": 2, "text": None, "data": None, "made_at": None},
]


@pytest.mark.parametrize("style", ["qmark", "named"])
def test_rows_are_stored_as_sqlalchemy_would_whatever_the_driver_calls_its_parameters(style):
    engine = create_engine("sqlite://", paramstyle=style)
    with engine.begin() as connection:
        NOTE.create(connection)
        connection.execute(insert(NOTE), ROWS)
        wanted = connection.execute(select(NOTE)).all()
        connection.execute(NOTE.delete())
        insert_rows(connection, NOTE, ROWS)
        assert connection.execute(select(NOTE)).all() == wanted
        assert wanted[0].text == "a\ufffdb"
    engine.dispose()


def test_a_row_that_lacks_a_column_is_refused():
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        NOTE.create(connection)
        with pytest.raises(KeyError):
            insert_rows(connection, NOTE, [ROWS[0], {"number": 2}])
    engine.dispose()
