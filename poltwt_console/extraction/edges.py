"""Where the words of a name or an address begin and end, once they were read or proposed.

Without the sender's own name and with the country behind an address; no cut in a place's name, at an
apostrophe or a hyphen; a bracket or a full stop that belongs to the words is taken in.
"""

from __future__ import annotations

import re

from poltwt_console.extraction.address_proposals import trim_address
from poltwt_console.extraction.features import PIECE_ENDS, SHORTENED, Tagged
from poltwt_console.extraction.lexicon import Words
from poltwt_console.extraction.name_proposals import ORDINALS, trim_name


def trim(kind: str, tagged: Tagged, first: int, last: int) -> tuple[int, int]:
    """The words of a name ("N") or an address ("A") at its true edges; none where nothing is left."""
    first, last = trim_address(tagged, first, last) if kind == "A" else trim_name(tagged, first, last)
    first, last = _whole(tagged, first, last)
    first = _behind_sender(kind, tagged, first, last)
    if kind == "A" and first < last:
        last = _behind_country(tagged, _before_sender(tagged, first, last))
    return first, last


def _behind_sender(kind: str, tagged: Tagged, first: int, last: int) -> int:
    """Where words begin once the sender's own name before them is left out: "Ann Lee, Riverton Police".

    An authority that writes may stand in the agency's name: "Comune di Pisa - Polizia Municipale".
    """
    read = tagged.passage.words
    behind = first
    while behind < last and read.forms[behind] in tagged.writer:
        behind += 1
    own = range(first, behind)
    if len(own) < 2 or not tagged.writer <= {read.forms[i] for i in own}:
        return first
    if kind == "N" and (any("link" in read.senses[i] for i in own) or all(i in tagged.places for i in own)):
        return first
    alone = behind < last and tagged.separators[behind - tagged.first] in _PARTING
    return behind if alone else first


def _before_sender(tagged: Tagged, first: int, last: int) -> int:
    """Where an address ends before a last line that is only the sender's name, or part of it: "Jordan"."""
    forms = tagged.passage.words.forms
    end = last
    while end > first and forms[end - 1] in tagged.writer:
        end -= 1
    line = first < end < last and tagged.separators[end - tagged.first].startswith("/n")
    return end if line else last


def _behind_country(tagged: Tagged, last: int) -> int:
    """Where an address ends with the country that stands behind it, on its line or as the next one."""
    named = tagged.places.get(last) == "land" and tagged.passage.words.forms[last] not in tagged.writer
    if not named or tagged.separators[last - tagged.first] not in _BEFORE_COUNTRY:
        return last
    _, end = tagged.place_spans.get(last, (last, last + 1))
    return end if tagged.separators[end - tagged.first] in _BEHIND_COUNTRY else last


#: What parts a line of a signature from the next, or one piece of a line.
_PARTING = PIECE_ENDS | {"-", ":"}
_BEFORE_COUNTRY = PIECE_ENDS | {" ", "-"}
_BEHIND_COUNTRY = frozenset({"$", "%", "/n", "/n,", "/n.", ".", ",", "|", SHORTENED, "'", ";"})


def _whole(tagged: Tagged, first: int, last: int) -> tuple[int, int]:
    """Without a cut in a place's name, at an apostrophe, a hyphen or in "N.º 1".

    What begins with "l'avenue" begins at its second word.
    """
    read = tagged.passage.words
    if first < last:
        first = tagged.place_spans.get(first, (first, last))[0]
        last = tagged.place_spans.get(last - 1, (first, last))[1]
    while 0 < first < last and read.clings(first) and not _elides(read, first - 1):
        first -= 1
    while 0 < first < last and read.hyphenated(first):
        first -= 1
    while first < last < len(read) and (read.clings(last) or read.hyphenated(last)):
        last += 1
    if first < last < len(read) and read.text[read.starts[last] : read.ends[last]] in ORDINALS:
        last += 1 + (last + 1 < len(read) and read.forms[last + 1].isdigit())
    return first, last


def _elides(read: Words, i: int) -> bool:
    """Whether a word before an apostrophe is a short form of a small word: "l'", "dell'"."""
    return read.ends[i] - read.starts[i] < 2 or not read.senses[i].isdisjoint(("link", "common", "located"))


def span_of(tagged: Tagged, first: int, last: int) -> tuple[int, int]:
    """Where the letters of these words begin and end in the text, with the signs that belong to them."""
    passage = tagged.passage
    read = passage.words
    start = read.starts[first] + read.prefixed.get(first, 0)  # "בתחנת": in the station
    end = _close(passage.text, start, read.stems.get(last - 1, read.ends[last - 1]))
    return _open(passage.text, start, end), end


_INITIALS = re.compile(r"(?:[^\W\d_]\.){1,3}[^\W\d_]")
_LINE_ENDS = re.compile(r"\.?\s{0,3}(?:\n|,|$)")
_CLOSERS = {"(": ")", "（": "）", "[": "]", "„": "“", "«": "»", "「": "」", "“": "”"}


def _close(text: str, start: int, end: int) -> int:
    """Take in a bracket, a quotation mark or a final full stop that belongs to the words."""
    for opener, closer in _CLOSERS.items():
        if text.count(opener, start, end) > text.count(closer, start, end) and text.startswith(closer, end):
            return end + 1
    if text.count('"', start, end) % 2 and text.startswith('"', end):
        return end + 1
    if text.startswith(".", end) and _LINE_ENDS.match(text[end : end + 3]):
        word = text[start:end].split()[-1]
        short = len(word) <= 3 and (word.isalpha() or word.isdigit())
        if short or _INITIALS.fullmatch(word):  # "u. 12.", "U.A.E.", but "S4P 3W3." ends a sentence
            return end + 1
    return end


def _open(text: str, start: int, end: int) -> int:
    """Take in a bracket right before the words that is closed within them: "(612-020) Busan"."""
    for opener, closer in _CLOSERS.items():
        closed = text.count(closer, start, end) > text.count(opener, start, end)
        if closed and text.endswith(opener, 0, start):
            return start - 1
    return start
