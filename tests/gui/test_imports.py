"""The list of imports: one is taken back as a whole, and what was decided since is asked about."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from poltwt_console.gui.fetch_dialog import FetchDialog
from poltwt_console.gui.imports_dialog import ImportsDialog
from poltwt_console.settings import MailAccount, Settings, save_settings
from poltwt_console.store import Store, batches
from poltwt_console.store.queries import inbox
from poltwt_console.workflow import intake, review
from tests.fakes import FakeReader
from tests.gui.conftest import Driver
from tests.workflow.test_intake import mail

EDITION = "2013-11"


@pytest.fixture
def two_imports(store: Store, reader: FakeReader, tmp_path: Path) -> None:
    """Three mails, then the same with two more and one that cannot be read."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    for n in range(3):
        (folder / f"{n}.eml").write_bytes(mail(n))
    intake.import_mail(store, reader, EDITION, [folder])
    for n in range(3, 5):
        (folder / f"{n}.eml").write_bytes(mail(n))
    (folder / "broken.msg").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    intake.import_mail(store, reader, EDITION, [folder])


def open_imports(driver: Driver) -> ImportsDialog:
    with driver.quiet():
        driver.window.actions["imports"].trigger()
    return driver.window.frame.findChildren(ImportsDialog)[-1]


def press(driver: Driver, button) -> None:
    with driver.quiet():
        driver.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def row(dialog: ImportsDialog, number: int) -> list[str]:
    return [dialog.table.item(number, column).text() for column in range(1, 6)]


def count(store: Store) -> int:
    with store.read() as connection:
        return sum(inbox.queue_counts(connection, EDITION).values())


def test_an_older_import_is_taken_back_as_one(
    open_window: Callable[[], Driver], two_imports: None, store: Store
):
    driver = open_window()
    dialog = open_imports(driver)
    assert row(dialog, 0) == ["inbox", "2", "3", "1", ""]
    assert row(dialog, 1) == ["inbox", "3", "0", "0", ""]
    assert "already in, as #" in dialog.left_out.toPlainText()
    assert "broken.msg" in dialog.left_out.toPlainText()
    dialog.table.selectRow(1)
    driver.settle()
    assert dialog.left_out.toPlainText() == "Everything came in."
    press(driver, dialog.take_back)
    assert count(store) == 2
    assert "done." in dialog.told.text()
    assert dialog.table.rowCount() == 1
    assert len(driver.window.inbox.model.ids) == 2
    dialog.close()
    with driver.quiet():
        driver.window.actions["redo"].trigger()
    assert count(store) == 5


def test_what_was_decided_since_is_said_and_may_stay(
    open_window: Callable[[], Driver], two_imports: None, store: Store
):
    with store.read() as connection:
        ids = inbox.message_ids(connection, EDITION, None)
        [first] = [i for i in ids if inbox.get_message(connection, i).number == 1]
    review.set_aside(store, [first])
    driver = open_window()
    dialog = open_imports(driver)
    dialog.table.selectRow(1)
    driver.settle()
    assert not dialog.keep.isVisibleTo(dialog)
    press(driver, dialog.take_back)
    assert "1 mail of this import was decided or edited since." in dialog.told.text()
    assert count(store) == 5
    press(driver, dialog.keep)
    assert count(store) == 1 + 2
    assert not dialog.keep.isVisibleTo(dialog)


def test_an_import_that_was_cut_short_can_go_on_from_the_list(
    open_window: Callable[[], Driver], store: Store, tmp_path: Path
):
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "1.eml").write_bytes(mail(1))
    with store.write("Import a folder", "import_mail") as write:
        batches.add_batch(write.writer, EDITION, "a folder", [str(folder)])
    driver = open_window()
    dialog = open_imports(driver)
    assert row(dialog, 0)[-1] == "cut short"
    press(driver, dialog.resume)
    assert count(store) == 1


def test_a_fetch_that_was_cut_short_is_offered_as_a_fetch(
    open_window: Callable[[], Driver], store: Store, tmp_path: Path
):
    account = MailAccount("imap.example.org", "ann", "Registrations")
    save_settings(tmp_path / "profile" / "settings.json", Settings(mail_accounts=(account,)))
    with store.write("Import", "import_mail") as write:
        batches.add_batch(write.writer, EDITION, "the clipboard", ())
        batches.add_batch(write.writer, EDITION, "ann@imap.example.org", ())
    driver = open_window()
    dialog = open_imports(driver)
    offered = {}
    for number in range(2):
        dialog.table.selectRow(number)
        driver.settle()
        offered[row(dialog, number)[0]] = dialog.resume.isVisibleTo(dialog)
    assert offered == {"the clipboard": False, "ann@imap.example.org": True}
    dialog.table.selectRow([row(dialog, n)[0] for n in range(2)].index("ann@imap.example.org"))
    driver.settle()
    assert dialog.resume.text() == "Fetch again…"
    press(driver, dialog.resume)
    [fetch] = driver.window.frame.findChildren(FetchDialog)
    assert (fetch.host.text(), fetch.folder.text()) == ("imap.example.org", "Registrations")


def test_without_imports_the_list_says_so(open_window: Callable[[], Driver]):
    driver = open_window()
    dialog = open_imports(driver)
    assert dialog.told.text() == "Nothing was imported yet."
    assert not dialog.take_back.isEnabled()
