"""Excel workbooks (.xlsx, .xlsm): each sheet a table, with merged cells and the cells' links.

Read here and not with openpyxl, whose read-only mode drops merged cells and links and whose
other mode has no limit on time: a registrant's table is text in XML.  Formulas come as their
last value.  Hidden sheets and rows are passed over, as who opens the file sees none of them.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

from poltwt_console.errors import UnreadableError
from poltwt_console.mailbox.attached.inflate import inflate, open_zip
from poltwt_console.mailbox.attached.sheet import Deadline, Sheet, SheetWriter

SHEETS = 20
ROWS = 5_000
COLUMNS = 100
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})(?::([A-Z]{1,3})(\d{1,7}))?$")
_DAMAGED = "The workbook is damaged."


def read_workbook(raw: bytes, _charset: str, deadline: Deadline) -> list[Sheet]:
    """The sheets that have cells; UnreadableError if it is no workbook."""
    with open_zip(raw) as archive:
        shared = _read_strings(archive)
        sheets: list[Sheet] = []
        for name, member in _list_sheets(archive):
            if deadline.passed():
                break
            sheet = _read_sheet(archive, name, member, shared, deadline)
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


def _read_strings(archive: zipfile.ZipFile) -> list[str]:
    root = parse_xml(inflate(archive, "xl/sharedStrings.xml"))
    return [] if root is None else [_text_of(item) for item in root.iter("si")]


def _text_of(item: ElementTree.Element) -> str:
    """The text of a string item; phonetic readings (rPh) are not part of it."""
    parts: list[str] = []
    for child in item:
        if child.tag == "t":
            parts.append(child.text or "")
        elif child.tag == "r":
            parts.extend(run.text or "" for run in child.iter("t"))
    return "".join(parts)


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


def _read_sheet(
    archive: zipfile.ZipFile, name: str, member: str, shared: list[str], deadline: Deadline
) -> Sheet:
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
            text = _value(cell, shared).strip()
            if text:
                writer.cell(number, column, text, spans.get(reference, (1, 1)), links.get(reference, ""))
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


def _value(cell: ElementTree.Element, shared: list[str]) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        inline = cell.find("is")
        return "" if inline is None else _text_of(inline)
    value = cell.findtext("v") or ""
    if kind == "s":
        index = _number(value, -1)
        return shared[index] if 0 <= index < len(shared) else ""
    if kind == "n" and value.endswith(".0"):
        return value[:-2]
    return value


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else default


def _column(letters: str) -> int:
    """``A`` is 0, ``AA`` is 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
