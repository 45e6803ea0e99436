"""The list of places that want a look: an account is three lines, with the one reason at the end.

The list holds a tenth of the accounts at most, so it is asked for whole; there is no paging.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from poltwt_console.gui.style import Style
from poltwt_console.gui.window_model import ROW_ROLE

if TYPE_CHECKING:
    from poltwt_console.store.queries.places import PlaceRow

Index = QModelIndex | QPersistentModelIndex
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_DIGITS = {Qt.Key(Qt.Key.Key_1.value + n): n for n in range(5)}


class PlacesModel(QAbstractListModel):
    """The rows; the text of one is what a screen reader says of it."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: Sequence[PlaceRow] = ()

    def show_rows(self, rows: Sequence[PlaceRow]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        row = self.rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role == _DISPLAY:
            return f"@{row.handle}, {row.name}, {row.location.query}, {row.reason}"
        return None


class PlacesDelegate(QStyledItemDelegate):
    """Paints an account: its names, its address, what is doubtful."""

    def __init__(self, style: Style, view: QListView) -> None:
        super().__init__(view)
        self._style = style

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self._style.px(200), self._style.px(74))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        px, colours = self._style.px, self._style.colours
        rect: QRect = option.rect
        row: PlaceRow = index.data(ROW_ROLE)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(colours.accent_soft))
            if option.state & QStyle.StateFlag.State_HasFocus:
                painter.fillRect(QRect(rect.left(), rect.top(), px(3), rect.height()), QColor(colours.accent))
        painter.setPen(QColor(colours.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        strong, plain = QFont(option.font), QFont(option.font)
        strong.setWeight(QFont.Weight.DemiBold)
        plain.setPixelSize(max(9, round(plain.pixelSize() * 12 / 13)))
        inner = rect.adjusted(px(12), px(7), -px(12), -px(7))
        lines = (
            (strong, colours.ink, names_of(row)),
            (plain, colours.mute, row.location.query),
            (plain, colours.warn, f"▲ {row.reason}"),
        )
        for n, (face, colour, text) in enumerate(lines):
            painter.setFont(face)
            painter.setPen(QColor(colour))
            shown = QFontMetrics(face).elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
            area = QRect(inner.left(), inner.top() + n * px(20), inner.width(), px(20))
            painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)
        painter.restore()


def names_of(row: PlaceRow) -> str:
    """The account and its agency; a mail may name only one of them."""
    handle = f"@{row.handle}" if row.handle else ""
    return " · ".join(" ".join(name.split()) for name in (handle, row.name) if name) or "no name yet"


class PlacesView(QListView):
    """J and K go through the list, 1 to 5 take a candidate, Enter goes to the address."""

    chosen = Signal(int)  # the row that is current now, -1 for none
    picked = Signal(int)  # a candidate's index
    entered = Signal()

    def __init__(self, style: Style) -> None:
        super().__init__()
        self.setAccessibleName("Places that want a look")
        self.setAccessibleDescription(
            "J and K go through the list, 1 to 5 take a candidate, Enter goes to the address."
        )
        self.setItemDelegate(PlacesDelegate(style, self))
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        style.changed.connect(self.doItemsLayout)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.chosen.emit(current.row())

    def choose(self, row: int) -> None:
        """Make a row current, as near as there is one."""
        count = self.model().rowCount()
        if count:
            self.setCurrentIndex(self.model().index(max(0, min(row, count - 1)), 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and key in (Qt.Key.Key_J, Qt.Key.Key_K):
            self.choose(self.currentIndex().row() + (1 if key == Qt.Key.Key_J else -1))
        elif plain and key in _DIGITS:
            self.picked.emit(_DIGITS[key])
        elif plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)
