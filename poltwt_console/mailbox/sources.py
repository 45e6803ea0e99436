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


def tell_left_out(origin: str, names: list[str]) -> Unreadable:
    """One row for all files of a folder or archive that are no mails."""
    shown = ", ".join(names[:3]) + (" ..." if len(names) > 3 else "")
    files = (
        "1 file is not a mail and was" if len(names) == 1 else f"{len(names)} files are not mails and were"
    )
    return Unreadable(origin, f"{files} left out: {shown}.")
