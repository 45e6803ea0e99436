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


@lru_cache(maxsize=20_000)
def _may_name(first: str, long: bool, senses: frozenset[str]) -> bool:
    """Whether a word with this first letter and these meanings may begin the name of a place."""
    if UNSPACED.match(first) is not None:
        return True
    return long and not first.islower() and not first.isdigit() and senses.isdisjoint(_NOT_PLACES)


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

    def mark(self, read: Words, first: int, last: int) -> dict[int, str]:
        """Words of a text that name a place, up to three words together."""
        marks: dict[int, str] = {}
        if self.gazetteer is None:
            return marks
        i = first
        while i < last:
            taken = 1
            start = read.starts[i]
            char = read.text[start]
            if not "a" <= char <= "z" and _may_name(char, read.ends[i] - start > 1, read.senses[i]):
                for length in (3, 2, 1):
                    end = i + length
                    if end > last or (length > 1 and not self._together(read, i, end)):
                        continue
                    kind = self.kind(read.text[read.starts[i] : read.ends[end - 1]])
                    if kind:
                        for j in range(i, end):
                            marks[j] = kind
                        taken = length
                        break
            i += taken
        return marks

    @staticmethod
    def _together(read: Words, first: int, end: int) -> bool:
        if UNSPACED.match(read.text[read.starts[first]]):
            return all(read.ends[j] == read.starts[j + 1] for j in range(first, end - 1))
        if any(
            read.starts[j + 1] - read.ends[j] != 1 or read.text[read.ends[j]] not in " -'’"
            for j in range(first, end - 1)
        ):
            return False
        return not read.text[read.starts[end - 1]].islower() and not read.text[read.starts[end - 1]].isdigit()
