"""The Twitter name of an account that was not seen in its mail."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFormLayout, QWidget

from poltwt_console.gui.dialogs import dialog_column, take_or_cancel
from poltwt_console.gui.editors import HandleEditor
from poltwt_console.gui.labels import label
from poltwt_console.gui.style import fit


class AccountDialog(QDialog):
    """Asks for the name alone: what else the mail says of the account is given to it in the form."""

    taken = Signal(str)

    def __init__(self, parent: QWidget, number: int, words: str = "") -> None:
        from poltwt_console.workflow.proposals import HANDLE

        super().__init__(parent)
        self._fits = HANDLE.fullmatch
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Add an account")
        self.handle = HandleEditor()
        self.handle.setAccessibleName("Twitter name")
        self.handle.setPlaceholderText("@")
        self.wrong = label(look="wrong", wrap=True)
        buttons, self.ok = take_or_cancel("Add")
        buttons.accepted.connect(self._take)
        buttons.rejected.connect(self.reject)
        form = QFormLayout()
        form.addRow(label("Twitter name", "label"), self.handle)
        column = dialog_column(self)
        column.addWidget(
            label(
                f"Another account of mail #{number}. Select its other words in the mail afterwards, "
                "and give them to it with the keys 2 to 5.",
                wrap=True,
            )
        )
        column.addLayout(form)
        column.addWidget(self.wrong)
        column.addWidget(buttons)
        self.handle.textChanged.connect(self._look)
        name = words.strip().lstrip("@\uff20")
        if self._fits(name):
            self.handle.setText(f"@{name}")
        self._look()
        self.handle.setFocus()

    def _look(self) -> None:
        value = self.handle.value()
        fits = bool(self._fits(value))
        self.ok.setEnabled(fits)
        wrong = "" if fits or not value else "A Twitter name has 1 to 15 letters, digits or underscores."
        self.wrong.setText(wrong)
        self.wrong.setVisible(bool(wrong))
        fit(self, 420)

    def _take(self) -> None:
        self.taken.emit(self.handle.value())
        self.accept()
