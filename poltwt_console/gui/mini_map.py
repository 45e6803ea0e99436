"""A small map with one pin: enough to see that a place is on the right continent and coast."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from poltwt_console.domain.place import Place
from poltwt_console.gui.basemap import Basemap, world_point
from poltwt_console.gui.style import Style

#: Width of the Earth's equator in km: a world unit at latitude 0.
EQUATOR_KM = 40_075.0


class MiniMap(QWidget):
    """Drawn once for each place; not to be panned."""

    def __init__(self, style: Style) -> None:
        super().__init__()
        self._style = style
        self._place: Place | None = None
        self._basemap: Basemap | None = None
        self.setAccessibleName("Small map")
        style.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(self._style.px(112))
        self.update()

    def use_basemap(self, basemap: Basemap) -> None:
        """Draw with this from now on."""
        self._basemap = basemap
        self.update()

    def show_place(self, place: Place | None) -> None:
        """Show another place."""
        self._place = place
        self.setAccessibleDescription(place.label if place else "")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._place is None:
            return
        colours = self._style.colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect())
        clip = QPainterPath()
        clip.addRoundedRect(frame, 6, 6)
        painter.setClipPath(clip)
        painter.fillRect(frame, QColor(colours.sea))
        middle = world_point(self._place.latitude, self._place.longitude)
        scale = self._scale()
        if self._basemap is not None:
            self._paint_land(painter, middle, scale)
        self._paint_pin(painter, frame.center(), scale)
        painter.end()

    def _scale(self) -> float:
        """Pixels of a world unit: some 3,000 km across, more where only a country is known."""
        assert self._place is not None
        across = max(3000.0, 5 * self._place.radius_km)
        shrink = math.cos(math.radians(min(80.0, abs(self._place.latitude))))
        return self.width() * EQUATOR_KM * shrink / across

    def _paint_land(self, painter: QPainter, middle: QPointF, scale: float) -> None:
        assert self._basemap is not None
        colours = self._style.colours
        half = QPointF(self.width() / 2 / scale, self.height() / 2 / scale)
        seen = QRectF(middle - half, middle + half)
        pen = QPen(QColor(colours.border), 1)
        pen.setCosmetic(True)
        painter.setPen(pen)
        painter.setBrush(QColor(colours.land))
        for turn in (-1, 0, 1):
            window = seen.translated(-turn, 0)
            painter.save()
            painter.translate(self.width() / 2, self.height() / 2)
            painter.scale(scale, scale)
            painter.translate(turn - middle.x(), -middle.y())
            for shape in self._basemap.shapes:
                if shape.box.intersects(window):
                    painter.drawPolygon(shape.polygon)
            painter.restore()

    def _paint_pin(self, painter: QPainter, at: QPointF, scale: float) -> None:
        assert self._place is not None
        colours = self._style.colours
        shrink = math.cos(math.radians(min(80.0, abs(self._place.latitude))))
        radius = self._place.radius_km / (EQUATOR_KM * shrink) * scale
        accent = QColor(colours.accent)
        if radius > self._style.px(6):
            soft = QColor(accent)
            soft.setAlpha(40)
            painter.setBrush(soft)
            painter.setPen(QPen(accent, 1))
            painter.drawEllipse(at, radius, radius)
        painter.setBrush(accent)
        painter.setPen(QPen(QColor(Qt.GlobalColor.white), 2))
        painter.drawEllipse(at, self._style.px(5), self._style.px(5))
