"""Addresses that forms ask for piece by piece: "Street: ...", "City: ...", "ZIP: ..."."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from poltwt_console.extraction.asked import LINES, OF_ADDRESS, PARTS
from poltwt_console.extraction.ditto import points_above
from poltwt_console.extraction.labels import Labelled
from poltwt_console.extraction.text import fold, words


def join_parts(labelled: list[Labelled]) -> Iterator[tuple[Labelled, ...]]:
    """Addresses given in labelled pieces: street, town, postcode; a piece that comes again begins another."""
    parts: list[Labelled] = []
    elsewhere = False
    for before, value in zip([None, *labelled], labelled, strict=False):
        if value.field in LINES or is_other_address(value):
            elsewhere = value.field not in LINES
        if elsewhere or value.field not in OF_ADDRESS or says_nothing(value):
            continue
        again = any(part.field == value.field or {part.field, value.field} <= LINES for part in parts)
        if again and not (parts[-1] is before and says_more(parts[-1], value)):
            yield from _whole(parts)
            parts = []
        parts.append(value)
    yield from _whole(parts)


def _whole(parts: Sequence[Labelled]) -> Iterator[tuple[Labelled, ...]]:
    """The pieces as one address, if they are one; what a line says already is not said again."""
    lines = [part for part in parts if part.field in LINES]
    if not lines:
        return
    said = {tuple(words(piece)) for line in lines if line.field == "address" for piece in _pieces(line)}
    told = tuple(part for part in parts if part.field in LINES or tuple(words(fold(part.value))) not in said)
    tells_place = any(part.field in ("city", "postcode") for part in told)
    if lines[0].field == "street" or len(lines) > 1 or tells_place:
        yield told


def _pieces(line: Labelled) -> Iterator[str]:
    """The pieces of a line of an address, and all that it ends with: "Riverton", "OH 44001", "44001"."""
    for piece in _COMMA.split(fold(line.value)):
        said = piece.split()
        yield from (" ".join(said[n:]) for n in range(len(said)))


_COMMA = re.compile(r"[,;\n]")


def is_other_address(value: Labelled) -> bool:
    """Whether a value is an address that does not count, so that the town below it does not either."""
    former = value.field == "ignore" and any("label.address" in senses for senses in value.asked)
    return former or value.field == "postal"


#: The second line of a form's address, "Address line 2"; the number of one of several.
_SECOND_LINE = re.compile(r"[2-4]\W{0,3}$")
_NUMBER = re.compile(r"\W{0,3}\d{1,2}\W{0,3}$")


def says_more(before: Labelled, value: Labelled) -> bool:
    """Whether a piece of an address says more of the one right before it: the street of a house number."""
    numbers = [_NUMBER.search(label.label) for label in (before, value)]
    if all(numbers) and "#" in value.label:
        return False
    if value.field == "address":
        # "Address (street)", "Address (town)"; but "Address" and "New address" are two.
        frames = [label.label.partition("(") for label in (before, value)]
        framed = all(bracket for _, bracket, _ in frames) and frames[0][0] == frames[1][0]
        return before.field in LINES and (framed or _SECOND_LINE.search(value.label) is not None)
    if value.field == "street":
        return before.field in LINES
    # A district and its province; but "City 1" and "City 2" are of two addresses.
    named = [_NUMBER.sub("", label.label) for label in (before, value)]
    return before.field == value.field and value.field in PARTS and named[0] != named[1]


def before_box(value: Labelled) -> int:
    """Where a labelled address ends, without the box in brackets behind it: "1 High Street (PO Box 5)"."""
    text, read = value.passage.text, value.passage.words
    first, last = read.span(value.start, value.end)
    for i in range(first + 1, last):
        opened = text[read.ends[i - 1] : read.starts[i]].rstrip().endswith("(")
        if opened and not read.senses[i].isdisjoint(("label.postal", "po_box")):
            return read.ends[i - 1]
    return value.end


def says_nothing(value: Labelled) -> bool:
    """Whether a piece of an address is none: a postcode without a digit, "none", "as above"."""
    if any(character.isdigit() for character in value.value):
        return False
    if value.field == "postcode":
        return True
    if points_above(value):
        return True
    told = value.passage.words.senses_in(value.start, value.end)
    return not told or (
        len(told) <= _MOST_OF_NOTHING
        and not told[0].isdisjoint(("negation", "nothing"))
        and all("street" not in senses or "nothing" in senses for senses in told)
    )


#: So many words say at most that there is nothing to say.
_MOST_OF_NOTHING = 3
