"""A mail as one plain text for the screen, and back: where each part's words stand in it.

Spans count characters of a part; a text document counts UTF-16 units, of which an emoji has two.
"""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from poltwt_console.domain.message import Role, SegmentKind, TextPart

#: A part longer than this is cut on the screen (never in the database): Qt lays out a whole text at once.
MOST_SHOWN = 60_000
_UNSHOWN = dict.fromkeys([0, 0xFDD0, 0xFDD1], "\ufffd") | {0x0D: " ", 0x2028: "\n", 0x2029: "\n"}
_FAINT = (SegmentKind.QUOTED, SegmentKind.DISCLAIMER, SegmentKind.CALL)


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of the shown text and how it looks: plain, faint, title, mute, warn or strong."""

    text: str
    look: str = "plain"


@dataclass(frozen=True, slots=True)
class Place:
    """Where ``part.text[first:first + len(text)]`` stands: from unit ``start`` of the document on."""

    part: str
    start: int
    text: str


@dataclass(frozen=True, slots=True)
class MailText:
    """The runs in order and the places of the parts."""

    runs: tuple[Run, ...]
    places: tuple[Place, ...]

    def span(self, part: str, start: int, end: int) -> tuple[int, int] | None:
        """The units of ``part.text[start:end]`` in the document; None where they are not shown."""
        for place in self.places:
            if place.part == part and start < len(place.text):
                text = place.text
                return place.start + units(text[:start]), place.start + units(text[:end])
        return None


def units(text: str) -> int:
    """The UTF-16 units of a text."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def shown(text: str) -> str:
    """The text as a document can hold it, character for character."""
    return text.translate(_UNSHOWN)


class _Builder:
    """Puts runs one after the other and remembers where the parts stand."""

    def __init__(self) -> None:
        self.runs: list[Run] = []
        self.places: list[Place] = []
        self._at = 0

    def add(self, text: str, look: str = "plain") -> None:
        """The next run."""
        if text:
            self.runs.append(Run(text, look))
            self._at += units(text)

    def begin(self, part: TextPart, text: str) -> None:
        """The text of a part begins here."""
        self.places.append(Place(part.id, self._at, text))


def compose(parts: Sequence[TextPart], facts: str, warnings: Sequence[str]) -> MailText:
    """The mail from its sender line down to the texts of its attachments."""
    built = _Builder()
    sender = next((p for p in parts if p.role is Role.SENDER), None)
    subject = next((p for p in parts if p.role is Role.SUBJECT), None)
    built.add("From ", "mute")
    _add_line(built, sender, "an unknown sender", "strong")
    built.add(f"\n{facts}\n", "mute")
    _add_line(built, subject, "(no subject)", "title")
    built.add("\n", "title")
    for warning in warnings:
        built.add(f"▲ {shown(warning)}\n", "warn")
    rest = [p for p in parts if p is not sender and p is not subject and p.text.strip()]
    for n, part in enumerate(rest):
        built.add("\n")
        if n or part.role is Role.ATTACHMENT:
            built.add(f"{_heading(part)}\n", "mute")
        _add_part(built, part)
    return MailText(tuple(built.runs), tuple(built.places))


def _add_line(built: _Builder, part: TextPart | None, otherwise: str, look: str) -> None:
    text = shown(part.text) if part else ""
    if part and text:
        built.begin(part, text)
    built.add(text or otherwise, look)


def _add_part(built: _Builder, part: TextPart) -> None:
    text = shown(part.text[:MOST_SHOWN])
    built.begin(part, text)
    cuts = sorted({0, len(text), *(c for s in part.segments for c in (s.start, s.end) if c < len(text))})
    starts = [s.start for s in part.segments]
    for start, end in itertools.pairwise(cuts):
        n = bisect_right(starts, start) - 1
        faint = n >= 0 and start < part.segments[n].end and part.segments[n].kind in _FAINT
        built.add(text[start:end], "faint" if faint else "plain")
    if not text.endswith("\n"):
        built.add("\n")
    if len(part.text) > MOST_SHOWN:
        built.add(f"… {len(part.text) - MOST_SHOWN:,} more characters: see the original\n", "mute")


def _heading(part: TextPart) -> str:
    if part.role is Role.ATTACHMENT:
        return f"Attachment {shown(part.name)}" if part.name else "Attachment"
    return "Enclosed mail" if part.sender else "Further text"


def moment(value: datetime, given: bool) -> str:
    """A date as the organiser reads it, in the computer's own zone."""
    local = value.astimezone()
    words = f"{local.day} {local:%b %Y %H:%M}"
    return words if given else f"{words} (time of import: the mail has no date)"
