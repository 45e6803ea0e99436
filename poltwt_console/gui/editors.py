"""The editors of one value: a line, an address of lines, a choice, a country.

Each tells ``committed`` once a person is done with it: Enter, or going elsewhere.  Escape takes
back what was typed.
"""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QSignalBlocker, Qt, Signal, SignalInstance
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QPlainTextEdit, QWidget

from poltwt_console.domain.countries import COUNTRIES, country_name
from poltwt_console.gui.combo import Combo
from poltwt_console.gui.style import Style


class Editor(Protocol):
    """What a field's editor can do."""

    committed: SignalInstance
    left: SignalInstance

    def value(self) -> str:
        """What stands in it, as it is stored."""

    def show_value(self, value: str) -> None:
        """Show a stored value."""


class LineEditor(QLineEdit):
    """One line of text."""

    committed = Signal()
    left = Signal()  # Escape, or Enter: the keys go back to the list

    def __init__(self) -> None:
        super().__init__()
        self._shown = ""
        self.editingFinished.connect(self.committed)
        self.returnPressed.connect(self.left)

    def value(self) -> str:
        return self.text().strip()

    def show_value(self, value: str) -> None:
        self._shown = value
        with QSignalBlocker(self):
            self.setText(value)
        self.setCursorPosition(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            event.setAccepted(self.text() != self._shown)  # else it may close a dialog
            self.setText(self._shown)
            self.left.emit()
            return
        super().keyPressEvent(event)


class HandleEditor(LineEditor):
    """A Twitter name, shown with its "@"."""

    def value(self) -> str:
        return self.text().strip().lstrip("@\uff20")

    def show_value(self, value: str) -> None:
        super().show_value(f"@{value}" if value else "")


class CountryEditor(LineEditor):
    """A country by name; its two letters are what is stored."""

    def __init__(self) -> None:
        super().__init__()
        completer = QCompleter(sorted(COUNTRIES.values()), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCompleter(completer)

    def value(self) -> str:
        return country_code(self.text())

    def show_value(self, value: str) -> None:
        super().show_value(country_name(value))


def country_code(text: str) -> str:
    """The two letters of a country's name in any case; what is no name stays as it is."""
    wanted = text.strip().casefold()
    for code, name in COUNTRIES.items():
        if wanted in (name.casefold(), code.casefold()):
            return code
    return text.strip()


class AddressEditor(QPlainTextEdit):
    """An address on two lines; Enter commits, since its lines are parted by commas."""

    committed = Signal()
    left = Signal()

    def __init__(self, style: Style) -> None:
        super().__init__()
        self._style = style
        self._shown = ""
        self.setProperty("look", "field")
        self.setTabChangesFocus(True)
        style.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(self._style.px(48))

    def value(self) -> str:
        return ", ".join(line.strip(" ,") for line in self.toPlainText().splitlines() if line.strip(" ,"))

    def show_value(self, value: str) -> None:
        self._shown = value
        self.setPlainText(value)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lines break anew: the first of them stays the one that is seen."""
        super().resizeEvent(event)
        if not self.hasFocus():
            self.verticalScrollBar().setValue(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.show_value(self._shown)
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.committed.emit()
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.committed.emit()


class ChoiceEditor(Combo):
    """One of a few values; (stored, shown) pairs."""

    committed = Signal()
    left = Signal()

    def __init__(self, choices: tuple[tuple[str, str], ...]) -> None:
        super().__init__()
        for stored, shown in choices:
            self.addItem(shown, stored)
        self.activated.connect(self.committed)

    def value(self) -> str:
        return str(self.currentData() or "")

    def show_value(self, value: str) -> None:
        with QSignalBlocker(self):
            self.setCurrentIndex(self.findData(value))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls the form, it never changes a value."""
        event.ignore()


def is_typing(widget: QWidget | None) -> bool:
    """Whether keys typed now are text: then they are no commands."""
    if isinstance(widget, QPlainTextEdit):
        return not widget.isReadOnly()
    return isinstance(widget, QLineEdit | QComboBox)
