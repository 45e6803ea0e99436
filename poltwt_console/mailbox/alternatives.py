"""Which part of a multipart/alternative is read."""

from __future__ import annotations

import re

from poltwt_console.mailbox.phrases import load_phrases

_SHORT = 200  # characters: a plain part this short may only stand in for the HTML
_PROFILE_LINK = re.compile(r"(?:\b|%2f)(?:twitter|x)\.com(?:/|%2f)@?(\w{1,80})", re.IGNORECASE)
_ROW = re.compile("<tr[\\s>]", re.IGNORECASE)
_CELL = re.compile("<t([dh])[\\s>]", re.IGNORECASE)
_ROWS, _COLUMNS = 3, 2
_TAG = re.compile(r"<(?:style|script|title)[^<>]{0,300}>[^<]{0,100000}|<[^<>]{0,3000}>", re.IGNORECASE)


def plain_suffices(plain: str, html: str) -> bool:
    """Whether the plain part says what the HTML part says.

    Not so if it is empty, only says that the reader cannot show HTML, is a fraction of the
    HTML's text, or lacks a Twitter profile that the HTML names or links to; nor if the HTML has a table of
    several rows and columns, whose cells run together in the plain part.
    """
    words = plain.strip()
    if not words:
        return False
    if len(words) < _SHORT:
        folded = words.casefold()
        if any(phrase in folded for phrase in load_phrases().no_html):
            return False
        shown = " ".join(_TAG.sub(" ", html[:200_000]).split())
        if len(words) * 3 < len(shown):
            return False
    if _is_tabular(html[:500_000]):
        return False
    folded = plain.casefold()
    return all(name.casefold() in folded for name in _PROFILE_LINK.findall(html[:500_000]))


def _is_tabular(html: str) -> bool:
    """Whether it may hold a table of records: with headings, or with rows enough of as many cells."""
    rows = len(_ROW.findall(html))
    if rows < 2:
        return False
    cells = _CELL.findall(html)
    return len(cells) >= _COLUMNS * rows and (rows >= _ROWS or "h" in cells or "H" in cells)
