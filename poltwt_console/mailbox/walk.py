"""From paths to mails: files, folders, Maildirs and mailboxes, one mail at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from poltwt_console.mailbox.formats import HEAD_BYTES, guess_format
from poltwt_console.mailbox.maildir import is_maildir, list_mails
from poltwt_console.mailbox.sources import Source, Unreadable

#: What mail programs and systems put beside the mails.
_NO_MAILS = frozenset((".msf", ".dat", ".ini", ".sbd", ".db", ".lock", ".plist", ".json", ".html"))


def open_sources(paths: Sequence[Path]) -> Iterator[Source]:
    """The mails of files and folders, in the order of names; what is no mail says why.

    Nothing is read ahead: at most one mail and one chunk of a mailbox are in memory.
    """
    for path in paths:
        if path.is_dir():
            yield from _read_folder(path)
        else:
            yield from _read_file(path, path.name)


def _read_folder(folder: Path) -> Iterator[Source]:
    found = False
    others: list[Path] = []
    for path in _list_files(folder):
        if not path.parent.name.startswith("cur") and _is_beside(path):
            continue
        for source in _read_file(path, path.name, others):
            found = True
            yield source
    if others:
        names = ", ".join(path.name for path in others[:3]) + (" ..." if len(others) > 3 else "")
        yield Unreadable(str(folder), f"Left out, because they are not mails: {len(others)} ({names}).")
    elif not found:
        yield Unreadable(
            str(folder), "There is no mail in this folder.", "Choose the folder that holds the mails."
        )


def _list_files(folder: Path) -> Iterator[Path]:
    """All files below a folder, each folder's in the order of names; no link to a folder is followed."""
    waiting = [folder]
    while waiting:
        current = waiting.pop()
        if is_maildir(current):
            yield from list_mails(current)
            below = [path for path in current.iterdir() if path.name not in ("cur", "new", "tmp")]
        else:
            below = list(current.iterdir())
        folders: list[Path] = []
        for path in sorted(below):
            if path.is_dir():
                if not path.is_symlink():
                    folders.append(path)
            elif path.is_file():
                yield path
        waiting.extend(reversed(folders))


def _is_beside(path: Path) -> bool:
    return path.name.startswith(".") or path.suffix.lower() in _NO_MAILS


def _read_file(path: Path, name: str, others: list[Path] | None = None) -> Iterable[Source]:
    """The mails of one file; a file of no known format goes to ``others``, if given."""
    origin = str(path)
    try:
        with path.open("rb") as stream:
            head = stream.read(HEAD_BYTES)
            if not head:
                yield Unreadable(origin, "The file is empty.", "Save the mail again in the mail program.")
                return
            stream.seek(0)
            format_ = guess_format(name, head)
            if format_ is not None:
                yield from format_.read(stream, origin)
            elif others is not None:
                others.append(path)
            else:
                yield Unreadable(
                    origin, "This is not a mail.", "Save the mail as .eml or export the mailbox as .mbox."
                )
    except FileNotFoundError:
        yield Unreadable(origin, "There is no such file.", "Check the name.")
    except PermissionError:
        yield Unreadable(
            origin, "The file may not be read.", "Close the program that uses it, or copy it elsewhere."
        )
    except OSError as error:
        yield Unreadable(origin, f"The file cannot be read: {error.strerror or error}.", "Copy it elsewhere.")
