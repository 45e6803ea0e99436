"""What was read as one stretch and is two: "1 Mill Road, 2650 Ford and 2 High Street, Bay".

A word for "and" parts them where what stands before it is whole and what follows begins anew; the
corner of two streets, or "Police and Border Guard Board", stays one.  The whole is proposed as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from poltwt_console.extraction.address_proposals import POSTCODE_DIGITS
from poltwt_console.extraction.features import Tagged
from poltwt_console.extraction.name_proposals import NAMING
from poltwt_console.extraction.tagger import Stretch

#: How many words each half has at least.
_LEAST_WORDS = 2


def part_stretches(stretches: Iterable[Stretch], tagged: Tagged) -> Iterator[Stretch]:
    """Some stretches in order, those of two parts as two."""
    for stretch in stretches:
        rest = stretch
        for i in range(stretch.first + _LEAST_WORDS, stretch.last - _LEAST_WORDS):
            if i - rest.first < _LEAST_WORDS or "and" not in tagged.passage.words.senses[i]:
                continue
            if _parts_address(rest, i, tagged) if stretch.kind == "A" else _parts_name(rest, i, tagged):
                yield Stretch(rest.kind, rest.first, i, rest.margin)
                rest = Stretch(rest.kind, i + 1, rest.last, rest.margin)
        yield rest


def _parts_address(stretch: Stretch, i: int, tagged: Tagged) -> bool:
    """Whether a word follows a town or postcode, with a number before and a street or number behind.

    A postcode is one long number ("8670 AB"), or two words that hold digits ("OX1 2AB").
    """
    read = tagged.passage.words
    ends = read.forms[i - 2 : i]
    postcode = any(form.isdigit() and len(form) >= POSTCODE_DIGITS for form in ends) or all(
        any(map(str.isdigit, form)) for form in ends
    )
    if not postcode and tagged.places.get(i - 1, "") in ("", "land"):
        return False
    return any(read.forms[j][0].isdigit() for j in range(stretch.first, i)) and any(
        read.forms[j][0].isdigit() or "street" in read.senses[j] for j in range(i + 1, stretch.last)
    )


def _parts_name(stretch: Stretch, i: int, tagged: Tagged) -> bool:
    """Whether both halves name a police unit."""
    senses = tagged.passage.words.senses
    return all(
        any(not senses[j].isdisjoint(NAMING) for j in half)
        for half in (range(stretch.first, i), range(i + 1, stretch.last))
    )
