"""What the window works on: the organiser's database and the reader of mails.

``app`` hands in a Console whose store and reader open when they are first touched.  The window
touches them in a worker, after its first paint: SQLAlchemy alone takes 0.2 s to import.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from poltwt_console.domain.changes import Changes, Progress
    from poltwt_console.domain.edition import Edition
    from poltwt_console.paths import Profile
    from poltwt_console.settings import Settings
    from poltwt_console.store import Store
    from poltwt_console.workflow.reading import MailReader


class Console(Protocol):
    """Opens on first use; every property may take its time and may raise ConsoleError."""

    @property
    def store(self) -> Store:
        """The database."""

    @property
    def reader(self) -> MailReader:
        """The reader of mails for the database's organiser."""

    @property
    def edition_id(self) -> str:
        """The edition to show."""

    @property
    def profile(self) -> Profile:
        """The organiser's folder."""

    def reader_with(self, settings: Settings) -> MailReader:
        """A reader as these settings would make it."""


@dataclass(frozen=True, slots=True)
class Desk:
    """An open database with its reader, the edition that the window shows, and the organiser's folder."""

    store: Store
    reader: MailReader
    edition: Edition
    profile: Profile
    reader_with: Callable[[Settings], MailReader]  # as other settings would make it

    @property
    def edition_id(self) -> str:
        """The edition's id."""
        return self.edition.id


def open_desk(console: Console) -> Desk:
    """Open everything; run in a worker."""
    from poltwt_console.store.queries.editions import get_edition

    store = console.store
    with store.read() as connection:
        edition = get_edition(connection, console.edition_id)
    return Desk(store, console.reader, edition, console.profile, console.reader_with)


def fill_demo(desk: Desk, progress: Progress) -> Changes:
    """Let the verbs fill it from the demo inbox; run in a worker."""
    from poltwt_console.workflow.demo import fill

    return fill(desk.store, desk.reader, desk.edition_id, progress=progress)
