"""Pictures of every page, light and dark, filled from the demo inbox and empty.

Run as ``python -m tests.screenshots FOLDER``; offscreen, unless QT_QPA_PLATFORM says otherwise.
"""

from __future__ import annotations

import os
import sys
import tempfile
import traceback
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QDialog

from poltwt_console.app import Console
from poltwt_console.gui.desk import fill_demo, open_desk
from poltwt_console.gui.frame import Frame
from poltwt_console.gui.main_window import MainWindow
from poltwt_console.gui.nav import PAGES
from poltwt_console.gui.style import Style
from poltwt_console.paths import Profile

SIZES = ((1280, 800), (1920, 1080))
_PATIENCE = 60_000


class Camera:
    """One window on a profile of its own."""

    def __init__(self, style: Style, base: Path, *, demo: bool) -> None:
        self.frame = Frame(style)
        self.window = MainWindow(self.frame)
        self.window.jobs.failed.connect(_stop)
        self.console = Console(Profile(base), str(base / "poltwt.db"))
        self.frame.show()
        self.window.open(lambda: open_desk(self.console), fill_demo if demo else None)
        self.settle()
        self.window._read_basemap("50m")
        self.settle()
        self.window.notices.hide()

    def settle(self) -> None:
        """Wait until nothing is asked for any more."""
        while not self.window.jobs.idle:
            loop = QEventLoop()
            self.window.jobs.quiet.connect(loop.quit)
            QTimer.singleShot(_PATIENCE, loop.quit)
            loop.exec()
        QApplication.processEvents()

    def take(self, path: Path) -> None:
        """Write a picture of the window as it is."""
        self.settle()
        self.frame.grab()  # rows are asked for when they are first painted
        self.settle()
        self.frame.grab().save(str(path))
        print(path)

    def take_dialog(self, path: Path, open_it: Callable[[], object]) -> None:
        """Write a picture of the dialog that this opens, then close it."""
        open_it()
        self.settle()
        [dialog] = [d for d in self.frame.findChildren(QDialog) if d.isVisible()]
        QApplication.processEvents()
        dialog.grab().save(str(path))
        print(path)
        dialog.close()
        self.settle()

    def close(self) -> None:
        self.frame.close()
        self.console.close()


def _stop(error: BaseException) -> None:
    """Pictures of a window that failed are worth nothing."""
    traceback.print_exception(error)
    os._exit(1)


def moments(window: MainWindow) -> list[tuple[str, Callable[[], object]]]:
    """What is shown besides the first view of each page."""
    return [
        ("inbox-done", lambda: window.inbox.show_state("done")),
        ("inbox-several", lambda: window.inbox.queue.choose(_first(window, lambda r: len(r.handles) > 1))),
        ("inbox-change", lambda: window.show_attention("changes")),
        ("places", lambda: window.show_attention("place")),
        ("inbox-aside", lambda: window.inbox.show_state("aside")),
    ]


def dialogs(camera: Camera) -> list[tuple[str, Callable[[], object]]]:
    """The dialogs, with something in them."""
    window = camera.window

    def own_words() -> None:
        window.own_words.open()
        camera.settle()
        dialog = window.own_words._dialog
        assert dialog is not None
        dialog.text.setText("Adres")
        dialog.means.show_value("ignore")
        dialog.add.click()
        dialog.try_.click()

    def mapping() -> None:
        window.importing.take([_table_mail(camera.console.profile.base)])
        camera.settle()
        window.inbox.show_state("review")
        camera.settle()
        window.inbox.queue.choose(_first(window, lambda r: r.subject == "Our accounts"))
        camera.settle()
        window.inbox.mail.choose.click()

    return [
        ("own-words", own_words),
        ("mapping", mapping),
        ("account", window.inbox.form.add.click),
        ("imports", window.imports.open),
        ("fetch", window.fetching.open),
        ("settings", window.preferences.open_settings),
        ("about", window._about),
    ]


def _table_mail(folder: Path) -> Path:
    """A mail with a table in words that nobody knows."""
    mail = EmailMessage()
    mail["From"] = "Ndidi Okafor <n.okafor@police.example>"
    mail["Subject"] = "Our accounts"
    mail["Date"] = "Thu, 10 Oct 2013 09:00:00 +0100"
    mail.set_content("Our accounts for #poltwt are in the attached table.")
    rows = [
        "aha,oruko,ibi",
        "@LagosPoliceNG,Lagos State Police Command,Oduduwa Street Ikeja Lagos",
        "@KanoPoliceNG,Kano State Police Command,Bompai Road Kano",
        "@OyoPoliceNG,Oyo State Police Command,Eleyele Road Ibadan",
    ]
    mail.add_attachment("\n".join(rows).encode(), maintype="text", subtype="csv", filename="akanti.csv")
    path = folder / "table.eml"
    path.write_bytes(mail.as_bytes())
    return path


def _first(window: MainWindow, fits: Callable[..., bool]) -> int:
    model = window.inbox.model
    rows = [model.row_at(n) for n in range(len(model.ids))]
    return next((n for n, row in enumerate(rows) if row is not None and fits(row)), 0)


def take_all(folder: Path) -> None:
    """Every page in every look."""
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication.instance() or QApplication([*sys.argv[:1], "-style", "Fusion"])
    assert isinstance(app, QApplication)
    for dark in (False, True):
        look = "dark" if dark else "light"
        style = Style(app, dark=dark)
        for demo in (True, False):
            with tempfile.TemporaryDirectory() as base:
                camera = Camera(style, Path(base), demo=demo)
                for width, height in SIZES:
                    camera.frame.resize(width, height)
                    for key, _ in PAGES:
                        camera.window.show_page(key)
                        filled = "" if demo else "-empty"
                        camera.take(folder / f"{key}{filled}-{look}-{width}.png")
                    if demo and width == SIZES[0][0]:
                        for name, show in moments(camera.window):
                            camera.window.show_page("inbox")
                            camera.settle()
                            show()
                            camera.take(folder / f"{name}-{look}-{width}.png")
                        camera.window.show_page("inbox")
                        camera.window.inbox.show_state("review")
                if demo:
                    camera.frame.resize(*SIZES[0])
                    for name, show in dialogs(camera):
                        camera.take_dialog(folder / f"dialog-{name}-{look}.png", show)
                camera.close()
        style.deleteLater()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Say where to: python -m tests.screenshots FOLDER")
    take_all(Path(sys.argv[1]))
