"""How far a long run is, with Cancel; under the top bar while one is under way."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar

from poltwt_console.gui.jobs import Jobs
from poltwt_console.gui.labels import button, label, set_property


class ProgressStrip(QFrame):
    """Follows the long run of the jobs."""

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self.setObjectName("notice")
        set_property(self, "tone", "quiet")
        self._words = label(look="strong")
        self._count = label(look="mute")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Progress")
        self.cancel = button("Cancel")
        self.cancel.clicked.connect(jobs.cancel)
        self.cancel.clicked.connect(lambda: self._count.setText("stopping…"))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 12, 8)
        row.setSpacing(12)
        row.addWidget(self._words)
        row.addWidget(self._bar, 1)
        row.addWidget(self._count)
        row.addWidget(self.cancel)
        jobs.long_started.connect(self._start)
        jobs.progressed.connect(self._follow)
        jobs.long_ended.connect(self.hide)
        self.hide()

    def _start(self, words: str) -> None:
        self._words.setText(words)
        self._count.setText("")
        self._bar.setRange(0, 0)
        self.show()

    def _follow(self, done: int, total: int, words: str) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._count.setText(words)
