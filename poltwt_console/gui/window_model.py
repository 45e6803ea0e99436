"""Lists and tables as a window onto the database: all ids in order, and rows for what is seen.

The ids come from SQL, sorted and filtered; rows come in pages of 256, each fetched by a job when
a cell of it is first painted.  Until a page is there its cells show a placeholder; when data
changed, the old row stays until the new one is there.  Measured at 100,000 rows: a key in the
search field 50 ms, where a proxy model takes seconds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from poltwt_console.gui.desk import Desk
from poltwt_console.gui.jobs import Jobs

Row = TypeVar("Row")
PAGE = 256
_MOST_PAGES = 40
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_EDIT = int(Qt.ItemDataRole.EditRole)
_ACCESSIBLE = int(Qt.ItemDataRole.AccessibleTextRole)
#: The whole row, for a delegate that paints it.
ROW_ROLE = int(Qt.ItemDataRole.UserRole)
PLACEHOLDER = "…"
AnyIndex = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """The only place where a column is defined."""

    key: str  # what SQL orders by
    title: str
    text: Callable[[Row], str]
    tone: Callable[[Row], str] | None = None  # shown as a pill
    edits: str = ""  # the value that typing into the cell sets, "" for none
    width: int = 120
    sorts: bool = True


class WindowModel(QAbstractTableModel, Generic[Row]):
    """The model; give it ids, it fetches the rows."""

    edited = Signal(object, str, str)  # row, value's name, new text
    filled = Signal()  # a page of rows came in
    sort_wanted = Signal(str, bool)  # column's key, descending

    def __init__(
        self,
        jobs: Jobs,
        topic: str,
        ask_rows: Callable[[Desk, Sequence[str]], Sequence[Row]],
        columns: Sequence[Column[Row]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._topic = topic
        self._ask_rows = ask_rows
        self.columns = tuple(columns)
        self._ids: list[str] = []
        self._place: dict[str, int] = {}
        self._rows: dict[str, Row] = {}
        self._pages: dict[int, int] = {}  # page -> generation in which it was asked for
        self._generation = 0

    # -- what the page says

    def set_ids(self, ids: Sequence[str]) -> None:
        """Show these ids; rows known already stay until their page is fetched again."""
        self.beginResetModel()
        self._ids = list(ids)
        self._place = {row_id: n for n, row_id in enumerate(self._ids)}
        self._pages.clear()
        self._generation += 1
        if len(self._rows) > PAGE * _MOST_PAGES:
            self._rows.clear()
        self.endResetModel()
        if self._ids:
            self._ask(0)  # what is painted next, most of the time

    @property
    def ids(self) -> Sequence[str]:
        """All ids in order."""
        return self._ids

    def id_at(self, row: int) -> str | None:
        """The id of a row, None outside."""
        return self._ids[row] if 0 <= row < len(self._ids) else None

    def place_of(self, row_id: str) -> int:
        """The row of an id, -1 if it is not shown."""
        return self._place.get(row_id, -1)

    def row_at(self, row: int) -> Row | None:
        """The row, None while it is not there yet (it is asked for)."""
        row_id = self._ids[row]
        page = row // PAGE
        if page not in self._pages:
            self._ask(page)
        return self._rows.get(row_id)

    def _ask(self, page: int) -> None:
        self._pages[page] = self._generation
        ids = self._ids[page * PAGE : (page + 1) * PAGE]
        generation = self._generation

        def arrived(rows: Sequence[Row]) -> None:
            if generation != self._generation:
                return
            for row in rows:
                self._rows[row.id] = row  # type: ignore[attr-defined]
            first = self.index(page * PAGE, 0)
            last = self.index(page * PAGE + len(ids) - 1, len(self.columns) - 1)
            self.dataChanged.emit(first, last)
            self.filled.emit()

        self._jobs.read(f"{self._topic}/{page}", lambda desk: self._ask_rows(desk, ids), arrived)

    # -- what Qt asks

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: AnyIndex, role: int = _DISPLAY) -> Any:
        # Called some eight times a cell and paint: whatever is not text leaves at once.
        if role != _DISPLAY and role != ROW_ROLE and role != _EDIT and role != _ACCESSIBLE:
            return None
        row = self.row_at(index.row())
        if role == ROW_ROLE:
            return row
        if row is None:
            return PLACEHOLDER
        column = self.columns[index.column()]
        if role == _ACCESSIBLE:
            return f"{column.title}: {column.text(row)}"
        return column.text(row)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        if orientation == Qt.Orientation.Horizontal:
            if role == _DISPLAY:
                return self.columns[section].title
            if role == int(Qt.ItemDataRole.TextAlignmentRole):
                return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.isValid() and self.columns[index.column()].edits and self._ids[index.row()] in self._rows:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def setData(self, index: AnyIndex, value: Any, role: int = _EDIT) -> bool:
        """Ask for the edit; the cell shows it when it is stored."""
        row = self.row_at(index.row())
        column = self.columns[index.column()]
        if role != _EDIT or row is None or not column.edits or str(value) == column.text(row):
            return False
        self.edited.emit(row, column.edits, str(value))
        return True

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Ask for another order: SQL sorts, never Python."""
        if 0 <= column < len(self.columns) and self.columns[column].sorts:
            self.sort_wanted.emit(self.columns[column].key, order == Qt.SortOrder.DescendingOrder)
