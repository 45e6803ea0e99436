"""Mail in: bytes to :class:`~poltwt_console.domain.message.Message`.

Two steps, so that many processes can share the second.  ``open_sources`` (files, folders,
mailboxes), ``open_stream`` (standard input), ``split_pasted`` (the clipboard) and
:mod:`imap` (a server) give raw mails one at a time, and rows that say what could not be read.
``read_message`` is pure and turns the bytes of one mail into a Message; it never raises.

Decided, and why:

- An own parser of MIME structure (:mod:`mime`), because the standard library's reads line by line
  (11 s for 40 MB of short lines), recurses, and turns 8-bit headers into surrogates; own decoding
  of headers and charsets, because the library's raises on unknown charsets and is quadratic on
  encoded words.
- Whatever is doubtful stays readable: damaged structure is shown as text, with a sentence in
  ``Message.defects``.  Quotes are marked, never cut.
- ``Message.raw`` is what was read, byte for byte; from an mbox, after the ``From `` line and its
  quoting are taken off, since they belong to the mailbox.
- Formats and readers of attachments are plain tuples; a new one is a module with ``score`` and
  ``read`` and a line in ``FORMATS`` (:mod:`formats`) or ``READERS`` (:mod:`attached`).
- Words of mail programs in 79 languages are data (``resources/mail/phrases.toml``).

Refused: the ``email`` package's modern policy (13 s on one hostile subject, crashes on real
mails), reply-parsing libraries (they hang on long lines), GPL readers of ``.msg``, a guess at
mojibake (it is flagged; a repair would move every span).
"""

from __future__ import annotations

from poltwt_console.mailbox.formats import FORMATS, Format
from poltwt_console.mailbox.pasted import read_pasted, split_pasted
from poltwt_console.mailbox.reader import attachment_bytes, attachment_in, read_message
from poltwt_console.mailbox.sources import RawMail, Source, Unreadable
from poltwt_console.mailbox.walk import open_sources, open_stream

__all__ = [
    "FORMATS",
    "Format",
    "RawMail",
    "Source",
    "Unreadable",
    "attachment_bytes",
    "attachment_in",
    "open_sources",
    "open_stream",
    "read_message",
    "read_pasted",
    "split_pasted",
]
