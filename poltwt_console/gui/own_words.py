"""Own words: opens the dialog, lets a worker try and keep what it holds, and takes the new reader."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from poltwt_console.gui import own_words_questions
from poltwt_console.gui.own_words_dialog import OwnWordsDialog
from poltwt_console.gui.own_words_questions import FileAnswer, Outcome

if TYPE_CHECKING:
    from poltwt_console.domain.changes import Changes
    from poltwt_console.gui.desk import Desk
    from poltwt_console.gui.jobs import Jobs, RunProgress
    from poltwt_console.gui.preferences import Preferences
    from poltwt_console.settings import Pattern

_FILTER = "Words (*.json)"


class OwnWords(QObject):
    """One dialog at a time; what runs for it ends with it."""

    def __init__(self, window: QWidget, jobs: Jobs, preferences: Preferences) -> None:
        super().__init__(window)
        self._window = window
        self._jobs = jobs
        self._preferences = preferences
        self._dialog: OwnWordsDialog | None = None
        self._running = False
        self._folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        jobs.progressed.connect(self._follow)

    def open(self) -> None:
        """Show the words that are kept."""
        self._jobs.read("own-words", own_words_questions.own_words, self._show)

    def _show(self, kept: tuple[Pattern, ...]) -> None:
        dialog = self._dialog = OwnWordsDialog(self._window, kept)
        dialog.tried.connect(self._try)
        dialog.wanted.connect(self._keep)
        dialog.stopped.connect(self._jobs.cancel)
        dialog.import_wanted.connect(self._choose_file)
        dialog.export_wanted.connect(self._choose_place)
        dialog.finished.connect(self._closed)
        dialog.open()

    def _closed(self) -> None:
        self._dialog = None
        if self._running:
            self._jobs.cancel()

    def _follow(self, done: int, total: int, words: str) -> None:
        if self._running and self._dialog is not None:
            self._dialog.follow(done, total, words)

    # -- trying and keeping

    def _try(self, words: tuple[Pattern, ...]) -> None:
        outcome = Outcome()

        def verb(desk: Desk, progress: RunProgress) -> None:
            own_words_questions.try_words(desk, words, outcome, progress)

        def tried(dialog: OwnWordsDialog) -> None:
            if outcome.tried is not None:
                dialog.show_differences(outcome.tried)
            elif outcome.refusal:
                dialog.refuse(outcome.refusal)
            else:
                dialog.say_stopped()

        self._run("Reading the mails with your words", verb, tried)

    def _keep(self, words: tuple[Pattern, ...]) -> None:
        outcome = Outcome()

        def verb(desk: Desk, progress: RunProgress) -> Changes | None:
            return own_words_questions.keep_words(desk, words, outcome, progress)

        def kept(dialog: OwnWordsDialog) -> None:
            if outcome.reader is not None:
                dialog.accept()
            elif outcome.refusal:
                dialog.refuse(outcome.refusal)
            else:
                dialog.say_stopped()

        def ended() -> None:
            if outcome.reader is not None:
                self._preferences.use_reader(outcome.reader)

        self._run("Reading the mails again", verb, kept, ended)

    def _run(
        self,
        words: str,
        verb: Callable[[Desk, RunProgress], Changes | None],
        show: Callable[[OwnWordsDialog], None],
        ended: Callable[[], None] = lambda: None,
    ) -> None:
        """Run it; ``ended`` is called whatever became of the dialog, ``show`` while it is still there."""
        dialog = self._dialog
        assert dialog is not None

        def done() -> None:
            self._running = False
            ended()
            if self._dialog is dialog:
                dialog.show_busy(False)
                show(dialog)

        if self._jobs.run(words, verb, done):
            self._running = True
            dialog.show_busy(True)
        else:
            dialog.refuse("One thing at a time. Wait for what runs to end, then try again.")

    # -- files

    def _choose_file(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self._dialog, "Import words", self._folder, _FILTER)
        if name:
            self.take_file(Path(name))

    def take_file(self, path: Path) -> None:
        """Put the words of a file into the draft."""
        self._folder = str(path.parent)

        def read(answer: FileAnswer) -> None:
            if self._dialog is None:
                return
            if answer.refusal:
                self._dialog.refuse(answer.refusal)
            else:
                self._dialog.take(answer.words)

        self._jobs.read("words-file", lambda _: own_words_questions.read_file(path), read)

    def _choose_place(self) -> None:
        suggested = str(Path(self._folder) / "poltwt-words.json")
        name, _ = QFileDialog.getSaveFileName(self._dialog, "Export words", suggested, _FILTER)
        if name:
            self.write_file(Path(name))

    def write_file(self, path: Path) -> None:
        """Write the draft to a file."""
        if self._dialog is None:
            return
        self._folder = str(path.parent)
        words = self._dialog.draft

        def written(answer: FileAnswer) -> None:
            if self._dialog is None:
                return
            if answer.refusal:
                self._dialog.refuse(answer.refusal)
            else:
                self._dialog.told.setText(f"Written to {path.name}.")

        self._jobs.read("words-file", lambda _: own_words_questions.write_file(path, words), written)
