"""Which mail server to read from; the password is asked for only where the keyring has none."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from poltwt_console.gui.check import Check
from poltwt_console.gui.dialogs import dialog_column, take_or_cancel
from poltwt_console.gui.editors import ChoiceEditor
from poltwt_console.gui.fetch_questions import FetchAnswer, FetchWish
from poltwt_console.gui.labels import button, frame, label
from poltwt_console.gui.style import fit, scaled
from poltwt_console.mailbox.imap import Account


class FetchDialog(QDialog):
    """Asks where the mails are; ``wanted`` tells it."""

    wanted = Signal(object)  # FetchWish

    def __init__(self, parent: QWidget, answer: FetchAnswer, first: Account | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Fetch from a mail server")
        self._answer = answer
        self.known = ChoiceEditor(
            (
                *((str(n), f"{a.key}, {a.folder}") for n, a in enumerate(answer.accounts)),
                ("", "another account"),
            )
        )
        self.known.setAccessibleName("Account")
        self.host = _line("Mail server", "imap.example.org")
        self.port = _line("Port", "993")
        self.port.setValidator(QIntValidator(1, 65535, self))
        self.port.setMaximumWidth(scaled(90))
        self.user = _line("User name", "often the whole mail address")
        self.folder = _line("Folder", "INBOX")
        self.password = _line("Password", "")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.keep = Check("Keep it in the system’s keyring")
        self.keep.setChecked(not answer.keyring_trouble)
        self.keep.setEnabled(not answer.keyring_trouble)
        self.trouble = label(answer.keyring_trouble, "why", wrap=True)
        self.certificate = _line("Certificate to trust", "only where the server has one of its own")
        self.browse = button("Choose…", name="Choose a certificate")
        self.wrong = label(look="wrong", wrap=True)
        self.wrong.hide()
        self._buttons, self.ok = take_or_cancel("Fetch")
        self._lay_out()
        self._connect()
        self._fill(first or (answer.accounts[0] if answer.accounts else Account("", "")))
        fit(self, 540)

    def _lay_out(self) -> None:
        box = frame(look="box-quiet")
        words = QVBoxLayout(box)
        words.setContentsMargins(10, 8, 10, 8)
        words.addWidget(
            label(
                "Only what is new since the last time is read, over a secure connection (TLS). "
                "Nothing on the server changes: no mail is marked, moved or deleted.",
                wrap=True,
            )
        )
        server = QHBoxLayout()
        server.addWidget(self.host, 1)
        server.addWidget(label("Port", "label"))
        server.addWidget(self.port)
        trusted = QHBoxLayout()
        trusted.addWidget(self.certificate, 1)
        trusted.addWidget(self.browse)
        form = self._form = QFormLayout()
        for title, widget in (
            ("Account", self.known),
            ("Mail server", server),
            ("User name", self.user),
            ("Password", self.password),
            ("", self.keep),
            ("", self.trouble),
            ("Folder", self.folder),
            ("Certificate to trust", trusted),
        ):
            form.addRow(label(title, "label"), widget)
        form.setRowVisible(self.known, bool(self._answer.accounts))
        form.setRowVisible(self.trouble, bool(self._answer.keyring_trouble))
        column = dialog_column(self)
        column.addWidget(box)
        column.addLayout(form)
        column.addWidget(self.wrong)
        column.addWidget(self._buttons)

    def _connect(self) -> None:
        self.browse.setAutoDefault(False)
        self.browse.clicked.connect(self._choose_certificate)
        self.known.currentIndexChanged.connect(self._choose_known)
        for field in (self.host, self.user, self.port):
            field.textChanged.connect(self._follow)
        self._buttons.accepted.connect(self._want)
        self._buttons.rejected.connect(self.reject)

    def _choose_known(self) -> None:
        chosen = self.known.value()
        self._fill(self._answer.accounts[int(chosen)] if chosen else Account("", ""))

    def _fill(self, account: Account) -> None:
        self.host.setText(account.host)
        self.port.setText(str(account.port))
        self.user.setText(account.user)
        self.folder.setText(account.folder)
        self.certificate.setText(account.ca_file)
        places = [n for n, known in enumerate(self._answer.accounts) if known == account]
        self.known.show_value(str(places[0]) if places else "")
        self._follow()
        (self.password if account.host else self.host).setFocus()

    def _follow(self) -> None:
        key = self.account().key
        there = self._answer.has_password.get(key, False)
        self.password.setPlaceholderText("one is kept; type another to replace it" if there else "")
        self.ok.setEnabled(
            bool(self.host.text().strip() and self.user.text().strip()) and self.port.hasAcceptableInput()
        )

    def account(self) -> Account:
        """What is typed now."""
        port = self.port.text()
        return Account(
            self.host.text().strip(),
            self.user.text().strip(),
            self.folder.text().strip() or "INBOX",
            int(port) if port.isdecimal() else 993,
            self.certificate.text().strip(),
        )

    def _choose_certificate(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, "Certificate to trust", "", "Certificates (*.pem *.crt *.cer);;All files (*)"
        )
        if name:
            self.certificate.setText(name)

    def _want(self) -> None:
        self.ok.setEnabled(False)
        self.wanted.emit(FetchWish(self.account(), self.password.text(), self.keep.isChecked()))

    def refuse(self, words: str) -> None:
        """Say why it was not begun, and let it be mended."""
        self.ok.setEnabled(True)
        self.wrong.setText(words)
        self.wrong.show()
        fit(self, 540)
        self.password.setFocus()


def _line(name: str, hint: str) -> QLineEdit:
    made = QLineEdit()
    made.setAccessibleName(name)
    made.setPlaceholderText(hint)
    return made
