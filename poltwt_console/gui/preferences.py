"""What the organiser sets, and what follows from it: the settings, and places looked up online."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from poltwt_console.gui import settings_questions
from poltwt_console.gui.settings_dialog import SettingsDialog
from poltwt_console.gui.settings_questions import Kept, SettingsAnswer, Wish

if TYPE_CHECKING:
    from poltwt_console.domain.changes import Changes
    from poltwt_console.gui.desk import Desk
    from poltwt_console.gui.jobs import Jobs, RunProgress
    from poltwt_console.gui.notices import Notices
    from poltwt_console.workflow.online import Offer
    from poltwt_console.workflow.reading import MailReader


class Preferences(QObject):
    """Opens the dialogs and keeps what was wanted."""

    online_changed = Signal(bool)  # whether places may be looked up online

    def __init__(self, window: QWidget, jobs: Jobs, notices: Notices) -> None:
        super().__init__(window)
        self._window = window
        self._jobs = jobs
        self._notices = notices

    def ask(self) -> None:
        """Tell whether places may be looked up online."""
        self._jobs.load("online-enabled", settings_questions.online_enabled, self.online_changed.emit)

    # -- settings

    def open_settings(self) -> None:
        """Show what is set."""
        self._jobs.read("settings", settings_questions.settings_of, self._show_settings)

    def _show_settings(self, answer: SettingsAnswer) -> None:
        dialog = SettingsDialog(self._window, answer)
        dialog.wanted.connect(partial(self._keep, dialog))
        dialog.open()

    def _keep(self, dialog: SettingsDialog, wish: Wish) -> None:
        def kept(answer: Kept) -> None:
            if answer.reader is None:
                dialog.refuse(answer.refusal)
                return
            self.use_reader(answer.reader)
            self.online_changed.emit(wish.online.enabled)
            dialog.accept()

        self._jobs.read("keep-settings", lambda desk: settings_questions.keep_settings(desk, wish), kept)

    def use_reader(self, reader: MailReader) -> None:
        """Read mails with this from now on."""
        desk = self._jobs.desk
        assert desk is not None
        self._jobs.use(replace(desk, reader=reader))

    # -- online look-ups

    def look_up_online(self) -> None:
        """Say what would be sent, then ask."""
        self._jobs.read("online", settings_questions.online_offer, self._offer_online)

    def _offer_online(self, offer: Offer) -> None:
        if not offer.location_ids:
            self._notices.tell("No place is in doubt; nothing was sent.", tone="quiet")
            return
        box = QMessageBox(self._window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setWindowTitle("Look doubtful places up online")
        box.setText(offer.words)
        box.setInformativeText("A result never replaces a place that is known better, or set by you.")
        send = box.addButton("Send them", QMessageBox.ButtonRole.AcceptRole)
        send.setProperty("look", "primary")
        box.addButton(QMessageBox.StandardButton.Cancel)
        send.clicked.connect(lambda: self._run_online(offer))
        box.open()

    def _run_online(self, offer: Offer) -> None:
        def verb(desk: Desk, progress: RunProgress) -> Changes:
            from poltwt_console.settings import load_settings
            from poltwt_console.workflow.online import locate_online

            online = load_settings(desk.profile.settings).online
            geocoder = settings_questions.make_online(desk, online)
            return locate_online(desk.store, geocoder, offer.location_ids, progress=progress)

        if not self._jobs.run(f"Asking {offer.service}", verb):
            self._notices.tell(
                "One thing at a time.", "Wait for what runs to end, or cancel it.", tone="quiet"
            )
