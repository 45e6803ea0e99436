"""The table: search, sort, filter, edit in the cell, and one participant in full."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from poltwt_console.workflow import review
from tests.gui.conftest import Driver
from tests.gui.test_inbox import everyone, texts


@pytest.fixture
def people(open_window, two_places, registration_ids, store) -> Driver:
    """The page with one agency in Birmingham and one in Chicago."""
    review.accept(store, registration_ids(two_places))
    driver = open_window()
    driver.window.show_page("participants")
    cells(driver, 0)
    return driver


def cells(driver: Driver, column: int) -> list[str]:
    model = driver.window.people.model
    for row in range(model.rowCount()):
        model.row_at(row)
    driver.settle()
    return [model.index(row, column).data() for row in range(model.rowCount())]


def test_the_table_shows_who_takes_part(people: Driver):
    assert cells(people, 0) == ["@Chicago_Police", "@WMPolice"]
    assert cells(people, 5) == ["locality", "postcode"]
    assert cells(people, 6) == ["13:00", "08:00"]


def test_a_cell_is_edited_in_place(people: Driver, store):
    table = people.window.people.table
    table.setFocus()
    table.setCurrentIndex(people.window.people.model.index(1, 1))
    people.key(Qt.Key.Key_F2)
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    editor.selectAll()
    people.type(editor, "West Mids Police")
    with people.quiet():
        people.qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert everyone(store)["WMPolice"].name == "West Mids Police"
    assert cells(people, 1) == ["Chicago Police Department", "West Mids Police"]
    assert people.window.bar.undo.text().startswith("Undo: Edit name of @WMPolice")


def test_a_refused_edit_is_told(people: Driver, store):
    model = people.window.people.model
    with people.quiet():
        model.setData(model.index(1, 0), "@Chicago_Police")
    assert "another participant" in people.window.notices.text
    assert cells(people, 0) == ["@Chicago_Police", "@WMPolice"]


def test_sorting_is_asked_of_the_database_and_keeps_the_selection(people: Driver):
    table = people.window.people.table
    assert people.window.people._answer.one.handle == "Chicago_Police"
    with people.quiet():
        table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    assert cells(people, 0) == ["@WMPolice", "@Chicago_Police"]
    assert table.currentIndex().row() == 1


def test_search_and_filters(people: Driver):
    people.search("birmingham")
    assert cells(people, 0) == ["@WMPolice"]
    people.search("")
    country = people.window.people.country
    with people.quiet():
        country.setCurrentIndex(country.findData("US"))
        country.activated.emit(country.currentIndex())
    assert cells(people, 0) == ["@Chicago_Police"]
    with people.quiet():
        people.window.people.officers.click()
    assert "Nobody fits" in people.window.people.empty.text


def test_not_on_the_list_yet(people: Driver, store, tmp_path):
    from poltwt_console.workflow import publish

    publish.export(store, "2013-11", "twitter-list", tmp_path / "handles.txt")
    with people.quiet():
        people.window.people.add_participant({"handle": "NewForce", "name": "New Force"})
    with people.quiet():
        people.window.show_attention("not-listed")
    assert cells(people, 0) == ["@NewForce"]


def test_one_participant_shows_history_mails_and_sources(people: Driver):
    words = texts(people.window.people.panel)
    assert "mail #2" in words
    assert "#2  #poltwt 2" in words
    assert "Accept" in words
    with people.quiet():
        people.window.people.mail_wanted.emit(people.window.people._answer.mails[0][0])
    assert people.window.stack.currentWidget() is people.window.inbox
    assert people.subject == "#poltwt 2"


def test_withdrawn_stays_in_the_table(people: Driver, store):
    with people.quiet():
        people.window.people.panel.state_wanted.emit("withdrawn")
    assert cells(people, 7) == ["withdrawn", "confirmed"]
    assert people.window.nav._pages["participants"].accessibleName() == "Participants, 2"


def test_the_panel_edits_and_says_who_set_it(people: Driver, store):
    row = people.window.people.panel._rows["city"]
    row.widget.setFocus()
    row.widget.selectAll()
    people.type(row.widget, "Evanston")
    with people.quiet():
        people.qtbot.keyClick(row.widget, Qt.Key.Key_Return)
    assert everyone(store)["Chicago_Police"].city == "Evanston"
    assert row._why.text().startswith("by lauri")
    assert people.window.frame.focusWidget() is people.window.people.table


def test_an_edit_of_what_changed_elsewhere_overwrites_nothing(people: Driver, store):
    from poltwt_console.workflow.people import edit_participant
    from tests.fakes import FakeReader

    answer = people.window.people._answer
    edit_participant(store, FakeReader(), answer.one.id, "city", "Evanston")
    with people.quiet():
        people.window.people.panel.edited.emit("city", "Cicero")
    assert everyone(store)["Chicago_Police"].city == "Evanston"
    assert "changed elsewhere" in people.window.notices.text
    assert people.window.people.panel._rows["city"].widget.text() == "Evanston"


def test_escape_leaves_the_dialog(people: Driver):
    from poltwt_console.gui.add_dialog import AddDialog

    people.window.people.add.click()
    [dialog] = people.window.frame.findChildren(AddDialog)
    people.qtbot.keyClick(dialog.editors["handle"], Qt.Key.Key_Escape)
    assert not dialog.isVisible()
