"""The list of imports: opens the dialog and takes back what a person chooses there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from poltwt_console.gui import imports_questions
from poltwt_console.gui.imports_dialog import ImportsDialog
from poltwt_console.gui.imports_questions import ImportsAnswer, TakenBack

if TYPE_CHECKING:
    from poltwt_console.domain.changes import Changes
    from poltwt_console.gui.desk import Desk
    from poltwt_console.gui.fetching import Fetching
    from poltwt_console.gui.importing import Importing
    from poltwt_console.gui.jobs import Jobs, RunProgress
    from poltwt_console.gui.style import Style
    from poltwt_console.mailbox.imap import Account
    from poltwt_console.store.batches import Batch


class Imports(QObject):
    """One dialog at a time."""

    def __init__(
        self, window: QWidget, jobs: Jobs, style: Style, importing: Importing, fetching: Fetching
    ) -> None:
        super().__init__(window)
        self._window = window
        self._jobs = jobs
        self._style = style
        self._importing = importing
        self._fetching = fetching
        self._dialog: ImportsDialog | None = None

    def open(self) -> None:
        """Show the imports."""
        dialog = self._dialog = ImportsDialog(self._window, self._style)
        dialog.chosen.connect(self._ask_left_out)
        dialog.take_back_wanted.connect(self._take_back)
        dialog.resume_wanted.connect(self._resume)
        dialog.fetch_wanted.connect(self._fetch)
        dialog.finished.connect(self._closed)
        dialog.open()
        self._ask()

    def _closed(self) -> None:
        self._dialog = None

    def _ask(self) -> None:
        self._jobs.read("imports", imports_questions.imports, self._show)

    def _show(self, answer: ImportsAnswer) -> None:
        if self._dialog is not None:
            self._dialog.show_imports(answer)

    def _ask_left_out(self, batch_id: str) -> None:
        self._jobs.read(
            "left-out", lambda desk: imports_questions.left_out(desk, batch_id), self._show_left_out
        )

    def _show_left_out(self, lines: list[str]) -> None:
        if self._dialog is not None:
            self._dialog.show_left_out(lines)

    def _resume(self, batch: Batch) -> None:
        if self._dialog is not None:
            self._dialog.accept()
        self._importing.resume(batch)

    def _fetch(self, account: Account) -> None:
        if self._dialog is not None:
            self._dialog.accept()
        self._fetching.open(account)

    def _take_back(self, batch_id: str, keep: bool) -> None:
        dialog = self._dialog
        assert dialog is not None
        outcome = TakenBack()

        def verb(desk: Desk, _progress: RunProgress) -> Changes | None:
            return imports_questions.take_back(desk, batch_id, keep, outcome)

        def done() -> None:
            if self._dialog is dialog:
                dialog.show_busy(False)
                dialog.show_outcome(outcome)
                if outcome.label:
                    self._ask()

        # A run of its own: an import that still grows is never taken back.
        if self._jobs.run("Taking an import back", verb, done):
            dialog.show_busy(True)
        else:
            dialog.say("One thing at a time. Wait for what runs to end, then try again.")
