"""The form beside the mail: one account with its fields, its place, and what accepting would do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from poltwt_console.domain.participant import Effect
from poltwt_console.domain.registration import Intent, TakesPartAs
from poltwt_console.gui.editors import AddressEditor, ChoiceEditor, CountryEditor, HandleEditor, LineEditor
from poltwt_console.gui.field_row import FieldRow
from poltwt_console.gui.labels import button, frame, label, pill, set_pill
from poltwt_console.gui.place_box import PlaceBox
from poltwt_console.gui.proposal_box import ProposalBox

if TYPE_CHECKING:
    from poltwt_console.gui.questions import MailAnswer
    from poltwt_console.gui.style import Style

_BANDS = {"ready": ("✓ ready", "good"), "look": ("look", "warn"), "missing": ("incomplete", "warn")}
_VERBS = {
    Effect.CHANGE: "Accept change",
    Effect.RENAME: "Accept change",
    Effect.REJOIN: "Accept change",
    Effect.WITHDRAW: "Accept withdrawal",
}
#: Keys 1 to 5 and the fields they give words to; 4 is the contact's mail where the words have an "@".
KEYS = {1: "handle", 2: "name", 3: "address", 4: "contact_name", 5: "person"}


class RegistrationForm(QFrame):
    """Shows account ``position`` of a mail."""

    edited = Signal(str, str)  # field, value
    restored = Signal(str)
    picked = Signal(int)  # another place
    accept_wanted = Signal()
    aside_wanted = Signal()
    reopen_wanted = Signal()
    turned = Signal(int)  # to the account before or after
    opened = Signal(str)  # a participation
    left = Signal()  # back to the list
    add_wanted = Signal()  # another account of the mail

    def __init__(self, style: Style) -> None:
        super().__init__()
        self.setObjectName("side")
        self._account = pill()
        self._band = pill()
        self._reason = label(look="why", wrap=True)
        self._reason_below = label(look="why", wrap=True)
        self._before = button("‹", "link", name="Account before")
        self._after = button("›", "link", name="Next account")
        self._before.clicked.connect(lambda: self.turned.emit(-1))
        self._after.clicked.connect(lambda: self.turned.emit(1))
        self._rows = {
            row.name: row
            for row in (
                FieldRow("handle", "Twitter name", HandleEditor(), 1),
                FieldRow("name", "Agency", LineEditor(), 2),
                FieldRow(
                    "participant",
                    "Takes part as",
                    ChoiceEditor(
                        ((TakesPartAs.AGENCY.value, "Agency"), (TakesPartAs.OFFICER.value, "Officer"))
                    ),
                ),
                FieldRow("person", "Officer", LineEditor(), 5),
                FieldRow("address", "Address", AddressEditor(style), 3),
                FieldRow("city", "City", LineEditor()),
                FieldRow("country", "Country", CountryEditor()),
                FieldRow("contact_name", "Contact", LineEditor(), 4),
                FieldRow("contact_email", "Contact’s mail", LineEditor()),
            )
        }
        self.place = PlaceBox(style)
        self.proposal = ProposalBox()
        self.accept = button("Accept  ⏎", "primary", name="Accept")
        self.aside = button("Set aside  X", name="Set aside")
        self.reopen = button("Reopen")
        self.add = button("Add an account…", "text")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self._account)
        head.addWidget(self._band)
        head.addWidget(self._reason, 1)
        head.addWidget(self._before)
        head.addWidget(self._after)
        fields = QWidget()
        column = QVBoxLayout(fields)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self._reason_below)
        column.addWidget(self.proposal)
        for name in ("handle", "name"):
            column.addWidget(self._rows[name])
        column.addLayout(_beside(self._rows["participant"], self._rows["person"]))
        column.addWidget(self._rows["address"])
        column.addLayout(_beside(self._rows["city"], self._rows["country"]))
        column.addWidget(self.place)
        for name in ("contact_name", "contact_email"):
            column.addWidget(self._rows[name])
        column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(fields)
        foot = frame("foot")
        buttons = QHBoxLayout(foot)
        buttons.setContentsMargins(16, 10, 16, 10)
        for widget in (self.accept, self.aside, self.reopen):
            widget.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys with the list
            buttons.addWidget(widget)
        buttons.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._scroll, 1)
        whole.addWidget(foot)

    def _connect(self) -> None:
        for row in self._rows.values():
            row.edited.connect(self.edited)
            row.restored.connect(self.restored)
            row.left.connect(self.left)
        self.place.picked.connect(self.picked)
        self.proposal.opened.connect(self.opened)
        self.accept.clicked.connect(self.accept_wanted)
        self.aside.clicked.connect(self.aside_wanted)
        self.reopen.clicked.connect(self.reopen_wanted)
        self.add.clicked.connect(self.add_wanted)

    def show_account(self, answer: MailAnswer, position: int) -> None:
        """Show one account of a mail; a mail without accounts shows an empty form that says so."""
        there = bool(answer.registrations)
        for row in self._rows.values():
            row.setVisible(there)
        self.place.setVisible(there)
        self._before.setVisible(len(answer.registrations) > 1)
        self._after.setVisible(len(answer.registrations) > 1)
        self.aside.setVisible(answer.detail.state == "review")
        self.reopen.setVisible(answer.detail.state in ("done", "aside"))
        self.add.setVisible(answer.detail.state != "unread")
        if not there:
            self._show_nothing(answer)
            return
        registration, proposal = answer.registrations[position], answer.proposals[position]
        is_open = registration.state == "open"
        count = len(answer.registrations)
        set_pill(self._account, f"account {position + 1} of {count}" if count > 1 else "", "quiet")
        words, tone = _BANDS[registration.band]
        if is_open and registration.band == "ready" and not proposal.ready:
            words, tone = "look", "warn"
        change = {Intent.UPDATE: "change", Intent.WITHDRAW: "withdrawal"}.get(registration.intent)
        if change is not None:  # what it does not say, it does not need
            words, tone = change, "warn"
        set_pill(self._band, words if is_open else "", tone)
        reason = registration.band_reason if is_open and change is None else ""
        self._reason.setText(reason if count == 1 else "")
        self._reason_below.setText(reason)
        self._reason_below.setVisible(bool(reason) and count > 1)
        self.accept.setText(f"{_VERBS.get(proposal.effect, 'Accept')}  ⏎")
        for row in self._rows.values():
            row.show_field(registration.fields[row.name], is_open)
        officer = registration.value("participant") == TakesPartAs.OFFICER.value
        self._rows["person"].setVisible(officer or bool(registration.value("person")))
        self.place.show_location(registration.location, answer.edition, is_open)
        self.proposal.show_proposal(registration, proposal)
        self.accept.setVisible(is_open)
        self.aside.setEnabled(True)

    def _show_nothing(self, answer: MailAnswer) -> None:
        set_pill(self._account, "", "quiet")
        unread = answer.detail.state == "unread"
        set_pill(self._band, "not read yet" if unread else "no account found", "quiet")
        self._reason.setText("" if unread else answer.detail.kind_reason)
        self._reason_below.hide()
        self.proposal.hide()
        self.accept.hide()

    def commit(self) -> None:
        """Tell of what was typed and not yet committed."""
        for row in self._rows.values():
            row.commit()

    def number_of(self, editor: QWidget | None) -> int:
        """The number of the field that has this editor, 0 for none."""
        numbers = {name: number for number, name in KEYS.items()} | {"contact_email": 4}
        return next((numbers.get(n, 0) for n, row in self._rows.items() if row.widget is editor), 0)

    def focus_field(self, number: int) -> None:
        """Put the cursor into field ``number``."""
        row = self._rows[KEYS[number]]
        if row.isVisible():
            self._scroll.ensureWidgetVisible(row)
            row.widget.setFocus(Qt.FocusReason.ShortcutFocusReason)


def _beside(*rows: QWidget) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(10)
    for row in rows:
        line.addWidget(row, 1, Qt.AlignmentFlag.AlignTop)
    return line
