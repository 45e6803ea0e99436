"""The registry of formats, and which of them a file is in.

A file's first bytes are scored by each format; its suffix adds to the score, so that a mailbox
named ``.eml`` is still read as a mailbox and an unsuffixed file as what it is.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import BinaryIO

from poltwt_console.mailbox import archive, eml, emlx, mbox, msg, table, tnef
from poltwt_console.mailbox.sources import Source, Unreadable

HEAD_BYTES = 8_192  #: of a file that the scores see
_SUFFIX_BONUS = 25

EMPTY = ("The file is empty.", "Save the mail again in the mail program.")
NO_MAIL = ("This is not a mail.", "Save the mail as .eml, or export the mailbox as .mbox.")


@dataclass(frozen=True, slots=True)
class Format:
    """A way that mails are stored in one file.

    ``score`` judges the first bytes from 0 (certainly not) to 100; ``read`` yields the mails of
    an open file whose origin is given, and what cannot be read as rows that say why.
    """

    name: str
    suffixes: tuple[str, ...]
    score: Callable[[bytes], int]
    read: Callable[[BinaryIO, str], Iterator[Source]]


def _read_zip(stream: BinaryIO, origin: str) -> Iterator[Source]:
    """The mails of all members of a zip; zips inside it are not opened."""
    return archive.read_members(stream, origin, _open_member)


FORMATS: tuple[Format, ...] = (
    Format("mbox", (".mbox", ".mbx", ".mboxrd"), mbox.score, mbox.read),
    Format("emlx", (".emlx",), emlx.score, emlx.read),
    Format("msg", (".msg",), msg.score, msg.read),
    Format("tnef", (".tnef",), tnef.score, tnef.read),
    Format("zip", (".zip",), archive.score, _read_zip),
    Format("table", table.SUFFIXES, table.score, table.read),
    Format("eml", (".eml", ".mht", ".mhtml", ".rfc822"), eml.score, eml.read),
)


def guess_format(name: str, head: bytes) -> Format | None:
    """The format of a file by its suffix and first bytes; None if none fits at all."""
    suffix = PurePath(name).suffix.lower()
    best, best_score = None, 0
    for format_ in FORMATS:
        score = format_.score(head)
        if suffix in format_.suffixes:
            score += _SUFFIX_BONUS
        if score > best_score:
            best, best_score = format_, score
    return best


def peek(stream: io.BufferedReader) -> bytes:
    """The first bytes of an open file, which stays where it is."""
    return stream.peek(HEAD_BYTES)[:HEAD_BYTES]


def _open_member(stream: io.BufferedReader, name: str, origin: str) -> Iterator[Source] | None:
    """The mails of one member of a zip; None if it is no mail."""
    head = peek(stream)
    if not head:
        return iter((Unreadable(origin, *EMPTY),))
    format_ = guess_format(name, head)
    if format_ is None:
        return None
    if format_.name == "zip":
        return iter(
            (Unreadable(origin, "This is a zip file inside a zip file.", "Unpack the outer one first."),)
        )
    return format_.read(stream, origin)
