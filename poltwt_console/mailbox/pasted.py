"""Mails pasted as text: with headers, without, or several in one paste."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from email.utils import format_datetime

from poltwt_console.domain.message import Message, Organiser, Sender
from poltwt_console.mailbox import limits
from poltwt_console.mailbox.dates import parse_date, parse_written_date
from poltwt_console.mailbox.phrases import Phrases, load_phrases
from poltwt_console.mailbox.reader import read_message
from poltwt_console.mailbox.sources import RawMail

_HEADER_LINES = 12
_NAMES = {"from": "From", "date": "Date", "to": "To", "subject": "Subject"}


def read_pasted(
    text: str,
    now: datetime,
    *,
    sender: Sender | None = None,
    organiser: Organiser | None = None,
    origin: str = "paste",
) -> list[Message]:
    """The mails of a pasted text (see :func:`split_pasted`), read."""
    return [
        read_message(mail.raw, origin=mail.origin, now=now, organiser=organiser)
        for mail in split_pasted(text, sender=sender, origin=origin)
    ]


def split_pasted(text: str, *, sender: Sender | None = None, origin: str = "paste") -> Iterator[RawMail]:
    """The mails of a pasted text, as bytes that :func:`read_message` reads.

    A block of header lines (``From:`` with ``Subject:``, ``Date:`` or ``To:``, in any language,
    after an empty line or at the start) begins a mail; a mail that is forwarded or quoted inside
    another has a mark or words above it and begins none.  What has no From is from ``sender``.
    A mail without a date gets none: the time of import is its date, and it says so.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    starts = _find_starts(lines)
    if not starts or any(line.strip() for line in lines[: starts[0]]):
        starts.insert(0, 0)
    for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(lines)], strict=True), 1):
        name = f"{origin}#{number}" if len(starts) > 1 else origin
        yield RawMail(_compose(lines[start:end], sender), name)


def _find_starts(lines: list[str]) -> list[int]:
    phrases = load_phrases()
    starts: list[int] = []
    previous_blank = True
    position = 0
    while position < len(lines):
        if previous_blank and lines[position].strip():
            fields, after = _read_fields(lines, position, phrases)
            if "from" in fields and len(fields) > 1 and not _is_inside(lines, position, starts):
                starts.append(position)
                position = after
                previous_blank = False
                continue
        previous_blank = not lines[position].strip()
        position += 1
    return starts


def _is_inside(lines: list[str], position: int, starts: list[int]) -> bool:
    """Whether a header block belongs to a forwarded mail: the line above it is a mark (``-----...``)."""
    if not starts:
        return False
    for line in reversed(lines[max(0, position - 3) : position]):
        if line.strip():
            return not line[0].isalnum() or line.rstrip().endswith((":", "："))
    return False


def _read_fields(lines: list[str], position: int, phrases: Phrases) -> tuple[dict[str, str], int]:
    """Header fields from a line on by their names (from, date, to, cc, subject), and the line after."""
    fields: dict[str, str] = {}
    last = ""
    for index in range(position, min(position + _HEADER_LINES, len(lines))):
        line = lines[index][: limits.LINE_CHARACTERS]
        head, colon, value = line.replace("：", ":", 1).partition(":")
        name = phrases.fields.get(head.strip("*_ \t").casefold()) if colon and len(head) <= 40 else None
        if name is None and colon and fields and _is_field_name(head):
            last = ""  # another header, such as Message-ID
        elif name is not None:
            last = name
            fields.setdefault(name, value.strip("*_ \t"))
        elif line[:1] in (" ", "\t") and last and line.strip():
            fields[last] += " " + line.strip()
        else:
            return fields, index
    return fields, min(position + _HEADER_LINES, len(lines))


def _is_field_name(head: str) -> bool:
    return head.isascii() and " " not in head.strip() and "-" in head and head.replace("-", "").isalnum()


def _compose(lines: list[str], sender: Sender | None) -> bytes:
    """One mail as UTF-8 bytes with the headers that it has."""
    fields, after = _read_fields(lines, 0, load_phrases())
    if "from" not in fields or len(fields) < 2:
        fields, after = {}, 0
    body = lines[after:]
    while body and not body[0].strip():
        body.pop(0)
    if "from" not in fields and sender is not None:
        fields["from"] = str(sender)
    moment = parse_written_date(fields["date"]) if "date" in fields else None
    if moment is not None and parse_date(fields["date"]) is None:
        fields["date"] = format_datetime(moment)
    head = [f"{_NAMES[name]}: {' '.join(value.split())}" for name, value in fields.items() if name in _NAMES]
    head += [
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
    ]
    return "\n".join([*head, "", *body]).encode("utf-8", "replace")
