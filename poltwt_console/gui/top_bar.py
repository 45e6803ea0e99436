"""The bar over all pages: which event, import, undo and redo by name, and search."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit

from poltwt_console.gui.labels import button, label, pill

if TYPE_CHECKING:
    from poltwt_console.domain.edition import Edition
    from poltwt_console.gui.style import Style


class SearchField(QLineEdit):
    """Searches what the page shows; Escape empties it, then gives the focus back."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "search")
        self.setPlaceholderText("Search participants, handles, places, mail…")
        self.setAccessibleName("Search")
        self.setClearButtonEnabled(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        from PySide6.QtCore import Qt

        if event.key() == Qt.Key.Key_Escape:
            if self.text():
                self.clear()
            else:
                self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.left.emit()
        else:
            super().keyPressEvent(event)


class TopBar(QFrame):
    """The bar; buttons stand for actions and follow them."""

    def __init__(self, style: Style) -> None:
        super().__init__()
        self.setObjectName("bar")
        self._style = style
        self._hashtag = label("#poltwt", "hashtag")
        self._edition = pill("", "quiet")
        self._edition.hide()
        self.import_mail = button("Import mail…")
        self.undo = button("Undo", "link")
        self.redo = button("Redo", "link")
        self.search = SearchField()
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 14, 6)
        row.setSpacing(10)
        for widget in (self._hashtag, self._edition, self.import_mail, self.undo, self.redo):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.search, 2)
        style.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(self._style.px(48))
        self.search.setMinimumWidth(self._style.px(110))
        self.search.setMaximumWidth(self._style.px(320))

    def follow(self, import_mail: QAction, undo: QAction, redo: QAction) -> None:
        """Let the buttons do what the actions do."""
        from PySide6.QtCore import Qt

        for made, action in ((self.import_mail, import_mail), (self.undo, undo), (self.redo, redo)):
            made.clicked.connect(action.trigger)
            made.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def show_edition(self, edition: Edition) -> None:
        """Name the event."""
        day = edition.day
        self._hashtag.setText(edition.hashtag)
        self._edition.setText(
            f"{day.day} {day:%b %Y} · {edition.start_hour:02d}:00 local · {edition.hours} h"
        )
        self._edition.setAccessibleDescription(edition.title)
        self._edition.show()

    def show_steps(self, undo: str, redo: str) -> None:
        """Name what Undo and Redo would do."""
        for made, word, step in ((self.undo, "Undo", undo), (self.redo, "Redo", redo)):
            made.setText(f"{word}: {_short(step)}".replace("&", "&&") if step else word)
            made.setAccessibleName(f"{word} {step}".strip())
            made.setEnabled(bool(step))
            made.setVisible(bool(step) or word == "Undo")


def _short(text: str, most: int = 34) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
