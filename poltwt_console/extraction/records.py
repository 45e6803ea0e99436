"""Rows of tables and groups of labelled values: accounts that a mail lists one by one."""

from __future__ import annotations

from collections.abc import Sequence

from poltwt_console.extraction.findings import Findings, Record
from poltwt_console.extraction.handles import Mention
from poltwt_console.extraction.labels import Labelled


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
        findings.groups = labelled_records(findings.labelled)
    for record in findings.groups:
        handle = record["handle"]
        if handle.passage is mention.passage and handle.start <= mention.start <= handle.end:
            return record
    return None


def labelled_records(labelled: Sequence[Labelled]) -> list[Record]:
    """Groups of labelled values, where a mail heads several accounts one below the other.

    A group ends where a label comes again; groups count only if two or more hold a handle and an
    address or name of their own.
    """
    groups: list[Record] = []
    for value in labelled:
        if value.field == "ignore":
            continue
        if (
            not groups
            or value.field in groups[-1]
            or value.passage is not next(iter(groups[-1].values())).passage
        ):
            groups.append({})
        groups[-1][value.field] = value
    whole = [group for group in groups if "handle" in group and group.keys() & {"address", "name", "street"}]
    return whole if len(whole) > 1 else []
