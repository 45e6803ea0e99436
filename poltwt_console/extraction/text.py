"""Folding and words: one folded character for each character, so that spans stay true.

Case, accents of Latin, Greek and Cyrillic letters, full-width forms and foreign digits are folded
away; a letter that folds to several keeps the first ("ß" to "s").  Vocabulary terms are folded by
the same function.
"""

from __future__ import annotations

import re
import unicodedata

#: Marks that belong to words: Indic vowel signs, Arabic and Hebrew points, Tibetan letters below others.
_MARKS = (
    "\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u07eb-\u07f3\u0730-\u074a\u07a6-\u07b0\u0900-\u0963\u0971-\u0df3\u0e31-\u0e3a\u0e47-\u0e4e\u0eb1-\u0ebc\u0ec8-\u0ecd"
    "\u0f18\u0f19\u0f35\u0f37\u0f39\u0f3e\u0f3f\u0f71-\u0f84\u0f86\u0f87\u0f8d-\u0fbc\u0fc6\u102b-\u103e\u1056-\u1059"
    "\u105e-\u1064\u1067-\u106d\u1071-\u1074\u1082-\u108d\u108f\u109a-\u109d\u135d-\u135f\u17b4-\u17d3\u17dd"
    "\ua980-\ua983\ua9b3-\ua9c0\u200c\u200d"
)
WORD = re.compile(rf"[\w{_MARKS}]+")

#: Scripts that are written without spaces between words: terms are found anywhere in them.
UNSPACED = re.compile(
    "[\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]"
)
#: Chinese characters and kana: each is a word of its own.
IDEOGRAPH = re.compile("[\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")

#: The end of a line, with an empty one behind it.
EMPTY_LINE = re.compile(r"\n[^\S\n]{0,80}\n")

#: Signs that end sentences: Latin, Chinese, Devanagari, Urdu, Armenian, Ethiopic, Khmer and Burmese ones.
STOPS = ".!?。！？।۔։።។။"

#: Letters whose marks are part of them: kana, Hangul, Indic letters with a dot.
_KEPT = (range(0x0900, 0x0E00), range(0x3040, 0x3100), range(0xAC00, 0xD7A4))
_ODD = {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "æ": "a", "œ": "o", "þ": "t", "ß": "s", "ŋ": "n"}
_ODD |= {"ə": "e", "ħ": "h", "ʻ": "'", "ʼ": "'", "’": "'", "‘": "'", "`": "'", "´": "'", "\xa0": " "}
_ODD |= {"أ": "ا", "إ": "ا", "آ": "ا", "ة": "ه", "ى": "ي", "ک": "ك", "ی": "ي", "\u2010": "-", "\u2011": "-"}


class _Folding(dict[int, str]):
    """A translation table that is filled as characters are met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        lower = char.lower()[:1]
        if lower in _ODD:
            folded = _ODD[lower]
        elif code < 0x80 or any(code in kept for kept in _KEPT):
            folded = lower
        else:
            base = unicodedata.normalize("NFKD", lower)[:1] or lower
            same_kind = unicodedata.category(base)[0] == unicodedata.category(char)[0]
            folded = _ODD.get(base, base).lower()[:1] if same_kind else lower
        if folded.isdecimal():
            folded = str(unicodedata.decimal(folded))
        self[code] = folded
        return folded


_FOLDING = _Folding()


def fold(text: str) -> str:
    """The text without case and accents; exactly as long as the text."""
    if text.isascii():
        return text.lower().replace("`", "'")
    return text.translate(_FOLDING)


def words(folded: str) -> list[str]:
    """The words of a folded text, in order."""
    return WORD.findall(folded)
