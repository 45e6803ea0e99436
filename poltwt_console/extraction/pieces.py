"""Pieces: runs of words between commas, bars, brackets, line ends, full stops and handles.

A name or a part of an address is seldom more than one piece; a line that the mail program broke
goes on in the next.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from poltwt_console.extraction.features import Tagged

#: Separators that end a piece (see ``features``): line ends, stops, commas, bars, brackets ...
_ENDS = frozenset({"%", "/n", "/n,", "/n.", ".", ",", ":", "(", ")", "|", "/", ";", "-", "^", "$"})
_LINE_ENDS = frozenset({"%", "/n", "/n,", "/n.", "^", "$"})


class Piece(NamedTuple):
    """Words ``first`` to ``last`` (half open), the number of their line, the separators around them."""

    first: int
    last: int
    line: int
    before: str
    after: str


def cut_pieces(tagged: Tagged, handles: Collection[int]) -> list[Piece]:
    """The pieces of a passage in order; ``handles`` are the words of its handles, pieces of their own."""
    return list(_cut(tagged, handles))


def _cut(tagged: Tagged, handles: Collection[int]) -> Iterator[Piece]:
    separators, marks = tagged.separators, tagged.marks
    start, line, before = tagged.first, 0, "^"
    data = start in handles or start in marks
    for i in range(tagged.first + 1, tagged.last + 1):
        sign = separators[i - tagged.first]
        last_data, data = data, i in handles or i in marks
        if last_data == data and sign not in _ENDS:
            continue
        if sign not in _ENDS:
            sign = "@"
        yield Piece(start, i, line, before, sign)
        start, before = i, sign
        line += sign in _LINE_ENDS
