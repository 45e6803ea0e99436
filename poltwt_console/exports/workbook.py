"""Workbooks: every cell is a text or a real date, never a formula, with the manners of a good table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from poltwt_console.exports.texts import CELL_LIMIT, printable

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_WIDEST = 60
Value = str | int | float | datetime | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: a title of at most 31 characters, headers, rows; ``links`` names columns of URLs."""

    title: str
    headers: tuple[str, ...]
    rows: Sequence[Sequence[Value]]
    links: frozenset[str] = frozenset()
    table: bool = True  # with frozen header and filter


def write_workbook(path: Path, sheets: Sequence[Sheet], made_at: datetime) -> None:
    """Write the sheets; texts over 32,767 characters are cut and say so."""
    from openpyxl import Workbook

    book = Workbook()
    del book[book.sheetnames[0]]
    book.properties.creator = "poltwt console"
    book.properties.created = made_at.astimezone(UTC).replace(tzinfo=None)
    for sheet in sheets:
        _fill(book.create_sheet(sheet.title[:31]), sheet)
    book.save(path)


def _fill(page: Worksheet, sheet: Sheet) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    bold, top = Font(bold=True), Alignment(vertical="top")
    for column, header in enumerate(sheet.headers, 1):
        cell = page.cell(1, column, header)
        cell.font = bold
    for number, row in enumerate(sheet.rows, 2):
        for column, value in enumerate(row, 1):
            _put(page, number, column, value, sheet.headers[column - 1] in sheet.links)
            page.cell(number, column).alignment = top
    for column, header in enumerate(sheet.headers, 1):
        longest = max([len(header), *(len(_shown(row[column - 1])) for row in sheet.rows)], default=8)
        page.column_dimensions[get_column_letter(column)].width = min(longest + 2, _WIDEST)
    if sheet.table:
        page.freeze_panes = "A2"
        page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.headers))}{len(sheet.rows) + 1}"


def _put(page: Worksheet, row: int, column: int, value: Value, link: bool) -> None:
    cell: Any = page.cell(row, column)
    if isinstance(value, datetime):
        cell.value = value.astimezone(UTC).replace(tzinfo=None)
        cell.number_format = "yyyy-mm-dd hh:mm"
    elif isinstance(value, str):
        text = printable(value)
        if len(text) > CELL_LIMIT:
            note = " … (cut: a cell holds 32,767 characters)"
            text = text[: CELL_LIMIT - len(note)] + note
        cell.value = text
        # After the value: openpyxl takes a text that starts with "=" for a formula.
        cell.data_type = "s"
        cell.number_format = "@"
        cell.quotePrefix = True
        if link and text.startswith("https://"):
            cell.hyperlink = text
    elif value is not None:
        cell.value = value


def _shown(value: Value) -> str:
    if isinstance(value, datetime):
        return "0000-00-00 00:00"
    return "" if value is None else max(str(value).splitlines() or [""], key=len)
