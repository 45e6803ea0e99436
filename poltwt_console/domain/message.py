"""A Message: one mail as it came, decoded into text parts with spans back into them.

Offsets are always character offsets into ``TextPart.text`` of the part with that ``id``,
half open, so that ``part.text[start:end]`` are the exact words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from poltwt_console.domain.sending import Sent


class Role(StrEnum):
    """Where a text part comes from."""

    SUBJECT = "subject"
    SENDER = "sender"  # the From header as the reader sees it: ``Name <mail address>``
    BODY = "body"
    ATTACHMENT = "attachment"  # a table, document or text attached to the mail


class SegmentKind(StrEnum):
    """What a stretch of a body is; only BODY, FORWARDED and SIGNATURE are evidence for a registration."""

    BODY = "body"
    QUOTED = "quoted"
    FORWARDED = "forwarded"
    SIGNATURE = "signature"
    DISCLAIMER = "disclaimer"
    CALL = "call"  # the organiser's own call, sent back


@dataclass(frozen=True, slots=True)
class Sender(Sent):
    """A name and mail address; either may be empty."""

    name: str
    email: str

    def __str__(self) -> str:
        if self.name and self.email:
            return f"{self.name} <{self.email}>"
        return self.name or self.email


@dataclass(frozen=True, slots=True)
class Organiser:
    """Who reads the mails: what this person wrote and a mail quotes is never a registration.

    ``emails`` and ``names`` in lower case; ``calls`` are texts that were sent out, to be known again.
    """

    emails: frozenset[str] = frozenset()
    calls: tuple[str, ...] = ()
    names: frozenset[str] = frozenset()

    def wrote(self, author: Sender) -> bool:
        """Whether an author is the organiser: by address, or by name where a program left the address out."""
        if author.email:
            return author.email.casefold() in self.emails
        name = author.name.casefold()
        own = {email.partition("@")[0] for email in self.emails}  # ``lauri@...`` shows as "Lauri Stevens"
        return bool(name) and (name in self.names or not own.isdisjoint(name.split()))


@dataclass(frozen=True, slots=True)
class Segment(Sent):
    """``text[start:end]`` is of one kind; a forwarded or quoted one names its author where it is known.

    Its first ``head`` characters only introduce it: "Forwarded message", "From: ...", "On ... wrote:".
    """

    kind: SegmentKind
    start: int
    end: int
    author: Sender | None = None
    date: datetime | None = None  # UTC
    head: int = 0


@dataclass(frozen=True, slots=True)
class Link(Sent):
    """``text[start:end]`` was a link to ``target`` (as written, not resolved)."""

    start: int
    end: int
    target: str


@dataclass(frozen=True, slots=True)
class Cell(Sent):
    """One cell of a table: ``text[start:end]``; ``row`` and ``column`` count from 0, merged cells span."""

    row: int
    column: int
    start: int
    end: int
    row_span: int = 1
    column_span: int = 1
    header: bool = False  # the source said so (<th>)


@dataclass(frozen=True, slots=True)
class Table:
    """The cells of one table in reading order."""

    cells: tuple[Cell, ...]


_NOT_LINE_END = re.compile(r"[^\n]")


@dataclass(frozen=True, slots=True)
class TextPart(Sent):
    """A decoded text with its segments (which cover the whole of a body, in order), links and tables.

    Ids are unique in a mail and stay the same when it is read again: ``subject``, ``from``,
    ``body``, ``body:2``, ``attachment:1``, ``attachment:1/Sheet1``, and for an enclosed mail the
    same behind its number, ``message:1/body``.
    """

    id: str
    role: Role
    text: str
    content_type: str = "text/plain"
    name: str = ""  # file name, or sheet, of an attachment
    charset_declared: str = ""
    charset_used: str = ""
    segments: tuple[Segment, ...] = ()
    links: tuple[Link, ...] = ()
    tables: tuple[Table, ...] = ()
    sender: Sender | None = None  # of the enclosed mail (message/rfc822) that this part belongs to
    date: datetime | None = None  # of that enclosed mail, UTC
    struck: tuple[tuple[int, int], ...] = ()  # what is struck out: the sender took it back

    def kept(self) -> str:
        """The text with blanks for what is struck out, and all else where it is in ``text``."""
        pieces, position = [], 0
        for start, end in self.struck:
            pieces += [self.text[position:start], _NOT_LINE_END.sub(" ", self.text[start:end])]
            position = end
        return "".join((*pieces, self.text[position:])) if pieces else self.text


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file inside a mail; its bytes are found again in the raw mail by ``path`` (part numbers)."""

    path: str
    name: str
    content_type: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Message:
    """One mail.

    ``digest`` is the SHA-256 (hex) of the normalised content: the same mail re-exported, from
    another folder or with other line ends has the same one.  ``date`` is UTC; where the mail has
    none it is the time of import and ``date_given`` is false.  ``raw`` is what was read, byte for
    byte; of a mailbox in one file without the lines and marks that belong to the mailbox.
    ``defects`` are sentences for the organiser about what could not be decoded.
    """

    message_id: str  # without angle brackets; "" if the mail has none
    digest: str
    raw: bytes
    subject: str
    sender: Sender
    date: datetime
    date_given: bool = True
    reply_to: Sender | None = None
    recipients: tuple[Sender, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()  # decoded, in order, names as written
    parts: tuple[TextPart, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    defects: tuple[str, ...] = ()
    origin: str = ""  # where it was read: a path, with "#12" for the 12th in a mailbox

    def header(self, name: str) -> str:
        """The first header of that name (any case), or an empty string."""
        wanted = name.casefold()
        return next((value for key, value in self.headers if key.casefold() == wanted), "")

    def part(self, part_id: str) -> TextPart:
        """The part with that id; KeyError if there is none."""
        for part in self.parts:
            if part.id == part_id:
                return part
        raise KeyError(part_id)


#: A number with its country's prefix: "+44 121 ...", "0044 121 ..." (in groups, or it may be a reference),
#: in North America "1-246-430-7100".
_PHONE = re.compile(
    r"(?<![\d+])(?:\+[ (]{0,2}[1-9]|00[ (]{0,2}[1-9]\d{0,2}[ ().\-])[\d ().\-/]{5,20}\d"
    r"|(?<![\d+.\-])1[ .-]\(?[2-9]\d\d\)?[ .-]\d{3}[ .-]\d{4}(?!\d)"
)
_OWN_WORDS = (SegmentKind.SIGNATURE, SegmentKind.BODY, SegmentKind.FORWARDED)


def phone_of(parts: Sequence[TextPart]) -> str:
    """The first international phone number of a mail's own words, a signature's before others; "" if none."""
    for kind in _OWN_WORDS:
        for part in parts:
            for segment in part.segments:
                found = _PHONE.search(part.text, segment.start, segment.end) if segment.kind is kind else None
                if found is not None:
                    number = found.group()
                    return f"+{number}" if number.startswith("1") else number
    return ""
