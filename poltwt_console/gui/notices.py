"""The one door for messages: a bar under the top bar, and a report for faults of ours.

A ConsoleError is told in its sentence with its hint.  Anything else is our fault: a dialog with
a report to copy, and the window goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QToolButton,
    QWidget,
)

from poltwt_console.errors import ConsoleError
from poltwt_console.gui.dialogs import dialog_column
from poltwt_console.gui.labels import button, clear, label, set_property
from poltwt_console.gui.report import report_of
from poltwt_console.gui.style import scaled

Action = tuple[str, Callable[[], None]]


class Notices(QFrame):
    """The bar; hidden while there is nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self._sentence = label(wrap=True, look="strong", selectable=True)
        self._hint = label(wrap=True, selectable=True)
        self._actions = QHBoxLayout()
        self._close = QToolButton()
        self._close.setText("✕")
        self._close.setAccessibleName("Close this message")
        self._close.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 12, 8)
        row.addWidget(self._sentence)
        row.addWidget(self._hint, 1)
        row.addLayout(self._actions)
        row.addWidget(self._close)
        self.hide()

    @property
    def text(self) -> str:
        """What the bar says now, "" while it is hidden."""
        return f"{self._sentence.text()} {self._hint.text()}".strip() if not self.isHidden() else ""

    def tell(
        self, sentence: str, hint: str = "", *, tone: str = "good", actions: Sequence[Action] = ()
    ) -> None:
        """Say something; it stays until it is closed or something else is said."""
        self._sentence.setText(sentence)
        self._sentence.setWordWrap(len(sentence) > 80)
        self._hint.setText(hint)
        clear(self._actions)
        for words, act in actions:
            made = button(words)
            made.clicked.connect(self.hide)
            made.clicked.connect(act)
            self._actions.addWidget(made)
        set_property(self, "tone", tone)
        self.setAccessibleName(f"{sentence} {hint}".strip())
        self.show()

    def tell_with_list(self, sentence: str, lines: Sequence[str], *, tone: str = "good") -> None:
        """Say something that has details: they open as a list."""
        title = sentence
        self.tell(sentence, tone=tone, actions=[("Show them", lambda: self.show_list(title, lines))])

    def show_list(self, title: str, lines: Sequence[str]) -> None:
        """A list in a dialog, to read and copy."""
        _TextDialog(self.window(), "Details", title, "\n".join(lines)).open()

    def fault(self, error: BaseException) -> None:
        """Tell what went wrong: the world's fault in the bar, ours in a dialog."""
        if isinstance(error, ConsoleError):
            self.tell(error.sentence, error.hint, tone="bad")
        else:
            _TextDialog(
                self.window(),
                "Something went wrong",
                "This is a fault of the program. What was saved is safe. "
                "The report below holds no mail text; please send it with a word on what you were doing.",
                report_of(error),
            ).open()


class _TextDialog(QDialog):
    """A sentence and a text to copy."""

    def __init__(self, parent: QWidget, title: str, sentence: str, text: str) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.resize(scaled(720), scaled(420))
        self._text = QPlainTextEdit(text)
        self._text.setReadOnly(True)
        self._text.setAccessibleName(title)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = buttons.addButton("Copy", QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(text))
        buttons.rejected.connect(self.reject)
        column = dialog_column(self)
        column.addWidget(label(sentence, wrap=True))
        column.addWidget(self._text, 1)
        column.addWidget(buttons)
