"""Small linear judges: each adds up whole weights of the features that hold.

A judge decides one thing (the kind of a mail, whether a handle is meant, agency or officer, which
name and which address belong to a handle).  Weights come from ``resources/extraction/judges.json.gz``,
trained by ``tests/extraction/train.py``; a feature without a weight counts nothing, so a judge can
always be asked.

A feature is a word or a tuple of values: tuples are quick to make and recur, so each one's weight is
looked up by name once.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

JUDGES = ("kind", "mention", "standing", "officer", "name", "address", "trust")

Feature = str | tuple[str | int, ...]


def feature_name(feature: Feature) -> str:
    """The name of a feature among the weights."""
    return feature if isinstance(feature, str) else " ".join(map(str, feature))


def class_feature(name: str, feature: str) -> str:
    """The name of a feature, named already, among the weights of one class."""
    return f"{name}|{feature}"


def topic_feature(topic: str, feature: Feature) -> Feature:
    """A feature as it counts for one topic of a judge's."""
    return (topic, feature) if isinstance(feature, str) else (topic, *feature)


#: Most features take few values, but some are words.
_MOST_KNOWN = 100_000


class _Known(dict[Feature, int]):
    """The weights of the features met so far."""

    def __init__(self, weights: Mapping[str, int], topic: str = "") -> None:
        super().__init__()
        self.weights = weights
        self.topic = topic

    def __missing__(self, feature: Feature) -> int:
        full = topic_feature(self.topic, feature) if self.topic else feature
        weight = self.weights.get(feature_name(full), 0)
        if len(self) >= _MOST_KNOWN:
            self.clear()
        self[feature] = weight
        return weight


@dataclass(frozen=True, slots=True)
class Judge:
    """``weights`` by the name of the feature."""

    weights: Mapping[str, int] = field(default_factory=dict)
    _known: _Known = field(init=False, repr=False, compare=False)
    _under: dict[str, _Known] = field(default_factory=dict, init=False, repr=False, compare=False)
    _rows: dict[Feature, tuple[int, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_known", _Known(self.weights))

    def score(self, features: Iterable[Feature]) -> int:
        return sum(map(self._known.__getitem__, features))

    def score_under(self, topic: str, features: Iterable[Feature]) -> int:
        """The points that features have under a topic, see :func:`topic_feature`."""
        known = self._under.get(topic)
        if known is None:
            known = self._under[topic] = _Known(self.weights, topic)
        return sum(map(known.__getitem__, features))

    def classify(self, features: Sequence[Feature], classes: Sequence[str]) -> list[tuple[int, str]]:
        """(score, class) of each class, best first; always ask with the same classes."""
        rows = []
        for feature in features:
            row = self._rows.get(feature)
            if row is None:
                named = feature_name(feature)
                row = tuple(self.weights.get(class_feature(name, named), 0) for name in classes)
                if len(self._rows) >= _MOST_KNOWN:
                    self._rows.clear()
                self._rows[feature] = row
            rows.append(row)
        scored = [(sum(column), name) for column, name in zip(zip(*rows, strict=True), classes, strict=True)]
        return sorted(scored, key=lambda pair: -pair[0])


def load_judges(path: Path) -> dict[str, Judge]:
    """The judges of a file; without it each judge counts nothing."""
    data: dict[str, dict[str, int]] = json.loads(gzip.decompress(path.read_bytes())) if path.is_file() else {}
    return {name: Judge(data.get(name, {})) for name in JUDGES}
