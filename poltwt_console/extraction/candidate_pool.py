"""The names or addresses to choose from, with what is asked of all of them together."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field

from poltwt_console.extraction.candidates import Candidate, telling_stems, telling_words
from poltwt_console.extraction.clues import latin_words
from poltwt_console.extraction.findings import Findings
from poltwt_console.extraction.linear import Feature
from poltwt_console.extraction.mention import Mention
from poltwt_console.extraction.view import Origin

#: Of more choices than this only the nearest are weighed, and the first of those in other texts.
_MOST_OPTIONS, _MOST_NEAR = 30, 20
#: Of a list of so many each handle's own stand beside it: half as many nearest are weighed.
_MANY = 100
#: And of the addresses before and behind a name only so many each.
_MOST_ADDRESSES = 3


@dataclass(slots=True)
class Pool:
    """The names or addresses to choose from, with what is asked of all of them together."""

    kind: str
    findings: Findings
    choices: list[Candidate]
    values: Counter[str] = field(init=False)
    places: dict[int, tuple[int, int]] = field(init=False)  # number in its origin, and of how many
    read: list[Candidate] = field(init=False)
    read_keys: list[str] = field(init=False)  # of those that the tagger read, not those under labels
    spans: dict[str, list[tuple[int, int, str]]] = field(init=False)  # by part: what was read or labelled
    span_starts: dict[str, list[int]] = field(init=False)
    described: dict[tuple[int, bool], list[Feature]] = field(default_factory=dict)
    points: dict[tuple[int, bool], int] = field(default_factory=dict)  # of what is so described
    told: list[tuple[Candidate, frozenset[str]]] | None = None  # the addresses read, by their place
    spelled: dict[int, list[str]] = field(default_factory=dict)  # the words of each, in Latin letters
    latin: dict[int, list[str]] = field(default_factory=dict)  # of them those that tell it from others
    reaches: dict[int, list[tuple[int, str]]] = field(default_factory=dict)  # by mention, see reach_of_others
    near: dict[int, list[Candidate | None]] = field(default_factory=dict)  # by mention, see options

    def __post_init__(self) -> None:
        self.values = Counter(choice.key for choice in self.choices)
        self.read = [choice for choice in self.choices if choice.is_read]
        self.read_keys = [choice.key for choice in self.read if "read" in choice.rules]
        self.places = {}
        sizes = Counter(choice.origin for choice in self.choices)
        met: Counter[Origin] = Counter()
        for choice in self.choices:
            self.places[id(choice)] = met[choice.origin], sizes[choice.origin]
            met[choice.origin] += 1
        self.spans = {}
        for choice in self.read:
            known = self.spans.setdefault(choice.passage.part.id, [])
            if not any(start < choice.end and choice.start < end for start, end, _ in known):
                known.append((choice.start, choice.end, choice.key))
        for known in self.spans.values():
            known.sort()
        self.span_starts = {part: [start for start, _, _ in known] for part, known in self.spans.items()}

    def options(self, mention: Mention | None) -> list[Candidate | None]:
        """What to choose from for a handle, None last: of a long list only what stands near it."""
        if mention is None or len(self.choices) <= _MOST_OPTIONS:
            return [*self.choices, None]
        known = self.near.get(id(mention))
        if known is None:
            known = self.near[id(mention)] = self._near(mention)
        return known

    def _near(self, mention: Mention) -> list[Candidate | None]:
        part, start = mention.passage.part, mention.start
        here = [choice for choice in self.choices if choice.passage.part is part]
        most = _MOST_NEAR if len(self.choices) < _MANY else _MOST_NEAR // 2
        here = sorted(here, key=lambda choice: abs(choice.start - start))[:most]
        near = {id(choice) for choice in here}
        elsewhere = [choice for choice in self.choices if choice.passage.part is not part]
        near.update(id(choice) for choice in elsewhere[: _MOST_OPTIONS - _MOST_NEAR])
        return [*(choice for choice in self.choices if id(choice) in near), None]

    def words_of(self, candidate: Candidate) -> list[str]:
        """All words of a name or address in Latin letters."""
        found = self.spelled.get(id(candidate))
        if found is None:
            found = self.spelled[id(candidate)] = latin_words(candidate.value)
        return found

    def reach(self, candidate: Candidate, handle: str) -> int:
        """How many first letters of a telling word stand together in a handle; 0 for under three."""
        words = self.latin.get(id(candidate))
        if words is None:
            words = self.latin[id(candidate)] = _telling_in_latin(candidate)
        best = 0
        for word in words:
            length = max(best + 1, _LEAST_REACH)
            while length <= len(word) and word[:length] in handle:
                best = length
                length += 1
        return best

    def reach_of_others(self, candidate: Candidate, mention: Mention) -> int:
        """The longest reach of what was read, may be chosen for a handle, and says something else."""
        reaches = self.reaches.get(id(mention))
        if reaches is None:
            read = (other for other in self.options(mention) if other is not None and other.is_read)
            reaches = sorted(((self.reach(other, mention.key), other.key) for other in read), reverse=True)
            self.reaches[id(mention)] = reaches
        return next((reach for reach, key in reaches if key != candidate.key), 0)

    def addresses_near(self, candidate: Candidate) -> list[tuple[Candidate, frozenset[str]]]:
        """The addresses that were read nearest to a name, with the words that tell each from others."""
        if self.told is None:
            read = [other for other in self.findings.addresses if other.is_read]
            read.sort(key=lambda other: (other.passage.part.id, other.start))
            self.told = [(other, telling_stems(other)) for other in read]
        place = (candidate.passage.part.id, candidate.start)
        n = bisect_left(self.told, place, key=lambda told: (told[0].passage.part.id, told[0].start))
        return self.told[max(n - _MOST_ADDRESSES, 0) : n + _MOST_ADDRESSES]


def _telling_in_latin(candidate: Candidate) -> list[str]:
    """The words that tell it from others, in Latin letters, long enough to be no chance likeness."""
    return [word for word in latin_words(" ".join(telling_words(candidate))) if len(word) >= _LEAST_REACH]


#: So many letters are no chance likeness.
_LEAST_REACH = 3
