"""The place of an address: how closely it is known, when it starts there, and what else it may be."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from poltwt_console.domain.edition import Edition
from poltwt_console.domain.place import Location, LocationState, Place, Precision
from poltwt_console.domain.schedule import UnknownZoneError, window_of
from poltwt_console.gui.labels import button, clear, label, pill, set_pill
from poltwt_console.gui.mini_map import MiniMap

if TYPE_CHECKING:
    from poltwt_console.gui.basemap import Basemap
    from poltwt_console.gui.style import Style

TONES = {
    Precision.BY_HAND: "agency",
    Precision.STREET: "good",
    Precision.POSTCODE: "good",
    Precision.LOCALITY: "good",
    Precision.REGION: "warn",
    Precision.COUNTRY: "warn",
}
STATES = {
    LocationState.NOT_TRIED: ("No address to look up", "quiet"),
    LocationState.NONE: ("No such place is known", "warn"),
    LocationState.FAILED: ("Could not be looked up", "bad"),
}


class PlaceBox(QWidget):
    """Shows a Location; ``picked`` gives the index of another candidate."""

    picked = Signal(int)
    unlocked = Signal()  # look the address up again

    def __init__(self, style: Style) -> None:
        super().__init__()
        self._name = label(wrap=True)
        self._pill = pill()
        self._facts = label(look="why", wrap=True)
        self._first = label(look="why", wrap=True)
        self._doubts = label(look="why", wrap=True)
        self.map = MiniMap(style)
        self._choices = QVBoxLayout()
        self._choices.setSpacing(3)
        top = QHBoxLayout()
        top.addWidget(label("Place", "label"))
        top.addStretch(1)
        top.addWidget(self._pill)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addLayout(top)
        column.addWidget(self._name)
        column.addWidget(self._facts)
        column.addWidget(self._first)
        column.addWidget(self._doubts)
        column.addLayout(self._choices)
        column.addWidget(self.map)

    def use_basemap(self, basemap: Basemap) -> None:
        """Draw the small map with this."""
        self.map.use_basemap(basemap)

    def show_location(self, found: Location, edition: Edition, can_pick: bool) -> None:
        """Show what is known of a place."""
        place = found.place
        clear(self._choices)
        if place is None:
            words, tone = STATES.get(found.state, ("", "quiet"))
            self._name.setText(words)
            set_pill(self._pill, found.state.value, tone)
            self._facts.setText(found.error)
            self._facts.setVisible(bool(found.error))
        else:
            self._name.setText(place.label)
            words = "by hand" if found.state is LocationState.BY_HAND else place.precision.value
            set_pill(self._pill, words, TONES[place.precision])
            self._facts.setText(facts_of(place, edition))
            self._facts.show()
        first = found.original if found.original != place else None
        self._first.setText(f"First result: {first.label}" if first else "")
        self._first.setVisible(first is not None)
        doubts = [] if found.locked else [f"▲ {reason}" for reason in found.needs_review]
        self._doubts.setText("\n".join(doubts))
        self._doubts.setVisible(bool(doubts))
        self.map.setVisible(place is not None)
        self.map.show_place(place)
        if can_pick and found.locked:
            again = button("Look the address up again", "choice")
            again.clicked.connect(self.unlocked)
            self._choices.addWidget(again)
        elif can_pick and found.needs_review:
            self._offer(found)

    def _offer(self, found: Location) -> None:
        for n, candidate in enumerate(found.candidates[:4]):
            if candidate.place == found.place:
                continue
            choice = button(f"or {candidate.place.label}", "choice", name=f"Take {candidate.place.label}")
            choice.clicked.connect(lambda _=False, i=n: self.picked.emit(i))
            self._choices.addWidget(choice)


def facts_of(place: Place, edition: Edition) -> str:
    """Where it is, and when its clock says that the event starts."""
    words = [f"{place.latitude:.4f}, {place.longitude:.4f}".replace("-", "−")]
    if place.radius_km >= 1:
        words.append(f"±{place.radius_km:.0f} km")
    if place.timezone:
        words += [place.timezone, f"starts {start_words(edition, place.timezone)}"]
    else:
        words.append("time zone not known")
    return " · ".join(words)


def start_words(edition: Edition, zone: str, *, short: bool = False) -> str:
    """ "08:00 = 07:00 UTC", or only the UTC part; the day is told where it is another one."""
    try:
        window = window_of(edition, zone)
    except UnknownZoneError:
        return ""
    days = (window.start.date() - edition.day) // timedelta(days=1)
    utc = f"{window.start:%H:%M}" + (f" {days:+d}".replace("-", "−") if days else "")
    return utc if short else f"{edition.start_hour:02d}:00 = {utc} UTC"
