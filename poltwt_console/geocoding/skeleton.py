"""The consonants of a name, for names that were heard, transliterated or mistyped.

``Klongtey`` and ``Khlong Toei``, ``Brugges`` and ``Brugge`` differ in spaces, vowels, doubled and
aspirated letters; their skeletons do not.  It is coarser than Soundex in what it joins (voiced and
unvoiced letters, since romanisations of Thai, Chinese, Korean and Arabic swap them) and keeps the
whole word.  Only Latin letters have a skeleton; raise ``NORMALISER_VERSION`` with any change.
"""

from __future__ import annotations

import re

_ARTICLE = re.compile(r"^(?:al|el|ash|ad|an|ar|as|at|az|the|la|le|los|las|el) (?=\w{3})")
_DIGRAPHS = (
    ("sch", "s"), ("tch", "c"), ("tsch", "c"), ("sz", "s"), ("cz", "c"), ("ch", "c"), ("sh", "s"),
    ("zh", "c"), ("dj", "c"), ("dz", "c"), ("ts", "c"), ("tz", "c"), ("ph", "p"), ("th", "t"),
    ("kh", "k"), ("gh", "k"), ("dh", "t"), ("bh", "p"), ("ck", "k"), ("qu", "k"), ("x", "ks"),
)  # fmt: skip
_SOFT_C = re.compile(r"c(?=[eiy])")
_CLASSES = str.maketrans("bpfvwdtgkqcjszlmnr", "pppppttkkkccsslmnr")
_DROPPED = re.compile(r"[aeiouyh]")
_DOUBLED = re.compile(r"(.)\1+")


def skeleton(folded: str) -> str:
    """The consonant skeleton of a folded name, "" if it has none to speak of (fewer than two consonants)."""
    if not folded.isascii() or not folded.replace(" ", "").isalpha():
        return ""
    word = _ARTICLE.sub("", folded).replace(" ", "")
    for letters, sound in _DIGRAPHS:
        word = word.replace(letters, sound)
    word = _SOFT_C.sub("s", word) if "c" in folded and "ch" not in folded else word
    first = "a" if word[:1] in "aeiouyh" else ""
    bones = _DROPPED.sub("", _DOUBLED.sub(r"\1", word.translate(_CLASSES)))
    return first + bones if len(bones) >= 2 else ""
