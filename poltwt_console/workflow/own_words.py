"""The organiser's own words: checked, kept with a new reading of the mails, carried over in a file."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from poltwt_console.domain.changes import SILENT, Changes, Progress
from poltwt_console.domain.counts import counted
from poltwt_console.errors import ConsoleError, ExportError, UnreadableError, UsageError
from poltwt_console.extraction.terms import LABELS
from poltwt_console.paths import written_beside
from poltwt_console.settings import Pattern, Settings, load_settings, save_settings
from poltwt_console.store import Store
from poltwt_console.workflow.reading import MailReader
from poltwt_console.workflow.rereading import Difference, preview, reread

_FORMAT = "poltwt console own words"
_LONGEST = 200
_MOST_BYTES = 2_000_000
_ONLY_THE_READING = "Undo takes the reading back, not your words."


def checked_word(text: str, meaning: str, language: str = "") -> Pattern:
    """The word as it may be kept; ConsoleError where it says nothing, or its meaning is not known."""
    text = " ".join(text.split())
    if not any(char.isalnum() for char in text):
        raise ConsoleError("There is no word.", "Type it as the mails write it, such as “our office is at”.")
    if len(text) > _LONGEST:
        raise ConsoleError(f"“{text[:40]}…” is too long.", f"A word has up to {_LONGEST} characters.")
    if meaning not in LABELS:
        raise ConsoleError(
            f"“{meaning}” is nothing that a word can stand before.", f"Known: {', '.join(LABELS)}."
        )
    return Pattern(text, meaning, language)


def with_words(known: Sequence[Pattern], added: Sequence[Pattern]) -> tuple[Pattern, ...]:
    """The words with more of them; the same text in any case has one meaning, the newest."""
    found = {pattern.text.casefold(): pattern for pattern in known}
    for pattern in added:
        found.pop(pattern.text.casefold(), None)
        found[pattern.text.casefold()] = pattern
    return tuple(found.values())


def without_word(known: Sequence[Pattern], text: str) -> tuple[Pattern, ...]:
    """The words without the one of that text, in any case; UsageError where there is none."""
    rest = tuple(pattern for pattern in known if pattern.text.casefold() != text.casefold())
    if len(rest) == len(known):
        raise UsageError(f"There is no word “{text}” of yours.", "`words list` shows them.")
    return rest


def try_words(
    store: Store,
    reader_with: Callable[[Settings], MailReader],
    settings_file: Path,
    edition_id: str,
    patterns: Sequence[Pattern],
    *,
    progress: Progress = SILENT,
) -> list[Difference]:
    """What would read differently with these words instead of those that are kept; nothing is written."""
    reader = reader_with(replace(load_settings(settings_file), patterns=tuple(patterns)))
    return preview(store, reader, edition_id, progress=progress)


def keep_words(
    store: Store,
    reader_with: Callable[[Settings], MailReader],
    settings_file: Path,
    edition_id: str,
    patterns: Sequence[Pattern],
    *,
    progress: Progress = SILENT,
) -> tuple[Changes, MailReader]:
    """Keep these words instead of those of before, and read the undecided mails with them.

    Both or neither: what is cancelled or fails leaves the words of before.  Words belong to the organiser's
    profile, not to the database, so that undoing the step takes back the reading only; its sentence says so.
    """
    before = load_settings(settings_file)
    wanted = replace(before, patterns=tuple(patterns))
    reader = reader_with(wanted)
    save_settings(settings_file, wanted)
    try:
        changes = reread(store, reader, edition_id, progress=progress)
    except BaseException:
        save_settings(settings_file, replace(load_settings(settings_file), patterns=before.patterns))
        raise
    if changes:
        changes = replace(changes, sentence=f"{changes.sentence} {_ONLY_THE_READING}")
    return changes, reader


def write_words(path: Path, patterns: Sequence[Pattern]) -> Changes:
    """Write them to a file that another console reads; ExportError if it cannot be written."""
    words = [{"text": p.text, "means": p.meaning, "language": p.language} for p in patterns]
    text = json.dumps({"format": _FORMAT, "words": words}, ensure_ascii=False, indent=1)
    try:
        with written_beside(path) as beside:
            beside.write_text(f"{text}\n", "utf-8")
    except OSError as error:
        raise ExportError(
            f"{path.name} cannot be written.", f"Choose another folder ({error.strerror})."
        ) from error
    counts = {"words": len(words)}
    return Changes(
        f"Export {path.name}",
        counts=counts,
        sentence=f"{counted(len(words), 'word')} written to {path.name}.",
    )


def read_words(path: Path) -> tuple[Pattern, ...]:
    """The words of such a file; UnreadableError where it is none, or one of its words is none."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise ValueError("too large")
        values: dict[str, Any] = json.loads(path.read_text("utf-8"))
        if values["format"] != _FORMAT:
            raise ValueError("another format")
        found = [(str(w["text"]), str(w["means"]), str(w.get("language", ""))) for w in values["words"]]
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise UnreadableError(
            f"{path.name} holds no words of a poltwt console.", "Choose a file that was exported from one."
        ) from error
    return with_words((), [checked_word(*word) for word in found])
