"""Members of zip files, inflated with every limit counted while it happens.

What a zip says about its sizes is checked first, and the bytes that really come out again: a
file of 0.3 MB can hold 210 MB.
"""

from __future__ import annotations

import io
import zipfile
import zlib

from poltwt_console.errors import UnreadableError

MEMBER_BYTES = 8 * 1024 * 1024  #: of one member of an office document
MEMBERS = 2_000
RATIO = 200  #: inflated to packed, of members over 1 MB

_DAMAGED = UnreadableError("The file is damaged.", "Ask the sender for it again.")


def open_zip(raw: bytes) -> zipfile.ZipFile:
    """An office document as a zip; UnreadableError if it is none."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(raw))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise _DAMAGED from error
    if len(archive.infolist()) > MEMBERS:
        raise UnreadableError("The file holds more than 2,000 parts.", "Ask for it in another format.")
    return archive


def inflate(archive: zipfile.ZipFile, name: str, limit: int = MEMBER_BYTES) -> bytes:
    """One member; empty bytes if it is not there, UnreadableError if it is too large, locked or damaged."""
    try:
        info = archive.getinfo(name)
    except KeyError:
        return b""
    if info.flag_bits & 1:
        raise UnreadableError("The file is protected with a password.", "Ask the sender for an open one.")
    if info.file_size > limit or (info.file_size > 1 << 20 and info.file_size > RATIO * info.compress_size):
        raise UnreadableError("The file is too large to be read here.", "Open it in its own program.")
    try:
        with archive.open(info) as stream:
            content = stream.read(limit + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise _DAMAGED from error
    if len(content) > limit:
        raise UnreadableError("The file is too large to be read here.", "Open it in its own program.")
    return content
