"""Word documents (.docx): paragraphs as lines, tables as cells, links with targets, what is struck out."""

from __future__ import annotations

import zipfile
from xml.etree import ElementTree

from poltwt_console.domain.message import Cell, Table
from poltwt_console.mailbox.attached.inflate import inflate, open_zip
from poltwt_console.mailbox.attached.sheet import Deadline, Sheet, SheetWriter
from poltwt_console.mailbox.attached.workbook import (
    attribute,
    parse_xml,
    read_striking_styles,
    read_targets,
    strikes,
)

_LEVELS = 20  # tables within tables
_BASES = 20  # styles that a style is based on


def read_document(raw: bytes, _charset: str, deadline: Deadline) -> list[Sheet]:
    """One sheet; UnreadableError if it is no document."""
    with open_zip(raw) as archive:
        root = parse_xml(inflate(archive, "word/document.xml"))
        targets = read_targets(archive, "word/_rels/document.xml.rels")
        styles = _struck_styles(archive)
    writer = SheetWriter()
    if root is not None:
        _Reading(writer, targets, styles, deadline).read_blocks(root, 0)
    return [writer.finish()]


def _struck_styles(archive: zipfile.ZipFile) -> frozenset[str]:
    """The names of the styles that strike out, by themselves or by the one that they are based on."""
    root = read_striking_styles(archive, "word/styles.xml")
    own: dict[str, bool | None] = {}
    bases: dict[str, str] = {}
    for style in () if root is None else root.iter("style"):
        name = attribute(style, "styleId")
        own[name] = strikes(style.find("rPr"))
        bases[name] = _named(style.find("basedOn"))
    return frozenset(name for name in own if _inherits(name, own, bases))


def _inherits(name: str, own: dict[str, bool | None], bases: dict[str, str]) -> bool:
    """Whether a style strikes out: the nearest of its bases that says so or not."""
    for _ in range(_BASES):  # one may be based on itself, in a file that no program wrote
        said = own.get(name)
        if said is not None:
            return said
        name = bases.get(name, "")
    return False


def _named(element: ElementTree.Element | None) -> str:
    return "" if element is None else attribute(element, "val")


class _Reading:
    """The walk over one document's blocks; ``styles`` are those that strike out."""

    def __init__(
        self, writer: SheetWriter, targets: dict[str, str], styles: frozenset[str], deadline: Deadline
    ) -> None:
        self._writer = writer
        self._targets = targets
        self._styles = styles
        self._deadline = deadline

    def read_blocks(self, parent: ElementTree.Element, level: int) -> None:
        for block in parent:
            if self._deadline.passed():
                return
            if block.tag == "p":
                self._read_paragraph(block)
                self._writer.write("\n")
            elif block.tag == "tbl" and level < _LEVELS:
                self._read_table(block, level)
            elif (
                block.tag in ("body", "sdt", "sdtContent", "ins", "customXml", "smartTag") and level < _LEVELS
            ):
                self.read_blocks(block, level + 1)

    def _read_paragraph(self, paragraph: ElementTree.Element) -> None:
        target, target_left = "", 0
        whole = _named(paragraph.find("pPr/pStyle")) in self._styles
        struck = whole
        for element in paragraph.iter():
            tag = element.tag
            if tag == "r":
                struck = self._is_struck(element, whole)
            elif tag == "hyperlink":
                target = self._targets.get(attribute(element, "id"), "")
                target_left = sum(1 for _ in element.iter("t"))
            elif tag == "t":
                self._writer.write(element.text or "", target if target_left > 0 else "", struck)
                target_left -= 1
            elif tag in ("br", "cr"):
                self._writer.write("\n")
            elif tag == "tab" and not element.attrib:
                self._writer.write("\t")

    def _is_struck(self, run: ElementTree.Element, whole: bool) -> bool:
        """Whether a run is struck out; ``whole`` says whether its paragraph's style strikes out.

        A run's own look rules; the styles of run and paragraph turn each other round (ECMA-376, 17.7.3).
        """
        own = strikes(run.find("rPr"))
        return (_named(run.find("rPr/rStyle")) in self._styles) != whole if own is None else own

    def _read_table(self, table: ElementTree.Element, level: int) -> None:
        cells: list[Cell] = []  # a table inside a cell is complete before this one
        for number, row in enumerate(table.findall("tr")):
            column = 0
            for cell in row.findall("tc"):
                width = _width(cell)
                if column:
                    self._writer.write("\t")
                start = self._writer.length
                self._read_cell(cell, level)
                cells.append(Cell(number, column, start, self._writer.length, 1, width))
                column += width
            self._writer.write("\n")
        if cells:
            self._writer.tables.append(Table(tuple(cells)))

    def _read_cell(self, cell: ElementTree.Element, level: int) -> None:
        blocks = [block for block in cell if block.tag in ("p", "tbl")]
        for position, block in enumerate(blocks):
            if position:
                self._writer.write("\n")
            if block.tag == "p":
                self._read_paragraph(block)
            elif level < _LEVELS:
                self._read_table(block, level + 1)


def _width(cell: ElementTree.Element) -> int:
    """How many columns a cell spans."""
    for span in cell.iter("gridSpan"):
        text = attribute(span, "val")
        return min(int(text), 100) if text.isascii() and text.isdigit() and len(text) < 4 else 1
    return 1
