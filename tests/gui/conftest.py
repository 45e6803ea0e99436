"""A window on a real database in a folder of the test's own, driven by keys and actions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from poltwt_console.domain.message import Organiser
from poltwt_console.extraction import OwnPattern
from poltwt_console.gui.desk import Desk
from poltwt_console.gui.frame import Frame
from poltwt_console.gui.main_window import MainWindow
from poltwt_console.gui.style import Style
from poltwt_console.paths import Profile
from poltwt_console.settings import Settings
from poltwt_console.store import Store
from poltwt_console.store.queries.editions import get_edition
from tests.fakes import CPD, WMP, FakeReader, read_mail


def pytest_collection_modifyitems(items):
    """The offscreen platform warns of every window that has a least size."""
    for item in items:
        if "tests/gui" in item.path.as_posix():
            item.add_marker(pytest.mark.qt_log_ignore("propagateSizeHints", extend=True))


@pytest.fixture
def style(qapp: QApplication) -> Iterator[Style]:
    made = Style(qapp, dark=False)
    yield made
    made.deleteLater()


def reader_with(settings: Settings) -> FakeReader:
    """A reader with the organiser's own words."""
    made = FakeReader()
    made.settings = replace(
        made.settings,
        organiser=Organiser(calls=(settings.call,) if settings.call else ()),
        patterns=tuple(OwnPattern(p.text, p.meaning, p.language) for p in settings.patterns),
    )
    return made


class Driver:
    """The window with what a test does to it."""

    def __init__(self, qtbot: QtBot, window: MainWindow, store: Store) -> None:
        self.qtbot = qtbot
        self.window = window
        self.store = store

    @contextmanager
    def quiet(self) -> Iterator[None]:
        """What is done inside is waited for, with all that it sets off."""
        with self.qtbot.waitSignal(self.window.jobs.quiet, timeout=20_000):
            yield
        self.settle()

    def settle(self) -> None:
        """Wait until nothing is asked for any more."""
        while not self.window.jobs.idle:
            with self.qtbot.waitSignal(self.window.jobs.quiet, timeout=20_000):
                pass

    def key(self, key: Qt.Key | str, widget: QWidget | None = None, modifier=Qt.KeyboardModifier.NoModifier):
        """Press a key where the focus is, and wait for what comes of it."""
        target = widget or QApplication.focusWidget()
        assert target is not None
        self.qtbot.keyClick(target, key, modifier)
        self.settle()

    def type(self, widget: QWidget, text: str) -> None:
        """Type into a widget."""
        self.qtbot.keyClicks(widget, text)

    def search(self, words: str) -> None:
        """Search for other words, typed into the field."""
        field = self.window.bar.search
        field.setFocus()
        field.selectAll()
        if words:
            self.type(field, words)
        else:
            self.qtbot.keyClick(field, Qt.Key.Key_Escape)
        self.qtbot.waitUntil(lambda: self.window.inbox._wish.search == words)
        self.settle()

    @property
    def sender(self) -> str:
        """The sender of the mail that is shown."""
        answer = self.window.inbox._answer
        return answer.detail.sender_email if answer else ""

    @property
    def subject(self) -> str:
        """The subject of the mail that is shown."""
        answer = self.window.inbox._answer
        return answer.detail.subject if answer else ""


@pytest.fixture
def open_window(
    qtbot: QtBot, style: Style, store: Store, reader: FakeReader, tmp_path: Path
) -> Iterator[Callable[[], Driver]]:
    """Opens the window on the test's database and waits until it shows what is there."""
    frames: list[Frame] = []

    def open_window() -> Driver:
        frame = Frame(style)
        frames.append(frame)
        qtbot.addWidget(frame)
        window = MainWindow(frame)
        driver = Driver(qtbot, window, store)

        def make() -> Desk:
            with store.read() as connection:
                return Desk(
                    store, reader, get_edition(connection), Profile(tmp_path / "profile"), reader_with
                )

        frame.show()
        with driver.quiet():
            window.open(make)
        frame.activateWindow()
        window.inbox.queue.setFocus()
        return driver

    yield open_window
    for frame in frames:
        frame.close()


@pytest.fixture
def ready_mails(take_in: Callable) -> Callable[[int], list[str]]:
    """Takes in mails of one ready account each; gives their ids."""

    def ready_mails(count: int) -> list[str]:
        return take_in(
            *(
                read_mail(
                    {**WMP, "handle": f"Force{n}", "name": f"Force of {n}"},
                    number=n,
                    sender=f"p{n}@wmp.example",
                )
                for n in range(1, count + 1)
            )
        )

    return ready_mails


@pytest.fixture
def two_places(take_in: Callable) -> list[str]:
    """One mail from Birmingham, one from Chicago."""
    return take_in(read_mail(WMP, number=1), read_mail(CPD, number=2, sender="news@cpd.example"))
