"""Zip files of mails (Takeout, a folder sent as one file), inflated within limits.

A member is inflated while its mails are read, and counted: a zip bomb stops at the first limit
with a sentence, and what came before it stays.  The limits let several hundred mails with
attachments through.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import IO, BinaryIO, cast

from poltwt_console.mailbox.sources import Source, Unreadable, tell_left_out

MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
TOTAL_BYTES = 2 * 1024**3  #: inflated, of one archive
MEMBERS = 20_000
RATIO = 200  #: inflated to packed, of one member, once it is past a megabyte
_SMALL = 1 << 20

#: Reads one member from its stream, name and origin; None if it is no mail.
Opener = Callable[[io.BufferedReader, str, str], Iterator[Source] | None]


class _Limit(Exception):
    """A limit is passed; the text says which."""


def score(head: bytes) -> int:
    """By the magic number; office documents are zips as well, and are told by their first member."""
    if not head.startswith(MAGIC):
        return 0
    return 0 if b"[Content_Types].xml" in head[:400] or b"mimetypeapplication/" in head[:100] else 70


def read_members(stream: BinaryIO, origin: str, open_member: Opener) -> Iterator[Source]:
    """The mails of all members, in the order of the archive."""
    try:
        with zipfile.ZipFile(stream) as archive:
            yield from _read_all(archive, origin, open_member)
    except zipfile.BadZipFile:
        yield Unreadable(origin, "The zip file is cut off or damaged.", "Download or pack it again.")


def _read_all(archive: zipfile.ZipFile, origin: str, open_member: Opener) -> Iterator[Source]:
    members = [info for info in archive.infolist() if not info.is_dir() and not _is_beside(info.filename)]
    if any(info.flag_bits & 1 for info in members):
        yield Unreadable(
            origin, "The zip file is protected with a password.", "Unpack it and choose the folder."
        )
        return
    if len(members) > MEMBERS:
        yield Unreadable(
            origin, "The zip file holds more than 20,000 files.", "Unpack it and choose the folder."
        )
        return
    budget = _Budget(TOTAL_BYTES)
    found = False
    others: list[str] = []
    for info in members:
        name = f"{origin}/{info.filename}"
        try:
            with archive.open(info) as packed:
                counted = _Counted(packed, info.compress_size, budget)
                member = cast(io.BufferedReader, io.BufferedReader(counted, 1 << 16))
                sources = open_member(member, info.filename, name)
                if sources is None:
                    others.append(info.filename)
                    continue
                for source in sources:
                    found = True
                    yield source
        except _Limit as limit:
            yield Unreadable(name, str(limit), "Unpack it and choose the folder.")
            if budget.left <= 0:
                return
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError):
            yield Unreadable(name, "This file inside the zip is damaged.", "Download or pack it again.")
    if others:
        yield tell_left_out(origin, others)
    elif not found:
        yield Unreadable(origin, "There is no mail in this zip file.", "Choose another file.")


def _is_beside(name: str) -> bool:
    return name.startswith("__MACOSX/") or name.rpartition("/")[2].startswith(".")


class _Budget:
    """Bytes that may still be inflated."""

    def __init__(self, left: int) -> None:
        self.left = left


class _Counted(io.RawIOBase):
    """A member's stream that counts what it gives out and raises :class:`_Limit`."""

    def __init__(self, packed: IO[bytes], compressed: int, budget: _Budget) -> None:
        self._packed = packed
        self._most = max(compressed * RATIO, _SMALL)
        self._given = 0
        self._budget = budget

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = self._packed.read(len(buffer))
        self._given += len(data)
        self._budget.left -= len(data)
        if self._given > self._most:
            raise _Limit("This file inside the zip grows to over 200 times its size; it was left out.")
        if self._budget.left < 0:
            raise _Limit("The zip file holds more than 2 GB; the rest was left out.")
        buffer[: len(data)] = data
        return len(data)
