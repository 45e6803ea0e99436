"""The line at the foot: the database, its figures, and how many places are known offline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout

from poltwt_console.domain.counts import counted
from poltwt_console.gui.labels import label

if TYPE_CHECKING:
    from poltwt_console.gui.questions import Overview
    from poltwt_console.gui.style import Style


class StatusBar(QFrame):
    """Plain words, no controls."""

    def __init__(self, style: Style) -> None:
        super().__init__()
        self.setObjectName("status")
        self._style = style
        self.database = label("opening…")
        self.figures = label()
        self.places = label()
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 14, 0)
        row.setSpacing(18)
        row.addWidget(self.database)
        row.addWidget(self.figures)
        row.addStretch(1)
        row.addWidget(self.places)
        style.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(self._style.px(28))

    def show_overview(self, seen: Overview) -> None:
        """The database and what is counted in it."""
        f = seen.figures
        words = [
            counted(f.mails, "mail"),
            f"{counted(f.agency_accounts, 'agency account')} of {counted(f.agencies, 'agency', 'agencies')}",
            counted(f.officers, "officer"),
            counted(f.countries, "country", "countries"),
        ]
        if f.withdrawn:
            words.append(f"{f.withdrawn:,} withdrawn")
        self.database.setText(f"{seen.database} · saved")
        self.figures.setText(" · ".join(words))

    def show_places(self, count: int) -> None:
        """How many places are known without a network."""
        self.places.setText(f"Offline places: {count:,}" if count else "Offline places: file missing")
