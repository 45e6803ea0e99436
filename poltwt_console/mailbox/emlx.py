"""Apple Mail's ``.emlx``: a line with the length of the mail, the mail, and a property list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from poltwt_console.mailbox.sources import RawMail, Source, Unreadable

_LENGTH = re.compile(rb"\s{0,5}(\d{1,12})\s{0,20}\r?\n")


def score(head: bytes) -> int:
    """The length line followed by a header line."""
    found = _LENGTH.match(head)
    return 80 if found and re.match(rb"[!-9;-~]{1,100}:|From ", head[found.end() : found.end() + 102]) else 0


def read(stream: BinaryIO, origin: str) -> Iterator[Source]:
    """The one mail; a length that runs past the file means that it is cut off, and what is there is read."""
    raw = stream.read()
    found = _LENGTH.match(raw)
    if found is None:
        yield Unreadable(origin, "This is not a mail of Apple Mail.", "Export the mail again.")
        return
    yield RawMail(raw[found.end() : found.end() + int(found.group(1))], origin)
