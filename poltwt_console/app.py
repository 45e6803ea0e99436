"""The composition root: reads the command line, builds what the program consists of, hands it over.

The window is imported only in the branch that opens it; a command never loads Qt.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from poltwt_console import cli
from poltwt_console.errors import ConsoleError, UsageError
from poltwt_console.paths import Profile, default_profile

if TYPE_CHECKING:
    from poltwt_console.settings import Settings
    from poltwt_console.store import Store
    from poltwt_console.workflow.reading import MailReader


@dataclass
class Console:
    """One profile with its database and reader, each opened when it is first needed."""

    profile: Profile
    database: str
    edition: str | None = None

    @cached_property
    def store(self) -> Store:
        """The database; StoreError if it cannot be opened."""
        from poltwt_console.store import Store

        return Store.open(self.database)

    @cached_property
    def edition_id(self) -> str:
        """The edition that was asked for, or the newest; UsageError if there is none of that name."""
        from poltwt_console.store.queries.editions import get_edition

        with self.store.read() as connection:
            return get_edition(connection, self.edition).id

    @cached_property
    def reader(self) -> MailReader:
        """The reader of mails for the database's organiser."""
        from poltwt_console.settings import load_settings

        return self.reader_with(load_settings(self.profile.settings))

    def reader_with(self, settings: Settings) -> MailReader:
        """A reader for the database's organiser as these settings would make it."""
        from poltwt_console.store.queries.editions import get_edition

        with self.store.read() as connection:
            edition = get_edition(connection, self.edition)
        return _make_reader(settings, edition.organiser_email, edition.organiser_name)

    def reader_for(self, email: str, name: str = "") -> MailReader:
        """A reader that knows the organiser's own mails, and needs no database."""
        from poltwt_console.settings import load_settings

        return _make_reader(load_settings(self.profile.settings), email, name)

    def close(self) -> None:
        """Close the database if it was opened."""
        if "store" in self.__dict__:
            self.store.close()


def _make_reader(settings: Settings, email: str, name: str) -> MailReader:
    from poltwt_console.domain.message import Organiser
    from poltwt_console.extraction import OwnPattern
    from poltwt_console.workflow.reading import MailReader, ReadingSettings

    organiser = Organiser(
        emails=frozenset({email.casefold()} - {""}),
        names=frozenset({name.casefold()} - {""}),
        calls=(settings.call,) if settings.call else (),
    )
    patterns = tuple(OwnPattern(p.text, p.meaning, p.language) for p in settings.patterns)
    return MailReader(ReadingSettings(organiser=organiser, patterns=patterns))


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command, or open the window; returns the exit code (0 done, 1 not done, 2 wrong usage)."""
    arguments = cli.parse(sys.argv[1:] if argv is None else argv)
    if arguments.demo and (arguments.database or arguments.basedir):
        return cli.tell(
            UsageError("--demo has a throwaway profile of its own.", "Leave out --database and --basedir.")
        )
    if not arguments.demo:
        return _run(arguments, Path(arguments.basedir) if arguments.basedir else default_profile().base)
    with tempfile.TemporaryDirectory(prefix="poltwt-demo-") as folder:
        return _run(arguments, Path(folder))


def _run(arguments: cli.Arguments, base: Path) -> int:
    profile = Profile(base)
    console = Console(profile, arguments.database or str(profile.database), arguments.edition)
    try:
        if arguments.command is None:
            return _open_window(console, demo=arguments.demo)
        if arguments.demo:
            _fill(console)
        return arguments.command(console, arguments)
    except ConsoleError as error:
        return cli.tell(error)
    except BrokenPipeError:  # `list ... | head`: who reads has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    finally:
        console.close()


def _fill(console: Console) -> None:
    from poltwt_console.workflow.demo import fill

    fill(console.store, console.reader, console.edition_id)


#: What Qt loads on Linux when it opens a window on X11; its own message names only libxcb-cursor,
#: even where another is missing.  The first of these are needed without a screen too.
_LIBRARIES = (
    "libGL.so.1",
    "libEGL.so.1",
    "libxkbcommon.so.0",
    "libfontconfig.so.1",
    "libdbus-1.so.3",
    "libglib-2.0.so.0",
)
_SCREEN_LIBRARIES = (
    "libxkbcommon-x11.so.0",
    "libxcb-cursor.so.0",
    "libxcb-icccm.so.4",
    "libxcb-keysyms.so.1",
    "libxcb-shape.so.0",
)


def _missing_libraries() -> list[str]:
    """The system libraries that Qt would not find."""
    if not sys.platform.startswith("linux"):
        return []
    import ctypes

    offscreen = os.environ.get("QT_QPA_PLATFORM", "") in ("offscreen", "minimal")
    missing = []
    for name in _LIBRARIES if offscreen else _LIBRARIES + _SCREEN_LIBRARIES:
        try:
            ctypes.CDLL(name)
        except OSError:
            missing.append(name)
    return missing


def _open_window(console: Console, *, demo: bool) -> int:
    missing = _missing_libraries()
    if missing:
        return cli.tell(cli.window_missing(", ".join(missing)))
    screen = any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
    if sys.platform.startswith("linux") and not screen:
        return cli.tell(cli.screen_missing())
    try:
        from poltwt_console.gui import open_window
    except ImportError as error:
        return cli.tell(cli.window_missing(str(error)))
    return open_window(console, demo=demo)
