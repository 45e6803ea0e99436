"""The report of a fault of ours: where it happened, never what a mail said.

Messages of exceptions may quote data (a database's carry the values of the statement), so only
their types are told, with the places in our code and its libraries.
"""

from __future__ import annotations

import platform
import sys
import traceback

from PySide6 import __version__ as pyside_version
from PySide6.QtCore import qVersion

from poltwt_console import __version__


def report_of(error: BaseException) -> str:
    """A text to copy into a bug report."""
    lines = [
        f"poltwt console {__version__}",
        f"Python {platform.python_version()}, PySide6 {pyside_version}, Qt {qVersion()}",
        platform.platform(),
        "",
    ]
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        lines.append(f"{type(current).__module__}.{type(current).__qualname__}")
        for frame in traceback.extract_tb(current.__traceback__):
            lines.append(f"  {_short(frame.filename)}:{frame.lineno} in {frame.name}")
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
        if current is not None:
            lines.append("caused by")
    return "\n".join(lines)


def _short(filename: str) -> str:
    """The file without the folders above its package: a user's name may stand in them."""
    for root in sorted((p for p in sys.path if p), key=len, reverse=True):
        if filename.startswith(root):
            return filename[len(root) :].lstrip("/\\").replace("\\", "/")
    return filename.replace("\\", "/").rpartition("/")[2]
