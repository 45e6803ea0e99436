"""Mail from a server into the window: asks which, then reads as a long run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from poltwt_console.errors import ConsoleError
from poltwt_console.gui import fetch_questions

if TYPE_CHECKING:
    from poltwt_console.domain.changes import Changes
    from poltwt_console.gui.desk import Desk
    from poltwt_console.gui.fetch_dialog import FetchDialog
    from poltwt_console.gui.fetch_questions import FetchAnswer, FetchWish
    from poltwt_console.gui.jobs import Jobs, RunProgress
    from poltwt_console.gui.notices import Notices
    from poltwt_console.mailbox.imap import Account


class Fetching(QObject):
    """Starts the reading; its end is told by the window like any other import."""

    def __init__(self, window: QWidget, jobs: Jobs, notices: Notices) -> None:
        super().__init__(window)
        self._window = window
        self._jobs = jobs
        self._notices = notices
        self._dialog: FetchDialog | None = None

    def open(self, first: Account | None = None) -> None:
        """Ask which server; ``first`` is what stands in the dialog."""
        self._jobs.read(
            "mail-accounts", fetch_questions.known_accounts, lambda answer: self._show(answer, first)
        )

    def _show(self, answer: FetchAnswer, first: Account | None) -> None:
        from poltwt_console.gui.fetch_dialog import FetchDialog

        dialog = self._dialog = FetchDialog(self._window, answer, first)
        dialog.wanted.connect(self._check)
        dialog.finished.connect(self._closed)
        dialog.open()

    def _closed(self) -> None:
        self._dialog = None

    def _check(self, wish: FetchWish) -> None:
        dialog = self._dialog

        def checked(words: str) -> None:
            if dialog is None or self._dialog is not dialog:
                return
            if words:
                dialog.refuse(words)
            elif self._run(wish):
                dialog.accept()
            else:
                dialog.refuse("One thing at a time. Wait for what runs to end, then try again.")

        self._jobs.read("fetch", lambda _: fetch_questions.objection(wish), checked)

    def _run(self, wish: FetchWish) -> bool:
        wrong: list[ConsoleError] = []

        def verb(desk: Desk, progress: RunProgress) -> Changes | None:
            try:
                return fetch_questions.fetch(desk, wish, progress)
            except ConsoleError as error:
                wrong.append(error)
                return None

        def done() -> None:
            if wrong:
                self._notices.tell(
                    wrong[0].sentence,
                    wrong[0].hint,
                    tone="bad",
                    actions=[("Try again…", lambda: self.open(wish.account))],
                )

        return self._jobs.run(f"Fetching from {wish.account.host}", verb, done)
