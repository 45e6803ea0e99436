"""The map: points, clusters, a click, keys, and the antimeridian."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QPointF, Qt

from poltwt_console.gui.basemap import degrees, load_basemap, world_point
from poltwt_console.gui.clusters import Spot, cluster
from poltwt_console.gui.map_view import MapView
from poltwt_console.workflow import review
from tests.gui.conftest import Driver
from tests.gui.test_inbox import texts


@pytest.fixture
def world(open_window, two_places, registration_ids, store) -> Driver:
    """The map with Birmingham and Chicago."""
    review.accept(store, registration_ids(two_places))
    driver = open_window()
    driver.window.show_page("map")
    driver.settle()
    return driver


def click(driver: Driver, at: QPointF) -> None:
    driver.qtbot.mouseClick(driver.window.map.view, Qt.MouseButton.LeftButton, pos=at.toPoint())


def test_a_click_opens_the_card(world: Driver):
    page = world.window.map
    [birmingham] = [c for c in page.view.clusters if abs(c.x - world_point(52.4814, -1.8998).x()) < 1e-6]
    click(world, page.view.screen_point(birmingham.middle))
    assert page.card.isVisible()
    assert "Birmingham" in texts(page.card)
    assert "@WMPolice" in texts(page.card)
    assert "08:00 UTC" in texts(page.card)
    click(world, QPointF(page.view.width() - 3, page.view.height() - 3))
    assert not page.card.isVisible()


def test_keys_go_through_the_points_and_open_one(world: Driver):
    view = world.window.map.view
    view.setFocus()
    world.key("n")
    world.key(Qt.Key.Key_Return)
    assert "@Chicago_Police" in texts(world.window.map.card)
    zoom = view.zoom
    world.key("+")
    assert view.zoom > zoom
    before = view._centre
    world.key(Qt.Key.Key_Right)
    assert view._centre.x() > before.x()
    world.key("0")
    assert all(view.rect().contains(view.screen_point(c.middle).toPoint()) for c in view.clusters)


def test_a_card_opens_the_participant(world: Driver):
    page = world.window.map
    page.show_card((0,))
    with world.quiet():
        page.participation_wanted.emit(page._answer.points[0].id)
    assert world.window.stack.currentWidget() is world.window.people
    assert world.window.people._answer.one.id == page._answer.points[0].id


def test_filters_and_search_narrow_the_points(world: Driver):
    page = world.window.map
    page.agencies.click()
    assert page.view.clusters == []
    page.agencies.click()
    page.search("chicago")
    assert sum(c.count for c in page.view.clusters) == 1


def test_many_on_one_point_open_as_a_list(qtbot, style):
    view = MapView(style)
    qtbot.addWidget(view)
    spots = [Spot(n, 0.5, 0.3, n == 0) for n in range(3)]
    view.show_spots(spots, {}, {})
    [one] = view.clusters
    assert (one.count, one.officers, one.one_point) == (3, 1, True)
    with qtbot.waitSignal(view.chosen) as seen:
        view.enter(one)
    assert seen.args == [(0, 1, 2)]


def test_far_points_part_when_entered(qtbot, style):
    view = MapView(style)
    qtbot.addWidget(view)
    view.show_spots([Spot(0, 0.5, 0.3, False), Spot(1, 0.5004, 0.3, False)], {}, {})
    view.look_at(QPointF(0.5, 0.3), 2)
    [one] = view.clusters
    view.enter(one)
    assert len(view.clusters) == 2


def test_clusters_keep_every_spot():
    spots = [Spot(n, (n * 7919 % 1000) / 1000, (n * 104729 % 1000) / 1000, n % 3 == 0) for n in range(500)]
    for level in range(10):
        keys = sorted(key for one in cluster(spots, level) for key in one.keys)
        assert keys == list(range(500))


@pytest.mark.parametrize("detail", ["110m", "50m"])
def test_no_ring_runs_back_across_the_world(detail: str):
    """A step over the antimeridian would draw a false band north of 66 degrees."""
    basemap = load_basemap(detail)
    assert len(basemap.shapes) > 170
    for shape in basemap.shapes:
        points = [shape.polygon[n] for n in range(shape.polygon.count())]
        edge = [p for p in points if abs(p.y()) > 0.001 and abs(p.y() - 1) > 0.001]
        steps = [abs(a.x() - b.x()) for a, b in pairwise(edge)]
        assert max(steps, default=0) < 0.5


def test_degrees_and_world_units_agree():
    for latitude, longitude in ((0, 0), (52.48, -1.89), (-36.8, 174.7), (80, -179)):
        back = degrees(world_point(latitude, longitude))
        assert back == pytest.approx((latitude, longitude), abs=1e-6)


def test_a_pin_is_moved_by_hand_and_stays(
    take_in, registration_ids, store, real_reader, qtbot, style, tmp_path
):
    from poltwt_console.domain.place import LocationState
    from poltwt_console.gui.desk import Desk
    from poltwt_console.gui.frame import Frame
    from poltwt_console.gui.main_window import MainWindow
    from poltwt_console.paths import Profile
    from poltwt_console.store import participants
    from poltwt_console.store.queries.editions import get_edition
    from tests.fakes import WMP, read_mail

    review.accept(store, registration_ids(take_in(read_mail(WMP))))
    frame = Frame(style)
    qtbot.addWidget(frame)
    world = Driver(qtbot, MainWindow(frame), store)
    with store.read() as connection:
        desk = Desk(store, real_reader, get_edition(connection), Profile(tmp_path), lambda _: real_reader)
    frame.show()
    with world.quiet():
        world.window.open(lambda: desk)
    with world.quiet():
        world.window.show_page("map")
    page = world.window.map
    page._move(page._answer.points[0])
    target = world_point(52.2, -1.5)
    page.view.look_at(target, 8)
    with world.quiet():
        click(world, page.view.screen_point(target))
    with store.read() as connection:
        [one] = participants.all_participations(connection, "2013-11")
    assert one.location.state is LocationState.BY_HAND
    assert one.location.locked
    assert (one.location.place.latitude, one.location.place.longitude) == pytest.approx(
        (52.2, -1.5), abs=0.02
    )
    assert one.location.original.label == "Birmingham, England, United Kingdom"
    frame.close()
