"""Mail in: import, fetch, extract."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from poltwt_console.cli.answers import say_changes, say_json, tell
from poltwt_console.cli.context import Context
from poltwt_console.errors import ConsoleError, UnreadableError, UsageError

if TYPE_CHECKING:
    from poltwt_console.domain.intake import ReadMail

#: Who reads the mails where no database says so (``extract`` opens none).
_ORGANISER = "lauri@poltwt.example"


def import_mail(context: Context, arguments: Any) -> int:
    """Files, folders, mailboxes, or standard input; 1 where nothing in them was a mail."""
    from poltwt_console.mailbox import open_stream
    from poltwt_console.workflow import intake

    if arguments.paths == ["-"]:
        changes = intake.import_sources(
            context.store, context.reader, context.edition_id, open_stream(sys.stdin.buffer), "standard input"
        )
    else:
        changes = intake.import_mail(
            context.store, context.reader, context.edition_id, [Path(p) for p in arguments.paths]
        )
    code = say_changes(changes, as_json=arguments.json)
    return 1 if code == 0 and not changes.counts["new"] and not changes.counts["known"] else code


def fetch(context: Context, arguments: Any) -> int:
    """What is new on a mail server; a password that was typed and right is kept in the keyring."""
    import getpass

    from poltwt_console.mailbox.imap import Account, find_password, save_password
    from poltwt_console.workflow.fetching import fetch

    user, at, host = arguments.account.rpartition("@")
    if not at or not user:
        raise UsageError("Say whose mail and where: USER@HOST.")
    account = Account(host, user, arguments.folder, arguments.port, arguments.ca_file)
    password = find_password(account)
    typed = password is None
    if password is None:
        try:
            password = getpass.getpass(f"Password of {account.key}: ")
        except EOFError as error:  # nobody is there to type it
            raise ConsoleError(
                f"There is no password of {account.key} in the keyring.", "Type it when it is asked for."
            ) from error
    changes = fetch(
        context.store, context.reader, context.edition_id, context.profile.settings, account, password
    )
    if typed:
        save_password(account, password)
    return say_changes(changes, as_json=arguments.json)


def extract(context: Context, arguments: Any) -> int:
    """What mails hold, one JSON line each, without a database; 1 where one could not be read."""
    from datetime import UTC, datetime

    from poltwt_console.mailbox import Unreadable, open_sources
    from poltwt_console.workflow.readers import read_all

    failed = 0
    paths = [Path(p) for p in arguments.paths]
    sources = open_sources(paths)
    for read in read_all(sources, context.reader_for(_ORGANISER), datetime.now(UTC)):
        if isinstance(read, Unreadable):
            failed += 1
            tell(UnreadableError(f"{read.origin}: {read.sentence}", read.hint))
        else:
            say_json(_extracted(read, _file_name(read.message.origin, paths)))
    return 1 if failed else 0


def _file_name(origin: str, paths: Sequence[Path]) -> str:
    """The mail's file below the folder that was given; with its folder where several were."""
    folders = [path for path in paths if path.is_dir()]
    for path in paths:
        base = path if path.is_dir() else path.parent
        if origin.startswith(f"{base}{os.sep}"):
            inside = origin.removeprefix(f"{base}{os.sep}")
            return f"{path}{os.sep}{inside}" if path in folders and len(folders) > 1 else inside
    return origin


def _extracted(read: ReadMail, file: str) -> dict[str, Any]:
    from poltwt_console.domain.registration import FIELD_NAMES

    registrations = []
    for one in read.extract.registrations:
        fields = {name: one.field(name) for name in FIELD_NAMES}
        registrations.append(
            {
                **{name: value.value for name, value in fields.items()},
                "intent": one.intent.value,
                "confidence": {name: value.confidence.value for name, value in fields.items()},
                "evidence": {
                    name: {
                        "part": value.evidence.part,
                        "start": value.evidence.start,
                        "end": value.evidence.end,
                        "text": value.evidence.text,
                        "rule": value.rule,
                    }
                    for name, value in fields.items()
                    if value.evidence is not None
                },
            }
        )
    return {
        "file": file,
        "message_id": read.message.message_id,
        "kind": read.extract.kind.value,
        "reason": read.extract.reason,
        "language": read.extract.language,
        "registrations": registrations,
    }
