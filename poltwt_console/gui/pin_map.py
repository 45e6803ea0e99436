"""A small map whose pin can be moved: dragged, or with the arrows; the candidates stand around it.

Moving is a draft until a person says so: without a network the map shows coasts and borders only,
and a pin that is set by hand stays where it is for good.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent

from poltwt_console.domain.place import Place
from poltwt_console.gui.basemap import degrees, world_point
from poltwt_console.gui.mini_map import EQUATOR_KM, MiniMap
from poltwt_console.gui.style import Style

_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_STEP = 8  # pixels that an arrow moves the pin by
_MOST_ZOOM = 7  # doublings nearer than at first, and a third of that further away


class PinMap(MiniMap):
    """``drafted`` tells where the pin was moved to (degrees), ``confirmed`` that Enter was pressed."""

    drafted = Signal(float, float)
    confirmed = Signal()
    given_up = Signal()

    def __init__(self, style: Style) -> None:
        super().__init__(style)
        self._candidates: Sequence[Place] = ()
        self._draft: QPointF | None = None  # world units
        self._dragging = False
        self._zoom = 0.0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName("Map with the pin")
        self.setToolTip("Drag the pin, or move it with the arrows; + and − zoom")

    def _fit(self) -> None:
        self.setFixedHeight(self._style.px(230))
        self.update()

    def show_places(self, place: Place | None, candidates: Sequence[Place]) -> None:
        """Show a place with all that its address may mean; a pin that was moved goes back."""
        self._candidates = candidates
        self._draft = None
        self._dragging = False
        self._zoom = 0.0
        self.show_place(place)

    def forget_draft(self) -> None:
        """Put the pin back to where it was."""
        self._draft = None
        self.update()

    def zoom_by(self, steps: float) -> None:
        """Nearer or further away, around the place."""
        self._zoom = max(-_MOST_ZOOM / 3, min(_MOST_ZOOM, self._zoom + steps))
        self.update()

    # -- where things are

    def _scale(self) -> float:
        """Pixels of a world unit: at first the whole radius with its surroundings."""
        assert self._place is not None
        across = max(400.0, 6 * self._place.radius_km) / 2**self._zoom
        shrink = math.cos(math.radians(min(80.0, abs(self._place.latitude))))
        return self.width() * EQUATOR_KM * shrink / across

    def screen_point(self, world: QPointF) -> QPointF:
        """Where a world point stands in the widget."""
        assert self._place is not None
        middle = world_point(self._place.latitude, self._place.longitude)
        x = world.x() - middle.x()
        x -= round(x)
        away = QPointF(x, world.y() - middle.y()) * self._scale()
        return QRectF(self.rect()).center() + away

    def _world_of(self, screen: QPointF) -> QPointF:
        assert self._place is not None
        middle = world_point(self._place.latitude, self._place.longitude)
        return middle + (screen - QRectF(self.rect()).center()) / self._scale()

    def pin_point(self) -> QPointF:
        """Where the pin stands in the widget."""
        if self._draft is None:
            return QRectF(self.rect()).center()
        return self.screen_point(self._draft)

    # -- painting

    def _paint_pin(self, painter: QPainter, at: QPointF, scale: float) -> None:
        colours, px = self._style.colours, self._style.px
        face = QFont(self.font())
        face.setPixelSize(px(11))
        painter.setFont(face)
        for number, place in enumerate(self._candidates, 1):
            if place == self._place:
                continue
            spot = self.screen_point(world_point(place.latitude, place.longitude))
            painter.setPen(QPen(QColor(colours.mute), 1.5))
            painter.setBrush(QColor(colours.panel))
            painter.drawEllipse(spot, px(8), px(8))
            painter.setPen(QColor(colours.ink))
            area = QRectF(spot.x() - px(8), spot.y() - px(8), px(16), px(16))
            painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter), str(number))
        super()._paint_pin(painter, at, scale)
        if self._draft is not None:
            pin = self.pin_point()
            painter.setPen(QPen(QColor(colours.ink), 1, Qt.PenStyle.DashLine))
            painter.drawLine(at, pin)
            painter.setPen(QPen(QColor(Qt.GlobalColor.white), 2))
            painter.setBrush(QColor(colours.dot_officer))
            painter.drawEllipse(pin, px(7), px(7))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus() and self._place is not None:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(self._style.colours.accent), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
            painter.end()

    # -- mouse and keys

    def _over_pin(self, point: QPointF) -> bool:
        away = self.pin_point() - point
        return math.hypot(away.x(), away.y()) <= self._style.px(14)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._place is not None and event.button() == Qt.MouseButton.LeftButton:
            self._dragging = self._over_pin(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._place is None:
            return
        if self._dragging:
            self._move_to(event.position())
        over = self._dragging or self._over_pin(event.position())
        self.setCursor(Qt.CursorShape.SizeAllCursor if over else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._dragging = False

    def _move_to(self, point: QPointF) -> None:
        inside = QPointF(
            max(0.0, min(float(self.width()), point.x())), max(0.0, min(float(self.height()), point.y()))
        )
        self._draft = self._world_of(inside)
        self.update()
        self.drafted.emit(*degrees(self._draft))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zooms once the map has the keys; before that the wheel scrolls the form."""
        if self.hasFocus():
            self.zoom_by(event.angleDelta().y() / 240)
            event.accept()
        else:
            event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if self._place is None:
            super().keyPressEvent(event)
        elif key in _ARROWS:
            x, y = _ARROWS[key]
            self._move_to(self.pin_point() + QPointF(x, y) * self._style.px(_STEP))
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_by(0.5)
        elif key == Qt.Key.Key_Minus:
            self.zoom_by(-0.5)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._draft is not None:
            self.confirmed.emit()
        elif key == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)
