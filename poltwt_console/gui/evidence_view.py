"""The mail as plain text, with the words that each value was read from marked and numbered.

Nothing of a mail is ever taken for HTML, nothing is loaded from afar.  A link shows its whole
target before it opens, and only http and https open.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextLayout,
    QTextLine,
)
from PySide6.QtWidgets import QTextEdit

from poltwt_console.gui.mail_text import MailText
from poltwt_console.gui.style import Style

#: Proportional line height of the mail's text, in percent.
_LINE_HEIGHT = 145


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of a part behind which a field's colour lies; a faint one belongs to another account."""

    part: str
    start: int
    end: int
    number: int  # of the field, 1 to 5
    faint: bool = False
    account: str = ""  # the registration to turn to when it is clicked


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Units of the document, and what belongs to them."""

    start: int
    end: int
    mark: Mark | None = None
    target: str = ""


class EvidenceView(QTextEdit):
    """Shows one mail; words can be selected and given to a field."""

    link_clicked = Signal(str)  # target, as written in the mail
    account_clicked = Signal(str)  # registration's id

    def __init__(self, style: Style) -> None:
        super().__init__()
        self._style = style
        self._text = MailText((), ())
        self._marks: list[_Stretch] = []
        self._links: list[_Stretch] = []
        self._struck: list[_Stretch] = []
        self._pressed_at = QPoint()
        self.setReadOnly(True)
        self.setAcceptRichText(False)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setAccessibleName("Mail")
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setViewportMargins(0, 0, 0, 0)
        self.document().setDocumentMargin(style.px(20))
        style.changed.connect(self._restyle)

    # -- what to show

    def show_text(
        self,
        text: MailText,
        links: Sequence[tuple[str, int, int, str]],
        struck: Sequence[tuple[str, int, int]] = (),
    ) -> None:
        """Show a mail; ``links`` are (part, start, end, target), ``struck`` is crossed out."""
        self._text = text
        self._links = [
            _Stretch(*span, target=target)
            for part, start, end, target in links
            if (span := text.span(part, start, end)) is not None
        ]
        spans = (text.span(*stretch) for stretch in struck)
        self._struck = [_Stretch(*span) for span in spans if span is not None]
        self._marks = []
        self._fill()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def set_marks(self, marks: Sequence[Mark]) -> None:
        """Mark these words; the document stays as it is."""
        found = []
        for mark in sorted(marks, key=lambda m: not m.faint):  # faint ones lie below
            span = self._text.span(mark.part, mark.start, mark.end)
            if span is not None and span[0] < span[1]:
                found.append(_Stretch(*span, mark=mark))
        self._marks = found
        self.viewport().update()

    def show_mark(self, number: int) -> None:
        """Scroll to the first words of a field."""
        for stretch in self._marks:
            if stretch.mark is not None and stretch.mark.number == number and not stretch.mark.faint:
                top = min((rect.top() for rect in self._rects(stretch)), default=0.0)
                if not 0 <= top < self.viewport().height() - self._style.px(30):
                    bar = self.verticalScrollBar()
                    bar.setValue(round(bar.value() + top - self.viewport().height() / 3))
                return

    def chosen_words(self) -> str:
        """The selected text, its lines parted by line feeds; "" where nothing is selected."""
        return self.textCursor().selectedText().replace("\u2029", "\n").replace("\u2028", "\n")

    # -- how it looks

    def _restyle(self) -> None:
        self.document().setDocumentMargin(self._style.px(20))
        place = self.verticalScrollBar().value()
        self._fill()
        self.verticalScrollBar().setValue(place)

    def _fill(self) -> None:
        colours, px = self._style.colours, self._style.px
        looks: dict[str, QTextCharFormat] = {}
        for look, colour in (
            ("plain", colours.ink),
            ("faint", colours.mute),
            ("mute", colours.mute),
            ("strong", colours.ink),
            ("warn", colours.warn),
            ("title", colours.ink),
        ):
            made = QTextCharFormat()
            made.setForeground(QColor(colour))
            if look in ("strong", "title"):
                made.setFontWeight(QFont.Weight.DemiBold)
            if look == "title":
                made.setProperty(QTextCharFormat.Property.FontPixelSize, px(18))
            looks[look] = made
        self.setUpdatesEnabled(False)
        self.clear()
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        spacing = QTextBlockFormat()
        spacing.setLineHeight(_LINE_HEIGHT, int(QTextBlockFormat.LineHeightTypes.ProportionalHeight.value))
        cursor.setBlockFormat(spacing)
        for run in self._text.runs:
            cursor.insertText(run.text, looks[run.look])
        linked, crossed = QTextCharFormat(), QTextCharFormat()
        linked.setForeground(QColor(colours.accent))
        linked.setFontUnderline(True)
        crossed.setFontStrikeOut(True)
        for stretches, made in ((self._links, linked), (self._struck, crossed)):
            for stretch in stretches:
                cursor.setPosition(stretch.start)
                cursor.setPosition(stretch.end, QTextCursor.MoveMode.KeepAnchor)
                cursor.mergeCharFormat(made)
        cursor.endEditBlock()
        self.setUpdatesEnabled(True)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        seen = QRectF(event.rect())
        numbers: dict[tuple[float, float], list[int]] = {}  # by the corner: several values may begin there
        for stretch in self._marks:
            mark = stretch.mark
            assert mark is not None
            colour = self._style.colours.mark(mark.number)
            if mark.faint:
                colour.setAlpha(110)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            for n, rect in enumerate(self._rects(stretch)):
                if rect.intersects(seen):
                    painter.drawRoundedRect(rect, self._style.px(3), self._style.px(3))
                    if n == 0:
                        numbers.setdefault(rect.topLeft().toTuple(), []).append(mark.number)
        painter.end()
        super().paintEvent(event)
        self._paint_numbers(numbers)

    def _paint_numbers(self, numbers: Mapping[tuple[float, float], list[int]]) -> None:
        painter = QPainter(self.viewport())
        face = QFont(self.font())
        face.setPixelSize(max(8, self._style.px(9)))
        face.setWeight(QFont.Weight.Bold)
        painter.setFont(face)
        painter.setPen(QColor(self._style.colours.mute))
        for (left, top), here in numbers.items():
            said = " ".join(map(str, sorted(set(here))))
            painter.drawText(QPointF(left - self._style.px(2), top + self._style.px(1)), said)
        painter.end()

    def _rects(self, stretch: _Stretch) -> list[QRectF]:
        """Where the words stand in the viewport, one rectangle a line."""
        layout = self.document().documentLayout()
        offset = QPointF(-self.horizontalScrollBar().value(), -self.verticalScrollBar().value())
        rects: list[QRectF] = []
        block = self.document().findBlock(stretch.start)
        while block.isValid() and block.position() < stretch.end:
            corner = layout.blockBoundingRect(block).topLeft() + offset
            first = max(0, stretch.start - block.position())
            last = min(block.length() - 1, stretch.end - block.position())
            rects += [rect.translated(corner) for rect in _line_rects(block.layout(), first, last)]
            block = block.next()
        return rects

    # -- what the mouse does

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        moved = (event.position().toPoint() - self._pressed_at).manhattanLength()
        if event.button() != Qt.MouseButton.LeftButton or moved > 3 or self.textCursor().hasSelection():
            return
        link, mark = self._at(self._links, event.position()), self._at(self._marks, event.position())
        if link is not None:
            self.link_clicked.emit(link.target)
        elif mark is not None and mark.mark is not None and mark.mark.account:
            self.account_clicked.emit(mark.mark.account)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        hit = self._at(self._links, event.position())
        if hit is None:
            mark = self._at(self._marks, event.position())
            hit = mark if mark is not None and mark.mark is not None and mark.mark.account else None
        shape = Qt.CursorShape.PointingHandCursor if hit else Qt.CursorShape.IBeamCursor
        self.viewport().setCursor(shape)

    def _at(self, stretches: Sequence[_Stretch], point: QPointF) -> _Stretch | None:
        for stretch in reversed(stretches):
            if any(rect.contains(point) for rect in self._rects(stretch)):
                return stretch
        return None


def _line_rects(layout: QTextLayout, first: int, last: int) -> list[QRectF]:
    rects = []
    for n in range(layout.lineCount()):
        line = layout.lineAt(n)
        start, end = line.textStart(), line.textStart() + line.textLength()
        if end <= first or start >= last:
            continue
        left, right = _x_of(line, max(first, start)), _x_of(line, min(last, end))
        text_height = line.ascent() + line.descent()
        top = line.y() + line.height() - text_height
        rects.append(QRectF(min(left, right) - 1, top, abs(right - left) + 2, text_height))
    return rects


def _x_of(line: QTextLine, position: int) -> float:
    """Where a character stands in its line; the binding gives (x, position), its stub an object."""
    found: Any = line.cursorToX(position)
    return float(found[0])
