"""The demo: an invented inbox, brought in by the same verbs that the organiser uses."""

from __future__ import annotations

from poltwt_console import paths
from poltwt_console.domain.changes import SILENT, Changes, Progress
from poltwt_console.store import Store, registrations
from poltwt_console.workflow import intake, review
from poltwt_console.workflow.reading import MailReader

#: How many of the mails that could be accepted at once are left in the queue, to try the keys on.
_LEFT_TO_REVIEW = 6


def fill(store: Store, reader: MailReader, edition_id: str, *, progress: Progress = SILENT) -> Changes:
    """Import the demo inbox and accept most of what is ready, as two steps that can be undone."""
    imported = intake.import_mail(store, reader, edition_id, [paths.resources() / "demo"], progress=progress)
    with store.read() as connection:
        ready = [r.id for r in registrations.open_registrations(connection, edition_id) if r.band == "ready"]
    review.accept(store, ready[:-_LEFT_TO_REVIEW], only_ready=True)
    return imported
