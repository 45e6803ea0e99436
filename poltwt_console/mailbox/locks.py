"""Whether a mail program holds a mailbox: read half way through a write, it would end in the middle."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import BinaryIO

_STALE_SECONDS = 15 * 60  # a dot lock that old was left by a program that died (procmail, mutt)


def is_locked(stream: BinaryIO, path: Path) -> bool:
    """Whether another process writes to an open file, by a dot lock or a lock of the system.

    On Windows a locked file does not open in the first place (PermissionError).
    """
    try:
        age = time.time() - path.with_name(path.name + ".lock").stat().st_mtime
    except OSError:
        age = _STALE_SECONDS
    if age < _STALE_SECONDS:
        return True
    if sys.platform == "win32":
        return False
    import fcntl

    try:
        fcntl.lockf(stream, fcntl.LOCK_SH | fcntl.LOCK_NB)
        fcntl.lockf(stream, fcntl.LOCK_UN)
    except (BlockingIOError, PermissionError):
        return True
    except OSError:  # a file system without locks
        return False
    return False
