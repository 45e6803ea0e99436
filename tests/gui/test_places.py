"""The list of doubtful places: moved through by keys, and each set right in the way that fits."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from poltwt_console.domain.place import LocationState
from poltwt_console.store import Store, locations
from poltwt_console.store.queries.places import doubtful_places
from poltwt_console.workflow import review
from tests.fakes import CPD, WMP, read_mail
from tests.gui.conftest import Driver
from tests.gui.test_inbox import texts

EDITION = "2013-11"


def doubt(store: Store, location_id: str, reason: str, **values: object) -> None:
    """Make a place doubtful."""
    from poltwt_console.store.tables import location

    with store.write("Doubt", "doubt") as write:
        write.writer.update(location, location_id, {"needs_review": [reason], **values})


@pytest.fixture
def doubtful(
    open_window: Callable[[], Driver], take_in: Callable, registration_ids: Callable, store: Store
) -> Driver:
    """The list with a mail from nowhere, an agency in Birmingham, and one in Chicago that takes part."""
    mails = take_in(
        read_mail({**WMP, "handle": "NoWhere", "address": "12 Nowhere Lane"}, number=1),
        read_mail(WMP, number=2),
        read_mail(CPD, number=3, sender="news@cpd.example"),
    )
    ids = registration_ids(mails)
    review.accept(store, ids[2:])
    with store.read() as connection:
        from poltwt_console.store import participants, registrations

        of_mail = registrations.get_registration(connection, ids[1]).location_id
        [one] = participants.all_participations(connection, EDITION)
    doubt(store, of_mail, "another Birmingham is as likely")
    doubt(store, one.location_id, "only the country is known", timezone="", precision="country")
    driver = open_window()
    driver.window.nav._attention["place"].click()
    driver.settle()
    return driver


def handles(driver: Driver) -> list[str]:
    return [row.handle for row in driver.window.places.model.rows]


def location_of(store: Store, location_id: str):
    with store.read() as connection:
        return locations.get_location(connection, location_id)


def test_the_nav_counts_what_the_list_shows(doubtful: Driver, store: Store):
    assert handles(doubtful) == ["WMPolice", "NoWhere", "Chicago_Police"]
    assert doubtful.window.nav._attention["place"].accessibleName() == "Place uncertain, 3"
    assert doubtful.window.nav._attention["place"].isChecked()
    with store.read() as connection:
        assert len(doubtful_places(connection, EDITION)) == 3
    words = texts(doubtful.window.places.detail)
    assert "▲ another Birmingham is as likely" in words
    assert "2   Chicago, Illinois, United States  (locality, ±12 km, 6,000 km from the first)" in words


def test_keys_go_through_the_list_and_a_digit_takes_a_candidate(doubtful: Driver, store: Store):
    places = doubtful.window.places
    assert QApplication.focusWidget() is places.list
    doubtful.key("j")
    assert places._shown.handle == "NoWhere"
    doubtful.key("2")  # it has no candidates
    doubtful.key("k")
    location_id = places._shown.location_id
    with doubtful.quiet():
        doubtful.key("2")
    found = location_of(store, location_id)
    assert (found.place.locality, found.locked) == ("Chicago", True)
    assert found.original.locality == "Birmingham"
    assert handles(doubtful) == ["NoWhere", "Chicago_Police"]
    assert places._shown.handle == "NoWhere"
    assert doubtful.window.nav._attention["place"].accessibleName() == "Place uncertain, 2"
    with doubtful.quiet():
        doubtful.window.undo()
    assert handles(doubtful)[0] == "WMPolice"


def test_another_address_is_looked_up_at_once(doubtful: Driver, store: Store):
    places = doubtful.window.places
    doubtful.key("j")
    doubtful.key(Qt.Key.Key_Return)
    editor = places.detail.address.widget
    assert QApplication.focusWidget() is editor
    editor.selectAll()
    doubtful.type(editor, "12 Broad Street, Birmingham")
    location_id = places._shown.location_id
    with doubtful.quiet():
        doubtful.qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert location_of(store, location_id).state is LocationState.FOUND
    assert handles(doubtful) == ["WMPolice", "Chicago_Police"]
    assert QApplication.focusWidget() is places.list


def test_an_address_of_a_participant_is_edited_too(doubtful: Driver, store: Store):
    from tests.gui.test_inbox import everyone

    doubtful.window.places.list.choose(2)
    with doubtful.quiet():
        doubtful.window.places.detail.address_edited.emit("Lloyd House, Birmingham")
    assert everyone(store)["Chicago_Police"].address == "Lloyd House, Birmingham"
    assert handles(doubtful) == ["WMPolice", "NoWhere"]


def test_coordinates_set_the_pin_and_what_is_none_is_told_beside_the_field(doubtful: Driver, store: Store):
    places = doubtful.window.places
    line, wrong = places.detail.coordinates.line, places.detail.coordinates.wrong
    location_id, address = places._shown.location_id, places._shown.location.query
    line.setFocus()
    doubtful.type(line, "95, 12")
    doubtful.key(Qt.Key.Key_Return)
    assert wrong.isVisible()
    assert "swapped" in wrong.text()
    assert location_of(store, location_id).state is LocationState.FOUND
    line.selectAll()
    doubtful.type(line, "https://www.openstreetmap.org/?mlat=52.5&mlon=-1.9")
    with doubtful.quiet():
        doubtful.qtbot.keyClick(line, Qt.Key.Key_Return)
    found = location_of(store, location_id)
    assert (found.state, found.locked, found.query) == (LocationState.BY_HAND, True, address)
    assert (found.place.latitude, found.place.longitude) == (52.5, -1.9)
    assert found.original.locality == "Birmingham"
    assert "WMPolice" not in handles(doubtful)


def test_the_pin_is_dragged_put_back_and_set(doubtful: Driver, store: Store):
    detail = doubtful.window.places.detail
    location_id = doubtful.window.places._shown.location_id
    before = location_of(store, location_id).place
    pin = detail.map.rect().center()
    drag(doubtful, pin, pin + QPoint(40, 20))
    assert detail.set_pin.isVisible()
    detail.put_back.click()
    assert not detail.set_pin.isVisible()
    drag(doubtful, pin, pin + QPoint(40, 20))
    with doubtful.quiet():
        detail.set_pin.click()
    found = location_of(store, location_id)
    assert found.place.latitude < before.latitude
    assert found.place.longitude > before.longitude
    assert found.original == before


def drag(driver: Driver, start: QPoint, end: QPoint) -> None:
    pin_map = driver.window.places.detail.map
    driver.qtbot.mousePress(pin_map, Qt.MouseButton.LeftButton, pos=start)
    driver.qtbot.mouseMove(pin_map, end)
    driver.qtbot.mouseRelease(pin_map, Qt.MouseButton.LeftButton, pos=end)


def test_the_pin_is_moved_by_keys(doubtful: Driver, store: Store):
    pin_map = doubtful.window.places.detail.map
    location_id = doubtful.window.places._shown.location_id
    pin_map.setFocus()
    doubtful.key(Qt.Key.Key_Up)
    doubtful.key(Qt.Key.Key_Escape)
    assert not doubtful.window.places.detail.set_pin.isVisible()
    doubtful.key(Qt.Key.Key_Plus)
    doubtful.key(Qt.Key.Key_Up)
    with doubtful.quiet():
        doubtful.qtbot.keyClick(pin_map, Qt.Key.Key_Return)
    assert location_of(store, location_id).place.latitude > 52.4814


def test_a_pin_set_by_hand_is_given_up_by_looking_up_again(doubtful: Driver, store: Store):
    places = doubtful.window.places
    location_id = places._shown.location_id
    with doubtful.quiet():
        doubtful.key("2")
    doubt(store, location_id, "the address changed after the pin was set by hand")
    with doubtful.quiet():
        doubtful.window.refresh()
    places.list.choose(handles(doubtful).index("WMPolice"))
    assert "First result: Birmingham" in texts(places.detail)
    with doubtful.quiet():
        places.detail.again.click()
    found = location_of(store, location_id)
    assert (found.place.locality, found.locked) == ("Birmingham", False)


def test_a_time_zone_is_chosen_where_only_the_country_is_known(doubtful: Driver, store: Store):
    places = doubtful.window.places
    assert not places.detail.zone.isVisible()
    places.list.choose(2)
    assert places.detail.zone.isVisible()
    zones = places.detail._zones
    with doubtful.quiet():
        zones.setCurrentIndex(zones.findData("America/Denver"))
        zones.activated.emit(zones.currentIndex())
    assert location_of(store, places._shown.location_id).zone == "America/Denver"
    assert "set by you" in texts(places.detail)


def test_search_narrows_the_list_and_the_mail_is_a_click_away(doubtful: Driver):
    places = doubtful.window.places
    doubtful.search("nowhere lane")
    assert handles(doubtful) == ["NoWhere"]
    places.detail.owner.click()
    doubtful.settle()
    assert doubtful.window.stack.currentWidget() is doubtful.window.inbox
    assert doubtful.subject == "#poltwt 1"


def test_an_empty_list_says_so(open_window: Callable[[], Driver], ready_mails: Callable):
    ready_mails(1)
    driver = open_window()
    driver.window.show_attention("place")
    driver.settle()
    assert "No place is uncertain" in driver.window.places.empty.text
