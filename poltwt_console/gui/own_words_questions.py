"""The organiser's own words as the window tries, keeps and carries them; in a worker."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from poltwt_console.errors import ConsoleError

if TYPE_CHECKING:
    from poltwt_console.domain.changes import Changes, Progress
    from poltwt_console.gui.desk import Desk
    from poltwt_console.settings import Pattern
    from poltwt_console.workflow.reading import MailReader
    from poltwt_console.workflow.rereading import Difference


@dataclass(slots=True)
class Outcome:
    """What came of trying or keeping words; all empty where it was stopped."""

    tried: tuple[Difference, ...] | None = None  # what would change
    reader: MailReader | None = None  # what reads mails now
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class FileAnswer:
    """The words of a file, or why there are none."""

    words: tuple[Pattern, ...] = ()
    refusal: str = ""


def own_words(desk: Desk) -> tuple[Pattern, ...]:
    """The words that are kept."""
    from poltwt_console.settings import load_settings

    return load_settings(desk.profile.settings).patterns


def try_words(desk: Desk, words: tuple[Pattern, ...], outcome: Outcome, progress: Progress) -> None:
    """Read all undecided mails with these words; nothing is written."""
    from poltwt_console.workflow import own_words as verbs

    try:
        outcome.tried = tuple(
            verbs.try_words(
                desk.store, desk.reader_with, desk.profile.settings, desk.edition_id, words, progress=progress
            )
        )
    except ConsoleError as error:
        outcome.refusal = said(error)


def keep_words(
    desk: Desk, words: tuple[Pattern, ...], outcome: Outcome, progress: Progress
) -> Changes | None:
    """Keep them, and read the undecided mails with them."""
    from poltwt_console.workflow import own_words as verbs

    try:
        changes, outcome.reader = verbs.keep_words(
            desk.store, desk.reader_with, desk.profile.settings, desk.edition_id, words, progress=progress
        )
    except ConsoleError as error:
        outcome.refusal = said(error)
        return None
    return changes


def read_file(path: Path) -> FileAnswer:
    """The words of a file."""
    from poltwt_console.workflow.own_words import read_words

    try:
        return FileAnswer(read_words(path))
    except ConsoleError as error:
        return FileAnswer(refusal=said(error))


def write_file(path: Path, words: tuple[Pattern, ...]) -> FileAnswer:
    """Write words to a file."""
    from poltwt_console.workflow.own_words import write_words

    try:
        write_words(path, words)
    except ConsoleError as error:
        return FileAnswer(refusal=said(error))
    return FileAnswer(words)


def said(error: ConsoleError) -> str:
    """An error in words, to stand in a dialog."""
    return f"{error.sentence} {error.hint}".strip()
