"""What comes out of a file, folder or mailbox, one mail at a time."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RawMail:
    """The bytes of one mail, and where they were read: a path, with "#12" for the 12th in a mailbox."""

    raw: bytes
    origin: str


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Something that could not be read: a sentence why, and a hint what to do."""

    origin: str
    sentence: str
    hint: str = ""


Source = RawMail | Unreadable
