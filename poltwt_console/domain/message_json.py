"""Text parts as JSON and back, so that the spans of a stored mail hold for ever."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from poltwt_console.domain.folding import storable
from poltwt_console.domain.message import Cell, Link, Role, Segment, SegmentKind, Sender, Table, TextPart


def dump_parts(parts: Sequence[TextPart]) -> str:
    """The parts as one JSON text; empty values are left out."""
    return json.dumps([_part(p) for p in parts], ensure_ascii=False, separators=(",", ":"))


def load_parts(text: str) -> tuple[TextPart, ...]:
    """The parts again, equal to those dumped."""
    return tuple(_load_part(value) for value in json.loads(text))


def _part(part: TextPart) -> dict[str, Any]:
    value: dict[str, Any] = {"id": part.id, "role": part.role.value, "text": storable(part.text)}
    for name in ("content_type", "name", "charset_declared", "charset_used"):
        if getattr(part, name):
            value[name] = getattr(part, name)
    if part.segments:
        value["segments"] = [
            [
                s.kind.value,
                s.start,
                s.end,
                *([_sender(s.author), _moment(s.date)] if s.author or s.date or s.head else []),
                *([s.head] if s.head else []),
            ]
            for s in part.segments
        ]
    if part.links:
        value["links"] = [[link.start, link.end, link.target] for link in part.links]
    if part.tables:
        value["tables"] = [
            [[c.row, c.column, c.start, c.end, c.row_span, c.column_span, int(c.header)] for c in t.cells]
            for t in part.tables
        ]
    if part.struck:
        value["struck"] = [list(stretch) for stretch in part.struck]
    if part.sender:
        value["sender"] = _sender(part.sender)
    if part.date:
        value["date"] = _moment(part.date)
    return value


def _load_part(value: dict[str, Any]) -> TextPart:
    return TextPart(
        id=value["id"],
        role=Role(value["role"]),
        text=value["text"],
        content_type=value.get("content_type", ""),
        name=value.get("name", ""),
        charset_declared=value.get("charset_declared", ""),
        charset_used=value.get("charset_used", ""),
        segments=tuple(
            Segment(
                SegmentKind(kind),
                start,
                end,
                *((_load_sender(more[0]), _load_moment(more[1]), *more[2:]) if more else ()),
            )
            for kind, start, end, *more in value.get("segments", ())
        ),
        links=tuple(Link(*link) for link in value.get("links", ())),
        tables=tuple(Table(tuple(_load_cell(*cell) for cell in cells)) for cells in value.get("tables", ())),
        sender=_load_sender(value.get("sender")),
        date=_load_moment(value.get("date")),
        struck=tuple((start, end) for start, end in value.get("struck", ())),
    )


def _sender(sender: Sender | None) -> list[str] | None:
    return None if sender is None else [sender.name, sender.email]


def _load_sender(value: list[str] | None) -> Sender | None:
    return None if value is None else Sender(*value)


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _load_moment(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value)


def _load_cell(
    row: int, column: int, start: int, end: int, row_span: int, column_span: int, header: int
) -> Cell:
    return Cell(row, column, start, end, row_span, column_span, bool(header))
