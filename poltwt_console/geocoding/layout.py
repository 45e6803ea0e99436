"""How numbers are packed in the file of places; shared by the builder and the reader."""

from __future__ import annotations

from enum import IntEnum

#: Raised with every change of the tables or of their meaning; another format is refused.
FORMAT = 1

#: Degrees per unit of the stored coordinates (about 1 m).
COORDINATE_STEP = 1e-5

NUMBER_MASK = (1 << 29) - 1


class Entry(IntEnum):
    """What a folded name may stand for; stored in the top three bits of an entry."""

    PLACE = 0  # one of its other names
    PRIMARY = 1  # a place under its first name
    REGION = 2
    DISTRICT = 3
    COUNTRY = 4


def pack_entry(kind: Entry, number: int) -> int:
    """Kind and number as one 32-bit entry."""
    return kind << 29 | number


def square_of(latitude: float, longitude: float) -> int:
    """The number of the one-degree square that holds a point (degrees)."""
    row = min(179, max(0, int(latitude + 90)))
    column = min(359, max(0, int(longitude + 180)))
    return row * 360 + column
