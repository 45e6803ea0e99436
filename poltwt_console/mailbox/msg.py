"""Outlook's ``.msg``: a compound file (OLE) with MAPI properties, embedded mails included (MS-OXMSG)."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, BinaryIO

from poltwt_console.errors import UnreadableError
from poltwt_console.mailbox import charsets, limits, mapi
from poltwt_console.mailbox.mapi import MapiMail, Properties
from poltwt_console.mailbox.mime import Entity
from poltwt_console.mailbox.sources import RawMail, Source, Unreadable

if TYPE_CHECKING:
    import olefile

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LEVELS = 10  # mails within mails
_OBJECTS = 500  # recipients or attachments of one mail
_TEXT8, _TEXT16, _BINARY = 0x001E, 0x001F, 0x0102
_LONG, _TIME = 0x0003, 0x0040
_DAMAGED = UnreadableError(
    "This Outlook mail is cut off or damaged.", "Save it again in Outlook, or forward it as an attachment."
)


def score(head: bytes) -> int:
    """By the magic number of compound files."""
    return 70 if head.startswith(MAGIC) else 0


def read(stream: BinaryIO, origin: str) -> Iterator[Source]:
    """The one mail of the file; a damaged one says so."""
    raw = stream.read()
    try:
        parse(raw)
    except UnreadableError as error:
        yield Unreadable(origin, error.sentence, error.hint)
        return
    yield RawMail(raw, origin)


def parse(raw: bytes) -> Entity:
    """The entity tree of an ``.msg``; UnreadableError if it is damaged or holds no mail."""
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(raw)) as ole:
            if not ole.exists("__properties_version1.0"):
                raise UnreadableError("This file holds no mail.", "Save the mail as .msg or .eml.")
            return mapi.compose(_read_mail(ole, [], 32, 0))
    except UnreadableError:
        raise
    except Exception as error:  # olefile raises anything on damaged files
        raise _DAMAGED from error


def _read_mail(ole: olefile.OleFileIO[Any], folder: list[str], header_size: int, level: int) -> MapiMail:
    """The mail in one storage; ``header_size`` is that of its property stream (MS-OXMSG 2.4.1)."""
    mail = MapiMail(_read_properties(ole, folder, header_size))
    for name in _list_storages(ole, folder, "__recip_version1.0_#"):
        mail.recipients.append(_read_properties(ole, [*folder, name], 8))
    for name in _list_storages(ole, folder, "__attach_version1.0_#"):
        attachment = [*folder, name]
        properties = _read_properties(ole, attachment, 8)
        inner = None
        storage = [*attachment, "__substg1.0_3701000D"]
        if level < _LEVELS and ole.exists([*storage, "__properties_version1.0"]):
            inner = _read_mail(ole, storage, 24, level + 1)
        mail.attachments.append((properties, inner))
    return mail


def _list_storages(ole: olefile.OleFileIO[Any], folder: list[str], prefix: str) -> list[str]:
    depth = len(folder)
    names = {
        entry[depth]
        for entry in ole.listdir(streams=True, storages=True)
        if len(entry) > depth and entry[:depth] == folder and entry[depth].startswith(prefix)
    }
    return sorted(names)[:_OBJECTS]


def _read_properties(ole: olefile.OleFileIO[Any], folder: list[str], header_size: int) -> Properties:
    properties = Properties()
    table = [*folder, "__properties_version1.0"]
    if ole.exists(table):
        raw = ole.openstream(table).read()
        for offset in range(header_size, len(raw) - 15, 16):
            kind, number = struct.unpack_from("<HH", raw, offset)
            if kind == _LONG:
                properties.numbers[number] = struct.unpack_from("<I", raw, offset + 8)[0]
            elif kind == _TIME:
                properties.numbers[number] = struct.unpack_from("<Q", raw, offset + 8)[0]
    page = properties.numbers.get(0x3FFD) or properties.numbers.get(mapi.CODE_PAGE) or 1252
    depth = len(folder)
    for entry in ole.listdir(streams=True, storages=False):
        if len(entry) != depth + 1 or entry[:depth] != folder or not entry[-1].startswith("__substg1.0_"):
            continue
        code = entry[-1][12:20]
        if len(code) != 8 or ole.get_size(entry) > limits.MAIL_BYTES:
            continue
        number, kind = int(code[:4], 16), int(code[4:], 16)
        if kind == _TEXT16:
            properties.texts[number] = (
                ole.openstream(entry).read().decode("utf-16-le", "replace").rstrip("\x00")
            )
        elif kind == _TEXT8:
            raw = ole.openstream(entry).read().rstrip(b"\x00")
            properties.texts[number] = charsets.decode(raw, f"cp{page}").text
        elif kind == _BINARY:
            properties.binaries[number] = ole.openstream(entry).read()
    return properties
