"""The demo: an invented inbox, brought in by the same verbs that the organiser uses."""

from __future__ import annotations

from poltwt_console import paths
from poltwt_console.domain.changes import SILENT, Changes, Progress
from poltwt_console.domain.registration import Intent
from poltwt_console.store import Store, registrations
from poltwt_console.store.registrations import StoredRegistration
from poltwt_console.workflow import intake, review
from poltwt_console.workflow.reading import MailReader

#: The share of the mails, oldest first, that the organiser of the demo has been through.
_DECIDED = 0.65


def fill(store: Store, reader: MailReader, edition_id: str, *, progress: Progress = SILENT) -> Changes:
    """Import the demo inbox, and accept what the organiser would by now: two steps that can be undone."""
    imported = intake.import_mail(store, reader, edition_id, [paths.resources() / "demo"], progress=progress)
    with store.read() as connection:
        waiting = registrations.open_registrations(connection, edition_id)
    mails = list(dict.fromkeys(r.message_id for r in waiting))
    decided = set(mails[: int(len(mails) * _DECIDED)])
    review.accept(store, [r.id for r in waiting if r.message_id in decided and _is_plain(r)])
    return imported


def _is_plain(one: StoredRegistration) -> bool:
    """New, complete, and at a place that is not in doubt."""
    return one.intent is Intent.REGISTER and one.band != "missing" and not one.location.needs_review
