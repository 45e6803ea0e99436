"""Links to the web: shown in full first, and only http and https open."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMessageBox, QWidget


def ask_to_open(parent: QWidget, target: str) -> QMessageBox:
    """Show the whole target of a link; the browser opens it when the person says so."""
    url = QUrl(target)
    allowed = url.scheme().lower() in ("http", "https") and bool(url.host())
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle("Open this link?")
    box.setText("The link leads to:" if allowed else "This link is not opened: it is no page of the web.")
    box.setInformativeText(target)
    if allowed:
        ok = box.addButton("Open in the browser", QMessageBox.ButtonRole.AcceptRole)
        ok.clicked.connect(lambda: QDesktopServices.openUrl(url))
    box.addButton(QMessageBox.StandardButton.Cancel)
    box.open()
    return box
