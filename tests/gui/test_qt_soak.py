"""The Qt binding takes its references: a version that does not aborts after some thousand calls.

PySide6 6.12.0 on CPython 3.11 loses a reference to None per call of a void function.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, Signal


class Emitter(QObject):
    """Counts what it is told."""

    told = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.count = 0
        self.told.connect(self._count)

    def _count(self, _value: object) -> None:
        self.count += 1


def test_void_calls_keep_the_references_to_none(qapp):
    made = QObject()
    before = sys.getrefcount(None)
    for _ in range(1000):
        made.setObjectName("x")
    assert sys.getrefcount(None) > before - 50


def test_twenty_thousand_emits(qapp):
    emitter = Emitter()
    before = sys.getrefcount(None)
    for n in range(20_000):
        emitter.told.emit(None)
        if n % 100 == 0:
            qapp.processEvents()
    assert emitter.count == 20_000
    assert sys.getrefcount(None) > before - 50
