"""The world's faults, told in one sentence, and the line between them and ours.

A :class:`ConsoleError` is something that the organiser can understand and act on: a file
that is not there, a mailbox that another program holds, a database of a newer version.  It
carries a sentence (what is wrong) and a hint (what to do).  Every other exception is our own
fault and goes to the crash report.  Foreign exceptions are translated once, at the wall where
they come in, with ``raise ... from``.
"""

from __future__ import annotations


class ConsoleError(Exception):
    """Something is wrong that the organiser can mend: ``sentence`` says what, ``hint`` what to do."""

    def __init__(self, sentence: str, hint: str = "") -> None:
        super().__init__(f"{sentence} {hint}".strip())
        self.sentence = sentence
        self.hint = hint


class UnreadableError(ConsoleError):
    """A file, folder or mailbox cannot be read as mail or as a table."""


class GazetteerError(ConsoleError):
    """The file of places is missing or damaged; everything else goes on working."""


class StoreError(ConsoleError):
    """The database cannot be opened, is of another version, or refuses a change."""


class ConflictError(StoreError):
    """A change contradicts what has been changed since; nothing was overwritten."""


class ExportError(ConsoleError):
    """A file cannot be written, or its kind is not known."""


class UsageError(ConsoleError):
    """The words of a command do not fit; exit code 2."""


class Cancelled(Exception):
    """Raised between two items when the organiser stops a long run; what is done stays done."""
