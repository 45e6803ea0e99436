"""The table of participants: its columns, and how a cell is painted and edited."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from poltwt_console.domain.countries import country_name
from poltwt_console.domain.edition import Edition
from poltwt_console.domain.participant import Participation, ParticipationState
from poltwt_console.domain.place import LocationState, Precision
from poltwt_console.gui.place_box import start_words
from poltwt_console.gui.style import Style
from poltwt_console.gui.window_model import ROW_ROLE, Column, WindowModel

_STATE_TONES = {
    ParticipationState.CONFIRMED: "good",
    ParticipationState.INVITED: "quiet",
    ParticipationState.DECLINED: "quiet",
    ParticipationState.WITHDRAWN: "bad",
}
_NO_PLACE = {
    LocationState.NOT_TRIED: "no address",
    LocationState.NONE: "not found",
    LocationState.FAILED: "failed",
}
#: Columns that a narrow table does without, and the width from which they are shown.
_SHOWN_FROM = {"timezone": 860, "kind": 820, "precision": 620, "state": 520, "country": 430}
Index = QModelIndex | QPersistentModelIndex


def people_columns(edition: Callable[[], Edition]) -> tuple[Column[Participation], ...]:
    """The columns; ``key`` is what SQL orders by, ``edition`` gives the one that is shown."""
    return (
        Column("handle", "Twitter name", lambda p: f"@{p.handle}", edits="handle", width=150),
        Column("name", "Name", lambda p: p.title, edits="name", width=230),
        Column("kind", "As", lambda p: p.kind.value, lambda p: p.kind.value, width=76),
        Column("city", "City", lambda p: p.city, edits="city", width=112),
        Column("country", "Country", lambda p: country_name(p.country), edits="country", width=122),
        Column("precision", "Place known to", known_to, place_tone, width=104),
        Column("timezone", "Starts (UTC)", lambda p: _starts(p, edition()), width=84),
        Column("state", "State", lambda p: p.state.value, lambda p: _STATE_TONES[p.state], width=94),
    )


def known_to(one: Participation) -> str:
    """How closely the place is known, or why it is not."""
    found = one.location
    if found is None or found.place is None:
        return _NO_PLACE.get(found.state if found else LocationState.NOT_TRIED, "")
    return "by hand" if found.state is LocationState.BY_HAND else found.place.precision.value


def place_tone(one: Participation) -> str:
    """The tone of ``known_to``."""
    found = one.location
    if found is None or found.place is None:
        return "warn"
    if found.needs_review and not found.locked:
        return "warn"
    return {Precision.REGION: "warn", Precision.COUNTRY: "warn"}.get(found.place.precision, "good")


def _starts(one: Participation, edition: Edition) -> str:
    place = one.location.place if one.location else None
    return start_words(edition, place.timezone, short=True) if place and place.timezone else ""


class PeopleDelegate(QStyledItemDelegate):
    """Text in ink, the Twitter name in the accent colour, tones as pills."""

    def __init__(self, style: Style, view: QTableView, columns: tuple[Column[Participation], ...]) -> None:
        super().__init__(view)
        self._style = style
        self._columns = columns

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        px, colours = self._style.px, self._style.colours
        rect: QRect = option.rect
        column = self._columns[index.column()]
        row: Participation | None = index.data(ROW_ROLE)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(colours.accent_soft))
        painter.setPen(QColor(colours.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(colours.accent))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
        text = "…" if row is None else column.text(row)
        if row is not None and column.tone is not None and text:
            self._paint_pill(painter, rect, QFont(option.font), text, colours.tone(column.tone(row)))
        else:
            inner = rect.adjusted(px(10), 0, -px(6), 0)
            ink = colours.accent if column.key == "handle" else colours.ink if text else colours.mute
            painter.setPen(QColor(ink))
            shown = option.fontMetrics.elidedText(text or "—", Qt.TextElideMode.ElideRight, inner.width())
            painter.drawText(inner, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)
        painter.restore()

    def _paint_pill(
        self, painter: QPainter, rect: QRect, font: QFont, text: str, tone: tuple[str, str]
    ) -> None:
        px = self._style.px
        font.setPixelSize(px(11))
        font.setWeight(QFont.Weight.DemiBold)
        width = min(QFontMetrics(font).horizontalAdvance(text) + px(16), rect.width() - px(12))
        area = QRect(rect.left() + px(8), rect.center().y() - px(9), width, px(18))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tone[1]))
        painter.drawRoundedRect(area, px(9), px(9))
        painter.setFont(font)
        painter.setPen(QColor(tone[0]))
        painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter), text)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A plain line; Qt commits it on Enter and leaves it on Escape."""
        editor = QLineEdit(parent)
        editor.setAccessibleName(self._columns[index.column()].title)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        assert isinstance(editor, QLineEdit)
        row: Participation | None = index.data(ROW_ROLE)
        if row is not None:
            editor.setText(self._columns[index.column()].text(row))
            editor.selectAll()


class PeopleTable(QTableView):
    """The table; ``chosen`` names the row that is current now, -1 for none."""

    chosen = Signal(int)
    opened = Signal()

    def __init__(self, style: Style) -> None:
        super().__init__()
        self._style = style
        self.setAccessibleName("Participants")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionsClickable(True)
        style.changed.connect(self._fit)

    def show_model(self, model: WindowModel[Participation]) -> None:
        """Show this model, ordered by name."""
        self.setItemDelegate(PeopleDelegate(self._style, self, model.columns))
        self.setModel(model)
        head = self.horizontalHeader()
        keys = [column.key for column in model.columns]
        head.setSortIndicator(keys.index("name"), Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        head.setSectionResizeMode(keys.index("name"), QHeaderView.ResizeMode.Stretch)
        self._fit()

    def _fit(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self._style.px(32))
        model = self.model()
        if isinstance(model, WindowModel):
            for n, column in enumerate(model.columns):
                self.setColumnWidth(n, self._style.px(column.width))
                self.setColumnHidden(n, self.width() < self._style.px(_SHOWN_FROM.get(column.key, 0)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.chosen.emit(current.row())

    def choose(self, row: int) -> None:
        """Make a row current, in the column that was; as near as there is one."""
        count = self.model().rowCount()
        if count:
            column = max(0, self.currentIndex().column())
            self.setCurrentIndex(self.model().index(max(0, min(row, count - 1)), column))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        editing = self.state() == QAbstractItemView.State.EditingState
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not editing:
            self.opened.emit()
            return
        super().keyPressEvent(event)

    def cell(self, row: int, column: int) -> QPoint:
        """The middle of a cell in the viewport."""
        return self.visualRect(self.model().index(row, column)).center()
