"""One mail in one file, as mail programs save it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from poltwt_console.mailbox.sources import RawMail, Source, Unreadable

#: Header fields that a mail begins with, in whatever order.
_FIRST_FIELDS = re.compile(
    rb"(?:return-path|received|delivered-to|x-[!-9;-~]{1,60}|from|to|subject|date|message-id|mime-version|reply-to|sender|"
    rb"content-type|dkim-signature|arc-[a-z-]{1,40}|authentication-results|thread-topic|thread-index|envelope-to):",
    re.IGNORECASE,
)


def score(head: bytes) -> int:
    """How much the first bytes look like the headers of a mail."""
    return 60 if _FIRST_FIELDS.match(head.lstrip(b"\xef\xbb\xbf\r\n \t")) else 0


def read(stream: BinaryIO, origin: str) -> Iterator[Source]:
    """The one mail, byte for byte."""
    raw = stream.read()
    if raw.strip():
        yield RawMail(raw, origin)
    else:
        yield Unreadable(origin, "The file is empty.", "Save the mail again in the mail program.")
