"""One value of a form: its name, its editor, and a line that says why it stands there."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from poltwt_console.gui.editors import Editor
from poltwt_console.gui.labels import label


class ValueRow(QWidget):
    """A value with its editor; ``edited`` gives the value's name and what was typed."""

    edited = Signal(str, str)
    left = Signal()  # the person is done here: the keys go back to the list

    def __init__(self, name: str, title: str, editor: QWidget) -> None:
        super().__init__()
        self.name = name
        self._shown = ""
        self._owner = ""
        self._editor: Editor = editor  # type: ignore[assignment]
        self._why = label(look="why", wrap=True)
        title_label = label(title, "label")
        title_label.setBuddy(editor)
        editor.setAccessibleName(title)
        self._top = QHBoxLayout()
        self._top.addWidget(title_label)
        self._top.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(3)
        self._column.addLayout(self._top)
        self._column.addWidget(editor)
        self._column.addWidget(self._why)
        self._editor.committed.connect(self.commit)
        self._editor.left.connect(self.left)

    @property
    def widget(self) -> QWidget:
        """The editor, to set the focus on."""
        return self._editor  # type: ignore[return-value]

    def show_value(self, owner: str, value: str, why: str, can_edit: bool = True) -> None:
        """Show a value of ``owner``; what a person is typing into the same value stays."""
        typing = self._owner == owner and self.widget.hasFocus() and self._editor.value() != self._shown
        self._shown = value
        self._owner = owner
        if not typing:
            self._editor.show_value(value)
        self.widget.setEnabled(can_edit)
        self.widget.setAccessibleDescription(why)
        self._why.setText(why)
        self._why.setVisible(bool(why))

    def commit(self) -> None:
        """Tell of a new value; nothing where it is as it was."""
        value = self._editor.value()
        if value != self._shown and self.widget.isEnabled():
            self._shown = value
            self.edited.emit(self.name, value)
