"""The frame of the window: bars and an empty middle, painted before anything heavy is imported.

No module that this one imports may import ``Qt`` itself: making its hundred enums takes 14 ms.
What a person does with the frame itself (dropping files, closing) is told by signals; what
happens then is the business of ``main_window``, which is imported after the first paint.
"""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QMenu, QStackedWidget, QVBoxLayout, QWidget

from poltwt_console.gui.nav import Nav
from poltwt_console.gui.status_bar import StatusBar
from poltwt_console.gui.style import Style
from poltwt_console.gui.top_bar import TopBar

MENUS = ("File", "Edit", "Mail", "View", "Help")


class Frame(QMainWindow):
    """Everything around the pages."""

    painted = Signal()  # once: it stands on the screen
    dropped = Signal(list)  # local files and folders, as text
    closing = Signal()

    def __init__(self, style: Style) -> None:
        super().__init__()
        self.look = style
        self.bar = TopBar(style)
        self.nav = Nav(style)
        self.status = StatusBar(style)
        self.stack = QStackedWidget()
        self.strips = QVBoxLayout()
        self.menus: dict[str, QMenu] = {name: self.menuBar().addMenu(name) for name in MENUS}
        self._is_painted = False
        self.setWindowTitle("poltwt console")
        self.setAcceptDrops(True)
        self.resize(style.px(1280), style.px(800))
        self.setMinimumSize(900, 560)
        self._lay_out()

    def _lay_out(self) -> None:
        self.stack.addWidget(QWidget())
        self.strips.setSpacing(0)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addLayout(self.strips)
        right.addWidget(self.stack, 1)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.nav)
        middle.addLayout(right, 1)
        whole = QWidget()
        whole.setObjectName("ground")
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addLayout(middle, 1)
        column.addWidget(self.status)
        self.setCentralWidget(whole)
        self.nav.show_current("inbox")
        self.setFocus()  # not the first button

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            QTimer.singleShot(0, self.painted.emit)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.dropped.emit([url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()])

    def closeEvent(self, event: QCloseEvent) -> None:
        focused = self.focusWidget()
        if focused is not None:
            focused.clearFocus()  # what was typed is committed
        self.closing.emit()
        super().closeEvent(event)
