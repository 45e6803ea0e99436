"""Reading stored mails again: with the organiser's own words, or with a newer vocabulary.

The organiser adds a label or ignore word (literal text, never a pattern to be run), sees what
would change over all stored mails, and only then keeps it.  What a person decided or edited is
never read again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from poltwt_console.domain.changes import SILENT, Changes, Progress, stop_if_cancelled
from poltwt_console.domain.counts import counted, verb_for
from poltwt_console.domain.intake import ReadMail
from poltwt_console.domain.registration import FIELD_NAMES
from poltwt_console.store import Store, messages, registrations
from poltwt_console.store.queries.inbox import get_message
from poltwt_console.workflow.reading import MailReader


@dataclass(frozen=True, slots=True)
class Difference:
    """What a new reading of one mail would change: in words, field by field."""

    message_id: str
    number: int
    subject: str
    changes: tuple[str, ...]


def preview(
    store: Store, reader: MailReader, edition_id: str, *, progress: Progress = SILENT
) -> list[Difference]:
    """What would change if all undecided mails were read by this reader; nothing is written."""
    return [difference for difference, _ in _differences(store, reader, edition_id, progress)]


def reread(store: Store, reader: MailReader, edition_id: str, *, progress: Progress = SILENT) -> Changes:
    """Read all undecided mails again, as one step; only those that read differently are touched."""
    found = list(_differences(store, reader, edition_id, progress))
    with store.write("Read mails again", "reread") as write:
        still = set(messages.undecided(write.writer.connection, edition_id))
        done = [(d, mail) for d, mail in found if d.message_id in still]
        for difference, mail in done:
            messages.replace_reading(write.writer, difference.message_id, mail)
        mails = counted(len(done), "mail")
        write.writer.label = f"Read {mails} again"
        write.counts = {"changed": len(done)}
        write.sentence = f"{mails} {verb_for(len(done), 'reads', 'read')} differently now."
    return write.changes


def _differences(
    store: Store, reader: MailReader, edition_id: str, progress: Progress
) -> Iterator[tuple[Difference, ReadMail]]:
    with store.read() as connection:
        ids = messages.undecided(connection, edition_id)
    for done, message_id in enumerate(ids):
        stop_if_cancelled(progress)
        progress.report(done, len(ids), f"{done:,} of {counted(len(ids), 'mail')} read again")
        with store.read() as connection:
            now = get_message(connection, message_id)
            raw = messages.raw_of(connection, message_id)
            old = registrations.registrations_of(connection, message_id)
        mail = reader.read(raw, now.origin, now.date)
        changes = _compare(now.kind, old, mail)
        if changes:
            yield Difference(message_id, now.number, now.subject, changes), mail


def _compare(kind: str, old: Sequence[registrations.StoredRegistration], mail: ReadMail) -> tuple[str, ...]:
    new = mail.extract.registrations
    changes = [] if kind == mail.extract.kind.value else [f"kind: {kind} → {mail.extract.kind.value}"]
    if len(old) != len(new):
        changes.append(f"accounts: {len(old)} → {len(new)}")
    for before, after in zip(old, new, strict=False):
        for name in FIELD_NAMES:
            was, is_ = before.value(name), after.field(name).value or ""
            if was != is_:
                changes.append(f"{name.replace('_', ' ')}: {was or 'none'} → {is_ or 'none'}")
    return tuple(changes)
