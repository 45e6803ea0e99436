"""Which words of a passage are an address and which an agency's name: a small linear tagger.

A first-order sequence model with five tags over the features of :mod:`features`.  Its weights are
integers in ``resources/extraction/tagger.json.gz``, trained from mails with answers by
``tests/extraction/train.py`` (a conditional random field); here they are only added up, so a
result never depends on the machine.  Rules (labels, tables) go before it and rank above it.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from poltwt_console.extraction.features import REACH, Base, Group, Tagged, expand

TAGS = ("O", "B-A", "I-A", "B-N", "I-N")
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


#: Five tag scores are kept in one whole number, a lane each, so that one addition adds them all.
_LANE = 40
_MASK = (1 << _LANE) - 1
_ZERO = 1 << (_LANE - 8)  # what nothing is in a lane; 200 groups of features leave room


_NOTHING = sum(_ZERO << (_LANE * tag) for tag in range(len(TAGS)))


class _Lanes(dict[Group, int]):
    """The packed weights of each group of features, summed when first met."""

    def __init__(self, weights: Mapping[str, tuple[int, ...]]) -> None:
        super().__init__()
        self.weights = {
            name: sum(weight << (_LANE * tag) for tag, weight in enumerate(vector))
            for name, vector in weights.items()
        }

    def __missing__(self, group: Group) -> int:
        packed = sum(filter(None, map(self.weights.get, expand(group))), _NOTHING)
        if len(self) >= _MOST_CACHED:
            self.clear()
        self[group] = packed
        return packed


class _Around(dict[Base, tuple[int, ...]]):
    """What a word like this adds to each of its neighbours and to itself: packed weights by offset."""

    def __init__(self, lanes: _Lanes) -> None:
        super().__init__()
        self.lanes = lanes

    def __missing__(self, base: Base) -> tuple[int, ...]:
        added = tuple(self.lanes[(offset, *base)] for offset in range(REACH, -REACH - 1, -1))
        if len(self) >= _MOST_CACHED:
            self.clear()
        self[base] = added
        return added


class Tagger:
    """Weights by feature, a number for each tag; ``moves[a][b]`` for tag b after tag a."""

    def __init__(self, weights: Mapping[str, tuple[int, ...]], moves: tuple[tuple[int, ...], ...]) -> None:
        self.moves = moves
        self._lanes = _Lanes(weights)
        self._around = _Around(self._lanes)

    def tag(self, tagged: Tagged) -> list[Stretch]:
        """The stretches of the best reading, in order."""
        scores = tagged.scores = self._score(tagged)
        tags = best_tags(scores, self.moves)
        found: list[Stretch] = []
        for n, tag in enumerate(tags):
            if tag in (1, 3):
                end = n + 1
                while end < len(tags) and tags[end] == tag + 1:
                    end += 1
                lead = sum(min(scores[i][tags[i]] - scores[i][0], 4000) for i in range(n, end))
                kind = "A" if tag == 1 else "N"
                found.append(Stretch(kind, tagged.first + n, tagged.first + end, lead // (end - n)))
        return found

    def _score(self, tagged: Tagged) -> list[tuple[int, int, int, int, int]]:
        """The five scores of each word: its context's, and what it and its neighbours add (:data:`REACH`)."""
        lane = self._lanes.__getitem__
        totals = [sum(map(lane, context)) for context in tagged.contexts]
        counts = [len(context) for context in tagged.contexts]
        size = len(totals)
        for n, base in enumerate(tagged.bases):
            around = self._around[base]
            for offset in range(max(-REACH, -n), min(REACH + 1, size - n)):
                totals[n + offset] += around[offset + REACH]
                counts[n + offset] += 1
        return [_unpack(packed, count) for packed, count in zip(totals, counts, strict=True)]


def _unpack(packed: int, count: int) -> tuple[int, int, int, int, int]:
    none = _ZERO * count
    return (
        (packed & _MASK) - none,
        (packed >> _LANE & _MASK) - none,
        (packed >> 2 * _LANE & _MASK) - none,
        (packed >> 3 * _LANE & _MASK) - none,
        (packed >> 4 * _LANE) - none,
    )


def best_tags(scores: Sequence[Sequence[int]], moves: tuple[tuple[int, ...], ...]) -> list[int]:
    """The tags of the best reading (Viterbi); the first of equals.  Written out: it is the inner loop."""
    if not scores:
        return []
    worst = -(10**9)
    o, ba, ia, bn, in_ = scores[0][0], scores[0][1], worst, scores[0][3], worst
    to_o, to_ba, to_ia, to_bn, to_in = zip(*moves, strict=True)
    trail: list[tuple[int, int, int, int, int]] = []
    for own_o, own_ba, own_ia, own_bn, own_in in scores[1:]:
        last = (o, ba, ia, bn, in_)
        sums = [value + move for value, move in zip(last, to_o, strict=True)]
        best_o = max(sums)
        from_o = sums.index(best_o)
        sums = [value + move for value, move in zip(last, to_ba, strict=True)]
        best_ba = max(sums)
        from_ba = sums.index(best_ba)
        sums = [value + move for value, move in zip(last, to_bn, strict=True)]
        best_bn = max(sums)
        from_bn = sums.index(best_bn)
        from_ia = 1 if ba + to_ia[1] >= ia + to_ia[2] else 2
        from_in = 3 if bn + to_in[3] >= in_ + to_in[4] else 4
        ia, in_ = last[from_ia] + to_ia[from_ia] + own_ia, last[from_in] + to_in[from_in] + own_in
        o, ba, bn = best_o + own_o, best_ba + own_ba, best_bn + own_bn
        trail.append((from_o, from_ba, from_ia, from_bn, from_in))
    final = (o, ba, ia, bn, in_)
    tag = final.index(max(final))
    tags = [tag]
    for back in reversed(trail):
        tag = back[tag]
        tags.append(tag)
    return tags[::-1]


def load_tagger(path: Path) -> Tagger:
    """The weights of a file; without it the tagger finds nothing."""
    if not path.is_file():
        return Tagger({}, ((0,) * len(TAGS),) * len(TAGS))
    data = json.loads(gzip.decompress(path.read_bytes()))
    weights = {name: tuple(vector) for name, vector in data["weights"].items()}
    return Tagger(weights, tuple(map(tuple, data["moves"])))
