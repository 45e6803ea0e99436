"""The names in an address: every run of words that the gazetteer knows, and what surrounds it."""

from __future__ import annotations

from array import array
from dataclasses import dataclass

from poltwt_console.geocoding.address import Address, Part
from poltwt_console.geocoding.gazetteer import PlaceFile
from poltwt_console.geocoding.layout import LAST_PLACE_KIND
from poltwt_console.geocoding.vocabulary import Vocabulary

MAX_NAME_WORDS = 5

#: Characters of unspaced scripts are numbered from here, beyond the words: the two kinds never meet.
UNSPACED_OFFSET = 100
_MAX_UNSPACED = 8


@dataclass(slots=True)
class Hit:
    """A run of words with its entries; ``context`` is what its surroundings add to its score."""

    part: int
    start: int
    length: int
    folded: str
    entries: array[int]
    whole: bool  # nothing else but numbers and words like "county" in its part
    trailing: bool  # nothing but such after it in its part
    context: float
    generic: bool = False  # of words that are hardly ever a name
    covered: bool = False  # inside a longer name
    country: int | None = None  # it states this country, so hardly a place of that name
    guessed: float = 0.0  # what it loses for having been found by likeness only
    like: str = ""  # the name that it resembles
    words: tuple[str, ...] = ()  # as written

    @property
    def end(self) -> int:
        return self.start + self.length

    @property
    def written(self) -> str:
        """The words of the address as they stand there."""
        return " ".join(dict.fromkeys(self.words)) or self.folded


def find_hits(file: PlaceFile, words: Vocabulary, address: Address) -> list[Hit]:
    """All names in the address, in reading order, with their context weighed."""
    hits: list[Hit] = []
    last = len(address.parts) - 1
    for index, part in enumerate(address.parts):
        later = 1.5 * index / last if last else 1.0
        found = _hits_of_part(file, words, index, part, later)
        found += _hits_without_spaces(file, index, part, later)
        hits += found
    return hits


def _hits_of_part(file: PlaceFile, words: Vocabulary, index: int, part: Part, later: float) -> list[Hit]:
    tokens = part.words
    count = len(tokens)
    number = [not token.isalpha() and any(map(str.isdigit, token)) for token in tokens]
    idle = [n or token in words.admin for n, token in zip(number, tokens, strict=True)]
    hits: list[Hit] = []
    entries = file.entries
    for start in range(count):
        if number[start]:
            continue
        for length in range(min(MAX_NAME_WORDS, count - start), 0, -1):
            end = start + length
            if number[end - 1]:
                continue
            folded = tokens[start] if length == 1 else " ".join(tokens[start:end])
            if len(folded) < 2:
                continue
            known = entries(folded)
            if not known and tokens[start] in _SAINTS:
                for saint in _SAINTS[tokens[start]]:
                    folded = " ".join((saint, *tokens[start + 1 : end]))
                    known = entries(folded)
                    if known:
                        break
            if not known:
                continue
            generic = all(token in words.generic for token in tokens[start:end])
            if generic and (known[0] >> 29 <= LAST_PLACE_KIND) and not (count == length and index):
                continue
            trailing = all(idle[end:])
            whole = trailing and all(idle[:start])
            context = later + _context(words, tokens, number, start, end, whole, trailing)
            if length == 1 and not whole and len(folded) == 2:
                context -= 3.0
            hit = Hit(index, start, length, folded, known, whole, trailing, context, generic)
            hit.words = part.raw[start:end]
            hit.covered = any(
                other.start <= start and end <= other.end and other.length > length for other in hits
            )
            hits.append(hit)
    _doubt_fragments(words, tokens, number, hits)
    return hits


def _doubt_fragments(words: Vocabulary, tokens: tuple[str, ...], number: list[bool], hits: list[Hit]) -> None:
    """A name directly before an unknown word is more likely a piece of a longer name than a place."""
    starts = {hit.start for hit in hits}
    for hit in hits:
        if hit.trailing or number[hit.end] or hit.end in starts:
            continue
        following = tokens[hit.end]
        if following not in words.generic and following not in words.connector:
            hit.context -= 0.8


_SAINTS = {
    "st": ("saint", "sankt", "sint"), "ste": ("sainte",), "mt": ("mount",), "ft": ("fort",),
    "sta": ("santa",), "sto": ("santo",), "pt": ("port", "point"),
}  # fmt: skip


def _context(
    words: Vocabulary,
    tokens: tuple[str, ...],
    number: list[bool],
    start: int,
    end: int,
    whole: bool,
    trailing: bool,
) -> float:
    """What the words around a name say of it: alone in its part is good, beside a street word bad."""
    if whole:
        context = 2.0
    elif trailing:
        context = 0.8
    else:
        context = 0.0
    if end < len(tokens):
        following = tokens[end]
        if following in words.street_after:
            context -= 3.0
        elif following in words.building_after:
            context -= 1.5
    before = start - 1
    while before >= 0 and tokens[before] in words.connector:
        before -= 1
    if before >= 0:
        if tokens[before] in words.street_before:
            context -= 3.0 if not number[-1] or before > 0 else 2.0
        elif tokens[before] in words.building_before:
            context -= 1.5
    if all(token in words.generic for token in tokens[start:end]):
        context -= 2.0
    elif end - start > 1 and (tokens[start] in words.street_before or tokens[end - 1] in words.street_after):
        context -= 1.5  # the street word is inside: a village called "Via Roma"
    return context


def _hits_without_spaces(file: PlaceFile, index: int, part: Part, later: float) -> list[Hit]:
    """Names inside stretches of Han, kana, Thai and their like: every run of two to eight characters."""
    hits: list[Hit] = []
    offset = UNSPACED_OFFSET
    for run in part.runs:
        size = len(run)
        for start in range(size):
            for length in range(min(_MAX_UNSPACED, size - start), 1, -1):
                known = file.entries(run[start : start + length])
                if not known:
                    continue
                end = start + length
                whole = length == size and len(part.words) == 1
                context = later + (2.0 if whole else 0.4 if start == 0 else 0.0) + 0.25 * length - 1.0
                hit = Hit(index, offset + start, length, run[start:end], known, whole, end == size, context)
                hit.covered = any(
                    o.start <= hit.start and hit.end <= o.end and o.length > length for o in hits
                )
                hits.append(hit)
        offset += size + 1
    return hits
