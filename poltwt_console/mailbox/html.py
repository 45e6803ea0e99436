"""HTML to the text that a reader sees, with its links, tables and quoted stretches.

Blocks begin a new line, paragraphs leave an empty one, cells are set apart by tabs and rows by
line ends; scripts, styles and hidden elements are dropped, and of struck-out words it is told where they
stand.  Lexbor gives the tree; the walk is our own, because the library's text leaks style sheets and
knows no cells.  No recursion: mails nest 20,000 elements deep.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from poltwt_console.domain.message import Cell, Link, Table
from poltwt_console.mailbox import limits
from poltwt_console.mailbox.tags import tame

# fmt: off
_DROPPED = frozenset((
    "head", "style", "script", "title", "template", "noscript", "object", "embed", "applet", "iframe", "svg",
    "math", "select", "datalist", "audio", "video", "canvas",
))
_PARAGRAPHS = frozenset((
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table", "blockquote", "pre", "hr", "address",
    "form", "fieldset",
))
_BLOCKS = frozenset((
    "div", "li", "dt", "dd", "tr", "center", "section", "article", "header", "footer", "main", "aside", "nav",
    "figure", "figcaption", "caption", "body", "html", "tbody", "thead", "tfoot", "legend", "details",
    "summary", "option",
))
# fmt: on
_STRUCK_STYLE = re.compile(r"text-decoration[\w-]{0,8}\s{0,5}:[^;]{0,40}line-through", re.IGNORECASE)
_WHITE = re.compile(r"[ \t\r\n\f]+")
_HIDDEN = re.compile(
    r"display\s{0,5}:\s{0,5}none|mso-hide\s{0,5}:\s{0,5}all|visibility\s{0,5}:\s{0,5}hidden", re.IGNORECASE
)
_NO_MARGIN = re.compile(
    r"MsoNormal|MsoPlainText|MsoListParagraph|margin\s{0,5}:\s{0,5}0|margin-bottom\s{0,5}:\s{0,5}0",
    re.IGNORECASE,
)
_QUOTING = re.compile(r"gmail_quote|yahoo_quoted|moz-cite|border-left", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class HtmlText:
    """A text, and the stretches ``(start, end)`` of it that are quoted (they may nest) or struck out."""

    text: str
    links: tuple[Link, ...] = ()
    tables: tuple[Table, ...] = ()
    quotes: tuple[tuple[int, int], ...] = ()
    struck: tuple[tuple[int, int], ...] = ()


@dataclass(slots=True)
class _OpenTable:
    """A table while it is walked; ``taken`` says down to which row a column is filled from above."""

    row: int = -1
    column: int = 0
    taken: dict[int, int] = field(default_factory=dict)
    cells: list[Cell] = field(default_factory=list)


@dataclass(slots=True)
class _Out:
    """The text so far.  ``breaks`` are line ends owed before the next word."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    breaks: int = 0
    space: bool = False
    tab: bool = False

    def write(self, text: str) -> None:
        self.pieces.append(text)
        self.length += len(text)

    def owe(self, count: int) -> None:
        self.space = False
        if self.length:
            self.breaks = max(self.breaks, count)

    def settle(self) -> None:
        """Write what is owed."""
        if self.breaks:
            self.write("\n" * self.breaks)
            self.breaks, self.space, self.tab = 0, False, False
        elif self.tab:
            self.write("\t")
            self.tab = self.space = False
        elif self.space:
            self.write(" ")
            self.space = False

    def words(self, text: str) -> None:
        """Write running text, white space collapsed."""
        text = _WHITE.sub(" ", text)
        begins, ends = text.startswith(" "), text.endswith(" ")
        core = text.strip(" ").replace("\xa0", " ")
        if not core:
            self.space = self.space or (bool(self.length) and not self.breaks)
            return
        if begins and self.length and not self.breaks and not self.tab:
            self.space = True
        self.settle()
        self.write(core)
        self.space = ends

    def line_break(self) -> None:
        if self.breaks:
            self.breaks += 1
        elif self.length:
            self.breaks = 1
        self.space = False


def read_html(source: str) -> HtmlText:
    """Walk an HTML source; never raises."""
    from selectolax.lexbor import LexborHTMLParser  # 15 ms, and most mails are plain

    root = LexborHTMLParser(tame(source.replace("\x00", ""))).root
    if root is None:
        return HtmlText("")
    walk = _Walk()
    walk.run(root)
    text = "".join(walk.out.pieces)
    return HtmlText(text, tuple(walk.links), tuple(walk.tables), tuple(walk.quotes), tuple(walk.struck))


class _Walk:
    """One walk over one tree, entering and leaving each element once."""

    def __init__(self) -> None:
        self.out = _Out()
        self.links: list[Link] = []
        self.tables: list[Table] = []
        self.quotes: list[tuple[int, int]] = []
        self.struck: list[tuple[int, int]] = []
        self._open_tables: list[_OpenTable] = []
        self._lists: list[int] = []  # next number of an ordered list, 0 for an unordered one
        self._pre = 0
        self._strikes = 0  # how many of the open elements strike out their text

    def run(self, root: Any) -> None:
        stack: list[tuple[str, Any, Any, bool]] = []  # tag, node, what leaving it needs, whether it strikes
        node = root
        left = limits.HTML_NODES
        while True:
            left -= 1
            if left < 0:
                break
            tag = node.tag
            child = None
            if tag == "-text":
                self._text(node.text_content or "")
            elif tag is not None and not tag.startswith("-"):
                attributes = node.attributes if tag not in ("b", "i", "br", "tr", "tbody") else {}
                if tag not in _DROPPED and not _is_hidden(attributes):
                    state = self._enter(tag, attributes)
                    child = node.child
                    if child is not None:
                        strikes = _strikes(tag, attributes)
                        self._strikes += strikes
                        stack.append((tag, node, state, strikes))
                        node = child
                        continue
                    self._leave(tag, state)
            elif tag in ("-document", "-undef"):
                child = node.child
            following = node.next
            while following is None and stack:
                tag, node, state, strikes = stack.pop()
                self._strikes -= strikes
                self._leave(tag, state)
                following = node.next if stack else None
            if following is None:
                break
            node = following
        while stack:
            tag, node, state, _ = stack.pop()
            self._leave(tag, state)

    def _text(self, text: str) -> None:
        start = self.out.length
        if self._pre:
            self.out.settle()
            self.out.write(text.replace("\r\n", "\n").replace("\xa0", " "))
        else:
            self.out.words(text)
        if self._strikes and self.out.length > start:
            self.struck.append((self.out.length - len(self.out.pieces[-1]), self.out.length))

    def _enter(self, tag: str, attributes: dict[str, str | None]) -> Any:
        out = self.out
        if tag == "br":
            out.line_break()
        elif tag == "td" or tag == "th":
            return self._enter_cell(tag, attributes)
        elif tag == "a":
            out.settle()
            return (out.length, attributes.get("href") or "")
        elif tag == "img":
            alt = (attributes.get("alt") or "").strip()
            if 0 < len(alt) <= 100:
                out.words(" " + alt + " ")
        elif tag in _PARAGRAPHS:
            tight = tag == "p" and _NO_MARGIN.search(f"{attributes.get('class')} {attributes.get('style')}")
            out.owe(1 if tight or self._lists or self._open_tables else 2)
            if tag == "table":
                self._open_tables.append(_OpenTable())
            elif tag in ("ul", "ol"):
                self._lists.append(1 if tag == "ol" else 0)
            elif tag == "pre":
                self._pre += 1
            elif tag == "blockquote":
                marks = f"{attributes.get('class')} {attributes.get('style')}"
                cited = (
                    (attributes.get("type") or "").lower() == "cite"
                    or "cite" in attributes
                    or _QUOTING.search(marks)
                )
                out.settle()
                return (out.length, bool(cited))
            return 1 if tight else 2
        elif tag in _BLOCKS:
            out.owe(1)
            if tag == "tr" and self._open_tables:
                table = self._open_tables[-1]
                table.row += 1
                table.column = 0
            elif tag == "li":
                self._enter_item()
        return None

    def _enter_item(self) -> None:
        self.out.settle()
        number = self._lists[-1] if self._lists else 0
        if number:
            self._lists[-1] += 1
        self.out.write(f"{number}. " if number else "• ")

    def _enter_cell(self, tag: str, attributes: dict[str, str | None]) -> Any:
        out = self.out
        if not self._open_tables:
            out.owe(1)
            return None
        table = self._open_tables[-1]
        table.row = max(table.row, 0)
        while table.taken.get(table.column, -1) >= table.row:
            table.column += 1
        if table.column and not out.breaks:
            out.tab, out.space = True, False
        out.settle()
        rows, columns = _span(attributes.get("rowspan")), _span(attributes.get("colspan"))
        for column in range(table.column, table.column + columns):
            table.taken[column] = table.row + rows - 1
        place = (table.row, table.column, out.length, rows, columns, tag == "th")
        table.column += columns
        return place

    def _leave(self, tag: str, state: Any) -> None:
        out = self.out
        if tag == "a":
            start, target = state
            if target and not target.startswith("#"):
                if out.length == start and target.lower().startswith(("http:", "https:")):
                    out.words(target)  # a picture or nothing: the target is all there is to show
                self.links.append(Link(start, out.length, target))
        elif (tag == "td" or tag == "th") and state is not None and self._open_tables:
            row, column, start, rows, columns, header = state
            out.breaks, out.space = 0, False
            self._open_tables[-1].cells.append(
                Cell(row, column, start, max(start, out.length), rows, columns, header)
            )
        elif tag == "table":
            out.owe(1 if len(self._open_tables) > 1 else 2)
            if self._open_tables:
                table = self._open_tables.pop()
                if table.cells:
                    self.tables.append(Table(tuple(table.cells)))
        elif tag in ("ul", "ol"):
            if self._lists:
                self._lists.pop()
            out.owe(1 if self._lists else 2)
        elif tag == "blockquote":
            start, cited = state
            if cited:
                self.quotes.append((start, out.length))
            out.owe(2)
        elif tag == "pre":
            self._pre -= 1
            out.owe(2)
        elif tag in _PARAGRAPHS:
            out.owe(state or 1)
        elif tag in _BLOCKS:
            out.owe(1)


def _strikes(tag: str, attributes: dict[str, str | None]) -> bool:
    if tag == "del":  # and what tame() makes one
        return True
    style = attributes.get("style") if attributes else None
    return bool(style and _STRUCK_STYLE.search(style[:2000]))


def _is_hidden(attributes: dict[str, str | None]) -> bool:
    if not attributes:
        return False
    style = attributes.get("style")
    return "hidden" in attributes or bool(style and _HIDDEN.search(style[:2000]))


def _span(value: str | None) -> int:
    """A rowspan or colspan; nonsense counts as 1, and more than 100 as 100."""
    if value is None or not value.strip().isdecimal():
        return 1
    return min(max(int(value[:9]), 1), 100)
