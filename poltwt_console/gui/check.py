"""A box to tick, with a tick that the style sheet cannot draw without a picture."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QStyle, QStyleOptionButton


class Check(QCheckBox):
    """A QCheckBox whose box stands out from its ground in every look."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.isChecked():
            return
        option = QStyleOptionButton()
        self.initStyleOption(option)
        box = self.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(self.palette().color(self.palette().ColorRole.HighlightedText), box.width() / 7)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        x, y, size = box.x(), box.y(), box.width()
        points = ((0.26, 0.52), (0.44, 0.70), (0.76, 0.32))
        painter.drawPolyline([QPointF(x + a * size, y + b * size) for a, b in points])
        painter.end()
