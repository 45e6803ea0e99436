"""What the window may ask of every page."""

from __future__ import annotations

from abc import abstractmethod

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame


class Page(QFrame):
    """A page loads when it is seen, and again when a table that it shows has changed."""

    settled = Signal()  # everything that was asked for is shown
    page_wanted = Signal(str)  # another page, by its key
    tables: frozenset[str] = frozenset()

    @abstractmethod
    def refresh(self) -> None:
        """Load again."""

    @abstractmethod
    def focus(self) -> None:
        """Give the keys to what they act in."""

    @abstractmethod
    def search(self, words: str) -> None:
        """Show only what has these words."""
