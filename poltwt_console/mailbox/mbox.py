"""Mailboxes in one file: mbox of every dialect, Thunderbird's without a suffix too.

A mail begins at ``From `` at the start of the file or after an empty line when a header line
follows ("From - " of Mozilla has no address, so the rest of the line proves nothing).
Content-Length is not trusted: it counts other line ends.  ``>From `` gets one ``>`` taken off
(mboxrd; mboxo loses nothing by it but a rare true quote).  The mail's bytes are those of the file
after that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from poltwt_console.mailbox.sources import RawMail, Source, Unreadable

_CHUNK = 4 * 1024 * 1024
_START = re.compile(rb"From [^\n]{0,500}\n(?=[!-9;-~]{1,200}:|>From )")
_QUOTED = re.compile(rb"(?m)^>(>{0,50}From )")
_LOOK_BACK = 1024  # a start line and its next header word may lie across two chunks
_LOOK_BEHIND = 3  # the empty line before it


def score(head: bytes) -> int:
    """A ``From `` line with a header line below it."""
    return 90 if _START.match(head.lstrip(b"\r\n")) else 0


def read(stream: BinaryIO, origin: str) -> Iterator[Source]:
    """The mails one by one; only one of them, and one chunk, is in memory."""
    number = 0
    for raw in _split(stream):
        number += 1
        yield RawMail(raw, f"{origin}#{number}")
    if not number:
        yield Unreadable(
            origin, "There is no mail in this mailbox.", "Choose the mailbox file itself, not its index."
        )


def _split(stream: BinaryIO) -> Iterator[bytes]:
    pieces: list[bytes] = []  # of the mail that is being read
    inside = False
    buffer = b"\n\n" + stream.read(_CHUNK).lstrip(b"\r\n")  # the file's start counts as an empty line
    while True:
        following = stream.read(_CHUNK)
        stop = len(buffer) - _LOOK_BACK if following else len(buffer)
        position = 0
        for found in _find_starts(buffer, stop):
            if inside:
                pieces.append(buffer[position : found.start()])
                yield _finish(pieces)
                pieces = []
            inside = True
            position = found.end()
        keep = max(stop - _LOOK_BEHIND, position) if following else len(buffer)
        if inside:
            pieces.append(buffer[position:keep])
        if not following:
            break
        buffer = buffer[keep:] + following
    if inside:
        yield _finish(pieces)


def _find_starts(buffer: bytes, stop: int) -> Iterator[re.Match[bytes]]:
    """The start lines before ``stop`` that an empty line precedes.

    Looked for with ``find``, which is twenty times as fast as a pattern (550 MB a second).
    """
    at = buffer.find(b"\nFrom ")
    while 0 <= at < stop - 1:
        if buffer.endswith((b"\n", b"\n\r"), 0, at):
            found = _START.match(buffer, at + 1)
            if found is not None:
                yield found
        at = buffer.find(b"\nFrom ", at + 1)


def _finish(pieces: list[bytes]) -> bytes:
    """One mail, without the empty line that the mailbox puts after it."""
    raw = b"".join(pieces)
    if raw.endswith(b"\r\n\r\n"):
        raw = raw[:-2]
    elif raw.endswith(b"\n\n"):
        raw = raw[:-1]
    return _QUOTED.sub(rb"\1", raw) if b">From " in raw else raw
