"""The queue: a mail is three lines (sender with a pill, subject, accounts), all of one height."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from poltwt_console.gui.style import Style
from poltwt_console.gui.window_model import ROW_ROLE, Column

if TYPE_CHECKING:
    from poltwt_console.store.queries.inbox import MessageRow


def queue_columns() -> tuple[Column[MessageRow], ...]:
    """One column whose text is what a screen reader says of a mail."""
    return (
        Column("mail", "Mail", lambda r: f"{r.sender}, {r.pill.text}, {r.subject}, {_accounts(r.handles)}"),
    )


class QueueDelegate(QStyledItemDelegate):
    """Paints a mail of the queue."""

    def __init__(self, style: Style, view: QListView) -> None:
        super().__init__(view)
        self._style = style

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(self._style.px(200), self._style.px(74))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        px, colours = self._style.px, self._style.colours
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        font = QFont(option.font)
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(colours.accent_soft))
            if state & QStyle.StateFlag.State_HasFocus:
                painter.fillRect(QRect(rect.left(), rect.top(), px(3), rect.height()), QColor(colours.accent))
        painter.setPen(QColor(colours.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        row = index.data(ROW_ROLE)
        inner = rect.adjusted(px(12), px(8), -px(12), -px(7))
        if row is None:
            painter.setPen(QColor(colours.mute))
            painter.drawText(inner, int(Qt.AlignmentFlag.AlignVCenter), "…")
        else:
            self._paint_row(painter, inner, font, row)
        painter.restore()

    def _paint_row(self, painter: QPainter, inner: QRect, font: QFont, row: MessageRow) -> None:
        px, colours = self._style.px, self._style.colours
        line = px(20)
        width = paint_pill(painter, inner, font, row.pill.text, colours.tone(row.pill.tone), px)
        strong = QFont(font)
        strong.setWeight(QFont.Weight.DemiBold)
        rows = [
            (strong, colours.ink, row.sender, inner.width() - width - px(8)),
            (font, colours.mute, row.subject or "(no subject)", inner.width()),
            (_smaller(font), colours.accent, _accounts(row.handles), inner.width()),
        ]
        for n, (face, colour, text, room) in enumerate(rows):
            painter.setFont(face)
            painter.setPen(QColor(colour))
            shown = QFontMetrics(face).elidedText(_one_line(text), Qt.TextElideMode.ElideRight, room)
            area = QRect(inner.left(), inner.top() + n * line, room, line)
            painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)


def paint_pill(
    painter: QPainter, inner: QRect, font: QFont, text: str, tone: tuple[str, str], px: Callable[[float], int]
) -> int:
    """A pill at the right of the first line; returns its width."""
    if not text:
        return 0
    face = QFont(font)
    face.setPixelSize(max(9, round(font.pixelSize() * 11 / 13)))
    face.setWeight(QFont.Weight.DemiBold)
    width = QFontMetrics(face).horizontalAdvance(text) + px(16)
    area = QRectF(inner.right() - width + 1, inner.top() + px(1), width, px(18))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tone[1]))
    painter.drawRoundedRect(area, px(9), px(9))
    painter.setFont(face)
    painter.setPen(QColor(tone[0]))
    painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter), text)
    return width


def _smaller(font: QFont) -> QFont:
    face = QFont(font)
    face.setPixelSize(max(9, round(font.pixelSize() * 12 / 13)))
    return face


def _accounts(handles: tuple[str, ...]) -> str:
    if not handles:
        return ""
    return f"@{handles[0]}" + (f" +{len(handles) - 1}" if len(handles) > 1 else "")


def _one_line(text: str) -> str:
    return " ".join(text[:300].split())


class QueueView(QListView):
    """The list of mails; ``chosen`` names the row that is current now, -1 for none."""

    chosen = Signal(int)

    def __init__(self, style: Style) -> None:
        super().__init__()
        self.setAccessibleName("Mails")
        self.setItemDelegate(QueueDelegate(style, self))
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        style.changed.connect(self.doItemsLayout)

    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().currentChanged(current, previous)
        self.chosen.emit(current.row())

    def choose(self, row: int) -> None:
        """Make a row current, as near as there is one."""
        model = self.model()
        count = model.rowCount() if model is not None else 0
        if count:
            self.setCurrentIndex(model.index(max(0, min(row, count - 1)), 0))
