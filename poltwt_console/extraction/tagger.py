"""Which words of a passage are an address and which an agency's name: a small linear tagger.

A first-order sequence model with five tags over the features of :mod:`features`.  Its weights are
integers in ``resources/extraction/tagger.json.gz``, trained from mails with answers by
``tests/extraction/train.py`` (a conditional random field); here they are only added up, so a
result never depends on the machine.  Rules (labels, tables) go before it and rank above it.
"""

from __future__ import annotations

import gzip
import json
import struct
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from operator import lshift
from pathlib import Path
from typing import Any

from poltwt_console.extraction.features import (
    REACH,
    Base,
    Tagged,
    after_next_features,
    before_features,
    before_last_features,
    cue_features,
    line_features,
    near_trait,
    pair_features,
    three_features,
    word_traits,
)

TAGS = ("O", "B-A", "I-A", "B-N", "I-N")
#: Tags that may stand before each tag: an inner one only after its own kind.
BEFORE = {0: (0, 1, 2, 3, 4), 1: (0, 1, 2, 3, 4), 2: (1, 2), 3: (0, 1, 2, 3, 4), 4: (3, 4)}

#: The weights of each feature for all tags, packed into one number: see :func:`pack`.
Weights = Mapping[str, int]

_MOST_CACHED = 100_000
#: Some words together: what stands for each, and the signs between them.
Key = tuple[str, ...]


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
#: Every word has as many groups, so what nothing is adds up to the same for each tag and tells nothing.
_LANES = struct.Struct("<5I")
_LANE = 32
#: What nothing is in a lane: no lane ever borrows from the next, as a group's weights are some thousands.
_ZERO = 1 << 26


def pack(columns: Sequence[Sequence[int]]) -> Iterator[int]:
    """The weights of each feature in one number; ``columns`` are those for each tag, feature by feature."""
    lanes = (map(lshift, column, repeat(_LANE * tag)) for tag, column in enumerate(columns))
    return map(sum, zip(*lanes, strict=True))


_NOTHING = sum(_ZERO << (_LANE * tag) for tag in range(len(TAGS)))
_NEAR = 2 * REACH + 1
_BEYOND = (_NOTHING,) * _NEAR  # what stands before the first word and behind the last, or tells nothing
#: The bits of the weights at one offset; those of a word at all offsets are one number, the last first.
_OFFSET = _LANE * len(TAGS)
_NOTHING_NEAR = sum(_NOTHING << (_OFFSET * n) for n in range(_NEAR))


class _Sums(dict[Key, int]):
    """The packed weights of what some words are like together, summed when first met."""

    def __init__(self, weights: Weights, features: Callable[..., list[str]]) -> None:
        super().__init__()
        self.weights = weights
        self.features = features

    def __missing__(self, key: Key) -> int:
        total = _sum(self.weights, self.features(*key))
        if len(self) >= _MOST_CACHED:
            self.clear()
        self[key] = total
        return total


class _Between(dict[tuple[str, str, str], tuple[int, int, int]]):
    """What two words and the sign between them add to the second, to the first, and to the next word."""

    def __init__(self, weights: Weights) -> None:
        super().__init__()
        self.weights = weights

    def __missing__(self, key: tuple[str, str, str]) -> tuple[int, int, int]:
        first, separator, second = key
        added = (
            _sum(self.weights, pair_features("pair", first, separator, second)),
            _sum(self.weights, pair_features("next", first, separator, second)),
            _sum(self.weights, before_features(first, second)),
        )
        if len(self) >= _MOST_CACHED:
            self.clear()
        self[key] = added
        return added


class _Around(dict[Base | str, tuple[int, ...]]):
    """What a word adds to each of its neighbours and to itself: packed weights by offset, the last first."""

    def __init__(self, near: Mapping[str, int], traits: Callable[[Any], Sequence[str]]) -> None:
        super().__init__()
        self.near = near
        self.traits = traits

    def __missing__(self, key: Base | str) -> tuple[int, ...]:
        total = sum(filter(None, map(self.near.get, self.traits(key))), _NOTHING_NEAR)
        added = _BEYOND if total == _NOTHING_NEAR else _apart(total)
        if len(self) >= _MOST_CACHED:
            self.clear()
        self[key] = added
        return added


def _apart(near: int) -> tuple[int, ...]:
    """The packed weights at each offset out of the number that holds them all."""
    size = _LANES.size
    lanes = near.to_bytes(_NEAR * size, "little")
    return tuple(int.from_bytes(lanes[at : at + size], "little") for at in range(0, len(lanes), size))


def _by_offset(packed: Iterable[tuple[str, int]]) -> tuple[Weights, dict[str, int]]:
    """The weights of what words have by themselves, apart from all others: one number for all offsets."""
    others: dict[str, int] = {}
    near: dict[str, int] = {}
    for feature, weight in packed:
        found = near_trait(feature)
        if found is None:
            others[feature] = weight
        else:
            offset, trait = found
            near[trait] = near.get(trait, 0) + (weight << (_OFFSET * (REACH - offset)))
    return others, near


def _sum(weights: Weights, features: list[str]) -> int:
    return sum(filter(None, map(weights.get, features)), _NOTHING)


class Tagger:
    """``packed`` are features with packed weights; ``moves[a][b]`` are the points of tag b after tag a."""

    def __init__(self, packed: Iterable[tuple[str, int]], moves: tuple[tuple[int, ...], ...]) -> None:
        self.moves = moves
        weights, near = _by_offset(packed)  # a new word is looked up at once for all its neighbours
        self._around = _Around(near, tuple)
        self._spelled = _Around(near, word_traits)
        self._between = _Between(weights)
        self._three = _Sums(weights, three_features)
        self._line = _Sums(weights, line_features)
        self._cue = _Sums(weights, cue_features)
        self._before_last = _Sums(weights, before_last_features)
        self._after_next = _Sums(weights, after_next_features)
        self._no_words_before = _sum(weights, before_features("^", "^"))

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
        """The five scores of each word: what all its features (``Tagged.groups``) add up to."""
        mains, separators, size = tagged.mains, tagged.separators, len(tagged.mains)
        if not mains:
            return []
        left, right = ["^", "^", *mains], [*mains, "$", "$"]
        triples = zip(left[1:], separators, right[:-1], strict=True)
        between = list(map(self._between.__getitem__, triples))
        columns: list[Iterable[int]] = [
            [second for second, _, _ in between[:size]],
            [first for _, first, _ in between[1:]],
            [self._no_words_before, *(later for _, _, later in between[: size - 1])],
            map(self._three.__getitem__, zip(left[1:-1], mains, right[1:-1], strict=True)),
            map(self._line.__getitem__, zip(mains, tagged.in_lines, strict=True)),
            map(self._cue.__getitem__, zip(tagged.cues, mains, tagged.fields, strict=True)),
            map(self._before_last.__getitem__, zip(left[:-2], separators[:-1], strict=True)),
            map(self._after_next.__getitem__, zip(right[2:])),
        ]
        edge = [_BEYOND] * REACH
        width = 2 * REACH
        for known in (
            map(self._around.__getitem__, tagged.bases),
            map(self._spelled.__getitem__, tagged.spelled),
        ):
            added = zip(*edge, *known, *edge, strict=True)
            columns.extend(row[width - n : width - n + size] for n, row in enumerate(added))
        bytes_of, unpack = int.to_bytes, _LANES.unpack
        return [
            unpack(bytes_of(total, _LANES.size, "little")) for total in map(sum, zip(*columns, strict=True))
        ]


def best_tags(scores: Sequence[Sequence[int]], moves: tuple[tuple[int, ...], ...]) -> list[int]:
    """The tags of the best reading (Viterbi); the first of equals.  Written out: it is the inner loop."""
    if not scores:
        return []
    worst = -(10**9)
    o, ba, ia, bn, in_ = scores[0][0], scores[0][1], worst, scores[0][3], worst
    (oo, oba, _, obn, _), (bao, baba, baia, babn, _), (iao, iaba, iaia, iabn, _) = moves[:3]
    (bno, bnba, _, bnbn, bnin), (ino, inba, _, inbn, inin) = moves[3:]
    trail: list[tuple[int, int, int, int, int]] = []
    for own_o, own_ba, own_ia, own_bn, own_in in scores[1:]:
        best_o, best_ba, best_bn = o + oo, o + oba, o + obn
        from_o = from_ba = from_bn = 0
        for number, value, to_o, to_ba, to_bn in (
            (1, ba, bao, baba, babn),
            (2, ia, iao, iaba, iabn),
            (3, bn, bno, bnba, bnbn),
            (4, in_, ino, inba, inbn),
        ):
            if value + to_o > best_o:
                best_o, from_o = value + to_o, number
            if value + to_ba > best_ba:
                best_ba, from_ba = value + to_ba, number
            if value + to_bn > best_bn:
                best_bn, from_bn = value + to_bn, number
        if ba + baia >= ia + iaia:
            ia, from_ia = ba + baia + own_ia, 1
        else:
            ia, from_ia = ia + iaia + own_ia, 2
        if bn + bnin >= in_ + inin:
            in_, from_in = bn + bnin + own_in, 3
        else:
            in_, from_in = in_ + inin + own_in, 4
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
    """The weights of a file; without it the tagger finds nothing.

    Its ``features`` have their weights in as many columns as there are tags.
    """
    if not path.is_file():
        return Tagger((), ((0,) * len(TAGS),) * len(TAGS))
    data = json.loads(gzip.decompress(path.read_bytes()))
    packed = zip(data["features"], pack(data["weights"]), strict=True)
    return Tagger(packed, tuple(map(tuple, data["moves"])))
