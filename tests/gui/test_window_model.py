"""The list as a window onto the database: pages on demand, placeholders, selection by id."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt

from poltwt_console.gui.jobs import Jobs
from poltwt_console.gui.window_model import PAGE, PLACEHOLDER, Column, WindowModel


@dataclass(frozen=True)
class Row:
    id: str
    name: str


@pytest.fixture
def jobs(qtbot):
    made = Jobs()
    made.use(object())  # type: ignore[arg-type]
    yield made
    made.close()


@pytest.fixture
def asked() -> list[int]:
    return []


@pytest.fixture
def model(jobs: Jobs, asked: list[int]) -> WindowModel[Row]:
    def rows(_desk: object, ids: Sequence[str]) -> list[Row]:
        asked.append(len(ids))
        return [Row(i, f"row {i}") for i in ids]

    return WindowModel(jobs, "rows", rows, (Column("name", "Name", lambda r: r.name, edits="name"),))


def text(model: WindowModel[Row], row: int) -> str:
    return model.index(row, 0).data()


def test_a_cell_is_a_placeholder_until_its_page_is_there(model, jobs, qtbot, asked):
    model.set_ids([str(n) for n in range(1000)])
    assert text(model, 900) == PLACEHOLDER
    with qtbot.waitSignal(jobs.quiet):
        pass
    assert text(model, 900) == "row 900"
    assert text(model, 0) == "row 0"
    assert sorted(asked) == [1000 - 3 * PAGE, PAGE], "only the pages that were looked at, and the first"


def test_old_rows_stay_until_the_new_ones_are_there(model, jobs, qtbot):
    model.set_ids(["a", "b"])
    with qtbot.waitSignal(jobs.quiet):
        pass
    model.set_ids(["b", "a"])
    assert [text(model, 0), text(model, 1)] == ["row b", "row a"]


def test_an_id_that_is_gone_has_no_place(model):
    model.set_ids(["a", "b"])
    assert [model.place_of("b"), model.place_of("x"), model.id_at(5)] == [1, -1, None]


def test_typing_into_a_cell_asks_for_the_edit(model, jobs, qtbot):
    model.set_ids(["a"])
    with qtbot.waitSignal(jobs.quiet):
        pass
    assert model.flags(model.index(0, 0)) & Qt.ItemFlag.ItemIsEditable
    with qtbot.waitSignal(model.edited) as seen:
        assert model.setData(model.index(0, 0), "other")
    assert seen.args[1:] == ["name", "other"]
    assert not model.setData(model.index(0, 0), "row a"), "the same again is no edit"


def test_a_hundred_thousand_rows_cost_their_ids_only(model, jobs, qtbot, asked):
    ids = [str(n) for n in range(100_000)]
    begun = time.perf_counter()
    model.set_ids(ids)
    took = time.perf_counter() - begun
    with qtbot.waitSignal(jobs.quiet):
        pass
    assert asked == [PAGE]
    assert took < 0.5
