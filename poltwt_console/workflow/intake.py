"""Mail in: every mail is read, known again if it was here, stored with what it says.

An import is one Batch and one Step that commits in pieces: it can be cancelled and keeps what is
done, goes on after a kill without doubling, and is undone as one.  One bad mail becomes a line
that says why; it never stops the batch.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from poltwt_console.domain.changes import SILENT, Changes, Progress
from poltwt_console.domain.counts import counted, verb_for
from poltwt_console.domain.intake import ReadMail
from poltwt_console.errors import ConflictError, ConsoleError
from poltwt_console.mailbox import RawMail, Unreadable, open_sources
from poltwt_console.store import Store, batches, history, messages
from poltwt_console.store.batches import BatchNote
from poltwt_console.workflow.pieces import InPieces
from poltwt_console.workflow.reading import MailReader, read_all

Source = RawMail | Unreadable
_COMMIT_EVERY = 200


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
    if not batch.paths:
        raise ConsoleError(
            f"The import of {batch.source} cannot go on: it was not read from a file.",
            "Import it again; mails that are here already will be known.",
        )
    return _fill(store, reader, batch_id, open_sources([Path(p) for p in batch.paths]), progress)


def _fill(
    store: Store, reader: MailReader, batch_id: str, sources: Iterable[Source], progress: Progress
) -> Changes:
    with store.read() as connection:
        batch = batches.get_batch(connection, batch_id)
        step = batches.step_of_batch(connection, batch_id)
        known = messages.KnownMail(connection, batch.edition_id)
        noted = {(note.kind, note.origin) for note in batches.notes_of(connection, batch_id)}
    assert step is not None
    run = InPieces(store, f"Import {batch.source}", "import_mail", step.id)
    done = batch.new + batch.known + batch.unreadable
    state = "finished"
    for piece in _pieces(read_all(sources, reader, store.clock())):
        if progress.cancelled:
            state = "cancelled"
            break
        mails = [item.message for item in piece if isinstance(item, ReadMail)]
        with run.piece() as write:
            known.refresh(write.writer.connection, [m.digest for m in mails], [m.message_id for m in mails])
            fresh, notes = _sort(piece, known, batch_id, noted)
            for added in messages.add_messages(write.writer, batch.edition_id, batch_id, fresh):
                known.add(added)
            batches.count_batch(write.writer, batch_id, notes, len(fresh), "running")
        done += len(piece)
        progress.report(done, 0, f"{counted(done, 'mail')} read")
    return _finish(run, batch_id, state)


def _pieces(read: Iterator[ReadMail | Unreadable]) -> Iterator[list[ReadMail | Unreadable]]:
    """Pieces to commit: small at first, so that the first mails show at once."""
    piece: list[ReadMail | Unreadable] = []
    size = 20
    for item in read:
        piece.append(item)
        if len(piece) >= size:
            yield piece
            piece, size = [], min(2 * size, _COMMIT_EVERY)
    if piece:
        yield piece


def _sort(
    piece: Sequence[ReadMail | Unreadable],
    known: messages.KnownMail,
    batch_id: str,
    noted: set[tuple[str, str]],
) -> tuple[list[tuple[ReadMail, bool]], list[BatchNote]]:
    """Part what is new from what is known or unreadable; the same mail twice in one piece counts once."""
    fresh: list[tuple[ReadMail, bool]] = []
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


def _finish(run: InPieces, batch_id: str, state: str) -> Changes:
    with run.store.read() as connection:
        batch = batches.get_batch(connection, batch_id)
    label = f"Import {counted(batch.new, 'mail')} from {batch.source}"
    with run.piece(label) as write:
        batches.count_batch(write.writer, batch_id, (), 0, state)
    with run.store.read() as connection:
        problems = [n for n in batches.notes_of(connection, batch_id) if n.kind == "unreadable"]
    return Changes(
        label,
        run.step_id,
        run.touched,
        {"new": batch.new, "known": batch.known, "unreadable": batch.unreadable},
        f"{counted(batch.new, 'mail')} new, {batch.known:,} known already, {batch.unreadable:,} unreadable"
        + (" (stopped; what is in stays)" if state == "cancelled" else "."),
        tuple(f"{note.origin}: {note.sentence}" for note in problems),
    )


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
