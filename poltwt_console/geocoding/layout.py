"""How numbers are packed in the file of places; shared by the builder and the reader."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from zlib import crc32

#: Raised with every change of the tables or of their meaning; another format is refused.
FORMAT = 7

#: Degrees per unit of the stored coordinates (about 1 m).
COORDINATE_STEP = 1e-5

NUMBER_MASK = (1 << 29) - 1

#: Stands where an area has no place in the file.
NO_PLACE = 0xFFFFFFFF


class Entry(IntEnum):
    """What a folded name may stand for; stored in the top three bits of an entry."""

    PLACE = 0  # another spelling of its name, or its name in another script
    PRIMARY = 1  # a place under its first name
    FORMER = 2  # a place under a name that is quite unlike its first: old, merged, foreign
    REGION = 3
    DISTRICT = 4
    COUNTRY = 5


#: Entries up to this kind are places.
LAST_PLACE_KIND = Entry.FORMER


def pack_entry(kind: Entry, number: int) -> int:
    """Kind and number as one 32-bit entry."""
    return kind << 29 | number


#: Places are numbered by squares of half a degree, from the south pole east from the date line.
SQUARES_PER_DEGREE = 2
SQUARE_ROWS, SQUARE_COLUMNS = 180 * SQUARES_PER_DEGREE, 360 * SQUARES_PER_DEGREE


def square_of(latitude: float, longitude: float) -> int:
    """The number of the square that holds a point (degrees)."""
    row = min(SQUARE_ROWS - 1, max(0, int((latitude + 90) * SQUARES_PER_DEGREE)))
    column = min(SQUARE_COLUMNS - 1, max(0, int((longitude + 180) * SQUARES_PER_DEGREE)))
    return row * SQUARE_COLUMNS + column


#: Sizes (bits, powers of two) of the two filters: about eight and thirteen bits for each key.
NAME_FILTER_BITS = 1 << 23
SKELETON_FILTER_BITS = 1 << 20


def _mixed(check: int) -> int:
    """Another number made of a CRC-32 (times 2 ** 32 over the golden ratio), of little to do with it."""
    return check * 0x9E3779B1 >> 13


def make_filter(keys: Iterable[str], bits: int) -> bytes:
    """Two bits for each key by its CRC-32, so that most words that are no key need no look into the file."""
    packed = bytearray(bits >> 3)
    for key in keys:
        check = crc32(key.encode())
        for position in (check & (bits - 1), _mixed(check) & (bits - 1)):
            packed[position >> 3] |= 1 << (position & 7)
    return bytes(packed)


def may_hold(packed: bytes, key: str) -> bool:
    """False if a key is certainly not among those of a filter; one stranger in twenty passes."""
    check = crc32(key.encode())
    last = (len(packed) << 3) - 1
    position = check & last
    if not packed[position >> 3] >> (position & 7) & 1:
        return False
    position = _mixed(check) & last
    return bool(packed[position >> 3] >> (position & 7) & 1)
