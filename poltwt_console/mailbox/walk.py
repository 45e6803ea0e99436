"""From paths to mails: files, folders, Maildirs and mailboxes, one mail at a time."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from poltwt_console.mailbox import charsets, limits, locks
from poltwt_console.mailbox.formats import EMPTY, HEAD_BYTES, NO_MAIL, guess_format, peek
from poltwt_console.mailbox.maildir import is_maildir, list_mails
from poltwt_console.mailbox.pasted import split_pasted
from poltwt_console.mailbox.sources import Source, Unreadable, tell_left_out

#: What mail programs and systems put beside the mails.
_BESIDE = frozenset((".msf", ".ini", ".db", ".lock", ".plist"))


def open_sources(paths: Sequence[Path]) -> Iterator[Source]:
    """The mails of files and folders, in the order of names; what is no mail says why.

    Nothing is read ahead: at most one mail and one chunk of a mailbox are in memory.
    """
    for path in paths:
        if path.is_dir():
            yield from _read_folder(path)
        else:
            yield from _read_file(path)


def open_stream(stream: BinaryIO, name: str = "stdin") -> Iterator[Source]:
    """The mails of an open stream, such as standard input or a file dragged out of a mail program.

    In whatever format they are; text without any headers is read as if it had been pasted.
    """
    with tempfile.TemporaryFile() as file:  # a zip is read from its end, and a mailbox may be large
        shutil.copyfileobj(stream, file)
        file.seek(0)
        head = file.read(HEAD_BYTES)
        file.seek(0)
        format_ = guess_format(name, head)
        if format_ is not None:
            yield from format_.read(file, name)
        elif not head.strip():
            yield Unreadable(name, *EMPTY)
        elif b"\0" in head:
            yield Unreadable(name, *NO_MAIL)
        else:
            yield from split_pasted(charsets.decode(file.read(limits.TEXT_BYTES)).text, origin=name)


def _read_folder(folder: Path) -> Iterator[Source]:
    found = False
    others: list[str] = []
    closed: list[Path] = []
    for path in _list_files(folder, closed):
        for source in _read_file(path, others):
            found = True
            yield source
    for path in closed:
        yield Unreadable(str(path), "The folder may not be read.", "Check its owner.")
    if others:
        yield tell_left_out(str(folder), others)
    elif not (found or closed):
        yield Unreadable(
            str(folder), "There is no mail in this folder.", "Choose the folder that holds the mails."
        )


def _list_files(folder: Path, closed: list[Path]) -> Iterator[Path]:
    """All files below a folder, each folder's in the order of names; no link to a folder is followed.

    Folders that may not be read go to ``closed``.
    """
    waiting = [folder]
    while waiting:
        current = waiting.pop()
        try:
            below = sorted(current.iterdir())
        except OSError:
            closed.append(current)
            continue
        if is_maildir(current):
            yield from list_mails(current)
            below = [path for path in below if path.is_dir() and path.name not in ("cur", "new", "tmp")]
        waiting.extend(path for path in reversed(below) if path.is_dir() and not path.is_symlink())
        yield from (path for path in below if path.is_file() and not _is_beside(path))


def _is_beside(path: Path) -> bool:
    return path.name.startswith(".") or path.suffix.lower() in _BESIDE


def _read_file(path: Path, others: list[str] | None = None) -> Iterator[Source]:
    """The mails of one file; a file of no known format goes to ``others``, if given."""
    origin = str(path)
    try:
        with path.open("rb") as stream:
            head = peek(stream)
            format_ = guess_format(path.name, head)
            if not head:
                yield Unreadable(origin, *EMPTY)
            elif locks.is_locked(stream, path):
                yield Unreadable(
                    origin, "Another program is using this mailbox.", "Close that program and try again."
                )
            elif format_ is not None:
                yield from format_.read(stream, origin)
            elif others is not None:
                others.append(path.name)
            else:
                yield Unreadable(origin, *NO_MAIL)
    except FileNotFoundError:
        yield Unreadable(origin, "There is no such file.", "Check the name.")
    except PermissionError:
        yield Unreadable(
            origin, "The file may not be read.", "Close the program that uses it, or check its owner."
        )
    except OSError as error:
        yield Unreadable(origin, f"The file cannot be read: {error.strerror or error}.", "Copy it elsewhere.")
