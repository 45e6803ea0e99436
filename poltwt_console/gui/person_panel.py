"""One participant: its values with the source of each, its place, its mails and its history."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from poltwt_console.domain.participant import ParticipationState, Visibility
from poltwt_console.domain.registration import TakesPartAs
from poltwt_console.gui.editors import AddressEditor, ChoiceEditor, CountryEditor, HandleEditor, LineEditor
from poltwt_console.gui.flow import Flow
from poltwt_console.gui.labels import button, clear, label, pill, rule, set_pill
from poltwt_console.gui.place_box import PlaceBox
from poltwt_console.gui.rule_words import rule_words
from poltwt_console.gui.value_row import ValueRow

if TYPE_CHECKING:
    from poltwt_console.gui.questions import PersonAnswer, Source
    from poltwt_console.gui.style import Style

_VISIBLE = (
    (Visibility.DEFAULT.value, "As usual"),
    (Visibility.EXACT.value, "At the address"),
    (Visibility.LOCALITY.value, "At the city only"),
    (Visibility.LIST_ONLY.value, "On the list, not on the map"),
    (Visibility.HIDDEN.value, "In no public file"),
)
_MOST_STEPS = 30


class PersonPanel(QFrame):
    """Shows and edits one participant."""

    edited = Signal(str, str)  # value's name, text
    state_wanted = Signal(str)
    visibility_wanted = Signal(str)
    picked = Signal(int)
    mail_wanted = Signal(str)
    link_wanted = Signal(str)
    left = Signal()

    def __init__(self, style: Style) -> None:
        super().__init__()
        self.setObjectName("side")
        self._title = label(look="title", wrap=True, selectable=True)
        self._link = button("", "text")
        self._kind = pill()
        self._state = pill()
        self._listed = pill()
        self._rows = {
            row.name: row
            for row in (
                ValueRow("handle", "Twitter name", HandleEditor()),
                ValueRow("name", "Agency", LineEditor()),
                ValueRow("person", "Officer", LineEditor()),
                ValueRow(
                    "kind",
                    "Takes part as",
                    ChoiceEditor(
                        ((TakesPartAs.AGENCY.value, "Agency"), (TakesPartAs.OFFICER.value, "Officer"))
                    ),
                ),
                ValueRow("address", "Address", AddressEditor(style)),
                ValueRow("city", "City", LineEditor()),
                ValueRow("country", "Country", CountryEditor()),
                ValueRow("contact_name", "Contact (never published)", LineEditor()),
                ValueRow("contact_email", "Contact’s mail (never published)", LineEditor()),
                ValueRow("note", "Note (never published)", LineEditor()),
            )
        }
        self._stands = ValueRow(
            "state", "State", ChoiceEditor(tuple((s.value, s.value) for s in ParticipationState))
        )
        self._visible = ValueRow("visibility", "Shown in public", ChoiceEditor(_VISIBLE))
        self.place = PlaceBox(style)
        self._mails = QVBoxLayout()
        self._mails.setSpacing(2)
        self._steps = QVBoxLayout()
        self._steps.setSpacing(4)
        self._lay_out()
        for row in self._rows.values():
            row.edited.connect(self.edited)
        for row in (*self._rows.values(), self._stands, self._visible):
            row.left.connect(self.left)
        self._stands.edited.connect(lambda _, value: self.state_wanted.emit(value))
        self._visible.edited.connect(lambda _, value: self.visibility_wanted.emit(value))
        self.place.picked.connect(self.picked)
        self._link.clicked.connect(
            lambda: self.link_wanted.emit(f"https://twitter.com/{self._link.text()[1:]}")
        )

    def _lay_out(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 14, 16, 16)
        column.setSpacing(10)
        column.addWidget(self._title)
        column.addWidget(self._link, 0, Qt.AlignmentFlag.AlignLeft)
        pills = Flow(6)
        for widget in (self._kind, self._state, self._listed):
            pills.addWidget(widget)
        column.addLayout(pills)
        for name in ("handle", "name", "person", "kind", "address"):
            column.addWidget(self._rows[name])
        pair = QHBoxLayout()
        for name in ("city", "country"):
            pair.addWidget(self._rows[name], 1, Qt.AlignmentFlag.AlignTop)
        column.addLayout(pair)
        column.addWidget(self.place)
        for row in (self._stands, self._visible):
            column.addWidget(row)
        for name in ("contact_name", "contact_email", "note"):
            column.addWidget(self._rows[name])
        column.addWidget(rule())
        column.addWidget(label("Mail", "label"))
        column.addLayout(self._mails)
        column.addWidget(label("History", "label"))
        column.addLayout(self._steps)
        column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._scroll)

    def show_person(self, answer: PersonAnswer) -> None:
        """Show a participant as it stands."""
        one = answer.one
        self._title.setText(one.title or f"@{one.handle}")
        self._link.setText(f"@{one.handle}")
        self._link.setAccessibleName(f"Open the page of {one.handle}")
        set_pill(self._kind, one.kind.value, one.kind.value)
        withdrawn = one.state is ParticipationState.WITHDRAWN
        set_pill(self._state, one.state.value, "bad" if withdrawn else "good")
        set_pill(self._listed, "" if answer.listed or withdrawn else "not on the list yet", "quiet")
        for name, row in self._rows.items():
            value = str(getattr(one, name))
            row.show_value(one.id, value, source_words(name, answer.sources.get(name)) if value else "")
        self._rows["person"].setVisible(one.kind is TakesPartAs.OFFICER or bool(one.person))
        self._stands.show_value(one.id, one.state.value, "")
        usual = (
            "an officer at the city only" if one.kind is TakesPartAs.OFFICER else "an agency at its address"
        )
        set_by = "set by you" if one.visibility_by == "person" else usual
        self._visible.show_value(one.id, one.visibility.value, set_by)
        if one.location is not None:
            self.place.show_location(one.location, answer.edition, True)
        self.place.setVisible(one.location is not None)
        clear(self._mails)
        for message_id, number, subject in answer.mails:
            line = button(
                _short(f"#{number}  {subject or '(no subject)'}"), "choice", name=f"Open mail {number}"
            )
            line.clicked.connect(lambda _=False, i=message_id: self.mail_wanted.emit(i))
            self._mails.addWidget(line)
        if not answer.mails:
            self._mails.addWidget(label("none: added by hand", "why"))
        clear(self._steps)
        for when, words in answer.steps[:_MOST_STEPS]:
            self._steps.addWidget(label(f"{_moment(when)} · {words}", "why", wrap=True))

    def commit(self) -> None:
        """Tell of what was typed and not yet committed."""
        for row in self._rows.values():
            row.commit()

    def focus_first(self) -> None:
        """Put the cursor into the first field."""
        self._rows["name"].widget.setFocus()


def source_words(field: str, source: Source | None) -> str:
    """Where the value of a field comes from."""
    if source is None:
        return ""
    if source.number is None:
        return f"by {source.set_by or 'you'}, {_moment(source.set_at)}"
    return f"mail #{source.number} · {rule_words(field, source.rule)}".rstrip(" ·")


def _moment(value: datetime) -> str:
    local = value.astimezone()
    return f"{local.day} {local:%b %H:%M}"


def _short(text: str, most: int = 42) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
