"""Undo and redo name the step."""

from __future__ import annotations

from PySide6.QtCore import Qt

from tests.gui.test_inbox import everyone, queue


def test_undo_and_redo_name_the_step(open_window, ready_mails, store):
    ready_mails(2)
    driver = open_window()
    driver.key(Qt.Key.Key_Return)
    bar = driver.window.bar
    assert bar.undo.text() == "Undo: Accept @Force1"
    assert driver.window.actions["undo"].text() == "Undo Accept @Force1"
    with driver.quiet():
        bar.undo.click()
    assert everyone(store) == {}
    assert queue(store)["review"] == 2
    assert bar.redo.text() == "Redo: Accept @Force1"
    assert driver.subject == "#poltwt 2" or driver.subject == "#poltwt 1"
    with driver.quiet():
        driver.window.actions["redo"].trigger()
    assert list(everyone(store)) == ["Force1"]
    assert not bar.redo.isEnabled()
