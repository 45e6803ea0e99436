"""Values that only point at the ones above: "same as above", "la misma", "ditto"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from poltwt_console.extraction.asked import LINES, OF_ADDRESS
from poltwt_console.extraction.labels import Labelled
from poltwt_console.extraction.text import fold, words

#: What words beside those for "the same" may mean: "at the same address as above".
_POINTING = frozenset(
    {"same", "link", "common", "located", "building", "ours", "mine"}
    | {"label.address", "label.street", "label.name"}
)
_MOST_WORDS = 8
#: Signs that repeat what stands above them, a column's or a line's.
_SIGNS = re.compile(r"[-–\s]{0,3}(?:[〃″”„\"]|,,|'')[-–\s]{0,3}")


def points_above(value: Labelled) -> bool:
    """Whether a value says nothing but that it is the same as one above."""
    read = value.passage.words
    if _SIGNS.fullmatch(value.value) or " ".join(words(fold(value.value))) in read.spelling.ditto:
        return True
    told = read.senses_in(value.start, value.end)
    return (
        0 < len(told) <= _MOST_WORDS
        and any("same" in senses for senses in told)
        and all(not senses.isdisjoint(_POINTING) for senses in told)
        and not any(map(str.isdigit, value.value))
    )


def follow(records: Iterable[dict[str, Labelled]]) -> list[dict[str, Labelled]]:
    """Records in order, each with what it points at in the one before instead of the words that do."""
    followed: list[dict[str, Labelled]] = []
    for record in records:
        pointing = {key for key, value in record.items() if _may_point(value) and points_above(value)}
        own = {key: value for key, value in record.items() if key not in pointing}
        if pointing and followed:
            fields = {record[key].field for key in pointing}
            if not fields.isdisjoint(LINES):
                fields |= OF_ADDRESS  # an address above may stand in pieces
            for key, value in followed[-1].items():
                if value.field in fields:
                    own.setdefault(key, value)
        followed.append(own)
    return followed


def _may_point(value: Labelled) -> bool:
    return value.field in OF_ADDRESS or value.field == "name"
