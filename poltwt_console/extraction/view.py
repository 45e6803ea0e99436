"""A message as extraction reads it: texts of one origin each, cut into lines, in order of trust.

Quotes are read apart: they are never evidence for a new registration, but an answer may rest on
them ("our address is ..." below the organiser's question).  What the organiser wrote is left out
altogether.  A signature begins at a mark, at a closing ("Kind regards") or where the mail's sender
signs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from poltwt_console.domain.message import (
    Link,
    Message,
    Organiser,
    Role,
    Segment,
    SegmentKind,
    Sender,
    TextPart,
)
from poltwt_console.extraction.lexicon import Words, read_words
from poltwt_console.extraction.text import IDEOGRAPH, fold
from poltwt_console.extraction.vocabulary import Vocabulary

#: What is read of one text, in characters and lines; the rest of a longer one is ignored.
MAX_CHARS = 20_000
MAX_LINES = 600
_MAX_LINE = 1_000


class Origin(StrEnum):
    """Where a line stands; the order is that of trust.

    Among features it stands for its value, which it equals.
    """

    BODY = "body"
    ATTACHMENT = "attachment"
    FORWARDED = "forwarded"
    SIGNATURE = "signature"
    SUBJECT = "subject"
    SENDER = "sender"
    QUOTED = "quoted"


@dataclass(slots=True, eq=False)
class Line:
    """One line: ``passage.text[start:end]`` without its blanks, its words ``first`` to ``last``."""

    start: int
    end: int
    first: int
    last: int
    origin: Origin
    wrapped: bool = False  # the mail program broke the line: it goes on the line above

    @property
    def empty(self) -> bool:
        return self.first == self.last


@dataclass(slots=True, eq=False)
class Passage:
    """A part of a message with one author: its lines and words; offsets are those of the part's text.

    ``text`` is that of the part with blanks for what is struck out.
    """

    part: TextPart
    text: str
    origin: Origin
    words: Words
    lines: list[Line] = field(default_factory=list)
    author: Sender | None = None
    links: tuple[Link, ...] = ()

    def goes_on(self, position: int) -> bool:
        """Whether a line that the mail program broke goes on at a position."""
        line = self.line_at(position)
        return line is not None and line.wrapped

    @property
    def extent(self) -> tuple[int, int]:
        """From where to where its lines stand in the text; nothing where it has none."""
        return (self.lines[0].start, self.lines[-1].end) if self.lines else (0, 0)

    def line_at(self, position: int) -> Line | None:
        """The line that holds a position of the text."""
        for line in self.lines:
            if line.start <= position <= line.end:
                return line
        return None


@dataclass(slots=True)
class View:
    """All passages of a message; ``evidence`` may found a registration, ``quoted`` may not.

    ``calls``: mails of the organiser's below the sender's words, not marked as quoted line by line.
    """

    message: Message
    evidence: list[Passage]
    quoted: list[Passage]
    calls: list[Passage] = field(default_factory=list)

    def add_evidence(self, passage: Passage) -> None:
        """Let a passage found a registration, too, in its place by trust."""
        self.evidence.append(passage)
        self.evidence.sort(key=lambda other: _TRUST[other.origin])

    def passages(self, *origins: Origin) -> Iterator[Passage]:
        for passage in self.evidence:
            if passage.origin in origins:
                yield passage

    def named(self, passage: Passage) -> str:
        """The name of who wrote a passage, or else of who sent the mail."""
        return (passage.author.name if passage.author is not None else "") or self.message.sender.name

    def writer(self, passage: Passage) -> str:
        """Who wrote a quoted passage: the mail's "sender", a "recipient", "another", or "nobody" told."""
        if passage.author is None or not passage.author.email:
            return "nobody"
        email = passage.author.email.lower()
        if email == self.message.sender.email.lower():
            return "sender"
        recipients = {to.email.lower() for to in self.message.recipients}
        return "recipient" if email in recipients else "another"


def read_view(message: Message, vocabulary: Vocabulary, organiser: Organiser | None = None) -> View:
    """Cut a message into passages."""
    own = _own_addresses(message, organiser)
    evidence: list[Passage] = []
    quoted: list[Passage] = []
    calls: list[Passage] = []
    for part in message.parts:
        if part.sender is not None and part.sender.email.lower() in own:
            continue
        text = part.kept()
        words = read_words(text[:MAX_CHARS], vocabulary)
        for segment in part.segments or (Segment(SegmentKind.BODY, 0, len(part.text)),):
            passage = _read_passage(part, text, words, segment, message)
            if segment.kind in (SegmentKind.DISCLAIMER, SegmentKind.CALL):
                continue
            author = segment.author.email.lower() if segment.author is not None else ""
            if author in own and segment.kind is SegmentKind.FORWARDED:
                passage.origin = Origin.QUOTED
                calls.append(passage)
            elif passage.origin is Origin.QUOTED:
                quoted.append(passage)
            elif author in own and segment.kind is SegmentKind.SIGNATURE:
                continue
            else:
                evidence.append(passage)
                if passage.origin is Origin.FORWARDED:
                    evidence.extend(_read_author(part, segment, vocabulary))
    evidence.sort(key=lambda passage: _TRUST[passage.origin])
    return View(message, evidence, quoted, calls)


def _own_addresses(message: Message, organiser: Organiser | None) -> frozenset[str]:
    """The organiser's mail addresses: those given, else those that the mail went to.

    Not those of a copy, unless it went to the sender's colleagues and she got the copy.
    """
    if organiser is not None and organiser.emails:
        return organiser.emails
    sender = message.sender.email.lower()
    found = {recipient.email.lower() for recipient in message.recipients} - {sender, ""}
    house = "@" + sender.rpartition("@")[2]
    to = found.intersection(_BETWEEN_ADDRESSES.split(message.header("To").lower()))
    return frozenset(to if any(not email.endswith(house) for email in to) else found)


_BETWEEN_ADDRESSES = re.compile(r"[\s<>,;:\"'()]+")


_ORIGINS = {
    SegmentKind.BODY: Origin.BODY,
    SegmentKind.SIGNATURE: Origin.SIGNATURE,
    SegmentKind.FORWARDED: Origin.FORWARDED,
    SegmentKind.QUOTED: Origin.QUOTED,
    SegmentKind.CALL: Origin.QUOTED,
    SegmentKind.DISCLAIMER: Origin.QUOTED,
}
_TRUST = {origin: number for number, origin in enumerate(Origin)}
_ROLES = {Role.SUBJECT: Origin.SUBJECT, Role.SENDER: Origin.SENDER, Role.ATTACHMENT: Origin.ATTACHMENT}


def _read_passage(part: TextPart, text: str, words: Words, segment: Segment, message: Message) -> Passage:
    origin = _ROLES.get(part.role, _ORIGINS[segment.kind])
    if part.sender is not None and origin is Origin.BODY:
        origin = Origin.FORWARDED
    passage = Passage(part, text, origin, words, author=segment.author or part.sender, links=part.links)
    start = segment.start + segment.head
    for raw in text[start : min(segment.end, MAX_CHARS)].split("\n")[:MAX_LINES]:
        line = _cut_line(words, start, raw, origin)
        start += len(raw) + 1
        if passage.lines or not line.empty:
            passage.lines.append(line)
    if origin in (Origin.BODY, Origin.FORWARDED):
        _mark_wrapped(passage)
        mark_signature(passage, message)
    return passage


def _read_author(part: TextPart, segment: Segment, vocabulary: Vocabulary) -> Iterator[Passage]:
    """The name of who wrote a mail that was forwarded in a text, as its first lines have it."""
    author = segment.author
    head = part.text[segment.start : min(segment.start + segment.head, MAX_CHARS)]
    found = head.find(author.name) if author is not None and author.name else -1
    if author is None or found < 0:
        return
    start = segment.start + found
    end = start + len(author.name)
    # Blanks before it: the words stand where they do in the part.
    words = read_words(" " * start + author.name, vocabulary)
    line = Line(start, end, 0, len(words), Origin.SENDER)
    yield Passage(part, part.text, Origin.SENDER, words, [line], author)


_RULER = re.compile(r"\s{0,8}(?:-{2,3}|_{3,}|={3,}|\*{3,})\s*$")


def _cut_line(words: Words, start: int, raw: str, origin: Origin) -> Line:
    raw = raw[:_MAX_LINE]
    left = len(raw) - len(raw.lstrip(" \t\r>\u200e\u200f\ufeff"))
    end = start + len(raw.rstrip())
    start = min(start + left, end)
    first = last = words.index(start)
    while last < len(words) and words.starts[last] < end:
        last += 1
    return Line(start, end, first, last, origin)


#: Mail programs break lines at 65 to 78 characters; shorter ones were ended by hand.
_WRAP_LEAST, _WRAP_MOST = 58, 80


def _mark_wrapped(passage: Passage) -> None:
    """Mark the lines that only go on the line above: their first word had no room there.

    Only in paragraphs of which most lines are long: a list may hold one long line by chance.
    """
    text = passage.text
    widths = [_width(text[line.start : line.end]) for line in passage.lines]
    room = max((width for width in widths if width <= _WRAP_MOST), default=0)
    if room < _WRAP_LEAST or max(widths) > _WRAP_MOST + 20:
        return
    least = _WRAP_LEAST - 14
    first = 0
    for number, line in enumerate(passage.lines):
        if line.empty:
            first = number + 1
            continue
        above = passage.lines[number - 1]
        if number == first or widths[number - 1] < least:
            continue
        word = text[line.start : line.end].split(maxsplit=1)[0]
        if widths[number - 1] + 1 + _width(word) > room and text[line.start] not in "-*•":
            last = next((n for n in range(number, len(widths)) if not widths[n]), len(widths)) - 1
            long = sum(width >= least for width in widths[first:last])
            line.wrapped = not above.empty and long * 5 >= (last - first) * 3


def _width(text: str) -> int:
    return len(text) + len(IDEOGRAPH.findall(text))


def mark_signature(passage: Passage, message: Message) -> None:
    """Set the origin of the lines from the closing on.

    The closing is a line that begins with closing words and holds few others, or that is only the
    sender's name.  Only what follows the last third of greeting-free text can be one: a mail that
    opens with "Thanks" goes on.
    """
    sender = passage.author or message.sender
    own = {word for word in _plain_words(sender.name) if len(word) > 2}
    lines = [line for line in passage.lines if not line.empty]
    for number, line in enumerate(lines):
        if number == 0:
            continue
        if _RULER.match(passage.text[line.start : line.end]) or _closes(passage, line, own):
            for later in lines[number:]:
                later.origin = Origin.SIGNATURE
            return


def _closes(passage: Passage, line: Line, own: set[str]) -> bool:
    words = passage.words
    count = line.last - line.first
    if "@" in passage.text[line.start : line.end]:
        return False
    if count <= 6:
        closing = [i for i in range(line.first, line.last) if "closing" in words.senses[i]]
        if closing and closing[0] == line.first and len(closing) * 2 >= count - 1:
            return True
    forms = set(words.forms[line.first : line.last])
    return 0 < count <= 4 and bool(own) and forms <= own


_PLAIN_WORD = re.compile(r"\w+")


def _plain_words(text: str) -> Sequence[str]:
    return _PLAIN_WORD.findall(fold(text))
