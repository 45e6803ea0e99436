"""The registry of formats, and which of them a file is in.

A file's first bytes are scored by each format; its suffix adds to the score, so that a mailbox
named ``.eml`` is still read as a mailbox and an unsuffixed file as what it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import BinaryIO

from poltwt_console.mailbox import eml, emlx, mbox
from poltwt_console.mailbox.sources import Source

HEAD_BYTES = 8_192  #: of a file that the scores see
_SUFFIX_BONUS = 25


@dataclass(frozen=True, slots=True)
class Format:
    """A way that mails are stored in one file.

    ``score`` judges the first bytes from 0 (certainly not) to 100 (by a magic number);
    ``read`` yields the mails of an open file whose origin is given.
    """

    name: str
    suffixes: tuple[str, ...]
    score: Callable[[bytes], int]
    read: Callable[[BinaryIO, str], Iterator[Source]]


FORMATS: tuple[Format, ...] = (
    Format("mbox", (".mbox", ".mbx", ".mboxrd"), mbox.score, mbox.read),
    Format("emlx", (".emlx",), emlx.score, emlx.read),
    Format("eml", (".eml", ".mht", ".email", ".rfc822"), eml.score, eml.read),
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
