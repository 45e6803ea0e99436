"""A table in no language that is known: a person says what its columns hold."""

from __future__ import annotations

import pytest

from poltwt_console.domain.message import Cell, Role, Table, TextPart
from poltwt_console.domain.message_json import dump_parts
from poltwt_console.errors import ConsoleError
from poltwt_console.store import Store, batches, messages, registrations
from poltwt_console.store.verify import verify
from poltwt_console.workflow import review, undo
from poltwt_console.workflow.mapping import map_table, tables_of
from tests.fakes import FakeReader, read_mail

ROWS = [
    ["kuvak", "zumra", "plod"],
    ["@Town_1", "Town Police", "1 Main St, Chicago"],
    ["", "nobody", ""],
    ["not a name!", "Bad", ""],
    ["Town_2", "Town Police", "=HYPERLINK(1)"],
]


def table_part() -> TextPart:
    text, cells = "", []
    for r, row in enumerate(ROWS):
        for c, value in enumerate(row):
            cells.append(Cell(r, c, len(text), len(text) + len(value)))
            text += value + ("\t" if c < 2 else "\n")
    return TextPart(
        "attachment:1", Role.ATTACHMENT, text, "text/csv", "list.csv", tables=(Table(tuple(cells)),)
    )


@pytest.fixture
def mail(store: Store) -> str:
    """A mail with such a table; its id."""
    from dataclasses import replace

    read = read_mail()
    parts = (*read.message.parts, table_part())
    extract = replace(read.extract, tables_to_map=("attachment:1",))
    read = replace(read, message=replace(read.message, parts=parts), extract=extract, parts=dump_parts(parts))
    with store.write("Import", "import_mail") as write:
        batch = batches.add_batch(write.writer, "2013-11", "a test", ())
        [known] = messages.add_messages(write.writer, "2013-11", batch, [(read, False)])
    return known.id


def test_rows_become_registrations_with_their_words(store: Store, reader: FakeReader, mail: str):
    [view] = tables_of(store, mail)
    assert view.rows[1] == ("@Town_1", "Town Police", "1 Main St, Chicago")
    with pytest.raises(ConsoleError, match="No column is said to hold the Twitter name"):
        map_table(store, reader, mail, view.part_id, {1: "name"})
    changes = map_table(store, reader, mail, view.part_id, {0: "handle", 1: "name", 2: "address"})
    assert changes.counts == {"new": 2, "empty": 1, "bad": 1}
    assert changes.problems == ("row 4: “not a name!” is no Twitter name.",)
    with store.read() as connection:
        first, second = registrations.registrations_of(connection, mail)
        assert not any(verify(connection).values())
    assert (first.value("handle"), first.fields["handle"].read.evidence.text) == ("Town_1", "@Town_1")
    assert (first.band, second.band_reason) == ("ready", "place not found")
    assert tables_of(store, mail) == []
    review.accept(store, [first.id])
    undo.undo(store)
    undo.undo(store)
    assert len(tables_of(store, mail)) == 1
