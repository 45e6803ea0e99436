"""Pieces: runs of words between commas, bars, brackets, line ends, full stops and handles.

A name or a part of an address is seldom more than one piece; a line that the mail program broke
goes on in the next.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from poltwt_console.extraction.features import Tagged
from poltwt_console.extraction.lexicon import Words

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
    separators, marks, read = tagged.separators, tagged.marks, tagged.passage.words
    start, line, before = tagged.first, 0, "^"
    data = start in handles or start in marks
    for i in range(tagged.first + 1, tagged.last + 1):
        sign = separators[i - tagged.first]
        last_data, data = data, i in handles or i in marks
        if last_data == data and (sign not in _ENDS or (sign == "." and abbreviates(read, i - 1))):
            continue
        if sign not in _ENDS:
            sign = "@"
        yield Piece(start, i, line, before, sign)
        start, before = i, sign
        line += sign in _LINE_ENDS


def abbreviates(read: Words, i: int) -> bool:
    """Whether the stop behind a word shortens it ("Av.", "ul.", "C.P."), and ends no sentence."""
    length = read.ends[i] - read.starts[i]
    return (length <= 4 and not read.text[read.starts[i]].isdigit()) or (
        length <= 6 and "street" in read.senses[i]
    )
