"""A table that was not understood: offered calmly, its columns chosen, its rows taken as one step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from poltwt_console.domain.registration import MAPPED_RULE
from poltwt_console.gui.mapping_dialog import NOTHING, MappingDialog
from poltwt_console.gui.style import SCALES, Style
from poltwt_console.store import Store, registrations
from tests.fakes import WMP, read_mail
from tests.gui.conftest import Driver
from tests.gui.test_inbox import texts
from tests.workflow.test_mapping import mail_with, table_part


def open_mapping(driver: Driver) -> MappingDialog:
    with driver.quiet():
        driver.qtbot.mouseClick(driver.window.inbox.mail.choose, Qt.MouseButton.LeftButton)
    return driver.window.frame.findChildren(MappingDialog)[-1]


def choose(dialog: MappingDialog, column: int, value: str) -> None:
    choice = dialog.choices[column]
    choice.setCurrentIndex(choice.findData(value))


def handles(store: Store) -> list[str]:
    with store.read() as connection:
        return [r.value("handle") for r in registrations.all_registrations(connection, "2013-11")]


@pytest.mark.parametrize("width", [1000, 1280, 1920])
def test_the_words_of_its_button_are_whole_in_every_size(
    open_window: Callable[[], Driver], take_in: Callable[..., list[str]], style: Style, width: int
):
    take_in(mail_with(table_part()))
    driver = open_window()
    choose = driver.window.inbox.mail.choose
    for scale in SCALES:
        style.scale = scale
        style.apply()
        driver.window.frame.resize(width, 800)
        QApplication.processEvents()
        assert choose.width() >= choose.sizeHint().width(), scale
        assert choose.accessibleName() == "Choose its columns…"
        if width == 1280 and scale <= 1.75:
            assert choose.text() != "…"
    assert driver.window.frame.width() == width


def test_a_table_is_mapped_and_undone(
    open_window: Callable[[], Driver], take_in: Callable[..., list[str]], store: Store
):
    take_in(mail_with(table_part()))
    driver = open_window()
    pane = driver.window.inbox.mail
    assert "A table was not understood." in texts(pane.table)
    dialog = open_mapping(driver)
    assert "list.csv" in texts(dialog)
    assert dialog.table.item(2, 1).text() == "Town Police"
    assert not dialog.ok.isEnabled()
    assert dialog.hint.text() == "One column must hold the Twitter name."
    choose(dialog, 1, "handle")
    choose(dialog, 0, "handle")
    assert dialog.choices[1].value() == NOTHING, "what one column holds, no other does"
    choose(dialog, 1, "name")
    choose(dialog, 2, "address")
    assert dialog.hint.text() == "3 rows of 4 with a Twitter name."
    with driver.quiet():
        driver.qtbot.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    assert handles(store) == ["Town_1", "Town_2"]
    assert "2 accounts from the table, 1 row without a Twitter name." in driver.window.notices.text
    assert "Show them" in texts(driver.window.notices)
    assert not pane.table.isVisibleTo(pane)
    assert "account 1 of 2" in texts(driver.window.inbox.form)
    with driver.quiet():
        driver.window.actions["undo"].trigger()
    assert handles(store) == []
    assert pane.table.isVisibleTo(pane)


def test_a_mail_that_was_understood_offers_nothing(open_window: Callable[[], Driver], take_in: Callable):
    take_in(read_mail(WMP))
    driver = open_window()
    assert not driver.window.inbox.mail.table.isVisibleTo(driver.window.inbox.mail)


def test_an_attached_table_that_gave_nothing_is_offered_quietly(
    open_window: Callable[[], Driver], take_in: Callable[..., list[str]]
):
    mail = mail_with(table_part())
    take_in(replace(mail, extract=replace(mail.extract, tables_to_map=())))
    driver = open_window()
    assert "A table gave no account." in texts(driver.window.inbox.mail.table)
    dialog = open_mapping(driver)
    choose(dialog, 0, "handle")
    with driver.quiet():
        driver.qtbot.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    assert "account 1 of 2" in texts(driver.window.inbox.form)


def test_a_mail_set_aside_comes_back_with_its_accounts(
    open_window: Callable[[], Driver], take_in: Callable[..., list[str]]
):
    take_in(mail_with(table_part()), read_mail(WMP, number=2))
    driver = open_window()
    driver.window.inbox.set_mail_aside()
    driver.settle()
    driver.window.inbox.show_state("aside")
    driver.settle()
    dialog = open_mapping(driver)
    choose(dialog, 0, "handle")
    with driver.quiet():
        driver.qtbot.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    assert driver.window.inbox._chips["review"].isChecked()
    assert "account 1 of 2" in texts(driver.window.inbox.form)


def test_a_table_of_its_own_is_imported_and_mapped(
    open_window: Callable[[], Driver], tmp_path: Path, store: Store
):
    path = tmp_path / "akanti.csv"
    path.write_text(
        "aha,oruko,ibi\n"
        "@LagosPoliceNG,Lagos State Police Command,Oduduwa Street Ikeja Lagos\n"
        "@KanoPoliceNG,Kano State Police Command,Bompai Road Kano\n",
        "utf-8",
    )
    driver = open_window()
    with driver.quiet():
        driver.window.importing.take([path])
    assert driver.subject == "akanti.csv"
    dialog = open_mapping(driver)
    assert dialog.columns() == {0: "handle"}, "a column of names with @ needs no words"
    choose(dialog, 1, "name")
    choose(dialog, 2, "address")
    with driver.quiet():
        driver.qtbot.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    with store.read() as connection:
        there = registrations.all_registrations(connection, "2013-11")
    assert {r.fields["handle"].read.rule for r in there} == {MAPPED_RULE}
    assert [(r.value("handle"), r.value("name")) for r in there] == [
        ("LagosPoliceNG", "Lagos State Police Command"),
        ("KanoPoliceNG", "Kano State Police Command"),
    ]


def test_a_table_of_its_own_without_signs_waits_for_a_person(
    open_window: Callable[[], Driver], tmp_path: Path, store: Store
):
    path = tmp_path / "akanti.csv"
    path.write_text("aha,oruko\nLagosPoliceNG,Lagos State\nKanoPoliceNG,Kano State\n", "utf-8")
    driver = open_window()
    with driver.quiet():
        driver.window.importing.take([path])
    assert driver.window.inbox._answer.detail.state == "review"
    dialog = open_mapping(driver)
    choose(dialog, 0, "handle")
    with driver.quiet():
        driver.qtbot.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    assert handles(store) == ["LagosPoliceNG", "KanoPoliceNG"]
