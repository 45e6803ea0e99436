"""What a verb reports: the Changes it made, and the Progress of long work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from poltwt_console.errors import Cancelled


@dataclass(frozen=True, slots=True)
class Changes:
    """What one verb did: its name for the menu, the rows touched by table, and a sentence to show.

    ``touched`` maps a table's name to the ids of its rows; a page reloads the ids of the kinds
    that it shows.  ``counts`` are the figures of the end message ("new", "known", "skipped" ...).
    """

    label: str
    step_id: str | None = None
    touched: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    sentence: str = ""
    problems: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.touched)


class Progress(Protocol):
    """Told how far long work is; may ask it to stop between two items."""

    def report(self, done: int, total: int, words: str) -> None:
        """``total`` is 0 while it is not known."""

    @property
    def cancelled(self) -> bool:
        """True once the organiser asked to stop."""


class Silent:
    """Progress that nobody watches."""

    cancelled = False

    def report(self, done: int, total: int, words: str) -> None:
        """Nothing to do."""


SILENT = Silent()


def stop_if_cancelled(progress: Progress) -> None:
    """Raise Cancelled when the organiser asked to stop; called between two items."""
    if progress.cancelled:
        raise Cancelled
