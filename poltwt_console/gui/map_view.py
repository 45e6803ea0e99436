"""The map: countries painted once into a picture with a margin, points clustered on top.

Panning moves the picture and draws the points anew (1 ms); the picture is painted again when its
margin runs out or the zoom changes (10 to 30 ms).  Everything is offline.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from poltwt_console.gui.basemap import Basemap, degrees
from poltwt_console.gui.clusters import TILE, Cluster, Spot, cluster
from poltwt_console.gui.labels import plain_tip
from poltwt_console.gui.mini_map import EQUATOR_KM
from poltwt_console.gui.style import Style

MOST_ZOOM = 12.0
_MARGIN = 0.25
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class MapView(QWidget):
    """Shows spots on the world; ``chosen`` gives the keys of what was clicked or entered."""

    chosen = Signal(tuple)
    placed = Signal(float, float)  # latitude, longitude of the click after ``ask_place``

    def __init__(self, style: Style) -> None:
        super().__init__()
        self._style = style
        self._basemap: Basemap | None = None
        self._spots: dict[int, Spot] = {}
        self._radii: dict[int, float] = {}
        self._titles: dict[int, str] = {}
        self._clusters: dict[int, list[Cluster]] = {}
        self._picked: frozenset[int] = frozenset()
        self._centre = QPointF(0.5, 0.36)
        self._zoom = 1.6
        self._base: QPixmap | None = None
        self._base_centre = QPointF()
        self._pressed: QPoint | None = None
        self._moved = False
        self._placing = False
        self._fit_wanted = True  # until a person moves the map
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName("Map")
        self.setAccessibleDescription(
            "Arrows pan, plus and minus zoom, 0 shows everything, "
            "N and P go through the points, Enter opens one."
        )
        style.changed.connect(self._repaint_base)

    # -- what to show

    def use_basemap(self, basemap: Basemap) -> None:
        """Draw these countries from now on."""
        self._basemap = basemap
        self._repaint_base()

    def show_spots(self, spots: Sequence[Spot], radii: dict[int, float], titles: dict[int, str]) -> None:
        """Show other points; ``radii`` (km) where a point is uncertain, ``titles`` for the tool tips."""
        self._spots = {spot.key: spot for spot in spots}
        self._radii = radii
        self._titles = titles
        self._clusters = {}
        self._picked &= frozenset(self._spots)
        if self._fit_wanted:
            self.fit()
        self.update()

    def pick(self, keys: Sequence[int]) -> None:
        """Ring these points and draw how far off they may be."""
        self._picked = frozenset(keys)
        self.update()

    def ask_place(self) -> None:
        """Let the next click say where; Escape gives it up."""
        self._placing = True
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setFocus()

    def fit(self) -> None:
        """Show all points, or the world where there are none."""
        self._fit_wanted = True
        if not self._spots:
            self.look_at(QPointF(0.5, 0.36), self.least_zoom)
            return
        xs = [s.x for s in self._spots.values()]
        ys = [s.y for s in self._spots.values()]
        self.show_box(QRectF(QPointF(min(xs), min(ys)), QPointF(max(xs), max(ys))))

    def show_box(self, box: QRectF) -> None:
        """Show a box of world units with some room around it."""
        room_x, room_y = max(1, self.width() - 160), max(1, self.height() - 160)
        across = max(box.width() / room_x, box.height() / room_y, 1e-9)
        # The world repeats to either side, so what is too wide for the view is still all on it.
        self.look_at(box.center(), min(9.0, math.log2(1 / (across * TILE))))

    @property
    def least_zoom(self) -> float:
        """The zoom at which the world fills the view once."""
        return max(0.0, math.log2(max(self.width(), 1.2 * self.height(), TILE) / TILE))

    def look_at(self, centre: QPointF, zoom: float) -> None:
        """Move there."""
        zoom = max(self.least_zoom, min(MOST_ZOOM, zoom))
        if zoom != self._zoom:
            self._zoom = zoom
            self._base = None
        half = self.height() / 2 / self.scale
        y = 0.5 if half >= 0.5 else max(half, min(1 - half, centre.y()))
        self._centre = QPointF(centre.x() % 1.0, y)
        self.update()

    @property
    def scale(self) -> float:
        """Pixels of a world unit."""
        return TILE * 2**self._zoom

    @property
    def zoom(self) -> float:
        """The zoom level."""
        return self._zoom

    @property
    def clusters(self) -> list[Cluster]:
        """The clusters of the level that is shown."""
        level = max(0, round(self._zoom))
        if level not in self._clusters:
            self._clusters[level] = cluster(list(self._spots.values()), level)
        return self._clusters[level]

    def screen_point(self, world: QPointF) -> QPointF:
        """Where a world point stands in the widget, on the turn that is nearest to the middle."""
        x = world.x() - self._centre.x()
        x -= round(x)
        return QPointF(
            self.width() / 2 + x * self.scale,
            self.height() / 2 + (world.y() - self._centre.y()) * self.scale,
        )

    def world_of(self, screen: QPointF) -> QPointF:
        """The world point under a point of the widget."""
        return QPointF(
            self._centre.x() + (screen.x() - self.width() / 2) / self.scale,
            self._centre.y() + (screen.y() - self.height() / 2) / self.scale,
        )

    # -- painting

    def _repaint_base(self) -> None:
        self._base = None
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_base(painter)
        self._paint_radii(painter)
        for one in self.clusters:
            at = self.screen_point(one.middle)
            if self.rect().adjusted(-40, -40, 40, 40).contains(at.toPoint()):
                self._paint_cluster(painter, one, at)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(self._style.colours.accent), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()

    def _paint_base(self, painter: QPainter) -> None:
        margin_x, margin_y = self.width() * _MARGIN, self.height() * _MARGIN
        dx = (self._centre.x() - self._base_centre.x() + 0.5) % 1.0 - 0.5
        shift = QPointF(dx * self.scale, (self._centre.y() - self._base_centre.y()) * self.scale)
        out = abs(shift.x()) > margin_x or abs(shift.y()) > margin_y
        if self._base is None or out:
            self._base = self._render(
                QSize(round(self.width() + 2 * margin_x), round(self.height() + 2 * margin_y))
            )
            self._base_centre = QPointF(self._centre)
            shift = QPointF(0, 0)
        painter.drawPixmap(QPointF(-margin_x, -margin_y) - shift, self._base)

    def _render(self, size: QSize) -> QPixmap:
        colours = self._style.colours
        ratio = self.devicePixelRatioF()
        picture = QPixmap(size * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(QColor(colours.sea))
        if self._basemap is None:
            return picture
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(QColor(colours.border), 1)
        pen.setCosmetic(True)
        painter.setPen(pen)
        painter.setBrush(QColor(colours.land))
        half = QPointF(size.width() / 2 / self.scale, size.height() / 2 / self.scale)
        seen = QRectF(self._centre - half, self._centre + half)
        for turn in range(math.floor(seen.left()) - 1, math.ceil(seen.right()) + 1):
            window = seen.translated(-turn, 0)
            painter.save()
            painter.translate(size.width() / 2, size.height() / 2)
            painter.scale(self.scale, self.scale)
            painter.translate(turn - self._centre.x(), -self._centre.y())
            for shape in self._basemap.shapes:
                if shape.box.intersects(window):
                    painter.drawPolygon(shape.polygon)
            painter.restore()
        painter.end()
        return picture

    def _paint_radii(self, painter: QPainter) -> None:
        """How far off a point may be: of uncertain ones when there is room, of picked ones always."""
        for key, radius in self._radii.items():
            spot = self._spots.get(key)
            if spot is None:
                continue
            latitude = math.atan(math.sinh(math.pi * (1 - 2 * spot.y)))
            pixels = radius / (EQUATOR_KM * max(0.1, math.cos(latitude))) * self.scale
            if key not in self._picked and not 14 < pixels < 400:
                continue
            colour = QColor(
                self._style.colours.dot_officer if spot.officer else self._style.colours.dot_agency
            )
            painter.setPen(QPen(colour, 1, Qt.PenStyle.DashLine))
            colour.setAlpha(28)
            painter.setBrush(colour)
            painter.drawEllipse(self.screen_point(QPointF(spot.x, spot.y)), pixels, pixels)

    def _size_of(self, one: Cluster) -> float:
        px = self._style.px
        return px(6) if one.count == 1 else px(10) + px(3.2) * math.log2(one.count)

    def _paint_cluster(self, painter: QPainter, one: Cluster, at: QPointF) -> None:
        colours = self._style.colours
        radius = self._size_of(one)
        agency, officer = QColor(colours.dot_agency), QColor(colours.dot_officer)
        painter.setPen(Qt.PenStyle.NoPen)
        if self._picked.intersection(one.keys):
            painter.setBrush(QColor(colours.ink))
            painter.drawEllipse(at, radius + 4, radius + 4)
        painter.setBrush(QColor(colours.panel))
        painter.drawEllipse(at, radius + 2, radius + 2)
        painter.setBrush(officer if one.officers == one.count else agency)
        painter.drawEllipse(at, radius, radius)
        if 0 < one.officers < one.count:
            share = QRectF(at.x() - radius, at.y() - radius, 2 * radius, 2 * radius)
            painter.setBrush(officer)
            painter.drawPie(share, 90 * 16, round(-360 * 16 * one.officers / one.count))
            painter.setBrush(agency)
            painter.drawEllipse(at, radius * 0.76, radius * 0.76)
        if one.count > 1:
            face = QFont(self.font())
            face.setPixelSize(self._style.px(12))
            face.setWeight(QFont.Weight.Bold)
            painter.setFont(face)
            painter.setPen(QColor(colours.dot_ink))
            area = QRectF(at.x() - radius, at.y() - radius, 2 * radius, 2 * radius)
            painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter), f"{one.count}")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._base = None
        if self._fit_wanted:
            self.fit()
        else:
            self.look_at(self._centre, self._zoom)

    # -- mouse and keys

    def cluster_at(self, point: QPointF) -> Cluster | None:
        """The cluster under a point of the widget."""
        for one in reversed(self.clusters):
            away = self.screen_point(one.middle) - point
            if math.hypot(away.x(), away.y()) <= self._size_of(one) + 4:
                return one
        return None

    def enter(self, one: Cluster) -> None:
        """Open a cluster: nearer where that parts it, its accounts where it does not."""
        if one.count > 1 and not one.one_point and self._zoom < 9:
            self._fit_wanted = False
            before = self._zoom
            self.show_box(one.box)
            if self._zoom < before + 0.5:
                self.look_at(one.middle, before + 1.5)
            return
        self.pick(one.keys)
        self.chosen.emit(one.keys)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event.position().toPoint()
            self._moved = False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        if self._pressed is not None:
            step = at - self._pressed
            if self._moved or step.manhattanLength() > 3:
                self._moved = True
                self._pressed = at
                self._pan(-step.x(), -step.y())
            return
        if self._placing:
            return
        one = self.cluster_at(event.position())
        shape = Qt.CursorShape.PointingHandCursor if one else Qt.CursorShape.OpenHandCursor
        self.setCursor(shape)
        self.setToolTip("")
        if one is not None:
            QToolTip.showText(event.globalPosition().toPoint(), plain_tip(self._words(one)), self)

    def _words(self, one: Cluster) -> str:
        titles = [self._titles.get(key, "") for key in one.keys[:6]]
        more = f"\n… and {one.count - 6} more" if one.count > 6 else ""
        return "\n".join(titles) + more

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        clicked = self._pressed is not None and not self._moved
        self._pressed = None
        if clicked and self._placing:
            self._placing = False
            self.placed.emit(*degrees(self.world_of(event.position())))
        elif clicked:
            one = self.cluster_at(event.position())
            if one is not None:
                self.enter(one)
            else:
                self.pick(())
                self.chosen.emit(())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.cluster_at(event.position()) is None:
            self._zoom_at(event.position(), 1.0)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._zoom_at(event.position(), event.angleDelta().y() / 240)
        event.accept()

    def _zoom_at(self, point: QPointF, steps: float) -> None:
        """Zoom so that the world under the pointer stays there."""
        under = self.world_of(point)
        self._fit_wanted = False
        zoom = max(self.least_zoom, min(MOST_ZOOM, self._zoom + steps))
        scale = TILE * 2**zoom
        away = (point - QPointF(self.width() / 2, self.height() / 2)) / scale
        self.look_at(under - away, zoom)

    def zoom_by(self, steps: float) -> None:
        """Zoom in or out around the middle."""
        self._fit_wanted = False
        self.look_at(self._centre, self._zoom + steps)

    def _pan(self, x: float, y: float) -> None:
        self._fit_wanted = False
        self.look_at(self._centre + QPointF(x, y) / self.scale, self._zoom)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        acts: dict[Qt.Key, Callable[[], None]] = {
            Qt.Key.Key_Plus: partial(self.zoom_by, 0.5),
            Qt.Key.Key_Equal: partial(self.zoom_by, 0.5),
            Qt.Key.Key_Minus: partial(self.zoom_by, -0.5),
            Qt.Key.Key_0: self.fit,
            Qt.Key.Key_N: partial(self._step, 1),
            Qt.Key.Key_P: partial(self._step, -1),
            Qt.Key.Key_Return: self._enter_picked,
            Qt.Key.Key_Enter: self._enter_picked,
        }
        if key == Qt.Key.Key_Escape and self._placing:
            self._placing = False
            self.unsetCursor()
        elif key in _ARROWS:
            x, y = _ARROWS[key]
            self._pan(x * self.width() / 8, y * self.height() / 8)
        elif key in acts:
            acts[key]()
        else:
            super().keyPressEvent(event)

    def _step(self, steps: int) -> None:
        """Ring the next point, left to right."""
        order = sorted(self.clusters, key=lambda c: (c.x, c.y))
        if not order:
            return
        now = next(
            (n for n, c in enumerate(order) if self._picked.intersection(c.keys)), -1 if steps > 0 else 0
        )
        one = order[(now + steps) % len(order)]
        self.pick(one.keys)
        if not self.rect().contains(self.screen_point(one.middle).toPoint()):
            self.look_at(one.middle, self._zoom)

    def _enter_picked(self) -> None:
        for one in self.clusters:
            if self._picked.intersection(one.keys):
                self.enter(one)
                return
