"""The one way in which names are folded, by the builder and by every question.

``São Tomé`` and ``sao tome`` must meet, so both sides go through :func:`normalise`: NFKD,
casefold, marks off, a few letters that Unicode does not decompose (ß ø ł đ ı æ þ), apostrophes
and modifier letters dropped, all other punctuation to a space.  Indic vowel signs are kept (they
are letters in all but name) and Hangul and kana are composed again.  Whoever changes this file
raises :data:`NORMALISER_VERSION`: a gazetteer built by another version is refused.
"""

from __future__ import annotations

import re
import unicodedata

NORMALISER_VERSION = 1

_LETTERS = {
    "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h",
    "ŧ": "t", "ŋ": "n", "ĸ": "k", "ə": "a",
    # Arabic and Persian forms of one letter.
    "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ھ": "ه", "ہ": "ه", "ٱ": "ا",
    # Cyrillic letters that other alphabets write in another way.
    "ё": "е", "і": "и", "ї": "и", "ґ": "г",
    # Han characters whose everyday variants meet in addresses.
    "臺": "台", "區": "区", "縣": "县", "県": "县", "廣": "广", "國": "国",
}  # fmt: skip

_DROPPED = "'’‘`´ʼʻ\u0640\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"


def _is_stripped_mark(code: int) -> bool:
    """Marks of Latin, Greek, Cyrillic, Hebrew and Arabic; not the vowel signs of Indic or Thai."""
    return 0x300 <= code <= 0x36F or 0x591 <= code <= 0x5C7 or 0x64B <= code <= 0x65F or code == 0x670


class _Folding(dict[int, str | None]):
    """A table for ``str.translate`` that works each character out once."""

    def __missing__(self, code: int) -> str | None:
        character = chr(code)
        folded: str | None
        if character in _LETTERS:
            folded = _LETTERS[character]
        elif character in _DROPPED or _is_stripped_mark(code) or 0x2B0 <= code <= 0x2FF:
            folded = None
        elif unicodedata.category(character)[0] in "LNM":
            folded = character
        else:
            folded = " "
        self[code] = folded
        return folded


_FOLDING = _Folding()


def normalise(text: str) -> str:
    """Fold a name or a stretch of address; words are joined by single spaces, "" if nothing is left."""
    if text.isascii():
        text = text.lower()
        return text if text.isalnum() else " ".join(text.translate(_FOLDING).split())
    text = unicodedata.normalize("NFKD", text)
    folded = unicodedata.normalize("NFC", text.casefold().translate(_FOLDING))
    return " ".join(folded.split())


#: Scripts written without spaces between words: Thai, Lao, Myanmar, Khmer, kana, Han (with
#: extension A and the compatibility block).  Hangul has spaces, but addresses glue suffixes on.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_UNSPACED_RUN = re.compile(f"[{_UNSPACED}]+")


def unspaced_runs(folded: str) -> list[str]:
    """The stretches of a folded text that are in a script without spaces, in order."""
    return [] if folded.isascii() else _UNSPACED_RUN.findall(folded)
