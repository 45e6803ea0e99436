"""Back and forth through what was done."""

from __future__ import annotations

from poltwt_console.domain.changes import Changes
from poltwt_console.store import Store, history


def undo(store: Store) -> Changes | None:
    """Undo the newest step; None when there is nothing to undo, ConflictError if a row was changed since."""
    return store.undo()


def redo(store: Store) -> Changes | None:
    """Apply again what was undone last; None when there is nothing."""
    return store.redo()


def labels(store: Store) -> tuple[str, str]:
    """What Undo and Redo would do now, "" for nothing: the words for the menu."""
    with store.read() as connection:
        back, forth = history.next_undo(connection), history.next_redo(connection)
    return back.label if back else "", forth.label if forth else ""
