"""A table by itself (``.csv``, ``.tsv``, ``.xlsx``): read as a mail without words that has it attached.

So a spreadsheet of accounts goes the way of all mails: it is known again, its cells are evidence,
its columns are understood or chosen by a person, and its import is taken back as one.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from email.header import Header
from pathlib import PurePath
from typing import BinaryIO
from urllib.parse import quote

from poltwt_console.mailbox.sources import RawMail, Source, Unreadable

SUFFIXES = (".csv", ".tsv", ".tab", ".xlsx", ".xlsm")


def score(head: bytes) -> int:
    """A workbook is a zip as well, and one only with its suffix; a text is a table by its suffix alone."""
    return 60 if head.startswith(b"PK\x03\x04") and (b"xl/" in head or b"docProps/" in head) else 0


def read(stream: BinaryIO, origin: str) -> Iterator[Source]:
    """The one mail that the table becomes; the same table gives the same bytes."""
    raw = stream.read()
    if not raw.strip():
        yield Unreadable(origin, "The file is empty.", "Save the table again.")
        return
    name = PurePath(origin.replace("\\", "/")).name
    boundary = f"table-{hashlib.sha256(raw).hexdigest()[:40]}"
    head = [
        f"Subject: {Header(name, 'utf-8').encode()}",
        "MIME-Version: 1.0",
        f'Content-Type: multipart/mixed; boundary="{boundary}"',
        "",
        f"--{boundary}",
        "Content-Type: application/octet-stream",
        f"Content-Disposition: attachment; filename*=utf-8''{quote(name, safe='')}",
        "Content-Transfer-Encoding: base64",
        "",
        "",
    ]
    end = f"--{boundary}--\n".encode()
    yield RawMail("\n".join(head).encode("ascii") + base64.encodebytes(raw) + end, origin)
