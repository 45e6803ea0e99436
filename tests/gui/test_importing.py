"""Mail into the window: dropped, pasted, cancelled, and gone on with."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton

from poltwt_console.gui.importing import PasteDialog
from poltwt_console.store import batches
from tests.gui.conftest import Driver

MAIL = b"""From: Kerry Blakeman <k.blakeman@wmp.example>
To: lauri@poltwt.example
Subject: Registration
Date: Mon, 14 Oct 2013 10:22:00 +0100
Message-ID: <%d@wmp.example>

Please register West Midlands Police, Twitter name @WMPolice%d.
Our address is Lloyd House, Colmore Circus, Birmingham B4 6NQ.
"""


@pytest.fixture
def mails(tmp_path: Path) -> list[Path]:
    paths = []
    for n in range(3):
        path = tmp_path / f"{n}.eml"
        path.write_bytes(MAIL % (n, n))
        paths.append(path)
    return paths


def drop(driver: Driver, paths: list[Path]) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(
        QPoint(400, 300),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    driver.window.frame.dropEvent(event)


def test_dropped_files_come_in_and_the_end_counts(open_window, mails):
    driver = open_window()
    with driver.quiet():
        drop(driver, mails)
    assert "3 mails new, 0 known already, 0 unreadable" in driver.window.notices.text
    assert len(driver.window.inbox.model.ids) == 3
    assert driver.sender == "k.blakeman@wmp.example"
    with driver.quiet():
        drop(driver, mails)
    assert "0 mails new, 3 known already" in driver.window.notices.text


def test_an_unreadable_file_is_counted_with_its_reason(open_window, mails, tmp_path: Path):
    broken = tmp_path / "broken.msg"
    broken.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    driver = open_window()
    with driver.quiet():
        drop(driver, [*mails, broken])
    assert "1 unreadable" in driver.window.notices.text
    assert "Show them" in [b.text() for b in driver.window.notices.findChildren(QPushButton)]


def test_pasted_text_with_a_typed_sender(open_window, store):
    driver = open_window()
    QGuiApplication.clipboard().setText(
        "Please register West Midlands Police, @WMPolice, Lloyd House, Birmingham B4 6NQ"
    )
    driver.qtbot.keyClick(driver.window.inbox.queue, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    [dialog] = driver.window.frame.findChildren(PasteDialog)
    driver.type(dialog.author, "Kerry <k@wmp.example>")
    with driver.quiet():
        dialog.ok.click()
    assert driver.sender == "k@wmp.example"
    assert "1 mail new" in driver.window.notices.text
    assert not driver.window.inbox._answer.detail.date_given
    assert "time of import" in driver.window.inbox.mail.view.toPlainText()


def test_paste_in_a_field_is_text(open_window, ready_mails):
    ready_mails(1)
    driver = open_window()
    QGuiApplication.clipboard().setText("Pasted Police")
    field = driver.window.inbox.form._rows["name"].widget
    field.setFocus()
    field.selectAll()
    driver.qtbot.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert field.text() == "Pasted Police"
    assert driver.window.frame.findChildren(PasteDialog) == []


def test_an_import_can_be_cancelled_and_what_is_in_stays(open_window, tmp_path: Path, store):
    folder = tmp_path / "many"
    folder.mkdir()
    for n in range(250):
        (folder / f"{n:03}.eml").write_bytes(MAIL % (n, n))
    driver = open_window()
    jobs = driver.window.jobs
    with driver.qtbot.waitSignal(jobs.progressed, timeout=20_000):
        driver.window.importing.take([folder])
    assert not driver.window.bar.undo.isEnabled(), "an import cannot be undone while it grows"
    with driver.qtbot.waitSignal(jobs.long_ended, timeout=20_000):
        jobs.cancel()
    driver.settle()
    with store.read() as connection:
        [batch] = batches.list_batches(connection)
    assert batch.state == "cancelled"
    assert 0 < batch.new < 250
    assert "stopped" in driver.window.notices.text
    inbox = driver.window.inbox
    chip = next(b for b in inbox.findChildren(QPushButton) if b.text() == f"{batch.new} not read yet")
    assert chip.isVisible()
    with driver.quiet():
        chip.click()
    assert len(inbox.model.ids) == batch.new
    said = {
        w.text() for kind in (QLabel, QPushButton) for w in inbox.form.findChildren(kind) if w.isVisible()
    }
    assert "not read yet" in said
    assert not {words for words in said if words.startswith(("Add", "Set aside", "Reopen", "Accept"))}
    with driver.quiet():
        driver.window.importing.resume(batch)
    inbox.show_state("review")
    driver.settle()
    assert len(inbox.model.ids) == 250
    assert not chip.isVisible()


def test_an_import_that_was_cut_short_is_offered_again(open_window, store, mails, tmp_path: Path):
    with store.write("Import a folder", "import_mail") as write:
        batches.add_batch(write.writer, "2013-11", "a folder", [str(tmp_path)])
    driver = open_window()
    assert "was cut short" in driver.window.notices.text
    buttons = driver.window.notices.findChildren(QPushButton)
    [go_on] = [b for b in buttons if b.text() == "Go on"]
    with driver.quiet():
        go_on.click()
    assert len(driver.window.inbox.model.ids) == 3
    assert "3 mails new" in driver.window.notices.text


def test_a_window_closed_during_an_import_offers_to_go_on(open_window, tmp_path: Path):
    folder = tmp_path / "inbox"
    folder.mkdir()
    for n in range(90):
        (folder / f"{n:02}.eml").write_bytes(MAIL % (n, n))
    driver = open_window()
    started = []
    driver.window.jobs.progressed.connect(lambda *told: started.append(told))
    drop(driver, [folder])
    driver.qtbot.waitUntil(lambda: bool(started), timeout=10_000)
    driver.window.jobs.close()
    with driver.store.read() as connection:
        [batch] = batches.unfinished_batches(connection)
    assert 0 < batch.new < 90


def test_what_a_timer_asks_for_after_the_window_closed_is_dropped(open_window):
    driver = open_window()
    jobs = driver.window.jobs
    jobs.close()
    answers: list[object] = []
    jobs.load("late", lambda _: 1, answers.append)
    jobs.read("late", lambda _: 2, answers.append)
    jobs.write(lambda _: None, lambda: answers.append(3))
    jobs.run("late", lambda _desk, _progress: None, lambda: answers.append(4))
    driver.qtbot.wait(50)
    assert jobs.idle
    assert not answers
