"""About: what the program is, under which licence, and whose data and work are in it."""

from __future__ import annotations

from importlib import metadata

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QWidget

from poltwt_console import __version__
from poltwt_console.gui.dialogs import dialog_column
from poltwt_console.gui.labels import label
from poltwt_console.gui.style import scaled
from poltwt_console.paths import resources


class AboutDialog(QDialog):
    """The version, and all credits to read and copy."""

    def __init__(self, parent: QWidget, gazetteer_credit: str) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("About poltwt console")
        self.resize(scaled(680), scaled(520))
        self.credits = QPlainTextEdit(
            "\n\n".join(t for t in (read_text("NOTICE"), read_text("LICENSE")) if t)
        )
        self.credits.setReadOnly(True)
        self.credits.setAccessibleName("Credits and licence")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = dialog_column(self)
        column.addWidget(label(f"poltwt console {__version__}", "title"))
        column.addWidget(
            label("For the organiser of the Global Police Tweet-a-thon. MIT licence.", wrap=True)
        )
        self.places = label(gazetteer_credit, "mute", wrap=True, selectable=True)
        self.places.setVisible(bool(gazetteer_credit))
        column.addWidget(self.places)
        column.addWidget(
            label("Map: Natural Earth. Written with Qt for Python (PySide6, LGPL 3).", "mute", wrap=True)
        )
        column.addWidget(self.credits, 1)
        column.addWidget(buttons)


def read_text(name: str) -> str:
    """A text that ships beside the code in a checkout, and with the metadata of an installed package."""
    path = resources().parent / name
    if path.is_file():
        return path.read_text("utf-8")
    try:
        return metadata.distribution("poltwt-console").read_text(f"licenses/{name}") or ""
    except metadata.PackageNotFoundError:
        return ""
