"""Maildir folders: one file a mail in ``cur`` and ``new`` (``tmp`` is half written and left alone)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path


def is_maildir(folder: Path) -> bool:
    """Whether a folder is a Maildir."""
    return (folder / "cur").is_dir() and (folder / "new").is_dir()


def list_mails(folder: Path) -> Iterator[Path]:
    """The files of the mails of one Maildir, oldest name first; subfolders (``.Sent``) are their own."""
    for part in ("cur", "new"):
        yield from sorted(
            path for path in (folder / part).iterdir() if path.is_file() and path.name[0] != "."
        )
