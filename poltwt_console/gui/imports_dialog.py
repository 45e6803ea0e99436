"""The imports, each with what it brought; one can be taken back as a whole, also next week."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QPlainTextEdit,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from poltwt_console.gui.dialogs import dialog_column
from poltwt_console.gui.imports_questions import ImportsAnswer, TakenBack
from poltwt_console.gui.labels import button, label, plain_tip

if TYPE_CHECKING:
    from poltwt_console.gui.style import Style
    from poltwt_console.store.batches import Batch

_COLUMNS = ("When", "From", "New", "Known", "Unreadable", "")
_NUMBERS = (2, 3, 4)
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_STATES = {"finished": "", "cancelled": "stopped", "running": "cut short"}


class ImportsDialog(QDialog):
    """Lists the imports; ``take_back_wanted`` names one, and whether decided mails are kept."""

    chosen = Signal(str)
    take_back_wanted = Signal(str, bool)
    resume_wanted = Signal(object)  # Batch
    fetch_wanted = Signal(object)  # Account

    def __init__(self, parent: QWidget, style: Style) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Imports")
        self.resize(style.px(760), style.px(520))
        self._answer = ImportsAnswer((), frozenset(), {})
        self._busy = False
        self.table = QTableWidget(0, len(_COLUMNS))
        self.table.setAccessibleName("Imports")
        for column, title in enumerate(_COLUMNS):
            item = QTableWidgetItem(title)
            item.setTextAlignment(_RIGHT if column in _NUMBERS else _LEFT)
            self.table.setHorizontalHeaderItem(column, item)
        self.table.setShowGrid(False)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(style.px(30))
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        for column, width in ((0, 140), (2, 70), (3, 70), (4, 90), (5, 90)):
            self.table.setColumnWidth(column, style.px(width))
        self.left_out = QPlainTextEdit()
        self.left_out.setReadOnly(True)
        self.left_out.setAccessibleName("What did not come in, and why")
        self.told = label(wrap=True)
        self.told.hide()
        self.take_back = button("Take back")
        self.keep = button("Keep those, take back the rest")
        self.resume = button("Go on")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        verbs = QHBoxLayout()
        for made in (self.take_back, self.keep, self.resume):
            made.setAutoDefault(False)
            verbs.addWidget(made)
        verbs.addStretch(1)
        verbs.addWidget(buttons)
        column_ = dialog_column(self)
        column_.addWidget(
            label(
                "Taking an import back removes its mails with what they say; the files stay where they are.",
                wrap=True,
            )
        )
        column_.addWidget(self.table, 2)
        column_.addWidget(label("What did not come in, and why", "label"))
        column_.addWidget(self.left_out, 1)
        column_.addWidget(self.told)
        column_.addLayout(verbs)
        self.table.itemSelectionChanged.connect(self._choose)
        self.take_back.clicked.connect(lambda: self._want(False))
        self.keep.clicked.connect(lambda: self._want(True))
        self.resume.clicked.connect(self._resume)
        self._follow()

    @property
    def batch(self) -> Batch | None:
        """The import that is selected."""
        row = self.table.currentRow()
        return self._answer.batches[row] if 0 <= row < len(self._answer.batches) else None

    def show_imports(self, answer: ImportsAnswer) -> None:
        """Show them."""
        self._answer = answer
        self.table.blockSignals(True)
        self.table.setRowCount(len(answer.batches))
        for row, batch in enumerate(answer.batches):
            for column, text in enumerate(_texts(batch)):
                item = QTableWidgetItem(text)
                item.setToolTip(plain_tip(text))
                item.setTextAlignment(_RIGHT if column in _NUMBERS else _LEFT)
                self.table.setItem(row, column, item)
        self.table.blockSignals(False)
        if answer.batches:
            self.table.selectRow(0)
        elif not self.told.text():
            self.say("Nothing was imported yet.")
        self.table.setFocus()
        self._choose()

    def _choose(self) -> None:
        self.left_out.clear()
        self.keep.hide()
        batch = self.batch
        if batch is not None:
            self.chosen.emit(batch.id)
        self._follow()

    def show_left_out(self, lines: list[str]) -> None:
        """What of the import that is selected did not come in."""
        self.left_out.setPlainText("\n".join(lines) or "Everything came in.")

    def _follow(self) -> None:
        batch = self.batch
        self.take_back.setEnabled(batch is not None and not self._busy)
        self.keep.setEnabled(not self._busy)
        again = batch is not None and batch.id in self._answer.fetchable
        self.resume.setText("Fetch again…" if again else "Go on")
        self.resume.setVisible(again or (batch is not None and batch.id in self._answer.resumable))
        self.resume.setEnabled(not self._busy)

    def _want(self, keep: bool) -> None:
        batch = self.batch
        if batch is not None:
            self.take_back_wanted.emit(batch.id, keep)

    def _resume(self) -> None:
        batch = self.batch
        if batch is None:
            return
        account = self._answer.fetchable.get(batch.id)
        if account is not None:
            self.fetch_wanted.emit(account)
        else:
            self.resume_wanted.emit(batch)

    def show_busy(self, busy: bool) -> None:
        """While one is taken back, no other is."""
        self._busy = busy
        self._follow()

    def show_outcome(self, outcome: TakenBack) -> None:
        """Say what came of it."""
        self.say(outcome.refusal or (f"{outcome.label}: done." if outcome.label else ""))
        self.keep.setVisible(outcome.decided)

    def say(self, words: str) -> None:
        """Say something else."""
        self.told.setText(words)
        self.told.setVisible(bool(words))


def _texts(batch: Batch) -> tuple[str, ...]:
    local = batch.started_at.astimezone()
    moment = f"{local.day} {local:%b %Y %H:%M}"
    counts = (f"{n:,}" for n in (batch.new, batch.known, batch.unreadable))
    return (moment, " ".join(batch.source.split()), *counts, _STATES.get(batch.state, batch.state))
