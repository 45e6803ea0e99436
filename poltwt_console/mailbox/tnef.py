"""``winmail.dat``: Outlook's mails in TNEF (MS-OXTNEF), bodies and attachments."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import BinaryIO

from poltwt_console.errors import UnreadableError
from poltwt_console.mailbox import charsets, mapi
from poltwt_console.mailbox.mapi import MapiMail, Properties
from poltwt_console.mailbox.mime import Entity
from poltwt_console.mailbox.sources import RawMail, Source, Unreadable

MAGIC = b"\x78\x9f\x3e\x22"
_BODY = 0x0002800C
_SUBJECT = 0x00018004
_MAIL_PROPERTIES = 0x00069003
_ATTACHMENT_BEGINS = 0x00069002
_ATTACHMENT_TITLE = 0x00018010
_ATTACHMENT_DATA = 0x0006800F
_ATTACHMENT_PROPERTIES = 0x00069005
_CODE_PAGE = 0x00069007
_ATTRIBUTES = 10_000
_ATTACHMENTS = 500
_PROPERTIES = 5_000
_LEVELS = 10
#: Bytes of the values of fixed size, as they stand in the file (MS-OXTNEF 2.1.3.5: padded to 4).
_FIXED = {
    0x0002: 4, 0x0003: 4, 0x0004: 4, 0x0005: 8, 0x0006: 8, 0x0007: 8, 0x000A: 4, 0x000B: 4, 0x0014: 8,
    0x0040: 8, 0x0048: 16,
}  # fmt: skip
_TEXT8, _TEXT16, _OBJECT, _BINARY = 0x001E, 0x001F, 0x000D, 0x0102
_DAMAGED = UnreadableError(
    "A winmail.dat is cut off or damaged.", "Ask the sender to send the mail as plain text."
)


class _Reader:
    """Takes numbers and bytes off the front; UnreadableError when there are not enough."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self.at = 0

    def take(self, count: int) -> bytes:
        if count < 0 or self.at + count > len(self.raw):
            raise _DAMAGED
        self.at += count
        return self.raw[self.at - count : self.at]

    def number(self, form: str) -> int:
        value: int = struct.unpack(form, self.take(struct.calcsize(form)))[0]
        return value

    def left(self) -> int:
        return len(self.raw) - self.at


def score(head: bytes) -> int:
    """By the magic number."""
    return 70 if head.startswith(MAGIC) else 0


def read(stream: BinaryIO, origin: str) -> Iterator[Source]:
    """The one mail of the file."""
    raw = stream.read()
    try:
        parse(raw)
    except UnreadableError as error:
        yield Unreadable(origin, error.sentence, error.hint)
        return
    yield RawMail(raw, origin)


def parse(raw: bytes) -> Entity:
    """The mail inside a TNEF file; UnreadableError if nothing of it can be read.

    A file that is cut off gives what comes before the cut.
    """
    return mapi.compose(_read_mail(raw, 0))


def _read_mail(raw: bytes, level: int) -> MapiMail:
    if not raw.startswith(MAGIC):
        raise _DAMAGED
    mail = MapiMail()
    page = "cp1252"
    attachment: Properties | None = None
    for attribute, data in _attributes(raw):
        if attribute == _CODE_PAGE and len(data) >= 4:
            page = f"cp{struct.unpack_from('<I', data)[0]}"
        elif attribute == _SUBJECT:
            mail.properties.texts.setdefault(mapi.SUBJECT, _text(data, page))
        elif attribute == _BODY:
            mail.properties.texts.setdefault(mapi.BODY, _text(data, page))
        elif attribute == _MAIL_PROPERTIES:
            _read_properties(data, mail.properties, page)
        elif attribute == _ATTACHMENT_BEGINS:
            if len(mail.attachments) >= _ATTACHMENTS:
                break
            attachment = Properties()
            mail.attachments.append((attachment, None))
        elif attachment is None:
            continue
        elif attribute == _ATTACHMENT_TITLE:
            attachment.texts.setdefault(mapi.SHORT_FILE_NAME, _text(data, page))
        elif attribute == _ATTACHMENT_DATA:
            attachment.binaries[mapi.DATA] = data
        elif attribute == _ATTACHMENT_PROPERTIES:
            inner = _read_properties(data, attachment, page)
            if inner and level < _LEVELS:
                mail.attachments[-1] = (attachment, _read_mail(inner, level + 1))
    return mail


def _attributes(raw: bytes) -> Iterator[tuple[int, bytes]]:
    """Number and data of each attribute, up to the first that is cut off."""
    reader = _Reader(raw)
    reader.take(6)
    for _ in range(_ATTRIBUTES):
        if reader.left() < 11:
            return
        reader.take(1)
        number = reader.number("<I")
        length = reader.number("<I")
        if length > reader.left():
            return
        yield number, reader.take(length)
        reader.take(min(2, reader.left()))  # the checksum: writers get it wrong


def _text(data: bytes, page: str) -> str:
    return charsets.decode(data.rstrip(b"\x00"), page).text


def _read_properties(data: bytes, into: Properties, page: str) -> bytes:
    """Read a property list; gives the TNEF of an embedded mail, if there is one.

    A list that is cut off keeps what was read.
    """
    reader = _Reader(data)
    embedded = b""
    try:
        for _ in range(min(reader.number("<I"), _PROPERTIES)):
            kind, number = reader.number("<H"), reader.number("<H")
            if number >= 0x8000:
                _skip_name(reader)
            for value in _values(reader, kind):
                if kind == _TEXT16:
                    into.texts.setdefault(number, value.decode("utf-16-le", "replace").rstrip("\x00"))
                elif kind == _TEXT8:
                    into.texts.setdefault(number, _text(value, page))
                elif kind == _OBJECT and number == mapi.DATA:
                    if value[16:20] == MAGIC:  # after the id of the interface
                        embedded = value[16:]
                    else:
                        into.binaries[number] = value[16:]
                elif kind == _BINARY:
                    into.binaries[number] = value
                elif kind == 0x0003:
                    into.numbers[number] = int.from_bytes(value[:4], "little")
                elif kind == 0x0040:
                    into.numbers[number] = int.from_bytes(value, "little")
    except UnreadableError:
        return embedded
    return embedded


def _skip_name(reader: _Reader) -> None:
    """Skip the name of a named property."""
    reader.take(16)
    if reader.number("<I") == 0:
        reader.take(4)
    else:
        length = reader.number("<I")
        reader.take(length + -length % 4)


def _values(reader: _Reader, kind: int) -> Iterator[bytes]:
    """The values of one property; those of variable size come with count, length and padding."""
    base = kind & 0x0FFF
    many = bool(kind & 0x1000)
    if base in _FIXED:
        for _ in range(min(reader.number("<I"), _PROPERTIES) if many else 1):
            yield reader.take(_FIXED[base])
        return
    if base not in (_TEXT8, _TEXT16, _OBJECT, _BINARY):
        raise _DAMAGED
    for _ in range(min(reader.number("<I"), _PROPERTIES)):
        length = reader.number("<I")
        value = reader.take(length)
        reader.take(min(-length % 4, reader.left()))
        yield value
