"""What was read as one stretch and is two: "1 Mill Road, 2650 Ford and 2 High Street, Bay".

A word for "and", a semicolon, or any small word between two postcodes parts them where what stands before
it is whole and what follows begins anew; the corner of two streets, or "Police and Border Guard Board",
stays one.  The whole is proposed as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from poltwt_console.extraction.address_proposals import POSTCODE_DIGITS
from poltwt_console.extraction.features import Tagged
from poltwt_console.extraction.lexicon import Words
from poltwt_console.extraction.name_proposals import NAMING
from poltwt_console.extraction.tagger import Stretch

#: How many words each half has at least.
_LEAST_WORDS = 2
#: How many words two addresses have at most together.
_MOST_WORDS = 60


def part_stretches(stretches: Iterable[Stretch], tagged: Tagged) -> Iterator[Stretch]:
    """Some stretches in order, those of two parts as two."""
    for stretch in stretches:
        rest = stretch
        for i in range(stretch.first + _LEAST_WORDS, stretch.last - _LEAST_WORDS):
            if i - rest.first < _LEAST_WORDS:
                continue
            behind = _behind_joint(rest, i, tagged)
            if behind and (
                _parts_address(rest, i, behind, tagged)
                if stretch.kind == "A"
                else _parts_name(rest, i, behind, tagged)
            ):
                yield Stretch(rest.kind, rest.first, i, rest.margin)
                rest = Stretch(rest.kind, behind, rest.last, rest.margin)
        yield rest


def _behind_joint(stretch: Stretch, i: int, tagged: Tagged) -> int:
    """Where a second part would begin if the first one ended before a word; 0 if nothing joins two here."""
    read = tagged.passage.words
    if "and" in read.senses[i]:
        return i + 1
    if stretch.kind == "A":
        if tagged.separators[i - tagged.first] == ";":
            return i
        short = stretch.last - stretch.first <= _MOST_WORDS
        if short and read.text[read.starts[i]].islower() and not _is_of_address(read, i):
            # "..., 88400 Konjic, a Jablanica: ...": whatever it says, each side has a postcode of its own.
            before = _postcodes(read, stretch.first, i)
            after = _postcodes(read, i + 1, stretch.last)
            if before and after and before.isdisjoint(after):
                return i + 1
    return 0


def _is_of_address(read: Words, i: int) -> bool:
    """Whether a small word belongs to an address; single letters are short for a street somewhere."""
    street = "street" in read.senses[i] and read.ends[i] - read.starts[i] > 1
    return street or not read.senses[i].isdisjoint(("link", "building", "po_box"))


def _postcodes(read: Words, first: int, last: int) -> set[str]:
    """The long numbers among some words."""
    forms = read.forms[first:last]
    return {form for form in forms if form.isdigit() and len(form) >= POSTCODE_DIGITS}


def _parts_address(stretch: Stretch, end: int, start: int, tagged: Tagged) -> bool:
    """Whether the first part ends with a town or postcode and holds a number, the second a street or number.

    A postcode is one long number ("8670 AB"), or two words that hold digits ("OX1 2AB").
    """
    read = tagged.passage.words
    ends = read.forms[end - 2 : end]
    postcode = any(form.isdigit() and len(form) >= POSTCODE_DIGITS for form in ends) or all(
        any(map(str.isdigit, form)) for form in ends
    )
    if not postcode and tagged.places.get(end - 1, "") in ("", "land"):
        return False
    begins = next(
        (j for j in range(start + 1, stretch.last) if tagged.separators[j - tagged.first] != " "),
        stretch.last,
    )
    word = start > end  # joins them: "rue Marie et Pierre Curie" is one
    if word and not postcode and not any(_tells_address(read, j) for j in range(start, begins)):
        return False
    return any(read.forms[j][0].isdigit() for j in range(stretch.first, end)) and any(
        read.forms[j][0].isdigit() or "street" in read.senses[j] for j in range(start, stretch.last)
    )


def _tells_address(read: Words, i: int) -> bool:
    """Whether a word is a number, or one for a street, a building or a box."""
    return read.forms[i][0].isdigit() or not read.senses[i].isdisjoint(("street", "building", "po_box"))


def _parts_name(stretch: Stretch, end: int, start: int, tagged: Tagged) -> bool:
    """Whether both halves name a police unit."""
    senses = tagged.passage.words.senses
    return all(
        any(not senses[j].isdisjoint(NAMING) for j in half)
        for half in (range(stretch.first, end), range(start, stretch.last))
    )
