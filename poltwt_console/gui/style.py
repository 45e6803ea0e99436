"""How the window looks: light or dark as the system says, in sizes that follow one scale.

Every size in the sheet is in units of the scale (``$8`` is 8 px at 100 %), so that the text can
grow to 200 % without clipping.  Qt's own scaling for dense screens comes on top of it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QDialog

from poltwt_console.gui.colours import DARK, LIGHT, Colours, palette_of
from poltwt_console.gui.sheet import SHEET

if TYPE_CHECKING:
    from PySide6.QtCore import Qt

#: Taken where the desktop names no font of its own; the first that is installed.
_FAMILIES = ["Inter", "Segoe UI", "Noto Sans", "Cantarell", "DejaVu Sans"]
_NAMELESS = ("sans serif", "sans", "dejavu sans", "")
SCALES = (1.0, 1.1, 1.25, 1.5, 1.75, 2.0)
_TEXT_PX = 13


class Style(QObject):
    """The look of the whole application; ``changed`` says that colours or sizes are others now."""

    changed = Signal()

    def __init__(self, app: QApplication, *, dark: bool | None = None, scale: float = 1.0) -> None:
        """``dark`` overrides what the system says."""
        super().__init__(app)
        self._app = app
        self._dark = app.palette().window().color().lightness() < 128 if dark is None else dark
        self.scale = scale
        font = QFont(app.font())
        if font.family().lower() in _NAMELESS:
            font.setFamilies(_FAMILIES)
        self._font = font
        if dark is None:
            app.styleHints().colorSchemeChanged.connect(self._follow)
        self.apply()

    @property
    def colours(self) -> Colours:
        """The colours of now."""
        return DARK if self._dark else LIGHT

    def _follow(self, scheme: Qt.ColorScheme) -> None:
        """The system turned light or dark."""
        self._dark = scheme.name == "Dark"
        self.apply()

    def apply(self) -> None:
        """Give the application its palette, font and sheet."""
        self._font.setPixelSize(round(_TEXT_PX * self.scale))
        self._app.setFont(self._font)
        self._app.setPalette(palette_of(self.colours))
        self._app.setStyleSheet(sheet_of(self.colours, self.scale))
        self.changed.emit()

    def zoom(self, steps: int) -> None:
        """Make the text larger or smaller by steps; 0 is back to 100 %."""
        index = min(range(len(SCALES)), key=lambda n: abs(SCALES[n] - self.scale))
        self.scale = 1.0 if steps == 0 else SCALES[max(0, min(len(SCALES) - 1, index + steps))]
        self.apply()

    def share(self, whole: int, part: float, least: float, most: float) -> int:
        """A part of a width, within sizes at 100 %: what is fixed at 100 % gives way in a large text."""
        return max(self.px(least), min(self.px(most), round(whole * part)))

    def px(self, size: float) -> int:
        """A size at the scale of now."""
        return round(size * self.scale)


def scaled(size: float) -> int:
    """A size at the scale of now, for what is made anew each time it is shown."""
    return round(size * QApplication.font().pixelSize() / _TEXT_PX)


def fit(dialog: QDialog, width: float) -> None:
    """Make a dialog as wide as that at 100 %, and as high as its wrapped lines need."""
    layout = dialog.layout()
    assert layout is not None
    dialog.setMinimumWidth(scaled(width))
    layout.activate()
    height = max(layout.totalHeightForWidth(scaled(width)), layout.totalMinimumSize().height())
    dialog.setMinimumHeight(height)
    dialog.resize(max(dialog.width(), scaled(width)), height)


def sheet_of(colours: Colours, scale: float) -> str:
    """The style sheet with its colours (``@ink``) and sizes (``$8``) filled in."""
    names = colours.names()
    filled = re.sub(r"@(\w+)", lambda m: names[m.group(1)], SHEET)
    return re.sub(r"\$(\d+(?:\.\d+)?)", lambda m: f"{max(1, round(float(m.group(1)) * scale))}px", filled)
