"""Mail into the window: by menu, dropped, pasted, or going on where an import was cut short."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFormLayout,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from poltwt_console.domain.changes import Changes
from poltwt_console.domain.counts import counted
from poltwt_console.gui.dialogs import dialog_column, take_or_cancel
from poltwt_console.gui.labels import label
from poltwt_console.gui.style import scaled

if TYPE_CHECKING:
    from poltwt_console.gui.desk import Desk
    from poltwt_console.gui.jobs import Jobs, RunProgress
    from poltwt_console.gui.notices import Notices
    from poltwt_console.store.batches import Batch

_FILTER = (
    "Mail and tables (*.eml *.mbox *.mbx *.emlx *.msg *.zip *.csv *.tsv *.xlsx);;"
    "Tables (*.csv *.tsv *.xlsx);;All files (*)"
)


class Importing(QObject):
    """Starts imports; their end is told by the window like any other change."""

    pasted = Signal()

    def __init__(self, window: QWidget, jobs: Jobs, notices: Notices) -> None:
        super().__init__(window)
        self._window = window
        self._jobs = jobs
        self._notices = notices
        self._folder = ""

    def choose_files(self) -> None:
        """Ask for files."""
        names, _ = QFileDialog.getOpenFileNames(self._window, "Import mail", self._folder, _FILTER)
        self.take([Path(name) for name in names])

    def choose_folder(self) -> None:
        """Ask for a folder: of mails, or a Maildir."""
        name = QFileDialog.getExistingDirectory(self._window, "Import a folder of mails", self._folder)
        self.take([Path(name)] if name else [])

    def take(self, paths: Sequence[Path]) -> None:
        """Import these files and folders."""
        if not paths:
            return
        self._folder = str(paths[0].parent)

        def verb(desk: Desk, progress: RunProgress) -> Changes:
            from poltwt_console.workflow import intake

            return intake.import_mail(
                desk.store, desk.reader, desk.edition_id, list(paths), progress=progress
            )

        shown = paths[0].name if len(paths) == 1 else counted(len(paths), "file")
        self._run(f"Importing {shown}", verb)

    def resume(self, batch: Batch) -> None:
        """Go on with an import that was cut short."""
        batch_id = batch.id

        def verb(desk: Desk, progress: RunProgress) -> Changes:
            from poltwt_console.workflow import intake

            return intake.resume_import(desk.store, desk.reader, batch_id, progress=progress)

        self._run(f"Going on with {batch.source}", verb)

    def offer(self, unfinished: Sequence[Batch]) -> None:
        """Offer to go on with the newest import that was cut short."""
        if unfinished:
            batch = unfinished[0]
            self._notices.tell(
                f"The import of {batch.source} was cut short after {counted(batch.new, 'new mail')}.",
                "What is in stays; going on doubles nothing.",
                tone="quiet",
                actions=[("Go on", lambda: self.resume(batch))],
            )

    def paste(self) -> None:
        """Import what is on the clipboard: files at once, a text after a look at it."""
        data = QGuiApplication.clipboard().mimeData()
        if data is not None and data.hasUrls() and files_of(data):
            self.take(files_of(data))
            return
        dialog = PasteDialog(self._window, data.text() if data is not None and data.hasText() else "")
        dialog.taken.connect(self.take_text)
        dialog.open()

    def take_text(self, text: str, sender: str) -> None:
        """Import a pasted text; what has no sender of its own is from ``sender``."""

        def verb(desk: Desk, progress: RunProgress) -> Changes:
            from email.utils import parseaddr

            from poltwt_console.domain.message import Sender
            from poltwt_console.mailbox import split_pasted
            from poltwt_console.workflow import intake

            author = Sender(*parseaddr(sender)) if sender.strip() else None
            return intake.import_sources(
                desk.store,
                desk.reader,
                desk.edition_id,
                split_pasted(text, sender=author),
                "the clipboard",
                progress=progress,
            )

        self._run("Reading the pasted text", verb)

    def _run(self, words: str, verb: Callable[[Desk, RunProgress], Changes]) -> None:
        if not self._jobs.run(words, verb):
            self._notices.tell(
                "One thing at a time.",
                "Wait for the import to end, or cancel it, then try again.",
                tone="quiet",
            )


class PasteDialog(QDialog):
    """The pasted text, and who sent it."""

    taken = Signal(str, str)

    def __init__(self, parent: QWidget, text: str) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Paste mail")
        self.resize(scaled(640), scaled(460))
        self.text = QPlainTextEdit(text)
        self.text.setProperty("look", "field")
        self.text.setAccessibleName("Text of the mail")
        self.text.setPlaceholderText(
            "Paste the mail here, with its From, Date and Subject lines where you have them."
        )
        self.author = QLineEdit()
        self.author.setPlaceholderText("Name <address>, where the text does not say it")
        self.author.setAccessibleName("Sender")
        self._buttons, self.ok = take_or_cancel("Import")
        self._buttons.accepted.connect(self._take)
        self._buttons.rejected.connect(self.reject)
        self.text.textChanged.connect(self._look)
        form = QFormLayout()
        form.addRow(label("From", "label"), self.author)
        column = dialog_column(self)
        column.addWidget(
            label("One mail or several; a mail without a date gets the time of now, and says so.", wrap=True)
        )
        column.addLayout(form)
        column.addWidget(self.text, 1)
        column.addWidget(self._buttons)
        self._look()
        (self.author if text.strip() else self.text).setFocus()

    def _look(self) -> None:
        self.ok.setEnabled(bool(self.text.toPlainText().strip()))

    def _take(self) -> None:
        self.taken.emit(self.text.toPlainText(), self.author.text())
        self.accept()


def files_of(data: QMimeData) -> list[Path]:
    """The local files and folders of what was dropped or copied."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
