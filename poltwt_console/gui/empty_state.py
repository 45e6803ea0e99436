"""What stands where there is nothing: a sentence, and the next step."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from poltwt_console.gui.labels import button, label


class EmptyState(QWidget):
    """A title, a sentence and up to one button in the middle of an area."""

    wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._title = label(look="title", wrap=True)
        self._sentence = label(look="empty", wrap=True)
        self.button = button("", "primary")
        self.button.hide()
        self.button.clicked.connect(self.wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(40, 40, 40, 40)
        column.setSpacing(10)
        column.addStretch(2)
        for widget in (self._title, self._sentence):
            widget.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(widget)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def say(self, title: str, sentence: str = "", button_text: str = "") -> None:
        """Show other words."""
        self._title.setText(title)
        self._sentence.setText(sentence)
        self._sentence.setVisible(bool(sentence))
        self.button.setText(button_text)
        self.button.setVisible(bool(button_text))

    @property
    def text(self) -> str:
        """What it says."""
        return f"{self._title.text()} {self._sentence.text()}".strip()
