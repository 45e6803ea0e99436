"""The second look: names that are spelt otherwise, found by their skeleton within known countries.

Typos, old and local spellings and transliterations ("Brugges", "Klongtey", "Hwasung") find nothing
by exact folding.  Here each run of words that led nowhere is reduced to its consonants
(``skeleton``); names with the same or nearly the same consonants are then compared letter by
letter.  Only asked when the first look left a doubt.  In a country that something else speaks for
a likeness may be wide; elsewhere only spaces may differ.  What stands in another alphabet is spelt in
Latin letters first: few Indian, Pakistani or Georgian towns are known in their own.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from functools import lru_cache

from poltwt_console.geocoding.address import Address, Part
from poltwt_console.geocoding.gazetteer import PlaceFile
from poltwt_console.geocoding.hits import TRAILING, WHOLE, Hit, weigh_part
from poltwt_console.geocoding.layout import NUMBER_MASK, Entry
from poltwt_console.geocoding.normalise import normalise, unspaced_runs
from poltwt_console.geocoding.skeleton import skeleton
from poltwt_console.geocoding.vocabulary import Vocabulary

_MAX_WORDS = 4

#: Shorter names are too like each other to be recognised without a country.
_LONG_ENOUGH = 6

#: With the same consonants this share of the letters may differ.
_SAME_CONSONANTS_MAY_DIFFER = 0.34

#: Letters of a name that may have two typing errors instead of one.
_TWO_TYPOS_FROM = 9

_CONSONANTS = "pktcslmnr"

#: What a likeness costs: where only spaces differ; with the same consonants, and with one that
#: differs, each with what a differing letter costs besides.
_COST_SPACES = 0.2
_COST_SAME, _COST_LETTER_SAME = 0.4, 0.4
_COST_TYPO, _COST_LETTER_TYPO = 1.2, 0.7


def find_likenesses(
    file: PlaceFile, words: Vocabulary, address: Address, likely: set[int], only: bool, known: list[Hit]
) -> list[Hit]:
    """Hits for runs of words that resemble a name in the likely countries, or nearly are one elsewhere.

    ``only`` says that no other country may be meant at all.
    """
    found: list[Hit] = []
    last = len(address.parts) - 1
    for index, part in enumerate(address.parts):
        if index == 0 and last >= 2 and not all(map(_in_latin, part.words)):
            continue  # a house number: of three parts and more the first is a street
        later = weigh_part(index, last)
        for start, end in _unknown_runs(words, index, part, known):
            hit = _like(file, words, part, start, end, likely, only)
            if hit is not None:
                hit.part = index
                hit.context += later
                found.append(hit)
    return found


def _unknown_runs(words: Vocabulary, index: int, part: Part, known: list[Hit]) -> Iterator[tuple[int, int]]:
    """Runs of plain words, longest first, that no name explains and no street word claims."""
    tokens = part.words
    taken = [h for h in known if h.part == index and (h.length > 1 or h.whole)]
    countries = [h for h in known if h.part == index and h.country is not None]
    for start in range(len(tokens)):
        if start and tokens[start - 1] in words.street_before:
            continue
        for end in range(min(len(tokens), start + _MAX_WORDS), start, -1):
            run = tokens[start:end]
            spelt = list(map(_in_latin, run))
            if not all(spelt) or sum(map(len, spelt)) < 4:
                continue
            if not all(_is_idle(words, t) for t in tokens[end:]):
                break  # a name stands last in its part; shorter runs do not either
            if any(t in words.street_after or t in words.street_before for t in run):
                continue
            if run[-1] in words.generic or run[-1] in words.languages:
                continue
            if (run[0] in words.generic and run[0] not in words.opening) or run[0] in words.languages:
                continue
            if any(h.start <= start and end <= h.end for h in taken):
                continue
            if any(h.start < end and start < h.end for h in countries):
                continue
            yield start, end


def _is_idle(words: Vocabulary, token: str) -> bool:
    """Whether a word beside a name says nothing: a number, or "county" and the like."""
    return token in words.admin or not _in_latin(token)


@lru_cache(maxsize=20_000)
def _in_latin(token: str) -> str:
    """A folded word in Latin letters; "" for a number, and for scripts without spaces between words."""
    if token.isascii():
        return token if token.isalpha() else ""
    if unspaced_runs(token) or any(map(str.isdigit, token)):
        return ""
    from anyascii import anyascii  # not at the top: the file of places is built by this package alone

    latin = anyascii(token.translate(_NASAL)).lower()
    for spelt, sound in _DOTTED:
        latin = latin.replace(spelt, sound)
    return _NO_LETTER.sub("", _BEFORE_LIPS.sub("m", latin))


def sounds_like(written: str, name: str) -> bool:
    """Whether words in another alphabet are a name in Latin letters, by their sound."""
    folded = normalise(written)
    spelt = [] if folded.isascii() else list(map(_in_latin, folded.split()))
    if not spelt or not all(spelt):
        return False
    asked, other = "".join(spelt), normalise(name).replace(" ", "")
    key, allowed = skeleton(asked), _letters_that_may_differ(asked)
    return (
        asked[0] == other[:1]
        and key != ""
        and key == skeleton(other)
        and edit_distance(asked, other, allowed) <= allowed
    )


#: Indian signs for a nasal vowel, most of them an n; what a dot below makes of a letter.
_NASAL = dict.fromkeys((0x901, 0x902, 0x981, 0x982, 0xA02, 0xA70, 0xA82, 0xB02), "n")
_DOTTED = (("j'", "z"), ("ph'", "f"), ("d'", "r"), ("dh'", "rh"))
_BEFORE_LIPS = re.compile("n(?=[pb])")
_NO_LETTER = re.compile("[^a-z]")


def _like(
    file: PlaceFile, words: Vocabulary, part: Part, start: int, end: int, likely: set[int], only: bool
) -> Hit | None:
    """The hit for a run of words by the name that it resembles most, None if it resembles none."""
    run = part.words[start:end]
    asked = " ".join(map(_in_latin, run))
    whole = all(_is_idle(words, t) for t in part.words[:start])
    best: tuple[float, str, array[int]] | None = None
    for cost, near_enough, name in _similar_names(file, asked, whole and bool(likely), " ".join(run)):
        if best is not None and cost >= best[0]:
            continue
        places = _of_countries(file, name, likely if only or not near_enough else None)
        if places:
            best = cost, name, places
    if best is None:
        return None
    cost, name, places = best
    hit = Hit(0, start, end - start, " ".join(run), places, whole, True, WHOLE if whole else TRAILING)
    hit.guessed, hit.like, hit.words = cost, name, part.raw[start:end]
    return hit


def _similar_names(
    file: PlaceFile, asked: str, typos: bool, written: str
) -> Iterator[tuple[float, bool, str]]:
    """(cost, whether only spaces differ, folded name) of every name that is like some words.

    A name that is just as ``written`` led nowhere already.
    """
    key = skeleton(asked)
    squashed = asked.replace(" ", "")
    alphabet = set(squashed)
    for near, allowed in _keys(key, squashed, typos) if key else ():
        for name in file.skeleton_names(near):
            if name == written or name[0] != asked[0]:
                continue
            other = name.replace(" ", "")
            if abs(len(other) - len(squashed)) > allowed:
                continue
            if len(alphabet.symmetric_difference(other)) > 2 * allowed:
                continue  # quicker than counting the letters that differ
            letters = edit_distance(squashed, other, allowed)
            if letters > allowed:
                continue
            if near != key:
                cost = _COST_TYPO + _COST_LETTER_TYPO * letters
            elif letters:
                cost = _COST_SAME + _COST_LETTER_SAME * letters
            else:
                cost = _COST_SPACES
            yield cost, letters == 0 and len(squashed) >= _LONG_ENOUGH, name


def _keys(key: str, squashed: str, typos: bool) -> Iterator[tuple[str, int]]:
    """Skeletons to look under, each with the number of differing letters that is still a likeness."""
    yield key, _letters_that_may_differ(squashed)
    if not typos or len(squashed) < _LONG_ENOUGH or len(key) < 3:
        return
    typo = 1 if len(squashed) < _TWO_TYPOS_FROM else 2
    for index in range(len(key)):
        yield key[:index] + key[index + 1 :], typo
        for consonant in _CONSONANTS:
            if consonant != key[index]:
                yield key[:index] + consonant + key[index + 1 :], typo
    for index in range(len(key) + 1):
        for consonant in _CONSONANTS:
            yield key[:index] + consonant + key[index:], typo


def _letters_that_may_differ(squashed: str) -> int:
    """How many letters of two names with the same consonants may differ."""
    return max(1, round(_SAME_CONSONANTS_MAY_DIFFER * len(squashed)))


def _of_countries(file: PlaceFile, name: str, countries: set[int] | None) -> array[int]:
    """The entries of a name that are places of those countries, of any if None, under a common name."""
    return array(
        "I",
        (
            entry
            for entry in file.entries(name)
            if entry >> 29 <= Entry.PRIMARY
            and (countries is None or file.country[entry & NUMBER_MASK] in countries)
        ),
    )


def edit_distance(one: str, other: str, most: int) -> int:
    """Letters to add, drop, change or swap with a neighbour; any number above ``most`` stands for "more".

    Damerau's distance of neighbours (optimal string alignment), in a band of ``most`` to each side.
    """
    beyond = most + 1
    if abs(len(one) - len(other)) > most:
        return beyond
    one, other = _without_common_ends(one, other)
    size, width = len(one), len(other)
    if not one or not other:
        return max(size, width)
    if most == 1 and max(size, width) > 2:
        return beyond
    before: list[int] = []
    previous: list[int] = []
    current = [j if j <= most else beyond for j in range(width + 1)]
    for i in range(1, size + 1):
        before, previous, current = previous, current, [beyond] * (width + 1)
        if i <= most:
            current[0] = i
        letter = one[i - 1]
        least = current[0]
        for j in range(max(1, i - most), min(width, i + most) + 1):
            cost = (
                previous[j - 1]
                if letter == other[j - 1]
                else 1 + min(previous[j - 1], previous[j], current[j - 1])
            )
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == other[j - 1]:
                cost = min(cost, before[j - 2] + 1)
            current[j] = cost
            least = min(least, cost)
        if least > most:
            return beyond
    return current[width]


def _without_common_ends(one: str, other: str) -> tuple[str, str]:
    """Two words without the letters that both begin and end with; they do not change the distance."""
    shortest = min(len(one), len(other))
    start = 0
    while start < shortest and one[start] == other[start]:
        start += 1
    one, other = one[start:], other[start:]
    shortest -= start
    end = 0
    while end < shortest and one[-1 - end] == other[-1 - end]:
        end += 1
    return (one[:-end], other[:-end]) if end else (one, other)
