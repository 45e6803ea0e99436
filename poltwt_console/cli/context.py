"""What a command is given: the profile with its database and reader, and what was typed."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from poltwt_console.paths import Profile
    from poltwt_console.settings import Settings
    from poltwt_console.store import Store
    from poltwt_console.workflow.reading import MailReader


class Context(Protocol):
    """What a command works on; ``app.Console`` is one."""

    @property
    def store(self) -> Store:
        """The database, opened when asked for."""

    @property
    def edition_id(self) -> str:
        """The edition that was asked for, or the newest."""

    @property
    def reader(self) -> MailReader:
        """The reader of mails for that edition."""

    @property
    def profile(self) -> Profile:
        """The organiser's folder."""

    def reader_for(self, email: str, name: str = "") -> MailReader:
        """A reader that needs no database."""

    def reader_with(self, settings: Settings) -> MailReader:
        """A reader as these settings would make it."""


class Arguments(argparse.Namespace):
    """What was typed; each command finds the names that the parser gave it besides."""

    basedir: str | None
    database: str | None
    edition: str | None
    demo: bool
    json: bool
    command: Callable[[Context, Arguments], int] | None
