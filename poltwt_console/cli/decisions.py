"""What a person decides: accept, undo, redo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from poltwt_console.cli.answers import say_changes
from poltwt_console.cli.context import Context
from poltwt_console.errors import ConsoleError, UsageError

if TYPE_CHECKING:
    from poltwt_console.domain.changes import Changes


def accept(context: Context, arguments: Any) -> int:
    """All that are ready, or those that are named; 1 where one of these could not be accepted."""
    from poltwt_console.workflow import review

    if arguments.ready == bool(arguments.ids):
        raise UsageError(
            "Say either --ready or which registrations to accept.", "`list registrations` shows their ids."
        )
    if arguments.ready:
        return say_changes(review.accept_ready(context.store, context.edition_id), as_json=arguments.json)
    ids = review.find_open(context.store, arguments.ids)
    if not ids:
        raise ConsoleError("Nothing of these mails waits for a decision.")
    changes = review.accept(context.store, ids)
    return say_changes(changes, as_json=arguments.json) or (1 if changes.problems else 0)


def undo(context: Context, arguments: Any) -> int:
    """Undo the newest step."""
    from poltwt_console.workflow import undo

    return _turned(undo.undo(context.store), "There is nothing to undo.", arguments)


def redo(context: Context, arguments: Any) -> int:
    """Apply again what was undone last."""
    from poltwt_console.workflow import undo

    return _turned(undo.redo(context.store), "There is nothing to do again.", arguments)


def _turned(changes: Changes | None, nothing: str, arguments: Any) -> int:
    if changes is None:
        raise ConsoleError(nothing)
    return say_changes(changes, as_json=arguments.json)
