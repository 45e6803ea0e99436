"""The map of who takes part, with a card for the point that was clicked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from poltwt_console.domain.counts import counted
from poltwt_console.domain.folding import fold
from poltwt_console.gui import questions
from poltwt_console.gui.basemap import Basemap, world_point
from poltwt_console.gui.clusters import Spot
from poltwt_console.gui.labels import button, clear, frame, label, pill
from poltwt_console.gui.map_view import MapView
from poltwt_console.gui.page import Page
from poltwt_console.gui.place_box import start_words
from poltwt_console.gui.questions import MapAnswer, MapPoint

if TYPE_CHECKING:
    from poltwt_console.domain.changes import Changes
    from poltwt_console.gui.desk import Desk
    from poltwt_console.gui.jobs import Jobs
    from poltwt_console.gui.notices import Notices
    from poltwt_console.gui.style import Style

_MOST_ON_CARD = 40


class MapPage(Page):
    """Shows the map; what floats over it are a legend, buttons to zoom, and the card."""

    tables = frozenset({"participation", "location", "participant"})
    participation_wanted = Signal(str)

    def __init__(self, jobs: Jobs, notices: Notices, style: Style) -> None:
        super().__init__()
        self._jobs = jobs
        self._notices = notices
        self._style = style
        self._answer: MapAnswer | None = None
        self._search = ""
        self._moving: MapPoint | None = None
        self.view = MapView(style)
        self.agencies = button("Agencies", "chip")
        self.officers = button("Officers", "chip")
        self.uncertain = button("Uncertain", "chip")
        self.missing = button("", "link")
        self.card = frame(look="card")
        self.empty = frame(look="card")
        self._nothing = label("", "empty", wrap=True)
        self._to_inbox = button("Go to the Inbox", "primary")
        self._to_inbox.clicked.connect(lambda: self.page_wanted.emit("inbox"))
        self._lay_out()
        for chip in (self.agencies, self.officers, self.uncertain):
            chip.setCheckable(True)
            chip.clicked.connect(self._show_points)
        self.agencies.setChecked(True)
        self.officers.setChecked(True)
        self.missing.clicked.connect(self._list_missing)
        self.view.chosen.connect(self.show_card)
        self.view.placed.connect(self._set_point)
        style.changed.connect(self._place_overlays)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        self.legend = frame(look="card")
        self.legend.setParent(self)
        line = QHBoxLayout(self.legend)
        line.setContentsMargins(12, 8, 12, 8)
        line.setSpacing(6)
        for widget in (self.agencies, self.officers, self.uncertain, self.missing):
            line.addWidget(widget)
        self.zoom = frame(look="card")
        self.zoom.setParent(self)
        buttons = QVBoxLayout(self.zoom)
        buttons.setContentsMargins(4, 4, 4, 4)
        buttons.setSpacing(2)
        for text, name, act in (
            ("+", "Zoom in", lambda: self.view.zoom_by(1)),
            ("−", "Zoom out", lambda: self.view.zoom_by(-1)),
            ("⤢", "Show everything", self.view.fit),
        ):
            made = button(text, "link", name=name, tip=name)
            made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            made.clicked.connect(act)
            buttons.addWidget(made)
        self.card.setParent(self)
        inside = QVBoxLayout(self.card)
        inside.setContentsMargins(14, 12, 14, 12)
        self._title = label(look="strong", wrap=True)
        self._facts = label(look="why", wrap=True)
        self._accounts = QWidget()
        self._lines = QVBoxLayout(self._accounts)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(8)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self._accounts)
        inside.addWidget(self._title)
        inside.addWidget(self._facts)
        inside.addWidget(scroll, 1)
        self.card.hide()
        self.empty.setParent(self)
        inside = QVBoxLayout(self.empty)
        inside.setContentsMargins(24, 18, 24, 18)
        inside.setSpacing(12)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        inside.addWidget(self._nothing)
        inside.addWidget(self._to_inbox, 0, Qt.AlignmentFlag.AlignHCenter)
        self.empty.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_overlays()

    def _place_overlays(self) -> None:
        px = self._style.px
        gap = px(16)
        self.legend.adjustSize()
        self.legend.move(gap, gap)
        self.zoom.adjustSize()
        self.zoom.move(gap, self.height() - gap - self.zoom.height())
        lines = min(8, max(1, self._lines.count() - 1))  # the last is the room below
        height = min(self.height() - 2 * gap, px(84) + lines * px(49))
        self.card.setGeometry(self.width() - gap - px(288), gap, px(288), height)
        size = QSize(px(360), self.empty.sizeHint().height())
        self.empty.setGeometry(QRect(QPoint((self.width() - size.width()) // 2, self.height() // 3), size))

    # -- what to show

    def use_basemap(self, basemap: Basemap) -> None:
        """Draw these countries from now on."""
        self.view.use_basemap(basemap)

    def refresh(self) -> None:
        """Load again."""
        self._jobs.read("map", questions.map_points, self._show)

    def search(self, words: str) -> None:
        """Show only those that have these words."""
        self._search = words
        self._show_points()

    def focus(self) -> None:
        """Give the keys to the map."""
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, answer: MapAnswer) -> None:
        self._answer = answer
        self.card.hide()
        self.view.pick(())
        officers = sum(point.officer for point in answer.points)
        self.agencies.setText(f"Agencies {len(answer.points) - officers:,}")
        self.officers.setText(f"Officers {officers:,}")
        self.uncertain.setText(f"Uncertain {sum(point.uncertain for point in answer.points):,}")
        self.missing.setText(f"{len(answer.missing):,} not on the map")
        self.missing.setVisible(bool(answer.missing))
        self._show_points()
        self._place_overlays()
        self.settled.emit()

    def _shown(self) -> list[tuple[int, MapPoint]]:
        if self._answer is None:
            return []
        words = [word.lstrip("@") for word in fold(self._search).split()]
        return [
            (n, point)
            for n, point in enumerate(self._answer.points)
            if (self.officers if point.officer else self.agencies).isChecked()
            and (point.uncertain or not self.uncertain.isChecked())
            and all(word in point.search for word in words)
        ]

    def _show_points(self) -> None:
        shown = self._shown()
        spots = []
        for n, point in shown:
            at = world_point(point.latitude, point.longitude)
            spots.append(Spot(n, at.x(), at.y(), point.officer))
        radii = {n: point.radius_km for n, point in shown if point.uncertain or point.radius_km >= 5}
        self.view.show_spots(spots, radii, {n: f"@{p.handle} {p.title}" for n, p in shown})
        nobody = self._answer is not None and not self._answer.points
        self._nothing.setText(
            "Nobody is on the map yet. Accept registrations in the Inbox." if nobody else "Nobody fits."
        )
        self._to_inbox.setVisible(nobody)
        self.empty.setVisible(self._answer is not None and not shown)
        self._place_overlays()

    def show_card(self, keys: tuple[int, ...]) -> None:
        """Show the accounts of a point; none hides the card."""
        answer = self._answer
        if answer is None or not keys:
            self.card.hide()
            return
        points = [answer.points[key] for key in keys]
        self._title.setText(points[0].label)
        starts = {start_words(answer.edition, p.timezone) for p in points if p.timezone}
        count = counted(len(points), "account") if len(points) > 1 else points[0].known_to
        off = max(p.radius_km for p in points)
        facts = [count, f"±{off:.0f} km" if off >= 1 else "", *(f"starts {s}" for s in sorted(starts)[:1])]
        self._facts.setText(" · ".join(fact for fact in facts if fact))
        clear(self._lines)
        for point in points[:_MOST_ON_CARD]:
            self._lines.addWidget(self._line(point))
        if len(points) > _MOST_ON_CARD:
            self._lines.addWidget(label(f"… and {len(points) - _MOST_ON_CARD} more", "why"))
        self._lines.addStretch(1)
        self._place_overlays()
        self.card.show()
        self.card.raise_()

    def _line(self, point: MapPoint) -> QWidget:
        box = frame()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        top = QHBoxLayout()
        opener = button(f"@{point.handle}", "choice", name=f"Open {point.handle}")
        opener.clicked.connect(lambda: self.participation_wanted.emit(point.id))
        top.addWidget(opener)
        mover = button("Move pin", "choice", name=f"Move the pin of {point.handle}")
        mover.setEnabled(bool(point.location_id))
        mover.clicked.connect(lambda: self._move(point))
        top.addWidget(mover)
        top.addStretch(1)
        if point.uncertain:
            top.addWidget(pill("uncertain", "warn"))
        top.addWidget(
            pill("officer" if point.officer else "agency", "officer" if point.officer else "agency")
        )
        column.addLayout(top)
        column.addWidget(label(point.title, wrap=True))
        return box

    def _move(self, point: MapPoint) -> None:
        self._moving = point
        self._notices.tell(
            f"Click where @{point.handle} is.", "The address stays as it is. Escape gives up.", tone="quiet"
        )
        self.view.ask_place()

    def _set_point(self, latitude: float, longitude: float) -> None:
        point, self._moving = self._moving, None
        if point is None:
            return

        def verb(desk: Desk) -> Changes:
            from poltwt_console.workflow import locate

            return locate.set_point(desk.store, desk.reader, point.location_id, latitude, longitude)

        self._notices.hide()
        self._jobs.write(verb)

    def _list_missing(self) -> None:
        if self._answer is not None:
            self._notices.show_list("Not on the map, and why", [words for _, words in self._answer.missing])
