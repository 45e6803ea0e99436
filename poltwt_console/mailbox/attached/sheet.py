"""A Sheet: the text of an attached file, or of one sheet of it, with tables and links in it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from poltwt_console.domain.message import Cell, Link, Table
from poltwt_console.mailbox.charsets import compose


@dataclass(frozen=True, slots=True)
class Sheet:
    """Spans of ``tables``, ``links`` and what is ``struck`` out are offsets into ``text``."""

    text: str
    name: str = ""
    tables: tuple[Table, ...] = ()
    links: tuple[Link, ...] = ()
    charset: str = ""
    struck: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Deadline:
    """When reading attachments of a mail must stop; what was read until then is kept."""

    at: float

    @classmethod
    def after(cls, seconds: float) -> Deadline:
        return cls(time.monotonic() + seconds)

    def passed(self) -> bool:
        return time.monotonic() > self.at


@dataclass(frozen=True, slots=True)
class Run:
    """Text of a cell that is struck out, or is not."""

    text: str
    struck: bool = False


@dataclass(slots=True)
class SheetWriter:
    """Builds the text of a sheet: lines, and tables whose cells are set apart by tabs."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    tables: list[Table] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    struck: list[tuple[int, int]] = field(default_factory=list)
    _cells: list[Cell] = field(default_factory=list)
    _row: int = -1

    def write(self, text: str, target: str = "", struck: bool = False) -> None:
        """Append a text, as a link if it has a target."""
        start = self.length
        text = compose(text)
        self.pieces.append(text)
        self.length += len(text)
        if target and text:
            self.links.append(Link(start, self.length, target))
        if struck and text:
            self.struck.append((start, self.length))

    def cell(
        self, row: int, column: int, runs: Sequence[Run], spans: tuple[int, int] = (1, 1), target: str = ""
    ) -> None:
        """Append a cell; rows come in order, ``spans`` are rows and columns."""
        if row != self._row:
            if self._row >= 0:
                self.write("\n")
            self._row = row
        else:
            self.write("\t")
        start = self.length
        for run in runs:
            self.write(run.text, struck=run.struck)
        if target and self.length > start:
            self.links.append(Link(start, self.length, target))
        self._cells.append(Cell(row, column, start, self.length, *spans))

    def end_table(self) -> None:
        if self._cells:
            self.tables.append(Table(tuple(self._cells)))
            self.write("\n")
        self._cells = []
        self._row = -1

    def finish(self, name: str = "", charset: str = "") -> Sheet:
        self.end_table()
        tables, links, struck = tuple(self.tables), tuple(self.links), tuple(self.struck)
        return Sheet("".join(self.pieces), name, tables, links, charset, struck)
