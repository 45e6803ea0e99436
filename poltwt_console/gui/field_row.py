"""One field of the form: its name and confidence, its value, and why it stands there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from poltwt_console.domain.registration import Confidence, Evidence
from poltwt_console.gui.editors import Editor
from poltwt_console.gui.labels import button, clear, label, pill, set_pill

if TYPE_CHECKING:
    from poltwt_console.store.registrations import StoredField

_TONES = {
    Confidence.READY: ("ready", "good"),
    Confidence.LOOK: ("look", "warn"),
    Confidence.MISSING: ("missing", "quiet"),
}
_RULES = {
    "@": "written with @",
    "address": "from the address",
    "default": "by default",
    "forwarded": "in the forwarded mail",
    "guess": "guessed",
    "label": "after its label",
    "link": "from a link",
    "place of the address": "where the address lies",
    "rank": "beside a rank",
    "read": "read in the mail",
    "sender": "from the sender",
    "signature": "in the signature",
    "words": "by the words beside it",
}
_MOST_CHOICES = 3


class FieldRow(QWidget):
    """A field with its editor; ``edited`` gives the field's name and the new value."""

    edited = Signal(str, str)
    restored = Signal(str)
    left = Signal()  # the person is done here: the keys go back to the list

    def __init__(self, name: str, title: str, editor: QWidget, number: int = 0) -> None:
        super().__init__()
        self.name = name
        self._shown = ""
        self._field_id = ""
        self._editor: Editor = editor  # type: ignore[assignment]
        self._why = label(look="why", wrap=True)
        self._pill = pill()
        self._choices = QVBoxLayout()
        self._choices.setSpacing(3)
        title_label = label(f"{title}  {number}" if number else title, "label")
        title_label.setBuddy(editor)
        editor.setAccessibleName(title)
        top = QHBoxLayout()
        top.addWidget(title_label)
        top.addStretch(1)
        top.addWidget(self._pill)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addLayout(top)
        column.addWidget(editor)
        column.addWidget(self._why)
        column.addLayout(self._choices)
        self._editor.committed.connect(self.commit)
        self._editor.left.connect(self.left)

    @property
    def widget(self) -> QWidget:
        """The editor, to set the focus on."""
        return self._editor  # type: ignore[return-value]

    def show_field(self, field: StoredField, can_edit: bool) -> None:
        """Show a field as it stands; what a person is typing into the same field stays."""
        typing = self._field_id == field.id and self.widget.hasFocus() and self._editor.value() != self._shown
        self._shown = field.value
        self._field_id = field.id
        if not typing:
            self._editor.show_value(field.value)
        self.widget.setEnabled(can_edit)
        self.widget.setAccessibleDescription(why(field))
        self._why.setText(why(field))
        if field.edited_at:
            set_pill(self._pill, "by you", "agency")
        else:
            words, tone = _TONES[field.read.confidence]
            set_pill(self._pill, words, tone)
        clear(self._choices)
        if can_edit:
            self._offer(field)

    def _offer(self, field: StoredField) -> None:
        if field.edited_at:
            said = self._editor_words(field.read.value or "")
            choice = button(f"the mail says {said}" if said else "as the mail has it", "choice")
            choice.clicked.connect(lambda: self.restored.emit(self.name))
            self._choices.addWidget(choice)
            return
        values = dict.fromkeys(o.value for o in field.read.others if o.value != field.value)
        for value in list(values)[:_MOST_CHOICES]:
            choice = button(
                f"or {_short(self._editor_words(value))}", "choice", name=f"Take {value}", tip=value
            )
            choice.clicked.connect(lambda _=False, v=value: self.edited.emit(self.name, v))
            self._choices.addWidget(choice)

    def _editor_words(self, value: str) -> str:
        return f"@{value}" if self.name == "handle" and value else value

    def commit(self) -> None:
        """Tell of a new value; nothing where it is as it was."""
        value = self._editor.value()
        if value != self._shown and self.widget.isEnabled():
            self._shown = value
            self.edited.emit(self.name, value)


def why(field: StoredField) -> str:
    """Where a value comes from, in words."""
    if field.edited_at:
        local = field.edited_at.astimezone()
        return f"set by you, {local.day} {local:%b %H:%M}"
    read = field.read
    words = [_RULES.get(read.rule, read.rule), _where(read.evidence), read.reason]
    return " · ".join(word for word in words if word)


def _where(evidence: Evidence | None) -> str:
    if evidence is None:
        return ""
    if evidence.part == "subject":
        return "in the subject"
    return "in an attachment" if evidence.part.startswith("attachment") else ""


def _short(text: str, most: int = 44) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
