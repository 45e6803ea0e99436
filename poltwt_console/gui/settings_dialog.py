"""The settings: online look-ups, off until the organiser switches them on, and the own call."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from poltwt_console.gui.check import Check
from poltwt_console.gui.dialogs import dialog_column, take_or_cancel
from poltwt_console.gui.editors import ChoiceEditor
from poltwt_console.gui.labels import button, frame, label, rule
from poltwt_console.gui.settings_questions import SettingsAnswer, Wish
from poltwt_console.gui.style import fit, scaled
from poltwt_console.settings import Online


class SettingsDialog(QDialog):
    """Says first what will be sent and to whom; ``wanted`` asks to keep what was set."""

    wanted = Signal(object)  # Wish

    def __init__(self, parent: QWidget, answer: SettingsAnswer) -> None:
        from poltwt_console.geocoding.online import SERVICES

        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Settings")
        self._answer = answer
        self._forgotten = False
        self.enabled = Check("Look doubtful places up online when I ask for it")
        self.enabled.setChecked(answer.online.enabled)
        self.sent = label(wrap=True)
        self.service = ChoiceEditor(tuple((s.key, s.title) for s in SERVICES))
        self.service.setAccessibleName("Service")
        self.service.show_value(answer.online.service)
        self.server = QLineEdit(answer.online.server_url)
        self.server.setAccessibleName("Server of your own")
        self.server.setPlaceholderText("https://nominatim.example.org, or empty for the public one")
        self.key = QLineEdit()
        self.key.setAccessibleName("Key of the service")
        self.key.setEchoMode(QLineEdit.EchoMode.Password)
        self.key_why = label(look="why", wrap=True)
        self.forget = button("Forget the key", "choice")
        self.credit = label(look="why", wrap=True)
        self.call = QPlainTextEdit(answer.call)
        self.call.setProperty("look", "field")
        self.call.setTabChangesFocus(True)
        self.call.setAccessibleName("Text of your own call")
        self.call.setMinimumHeight(scaled(100))
        self.wrong = label(look="wrong", wrap=True)
        self.wrong.hide()
        self._buttons, self.ok = take_or_cancel("Save")
        self._lay_out()
        self.enabled.toggled.connect(self._follow)
        self.service.currentIndexChanged.connect(self._follow)
        self.server.textChanged.connect(self._follow)
        self.forget.clicked.connect(self._forget)
        self._buttons.accepted.connect(self._want)
        self._buttons.rejected.connect(self.reject)
        self._follow()

    def _lay_out(self) -> None:
        box = frame(look="box-quiet")
        words = QVBoxLayout(box)
        words.setContentsMargins(10, 8, 10, 8)
        words.addWidget(self.sent)
        words.addWidget(self.credit)
        form = self._form = QFormLayout()
        form.addRow(label("Service", "label"), self.service)
        form.addRow(label("Server of your own", "label"), self.server)
        form.addRow(label("Key", "label"), self.key)
        form.addRow(label(), self.key_why)
        form.addRow(label(), self.forget)
        column = dialog_column(self)
        column.addWidget(label("Online look-ups", "strong"))
        column.addWidget(self.enabled)
        column.addWidget(box)
        column.addLayout(form)
        column.addWidget(rule())
        column.addWidget(label("Your own call", "strong"))
        column.addWidget(
            label(
                "The text you sent out: where a mail quotes it, its examples are no registrations.", wrap=True
            )
        )
        column.addWidget(self.call, 1)
        column.addWidget(self.wrong)
        column.addWidget(self._buttons)

    def _follow(self) -> None:
        """Say what the service that is chosen would be sent."""
        from poltwt_console.geocoding.online import describe_request, find_service

        service = find_service(self.service.value())
        on = self.enabled.isChecked()
        words = describe_request(service, self._answer.addresses, self.server.text().strip())
        self.sent.setText(
            f"When you ask for it, and after asking you again: {words}"
            if on
            else f"Nothing is sent. Switched on, and only when you ask for it: {words}"
        )
        self.credit.setText(f"Results: {service.credit}")
        for widget in (self.service, self.server, self.key):
            widget.setEnabled(on)
        has_key = self._answer.has_key.get(service.key, False) and not self._forgotten
        for row in (self.key, self.key_why):
            self._form.setRowVisible(row, service.needs_key)
        self._form.setRowVisible(self.forget, service.needs_key and has_key)
        self.key.setPlaceholderText("one is kept; type another to replace it" if has_key else "")
        self.key_why.setText(
            self._answer.keyring_trouble or "Kept in the system’s keyring, and not shown again."
        )
        fit(self, 560)

    def _forget(self) -> None:
        self._forgotten = True
        self.key.clear()
        self._follow()

    def _want(self) -> None:
        typed = self.key.text().strip()
        api_key = typed or ("" if self._forgotten else None)
        online = Online(self.enabled.isChecked(), self.service.value(), self.server.text().strip())
        self.ok.setEnabled(False)
        self.wanted.emit(Wish(online, self.call.toPlainText().strip(), api_key))

    def refuse(self, words: str) -> None:
        """Say why nothing was kept, and let it be mended."""
        self.ok.setEnabled(True)
        self.wrong.setText(words)
        self.wrong.show()
        fit(self, 560)
