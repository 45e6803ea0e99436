"""A table in no language that is known: a person says what its columns hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from poltwt_console.domain.intake import ReadMail
from poltwt_console.domain.message import Cell, Role, Table, TextPart
from poltwt_console.domain.message_json import dump_parts
from poltwt_console.domain.place import Location, LocationState
from poltwt_console.domain.registration import Confidence, Evidence, Field, Registration
from poltwt_console.errors import ConsoleError
from poltwt_console.store import Store, registrations
from poltwt_console.store.verify import verify
from poltwt_console.workflow import review, undo
from poltwt_console.workflow.mapping import guess_columns, map_table, tables_of
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


def mail_with(part: TextPart) -> ReadMail:
    """A mail with such a table."""
    read = read_mail()
    parts = (*read.message.parts, part)
    extract = replace(read.extract, tables_to_map=(part.id,))
    return replace(read, message=replace(read.message, parts=parts), extract=extract, parts=dump_parts(parts))


@pytest.fixture
def mail(take_in: Callable[..., list[str]]) -> str:
    """The id of a mail with such a table."""
    [message_id] = take_in(mail_with(table_part()))
    return message_id


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
    with pytest.raises(ConsoleError, match="mapped already"):
        map_table(store, reader, mail, view.part_id, {0: "handle"})
    review.accept(store, [first.id])
    undo.undo(store)
    undo.undo(store)
    assert len(tables_of(store, mail)) == 1


def test_a_row_that_is_struck_out_is_none(store: Store, reader: FakeReader, take_in: Callable):
    part = table_part()
    end = part.tables[0].cells[5].end
    [message_id] = take_in(mail_with(replace(part, struck=((part.tables[0].cells[3].start, end),))))
    [view] = tables_of(store, message_id)
    assert [cell.strip() for cell in view.rows[1]] == ["", "", ""]
    changes = map_table(store, reader, message_id, view.part_id, {0: "handle", 1: "name", 2: "address"})
    assert changes.counts == {"new": 1, "empty": 2, "bad": 1}


def test_an_attached_table_that_gave_nothing_can_be_mapped_too(
    store: Store, reader: FakeReader, take_in: Callable
):
    mail = mail_with(table_part())
    mail = replace(mail, extract=replace(mail.extract, tables_to_map=()))
    [message_id] = take_in(mail)
    assert [view.part_id for view in tables_of(store, message_id)] == ["attachment:1"]
    map_table(store, reader, message_id, "attachment:1", {0: "handle"})
    assert tables_of(store, message_id) == []
    undo.undo(store)
    assert len(tables_of(store, message_id)) == 1


def test_tables_of_one_text_follow_each_other(store: Store, reader: FakeReader, take_in: Callable):
    part = table_part()
    [message_id] = take_in(mail_with(replace(part, tables=part.tables * 2)))
    [view] = tables_of(store, message_id)
    assert len(view.rows) == 2 * len(ROWS)
    changes = map_table(store, reader, message_id, view.part_id, {0: "handle"})
    assert changes.counts["new"] == 5  # with the heading of the second: a person sees it and sets it aside


def test_what_was_guessed_of_the_rows_is_replaced_and_what_a_person_touched_is_not(
    store: Store, reader: FakeReader, take_in: Callable
):
    def guessed(handle: str) -> Registration:
        start = table_part().text.index(handle)
        words = Evidence("attachment:1", start, start + len(handle), handle)
        return Registration(handle=Field(handle, Confidence.LOOK, "words", words))

    mail = mail_with(table_part())
    extract = replace(mail.extract, registrations=(guessed("Town_1"), guessed("Town_2"), guessed("kuvak")))
    nowhere = (Location(LocationState.NOT_TRIED),) * 3
    [message_id] = take_in(replace(mail, extract=extract, locations=nowhere))

    def rows() -> list[tuple[str, str]]:
        with store.read() as connection:
            there = registrations.registrations_of(connection, message_id)
        return [(r.value("handle"), r.value("name")) for r in there]

    with store.read() as connection:
        second = registrations.registrations_of(connection, message_id)[1]
    review.edit_field(store, reader, second.id, "name", "Our town")
    before = rows()
    map_table(store, reader, message_id, "attachment:1", {0: "handle", 1: "name"})
    assert rows() == [
        ("Town_2", "Our town"),
        ("kuvak", ""),
        ("Town_1", "Town Police"),
        ("Town_2", "Town Police"),
    ]
    with store.read() as connection:
        assert not any(verify(connection).values())
    undo.undo(store)
    assert rows() == before


@pytest.mark.parametrize(
    ("part", "stays"),
    [(None, False), ("attachment:1", False), ("body", True)],
    ids=["no words", "here", "body"],
)
def test_an_account_without_a_twitter_name_goes_unless_its_words_stand_elsewhere(
    store: Store, reader: FakeReader, take_in: Callable, part: str | None, stays: bool
):
    words = Evidence(part, 0, 5, "kuvak") if part else None
    unnamed = Registration(name=Field("kuvak", Confidence.LOOK, "words", words))
    mail = mail_with(table_part())
    extract = replace(mail.extract, registrations=(unnamed,))
    [message_id] = take_in(
        replace(mail, extract=extract, locations=(Location(LocationState.NOT_TRIED),)),
    )
    map_table(store, reader, message_id, "attachment:1", {0: "handle"})
    with store.read() as connection:
        there = [r.value("handle") for r in registrations.registrations_of(connection, message_id)]
    assert there == [""] * stays + ["Town_1", "Town_2"]


def test_columns_that_need_no_words_are_guessed():
    rows = [["a", "b", "c"], ["@One", "Town", "one@town.example"], ["@Two", "", ""], ["", "x@y", ""]]
    assert guess_columns(rows) == {0: "handle", 2: "contact_email"}
    assert guess_columns([]) == {}
