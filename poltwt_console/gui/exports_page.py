"""What goes out: one card a kind, with what it holds now and a button for each form."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from poltwt_console.domain.counts import counted
from poltwt_console.gui import questions
from poltwt_console.gui.labels import button, frame, label
from poltwt_console.gui.page import Page
from poltwt_console.gui.questions import ExportAnswer

if TYPE_CHECKING:
    from poltwt_console.domain.changes import Changes
    from poltwt_console.domain.edition import Edition
    from poltwt_console.gui.desk import Desk
    from poltwt_console.gui.jobs import Jobs, RunProgress
    from poltwt_console.gui.notices import Notices
    from poltwt_console.gui.style import Style


@dataclass(frozen=True, slots=True)
class Form:
    """One form of an export: the words of its button and the file's name."""

    words: str
    suffix: str
    stem: str
    filter: str


@dataclass(frozen=True, slots=True)
class Kind:
    """One card."""

    key: str
    title: str
    words: str
    forms: tuple[Form, ...]


KINDS = (
    Kind(
        "twitter-list",
        "Twitter list",
        "For the official list: agencies and officers, each with the link to the account.",
        (
            Form("XLSX", ".xlsx", "twitter-list", "Workbook (*.xlsx)"),
            Form("CSV", ".csv", "twitter-list", "CSV (*.csv)"),
            Form("handles.txt", ".txt", "handles", "Text (*.txt)"),
        ),
    ),
    Kind(
        "map",
        "Participant map",
        "For Google My Maps, Google Earth, uMap or a page of your own. Officers are shown at their city.",
        (
            Form("KML", ".kml", "map", "KML (*.kml)"),
            Form("GeoJSON", ".geojson", "map", "GeoJSON (*.geojson)"),
            Form("CSV", ".csv", "map", "CSV (*.csv)"),
        ),
    ),
    Kind(
        "participants",
        "Participants",
        "Everything, with contacts, as one spreadsheet to keep. Private: it is not for publishing.",
        (
            Form("XLSX", ".xlsx", "participants-private", "Workbook (*.xlsx)"),
            Form("CSV", ".csv", "participants-private", "CSV (*.csv)"),
        ),
    ),
)


class ExportsPage(Page):
    """The cards; a click asks where to, then writes in a worker."""

    tables = frozenset({"participation", "participant", "location", "publication"})

    def __init__(self, jobs: Jobs, notices: Notices, style: Style, edition: Edition) -> None:
        super().__init__()
        self.setObjectName("ground")
        self._jobs = jobs
        self._notices = notices
        self._style = style
        self._edition = edition
        self._folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        self._off_map: tuple[str, ...] = ()
        self.counts = {kind.key: label(look="accent", wrap=True) for kind in KINDS}
        self.buttons: dict[tuple[str, str], QPushButton] = {}
        self.missing = button("Who is missing", "link")
        self.missing.clicked.connect(
            lambda: self._notices.show_list("Not on the map, and why", list(self._off_map))
        )
        self._cards = [self._card(kind) for kind in KINDS]
        self._grid = QGridLayout()
        self._grid.setSpacing(16)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(22, 22, 22, 22)
        column.addLayout(self._grid)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)
        style.changed.connect(self._arrange)
        self._arrange()

    def _card(self, kind: Kind) -> QFrame:
        card = frame(look="card")
        column = QVBoxLayout(card)
        column.setContentsMargins(18, 16, 18, 16)
        column.setSpacing(8)
        column.addWidget(label(kind.title, "title"))
        column.addWidget(self.counts[kind.key])
        column.addWidget(label(kind.words, "mute", wrap=True))
        column.addStretch(1)
        line = QHBoxLayout()
        for n, form in enumerate(kind.forms):
            made = button(form.words, "" if n else "primary", name=f"{kind.title} as {form.words}")
            made.clicked.connect(lambda _=False, k=kind, f=form: self._ask_where(k, f))
            self.buttons[kind.key, form.suffix] = made
            line.addWidget(made)
        if kind.key == "map":
            line.addWidget(self.missing)
        line.addStretch(1)
        column.addLayout(line)
        return card

    def _arrange(self) -> None:
        columns = max(1, min(3, self.width() // self._style.px(330))) if self.width() > 100 else 3
        for n, card in enumerate(self._cards):
            card.setMinimumHeight(self._style.px(170))
            self._grid.addWidget(card, n // columns, n % columns)
        for n in range(3):
            self._grid.setColumnStretch(n, 1 if n < columns else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def use_edition(self, edition: Edition) -> None:
        """Show another edition from now on."""
        self._edition = edition

    def refresh(self) -> None:
        """Count again."""
        self._jobs.read("exports", questions.exports, self._show)

    def search(self, words: str) -> None:
        """There is nothing to search here: the participants are shown instead."""
        if words and self.isVisible():
            self.page_wanted.emit("participants")

    def focus(self) -> None:
        """Give the keys to the first button."""
        self.buttons["twitter-list", ".xlsx"].setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, answer: ExportAnswer) -> None:
        self._off_map = answer.off_map
        change = f"{answer.to_add:,} to add · {answer.to_remove:,} to remove since the last export"
        self.counts["twitter-list"].setText(
            f"{counted(answer.listed, 'account')} · {change}"
            if answer.listed or answer.to_remove
            else "nobody yet"
        )
        self.counts["map"].setText(f"{answer.on_map:,} of {answer.listed:,} on the map")
        self.counts["participants"].setText(counted(answer.rows, "row"))
        self.missing.setVisible(bool(answer.off_map))
        for made in self.buttons.values():
            made.setEnabled(bool(answer.rows))
            made.setToolTip("" if answer.rows else "Accept registrations in the Inbox first.")
        self.settled.emit()

    def _ask_where(self, kind: Kind, form: Form) -> None:
        suggested = str(Path(self._folder) / f"poltwt-{self._edition.day:%Y-%m-%d}-{form.stem}{form.suffix}")
        name, _ = QFileDialog.getSaveFileName(self, f"{kind.title} as {form.words}", suggested, form.filter)
        if name:
            path = Path(name)
            self.export(kind.key, path if path.suffix else path.with_suffix(form.suffix))

    def export(self, kind: str, path: Path) -> None:
        """Write one export; the file's ending says the form."""
        self._folder = str(path.parent)

        def verb(desk: Desk, progress: RunProgress) -> Changes:
            from poltwt_console.workflow import publish

            return publish.export(desk.store, desk.edition_id, kind, path)

        if not self._jobs.run(f"Writing {path.name}", verb):
            self._notices.tell("One thing at a time.", "Wait for what is running to end.", tone="quiet")
