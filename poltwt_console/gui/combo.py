"""A choice with an arrow that the style sheet cannot draw without a picture."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QComboBox


class Combo(QComboBox):
    """A QComboBox that may be narrower than its longest entry."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(9)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        group = self.palette().ColorGroup.Normal if self.isEnabled() else self.palette().ColorGroup.Disabled
        pen = QPen(self.palette().color(group, self.palette().ColorRole.PlaceholderText), 1.5)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        size = self.height() / 9
        right = self.width() - 3.2 * size
        middle = self.height() / 2
        painter.drawPolyline(
            [
                QPointF(right - size, middle - size / 2),
                QPointF(right, middle + size / 2),
                QPointF(right + size, middle - size / 2),
            ]
        )
        painter.end()
