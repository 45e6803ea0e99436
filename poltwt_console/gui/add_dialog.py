"""A participant who came by phone or on paper."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFormLayout, QWidget

from poltwt_console.domain.registration import TakesPartAs
from poltwt_console.gui.dialogs import dialog_column, take_or_cancel
from poltwt_console.gui.editors import ChoiceEditor, CountryEditor, Editor, HandleEditor, LineEditor
from poltwt_console.gui.labels import label
from poltwt_console.gui.style import fit

_FIELDS = (
    ("handle", "Twitter name"),
    ("name", "Agency"),
    ("kind", "Takes part as"),
    ("person", "Officer"),
    ("address", "Address"),
    ("city", "City"),
    ("country", "Country"),
    ("contact_name", "Contact"),
    ("contact_email", "Contact’s mail"),
)


class AddDialog(QDialog):
    """Asks for the values; ``taken`` gives them by name."""

    taken = Signal(dict)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Add a participant")
        self.editors: dict[str, QWidget] = {}
        form = QFormLayout()
        for name, title in _FIELDS:
            editor = _editor(name)
            editor.setAccessibleName(title)
            self.editors[name] = editor
            form.addRow(label(title, "label"), editor)
        buttons, self.ok = take_or_cancel("Add")
        buttons.accepted.connect(self._take)
        buttons.rejected.connect(self.reject)
        column = dialog_column(self)
        column.addWidget(label("The address is looked up when it is added.", "mute", wrap=True))
        column.addLayout(form)
        column.addWidget(buttons)
        fit(self, 440)

    def _take(self) -> None:
        editors: dict[str, Editor] = self.editors  # type: ignore[assignment]
        self.taken.emit({name: editor.value() for name, editor in editors.items()})
        self.accept()


def _editor(name: str) -> QWidget:
    if name == "handle":
        return HandleEditor()
    if name == "country":
        return CountryEditor()
    if name == "kind":
        return ChoiceEditor(((TakesPartAs.AGENCY.value, "Agency"), (TakesPartAs.OFFICER.value, "Officer")))
    return LineEditor()
