"""The digest by which the same mail is known again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime

from poltwt_console.domain.message import Sender


def digest_message(
    *,
    message_id: str,
    sender: Sender,
    recipients: Iterable[Sender],
    subject: str,
    date: datetime | None,
    texts: Iterable[str],
    attachments: Iterable[str],
) -> str:
    """SHA-256 (hex) of what stays the same when a mail is exported again.

    Decoded, white space collapsed: line ends, transfer encodings, folding and the blank lines
    that Outlook adds do not count; addresses count without display names (an ``.msg`` has other
    ones); attachments count by their own digests.
    """
    seen = hashlib.sha256()
    lines = [
        message_id,
        sender.email.casefold(),
        " ".join(sorted({recipient.email.casefold() for recipient in recipients})),
        subject,
        date.isoformat(timespec="seconds") if date else "",
        *texts,
        *sorted(attachments),
    ]
    for line in lines:
        seen.update(" ".join(line.split()).encode("utf-8", "replace"))
        seen.update(b"\x00")
    return seen.hexdigest()
