"""The exports: counts on the cards, and files written."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from poltwt_console.gui.exports_page import KINDS
from poltwt_console.workflow import review
from tests.gui.conftest import Driver


@pytest.fixture
def page(open_window, two_places, registration_ids, store) -> Driver:
    review.accept(store, registration_ids(two_places))
    driver = open_window()
    driver.window.show_page("exports")
    driver.settle()
    return driver


def test_the_cards_count(page: Driver):
    counts = page.window.exports.counts
    assert counts["twitter-list"].text().startswith("2 accounts · 2 to add")
    assert counts["map"].text() == "2 of 2 on the map"
    assert counts["participants"].text() == "2 rows"


@pytest.mark.parametrize(
    ("kind", "form"),
    [pytest.param(k, f, id=f"{k.key}{f.suffix}") for k in KINDS for f in k.forms],
)
def test_each_button_writes_its_file(page: Driver, kind, form, tmp_path: Path, monkeypatch):
    path = tmp_path / f"out-{form.stem}{form.suffix}"
    asked = {}

    def where(parent, title, suggested, filters):
        asked["suggested"] = Path(suggested).name
        return str(path), filters

    monkeypatch.setattr(QFileDialog, "getSaveFileName", where)
    with page.quiet():
        page.window.exports.buttons[kind.key, form.suffix].click()
    assert path.stat().st_size > 0
    assert asked["suggested"].endswith(f"{form.stem}{form.suffix}")
    assert "2 accounts written" in page.window.notices.text


def test_a_list_that_went_out_is_counted_and_not_undone(page: Driver, tmp_path: Path):
    before = page.window.bar.undo.text()
    with page.quiet():
        page.window.exports.export("twitter-list", tmp_path / "list.csv")
    assert "0 to add" in page.window.exports.counts["twitter-list"].text()
    assert page.window.bar.undo.text() == before


def test_a_file_that_cannot_be_written_is_told(page: Driver, tmp_path: Path):
    with page.quiet():
        page.window.exports.export("map", tmp_path / "no such folder" / "map.kml")
    assert "cannot be written" in page.window.notices.text


def test_nobody_yet_says_the_next_step(open_window):
    driver = open_window()
    driver.window.show_page("exports")
    driver.settle()
    button = driver.window.exports.buttons["map", ".kml"]
    assert not button.isEnabled()
    assert "Inbox" in button.toolTip()


def test_a_search_from_here_goes_on_among_the_participants(page: Driver):
    page.search("chicago")
    assert page.window.stack.currentWidget() is page.window.people
    assert page.window.frame.focusWidget() is page.window.bar.search
    assert len(page.window.people.model.ids) == 1
