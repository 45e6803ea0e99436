"""Mail from a server: read-only, only what is new, through the same import as a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from poltwt_console.domain.changes import SILENT, Changes, Progress
from poltwt_console.mailbox import RawMail, Unreadable
from poltwt_console.mailbox.imap import Account, Position, fetch_mails
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
    known, but none is passed over.
    """
    settings = load_settings(settings_file)
    known = next((a for a in settings.mail_accounts if _same(a, account)), None)
    reached = Position(known.validity, known.last_uid) if known else Position()

    def sources() -> Iterator[RawMail | Unreadable]:
        nonlocal reached
        for fetched in fetch_mails(account, password, reached):
            reached = fetched.position
            yield fetched.source

    changes = import_sources(store, reader, edition_id, sources(), account.key, progress=progress)
    if not progress.cancelled:
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
    return changes


def _same(entry: MailAccount, account: Account) -> bool:
    return (entry.host, entry.user, entry.folder) == (account.host, account.user, account.folder)
