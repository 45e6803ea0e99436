"""What a text must lose to be put into a cell, an XML element or a line."""

from __future__ import annotations

import re

#: XML 1.0 forbids these, and openpyxl refuses them.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BREAKS = re.compile(r"[\r\n\u2028\u2029\t]+")
#: A spreadsheet takes a text that starts so for a formula (OWASP, "CSV injection").
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
#: The most characters that a cell of an Excel workbook holds.
CELL_LIMIT = 32_767


def printable(text: str) -> str:
    """Without control characters, surrogates and non-characters."""
    return _FORBIDDEN.sub("", text)


def one_line(text: str) -> str:
    """Printable, line breaks as ", "."""
    return _BREAKS.sub(", ", printable(text).strip())


def guarded(text: str) -> str:
    """One line that a spreadsheet reads as text: an apostrophe goes before what starts like a formula."""
    line = one_line(text)
    return f"'{line}" if line.startswith(_FORMULA) else line
