"""Names of places in a text, by the gazetteer that extraction is handed (it may be none)."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from poltwt_console.domain.place import Gazetteer, NamedKind
from poltwt_console.extraction.lexicon import Words
from poltwt_console.extraction.text import UNSPACED

_MOST_KNOWN = 50_000
#: A name is looked up only without these meanings: "Street" and "Police" are towns too.
_NOT_PLACES = {
    "police",
    "street",
    "rank",
    "common",
    "link",
    "greeting",
    "closing",
    "register",
    "mine",
    "ours",
    "located",
    "label.handle",
}


#: How the tagger's features call them.
_MARKS = {
    NamedKind.COUNTRY: "land",
    NamedKind.CITY: "city",
    NamedKind.TOWN: "loc",
    NamedKind.REGION: "reg",
}


_COUNTRY = _MARKS[NamedKind.COUNTRY]


@lru_cache(maxsize=20_000)
def _may_name(first: str, long: bool, senses: frozenset[str]) -> bool:
    """Whether a word with this first letter and these meanings may begin the name of a place."""
    if UNSPACED.match(first) is not None:
        return True
    return long and not first.islower() and not first.isdigit() and senses.isdisjoint(_NOT_PLACES)


@dataclass(slots=True)
class NamedPlaces:
    """The words of a text that name places."""

    kinds: dict[int, str] = field(default_factory=dict)
    spans: dict[int, tuple[int, int]] = field(default_factory=dict)  # of names of several words, half open

    def add(self, first: int, end: int, kind: str) -> None:
        for i in range(first, end):
            self.kinds[i] = kind
            if end - first > 1:
                self.spans[i] = first, end


@dataclass(slots=True)
class PlaceNames:
    """Look-ups kept for the next mail; they depend on the gazetteer alone."""

    gazetteer: Gazetteer | None
    known: dict[str, str] = field(default_factory=dict)

    def kind(self, name: str) -> str:
        """ "loc", "city", "land", "reg" or "": the kind of place that a name is foremost."""
        found = self.known.get(name)
        if found is None:
            found = self._look_up(name)
            if len(self.known) >= _MOST_KNOWN:
                self.known.clear()
            self.known[name] = found
        return found

    def _look_up(self, name: str) -> str:
        found = self.gazetteer.names_what(name) if self.gazetteer is not None else None
        return _MARKS[found] if found is not None else ""

    def _is_country(self, initials: str) -> bool:
        return self.kind(initials.upper()) == _COUNTRY

    def mark(self, read: Words, first: int, last: int) -> NamedPlaces:
        """The names of places among some words of a text."""
        named = NamedPlaces()
        if self.gazetteer is None:
            return named
        i = first
        while i < last:
            taken = 1
            start = read.starts[i]
            char = read.text[start]
            if not "a" <= char <= "z" and _may_name(char, read.ends[i] - start > 1, read.senses[i]):
                for length in range(_longest(read, i, last), 0, -1):
                    end = i + length
                    whole = length == 1 or _may_end(read, end)
                    if not whole and not _ends_piece(read, end):
                        continue
                    kind = self.kind(read.text[start : read.ends[end - 1]])
                    if kind and (whole or kind == _COUNTRY):
                        named.add(i, end, kind)
                        taken = length
                        break
            elif (end := _initials_end(read, i, last)) > i:
                taken = end - i
                if taken <= _MOST_INITIALS and self._is_country("".join(read.forms[i:end])):
                    named.add(i, end, _COUNTRY)
            i += taken
        return named


#: Most words of a name, and of one with small words in it: "San Salvador de Jujuy", "Sankt Johann im Pongau".
_MOST_WORDS, _MOST_WITH_SMALL = 3, 5


def _longest(read: Words, first: int, last: int) -> int:
    """How many words from one on may be a name together."""
    text, starts, ends = read.text, read.starts, read.ends
    unspaced = UNSPACED.match(text[starts[first]]) is not None
    small = False
    length = 1
    while first + length < last:
        i = first + length
        if unspaced:
            together = ends[i - 1] == starts[i]
        else:
            together = starts[i] - ends[i - 1] == 1 and text[ends[i - 1]] in " -'’"
        small = small or text[starts[i]].islower()
        if not together or length >= (_MOST_WITH_SMALL if small and not unspaced else _MOST_WORDS):
            break
        length += 1
    return length


def _initials_end(read: Words, first: int, last: int) -> int:
    """Where capital letters with a stop each end, "U.A.E.", "U. S."; ``first`` where there are none."""
    end = first
    while end < last and read.ends[end] - read.starts[end] == 1 and read.text[read.starts[end]].isupper():
        if end > first and read.text[read.ends[end - 1] : read.starts[end]] not in (".", ". "):
            break
        end += 1
    return end if end - first > 1 else first


#: More letters are no country's.
_MOST_INITIALS = 5


def _may_end(read: Words, end: int) -> bool:
    """Whether the word before another may be the last of a name: no small word, no number."""
    char = read.text[read.starts[end - 1]]
    return UNSPACED.match(char) is not None or not (char.islower() or char.isdigit())


def _ends_piece(read: Words, end: int) -> bool:
    """Whether a long small word ends a line, or a piece of one: only a country's may, "Česká republika"."""
    start, stop = read.starts[end - 1], read.ends[end - 1]
    return stop - start >= _LONG_WORD and read.text[stop : stop + 1] in _PIECE_ENDS


_LONG_WORD = 6
_PIECE_ENDS = ("", "\n", ",", ".", ";", ")")
