"""One way to compare and sort words of any script: folded search text and sort keys.

SQLite and PostgreSQL order and compare by their own rules; we fold in Python and store the
result, so that ``dusseldorf`` finds Düsseldorf on both, and both sort alike.
"""

from __future__ import annotations

import re
import unicodedata

# Letters that NFKD leaves whole although people type them without their stroke or tail.
_STROKES = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "ħ": "h",
        "ı": "i",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ŋ": "n",
        "ĸ": "k",
        "ŧ": "t",
    }
)
_INVISIBLE = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
# PostgreSQL refuses U+0000 in text, and no database takes lone surrogates.
_UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")
_GAP = re.compile(r"[\W_]+")


def is_storable(text: str) -> bool:
    """Whether any database can hold the text as it is."""
    return "\x00" not in text if text.isascii() else _UNSTORABLE.search(text) is None


def storable(text: str) -> str:
    """The text with U+0000 and lone surrogates shown as U+FFFD, one for one, so that spans hold."""
    return text if is_storable(text) else _UNSTORABLE.sub("\ufffd", text)


def fold(text: str) -> str:
    """Case, accents, strokes and invisible marks taken away; ß becomes ss, full-width becomes plain."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", _INVISIBLE.sub("", text)).casefold()
    # Combining marks of category Mn go; the vowel signs (Mc) that Indic words need stay.
    return "".join(c for c in plain if unicodedata.category(c) != "Mn").translate(_STROKES)


def sort_key(text: str) -> str:
    """The folded text without punctuation, so that "The Hague" and "'s-Hertogenbosch" sort as read."""
    return _GAP.sub(" ", fold(text)).strip()


def search_text(*values: str | None) -> str:
    """One folded string for the search column; words of several fields parted by line feeds."""
    return "\n".join(fold(v) for v in values if v)


def handle_key(handle: str | None) -> str:
    """The key under which a Twitter name is unique: no "@", no case."""
    return (handle or "").strip().lstrip("@\uff20").lower()
