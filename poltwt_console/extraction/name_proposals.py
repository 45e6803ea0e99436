"""Stretches of words that might be an agency's name, by rules of shape; a judge chooses.

The tagger gives one best reading.  These rules give rivals where it falls short: the words around
"police", as many of them as look like a name and as many as there are up to the next comma; pieces
of a signature or letterhead; what stands beside a handle in a list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from poltwt_console.extraction.features import PIECE_ENDS, SHORTENED, Tagged
from poltwt_console.extraction.lexicon import Words
from poltwt_console.extraction.pieces import Piece
from poltwt_console.extraction.text import UNSPACED
from poltwt_console.extraction.view import Origin

#: (first word, last word, rule), half open.
Proposal = tuple[int, int, str]

_STOP = frozenset(
    {
        "register",
        "greeting",
        "closing",
        "mine",
        "ours",
        "label.handle",
        "located",
        "label.address",
        "former",
        "negation",
        "update",
    }
)
_MOST_WORDS = 10
#: Meanings of which a word in an agency's name has one.
NAMING = frozenset({"police", "unit"})


def propose_names(
    tagged: Tagged, pieces: Sequence[Piece], handles: Sequence[int], read_as: Sequence[tuple[int, int]]
) -> Iterator[Proposal]:
    """Names in the pieces of a passage; ``handles`` are the words at which its handles begin."""
    senses = tagged.passage.words.senses
    offices = [i for i in range(tagged.first, tagged.last) if "press_office" in senses[i]]
    for first, last, rule in _proposals(tagged, pieces, handles, read_as):
        yield first, last, rule
        office = [i for i in offices if first <= i < last]
        if office:
            yield from _without_press_office(tagged, first, last, office)


def _proposals(
    tagged: Tagged, pieces: Sequence[Piece], handles: Sequence[int], read_as: Sequence[tuple[int, int]]
) -> Iterator[Proposal]:
    read = tagged.passage.words
    for (first, end), (start, last) in pairwise(read_as):
        if start == end + 1 and "and" in read.senses[end]:
            yield first, last, "joined"
    for first, last in read_as:
        yield from _cut(tagged, first, last)
        behind = _behind_people(read, first, last)
        if behind:
            yield behind, last, "behind people"
    for number, piece in enumerate(pieces):
        cores = [i for i in range(piece.first, piece.last) if _is_core(read, i)]
        known: set[tuple[int, int]] = set()
        for i in cores:
            for first, last, rule in _around(read, i, piece):
                if (first, last) not in known:
                    known.add((first, last))
                    yield first, last, rule
        units = bool(cores) or any("unit" in read.senses[i] for i in range(piece.first, piece.last))
        if units and piece.last - piece.first <= _MOST_WORDS and piece.first not in tagged.marks:
            yield piece.first, piece.last, "piece"
            yield from _two(tagged, pieces, number)
    yield from _beside(tagged, pieces, handles)


_CUTS = frozenset({".", SHORTENED, ",", "(", ")", "/", "-", "|", ":", "%", "/n", "/n,", "/n."})


def _cut(tagged: Tagged, first: int, last: int) -> Iterator[Proposal]:
    """What the tagger read, up to and from the first and last sign within it."""
    cuts = [i for i in range(first + 1, last) if tagged.separators[i - tagged.first] in _CUTS]
    for i in dict.fromkeys((cuts[0], cuts[-1]) if cuts else ()):
        yield first, i, "to sign"
        yield i, last, "from sign"


def _behind_people(read: Words, first: int, last: int) -> int:
    """Where the unit begins that people are "of": "Jan Baker van Polisiestasie Calvinia"; 0 if nowhere."""
    link = next((i for i in range(first + 1, last - 1) if "link" in read.senses[i]), 0)
    if not link:
        return 0
    people = read.senses[link - 1]
    if not people.isdisjoint(NAMING) and "rank" not in people:
        return 0
    unit = next((i for i in range(link + 1, last) if "link" not in read.senses[i]), last)
    return unit if any(not read.senses[i].isdisjoint(NAMING) for i in range(unit, last)) else 0


def _without_press_office(tagged: Tagged, first: int, last: int, office: Sequence[int]) -> Iterator[Proposal]:
    """What stands before and behind the words for a press office: that office writes, it seldom signs up."""
    read = tagged.passage.words
    before = office[0]
    while before > first and not read.senses[before - 1].isdisjoint(_TO_OFFICE):
        before -= 1
    behind = office[-1] + 1
    while (
        behind < last
        and tagged.separators[behind - tagged.first] not in _CUTS
        and not read.senses[behind].isdisjoint(_TO_OFFICE)
    ):
        behind += 1
    for start, end in ((first, before), (behind, last)):
        if any(_is_core(read, i) or "unit" in read.senses[i] for i in range(start, end)):
            yield start, end, "no press office"


#: What belongs to the words for a press office beside it: "Team", "of the", but nothing that says "police".
_TO_OFFICE = frozenset({"unit", "link", "common", "building"})


def trim_name(tagged: Tagged, first: int, last: int) -> tuple[int, int]:
    """Words of a name without a greeting, a label, a handle, mail address or phone number at their edges."""
    marks, read = tagged.marks, tagged.passage.words
    first = _behind_greeting(tagged, first, last)
    first = next((i for i in range(last - 1, first, -1) if tagged.separators[i - tagged.first] == ":"), first)
    while first < last and first in marks:
        first += 1
    last = _before_person(tagged, first, last)
    while first < last and (last - 1 in marks or read.trails(last - 1)):
        last -= 1
    return first, last


def _before_person(tagged: Tagged, first: int, last: int) -> int:
    """Where a name ends behind which somebody with a rank is named: "Riverton Police, Sgt Orr"."""
    senses = tagged.passage.words.senses
    for i in range(first + 1, last):
        parts = tagged.separators[i - tagged.first] in _BEFORE_PERSON
        if parts and "rank" in senses[i] and all(senses[j].isdisjoint(NAMING) for j in range(i, last)):
            return i
    return last


_BEFORE_PERSON = PIECE_ENDS | {"-"}
_LONGEST_GREETING = 4
_AFTER_GREETING = frozenset({",", ".", SHORTENED, "/n", "/n,", "/n.", "%"})


def _behind_greeting(tagged: Tagged, first: int, last: int) -> int:
    """Where a name begins that was read together with a greeting: "Malo Lauri, Neiafu Police Station"."""
    senses = tagged.passage.words.senses
    for i in range(first + 1, min(first + _LONGEST_GREETING + 1, last)):
        if tagged.separators[i - tagged.first] in _AFTER_GREETING:
            return i if "greeting" in senses[first] | senses[i - 1] else first
    return first


def _is_core(read: Words, i: int) -> bool:
    """Whether a word says "police" and is not part of a mail or web address, nor of the event's name."""
    if "police" not in read.senses[i] or "event" in read.senses[i]:
        return False
    before, after = read.starts[i] - 1, read.ends[i]
    return not (
        (before >= 0 and read.text[before] in "@._/#")
        or read.text[after : after + 1] in ("@", "_")
        or _DOMAIN.match(read.text, after) is not None
    )


#: "police.example", but no "สภ.หาดใหญ่": a mail's domain is written in Latin letters.
_DOMAIN = re.compile(r"\.[A-Za-z0-9]")


def _around(read: Words, i: int, piece: Piece) -> Iterator[Proposal]:
    """What of a piece may be a name with the word ``i`` in it."""
    char = read.text[read.starts[i]]
    cased = char.isupper() or char.islower()
    first = last = i
    while first > piece.first and (
        read.clings(first) or _extends(read, _head(read, first - 1), cased, back=True)
    ):
        first -= 1
    while last + 1 < piece.last and (read.clings(last + 1) or _extends(read, last + 1, cased, back=False)):
        last += 1
    first, last = _trim(read, first, last, i, cased)
    yield first, last + 1, "phrase"
    behind = _behind_people(read, first, last + 1) if cased else 0
    if 0 < behind <= i:
        yield behind, last + 1, "behind people"
    if UNSPACED.match(char):
        yield *_run(read, i, piece), "run"
    if not cased:
        yield first, i + 1, "phrase up to"
        yield i, last + 1, "phrase from"
        unit = next((j for j in range(i - 1, first, -1) if "unit" in read.senses[j]), i)
        if unit < i:
            yield unit, last + 1, "phrase from"
    if piece.last - first <= _MOST_WORDS:
        yield first, piece.last, "to end"
    if last + 1 - piece.first <= _MOST_WORDS:
        yield piece.first, last + 1, "from start"
    town = last + 1
    while town < piece.last and "link" in read.senses[town]:
        town += 1
    if last + 1 < town < piece.last:
        yield first, town + 1, "with town"


def _head(read: Words, i: int) -> int:
    """The word that an apostrophe ties this one to: the "Governor" of "Governor's"."""
    while read.clings(i):
        i -= 1
    return i


def _run(read: Words, i: int, piece: Piece) -> tuple[int, int]:
    """The words that are written together with a word, in scripts without spaces: also "สภ.หาดใหญ่"."""
    first, last = i, i + 1
    while first > piece.first and read.text[read.ends[first - 1] : read.starts[first]] in _NO_GAP:
        first -= 1
    while last < piece.last and read.text[read.ends[last - 1] : read.starts[last]] in _NO_GAP:
        last += 1
    return first, last


_NO_GAP = ("", ".")


def _extends(read: Words, i: int, cased: bool, back: bool) -> bool:
    senses = read.senses[i]
    if not cased:
        return not senses & _STOP and ("common" not in senses or bool(senses & NAMING))
    char, end = read.text[read.starts[i]], read.text[read.ends[i] - 1]
    return (
        (char.isupper() and not senses & {"greeting", "closing", "label.handle"})
        or "link" in senses
        or (char.islower() and bool(senses & NAMING))
        or end in ORDINALS
        or (char.isdigit() and not back and read.ends[i] - read.starts[i] < 4)
    )


#: Signs of ordinal numbers: "39º Batalhão", "Subzona N.º 1".
ORDINALS = frozenset("ºª°")


def _trim(read: Words, first: int, last: int, core: int, cased: bool) -> tuple[int, int]:
    """Without the small words at the edges: "of", "the"."""

    def loose(i: int) -> bool:
        senses = read.senses[i]
        if not cased:
            return False
        lower = read.text[read.starts[i]].islower()
        return (lower and ("link" in senses or "common" in senses) and not senses & NAMING) or (
            not lower and "common" in senses and read.ends[i] - read.starts[i] < 4 and i == first
        )

    while first < core and loose(first):
        first += 1
    while last > core and loose(last):
        last -= 1
    return first, last


def _two(tagged: Tagged, pieces: Sequence[Piece], number: int) -> Iterator[Proposal]:
    """A piece with the one before or behind it: "Policía Nacional, Distrito Dos"."""
    for low, high in ((number - 1, number), (number, number + 1)):
        if low < 0 or high >= len(pieces) or pieces[low].line != pieces[high].line:
            continue
        first, last = pieces[low].first, pieces[high].last
        together = pieces[low].after in (",", "(", "-", "/") and last - first <= _MOST_WORDS
        if together and not any(i in tagged.marks for i in range(first, last)):
            yield first, last, "two pieces"


def _beside(tagged: Tagged, pieces: Sequence[Piece], handles: Sequence[int]) -> Iterator[Proposal]:
    """The pieces before and behind a handle on its line, and the lines above and below it."""
    for handle in handles:
        own = next((n for n, piece in enumerate(pieces) if piece.first <= handle < piece.last), None)
        if own is None:
            continue
        for n, rule in ((own - 1, "before handle"), (own + 1, "behind handle")):
            if 0 <= n < len(pieces) and pieces[n].line == pieces[own].line and _may_name(tagged, pieces[n]):
                yield pieces[n].first, pieces[n].last, rule
        if tagged.passage.origin in (Origin.SUBJECT, Origin.SENDER):
            continue
        for line, rule in ((pieces[own].line - 1, "above handle"), (pieces[own].line + 1, "below handle")):
            whole = [piece for piece in pieces if piece.line == line]
            if len(whole) == 1 and _may_name(tagged, whole[0]):
                yield whole[0].first, whole[0].last, rule


def _may_name(tagged: Tagged, piece: Piece) -> bool:
    """Whether a piece without a word for police might be a name: few words, none of a sentence."""
    read = tagged.passage.words
    words = range(piece.first, piece.last)
    if len(words) > 7 or any(i in tagged.marks for i in words):
        return False
    if any(read.senses[i] & _STOP for i in words):
        return False
    small = sum(read.text[read.starts[i]].islower() and not read.senses[i] & {"link"} for i in words)
    return small * 2 < len(words) and not all(read.text[read.starts[i]].isdigit() for i in words)
