"""What else can be done with a mail: save what is attached, add an account that was not seen."""

from __future__ import annotations

from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QPushButton

from poltwt_console.gui.account_dialog import AccountDialog
from poltwt_console.store import Store, registrations
from poltwt_console.workflow import intake
from tests.fakes import WMP, FakeReader, read_mail
from tests.gui.conftest import Driver
from tests.gui.test_inbox import select, texts


@pytest.fixture
def attached(store: Store, reader: FakeReader, tmp_path: Path) -> Callable[[int], None]:
    """Takes in a mail with that many files."""

    def attached(files: int) -> None:
        made = EmailMessage()
        made["From"] = "a@x.example"
        made["Subject"] = "files"
        made.set_content("We are @SamplePD. See the files.")
        for n in range(files):
            made.add_attachment(
                b"%d" % n, maintype="application", subtype="octet-stream", filename=f"R&D {n}.bin"
            )
        path = tmp_path / "files.eml"
        path.write_bytes(made.as_bytes())
        intake.import_mail(store, reader, "2013-11", [path])

    return attached


def handles(store: Store) -> list[str]:
    with store.read() as connection:
        return [r.value("handle") for r in registrations.all_registrations(connection, "2013-11")]


def test_an_attachment_is_saved_where_a_person_says(
    open_window: Callable[[], Driver],
    attached: Callable[[int], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    attached(1)
    driver = open_window()
    [made] = driver.window.inbox.mail.attachments
    assert made.text() == "R&&D 0.bin (1 byte)"  # which shows one "&"
    asked: list[str] = []

    def choose(_parent: object, _title: str, suggested: str) -> tuple[str, str]:
        asked.append(suggested)
        return str(tmp_path / "saved.bin"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    with driver.quiet():
        driver.qtbot.mouseClick(made, Qt.MouseButton.LeftButton)
    assert asked[0].endswith("R&D 0.bin")
    assert (tmp_path / "saved.bin").read_bytes() == b"0"
    assert driver.window.notices.text == "Saved as saved.bin."


def test_a_file_that_cannot_be_written_is_said_so(
    open_window: Callable[[], Driver], attached: Callable[[int], None], tmp_path: Path
):
    attached(1)
    driver = open_window()
    answer = driver.window.inbox._answer
    with driver.quiet():
        driver.window.inbox.verbs.write_attachment(answer.detail.id, "2", tmp_path / "no" / "a.bin")
    assert "a.bin cannot be written." in driver.window.notices.text


def test_many_attachments_are_all_reached(open_window: Callable[[], Driver], attached: Callable[[int], None]):
    attached(9)
    driver = open_window()
    pane = driver.window.inbox.mail
    assert len(pane.attachments) == 6
    [more] = [b for b in pane.findChildren(QPushButton) if b.text() == "3 more…"]
    assert [a.text() for a in more.menu().actions()] == [f"R&&D {n}.bin (1 byte)" for n in (6, 7, 8)]


def open_account(driver: Driver) -> AccountDialog:
    driver.qtbot.mouseClick(driver.window.inbox.form.add, Qt.MouseButton.LeftButton)
    return driver.window.frame.findChildren(AccountDialog)[-1]


def test_an_account_that_was_not_seen_is_added_and_undone(
    open_window: Callable[[], Driver], take_in: Callable[..., list[str]], store: Store
):
    take_in(read_mail(WMP, text="@WMPolice, Lloyd House, Birmingham B4 6NQ, and also trafficwmp"))
    driver = open_window()
    select(driver, "trafficwmp")
    dialog = open_account(driver)
    assert dialog.handle.text() == "@trafficwmp"
    dialog.handle.setText("no name!")
    assert not dialog.ok.isEnabled()
    assert "1 to 15 letters" in dialog.wrong.text()
    dialog.handle.setText("@TrafficWMP")
    with driver.quiet():
        driver.qtbot.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    assert handles(store) == ["WMPolice", "TrafficWMP"]
    form = driver.window.inbox.form
    assert "account 2 of 2" in texts(form)
    assert form._rows["handle"].widget.text() == "@TrafficWMP"
    with driver.quiet():
        driver.window.actions["undo"].trigger()
    assert handles(store) == ["WMPolice"]


def test_selected_words_become_the_account_of_a_mail_without_one(
    open_window: Callable[[], Driver], take_in: Callable[..., list[str]], store: Store
):
    take_in(read_mail(text="Hello, we are SamplePD of Sampleton"))
    driver = open_window()
    assert driver.window.inbox.form.add.isVisibleTo(driver.window.inbox.form)
    select(driver, "SamplePD")
    driver.key("1")
    assert handles(store) == ["SamplePD"]
    assert driver.window.inbox.form._rows["handle"].widget.text() == "@SamplePD"
    select(driver, "Sampleton")
    driver.key("2")
    assert driver.window.inbox.form._rows["name"].widget.text() == "Sampleton"


def test_a_mail_set_aside_comes_back_with_its_account(
    open_window: Callable[[], Driver], take_in: Callable[..., list[str]]
):
    take_in(read_mail(text="Hello, we are SamplePD"), read_mail(WMP, number=2))
    driver = open_window()
    driver.key("x")
    driver.window.inbox.show_state("aside")
    driver.settle()
    dialog = open_account(driver)
    driver.type(dialog.handle, "SamplePD")
    driver.key(Qt.Key.Key_Return, dialog.handle)
    assert driver.window.inbox._chips["review"].isChecked()
    assert driver.subject == "#poltwt 1"
    assert driver.window.inbox.form._rows["handle"].widget.text() == "@SamplePD"
