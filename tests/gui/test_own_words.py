"""Own words: seen before they are kept, carried in a file, and never a pattern to be run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from poltwt_console.extraction.terms import LABELS
from poltwt_console.gui.own_words_dialog import MEANINGS, OwnWordsDialog
from poltwt_console.settings import Pattern, Settings, load_settings, save_settings
from poltwt_console.store import Store, registrations
from poltwt_console.workflow import intake
from tests.fakes import FakeReader
from tests.gui.conftest import Driver
from tests.workflow.test_intake import mail

EDITION = "2013-11"
BODY = "Twitter name: @Quay{n}\nAgency: Quay Police Department\nKwartier: {n} Harbour Street, Chicago"


@pytest.fixture
def settings_file(tmp_path: Path) -> Path:
    return tmp_path / "profile" / "settings.json"


@pytest.fixture
def two_mails(store: Store, reader: FakeReader, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for n in (1, 2):
        (inbox / f"{n}.eml").write_bytes(mail(n, body=BODY.format(n=n)))
    intake.import_mail(store, reader, EDITION, [inbox])


def addresses(store: Store) -> list[str]:
    with store.read() as connection:
        return [r.value("address") for r in registrations.all_registrations(connection, EDITION)]


def open_words(driver: Driver) -> OwnWordsDialog:
    with driver.quiet():
        driver.window.actions["own-words"].trigger()
    return driver.window.frame.findChildren(OwnWordsDialog)[-1]


def add(driver: Driver, dialog: OwnWordsDialog, text: str, means: str) -> None:
    dialog.means.show_value(means)
    driver.type(dialog.text, text)
    driver.qtbot.keyClick(dialog.text, Qt.Key.Key_Return)


def press(driver: Driver, button) -> None:
    with driver.quiet():
        driver.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_word_is_seen_then_kept_then_dropped(
    open_window: Callable[[], Driver], two_mails: None, store: Store, settings_file: Path
):
    driver = open_window()
    before = addresses(store)
    dialog = open_words(driver)
    add(driver, dialog, "Kwartier", "ignore")
    assert dialog.isVisible()
    assert not dialog.ok.isEnabled()  # nothing is kept unseen
    press(driver, dialog.try_)
    assert dialog.told.text() == "2 mails would read differently; what you decided stays as it is."
    assert "address: 1 Harbour Street, Chicago" in dialog.differences.toPlainText()
    assert addresses(store) == before
    assert load_settings(settings_file).patterns == ()
    press(driver, dialog.ok)
    assert not driver.window.frame.findChildren(OwnWordsDialog) or not dialog.isVisible()
    assert load_settings(settings_file).patterns == (Pattern("Kwartier", "ignore"),)
    assert "2 mails read differently now." in driver.window.notices.text
    assert addresses(store) != before
    [own] = driver.window.jobs.desk.reader.settings.patterns
    assert (own.text, own.meaning) == ("Kwartier", "ignore")

    assert "Undo takes the reading back, not your words." in driver.window.notices.text
    with driver.quiet():
        driver.window.actions["undo"].trigger()
    assert addresses(store) == before
    assert driver.window.notices.text == "Undo read 2 mails again. Your own words stay as they are."
    assert load_settings(settings_file).patterns == (Pattern("Kwartier", "ignore"),)
    with driver.quiet():
        driver.window.actions["redo"].trigger()
    assert driver.window.notices.text == ""
    assert addresses(store) != before

    again = open_words(driver)
    assert again.list.count() == 1
    again.list.setCurrentRow(0)
    driver.qtbot.mouseClick(again.drop, Qt.MouseButton.LeftButton)
    press(driver, again.try_)
    press(driver, again.ok)
    assert load_settings(settings_file).patterns == ()
    assert addresses(store) == before
    assert driver.window.jobs.desk.reader.settings.patterns == ()


def test_a_word_that_is_none_is_refused_and_a_star_is_no_pattern(
    open_window: Callable[[], Driver], two_mails: None
):
    driver = open_window()
    dialog = open_words(driver)
    add(driver, dialog, "***", "ignore")
    assert "There is no word." in dialog.wrong.text()
    assert dialog.draft == ()
    dialog.text.clear()
    add(driver, dialog, "Kwart.*", "ignore")
    press(driver, dialog.try_)
    assert dialog.told.text() == "No mail would read differently."


def test_every_meaning_can_be_chosen():
    assert {key for key, _ in MEANINGS} == set(LABELS)


def test_the_same_text_has_one_meaning(open_window: Callable[[], Driver]):
    driver = open_window()
    dialog = open_words(driver)
    add(driver, dialog, "Kwartier", "address")
    add(driver, dialog, "kwartier", "city")
    assert dialog.draft == (Pattern("kwartier", "city"),)


def test_words_go_out_to_a_file_and_come_back(
    open_window: Callable[[], Driver], settings_file: Path, tmp_path: Path
):
    settings_file.parent.mkdir(parents=True)
    save_settings(settings_file, Settings(patterns=(Pattern("our seat", "address", "en"),)))
    driver = open_window()
    dialog = open_words(driver)
    path = tmp_path / "words.json"
    with driver.quiet():
        driver.window.own_words.write_file(path)
    assert dialog.told.text() == "Written to words.json."
    dialog.list.setCurrentRow(0)
    driver.qtbot.mouseClick(dialog.drop, Qt.MouseButton.LeftButton)
    assert dialog.draft == ()
    with driver.quiet():
        driver.window.own_words.take_file(path)
    assert dialog.draft == (Pattern("our seat", "address", "en"),)
    path.write_text('{"format": "something else"}', "utf-8")
    with driver.quiet():
        driver.window.own_words.take_file(path)
    assert "words.json holds no words of a poltwt console." in dialog.wrong.text()


def test_closing_the_dialog_stops_what_runs_for_it(
    open_window: Callable[[], Driver], two_mails: None, settings_file: Path
):
    driver = open_window()
    dialog = open_words(driver)
    add(driver, dialog, "Kwartier", "ignore")
    dialog.try_.click()
    dialog.reject()
    driver.settle()
    assert load_settings(settings_file).patterns == ()
    assert driver.window.notices.text == ""
