"""One field of the form: its name and confidence, its value, and why it stands there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from poltwt_console.domain.folding import fold
from poltwt_console.domain.registration import Confidence, Evidence
from poltwt_console.gui.flow import Flow
from poltwt_console.gui.labels import button, clear, pill, set_pill
from poltwt_console.gui.rule_words import rule_words
from poltwt_console.gui.value_row import ValueRow

if TYPE_CHECKING:
    from poltwt_console.store.registrations import StoredField

_TONES = {
    Confidence.READY: ("ready", "good"),
    Confidence.LOOK: ("look", "warn"),
    Confidence.MISSING: ("missing", "quiet"),
}
_MOST_CHOICES = 3
_SMALL = 3  # letters
_AROUND = ".,;:!?()[]\"'“”‘’«»"


class FieldRow(ValueRow):
    """A field of a registration, with its runners-up to choose from."""

    restored = Signal(str)

    def __init__(self, name: str, title: str, editor: QWidget, number: int = 0) -> None:
        super().__init__(name, f"{title}  {number}" if number else title, editor)
        editor.setAccessibleName(title)
        self._pill = pill()
        self._top.addWidget(self._pill)
        self._choices = Flow()
        self._column.addLayout(self._choices)

    def show_field(self, field: StoredField, can_edit: bool) -> None:
        """Show a field as it stands."""
        self.show_value(field.id, field.value, why(field), can_edit)
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
        for value in choices(field)[:_MOST_CHOICES]:
            choice = button(
                f"or {_short(self._editor_words(value))}", "choice", name=f"Take {value}", tip=value
            )
            choice.clicked.connect(lambda _=False, v=value: self.edited.emit(self.name, v))
            self._choices.addWidget(choice)

    def _editor_words(self, value: str) -> str:
        return f"@{value}" if self.name == "handle" and value else value


def choices(field: StoredField) -> list[str]:
    """The runners-up that are worth offering: none twice, and no agency that only gains or loses a "the"."""
    offered: list[str] = []
    for other in field.read.others:
        there = [field.value, *offered]
        twice = field.name == "name" and _telling(other.value) in [_telling(one) for one in there]
        if other.value not in there and not twice:
            offered.append(other.value)
    return offered


def _telling(name: str) -> list[str]:
    """The words of a name without the small ones, folded; a name of small words alone is left whole.

    A small word is "the", or has up to three letters and no capital where others have one: "of", "is",
    "de", but not "PD", "UK" or "Ulm", which tell names apart.
    """
    words = [word.strip(_AROUND) for word in name.split()]
    capitals = not name.islower()
    telling = [
        fold(word)
        for word in words
        if fold(word) != "the"
        and not (capitals and word.isalpha() and word.islower() and len(word) <= _SMALL)
    ]
    return telling or [fold(word) for word in words]


def why(field: StoredField) -> str:
    """Where a value comes from, in words."""
    if field.edited_at:
        local = field.edited_at.astimezone()
        return f"set by you, {local.day} {local:%b %H:%M}"
    read = field.read
    words = [rule_words(field.name, read.rule), _where(read.evidence), read.reason]
    told = [word for word in dict.fromkeys(words) if word]
    return " · ".join(word for word in told if word == read.reason or word not in read.reason)


def _where(evidence: Evidence | None) -> str:
    if evidence is None:
        return ""
    if evidence.part == "subject":
        return "in the subject"
    return "in an attachment" if evidence.part.startswith("attachment") else ""


def _short(text: str, most: int = 44) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
