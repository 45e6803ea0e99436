"""The organiser's own words: added and dropped in a draft, tried over all mails, and only then kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from poltwt_console.domain.counts import counted
from poltwt_console.errors import ConsoleError
from poltwt_console.gui.dialogs import dialog_column, take_or_cancel
from poltwt_console.gui.editors import ChoiceEditor
from poltwt_console.gui.labels import button, label
from poltwt_console.gui.own_words_questions import said
from poltwt_console.gui.style import scaled

if TYPE_CHECKING:
    from poltwt_console.settings import Pattern
    from poltwt_console.workflow.rereading import Difference

#: What may follow a word, as the vocabulary names it and as the screen does.
MEANINGS = (
    ("handle", "Twitter name"),
    ("name", "Agency"),
    ("person", "Officer"),
    ("rank", "Officer’s rank"),
    ("address", "Address"),
    ("street", "Street"),
    ("postal", "Postal address"),
    ("postcode", "Postcode"),
    ("city", "City"),
    ("region", "Region"),
    ("country", "Country"),
    ("contact", "Contact"),
    ("email", "Contact’s mail"),
    ("phone", "Telephone"),
    ("participant", "Takes part as"),
    ("ignore", "nothing, ignore it"),
)
_SHOWN = dict(MEANINGS)


class OwnWordsDialog(QDialog):
    """Edits a draft of the words; what the draft would change is seen before it can be kept."""

    tried = Signal(tuple)  # the draft, to be tried
    wanted = Signal(tuple)  # the draft, to be kept
    stopped = Signal()
    import_wanted = Signal()
    export_wanted = Signal()

    def __init__(self, parent: QWidget, kept: tuple[Pattern, ...]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Own words")
        self.resize(scaled(680), scaled(600))
        self._kept = kept
        self._seen: tuple[Pattern, ...] | None = None  # the draft that was tried
        self.draft = kept
        self.text = QLineEdit()
        self.text.setAccessibleName("Words as the mails write them")
        self.text.setPlaceholderText("as the mails write it, such as: our office is at")
        self.means = ChoiceEditor(MEANINGS)
        self.means.setAccessibleName("What follows them")
        self.means.setMinimumContentsLength(18)
        self.means.show_value("address")
        self.add = button("Add")
        self.list = QListWidget()
        self.list.setAccessibleName("Your words")
        self.list.setMinimumHeight(scaled(110))
        self.drop = button("Drop")
        self.load = button("Import…", name="Import words from a file")
        self.save = button("Export…", name="Export words to a file")
        self.try_ = button("See what would change")
        self.stop = button("Stop")
        self.told = label(look="strong", wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Progress")
        self.differences = QPlainTextEdit()
        self.differences.setReadOnly(True)
        self.differences.setAccessibleName("What would change")
        self.wrong = label(look="wrong", wrap=True)
        self._buttons, self.ok = take_or_cancel("Keep")
        self._lay_out()
        self._connect()
        self._show_draft()
        self.show_busy(False)
        self.text.setFocus()

    def _lay_out(self) -> None:
        words = label(
            "Where the mails use words that the program does not know, say what follows them. "
            "They are taken as they stand, in any case, and nothing changes before you keep them.",
            wrap=True,
        )
        adding = QGridLayout()
        adding.setColumnStretch(0, 1)
        adding.addWidget(label("Words", "label"), 0, 0)
        adding.addWidget(label("What follows them", "label"), 0, 1)
        for place, widget in enumerate((self.text, self.means, self.add)):
            adding.addWidget(widget, 1, place)
        beside = QVBoxLayout()
        for made in (self.drop, self.load, self.save):
            beside.addWidget(made)
        beside.addStretch(1)
        there = QHBoxLayout()
        there.addWidget(self.list, 1)
        there.addLayout(beside)
        trying = QHBoxLayout()
        trying.addWidget(self.try_)
        trying.addWidget(self.bar, 1)
        trying.addWidget(self.stop)
        trying.addStretch(0)
        column = dialog_column(self)
        column.addWidget(words)
        column.addLayout(adding)
        column.addLayout(there)
        column.addLayout(trying)
        column.addWidget(self.told)
        column.addWidget(self.differences, 1)
        column.addWidget(self.wrong)
        column.addWidget(self._buttons)

    def _connect(self) -> None:
        for made in (self.add, self.drop, self.load, self.save, self.try_, self.stop):
            made.setAutoDefault(False)
        self.add.clicked.connect(self._add)
        self.drop.clicked.connect(self._drop)
        self.load.clicked.connect(self.import_wanted)
        self.save.clicked.connect(self.export_wanted)
        self.try_.clicked.connect(lambda: self.tried.emit(self.draft))
        self.stop.clicked.connect(self.stopped)
        self.list.currentRowChanged.connect(self._follow)
        self.text.textChanged.connect(self._follow)
        self.text.returnPressed.connect(self._add)
        self._buttons.accepted.connect(lambda: self.wanted.emit(self.draft))
        self._buttons.rejected.connect(self.reject)

    # -- the draft

    def _add(self) -> None:
        from poltwt_console.workflow.own_words import checked_word

        if not self.text.text().strip():
            return
        try:
            word = checked_word(self.text.text(), self.means.value())
        except ConsoleError as error:
            self.refuse(said(error))
            return
        self.text.clear()
        self.take([word])

    def take(self, words: Sequence[Pattern]) -> None:
        """Put more words into the draft."""
        from poltwt_console.workflow.own_words import with_words

        self._draft(with_words(self.draft, words))

    def _drop(self) -> None:
        row = self.list.currentRow()
        if row >= 0:
            self._draft(self.draft[:row] + self.draft[row + 1 :])

    def _draft(self, words: tuple[Pattern, ...]) -> None:
        self.draft = words
        self._seen = None
        self._show_draft()

    def _show_draft(self) -> None:
        self.wrong.hide()
        self.list.clear()
        for word in self.draft:
            new = "" if word in self._kept else "   (not kept yet)"
            self.list.addItem(f"“{word.text}”  →  {_SHOWN.get(word.meaning, word.meaning)}{new}")
        self.differences.clear()
        self.told.setText("" if self.draft == self._kept else "See what would change, then keep it.")
        self._follow()

    def _follow(self) -> None:
        changed = self.draft != self._kept
        self.add.setEnabled(bool(self.text.text().strip()) and not self._busy)
        self.drop.setEnabled(self.list.currentRow() >= 0 and not self._busy)
        self.load.setEnabled(not self._busy)
        self.save.setEnabled(bool(self.draft) and not self._busy)
        self.try_.setEnabled(changed and not self._busy)
        self.ok.setEnabled(changed and self._seen == self.draft and not self._busy)

    # -- what comes of it

    _busy = False

    def show_busy(self, busy: bool) -> None:
        """While the mails are read nothing else can be done here but to stop."""
        self._busy = busy
        self.bar.setRange(0, 0)
        self.bar.setVisible(busy)
        self.stop.setVisible(busy)
        self.wrong.hide()
        self._follow()

    def follow(self, done: int, total: int, words: str) -> None:
        """How far the reading is."""
        if self._busy:
            self.bar.setRange(0, total)
            self.bar.setValue(done)
            self.told.setText(words)

    def show_differences(self, differences: Sequence[Difference]) -> None:
        """What the draft would change; from now on it can be kept."""
        self._seen = self.draft
        lines = []
        for one in differences:
            lines += [f"#{one.number}  {one.subject}", *(f"      {change}" for change in one.changes)]
        self.differences.setPlainText("\n".join(lines))
        mails = counted(len(differences), "mail")
        self.told.setText(
            f"{mails} would read differently; what you decided stays as it is."
            if differences
            else "No mail would read differently."
        )
        self._follow()
        self.ok.setFocus()

    def refuse(self, words: str) -> None:
        """Say what is wrong, and let it be mended."""
        self.wrong.setText(words)
        self.wrong.show()

    def say_stopped(self) -> None:
        """The reading was stopped."""
        self.told.setText("Stopped; nothing was changed.")
