"""The window: what the organiser sees and does; PySide6 lives here and nowhere else.

``open_window`` is all that others need.  What was decided: work runs in plain thread pools and
comes back over one queued signal (``jobs``); lists are windows onto the database
(``window_model``); messages have one door (``notices``); a verb's Changes tell the pages what to
load again.  SQLAlchemy and the workflow are imported by the first question a worker is asked, so
that the window is painted before.  What was refused: proxy models, QUndoStack, QSettings,
``.ui`` files, worker QObjects, globals.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import TracebackType

    from poltwt_console.gui.desk import Console

__all__ = ["open_window"]


def open_window(console: Console, *, demo: bool = False) -> int:
    """Show the window and run until it is closed; ``demo`` fills the database from the demo inbox."""
    from PySide6.QtWidgets import QApplication

    from poltwt_console.gui.frame import Frame
    from poltwt_console.gui.style import Style

    app = QApplication.instance() or QApplication([*sys.argv[:1], "-style", "Fusion"])
    assert isinstance(app, QApplication)
    app.setApplicationName("poltwt console")
    frame = Frame(Style(app))

    def work() -> None:
        from poltwt_console.gui.desk import fill_demo, open_desk
        from poltwt_console.gui.main_window import MainWindow

        window = MainWindow(frame)

        def uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
            sys.__excepthook__(kind, error, trace)
            window.notices.fault(error)

        sys.excepthook = uncaught
        window.open(lambda: open_desk(console), fill_demo if demo else None)

    frame.painted.connect(work)
    frame.show()
    try:
        return app.exec()
    finally:
        sys.excepthook = sys.__excepthook__
