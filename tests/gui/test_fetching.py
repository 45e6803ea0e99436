"""Mail from a server into the window: the password is in the keyring only, and every refusal is said."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from poltwt_console.gui.fetch_dialog import FetchDialog
from poltwt_console.mailbox.imap import KEYRING_SERVICE
from poltwt_console.store import Store
from poltwt_console.store.queries import inbox
from tests.dovecot import DOVECOT, PASSWORD, MailServer, free_port, start_dovecot, stop_dovecot
from tests.gui.conftest import Driver
from tests.gui.memory_keyring import MemoryKeyring, memory_keyring


@pytest.fixture
def ring() -> Iterator[MemoryKeyring]:
    with memory_keyring() as memory:
        yield memory


@pytest.fixture
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MailServer]:
    process, server = start_dovecot(tmp_path_factory.mktemp("dovecot"), "localhost")
    yield server
    stop_dovecot(process)


def open_fetch(driver: Driver) -> FetchDialog:
    with driver.quiet():
        driver.window.actions["fetch"].trigger()
    return driver.window.frame.findChildren(FetchDialog)[-1]


def fetch(driver: Driver, dialog: FetchDialog) -> None:
    with driver.quiet():
        driver.qtbot.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)


def fill(driver: Driver, dialog: FetchDialog, host: str, port: int, user: str) -> None:
    for field, text in ((dialog.host, host), (dialog.port, str(port)), (dialog.user, user)):
        field.clear()
        driver.type(field, text)


def count(store: Store) -> int:
    with store.read() as connection:
        return sum(inbox.queue_counts(connection, "2013-11").values())


@pytest.mark.server
@pytest.mark.skipif(DOVECOT is None or shutil.which("openssl") is None, reason="needs dovecot and openssl")
def test_mails_come_from_a_server_and_the_password_is_asked_for_once(
    open_window: Callable[[], Driver], server: MailServer, ring: MemoryKeyring, store: Store, tmp_path: Path
):
    account = server.account
    driver = open_window()
    dialog = open_fetch(driver)
    assert not dialog.ok.isEnabled()
    fill(driver, dialog, account.host, account.port, account.user)
    dialog.certificate.setText(account.ca_file)
    fetch(driver, dialog)
    assert "There is no password of ann@localhost in the keyring." in dialog.wrong.text()
    dialog.password.setText("wrong")
    fetch(driver, dialog)
    assert "does not accept the user name or password of ann" in driver.window.notices.text
    assert ring.kept == {}
    assert count(store) == 0
    [again] = [b for b in driver.window.notices.findChildren(QPushButton) if b.text() == "Try again…"]
    with driver.quiet():
        again.click()
    dialog = driver.window.frame.findChildren(FetchDialog)[-1]
    assert dialog.account() == account
    dialog.password.setText(PASSWORD)
    fetch(driver, dialog)
    assert "3 mails new" in driver.window.notices.text
    assert count(store) == 3
    assert ring.kept == {(KEYRING_SERVICE, account.key): PASSWORD}
    assert PASSWORD not in (tmp_path / "profile" / "settings.json").read_text("utf-8")

    dialog = open_fetch(driver)
    assert dialog.account() == account
    assert "one is kept" in dialog.password.placeholderText()
    fetch(driver, dialog)
    assert "0 mails new" in driver.window.notices.text


def test_a_server_that_is_not_there_is_said_so(
    open_window: Callable[[], Driver], ring: MemoryKeyring, store: Store
):
    driver = open_window()
    dialog = open_fetch(driver)
    fill(driver, dialog, "localhost", free_port(), "ann")
    dialog.password.setText("secret")
    fetch(driver, dialog)
    assert "localhost cannot be reached over a secure connection" in driver.window.notices.text
    assert ring.kept == {}
    assert "Import" not in driver.window.bar.undo.text(), "nothing was begun that could be undone"


def test_a_certificate_that_is_not_there_is_refused_at_once(
    open_window: Callable[[], Driver], ring: MemoryKeyring
):
    driver = open_window()
    dialog = open_fetch(driver)
    fill(driver, dialog, "localhost", 993, "ann")
    dialog.password.setText("secret")
    dialog.certificate.setText("/nowhere/ours.pem")
    fetch(driver, dialog)
    assert dialog.wrong.text() == "There is no file ours.pem to trust."
    assert dialog.isVisible()
