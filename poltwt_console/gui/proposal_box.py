"""What accepting would do: the effect, old beside new, the doubts, and whom it may double."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout

from poltwt_console.domain.countries import country_name
from poltwt_console.domain.participant import Effect, Proposal, ValueChange
from poltwt_console.gui.labels import button, clear, frame, label, set_property

if TYPE_CHECKING:
    from poltwt_console.store.registrations import StoredRegistration

EFFECTS: dict[Effect, tuple[str, str]] = {
    Effect.NEW: ("", "quiet"),
    Effect.RETURNING: (
        "Registered before, for another event. Accepting adds it to this one and keeps its history.",
        "good",
    ),
    Effect.CHANGE: ("Known already. Accepting changes what is registered:", "warn"),
    Effect.KNOWN: ("Known already, and nothing new is said. Accepting notes the mail, no more.", "quiet"),
    Effect.RENAME: ("Known under another Twitter name. Accepting renames it:", "warn"),
    Effect.REJOIN: ("Withdrew before. Accepting lets it take part again:", "warn"),
    Effect.WITHDRAW: ("Accepting withdraws it; the row stays in the table:", "warn"),
    Effect.UNCLEAR: ("It is not clear which account is meant. Type its Twitter name.", "bad"),
}
NAMES = {
    "handle": "Twitter name",
    "name": "Agency",
    "kind": "Takes part as",
    "person": "Officer",
    "address": "Address",
    "city": "City",
    "country": "Country",
    "contact_name": "Contact",
    "contact_email": "Contact’s mail",
    "state": "State",
}


class ProposalBox(QFrame):
    """Hidden where accepting simply adds a new account without doubts."""

    opened = Signal(str)  # a participation's id

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "box-quiet")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(10, 8, 10, 8)
        self._column.setSpacing(6)
        self.hide()

    def show_proposal(self, registration: StoredRegistration, proposal: Proposal) -> None:
        """Show what accepting would do; for one decided already, what was decided."""
        clear(self._column)
        if registration.state != "open":
            self._decided(registration)
            return
        words, tone = EFFECTS[proposal.effect]
        doubts = [*proposal.warnings, *registration.notes]
        if registration.sender_check == "amber" and not proposal.ready:
            doubts.append(f"sender: {registration.sender_reason}")
        if words:
            self._column.addWidget(label(words, wrap=True))
        if proposal.changes:
            self._column.addWidget(_table(proposal.changes))
        for doubt in doubts:
            self._column.addWidget(label(f"▲ {doubt}", wrap=True))
        for like in proposal.likenesses:
            text = f"May be {f'@{like.handle} ' if like.handle else ''}{like.name}: {', '.join(like.reasons)}"
            self._column.addWidget(label(text, wrap=True))
            shown = button(f"Look at @{like.handle}", "choice")
            shown.clicked.connect(lambda _=False, i=like.participation_id: self.opened.emit(i))
            self._column.addWidget(shown)
        if proposal.effect not in (Effect.NEW, Effect.RETURNING):
            for participation_id in proposal.participation_ids[:3]:
                shown = button("Look at what is registered", "choice")
                shown.clicked.connect(lambda _=False, i=participation_id: self.opened.emit(i))
                self._column.addWidget(shown)
        if tone == "quiet" and (proposal.warnings or proposal.likenesses):
            tone = "warn"
        set_property(self, "look", f"box-{tone}")
        self.setVisible(self._column.count() > 0)

    def _decided(self, registration: StoredRegistration) -> None:
        when = registration.decided_at.astimezone() if registration.decided_at else None
        words = {"accepted": "Accepted", "aside": "Set aside"}.get(registration.state, registration.state)
        moment = f", {when.day} {when:%b %H:%M}" if when else ""
        reason = f": {registration.state_reason}" if registration.state_reason else ""
        self._column.addWidget(
            label(f"{words} by {registration.decided_by or 'you'}{moment}{reason}", wrap=True)
        )
        if registration.participation_id:
            shown = button("Open the participant", "choice")
            shown.clicked.connect(lambda _=False, i=registration.participation_id: self.opened.emit(i))
            self._column.addWidget(shown)
        set_property(self, "look", "box-good" if registration.state == "accepted" else "box-quiet")
        self.show()


def _table(changes: tuple[ValueChange, ...]) -> QFrame:
    """For each value its name, the old, and the new below it."""
    box = frame()
    grid = QGridLayout(box)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(8)
    grid.setVerticalSpacing(2)
    grid.setColumnStretch(1, 1)
    for row, change in enumerate(changes):
        grid.addWidget(label(NAMES.get(change.name, change.name), "label"), 2 * row, 0)
        old = label(_words(change.name, change.old) or "—", "mute", wrap=True)
        new = label(f"→ {_words(change.name, change.new) or '—'}", "strong", wrap=True)
        for n, shown in enumerate((old, new)):
            grid.addWidget(shown, 2 * row + n, 1)
    return box


def _words(name: str, value: str) -> str:
    if name == "country":
        return country_name(value)
    return f"@{value}" if name == "handle" and value else value
