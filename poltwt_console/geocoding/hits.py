"""The names in an address: every run of words that the gazetteer knows, and what surrounds it."""

from __future__ import annotations

from array import array
from dataclasses import dataclass

from poltwt_console.geocoding.address import Address, Part
from poltwt_console.geocoding.gazetteer import PlaceFile
from poltwt_console.geocoding.layout import LAST_PLACE_KIND
from poltwt_console.geocoding.vocabulary import Vocabulary

MAX_NAME_WORDS = 5
MAX_UNSPACED = 8

#: Characters of unspaced scripts are numbered from here, beyond the words: the two kinds never meet.
UNSPACED_OFFSET = 100

# What the surroundings of a name add to its score (see ``scoring`` for the rest of it).
_LATER = 1.5  # from the first part of the address to the last
_ALONE = 1.0  # in an address of one part
WHOLE = 2.0  # nothing else in its part
TRAILING = 0.8  # nothing after it in its part
_STREET = -3.0  # beside a word for a street
_STREET_INSIDE = -1.5  # with such a word in it: a village called "Via Roma"
_BUILDING = -1.5
_GENERIC = -2.0
_FRAGMENT = -0.8  # before a word that no name begins with
_TWO_LETTERS = -3.0
_UNSPACED, _UNSPACED_FIRST, _UNSPACED_CHARACTER = -1.0, 0.4, 0.25

#: Short forms that open names, and what they stand for.
_SAINTS = {
    "st": ("saint", "sankt", "sint"), "ste": ("sainte",), "mt": ("mount",), "ft": ("fort",),
    "sta": ("santa",), "sto": ("santo",), "pt": ("port", "point"),
}  # fmt: skip

_NOTHING: array[int] = array("I")


@dataclass(slots=True)
class Hit:
    """A run of words with its entries; ``context`` is what its surroundings add to its score."""

    part: int
    start: int
    length: int
    folded: str
    entries: array[int]
    whole: bool  # nothing else but numbers and words like "county" in its part
    trailing: bool  # nothing but such, or a region or country, after it in its part
    context: float
    generic: bool = False  # of words that are hardly ever a name
    covered: bool = False  # inside a longer name
    before_area: bool = False  # whole or trailing only because a region or country follows
    as_area: bool = False  # beside a word like "county"
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
        later = weigh_part(index, last)
        hits += _hits_of_part(file, words, index, part, later)
        if part.runs:
            hits += _hits_without_spaces(file, index, part, later)
    return hits


def weigh_part(index: int, last: int) -> float:
    """What standing in the part of that number adds: towns stand late in an address."""
    return _LATER * index / last if last else _ALONE


def _hits_of_part(file: PlaceFile, words: Vocabulary, index: int, part: Part, later: float) -> list[Hit]:
    tokens = part.words
    count = len(tokens)
    number = [not token.isalpha() and any(map(str.isdigit, token)) for token in tokens]
    idle = [n or token in words.admin for n, token in zip(number, tokens, strict=True)]
    hits: list[Hit] = []
    for start in range(count):
        if number[start]:
            continue
        for length in range(min(MAX_NAME_WORDS, count - start), 0, -1):
            end = start + length
            if number[end - 1]:
                continue
            folded, known = _look_up(file, tokens, start, end)
            if not known:
                continue
            generic = all(token in words.generic for token in tokens[start:end])
            if generic and known[0] >> 29 <= LAST_PLACE_KIND and not (count == length and index):
                continue
            trailing = all(idle[end:])
            whole = trailing and all(idle[:start])
            context = later + _weigh_context(words, tokens, start, end, generic)
            if whole:
                context += WHOLE
            elif trailing:
                context += TRAILING
            if len(folded) == 2 and not whole:
                context += _TWO_LETTERS
            hit = Hit(index, start, length, folded, known, whole, trailing, context, generic)
            hit.words = part.raw[start:end]
            hit.as_area = _stands_as_area(words, tokens, start, end)
            hit.covered = any(o.start <= start and end <= o.end and o.length > length for o in hits)
            hits.append(hit)
    _doubt_fragments(words, tokens, number, hits)
    _look_past_areas(idle, hits)
    return hits


def _stands_as_area(words: Vocabulary, tokens: tuple[str, ...], start: int, end: int) -> bool:
    return (end < len(tokens) and tokens[end] in words.area) or (
        start > 0 and tokens[start - 1] in words.area
    )


def _look_past_areas(idle: list[bool], hits: list[Hit]) -> None:
    """A name directly before a region or country at the end stands last: "Arklow Co Wicklow"."""
    areas = [h.start for h in hits if h.trailing and not h.whole and h.entries[0] >> 29 > LAST_PLACE_KIND]
    for hit in hits:
        if hit.trailing:
            continue
        if any(area >= hit.end and all(idle[hit.end : area]) for area in areas):
            hit.trailing = hit.before_area = True
            hit.whole = all(idle[: hit.start])
            hit.context += WHOLE if hit.whole else TRAILING


def _look_up(file: PlaceFile, tokens: tuple[str, ...], start: int, end: int) -> tuple[str, array[int]]:
    """The entries of some words, with "St." and the like written out where that is what is known."""
    folded = tokens[start] if end - start == 1 else " ".join(tokens[start:end])
    if len(folded) < 2:
        return folded, _NOTHING
    known = file.entries(folded)
    if not known and tokens[start] in _SAINTS:
        for saint in _SAINTS[tokens[start]]:
            written_out = " ".join((saint, *tokens[start + 1 : end]))
            known = file.entries(written_out)
            if known:
                return written_out, known
    return folded, known


def _doubt_fragments(words: Vocabulary, tokens: tuple[str, ...], number: list[bool], hits: list[Hit]) -> None:
    """A name directly before an unknown word is more likely a piece of a longer name than a place."""
    starts = {hit.start for hit in hits}
    for hit in hits:
        if hit.trailing or number[hit.end] or hit.end in starts:
            continue
        following = tokens[hit.end]
        if following not in words.generic and following not in words.connector:
            hit.context += _FRAGMENT


def _weigh_context(words: Vocabulary, tokens: tuple[str, ...], start: int, end: int, generic: bool) -> float:
    """What the words beside a name, and its own, say of it."""
    context = 0.0
    if end < len(tokens):
        beyond = tokens[end + 1] if end + 1 < len(tokens) and tokens[end] not in words.generic else ""
        # Behind a house number a street's name goes on to its word: "429 Sidney Baker St".
        goes_on = start > 0 and tokens[start - 1].isdigit() and beyond in words.street_after
        heads = end - start == 1 and tokens[start] in words.street_before and not tokens[end].isdigit()
        if tokens[end] in words.street_after or goes_on or heads:
            context += _STREET
        elif tokens[end] in words.building_after:
            context += _BUILDING
    before = start - 1
    while before >= 0 and tokens[before] in words.connector:
        before -= 1
    if before >= 0:
        if tokens[before] in words.street_before:
            context += _STREET
        elif tokens[before] in words.building_before:
            context += _BUILDING
    if generic:
        context += _GENERIC
    elif end - start > 1 and (tokens[start] in words.street_before or tokens[end - 1] in words.street_after):
        context += _STREET_INSIDE
    return context


def _hits_without_spaces(file: PlaceFile, index: int, part: Part, later: float) -> list[Hit]:
    """Names inside stretches of Han, kana, Thai and their like: every run of two to eight characters."""
    hits: list[Hit] = []
    offset = UNSPACED_OFFSET
    for run in part.runs:
        size = len(run)
        for start in range(size):
            for length in range(min(MAX_UNSPACED, size - start), 1, -1):
                end = start + length
                known = file.entries(run[start:end])
                if not known:
                    continue
                whole = length == size and len(part.words) == 1
                context = later + _UNSPACED + _UNSPACED_CHARACTER * length
                context += WHOLE if whole else _UNSPACED_FIRST if start == 0 else 0.0
                hit = Hit(index, offset + start, length, run[start:end], known, whole, end == size, context)
                hit.covered = any(
                    o.start <= hit.start and hit.end <= o.end and o.length > length for o in hits
                )
                hits.append(hit)
        offset += size + 1
    return hits
