"""The first paint of our window against that of a bare QMainWindow, in processes of their own.

The bar is 1.6: SQLAlchemy, Alembic, openpyxl and geopy must not be imported before it.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys

BAR = 1.6
_RUNS = 9

_CLOCK = """
import sys, time
begun = time.perf_counter()
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QMainWindow
class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and watched is self.window:
            took = time.perf_counter() - begun
            heavy = [m for m in ("sqlalchemy", "alembic", "openpyxl", "geopy") if m in sys.modules]
            print(took, *heavy)
            sys.stdout.flush()
            import os; os._exit(0)
        return False
app = QApplication([])
watch = Watch()
"""
_BARE = "window = QMainWindow(); window.resize(1280, 800)\n"
_OURS = """
from poltwt_console.gui.frame import Frame
from poltwt_console.gui.style import Style
window = Frame(Style(app))
"""
_SHOW = "watch.window = window; window.installEventFilter(watch); window.show(); app.exec()"


def first_paint(code: str) -> tuple[float, list[str]]:
    """Seconds from the first import to the first paint, and what heavy was imported until then."""
    done = subprocess.run(
        [sys.executable, "-c", _CLOCK + code + _SHOW],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    seconds, *heavy = done.stdout.split()
    return float(seconds), heavy


def test_the_first_paint_waits_for_nothing_heavy():
    for code in (_BARE, _OURS):  # once for the disk's cache
        first_paint(code)
    bare, ours = [], []
    for _ in range(_RUNS):  # in turns: a noisy second hits both
        bare.append(first_paint(_BARE)[0])
        seconds, heavy = first_paint(_OURS)
        assert heavy == []
        ours.append(seconds)
    ratio = statistics.median(ours) / statistics.median(bare)
    print(
        f"\nfirst paint: bare {statistics.median(bare) * 1000:.0f} ms, "
        f"ours {statistics.median(ours) * 1000:.0f} ms, ratio {ratio:.2f}"
    )
    assert ratio <= BAR
