"""Matching a text against all vocabularies at once.

One pass over the words: phrases by a tree, starred terms by prefix, ending and inside, scripts
without spaces by their first character.  The cost is linear in the text: a phrase has at most
``_LONGEST`` words and a word is cut after ``_LONGEST_WORD`` characters.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from poltwt_console.extraction.spelling import Spelling
from poltwt_console.extraction.terms import NONE, Branch, Term, join
from poltwt_console.extraction.text import IDEOGRAPH, UNSPACED, WORD, fold
from poltwt_console.extraction.vocabulary import Vocabulary

_MOST_KNOWN = 50_000
_LONGEST = 8
_LONGEST_WORD = 60
_STEM_LENGTHS = range(3, 15)
_HANGUL = re.compile("[\uac00-\ud7a3]")
#: Draws letters apart where Arabic shows that a word is joined to the next: "لـ".
_TATWEEL = "\u0640"


class Hit:
    """``folded[start:end]`` is a term; ``first`` to ``last`` (half open) are its words."""

    # No dataclass: theirs is never compiled, and a mail makes dozens.
    def __init__(self, start: int, end: int, first: int, last: int, term: Term) -> None:
        self.start = start
        self.end = end
        self.first = first
        self.last = last
        self.term = term

    def within(self, languages: frozenset[str]) -> Hit | None:
        """The hit with what the term means in a text of these languages; None where that is nothing."""
        term = self.term
        if self.end - self.start >= _TELLING or term.languages <= languages:
            return self
        narrow = term.within(languages)
        if narrow is None or narrow is term:
            return None if narrow is None else self
        return Hit(self.start, self.end, self.first, self.last, narrow)


#: A term of so many characters is no chance likeness.
_TELLING = 12
#: English words of so many characters are mixed into any language; "no" and "on" are words of many.
_MIXED_IN = 5


@dataclass(slots=True, eq=False)
class Words:
    """The words of a text with what the vocabularies know of each.

    ``senses[i]`` are the meanings of all terms that cover word ``i``.
    """

    text: str
    folded: str
    spelling: Spelling = field(repr=False)  # of the vocabulary that it was read with
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)
    senses: list[frozenset[str]] = field(default_factory=list)
    hits: list[Hit] = field(default_factory=list)
    prefixed: dict[int, int] = field(default_factory=dict)  # letters before words known only without them
    stems: dict[int, int] = field(default_factory=dict)  # where words that a particle follows end without it

    def __len__(self) -> int:
        return len(self.starts)

    def narrow(self, languages: frozenset[str]) -> None:
        """Forget what single words mean in other languages; names of things and long words stay.

        "als" or "don" mean something else in every language; "Polizei", a label or a whole phrase do not.
        """
        mixed = languages | {"en"}
        narrowed = (hit.within(mixed if hit.end - hit.start >= _MIXED_IN else languages) for hit in self.hits)
        self.hits = [hit for hit in narrowed if hit is not None]
        self.spread()

    def spread(self) -> None:
        """Give each word the meanings of the terms that cover it."""
        senses = [NONE] * len(self.starts)
        for hit in self.hits:
            term = hit.term
            meanings = term.meanings
            if meanings is not term.small and self.text[hit.start].islower():
                meanings = term.small
            for i in range(hit.first, hit.last):
                senses[i] = join(senses[i], meanings)
        self.senses = senses

    def outer_hits(self) -> list[Hit]:
        """The terms that stand in no longer one: "not take part" says nothing of taking part."""
        outer: list[Hit] = []
        for hit in sorted(self.hits, key=lambda hit: (hit.start, -hit.end)):
            last = outer[-1] if outer else None
            if last is None or hit.end > last.end or (hit.start, hit.end) == (last.start, last.end):
                outer.append(hit)
        return outer

    def clings(self, i: int) -> bool:
        """Whether an apostrophe ties a word to the one before: "Sheriff's", "d'Oise", "O'zbekiston"."""
        return i > 0 and self.folded[self.ends[i - 1] : self.starts[i]] == "'"

    def hyphenated(self, i: int) -> bool:
        """Whether a hyphen ties a word to the one before: "Sint-Jobsweg", but not "Address-Mill Road"."""
        return (
            i > 0
            and self.folded[self.ends[i - 1] : self.starts[i]] == "-"
            and self.forms[i - 1].isalpha()
            and self.forms[i].isalpha()
            and not any(meaning.startswith("label.") for meaning in self.senses[i - 1])
        )

    def shortens(self, i: int) -> bool:
        """Whether a stop behind a word would shorten it ("Av.", "ul.", "C.P."), and end no sentence."""
        length = self.ends[i] - self.starts[i]
        return (length <= 4 and not self.text[self.starts[i]].isdigit()) or (
            length <= 6 and "street" in self.senses[i]
        )

    def trails(self, i: int) -> bool:
        """Whether a word is one that Korean writes behind a name or an address: "at", "is", "is at"."""
        form = self.forms[i]
        return form in self.spelling.particles or (
            _HANGUL.match(form) is not None
            and "located" in self.senses[i]
            and self.senses[i].isdisjoint(("street", "building", "unit"))
        )

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The numbers of the words of a stretch, half open; none where only signs stand."""
        return self.index(start), bisect_left(self.starts, end)

    def senses_in(self, start: int, end: int) -> list[frozenset[str]]:
        """The meanings of each word of a stretch."""
        return self.senses[slice(*self.span(start, end))]

    def meanings_in(self, start: int, end: int) -> frozenset[str]:
        """The meanings of all words of a stretch."""
        return frozenset().union(*self.senses_in(start, end))

    def index(self, position: int) -> int:
        """The number of the first word that ends after a position (len(self) if there is none)."""
        return bisect_right(self.ends, position)


def read_words(text: str, vocabulary: Vocabulary) -> Words:
    """The words of a text and all terms in it."""
    folded = fold(text)
    read = Words(text, folded, vocabulary.spelling)
    spelling = vocabulary.spelling
    if UNSPACED.search(folded) is None:
        spaceless = []
        for match in WORD.finditer(folded):
            _push(read, *match.span())
    else:
        spaceless = _without_inner(list(_find_unspaced(folded, vocabulary)))
        _cut(read, {edge for start, end, _ in spaceless for edge in (start, end)})
    for start, end, term in spaceless:
        # A term may begin or end with a sign that is part of no word.
        first, last = read.span(start, end)
        if first == last:
            continue
        _add(read, first, last, term, start, end)
        if term.naming and folded[end : read.ends[last - 1]] in spelling.only_particles:
            read.stems[last - 1] = min(end, read.stems.get(last - 1, end))  # "에서는" holds "서", a station
    known = vocabulary.known
    branches = vocabulary.phrases.branches
    for number, form in enumerate(read.forms):
        met = known.get(form)
        if met is None:
            if len(known) >= _MOST_KNOWN:
                known.clear()
            branch = branches.get(form)
            whole = branch is not None and branch.term is not None
            met = known[form] = tuple(_find_starred(form, vocabulary, whole)), branch
        starred, branch = met
        for term in starred:
            _add(read, number, number + 1, term)
        if branch is not None:
            for last, term in _find_phrases(read, number, branch):
                _add(read, number, last, term)
        if form[0] in spelling.prefixes and len(form) > 3:
            size = 2 if form[1] == _TATWEEL else 1
            bare = branches.get(form[size:])
            own = NONE if branch is None or branch.term is None else branch.term.meanings
            alone = not starred and branch is None
            for last, term in _find_phrases(read, number, bare) if bare is not None else ():
                _add(read, number, last, term)
                # Hebrew "ברחוב", in the street, is a term as well.
                same = form[0] in spelling.where and not own.isdisjoint(term.meanings)
                if (alone or same) and term.naming:
                    read.prefixed[number] = size
    read.spread()
    return read


def _add(read: Words, first: int, last: int, term: Term, start: int = -1, end: int = -1) -> None:
    if start < 0:
        start, end = read.starts[first], read.ends[last - 1]
    read.hits.append(Hit(start, end, first, last, term))


def _cut(read: Words, edges: set[int]) -> None:
    """Fill in words: between spaces, and in scripts without spaces by characters or terms."""
    for match in WORD.finditer(read.folded):
        start, end = match.span()
        if start in edges or UNSPACED.search(match.group()):
            previous = start
            for position in range(start + 1, end + 1):
                if position == end or _breaks(read.folded, position, edges):
                    _push(read, previous, position)
                    previous = position
        else:
            _push(read, start, end)


def _breaks(folded: str, position: int, edges: set[int]) -> bool:
    before, after = folded[position - 1], folded[position]
    if IDEOGRAPH.match(before) or IDEOGRAPH.match(after):
        return True
    if _HANGUL.match(before) or _HANGUL.match(after):
        return before.isascii() != after.isascii()
    return position in edges or before.isascii() != after.isascii()


def _push(read: Words, start: int, end: int) -> None:
    read.starts.append(start)
    read.ends.append(end)
    read.forms.append(read.folded[start:end])


def _find_unspaced(folded: str, vocabulary: Vocabulary) -> Iterator[tuple[int, int, Term]]:
    for position, char in enumerate(folded):
        for text, term in vocabulary.unspaced.get(char, ()):
            if folded.startswith(text, position):
                yield position, position + len(text), term


def _without_inner(found: list[tuple[int, int, Term]]) -> list[tuple[int, int, Term]]:
    """Without what stands within a longer word that names nothing: Thai สน, a station, in สนใจ, to want."""
    inner: set[int] = set()
    for number, (_, end, term) in enumerate(found):
        if "common" not in term.meanings or term.naming:
            continue
        last = number + 1
        while last < len(found) and found[last][0] < end:
            if found[last][2].naming and found[last][1] <= end:
                inner.add(last)
            last += 1
    return [hit for number, hit in enumerate(found) if number not in inner]


def _find_starred(form: str, vocabulary: Vocabulary, whole: bool) -> Iterator[Term]:
    """The starred terms that a word fits; one that is a term as a ``whole`` has no ending.

    Dutch "politie" is no Finnish "*tie", a road, "brigade" no Danish "*gade", "inspector" no German gate.
    """
    form = form[:_LONGEST_WORD]
    for length in _STEM_LENGTHS:
        if length > len(form):
            break
        if (term := vocabulary.stems.get(form[:length])) is not None:
            yield term
    for length in range(2, 0 if whole else len(form)):
        if (term := vocabulary.endings.get(form[-length:])) is not None:
            yield term
            break
    if len(form) >= 5:
        for inside, term in vocabulary.insides.items():
            if inside in form:
                yield term


def _find_phrases(read: Words, number: int, branch: Branch) -> list[tuple[int, Term]]:
    """The phrases that begin with a word, which leads to this branch, and the words that they end before."""
    found: list[tuple[int, Term]] = []
    last = number + 1
    node: Branch | None = branch
    while node is not None:
        if node.term is not None:
            found.append((last, node.term))
        if not node.branches or last >= len(read.forms) or last - number >= _LONGEST:
            break
        if read.starts[last] - read.ends[last - 1] > 3:
            break
        node = node.branches.get(read.forms[last])
        last += 1
    return found
