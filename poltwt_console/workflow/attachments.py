"""Attachments out of stored mails: into a file that a person names, never opened, never run."""

from __future__ import annotations

import mimetypes
import os
import re
import tempfile
from pathlib import Path

from poltwt_console.errors import ExportError
from poltwt_console.mailbox import attachment_in
from poltwt_console.store import Store, messages

_LONGEST = 120  # characters of a name; file systems take 255 bytes
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
#: Names that are devices on Windows, with any ending.
_DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)


def safe_name(name: str, content_type: str = "") -> str:
    """A file name that is one on every system, made of what a mail calls its attachment.

    Without folders, without characters that control or turn the line around (a name may pretend
    another ending by them), and never a hidden file or a device.
    """
    name = "".join(char if char.isprintable() else " " for char in name.replace("\\", "/").rpartition("/")[2])
    name = " ".join(_FORBIDDEN.sub("_", name).split()).strip(". ")
    if _DEVICES.fullmatch(name):
        name = f"_{name}"
    stem, dot, ending = name.rpartition(".")
    if len(name) > _LONGEST:
        kept = f".{ending}" if dot and len(ending) <= 10 else ""
        name = f"{(stem if kept else name)[: _LONGEST - len(kept)].rstrip('. ')}{kept}"
    if not name:
        name = f"attachment{mimetypes.guess_extension(content_type) or ''}"
    return name


def free_name(folder: Path, name: str) -> Path:
    """The name in that folder, with a number where there is such a file already."""
    path = folder / name
    number = 2
    while path.exists():
        path = folder / f"{Path(name).stem} {number}{Path(name).suffix}"
        number += 1
    return path


def save_attachment(store: Store, message_id: str, part: str, path: Path) -> int:
    """Write the attachment ``part`` of a mail to a file; returns its bytes' number.

    ExportError if there is none, or the file cannot be written; a file that is there is replaced
    as a whole or not at all.
    """
    with store.read() as connection:
        raw = messages.raw_of(connection, message_id)
    try:
        content = attachment_in(raw, part)
    except KeyError as error:
        raise ExportError(
            "This attachment is not in its mail.", "Look at the original of the mail."
        ) from error
    try:
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".poltwt-") as beside:
            written = Path(beside) / "attachment"
            written.write_bytes(content)
            written.chmod(0o600)
            os.replace(written, path)
    except OSError as error:
        raise ExportError(
            f"{path.name} cannot be written.", f"Choose another folder ({error.strerror})."
        ) from error
    return len(content)
