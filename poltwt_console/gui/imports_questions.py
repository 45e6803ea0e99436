"""The imports of an edition as the window lists and takes them back; in a worker."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from poltwt_console.errors import ConflictError, ConsoleError

if TYPE_CHECKING:
    from poltwt_console.domain.changes import Changes
    from poltwt_console.gui.desk import Desk
    from poltwt_console.mailbox.imap import Account
    from poltwt_console.store.batches import Batch


@dataclass(frozen=True, slots=True)
class ImportsAnswer:
    """The imports that stand, the newest first, and which of them can go on."""

    batches: tuple[Batch, ...]
    resumable: frozenset[str]
    fetchable: Mapping[str, Account]  # those of a mail server that were cut short, by id


@dataclass(slots=True)
class TakenBack:
    """What came of taking an import back."""

    label: str = ""
    refusal: str = ""
    decided: bool = False  # some of its mails were decided since; they may be kept


def imports(desk: Desk) -> ImportsAnswer:
    """All of them."""
    from poltwt_console.store import batches
    from poltwt_console.workflow.fetching import known_accounts

    with desk.store.read() as connection:
        there = [b for b in batches.list_batches(connection) if b.edition_id == desk.edition_id]
        cut_short = batches.unfinished_batches(connection)
        resumable = batches.resumable_batches(connection)
    accounts = {account.key: account for account in reversed(known_accounts(desk.profile.settings))}
    return ImportsAnswer(
        tuple(there),
        frozenset(b.id for b in resumable),
        {b.id: accounts[b.source] for b in cut_short if not b.paths and b.source in accounts},
    )


def left_out(desk: Desk, batch_id: str) -> list[str]:
    """One line for each mail of an import that did not come in."""
    from poltwt_console.store import batches

    with desk.store.read() as connection:
        return [f"{note.origin}: {note.sentence}" for note in batches.notes_of(connection, batch_id)]


def take_back(desk: Desk, batch_id: str, keep_changed: bool, outcome: TakenBack) -> Changes | None:
    """Take an import back as one; ``keep_changed`` leaves what was decided or edited since."""
    from poltwt_console.workflow import intake

    try:
        changes = intake.undo_import(desk.store, batch_id, keep_changed=keep_changed)
    except ConflictError as error:
        outcome.decided = not keep_changed
        outcome.refusal = f"{error.sentence} {error.hint}".strip()
        return None
    except ConsoleError as error:
        outcome.refusal = f"{error.sentence} {error.hint}".strip()
        return None
    outcome.label = changes.label
    return changes
