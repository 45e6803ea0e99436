"""Mail in: every mail is stored, known again if it was here, and then read.

Storing comes first: a mail is safe in seconds, whatever becomes of reading it.  An import is one
Batch and one Step that commits in pieces: it can be cancelled and keeps what is done, goes on
after a kill without doubling, and is undone as one.  One bad mail becomes a line that says why; it
never stops the batch.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from poltwt_console.domain.changes import SILENT, Changes, Progress
from poltwt_console.domain.counts import counted, verb_for
from poltwt_console.domain.intake import ParsedMail, ReadMail
from poltwt_console.errors import ConflictError, ConsoleError
from poltwt_console.mailbox import Unreadable, open_sources
from poltwt_console.store import Store, batches, history, messages
from poltwt_console.store.batches import BatchNote
from poltwt_console.store.history import slices
from poltwt_console.store.messages import Unread
from poltwt_console.workflow.pieces import InPieces
from poltwt_console.workflow.readers import Readers, Source
from poltwt_console.workflow.reading import MailReader

Item = TypeVar("Item")
_COMMIT_EVERY = 200
_STORE_FOR_S = 10.0


def import_mail(
    store: Store,
    reader: MailReader,
    edition_id: str,
    paths: Sequence[Path],
    *,
    progress: Progress = SILENT,
) -> Changes:
    """Import files, folders and mailboxes; one that was cut short goes on when it is asked for again."""
    shown = paths[0].name if len(paths) == 1 else counted(len(paths), "file")
    absolute = tuple(str(p.absolute()) for p in paths)
    with store.read() as connection:
        unfinished = batches.unfinished_batches(connection)
    for batch in unfinished:
        if batch.paths == absolute and batch.edition_id == edition_id:
            return _fill(store, reader, batch.id, open_sources(paths), progress)
    return import_sources(store, reader, edition_id, open_sources(paths), shown, absolute, progress=progress)


def import_sources(
    store: Store,
    reader: MailReader,
    edition_id: str,
    sources: Iterable[Source],
    shown: str,
    paths: Sequence[str] = (),
    *,
    goes_on: bool = False,
    progress: Progress = SILENT,
) -> Changes:
    """Import mails from anywhere; ``paths`` are what to read again after a kill, ``shown`` is for people.

    With ``goes_on`` the newest import of that name that was cut short goes on, where there is one: the
    sources give its mails again.
    """
    if goes_on:
        with store.read() as connection:
            unfinished = batches.unfinished_batches(connection)
        for batch in unfinished:
            if (batch.source, batch.edition_id, batch.paths) == (shown, edition_id, tuple(paths)):
                return _fill(store, reader, batch.id, sources, progress)
    with store.write(f"Import {shown}", "import_mail") as write:
        batch_id = batches.add_batch(write.writer, edition_id, shown, paths)
    return _fill(store, reader, batch_id, sources, progress)


def resume_import(store: Store, reader: MailReader, batch_id: str, *, progress: Progress = SILENT) -> Changes:
    """Go on with an import that was cut short; what is in already is neither lost nor doubled."""
    with store.read() as connection:
        batch = batches.get_batch(connection, batch_id)
        unread = messages.unread_of(connection, batch_id)
    if not batch.paths and not unread:
        raise ConsoleError(
            f"The import of {batch.source} cannot go on: it was not read from a file.",
            "Import it again; mails that are here already will be known.",
        )
    return _fill(store, reader, batch_id, open_sources([Path(p) for p in batch.paths]), progress)


def _fill(
    store: Store, reader: MailReader, batch_id: str, sources: Iterable[Source], progress: Progress
) -> Changes:
    run = _Import(store, batch_id, progress)
    with Readers(reader) as readers:
        parsed = _pieces(readers.parse(sources, store.clock()))
        more = True
        while more and not progress.cancelled:
            more = run.store_mails(parsed)
            run.read_mails(readers)
    return run.finish("cancelled" if progress.cancelled else "finished")


class _Import:
    """One import: mails are stored as they come, then read; every piece commits with its history."""

    def __init__(self, store: Store, batch_id: str, progress: Progress) -> None:
        self._store = store
        self._batch_id = batch_id
        self._progress = progress
        with store.read() as connection:
            batch = batches.get_batch(connection, batch_id)
            step = batches.step_of_batch(connection, batch_id)
            self._known = messages.KnownMail(connection, batch.edition_id)
            self._noted = {(note.kind, note.origin) for note in batches.notes_of(connection, batch_id)}
        assert step is not None
        self._edition_id = batch.edition_id
        self._run = InPieces(store, f"Import {batch.source}", "import_mail", step.id)
        self._done = batch.new + batch.known + batch.unreadable

    def store_mails(self, pieces: Iterator[list[ParsedMail | Unreadable]]) -> bool:
        """Store what comes; whether more may come: a slow server is left for a while, to read."""
        until = time.monotonic() + _STORE_FOR_S
        for piece in pieces:
            if self._progress.cancelled:
                return False
            mails = [item.message for item in piece if isinstance(item, ParsedMail)]
            with self._run.piece() as write:
                known = self._known
                known.refresh(
                    write.writer.connection, [m.digest for m in mails], [m.message_id for m in mails]
                )
                fresh, notes = _sort(piece, known, self._batch_id, self._noted)
                for added in messages.add_messages(write.writer, self._edition_id, self._batch_id, fresh):
                    known.add(added)
                batches.count_batch(write.writer, self._batch_id, notes, len(fresh), "running")
            self._done += len(piece)
            self._progress.report(self._done, 0, f"{counted(self._done, 'mail')} stored")
            if time.monotonic() > until:
                return True
        return False

    def read_mails(self, readers: Readers) -> None:
        """Read what is stored and unread."""
        with self._store.read() as connection:
            unread = messages.unread_of(connection, self._batch_id)
        done = 0
        for piece in _pieces(readers.read(self._with_bytes(unread), _read_stored, len(unread))):
            if self._progress.cancelled:
                return
            with self._run.piece() as write:
                messages.add_readings(write.writer, self._edition_id, dict(piece))
            done += len(piece)
            mails = counted(len(unread), "mail")
            self._progress.report(done, len(unread), f"{done:,} of {mails} read")

    def _with_bytes(self, unread: Sequence[Unread]) -> Iterator[tuple[Unread, bytes]]:
        for some in slices(unread, _COMMIT_EVERY):
            with self._store.read() as connection:
                raws = messages.raws_of(connection, [one.id for one in some])
            for one in some:
                if one.id in raws:  # else the import was undone meanwhile
                    yield one, raws[one.id]

    def finish(self, state: str) -> Changes:
        """End the import, and say what it brought."""
        run = self._run
        with self._store.read() as connection:
            batch = batches.get_batch(connection, self._batch_id)
            unread = len(messages.unread_of(connection, self._batch_id))
        new = counted(batch.new, "mail")
        label = f"Import {new} from {batch.source}"
        with run.piece(label) as write:
            batches.count_batch(write.writer, self._batch_id, (), 0, state)
        with self._store.read() as connection:
            problems = [n for n in batches.notes_of(connection, self._batch_id) if n.kind == "unreadable"]
        return Changes(
            label,
            run.step_id,
            run.touched,
            {"new": batch.new, "known": batch.known, "unreadable": batch.unreadable},
            f"{new} new, {batch.known:,} known already, {batch.unreadable:,} unreadable"
            + (_stopped(unread) if state == "cancelled" else "."),
            tuple(f"{note.origin}: {note.sentence}" for note in problems),
        )


def _stopped(unread: int) -> str:
    rest = f", {counted(unread, 'mail')} of it not read yet" if unread else ""
    return f" (stopped; what is in stays{rest})."


def _read_stored(reader: MailReader, mail: tuple[Unread, bytes]) -> tuple[str, ReadMail]:
    stored, raw = mail
    return stored.id, reader.read_stored(raw, stored.origin, stored.date)


def _pieces(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Pieces to commit: small at first, so that the first mails show at once."""
    piece: list[Item] = []
    size = 20
    for item in items:
        piece.append(item)
        if len(piece) >= size:
            yield piece
            piece, size = [], min(2 * size, _COMMIT_EVERY)
    if piece:
        yield piece


def _sort(
    piece: Sequence[ParsedMail | Unreadable],
    known: messages.KnownMail,
    batch_id: str,
    noted: set[tuple[str, str]],
) -> tuple[list[tuple[ParsedMail, bool]], list[BatchNote]]:
    """Part what is new from what is known or unreadable; the same mail twice in one piece counts once."""
    fresh: list[tuple[ParsedMail, bool]] = []
    notes: list[BatchNote] = []
    seen: dict[str, str] = {}  # digest -> Message-ID, of this piece
    for item in piece:
        if isinstance(item, Unreadable):
            note = BatchNote("unreadable", item.origin, f"{item.sentence} {item.hint}".strip())
        else:
            message = item.message
            there = known.find(message.digest)
            if there is None and message.digest not in seen:
                clash = known.clashes(message.message_id) or message.message_id in seen.values()
                seen[message.digest] = message.message_id
                fresh.append((item, clash and bool(message.message_id)))
                continue
            if there is None:
                note = BatchNote("known", message.origin, "already in, from the same import")
            elif there.batch_id == batch_id and there.origin == message.origin:
                continue  # read before this import was cut short
            else:
                note = BatchNote("known", message.origin, f"already in, as #{there.number}", there.id)
        if (note.kind, note.origin) not in noted:
            noted.add((note.kind, note.origin))
            notes.append(note)
    return fresh, notes


def undo_import(store: Store, batch_id: str, *, keep_changed: bool = False) -> Changes:
    """Take a whole import back, even next week; its bytes stay in the store's sources.

    Mails that were decided or edited since are a ConflictError that counts them; with
    ``keep_changed`` they stay and the rest goes.
    """
    with store.read() as connection:
        batch = batches.get_batch(connection, batch_id)
        step = batches.step_of_batch(connection, batch_id)
        if step is None:
            raise ConsoleError(f"The import of {batch.source} was undone already.")
        changed = history.changed_since(connection, step)
        kept = messages.rows_of_messages(connection, batch_id, changed)
    if kept.messages and not keep_changed:
        many = len(kept.messages)
        changed_mails = f"{counted(many, 'mail')} of this import {verb_for(many, 'was', 'were')}"
        raise ConflictError(
            f"{changed_mails} decided or edited since.",
            "Undo those decisions first, or keep these mails and take back the rest.",
        )
    with store.write(
        f"Undo {step.label[0].lower()}{step.label[1:]}", history.UNDO, target_id=step.id
    ) as write:
        history.revert(write.writer, step, keep=kept.rows)
    return write.changes
