"""Mail in: bytes to :class:`~poltwt_console.domain.message.Message`.

Decided: an own linear parser (:mod:`mime`) and own tolerant decoding; a mail is never refused.
"""

from __future__ import annotations

from poltwt_console.mailbox.formats import FORMATS, Format
from poltwt_console.mailbox.reader import attachment_bytes, read_message
from poltwt_console.mailbox.sources import RawMail, Source, Unreadable
from poltwt_console.mailbox.walk import open_sources

__all__ = [
    "FORMATS",
    "Format",
    "RawMail",
    "Source",
    "Unreadable",
    "attachment_bytes",
    "open_sources",
    "read_message",
]
