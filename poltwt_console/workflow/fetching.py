"""Mail from a server: read-only, only what is new, through the same import as a file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path

from poltwt_console.domain.changes import SILENT, Changes, Progress
from poltwt_console.domain.counts import counted
from poltwt_console.errors import UnreadableError
from poltwt_console.mailbox import RawMail, Unreadable
from poltwt_console.mailbox.imap import Account, Fetched, Position, fetch_mails
from poltwt_console.settings import MailAccount, load_settings, save_settings
from poltwt_console.store import Store
from poltwt_console.workflow.intake import import_sources
from poltwt_console.workflow.reading import MailReader


def fetch(
    store: Store,
    reader: MailReader,
    edition_id: str,
    settings_file: Path,
    account: Account,
    password: str,
    *,
    progress: Progress = SILENT,
) -> Changes:
    """Import the mails that came since the last time; UnreadableError where the server cannot be read.

    How far it got is remembered only once the mails are stored: a mail may come twice, and is then
    known, but none is passed over.  Where the server breaks off, what came stays, and the end says so;
    a fetch that was cut short (the window was closed) goes on as the same import.
    """
    settings = load_settings(settings_file)
    known = next((a for a in settings.mail_accounts if _same(a, account)), None)
    reached = Position(known.validity, known.last_uid) if known else Position()
    broken: list[UnreadableError] = []

    def sources(fetched: Iterator[Fetched]) -> Iterator[RawMail | Unreadable]:
        nonlocal reached
        try:
            for number, one in enumerate(fetched, 1):
                if progress.cancelled:
                    return
                progress.report(number, 0, f"{counted(number, 'mail')} fetched")
                reached = one.position
                yield one.source
        except UnreadableError as error:
            broken.append(error)

    with closing(fetch_mails(account, password, reached)) as fetched:
        first = list(islice(fetched, 1))  # nothing is begun where the server lets nobody in
        _remember(settings_file, account, reached)  # to be offered again, should this be cut short
        changes = import_sources(
            store,
            reader,
            edition_id,
            sources(chain(first, fetched)),
            account.key,
            goes_on=True,
            progress=progress,
        )
    if not progress.cancelled:
        _remember(settings_file, account, reached)
    if broken:
        changes = replace(changes, sentence=f"{changes.sentence} {broken[0]}")
    return changes


def known_accounts(settings_file: Path) -> tuple[Account, ...]:
    """The servers that were read from, the newest first."""
    entries = reversed(load_settings(settings_file).mail_accounts)
    return tuple(Account(e.host, e.user, e.folder, e.port, e.ca_file) for e in entries)


def _remember(settings_file: Path, account: Account, reached: Position) -> None:
    entry = MailAccount(
        account.host,
        account.user,
        account.folder,
        account.port,
        account.ca_file,
        reached.validity,
        reached.last_uid,
    )
    settings = load_settings(settings_file)  # others may have changed it meanwhile
    others = tuple(a for a in settings.mail_accounts if not _same(a, account))
    save_settings(settings_file, replace(settings, mail_accounts=(*others, entry)))


def _same(entry: MailAccount, account: Account) -> bool:
    return (entry.host, entry.user, entry.folder) == (account.host, account.user, account.folder)
