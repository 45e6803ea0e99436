"""A table whose columns were not understood: a person says what they hold, and its rows are read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from poltwt_console.domain.changes import SILENT, Changes, Progress, stop_if_cancelled
from poltwt_console.domain.countries import COUNTRIES
from poltwt_console.domain.counts import counted
from poltwt_console.domain.folding import handle_key
from poltwt_console.domain.message import Cell, Role, Table, TextPart, phone_of
from poltwt_console.domain.place import Hints
from poltwt_console.domain.registration import (
    FIELD_NAMES,
    MAPPED_RULE,
    Confidence,
    Evidence,
    Field,
    Registration,
)
from poltwt_console.errors import ConsoleError
from poltwt_console.store import Store, messages, registrations
from poltwt_console.store.history import Writer
from poltwt_console.store.queries.inbox import get_message
from poltwt_console.store.registrations import Said, StoredRegistration
from poltwt_console.store.tables import message
from poltwt_console.workflow.reading import MailReader
from poltwt_console.workflow.review import checked

#: What a column may hold.
COLUMNS = FIELD_NAMES


@dataclass(frozen=True, slots=True)
class TableView:
    """A table as a person sees it: rows of texts, merged cells once."""

    part_id: str
    name: str
    rows: tuple[tuple[str, ...], ...]


def unread_tables(
    waiting: Sequence[str], parts: Sequence[TextPart], there: Sequence[StoredRegistration]
) -> tuple[str, ...]:
    """The parts whose tables can be mapped: those that wait, and attached ones that gave nothing."""
    evidence = (one.fields["handle"].read.evidence for one in there)
    used = {words.part for words in evidence if words is not None}
    return tuple(
        part.id
        for part in parts
        if part.id in waiting
        or (part.role is Role.ATTACHMENT and part.id not in used and any(_is_wide(t) for t in part.tables))
    )


def _is_wide(table: Table) -> bool:
    """Two rows and two columns at least: less is no table of accounts."""
    return max((c.row for c in table.cells), default=0) > 0 and max(c.column for c in table.cells) > 0


def tables_of(store: Store, message_id: str) -> list[TableView]:
    """The tables of a mail that can be mapped."""
    with store.read() as connection:
        waiting = get_message(connection, message_id).tables_to_map
        parts = messages.parts_of(connection, message_id)
        wanted = unread_tables(waiting, parts, registrations.registrations_of(connection, message_id))
    views = []
    for part in parts:
        if part.id in wanted:
            grid = _grid(part)
            text = part.kept()
            rows = [tuple(text[c.start : c.end] if c else "" for c in row) for row in grid]
            views.append(TableView(part.id, part.name or part.id, tuple(rows)))
    return views


def map_table(
    store: Store,
    reader: MailReader,
    message_id: str,
    part_id: str,
    columns: Mapping[int, str],
    *,
    skip_rows: int = 1,
    progress: Progress = SILENT,
) -> Changes:
    """Make a registration of each row below the first ``skip_rows``, instead of what was guessed of it.

    ``columns`` says what the columns hold: number from 0 -> one of COLUMNS.  A row without a
    Twitter name is passed over and counted; one whose name is none is a problem, with its number.
    """
    if "handle" not in columns.values():
        raise ConsoleError(
            "No column is said to hold the Twitter name.", "Choose one; the others may be left out."
        )
    with store.read() as connection:
        mail = get_message(connection, message_id)
        parts = messages.parts_of(connection, message_id)
        part = next(p for p in parts if p.id == part_id)
        there = registrations.registrations_of(connection, message_id)
    found, problems, empty = [], [], 0
    kept = part.kept()
    for number, row in enumerate(_grid(part)[skip_rows:], skip_rows + 1):
        fields = _fields(part, kept, row, columns)
        if "handle" not in fields:
            empty += 1
            continue
        try:
            handle = checked("handle", fields["handle"].value or "")
        except ConsoleError as error:
            problems.append(f"row {number}: {error.sentence}")
            continue
        fields["handle"] = _valued(fields["handle"], handle)
        if "country" in fields:
            fields["country"] = _country(reader, fields["country"])
        found.append(_registration(fields))
    hints = Hints(mail_domain=mail.sender_email.rpartition("@")[2], phone=phone_of(parts))
    places = []
    for done, one in enumerate(found):
        stop_if_cancelled(progress)
        progress.report(done, len(found), f"{done:,} of {counted(len(found), 'row')} looked up")
        places.append(reader.place(one.address.value or one.city.value or "", _hinted(hints, one)))
    check = registrations.sender_check_of(there)
    with store.write("Map a table", "map_table") as write:
        waiting = write.writer.get(message, message_id)["tables_to_map"]
        now = registrations.registrations_of(write.writer.connection, message_id)
        if part_id not in unread_tables(waiting, [part], now):
            raise ConsoleError("This table was mapped already.", "Its accounts are in the queue.")
        guessed = _guessed(write.writer, message_id, part_id, found)
        registrations.remove_registrations(write.writer, [(r.id, r.location_id) for r in guessed])
        said = Said(message_id, found, places, check, first=len(there))
        registrations.add_registrations(
            write.writer, write.writer.get(message, message_id)["edition_id"], [said]
        )
        left = [p for p in waiting if p != part_id]
        write.writer.update(message, message_id, {"tables_to_map": left})
        messages.settle(write.writer, [message_id])
        write.writer.label = f"Map {counted(len(found), 'account')} of a table"
        write.counts = {"new": len(found), "empty": empty, "bad": len(problems)}
        write.problems = tuple(problems)
        accounts, without = counted(len(found), "account"), counted(empty, "row")
        write.sentence = f"{accounts} from the table, {without} without a Twitter name."
    return write.changes


def _guessed(
    writer: Writer, message_id: str, part_id: str, found: Sequence[Registration]
) -> list[StoredRegistration]:
    """What was read of the same rows without knowing the columns, and nobody has touched: it is replaced."""
    handles = {handle_key(one.handle.value or "") for one in found}
    return [
        one
        for one in registrations.registrations_of(writer.connection, message_id)
        if one.state == "open"
        and (not one.handle_key or one.handle_key in handles)
        and _is_of(one, part_id)
        and not any(field.edited_at for field in one.fields.values())
        and not (one.location.locked or one.location.timezone)
    ]


def _is_of(one: StoredRegistration, part_id: str) -> bool:
    """Whether its Twitter name was read there; without one, whether nothing of it was read elsewhere."""
    if one.handle_key:
        return _parts_of(one, ["handle"]) == {part_id}
    return _parts_of(one, one.fields) <= {part_id}


def _parts_of(one: StoredRegistration, names: Iterable[str]) -> set[str]:
    """The parts in which the words of these fields stand."""
    evidence = (one.fields[name].read.evidence for name in names)
    return {words.part for words in evidence if words is not None}


def guess_columns(rows: Sequence[Sequence[str]]) -> dict[int, str]:
    """What can be told of the columns without words: Twitter names by their "@", and mail addresses."""
    found: dict[int, str] = {}
    for number in range(max((len(row) for row in rows), default=0)):
        cells = [row[number].strip() for row in rows[1:] if number < len(row) and row[number].strip()]
        for name, fits in (("handle", _is_handle), ("contact_email", _is_mail)):
            if cells and name not in found.values() and sum(map(fits, cells)) > len(cells) / 2:
                found[number] = name
    return found


def _is_handle(text: str) -> bool:
    return text.startswith(("@", "\uff20")) and " " not in text


def _is_mail(text: str) -> bool:
    before, at, after = text.partition("@")
    return bool(before and at and "." in after) and " " not in text


def _grid(part: TextPart) -> list[list[Cell | None]]:
    """The cells in rows; several tables of one text follow each other."""
    rows: list[list[Cell | None]] = []
    width = max((cell.column + 1 for table in part.tables for cell in table.cells), default=0)
    for table in part.tables:
        first = len(rows)
        rows.extend([None] * width for _ in range(max((c.row + 1 for c in table.cells), default=0)))
        for cell in table.cells:
            rows[first + cell.row][cell.column] = cell
    return rows


def _fields(
    part: TextPart, kept: str, row: Sequence[Cell | None], columns: Mapping[int, str]
) -> dict[str, Field]:
    """What a row says; ``kept`` is the part's text without what is struck out."""
    fields = {}
    for number, name in columns.items():
        cell = row[number] if number < len(row) else None
        text = kept[cell.start : cell.end].strip() if cell else ""
        if cell and text:
            start = cell.start + kept[cell.start : cell.end].index(text)
            end = start + len(text)
            evidence = Evidence(part.id, start, end, part.text[start:end])
            fields[name] = Field(", ".join(text.splitlines()), Confidence.READY, MAPPED_RULE, evidence)
    return fields


def _country(reader: MailReader, named: Field) -> Field:
    """A country as its code, by its code or its name in any language; what is neither is left to a person."""
    text = named.value or ""
    if len(text) == 2 and text.upper() in COUNTRIES:
        return _valued(named, text.upper())
    code = reader.place_names.country_named(text) if reader.place_names else None
    return _valued(named, code) if code else Field(reason=f"“{text}” is no country that is known")


def _valued(field: Field, value: str) -> Field:
    return Field(value, field.confidence, field.rule, field.evidence)


def _registration(fields: Mapping[str, Field]) -> Registration:
    kind = fields.get("participant")
    officer = "person" in fields if kind is None else (kind.value or "").casefold() == "officer"
    default = Field("officer" if officer else "agency", Confidence.READY, MAPPED_RULE if kind else "default")
    named = _valued(kind, default.value or "") if kind else default
    return replace(Registration(), **{**fields, "participant": named})  # type: ignore[arg-type]


def _hinted(hints: Hints, one: Registration) -> Hints:
    return replace(
        hints,
        country=one.country.value if one.country.value and len(one.country.value) == 2 else None,
        agency=one.name.value or "",
        city=one.city.value or "",
    )
