"""What all dialogs have alike: the column that holds their parts, and a chief button beside Cancel."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QVBoxLayout


def dialog_column(dialog: QDialog) -> QVBoxLayout:
    """The layout of a dialog: one part below the other, with the margins of all."""
    column = QVBoxLayout(dialog)
    column.setContentsMargins(16, 16, 16, 16)
    column.setSpacing(10)
    return column


def take_or_cancel(words: str) -> tuple[QDialogButtonBox, QPushButton]:
    """Cancel and the button that does what the dialog is for, named by ``words``; both, and that button."""
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    take = buttons.addButton(words, QDialogButtonBox.ButtonRole.AcceptRole)
    take.setProperty("look", "primary")
    return buttons, take
