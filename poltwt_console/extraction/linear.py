"""Small linear judges: each adds up whole weights of the features that hold.

A judge decides one thing (the kind of a mail, whether a handle is meant, agency or officer, which
name and which address belong to a handle).  Weights come from ``resources/extraction/judges.json.gz``,
trained by ``tests/extraction/train.py``; a feature without a weight counts nothing, so a judge can
always be asked.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

JUDGES = ("kind", "mention", "officer", "name", "address", "trust")


@dataclass(frozen=True, slots=True)
class Judge:
    """``weights`` by feature."""

    weights: Mapping[str, int] = field(default_factory=dict)

    def score(self, features: Iterable[str]) -> int:
        return sum(filter(None, map(self.weights.get, features)))

    def rank(self, choices: Sequence[Sequence[str]]) -> list[tuple[int, int]]:
        """(score, number) of each choice, best first; equals in their order."""
        return sorted(
            ((self.score(choice), n) for n, choice in enumerate(choices)),
            key=lambda pair: (-pair[0], pair[1]),
        )

    def classify(self, features: Sequence[str], classes: Sequence[str]) -> list[tuple[int, str]]:
        """(score, class) of each class, best first."""
        scored = [(self.score([f"{name}|{feature}" for feature in features]), name) for name in classes]
        return sorted(scored, key=lambda pair: -pair[0])


def load_judges(path: Path) -> dict[str, Judge]:
    """The judges of a file; without it each judge counts nothing."""
    data: dict[str, dict[str, int]] = json.loads(gzip.decompress(path.read_bytes())) if path.is_file() else {}
    return {name: Judge(data.get(name, {})) for name in JUDGES}
