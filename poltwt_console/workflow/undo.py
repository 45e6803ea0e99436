"""Back and forth through what was done."""

from __future__ import annotations

from dataclasses import replace

from poltwt_console.domain.changes import Changes
from poltwt_console.store import Store, history

#: What a step of that verb began that is not in the database, and so stays; said when it is undone.
_STAYS = {"reread": "Your own words stay as they are."}


def undo(store: Store) -> Changes | None:
    """Undo the newest step; None when there is nothing to undo, ConflictError if a row was changed since."""
    with store.read() as connection:
        newest = history.next_undo(connection)
    changes = store.undo(newest.id) if newest else None
    if changes is not None and newest is not None and newest.verb in _STAYS:
        changes = replace(changes, sentence=f"{changes.label}. {_STAYS[newest.verb]}")
    return changes


def redo(store: Store) -> Changes | None:
    """Apply again what was undone last; None when there is nothing."""
    return store.redo()


def labels(store: Store) -> tuple[str, str]:
    """What Undo and Redo would do now, "" for nothing: the words for the menu."""
    with store.read() as connection:
        back, forth = history.next_undo(connection), history.next_redo(connection)
    return back.label if back else "", forth.label if forth else ""
