"""Tables: HTML and spreadsheet cells, and tables drawn with bars, tabs, semicolons or spaces.

A table is read by its header words in any language: across the top (a row is a record), or down
the first column (a column is a record).  Title rows and merged cells are allowed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from poltwt_console.domain.message import Table
from poltwt_console.extraction.asked import PARTS, classify_label
from poltwt_console.extraction.ditto import follow
from poltwt_console.extraction.labels import Labelled
from poltwt_console.extraction.mention import is_handle, looks_like_handle
from poltwt_console.extraction.view import Line, Origin, Passage
from poltwt_console.extraction.vocabulary import Vocabulary

#: (start, end) of a cell in the text of its part.
Span = tuple[int, int]
Grid = list[list[Span | None]]

_MOST_COLUMNS = 40
_POLICE = frozenset({"police"})
_POLICE_OR_UNIT = frozenset({"police", "unit"})
#: Meanings that a person's name and rank begin with, and those that stand in none.
_OF_PERSONS = frozenset({"rank", "given_name"})
_NOT_OF_PERSONS = _POLICE_OR_UNIT | {"street", "building", "press_office"}
#: Meanings of words that any agency may have in its name.
_OF_ANY_AGENCY = _POLICE_OR_UNIT | {"rank", "building", "link", "common", "label.name"}
#: Fields that several columns may give together.
_SEVERAL = PARTS | {"name"}
#: (signs without one of which a separator is not there, separator), most telling first.
_SEPARATORS = (
    ('"', re.compile(r"\"\s{0,2},\s{0,2}\"")),
    ("|｜│┃¦", re.compile(r"\s{0,5}[|｜│┃¦]\s{0,5}")),
    ("\t", re.compile(r"\t+")),
    (";", re.compile(r"\s{0,3};\s{0,3}")),
    (("  ",), re.compile(r" {2,60}")),
    (",", re.compile(r"\s{0,3},\s{0,3}")),
)
_RULE = re.compile(r"[\s|+\-=:_┼─━┌┐└┘├┤┬┴│]{3,}$")


@dataclass(frozen=True, slots=True)
class ReadTable:
    """The records of one table; ``understood`` is false where its columns were not recognised.

    ``refused`` are the rows that say no under a heading that asks who takes part, or in a remark;
    ``others`` are the cells under headings that ask for something else: "Instagram", "Old account".
    """

    records: list[dict[str, Labelled]]
    start: int
    end: int
    understood: bool = True
    refused: tuple[Span, ...] = ()
    others: tuple[Span, ...] = ()


def find_tables(passage: Passage, vocabulary: Vocabulary) -> list[ReadTable]:
    """The tables of a passage that hold registrations, or might."""
    first = passage.lines[0].start if passage.lines else 0
    last = passage.lines[-1].end if passage.lines else 0
    found: list[ReadTable] = []
    for table in passage.part.tables:
        start = next((cell.start for cell in table.cells if cell.start < cell.end), -1)
        if first <= start <= last:
            read = _read_grid(passage, _grid(table), vocabulary)
            if read is not None:
                found.append(read)
    if not found:
        for block, separator in _drawn(passage):
            read = _read_grid(
                passage, [list(_split(passage, line, separator)) for line in block], vocabulary, drawn=True
            )
            if read is not None:
                found.append(read)
    return found


def _grid(table: Table) -> Grid:
    rows = max(cell.row + cell.row_span for cell in table.cells)
    columns = min(_MOST_COLUMNS, max(cell.column + cell.column_span for cell in table.cells))
    grid: Grid = [[None] * columns for _ in range(min(rows, 2000))]
    for cell in table.cells:
        for row in range(cell.row, min(cell.row + cell.row_span, len(grid))):
            for column in range(cell.column, min(cell.column + cell.column_span, columns)):
                grid[row][column] = (cell.start, cell.end)
    return grid


def _drawn(passage: Passage) -> Iterator[tuple[list[Line], re.Pattern[str]]]:
    """Runs of two or more lines that one separator cuts into the same number (two or more) of cells."""
    whole = passage.text[slice(*passage.extent)]
    for signs, separator in _SEPARATORS:
        if not any(sign in whole for sign in signs):
            continue
        block: list[Line] = []
        count = 0
        comma = "," in separator.pattern
        for line in [*passage.lines, None]:
            cells = 0
            if line is not None and not line.empty:
                text = passage.text[line.start : line.end].strip("|│┃ ")
                cells = len(separator.split(text))
            elif line is not None and block and _RULE.match(passage.text[line.start : line.end] or " "):
                continue
            if cells >= (3 if comma else 2) and (
                not block or cells == count or (not comma and abs(cells - count) <= 1)
            ):
                count = count or cells
                assert line is not None
                block.append(line)
                continue
            if len(block) > 1:
                yield block, separator
            block, count = ([line], cells) if line is not None and cells >= 2 else ([], 0)


def _split(passage: Passage, line: Line, separator: re.Pattern[str]) -> Iterator[Span]:
    text = passage.text
    start = line.start
    content = text[line.start : line.end]
    start += len(content) - len(content.lstrip("|│┃ "))
    end = line.start + len(content.rstrip("|│┃ "))
    for match in separator.finditer(text, start, end):
        yield _trim(text, start, match.start())
        start = match.end()
    yield _trim(text, start, end)


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start] in " \t\n\r*\"'\u00a0\u200e\u200f":
        start += 1
    while end > start and text[end - 1] in " \t\n\r*\"'\u00a0\u200e\u200f":
        end -= 1
    return start, end


def _read_grid(passage: Passage, grid: Grid, vocabulary: Vocabulary, drawn: bool = False) -> ReadTable | None:
    grid = [row for row in grid if any(span and passage.text[slice(*span)].strip() for span in row)]
    if not grid:
        return None
    spans = [span for row in grid for span in row if span]
    start, end = min(s for s, _ in spans), max(e for _, e in spans)
    grid = _stack(passage, grid, vocabulary)
    width = max(len(row) for row in grid)
    sides = [_field(passage, row[0], vocabulary) for row in grid]
    if sides[0] is None and "name" not in sides and not _text(passage, grid[0][0]).strip():
        heads = [span for span in grid[0][1:] if span]
        if heads and all(_holds_agency(passage, span) for span in heads):
            sides[0] = "name"  # above the columns of accounts stand their agencies, over the labels nothing
    if (
        width >= 2
        and not drawn
        and _is_header(sides)
        and sum(side is not None for side in sides) * 2 > len(sides)
    ):
        return ReadTable(follow(_down(passage, grid, sides, width, vocabulary)), start, end)
    for number, row in enumerate(grid[:5]):
        own = [_field(passage, span, vocabulary) for span in row]
        fields = _merge_header(own, grid, number, passage, vocabulary)
        sure = [_field(passage, span, vocabulary, loose=False) for span in row]
        if _is_header(fields) and (fields is not own or any(sure)) and number + 1 < len(grid):
            used = number + 1 + (fields is not own)
            asking = [
                n
                for n, span in enumerate(row)
                if span and any("register" in senses for senses in _senses(passage, span))
            ]
            fields = _tell_names(passage, fields, grid[used:])
            remarks = [n for n, field in enumerate(fields) if field is None or field == "ignore"]
            records, refused = [], []
            for line in grid[used:]:
                no = any(_says_no(passage, line[n]) for n in asking if n < len(line))
                if no or any(takes_off(passage, line[n]) for n in remarks if n < len(line)):
                    cells = [span for span in line if span]
                    refused.append((cells[0][0], cells[-1][1]))
                elif not _is_heading(passage, line) and (
                    record := _record(passage, zip(fields, line, strict=False))
                ):
                    records.append(record)
            ignored = [n for n, field in enumerate(fields) if field == "ignore"]
            others = [cell for line in grid[used:] for n in ignored if n < len(line) and (cell := line[n])]
            return ReadTable(follow(records), start, end, refused=tuple(refused), others=tuple(others))
    if not drawn and len(grid) > 1 and passage.origin in (Origin.BODY, Origin.FORWARDED):
        guessed = _guess_columns(passage, grid)
        if {"handle", "name"} <= set(guessed):  # a handle beside an address alone is a signature
            at = guessed.index("handle")
            rows = [row for row in grid if (cell := row[at]) and _holds_handle(passage, cell)]
            records = [_record(passage, zip(guessed, row, strict=False)) for row in rows]
            return ReadTable(follow(records), start, end)
    handles = sum("@" in _text(passage, span) for row in grid for span in row)
    if not drawn and handles > 1 and width > 1:
        return ReadTable([], start, end, understood=False)
    return None


def _stack(passage: Passage, grid: Grid, vocabulary: Vocabulary) -> Grid:
    """A form of two labels and two values a row as one of a label and a value."""
    if any(len(row) != _TWO_PAIRS for row in grid):
        return grid
    sides = [[_field(passage, row[n], vocabulary) for row in grid] for n in (0, 2)]
    headed = [sum(field is not None for field in side) * 2 > len(grid) for side in sides]
    across = [_field(passage, span, vocabulary) for span in grid[0]]
    if not all(headed) or not _is_header([*sides[0], *sides[1]]) or all(across):
        return grid
    return [pair for row in grid for pair in (row[:2], row[2:])]


#: Cells of a row that holds two labels with their values.
_TWO_PAIRS = 4


def _tell_names(
    passage: Passage, fields: Sequence[str | None], rows: Sequence[Sequence[Span | None]]
) -> list[str | None]:
    """Of several columns headed "name" tell people's, and which of agency and unit names the account.

    A column whose cells never tell an agency is people's, if another's do so by themselves.  Of two that do
    the one with more different cells is the unit's; it is the whole name if it tells of police by itself,
    "Lahr Police Post".
    """
    told = list(fields)
    columns = {
        n: [span for row in rows if n < len(row) and (span := row[n]) and _text(passage, span).strip()]
        for n, field in enumerate(fields)
        if field == "name"
    }
    named = {n: sum(_holds_agency(passage, cell) for cell in cells) for n, cells in columns.items()}
    units = {
        n: sum(_holds_agency(passage, cell, _POLICE_OR_UNIT) for cell in cells)
        for n, cells in columns.items()
    }
    agencies = [n for n, cells in columns.items() if named[n] or units[n] * 2 > len(cells)]
    whole = any(_names_agency(passage, cell) for n in agencies for cell in columns[n])
    for n in columns:
        if whole and n not in agencies:
            told[n] = "person"
    if len(agencies) == _AGENCY_AND_UNIT:
        first, second = agencies
        different = [len({_text(passage, cell) for cell in columns[n]}) for n in agencies]
        if different[0] == different[1]:
            told[second] = None  # which of them is the unit's nothing tells: the first counts
        else:
            unit, agency = (first, second) if different[0] > different[1] else (second, first)
            if named[unit] * 2 > len(columns[unit]):
                told[agency] = None
    return told


_AGENCY_AND_UNIT = 2


def _is_heading(passage: Passage, line: Sequence[Span | None]) -> bool:
    """Whether a row is one cell, merged or alone in a wide table, that heads the rows below: "North"."""
    cells = [span for span in line if span and _text(passage, span).strip()]
    alone = len(set(cells)) == 1 and len(line) > _NARROW
    return alone and "@" not in _text(passage, cells[0])


#: Columns of a table in which a row may well have a single cell.
_NARROW = 2


def takes_off(passage: Passage, span: Span | None) -> bool:
    """Whether a remark says that an account does not take part: "withdrawn", "will not take part"."""
    senses = _senses(passage, span) if span else []
    said = frozenset[str]().union(*senses)
    off = not said.isdisjoint(("withdraw", "refusal")) or {"negation", "register"} <= said
    return off or (bool(senses) and all("former" in sense for sense in senses))


def _guess_columns(passage: Passage, grid: Grid) -> list[str | None]:
    """The fields of a table without headings, of columns that hold one sort of thing nearly throughout."""
    fields: list[str | None] = [None] * max(len(row) for row in grid)
    columns = [
        [span for row in grid if n < len(row) and (span := row[n]) and _text(passage, span).strip()]
        for n in range(len(fields))
    ]
    for field, is_one in _SORTS:
        for number, cells in enumerate(columns):
            if fields[number] is not None or field in fields or len(cells) * 5 < len(grid) * 4:
                continue
            if sum(is_one(passage, cell) for cell in cells) * 5 >= len(cells) * 4:
                fields[number] = field
    return fields


def _holds_signed(passage: Passage, span: Span) -> bool:
    text = _text(passage, span).strip()
    return text.startswith("@") and is_handle(text[1:])


def _holds_handle(passage: Passage, span: Span) -> bool:
    text = _text(passage, span).strip()
    bare = is_handle(text) and looks_like_handle(text) and not text.isupper()
    return bare or _holds_signed(passage, span)


def _holds_agency(passage: Passage, span: Span, meanings: frozenset[str] = _POLICE) -> bool:
    """Whether a cell tells an agency, before its first comma: "Ann Lee, Riverton Police" tells a person."""
    comma = _text(passage, span).find(",")
    span = span if comma < 0 else (span[0], span[0] + comma)
    any_digit = any(c.isdigit() for c in _text(passage, span))
    return not any_digit and any(not senses.isdisjoint(meanings) for senses in _senses(passage, span))


def _tells_person(passage: Passage, span: Span) -> bool:
    """Whether a cell begins with a rank or a given name, and tells nothing of an agency or a place."""
    senses = _senses(passage, span)
    return (
        len(senses) > 1
        and not senses[0].isdisjoint(_OF_PERSONS)
        and all(told.isdisjoint(_NOT_OF_PERSONS) for told in senses)
    )


def _names_agency(passage: Passage, span: Span) -> bool:
    """Whether a cell tells an agency by itself: "Lahr Police Post", no "Police Department"."""
    senses = _senses(passage, span)
    told = any(not meanings.isdisjoint(_POLICE_OR_UNIT) for meanings in senses)
    return told and not all(meanings and meanings <= _OF_ANY_AGENCY for meanings in senses)


def _holds_address(passage: Passage, span: Span) -> bool:
    text = _text(passage, span)
    return "@" not in text and any(c.isdigit() for c in text) and any(sign in text for sign in " ,、")


#: What each sort of cell looks like; a column of signed handles is one before a column of bare ones.
_SORTS: tuple[tuple[str, Callable[[Passage, Span], bool]], ...] = (
    ("handle", _holds_signed),
    ("handle", _holds_handle),
    ("name", _holds_agency),
    ("address", _holds_address),
)


def _senses(passage: Passage, span: Span) -> list[frozenset[str]]:
    """What the words of a cell mean, one by one."""
    start, end = _trim(passage.text, *span)
    return passage.words.senses_in(start, end)


def _says_no(passage: Passage, span: Span | None) -> bool:
    """Whether a cell is only a word such as "no"."""
    senses = _senses(passage, span) if span else []
    return len(senses) == 1 and "negation" in senses[0]


def _down(
    passage: Passage, grid: Grid, sides: list[str | None], width: int, vocabulary: Vocabulary
) -> list[dict[str, Labelled]]:
    """The records of a table whose first column holds the labels; a column headed "old" is none."""
    columns = [[row[number] if number < len(row) else None for row in grid] for number in range(1, width)]
    records: list[dict[str, Labelled]] = []
    for column in columns:
        if sides[0] is None and classify_label(_text(passage, column[0]), vocabulary) == "ignore":
            continue
        record = _record(passage, zip(sides, column, strict=True))
        if record and record not in records:
            records.append(record)
    return records


def _text(passage: Passage, span: Span | None) -> str:
    return passage.text[slice(*span)] if span else ""


def _field(passage: Passage, span: Span | None, vocabulary: Vocabulary, loose: bool = True) -> str | None:
    text = _text(passage, span).strip()
    if not 0 < len(text) <= 60 or "@" in text.rstrip("@") or "_" in text or ("/" in text and "." in text):
        return None
    return classify_label(text, vocabulary, loose=loose)


def _is_header(fields: Iterable[str | None]) -> bool:
    """A header names the handle and something else, or three fields."""
    known = {field for field in fields if field is not None and field != "ignore"}
    return ("handle" in known and len(known) > 1) or len(known) > 2


def _merge_header(
    fields: list[str | None], grid: Grid, number: int, passage: Passage, vocabulary: Vocabulary
) -> list[str | None]:
    """A second header row below merged cells names what the first left open."""
    if number + 1 >= len(grid) or sum(field is not None for field in fields) < 1:
        return fields
    below = [_field(passage, span, vocabulary) for span in grid[number + 1]]
    if sum(field is not None for field in below) < 2:
        return fields
    return fields if _is_header(fields) else [low or high for high, low in zip(fields, below, strict=False)]


def _record(passage: Passage, cells: Iterable[tuple[str | None, Span | None]]) -> dict[str, Labelled]:
    record: dict[str, Labelled] = {}
    for field, span in cells:
        if field is None or span is None:
            continue
        start, end = _trim(passage.text, *span)
        if start >= end:
            continue
        if field == "name" and field in record and "person" not in record:
            # "Agency name: ..., Name: Sgt Ann Lee": of two names one may be a person's.
            before = record[field].start, record[field].end
            if _tells_person(passage, span) and _names_agency(passage, before):
                field = "person"
            elif _tells_person(passage, before) and _names_agency(passage, span):
                record["person"] = Labelled("person", passage, *before, rule="table")
                del record[field]
        # Street and house number, agency and unit: columns of one sort say more of the same.
        key = f"{field} {len(record)}" if field in record and field in _SEVERAL else field
        if key not in record:
            record[key] = Labelled(field, passage, start, end, rule="table")
    return record
