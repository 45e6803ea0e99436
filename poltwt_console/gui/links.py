"""Links to the web: shown in full first, and only http and https open."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QTextOption
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QWidget

from poltwt_console.gui.dialogs import dialog_column
from poltwt_console.gui.labels import label


class LinkDialog(QDialog):
    """The whole target of a link, however long; the browser opens it when the person says so."""

    def __init__(self, parent: QWidget, target: str) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Open this link?")
        self.setMinimumWidth(520)
        url = QUrl(target)
        self.allowed = url.scheme().lower() in ("http", "https") and bool(url.host())
        words = "The link leads to:" if self.allowed else "This link is not opened: it is no page of the web."
        self.target = QPlainTextEdit(target)
        self.target.setProperty("look", "field")
        self.target.setReadOnly(True)
        self.target.setWordWrapMode(QTextOption.WrapMode.WrapAnywhere)
        self.target.setAccessibleName("Target of the link")
        self.target.setFixedHeight(96)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        buttons.rejected.connect(self.reject)
        self.ok = buttons.addButton("Open in the browser", QDialogButtonBox.ButtonRole.AcceptRole)
        self.ok.setVisible(self.allowed)
        if self.allowed:
            buttons.accepted.connect(lambda: QDesktopServices.openUrl(url))
            buttons.accepted.connect(self.accept)
        column = dialog_column(self)
        column.addWidget(label(words, wrap=True))
        column.addWidget(self.target)
        column.addWidget(buttons)


def ask_to_open(parent: QWidget, target: str) -> LinkDialog:
    """Show the target of a link."""
    dialog = LinkDialog(parent, target)
    dialog.open()
    return dialog
