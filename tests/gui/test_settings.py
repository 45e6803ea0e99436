"""The settings: nothing is sent until it is switched on, said and asked; keys are never shown again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from poltwt_console.domain.place import LocationState, Precision
from poltwt_console.gui.about_dialog import AboutDialog
from poltwt_console.gui.settings_dialog import SettingsDialog
from poltwt_console.settings import Online, Settings, load_settings, save_settings
from poltwt_console.store import Store
from poltwt_console.store.queries.places import doubtful_places
from tests.fakes import WMP, read_mail
from tests.geocoding.test_online import NOMINATIM, Server, answer, json_answer
from tests.gui.conftest import Driver
from tests.gui.memory_keyring import MemoryKeyring, memory_keyring
from tests.gui.test_inbox import texts

KEYRING = "poltwt console geocoding"


@pytest.fixture
def ring() -> Iterator[MemoryKeyring]:
    with memory_keyring() as memory:
        yield memory


@pytest.fixture
def server() -> Iterator[Server]:
    started = Server()
    started.respond = json_answer(NOMINATIM)
    yield started
    started.stop()


@pytest.fixture
def settings_file(tmp_path: Path) -> Path:
    return tmp_path / "profile" / "settings.json"


@pytest.fixture
def nowhere(take_in: Callable) -> str:
    """One mail whose address nobody knows offline."""
    [mail] = take_in(read_mail({**WMP, "address": "Lloyd House, Colmore Circus"}))
    return mail


def open_settings(driver: Driver) -> SettingsDialog:
    with driver.quiet():
        driver.window.actions["settings"].trigger()
    return driver.window.frame.findChildren(SettingsDialog)[-1]


def save(driver: Driver, dialog: SettingsDialog) -> None:
    with driver.quiet():
        driver.qtbot.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)


def test_online_is_off_and_the_dialog_says_what_would_be_sent(
    open_window: Callable[[], Driver], nowhere: str, ring: MemoryKeyring, settings_file: Path
):
    driver = open_window()
    assert not driver.window.actions["online"].isEnabled()
    assert not driver.window.places.online.isVisibleTo(driver.window.places)
    dialog = open_settings(driver)
    assert not dialog.enabled.isChecked()
    assert dialog.sent.text().startswith("Nothing is sent.")
    assert "1 address, with its country" in dialog.sent.text()
    assert "OpenStreetMap contributors" in dialog.credit.text()
    assert not dialog.service.isEnabled()
    dialog.enabled.click()
    driver.type(dialog.server, "https://places.example.org")
    assert "will be sent to places.example.org; no names, handles or mails" in dialog.sent.text()
    save(driver, dialog)
    assert load_settings(settings_file).online == Online(True, "nominatim", "https://places.example.org")
    assert driver.window.actions["online"].isEnabled()


def test_a_key_goes_to_the_keyring_and_is_not_shown_again(
    open_window: Callable[[], Driver], ring: MemoryKeyring, settings_file: Path
):
    driver = open_window()
    dialog = open_settings(driver)
    dialog.enabled.click()
    dialog.service.setCurrentIndex(dialog.service.findData("opencage"))
    save(driver, dialog)
    assert "needs a key" in dialog.wrong.text()  # told beside the field, and the dialog stays
    assert dialog.isVisible()
    driver.type(dialog.key, "s3cret")
    save(driver, dialog)
    assert ring.kept == {(KEYRING, "opencage"): "s3cret"}
    assert "s3cret" not in settings_file.read_text("utf-8")
    again = open_settings(driver)
    assert again.key.text() == ""
    assert "one is kept" in again.key.placeholderText()
    again.forget.click()
    again.enabled.click()
    save(driver, again)
    assert ring.kept == {}


def test_a_server_that_is_none_is_refused(open_window: Callable[[], Driver], ring: MemoryKeyring):
    driver = open_window()
    dialog = open_settings(driver)
    dialog.enabled.click()
    driver.type(dialog.server, "ftp://example.org")
    save(driver, dialog)
    assert "is not the address of a server" in dialog.wrong.text()
    assert not driver.window.actions["online"].isEnabled()


def test_the_own_call_is_known_from_now_on(
    open_window: Callable[[], Driver], ring: MemoryKeyring, settings_file: Path
):
    driver = open_window()
    dialog = open_settings(driver)
    driver.type(dialog.call, "Send us your Twitter name, such as @SamplePD")
    save(driver, dialog)
    assert load_settings(settings_file).call.endswith("@SamplePD")
    assert driver.window.jobs.desk.reader.settings.organiser.calls == (
        "Send us your Twitter name, such as @SamplePD",
    )


def switch_on(settings_file: Path, url: str) -> None:
    save_settings(settings_file, Settings(online=Online(True, "nominatim", url)))


def send(driver: Driver, button: str) -> None:
    with driver.quiet():
        driver.window.actions["online"].trigger()
    [box] = driver.window.frame.findChildren(QMessageBox)
    assert "1 address, with its country, will be sent to 127.0.0.1" in box.text()
    [wanted] = [b for b in box.buttons() if b.text().replace("&", "") == button]
    driver.qtbot.mouseClick(wanted, Qt.MouseButton.LeftButton)
    driver.settle()


def test_places_are_asked_for_once_it_was_said_and_agreed(
    open_window: Callable[[], Driver],
    nowhere: str,
    server: Server,
    settings_file: Path,
    store: Store,
):
    switch_on(settings_file, server.url)
    driver = open_window()
    send(driver, "Cancel")
    assert server.requests == []
    send(driver, "Send them")
    assert len(server.requests) == 1
    assert "1 of 1 place is known better now." in driver.window.notices.text
    with store.read() as connection:
        assert doubtful_places(connection, "2013-11") == []
    place = driver.window.inbox._answer.registrations[0].location
    assert (place.state, place.place.precision) == (LocationState.FOUND, Precision.STREET)
    assert driver.window.nav._attention["place"].accessibleName() == "Place uncertain, 0"


def test_a_failed_service_is_told_with_its_reason(
    open_window: Callable[[], Driver], nowhere: str, server: Server, settings_file: Path, store: Store
):
    server.respond = answer(b"", "text/plain", 503)
    switch_on(settings_file, server.url)
    driver = open_window()
    send(driver, "Send them")
    assert "0 of 1 place are known better now." in driver.window.notices.text
    assert "Show them" in texts(driver.window.notices)
    with store.read() as connection:
        [row] = doubtful_places(connection, "2013-11")
    assert row.reason == "no such place"  # a failure is never taken for an answer


def test_about_credits_the_data_and_says_the_licence(open_window: Callable[[], Driver]):
    driver = open_window()
    with driver.quiet():
        driver.window.actions["about"].trigger()
    [dialog] = driver.window.frame.findChildren(AboutDialog)
    assert "GeoNames" in dialog.places.text()
    credits = dialog.credits.toPlainText()
    assert "Natural Earth" in credits
    assert "Permission is hereby granted" in credits
