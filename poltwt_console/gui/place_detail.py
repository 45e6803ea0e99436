"""One doubtful place: its address, what it may mean, the pin, and the ways to set it right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from poltwt_console.domain.place import Candidate, Location, LocationState
from poltwt_console.gui.coordinates_field import CoordinatesField
from poltwt_console.gui.editors import AddressEditor, ChoiceEditor
from poltwt_console.gui.labels import button, clear, frame, label, pill, set_pill
from poltwt_console.gui.pin_map import PinMap
from poltwt_console.gui.place_box import STATES, TONES, facts_of
from poltwt_console.gui.places_list import names_of
from poltwt_console.gui.value_row import ValueRow

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from poltwt_console.domain.edition import Edition
    from poltwt_console.gui.style import Style
    from poltwt_console.store.queries.places import PlaceRow

MOST_CANDIDATES = 5


class PlaceDetail(QFrame):
    """Shows one row of the list; every signal is a way to set it right."""

    address_edited = Signal(str)
    picked = Signal(int)  # a candidate's index
    point_wanted = Signal(float, float)  # degrees
    again_wanted = Signal()  # look the address up again
    zone_wanted = Signal(str)
    owner_wanted = Signal()  # the mail or participant that it belongs to
    left = Signal()  # the keys go back to the list

    def __init__(self, style: Style) -> None:
        super().__init__()
        self.setObjectName("panel")
        self._title = label(look="title", wrap=True, selectable=True)
        self.owner = button("Open the mail", "link")
        self._reason = label(wrap=True)
        self.address = ValueRow("address", "Address", AddressEditor(style))
        self.candidates = QVBoxLayout()
        self.candidates.setSpacing(4)
        self._may_be = label("It may be", "label")
        self._name = label(wrap=True, selectable=True)
        self._pill = pill()
        self._facts = label(look="why", wrap=True, selectable=True)
        self._first = label(look="why", wrap=True)
        self.map = PinMap(style)
        self.hint = label(look="why", wrap=True)
        self.set_pin = button("Set the pin here", "primary")
        self.put_back = button("Put it back")
        self.nearer = button("+", name="Zoom in", tip="Zoom in")
        self.further = button("−", name="Zoom out", tip="Zoom out")
        self.coordinates = CoordinatesField()
        self._zones = ChoiceEditor(())
        self.zone = ValueRow("timezone", "Time zone", self._zones)
        self.again = button("Look the address up again")
        self._draft: tuple[float, float] | None = None
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setMaximumWidth(760)
        column = QVBoxLayout(inside)
        column.setContentsMargins(20, 14, 20, 16)
        column.setSpacing(10)
        top = QHBoxLayout()
        top.addWidget(self._title, 1)
        top.addWidget(self.owner, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(top)
        box = frame(look="box-warn")
        words = QVBoxLayout(box)
        words.setContentsMargins(10, 6, 10, 6)
        words.addWidget(self._reason)
        column.addWidget(box)
        column.addWidget(self.address)
        column.addWidget(self._may_be)
        column.addLayout(self.candidates)
        place = QHBoxLayout()
        place.addWidget(self._name, 1)
        place.addWidget(self._pill, 0, Qt.AlignmentFlag.AlignTop)
        column.addWidget(label("Place", "label"))
        column.addLayout(place)
        column.addWidget(self._facts)
        column.addWidget(self._first)
        column.addWidget(self.map)
        below = QHBoxLayout()
        below.addWidget(self.hint, 1)
        for widget in (self.put_back, self.set_pin, self.further, self.nearer):
            below.addWidget(widget)
        column.addLayout(below)
        column.addWidget(self.coordinates)
        column.addWidget(self.zone)
        column.addWidget(self.again, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)

    def _connect(self) -> None:
        self.owner.clicked.connect(self.owner_wanted)
        self.address.edited.connect(lambda _, value: self.address_edited.emit(value))
        self.map.drafted.connect(self._draft_pin)
        self.map.confirmed.connect(self._confirm)
        self.map.given_up.connect(self._give_up)
        self.set_pin.clicked.connect(self._confirm)
        self.put_back.clicked.connect(self._give_up)
        self.nearer.clicked.connect(lambda: self.map.zoom_by(1))
        self.further.clicked.connect(lambda: self.map.zoom_by(-1))
        self.coordinates.given.connect(self.point_wanted)
        self.zone.edited.connect(lambda _, value: self.zone_wanted.emit(value))
        self.again.clicked.connect(self.again_wanted)
        for widget in (self.address, self.coordinates, self.zone):
            widget.left.connect(self.left)

    def show_row(self, row: PlaceRow, edition: Edition, zones: Mapping[str, Sequence[str]]) -> None:
        """Show one place as it stands; ``zones`` are those to choose from, by country."""
        found = row.location
        self._title.setText(names_of(row))
        self.owner.setText("Open the mail" if row.message_id else "Open the participant")
        self._reason.setText(f"▲ {row.reason}")
        self.address.show_value(row.location_id, found.query, "Enter looks it up again.")
        self._offer(found)
        place = found.place
        if place is None:
            words, tone = STATES.get(found.state, ("", "quiet"))
            self._name.setText(words)
            set_pill(self._pill, found.state.value, tone)
        else:
            by_hand = found.state is LocationState.BY_HAND
            self._name.setText(place.label)
            set_pill(self._pill, "by hand" if by_hand else place.precision.value, TONES[place.precision])
            self._facts.setText(facts_of(place, edition))
        self._facts.setVisible(place is not None)
        first = found.original if found.original != place else None
        self._first.setText(f"First result: {first.label}, {first.precision.value}" if first else "")
        self._first.setVisible(first is not None)
        for widget in (self.map, self.nearer, self.further):
            widget.setVisible(place is not None)
        self.map.show_places(place, [c.place for c in found.candidates[:MOST_CANDIDATES]])
        self._forget_draft()
        self.coordinates.clear()
        self._show_zones(row, zones)

    def _offer(self, found: Location) -> None:
        clear(self.candidates)
        offered = found.candidates[:MOST_CANDIDATES]
        self._may_be.setVisible(bool(offered))
        for n, candidate in enumerate(offered):
            words = f"{n + 1}   {candidate.place.label}  ({candidate_words(candidate)})"
            now = candidate.place == found.place
            made = button(
                words + ("  ✓ as now" if now else ""),
                "choice",
                name=f"Take {candidate.place.label}",
                tip="; ".join(candidate.reasons),
            )
            made.clicked.connect(lambda _=False, i=n: self.picked.emit(i))
            self.candidates.addWidget(made)

    def _show_zones(self, row: PlaceRow, zones: Mapping[str, Sequence[str]]) -> None:
        found = row.location
        offered = zones.get(found.place.country if found.place else "", ())
        wanted = bool(offered) and (not found.zone or bool(found.timezone))
        self.zone.setVisible(wanted)
        if wanted:
            self._zones.clear()
            self._zones.addItem("not known: choose", "")
            for zone in offered:
                self._zones.addItem(zone.replace("_", " "), zone)
            why = "set by you" if found.timezone else "The country has several; the start depends on it."
            self.zone.show_value(row.location_id, found.timezone, why)

    # -- moving the pin

    def _draft_pin(self, latitude: float, longitude: float) -> None:
        self._draft = (latitude, longitude)
        self.hint.setText(f"{latitude:.4f}, {longitude:.4f}".replace("-", "−"))
        self.set_pin.show()
        self.put_back.show()

    def _forget_draft(self) -> None:
        self._draft = None
        self.map.forget_draft()
        self.set_pin.hide()
        self.put_back.hide()
        self.hint.setText(
            "" if self.map.isHidden() else "Drag the pin, or move it with the arrows. The address stays."
        )

    def _confirm(self) -> None:
        if self._draft is not None:
            self.point_wanted.emit(*self._draft)

    def _give_up(self) -> None:
        if self._draft is None:
            self.left.emit()
        self._forget_draft()

    def commit(self) -> None:
        """Tell of an address that was typed and not yet committed."""
        self.address.commit()


def candidate_words(candidate: Candidate) -> str:
    """How closely a candidate is known, and how far it lies from the best."""
    place = candidate.place
    words = [place.precision.value]
    if place.radius_km >= 1:
        words.append(f"±{place.radius_km:.0f} km")
    if candidate.distance_km >= 1:
        words.append(f"{candidate.distance_km:,.0f} km from the first")
    return ", ".join(words)
