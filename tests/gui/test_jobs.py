"""The crossing between threads: nothing blocks, nothing is called back off the main thread."""

from __future__ import annotations

import threading

from PySide6.QtCore import QElapsedTimer, QTimer

from poltwt_console.domain.changes import Changes
from poltwt_console.errors import ConsoleError
from poltwt_console.gui.empty_state import EmptyState
from poltwt_console.gui.frame import Frame
from poltwt_console.gui.main_window import MainWindow
from poltwt_console.gui.notices import _TextDialog
from poltwt_console.gui.report import report_of


def test_an_answer_that_is_no_longer_asked_for_is_dropped(open_window):
    driver = open_window()
    gate = threading.Event()
    answers: list[str] = []

    def slow(_desk) -> str:
        gate.wait(10)
        return "old"

    with driver.quiet():
        driver.window.jobs.read("topic", slow, answers.append)
        driver.window.jobs.read("topic", lambda _: "new", answers.append)
        gate.set()
    assert answers == ["new"]


def test_answers_come_in_the_main_thread(open_window):
    driver = open_window()
    threads: set[int] = set()
    with driver.quiet():
        for n in range(200):
            driver.window.jobs.read(f"t{n}", lambda _: None, lambda _: threads.add(threading.get_ident()))
    assert threads == {threading.main_thread().ident}


def test_the_window_lives_while_a_write_is_slow(open_window, qtbot):
    driver = open_window()
    gate = threading.Event()
    ticks: list[int] = []
    clock = QElapsedTimer()
    timer = QTimer()
    timer.setInterval(5)

    def tick() -> None:
        ticks.append(clock.restart())
        if len(ticks) >= 20:
            gate.set()

    timer.timeout.connect(tick)

    def slow(_desk) -> Changes:
        gate.wait(10)
        return Changes("")

    with driver.quiet():
        clock.start()
        timer.start()
        driver.window.jobs.write(slow)
    timer.stop()
    assert len(ticks) >= 20


def test_a_fault_of_ours_opens_a_report_without_data(open_window, qtbot):
    driver = open_window()

    def broken(_desk) -> Changes:
        raise ValueError("secret words of a mail")

    with driver.quiet():
        driver.window.jobs.write(broken)
    [dialog] = driver.window.frame.findChildren(_TextDialog)
    assert "ValueError" in dialog._text.toPlainText()
    assert "secret" not in dialog._text.toPlainText()
    dialog.close()


def test_a_fault_of_the_world_is_a_sentence(open_window):
    driver = open_window()

    def refused(_desk) -> Changes:
        raise ConsoleError("The disk is full.", "Free some space.")

    with driver.quiet():
        driver.window.jobs.write(refused)
    assert driver.window.notices.text == "The disk is full. Free some space."


def test_a_report_names_causes_and_no_messages():
    try:
        try:
            raise KeyError("k.blakeman@wmp.example")
        except KeyError as error:
            raise RuntimeError("mail text") from error
    except RuntimeError as error:
        text = report_of(error)
    assert "RuntimeError" in text
    assert "KeyError" in text
    assert "blakeman" not in text
    assert "mail text" not in text


def test_a_database_that_cannot_be_opened_is_told(qtbot, style):
    frame = Frame(style)
    qtbot.addWidget(frame)
    window = MainWindow(frame)

    def make():
        raise ConsoleError("The database is damaged.", "Open a back-up.")

    with qtbot.waitSignal(window.jobs.quiet, timeout=5000):
        window.open(make)
    shown = frame.stack.currentWidget()
    assert isinstance(shown, EmptyState)
    assert shown.text == "The database is damaged. Open a back-up."
    frame.close()
