"""The pages and what needs attention, at the left, each with its count."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from poltwt_console.gui.labels import clear, label, set_property

if TYPE_CHECKING:
    from poltwt_console.gui.style import Style

PAGES = (("inbox", "Inbox"), ("participants", "Participants"), ("map", "Map"), ("exports", "Exports"))


class NavButton(QPushButton):
    """A line with a count at its right."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setProperty("look", "nav")
        self.setCheckable(True)
        self.setAccessibleName(text)
        self._words = text
        self._count = label("", "count")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 10, 0)
        row.addStretch(1)
        row.addWidget(self._count)
        self.toggled.connect(self._mark)

    def _mark(self, on: bool) -> None:
        if self.window().isVisible():
            set_property(self._count, "on", "true" if on else "false")
        else:  # not polished yet; asking for a widget's style makes enums, which takes 15 ms
            self._count.setProperty("on", "true" if on else "false")

    def set_count(self, count: int | None) -> None:
        """Show a count; None shows none."""
        self._count.setText("" if count is None else f"{count:,}")
        self.setAccessibleName(self._words if count is None else f"{self._words}, {count}")


class Nav(QFrame):
    """Emits the page or the kind of attention that a person wants to see."""

    page_wanted = Signal(str)
    attention_wanted = Signal(str)

    def __init__(self, style: Style) -> None:
        super().__init__()
        self.setObjectName("nav")
        self._style = style
        self._pages = {key: NavButton(words) for key, words in PAGES}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(8, 12, 8, 12)
        self._column.setSpacing(2)
        for key, line in self._pages.items():
            line.clicked.connect(lambda _=False, k=key: self.page_wanted.emit(k))
            self._column.addWidget(line)
        self._caps = label("NEEDS ATTENTION", "caps")
        self._caps.hide()
        self._column.addWidget(self._caps)
        self._wants = QVBoxLayout()
        self._wants.setSpacing(2)
        self._column.addLayout(self._wants)
        self._column.addStretch(1)
        self._attention: dict[str, NavButton] = {}
        style.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self.setFixedWidth(self._style.px(208))

    def show_current(self, page: str, attention: str | None = None) -> None:
        """Mark where the person is."""
        for key, line in self._pages.items():
            line.setChecked(key == page and attention is None)
        for key, line in self._attention.items():
            line.setChecked(key == attention)

    def show_counts(self, counts: dict[str, int]) -> None:
        """The counts of the pages."""
        for key, line in self._pages.items():
            line.set_count(counts.get(key))

    def show_attention(self, entries: Sequence[tuple[str, str, int]]) -> None:
        """(key, words, count) of what wants attention; what is at 0 stays, and is quiet."""
        if [key for key, _, _ in entries] != list(self._attention):
            clear(self._wants)
            self._attention = {}
            for key, words, _ in entries:
                line = NavButton(words)
                line.clicked.connect(lambda _=False, k=key: self.attention_wanted.emit(k))
                self._attention[key] = line
                self._wants.addWidget(line)
        for key, _, count in entries:
            self._attention[key].set_count(count)
        self._caps.setVisible(bool(entries))
