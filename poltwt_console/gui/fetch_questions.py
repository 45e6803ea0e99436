"""Mail servers as the window reads from them; in a worker.

The window learns whether there is a password in the keyring, never which.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from poltwt_console.errors import ConsoleError

if TYPE_CHECKING:
    from poltwt_console.domain.changes import Changes, Progress
    from poltwt_console.gui.desk import Desk
    from poltwt_console.mailbox.imap import Account


@dataclass(frozen=True, slots=True)
class FetchAnswer:
    """The accounts that were read from, the newest first, and for which there is a password."""

    accounts: tuple[Account, ...]
    has_password: Mapping[str, bool]  # by user@host
    keyring_trouble: str  # why the keyring cannot be read, "" where it can


@dataclass(frozen=True, slots=True)
class FetchWish:
    """What to read; ``password`` is "" where the one of the keyring is meant."""

    account: Account
    password: str = ""
    keep: bool = False  # put the password into the keyring once it was right


def known_accounts(desk: Desk) -> FetchAnswer:
    """What the dialog offers."""
    from poltwt_console.mailbox.imap import find_password
    from poltwt_console.workflow import fetching

    accounts = fetching.known_accounts(desk.profile.settings)
    has_password: dict[str, bool] = {}
    trouble = ""
    try:
        for account in accounts:
            has_password[account.key] = find_password(account) is not None
    except ConsoleError as error:
        trouble = error.sentence
    return FetchAnswer(accounts, has_password, trouble)


def objection(wish: FetchWish) -> str:
    """Why it cannot be begun, "" where it can."""
    account = wish.account
    if account.ca_file and not Path(account.ca_file).is_file():
        return f"There is no file {Path(account.ca_file).name} to trust."
    try:
        _password(wish)
    except ConsoleError as error:
        return f"{error.sentence} {error.hint}".strip()
    return ""


def fetch(desk: Desk, wish: FetchWish, progress: Progress) -> Changes:
    """Read what is new; a password that was right is kept where that is wanted."""
    from poltwt_console.mailbox.imap import save_password
    from poltwt_console.workflow.fetching import fetch

    changes = fetch(
        desk.store,
        desk.reader,
        desk.edition_id,
        desk.profile.settings,
        wish.account,
        _password(wish),
        progress=progress,
    )
    if wish.keep and wish.password:
        try:
            save_password(wish.account, wish.password)
        except ConsoleError as error:
            changes = replace(changes, sentence=f"{changes.sentence} {error.sentence}")
    return changes


def _password(wish: FetchWish) -> str:
    from poltwt_console.mailbox.imap import find_password

    password = wish.password or find_password(wish.account)
    if not password:
        raise ConsoleError(f"There is no password of {wish.account.key} in the keyring.", "Type it here.")
    return password
