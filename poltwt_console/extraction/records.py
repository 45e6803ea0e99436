"""Rows of tables and groups of labelled values: accounts that a mail lists one by one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from poltwt_console.extraction.address_parts import says_more
from poltwt_console.extraction.asked import LINES
from poltwt_console.extraction.ditto import follow
from poltwt_console.extraction.findings import Findings, Record
from poltwt_console.extraction.labels import Labelled
from poltwt_console.extraction.mention import Mention
from poltwt_console.extraction.name_proposals import NAMING
from poltwt_console.extraction.people import Person
from poltwt_console.extraction.text import EMPTY_LINE


def in_table(mention: Mention, findings: Findings) -> bool:
    """Whether a handle stands in a row of a table under the head of its column."""
    return _row_of(mention, findings) is not None


def _row_of(mention: Mention, findings: Findings) -> Record | None:
    for passage, table in findings.tables:
        if passage is not mention.passage:
            continue
        for record in table.records:
            handle = record.get("handle")
            if handle is not None and handle.start <= mention.start <= handle.end:
                return record
    return None


def record_of(mention: Mention, findings: Findings) -> Record | None:
    """The row of a table, or the group of labelled values, that a handle stands in."""
    row = _row_of(mention, findings)
    if row is not None:
        return row
    if findings.groups is None:
        findings.groups = follow(labelled_records(findings.labelled))
    for record in findings.groups:
        handle = record["handle"]
        if handle.passage is mention.passage and handle.start <= mention.start <= handle.end:
            return record
    return None


def person_in(record: Record, findings: Findings) -> Person | None:
    """The person whom a record's name or person cell holds."""
    for name in ("person", "name"):
        cell = record.get(name)
        if cell is not None:
            for person in findings.people:
                if person.passage is cell.passage and cell.start <= person.start < cell.end:
                    return person
    return None


def heads(person: Person, name: Labelled) -> bool:
    """Whether a cell begins with a person, not with a word for rank and agency: "Policía de Turismo"."""
    read = person.passage.words
    return name.start == person.start and read.senses[read.index(person.start)].isdisjoint(NAMING)


def whose_record(record: Record | None, findings: Findings) -> str:
    """Who a record's own cells say that the account is: a person, an agency, or nothing of either."""
    if record is None:
        return "no record"
    person, name = person_in(record, findings), record.get("name")
    if name is None:
        return "person alone" if person is not None or "person" in record else "nobody"
    if person is not None and heads(person, name):
        return "person"
    senses = name.passage.words.senses_in(name.start, name.end)
    agency = any(not sense.isdisjoint(NAMING) for sense in senses)
    return f"{'agency' if agency else 'name'}{' and person' if person is not None else ''}"


def labelled_records(labelled: Sequence[Labelled]) -> list[Record]:
    """Groups of labelled values, where a mail heads several accounts one below the other.

    A group ends at an empty line, or else where a label comes again; groups count only if two or more hold
    a handle and an address or name of their own.
    """
    told = [value for value in labelled if value.field != "ignore"]
    numbered = _by_number(told)
    if len(numbered) > 1:
        return numbered
    for ends in (_ends_at_gap, _ends_at_again):
        groups: list[list[Labelled]] = []
        for value in told:
            if not groups or groups[-1][-1].passage is not value.passage or ends(groups[-1], value):
                groups.append([])
            groups[-1].append(value)
        records = [_as_record(group) for group in groups]
        whole = [record for record in records if _is_whole(record)]
        if len(whole) > 1 and (ends is _ends_at_again or not any(map(_is_cut, groups, records))):
            return whole
    return []


def _by_number(told: Sequence[Labelled]) -> list[Record]:
    """The whole records of "Account 1, Station 1, Account 2, ...", by their number or letter."""
    groups: dict[str, list[Labelled]] = {}
    for before, value in zip([None, *told], told, strict=False):
        if before is not None and says_more(before, value):
            return []  # "Address line 2"
        number = _NUMBER.search(value.label)
        if number is not None:
            groups.setdefault(next(filter(None, number.groups())), []).append(value)
    records = [_as_record(group) for group in groups.values()]
    sound = all(len(record) == len(group) for record, group in zip(records, groups.values(), strict=True))
    whole = [record for record in records if _is_whole(record)]
    return whole if sound and len(whole) == sum(value.field == "handle" for value in told) else []


_NUMBER = re.compile(r"#\s?(\d{1,2})\b|\b(\d{1,2})\W{0,3}$|\(([a-h])\)")


def _is_cut(group: Sequence[Labelled], record: Record) -> bool:
    """Whether a group holds more than one account, or an address that belongs to another group."""
    if not _is_whole(record):
        return not record.keys().isdisjoint(LINES)
    return len(record) < len(group)


def _ends_at_gap(group: Sequence[Labelled], value: Labelled) -> bool:
    return EMPTY_LINE.search(value.passage.text, group[-1].end, value.start) is not None


def _ends_at_again(group: Sequence[Labelled], value: Labelled) -> bool:
    return any(known.field == value.field for known in group) and not says_more(group[-1], value)


def _as_record(group: Sequence[Labelled]) -> Record:
    """The values by their fields; what says more of a street or town stands beside it."""
    record: Record = {}
    for before, value in zip([None, *group], group, strict=False):
        further = before is not None and value.field in record and says_more(before, value)
        record[f"{value.field} {len(record)}" if further else value.field] = value
    return record


def _is_whole(record: Record) -> bool:
    return "handle" in record and ("name" in record or not record.keys().isdisjoint(LINES))
