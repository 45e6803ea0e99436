"""The same verbs without a screen: exit code 0 done, 1 not done, 2 wrong usage; ``--json`` for programs.

``parser`` says what can be typed, one module for each group of commands says what is answered; the work
itself is in ``workflow``, where the window finds it too.  What was decided: with ``--json`` standard output
holds JSON and nothing else; a module of commands imports what it works with inside its commands, so that
``locate`` opens no database and ``--help`` comes at once.
"""

from __future__ import annotations

from collections.abc import Sequence

from poltwt_console.cli.answers import tell
from poltwt_console.cli.context import Arguments, Context
from poltwt_console.cli.parser import make_parser
from poltwt_console.errors import ConsoleError

__all__ = ["Arguments", "Context", "parse", "screen_missing", "tell", "window_missing"]


def parse(argv: Sequence[str]) -> Arguments:
    """The arguments; argparse ends the program with code 2 where they do not fit."""
    return make_parser().parse_args(argv, Arguments())


def screen_missing() -> ConsoleError:
    """There is no screen to open a window on."""
    return ConsoleError(
        "There is no screen to open the window on.",
        "Start it in a desktop session; the commands work without one (--help lists them).",
    )


def window_missing(what: str) -> ConsoleError:
    """The one line to run where Qt's system libraries are missing."""
    return ConsoleError(
        f"The window cannot be opened; missing: {what}.",
        "On Debian or Ubuntu run: sudo apt-get install --no-install-recommends libgl1 libegl1 libxkbcommon0 "
        "libglib2.0-0 libfontconfig1 libdbus-1-3 libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 "
        "libxcb-keysyms1 libxcb-shape0",
    )
