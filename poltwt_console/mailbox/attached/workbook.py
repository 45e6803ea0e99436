"""Excel workbooks (.xlsx, .xlsm): each sheet a table, with merged cells and the cells' links.

Read here and not with openpyxl, whose read-only mode drops merged cells and links and whose
other mode has no limit on time: a registrant's table is text in XML.  Formulas come as their
last value.  Hidden sheets and rows are passed over, as who opens the file sees none of them; what
is struck out, by a cell's look or that of some of its words, is told.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from xml.etree import ElementTree

from poltwt_console.errors import UnreadableError
from poltwt_console.mailbox.attached.inflate import inflate, open_zip
from poltwt_console.mailbox.attached.sheet import Deadline, Run, Sheet, SheetWriter

SHEETS = 20
ROWS = 5_000
COLUMNS = 100
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})(?::([A-Z]{1,3})(\d{1,7}))?$")
_DAMAGED = "The workbook is damaged."


#: Some text, and whether its own look strikes it out; None where it looks as its cell does.
_Piece = tuple[str, bool | None]


@dataclass(frozen=True, slots=True)
class _Looks:
    """What the cells of all sheets refer to: texts by number, and the styles that strike a cell out."""

    texts: list[list[_Piece]]
    striking: frozenset[int]

    def runs(self, cell: ElementTree.Element) -> list[Run]:
        """The text of a cell without blanks around it, in runs that are struck out or are not."""
        struck = _number(cell.get("s"), 0) in self.striking
        pieces = [(text, struck if own is None else own) for text, own in _value(cell, self.texts)]
        return _stripped(pieces)


def read_workbook(raw: bytes, _charset: str, deadline: Deadline) -> list[Sheet]:
    """The sheets that have cells; UnreadableError if it is no workbook."""
    with open_zip(raw) as archive:
        looks = _Looks(_read_strings(archive), _struck_styles(archive))
        sheets: list[Sheet] = []
        for name, member in _list_sheets(archive):
            if deadline.passed():
                break
            sheet = _read_sheet(archive, name, member, looks, deadline)
            if sheet.tables:
                sheets.append(sheet)
        return sheets


def parse_xml(source: bytes) -> ElementTree.Element | None:
    """A tree without namespaces in tags and attributes; None for no bytes, UnreadableError if damaged."""
    if not source:
        return None
    if b"<!DOCTYPE" in source:
        raise UnreadableError("The file holds things that no office program writes.", "Open it with care.")
    try:
        root = ElementTree.fromstring(source)
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise UnreadableError(_DAMAGED, "Ask the sender for it again.") from error
    for element in root.iter():
        element.tag = str(element.tag).rpartition("}")[2]
    return root


def attribute(element: ElementTree.Element, name: str) -> str:
    """An attribute whatever its namespace."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return value
    return ""


def _read_strings(archive: zipfile.ZipFile) -> list[list[_Piece]]:
    root = parse_xml(inflate(archive, "xl/sharedStrings.xml"))
    return [] if root is None else [_pieces_of(item) for item in root.iter("si")]


def _pieces_of(item: ElementTree.Element) -> list[_Piece]:
    """The text of a string item; phonetic readings (rPh) are not part of it."""
    pieces: list[_Piece] = []
    for child in item:
        if child.tag == "t":
            pieces.append((child.text or "", None))
        elif child.tag == "r":
            look = child.find("rPr")
            struck = None if look is None else bool(strikes(look))
            pieces.extend((part.text or "", struck) for part in child.iter("t"))
    return pieces


def strikes(look: ElementTree.Element | None) -> bool | None:
    """Whether the look of a run, a font or a style strikes out; ``val`` may say that it does not.

    None where the look says nothing of it.
    """
    marks = [] if look is None else [mark for mark in look if mark.tag in ("strike", "dstrike")]
    return any(attribute(mark, "val") not in ("0", "false", "off") for mark in marks) if marks else None


def read_striking_styles(archive: zipfile.ZipFile, member: str) -> ElementTree.Element | None:
    """The styles of a workbook or document; None where none strikes out, or where they cannot be read.

    The words of a file whose looks are damaged, or past all bounds, are still words.
    """
    try:
        source = inflate(archive, member)
        return parse_xml(source) if b"strike" in source else None
    except UnreadableError:
        return None


def _struck_styles(archive: zipfile.ZipFile) -> frozenset[int]:
    """The numbers of the cell styles whose font is struck out."""
    root = read_striking_styles(archive, "xl/styles.xml")
    fonts = None if root is None else root.find("fonts")
    styles = None if root is None else root.find("cellXfs")
    if fonts is None or styles is None:
        return frozenset()
    struck = {number for number, font in enumerate(fonts) if strikes(font)}
    return frozenset(
        number for number, style in enumerate(styles) if _number(style.get("fontId"), 0) in struck
    )


def _stripped(pieces: list[tuple[str, bool]]) -> list[Run]:
    """Runs without blanks at both ends of them all, as few as tell what is struck out."""
    whole = "".join(text for text, _ in pieces)
    left, right = len(whole) - len(whole.lstrip()), len(whole.rstrip())
    runs: list[Run] = []
    position = 0
    for struck, alike in groupby(pieces, key=itemgetter(1)):
        text = "".join(piece for piece, _ in alike)
        kept = text[max(left - position, 0) : max(right - position, 0)]
        position += len(text)
        if kept:
            runs.append(Run(kept, struck))
    return runs


def _list_sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Name and member of each sheet that is shown."""
    targets = read_targets(archive, "xl/_rels/workbook.xml.rels")
    book = parse_xml(inflate(archive, "xl/workbook.xml"))
    if book is None:
        raise UnreadableError(_DAMAGED, "Ask the sender for it again.")
    for number, sheet in enumerate(book.iter("sheet"), 1):
        if number > SHEETS:
            break
        if sheet.get("state", "visible") != "visible":
            continue
        target = targets.get(attribute(sheet, "id"), f"worksheets/sheet{number}.xml")
        yield sheet.get("name", f"Sheet{number}"), target.lstrip("/") if target[0] == "/" else f"xl/{target}"


def read_targets(archive: zipfile.ZipFile, member: str) -> dict[str, str]:
    """The targets of a relations file by their ids."""
    root = parse_xml(inflate(archive, member))
    if root is None:
        return {}
    return {
        item.get("Id", ""): item.get("Target", "") for item in root.iter("Relationship") if item.get("Target")
    }


def _read_sheet(archive: zipfile.ZipFile, name: str, member: str, looks: _Looks, deadline: Deadline) -> Sheet:
    root = parse_xml(inflate(archive, member))
    writer = SheetWriter()
    if root is None:
        return writer.finish(name)
    folder, _, file = member.rpartition("/")
    targets = read_targets(archive, f"{folder}/_rels/{file}.rels")
    links = {link.get("ref", ""): targets.get(attribute(link, "id"), "") for link in root.iter("hyperlink")}
    spans = _read_merges(root)
    for row_number, row in enumerate(root.iter("row")):
        if row_number >= ROWS or deadline.passed():
            break
        if row.get("hidden") in ("1", "true"):
            continue
        column = -1
        number = _number(row.get("r"), row_number + 1) - 1
        for cell in row.iter("c"):
            reference = cell.get("r", "")
            found = _REFERENCE.match(reference)
            column = _column(found.group(1)) if found else column + 1
            if column >= COLUMNS:
                break
            runs = looks.runs(cell)
            if runs:
                writer.cell(number, column, runs, spans.get(reference, (1, 1)), links.get(reference, ""))
    return writer.finish(name)


def _read_merges(root: ElementTree.Element) -> dict[str, tuple[int, int]]:
    """Rows and columns that merged cells span, by their first cell."""
    spans: dict[str, tuple[int, int]] = {}
    for merge in root.iter("mergeCell"):
        found = _REFERENCE.match(merge.get("ref", ""))
        if found and found.group(3):
            first, row, last, last_row = found.groups()
            rows, columns = int(last_row) - int(row) + 1, _column(last) - _column(first) + 1
            if 0 < rows <= ROWS and columns > 0:
                spans[f"{first}{row}"] = (rows, min(columns, COLUMNS))
    return spans


def _value(cell: ElementTree.Element, texts: list[list[_Piece]]) -> list[_Piece]:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        inline = cell.find("is")
        return [] if inline is None else _pieces_of(inline)
    value = cell.findtext("v") or ""
    if kind == "s":
        index = _number(value, -1)
        return texts[index] if 0 <= index < len(texts) else []
    return [(value[:-2] if kind == "n" and value.endswith(".0") else value, None)]


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else default


def _column(letters: str) -> int:
    """``A`` is 0, ``AA`` is 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
