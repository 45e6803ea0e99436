"""What can be done with a mail besides deciding: its tables, its attachments, another account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from poltwt_console.gui import mapping_questions
from poltwt_console.gui.mapping_dialog import MappingDialog
from poltwt_console.gui.mapping_questions import TableAnswer, TableWish

if TYPE_CHECKING:
    from poltwt_console.domain.changes import Changes
    from poltwt_console.gui.desk import Desk
    from poltwt_console.gui.jobs import Jobs, RunProgress
    from poltwt_console.gui.notices import Notices
    from poltwt_console.gui.questions import MailAnswer
    from poltwt_console.gui.style import Style


class MailVerbs(QObject):
    """Opens the dialogs of a mail and carries out what they say."""

    taken = Signal(str)  # a mail that has more accounts now

    def __init__(self, page: QWidget, jobs: Jobs, notices: Notices, style: Style) -> None:
        super().__init__(page)
        self._page = page
        self._jobs = jobs
        self._notices = notices
        self._style = style

    # -- tables

    def choose_columns(self, answer: MailAnswer | None) -> None:
        """Show the first table of the mail that was not understood."""
        if answer is None:
            return
        message_id = answer.detail.id
        self._jobs.read(
            "table", lambda desk: mapping_questions.waiting_table(desk, message_id), self._show_table
        )

    def _show_table(self, answer: TableAnswer | None) -> None:
        if answer is None:
            self._notices.tell(
                "This table was mapped already.", "Its accounts are in the queue.", tone="quiet"
            )
            return
        dialog = MappingDialog(self._page.window(), self._style, answer)
        dialog.wanted.connect(self._map)
        dialog.open()

    def _map(self, wish: TableWish) -> None:
        mapped: list[Changes] = []

        def verb(desk: Desk, progress: RunProgress) -> Changes:
            mapped.append(mapping_questions.map_table(desk, wish, progress))
            return mapped[0]

        def done() -> None:
            if mapped:
                self.taken.emit(wish.message_id)

        if not self._jobs.run("Reading the table", verb, done):
            self._notices.tell("One thing at a time.", "Wait for what is running to end.", tone="quiet")
