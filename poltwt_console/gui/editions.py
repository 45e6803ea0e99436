"""Which edition the window shows: a choice in the View menu where the database holds several."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu

from poltwt_console.gui import questions

if TYPE_CHECKING:
    from poltwt_console.domain.edition import Edition
    from poltwt_console.gui.desk import Desk
    from poltwt_console.gui.jobs import Jobs
    from poltwt_console.gui.notices import Notices


class Editions(QObject):
    """Fills the menu; ``chosen`` gives the desk of another edition."""

    chosen = Signal(object)  # Desk

    def __init__(self, view: QMenu, jobs: Jobs, notices: Notices) -> None:
        super().__init__(view)
        self._jobs = jobs
        self._notices = notices
        self.menu = QMenu("Edition", view)
        self.group = QActionGroup(self)
        self._view = view

    def ask(self) -> None:
        """Look which there are."""
        self._jobs.load("editions", questions.editions, self._fill)

    def _fill(self, editions: Sequence[Edition]) -> None:
        if len(editions) < 2:
            return
        self._view.addSeparator()
        self._view.addMenu(self.menu)
        for one in editions:
            action = self.menu.addAction(f"{one.title}".replace("&", "&&"))
            action.setCheckable(True)
            action.setData(one.id)
            action.triggered.connect(lambda _=False, e=one: self._choose(e))
            self.group.addAction(action)
        self._check()

    def _check(self) -> None:
        """Tick the one that is shown."""
        desk = self._jobs.desk
        for action in self.group.actions():
            action.setChecked(desk is not None and action.data() == desk.edition_id)

    def _choose(self, edition: Edition) -> None:
        if self._jobs.long_running:
            self._check()
            self._notices.tell(
                "One thing at a time.", "Wait for what runs to end, or cancel it.", tone="quiet"
            )
            return
        self._jobs.read("edition", lambda desk: questions.desk_of(desk, edition), self._use)

    def _use(self, desk: Desk) -> None:
        self.chosen.emit(desk)
        self._check()
