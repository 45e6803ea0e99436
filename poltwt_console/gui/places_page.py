"""Every doubtful place in one list, one reason each, fixed without leaving it.

While a change is being stored the deciding keys rest: a second "1" must not fall on the next
place before anybody has seen it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from poltwt_console.domain.counts import counted, verb_for
from poltwt_console.domain.folding import fold
from poltwt_console.gui import place_questions
from poltwt_console.gui.empty_state import EmptyState
from poltwt_console.gui.labels import button, frame, label
from poltwt_console.gui.page import Page
from poltwt_console.gui.place_detail import PlaceDetail
from poltwt_console.gui.place_questions import PlacesAnswer
from poltwt_console.gui.places_list import PlacesModel, PlacesView

if TYPE_CHECKING:
    from collections.abc import Callable

    from poltwt_console.domain.changes import Changes
    from poltwt_console.gui.basemap import Basemap
    from poltwt_console.gui.desk import Desk
    from poltwt_console.gui.jobs import Jobs
    from poltwt_console.gui.notices import Notices
    from poltwt_console.gui.style import Style
    from poltwt_console.store.queries.places import PlaceRow


class PlacesPage(Page):
    """Shows and fixes doubtful places."""

    tables = frozenset({"location", "participation", "registration", "participant", "field"})
    mail_wanted = Signal(str)
    participation_wanted = Signal(str)

    def __init__(self, jobs: Jobs, notices: Notices, style: Style) -> None:
        super().__init__()
        self.setObjectName("panel")
        self._jobs = jobs
        self._notices = notices
        self._style = style
        self._answer: PlacesAnswer | None = None
        self._search = ""
        self._shown: PlaceRow | None = None
        self._writing = False
        self._asking = False
        self.model = PlacesModel()
        self.list = PlacesView(style)
        self.list.setModel(self.model)
        self.detail = PlaceDetail(style)
        self.empty = EmptyState()
        self.count = label(look="strong", wrap=True)
        self.online = button("Look them up online…", "choice")
        self.online.hide()
        self._lay_out()
        self._connect()
        style.changed.connect(self._fit)

    def _lay_out(self) -> None:
        head = frame("head")
        top = QVBoxLayout(head)
        top.setContentsMargins(12, 8, 12, 8)
        top.addWidget(self.count)
        top.addWidget(label("J K next, previous · 1–5 take a candidate · Enter address", "why", wrap=True))
        self._left = QWidget()
        top.addWidget(self.online, 0, Qt.AlignmentFlag.AlignLeft)
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        left.addWidget(head)
        left.addWidget(self.list, 1)
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left)
        row.addWidget(frame(look="line-down"))
        row.addWidget(self.detail, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(both)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)

    def _connect(self) -> None:
        self.list.chosen.connect(self._choose)
        self.list.picked.connect(self._pick)
        self.list.entered.connect(self.detail.address.widget.setFocus)
        detail = self.detail
        detail.address_edited.connect(self._edit_address)
        detail.picked.connect(self._pick)
        detail.point_wanted.connect(self._set_point)
        detail.again_wanted.connect(self._look_up_again)
        detail.zone_wanted.connect(self._choose_zone)
        detail.owner_wanted.connect(self._open_owner)
        detail.left.connect(self.list.setFocus)
        self.empty.wanted.connect(lambda: self.page_wanted.emit("map"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self._left.setFixedWidth(self._style.share(self.width(), 0.34, 200, 360))

    # -- what to show

    def use_basemap(self, basemap: Basemap) -> None:
        """Draw the map with these countries from now on."""
        self.detail.map.use_basemap(basemap)

    def refresh(self) -> None:
        """Load again."""
        self._asking = True
        self._jobs.read("doubtful-places", place_questions.doubtful, self._show)

    def search(self, words: str) -> None:
        """Show only those that have these words."""
        self._search = words
        if self._answer is not None:
            self._show_rows()

    def focus(self) -> None:
        """Give the keys to the list."""
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, answer: PlacesAnswer) -> None:
        self._answer = answer
        self._asking = self._writing = False
        self._show_rows()
        self.settled.emit()

    def _show_rows(self) -> None:
        assert self._answer is not None
        words = fold(self._search).split()
        rows = [row for row in self._answer.rows if all(word in _search_text(row) for word in words)]
        many = len(self._answer.rows)
        self.count.setText(f"{counted(many, 'place')} {verb_for(many, 'wants', 'want')} a look")
        before = max(0, self.list.currentIndex().row())
        wanted = self._shown.location_id if self._shown else ""
        place = next((n for n, row in enumerate(rows) if row.location_id == wanted), before)
        self.list.blockSignals(True)
        self.model.show_rows(rows)
        self.list.blockSignals(False)
        if rows:
            self._stack.setCurrentIndex(1)
            self.list.choose(place)
            return
        self._shown = None
        self._stack.setCurrentIndex(0)
        if many:
            self.empty.say("No doubtful place has these words", "Search for fewer or other words.")
        else:
            self.empty.say("No place is uncertain", "Every address is known well enough.", "Go to the Map")

    def _choose(self, row: int) -> None:
        if self._answer is not None and 0 <= row < len(self.model.rows):
            self._shown = self.model.rows[row]
            self.detail.show_row(self._shown, self._answer.edition, self._answer.zones)

    def _open_owner(self) -> None:
        row = self._shown
        if row is not None and row.message_id:
            self.mail_wanted.emit(row.message_id)
        elif row is not None and row.participation_id:
            self.participation_wanted.emit(row.participation_id)

    # -- setting it right

    def _pick(self, index: int) -> None:
        row = self._shown
        if row is None or index >= len(row.location.candidates):
            return
        location_id = row.location_id

        def verb(desk: Desk) -> Changes:
            from poltwt_console.workflow import locate

            return locate.pick_candidate(desk.store, location_id, index)

        self._write(verb)

    def _set_point(self, latitude: float, longitude: float) -> None:
        row = self._shown
        if row is None:
            return
        location_id = row.location_id

        def verb(desk: Desk) -> Changes:
            from poltwt_console.workflow import locate

            return locate.set_point(desk.store, desk.reader, location_id, latitude, longitude)

        self._write(verb)

    def _look_up_again(self) -> None:
        row = self._shown
        if row is None:
            return
        location_id = row.location_id

        def verb(desk: Desk) -> Changes:
            from poltwt_console.workflow import locate

            return locate.unlock(desk.store, desk.reader, location_id)

        self._write(verb)

    def _choose_zone(self, zone: str) -> None:
        row = self._shown
        if row is None or not zone:
            return
        location_id = row.location_id

        def verb(desk: Desk) -> Changes:
            from poltwt_console.workflow import locate

            return locate.choose_zone(desk.store, location_id, zone)

        self._write(verb)

    def _edit_address(self, value: str) -> None:
        row = self._shown
        if row is None:
            return
        registration_id, participation_id = row.registration_id, row.participation_id

        def verb(desk: Desk) -> Changes:
            from poltwt_console.workflow import people, review

            if registration_id is not None:
                return review.edit_field(desk.store, desk.reader, registration_id, "address", value)
            assert participation_id is not None
            return people.edit_participant(desk.store, desk.reader, participation_id, "address", value)

        self._write(verb)

    def _write(self, verb: Callable[[Desk], Changes]) -> None:
        if self._writing:
            return
        self._writing = True
        self._jobs.write(verb, self._written)

    def _written(self) -> None:
        if not self._asking:  # refused, or nothing changed: show it as it is stored
            self.refresh()


def _search_text(row: PlaceRow) -> str:
    return fold(f"{row.handle} {row.name} {row.location.query} {row.reason}")
