"""CSV and TSV files: the separator and the charset are found, not asked."""

from __future__ import annotations

import csv
from collections import Counter

from poltwt_console.mailbox import charsets, limits
from poltwt_console.mailbox.attached.sheet import Deadline, Run, Sheet, SheetWriter

_SEPARATORS = (";", "\t", ",", "|")
_SAMPLE_LINES = 30
ROWS = 5_000
COLUMNS = 100


def read_delimited(raw: bytes, charset: str, _deadline: Deadline) -> list[Sheet]:
    """One sheet with one table, or with plain text if no separator fits."""
    found = charsets.decode(raw[: limits.TEXT_BYTES], charset)
    return [lay_out(found.text, found.used)]


def lay_out(text: str, charset: str = "", separators: tuple[str, ...] = _SEPARATORS) -> Sheet:
    """A text with separators as a table."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "\ufffd")
    if text[:4].casefold() == "sep=" and text[5:6] == "\n":
        separators, text = (text[4],), text[6:]
    rows = _split(text, separators)
    if not rows:
        return Sheet(charsets.compose(text), charset=charset)
    writer = SheetWriter()
    for number, row in enumerate(rows):
        for column, cell in enumerate(row[:COLUMNS]):
            writer.cell(number, column, [Run(cell.strip())])
    return writer.finish(charset=charset)


def _split(text: str, separators: tuple[str, ...]) -> list[list[str]]:
    """The rows by the separator that gives the most lines the same number of columns, at least two."""
    best: list[list[str]] = []
    best_score = 0
    for separator in separators:
        if separator not in text:
            continue
        try:
            rows = []
            for row in csv.reader(text.splitlines(keepends=True), delimiter=separator):
                rows.append(row)
                if len(rows) >= ROWS:
                    break
        except csv.Error:  # a field over 128 KB: no table of participants
            continue
        rows = [row for row in rows if any(cell.strip() for cell in row)]
        counts = Counter(len(row) for row in rows[:_SAMPLE_LINES] if len(row) > 1)
        if counts:
            width, lines = counts.most_common(1)[0]
            score = lines * 100 + width
            if lines >= max(2, len(rows[:_SAMPLE_LINES]) // 2) and score > best_score:
                best, best_score = rows, score
    return best
