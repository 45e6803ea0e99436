"""Coordinates typed or pasted, a map's link too; what is none is told beside the field."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from poltwt_console.errors import ConsoleError
from poltwt_console.gui.labels import label, set_property


class CoordinatesField(QWidget):
    """Enter applies: ``given`` tells latitude and longitude (degrees)."""

    given = Signal(float, float)
    left = Signal()  # Escape: the keys go back to the list

    def __init__(self) -> None:
        super().__init__()
        self.line = _Line()
        self.line.setAccessibleName("Coordinates or the link of a map")
        self.line.setPlaceholderText("52.4814, −1.8998, or 52°28′N 1°54′W, or paste the link of a map")
        self.wrong = label(look="wrong", wrap=True)
        self.wrong.hide()
        title = label("Coordinates", "label")
        title.setBuddy(self.line)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        for widget in (title, self.line, self.wrong):
            column.addWidget(widget)
        self.line.returnPressed.connect(self._apply)
        self.line.textEdited.connect(lambda _: self._say(""))
        self.line.escaped.connect(self._leave)

    def clear(self) -> None:
        """Forget what was typed."""
        self.line.clear()
        self._say("")

    def _apply(self) -> None:
        from poltwt_console.geocoding.coordinates import parse_coordinates

        try:
            latitude, longitude = parse_coordinates(self.line.text())
        except ConsoleError as error:
            self._say(f"{error.sentence} {error.hint}".strip())
        else:
            self._say("")
            self.given.emit(latitude, longitude)

    def _leave(self) -> None:
        self.clear()
        self.left.emit()

    def _say(self, words: str) -> None:
        self.wrong.setText(words)
        self.wrong.setVisible(bool(words))
        self.line.setAccessibleDescription(words)
        set_property(self.line, "wrong", "true" if words else "false")


class _Line(QLineEdit):
    escaped = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)
