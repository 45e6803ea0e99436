"""Values that cross from one process to another, a hundred with each mail of a large import."""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import Any


class Sent:
    """Base of a frozen dataclass of two fields or more: pickled as a call with its values in order.

    What ``dataclasses`` gives a frozen class with slots walks over the fields in Python on either
    side, and takes thrice the time.
    """

    __slots__ = ()

    def __reduce__(self) -> tuple[type, tuple[Any, ...]]:
        kind: Any = type(self)
        return kind, _values(kind)(self)


@cache
def _values(kind: Any) -> attrgetter[tuple[Any, ...]]:
    return attrgetter(*(field.name for field in fields(kind)))
