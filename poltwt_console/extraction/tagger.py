"""Which words of a passage are an address and which an agency's name: a small linear tagger.

A first-order sequence model with five tags over the features of :mod:`features`.  Its weights are
integers in ``resources/extraction/tagger.json.gz``, trained from mails with answers by
``tests/extraction/train.py`` (averaged perceptron, Collins 2002); here they are only added up, so a
result never depends on the machine.  Rules (labels, tables) go before it and rank above it.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from poltwt_console import paths
from poltwt_console.extraction.features import Group, Tagged, expand

TAGS = ("O", "B-A", "I-A", "B-N", "I-N")
_NONE = (0,) * len(TAGS)
_MOST_CACHED = 200_000
#: Tags that may stand before each tag: an inner one only after its own kind.
BEFORE = {0: (0, 1, 2, 3, 4), 1: (0, 1, 2, 3, 4), 2: (1, 2), 3: (0, 1, 2, 3, 4), 4: (3, 4)}


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words ``first`` to ``last`` (half open) read as an address ("A") or a name ("N").

    ``margin`` is how much worse the best reading is in which no word of it is so tagged, per word.
    """

    kind: str
    first: int
    last: int
    margin: int


@dataclass
class Tagger:
    """Weights by feature, a number for each tag; ``moves[a][b]`` for tag b after tag a."""

    weights: Mapping[str, tuple[int, ...]]
    moves: tuple[tuple[int, ...], ...]
    _groups: dict[Group, tuple[int, ...]] = field(default_factory=dict, repr=False)

    def tag(self, tagged: Tagged) -> list[Stretch]:
        """The stretches of the best reading, in order."""
        scores = [self._score(groups) for groups in tagged.groups]
        tags = best_tags(scores, self.moves)
        found: list[Stretch] = []
        for n, tag in enumerate(tags):
            if tag in (1, 3):
                end = n + 1
                while end < len(tags) and tags[end] == tag + 1:
                    end += 1
                lead = sum(min(scores[i][tags[i]] - scores[i][0], 4000) for i in range(n, end))
                found.append(
                    Stretch("A" if tag == 1 else "N", tagged.first + n, tagged.first + end, lead // (end - n))
                )
        return found

    def _score(self, groups: list[Group]) -> list[int]:
        totals = [0] * len(TAGS)
        for group in groups:
            vector = self._groups.get(group)
            if vector is None:
                vector = self._sum(group)
            if vector is not _NONE:
                for n, weight in enumerate(vector):
                    totals[n] += weight
        return totals

    def _sum(self, group: Group) -> tuple[int, ...]:
        vectors = [self.weights[name] for name in expand(group) if name in self.weights]
        vector = tuple(map(sum, zip(*vectors, strict=True))) if vectors else _NONE
        if len(self._groups) >= _MOST_CACHED:
            self._groups.clear()
        self._groups[group] = vector
        return vector


def best_tags(scores: list[list[int]], moves: tuple[tuple[int, ...], ...]) -> list[int]:
    """The tags of the best reading (Viterbi); the first of equals."""
    if not scores:
        return []
    best = [scores[0][tag] if tag in (0, 1, 3) else -(10**9) for tag in range(len(TAGS))]
    trail: list[list[int]] = []
    for own in scores[1:]:
        back, new = [0] * len(TAGS), [0] * len(TAGS)
        for tag, befores in BEFORE.items():
            before = max(befores, key=lambda b: best[b] + moves[b][tag])
            back[tag] = before
            new[tag] = best[before] + moves[before][tag] + own[tag]
        trail.append(back)
        best = new
    tag = max(range(len(TAGS)), key=best.__getitem__)
    tags = [tag]
    for back in reversed(trail):
        tag = back[tag]
        tags.append(tag)
    return tags[::-1]


@lru_cache(maxsize=2)
def load_tagger(path: Path | None = None) -> Tagger:
    """The shipped weights (or those of a file); without a file the tagger finds nothing."""
    path = path or paths.resources() / "extraction" / "tagger.json.gz"
    if not path.is_file():
        return Tagger({}, (_NONE,) * len(TAGS))
    data = json.loads(gzip.decompress(path.read_bytes()))
    return Tagger(
        {name: tuple(vector) for name, vector in data["weights"].items()}, tuple(map(tuple, data["moves"]))
    )
