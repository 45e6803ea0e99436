"""What can be done with a mail besides deciding: its tables, its attachments, another account."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from poltwt_console.gui import mapping_questions, questions
from poltwt_console.gui.account_dialog import AccountDialog
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
    added = Signal()  # one more account of the mail that is shown

    def __init__(self, page: QWidget, jobs: Jobs, notices: Notices, style: Style) -> None:
        super().__init__(page)
        self._page = page
        self._jobs = jobs
        self._notices = notices
        self._style = style
        self._folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation)

    def show_original(self, answer: MailAnswer | None) -> None:
        """Show the mail as it came."""
        if answer is None:
            return
        message_id, number = answer.detail.id, answer.detail.number
        self._jobs.read(
            "original",
            lambda desk: questions.original(desk, message_id),
            lambda text: self._notices.show_list(f"Mail #{number} as it came", text.split("\n")),
        )

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

    # -- attachments

    def save_attachment(self, answer: MailAnswer | None, part: str, name: str, content_type: str) -> None:
        """Ask where to, and write the attachment there; it is never opened or run."""
        if answer is None:
            return
        from poltwt_console.workflow.attachments import free_name, safe_name

        suggested = free_name(Path(self._folder), safe_name(name, content_type))
        chosen, _ = QFileDialog.getSaveFileName(self._page, "Save attachment as", str(suggested))
        if chosen:  # where there is such a file, the dialog has asked
            self.write_attachment(answer.detail.id, part, Path(chosen))

    def write_attachment(self, message_id: str, part: str, path: Path) -> None:
        """Write the attachment of a mail to a file."""
        self._folder = str(path.parent)

        def ask(desk: Desk) -> int:
            from poltwt_console.workflow.attachments import save_attachment

            return save_attachment(desk.store, message_id, part, path)

        self._jobs.load("attachment", ask, lambda _: self._notices.tell(f"Saved as {path.name}."))

    # -- an account that was not seen

    def ask_account(self, answer: MailAnswer | None, words: str) -> None:
        """Ask for another account of the mail; the words that are selected stand there."""
        if answer is None:
            return
        dialog = AccountDialog(self._page.window(), answer.detail.number, words)
        dialog.taken.connect(partial(self.add_account, answer.detail.id))
        dialog.open()

    def add_account(self, message_id: str, handle: str) -> None:
        """Add an account to a mail."""
        added: list[Changes] = []

        def verb(desk: Desk) -> Changes:
            from poltwt_console.workflow import review

            added.append(review.add_registration(desk.store, message_id, handle))
            return added[0]

        def done() -> None:
            if added:
                self.added.emit()

        self._jobs.write(verb, done)
