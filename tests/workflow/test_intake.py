"""Mail in: nothing lost, nothing doubled, one Batch that can be stopped, gone on with, and taken back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from poltwt_console import extraction, mailbox
from poltwt_console.domain.changes import Silent
from poltwt_console.domain.message import Message
from poltwt_console.domain.registration import Extract
from poltwt_console.errors import ConflictError, ConsoleError, GazetteerError
from poltwt_console.mailbox import RawMail, open_sources
from poltwt_console.store import Store, batches, messages, registrations
from poltwt_console.store.queries import inbox as inbox_of
from poltwt_console.store.tables import message, registration, source
from poltwt_console.store.verify import verify
from poltwt_console.workflow import intake, review, undo
from tests.fakes import FakeReader

EDITION = "2013-11"


def mail(number: int, *, message_id: str | None = None, body: str = "", newline: str = "\r\n") -> bytes:
    agency = f"Town {number} Police Department"
    lines = [
        f"From: Officer {number} <o{number}@police.example>",
        "To: lauri@poltwt.example",
        f"Subject: #poltwt {number}",
        "Date: Mon, 14 Oct 2013 10:00:00 +0000",
        f"Message-ID: <{message_id or number}@police.example>",
        "",
        body or f"Twitter name: @Town{number}\nAgency: {agency}\nAddress: {number} Main St, Chicago",
        "",
    ]
    return newline.join("\n".join(lines).split("\n")).encode()


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    for n in range(1, 61):
        (folder / f"{n:03}.eml").write_bytes(mail(n))
    return folder


def count(store: Store, table=message) -> int:
    with store.read() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


def test_an_import_counts_new_known_and_unreadable_and_keeps_the_bytes(
    store: Store, reader: FakeReader, inbox: Path
):
    (inbox / "empty.eml").write_bytes(b"")
    changes = intake.import_mail(store, reader, EDITION, [inbox])
    assert changes.counts == {"new": 60, "known": 0, "unreadable": 1}
    assert changes.label == "Import 60 mails from inbox"
    assert len(changes.problems) == 1
    with store.read() as connection:
        first = connection.execute(select(message.c.id).order_by(message.c.number)).scalars().first()
        assert messages.raw_of(connection, first) == mail(1)
        assert not any(verify(connection).values())


def test_the_same_mail_again_is_known_whatever_its_folder_or_line_ends(
    store: Store, reader: FakeReader, inbox: Path, tmp_path: Path
):
    intake.import_mail(store, reader, EDITION, [inbox])
    mbox = tmp_path / "again.mbox"
    mbox.write_bytes(
        b"".join(b"From - Mon Oct 14 10:00:00 2013\n" + mail(n, newline="\n") + b"\n" for n in range(1, 4))
    )
    changes = intake.import_mail(store, reader, EDITION, [mbox, inbox / "001.eml"])
    assert (changes.counts["new"], changes.counts["known"]) == (0, 4)
    with store.read() as connection:
        notes = batches.notes_of(connection, batches.list_batches(connection)[0].id)
    assert {note.sentence for note in notes} == {
        "already in, as #1",
        "already in, as #2",
        "already in, as #3",
    }


def test_two_different_mails_with_one_message_id_both_come_in_flagged(
    store: Store, reader: FakeReader, tmp_path: Path
):
    (tmp_path / "a.eml").write_bytes(mail(1, message_id="same"))
    (tmp_path / "b.eml").write_bytes(mail(2, message_id="same"))
    assert intake.import_mail(store, reader, EDITION, [tmp_path]).counts["new"] == 2
    with store.read() as connection:
        clashes = connection.execute(select(message.c.id_clash).order_by(message.c.number)).scalars().all()
    assert clashes == [False, True]


class StopAfter(Silent):
    """The organiser presses Cancel after some pieces."""

    def __init__(self, pieces: int) -> None:
        self.left = pieces

    def report(self, done: int, total: int, words: str) -> None:
        self.left -= 1

    @property
    def cancelled(self) -> bool:
        return self.left <= 0


def test_a_cancelled_import_keeps_what_is_done_and_goes_on_without_doubling(
    store: Store, reader: FakeReader, inbox: Path
):
    changes = intake.import_mail(store, reader, EDITION, [inbox], progress=StopAfter(1))
    assert changes.counts["new"] == count(store) == 20
    assert "stopped" in changes.sentence
    with store.read() as connection:
        [batch] = batches.list_batches(connection)
    assert batch.state == "cancelled"
    changes = intake.resume_import(store, reader, batch.id)
    assert changes.counts == {"new": 60, "known": 0, "unreadable": 0}
    assert count(store) == 60


def test_a_killed_import_goes_on_after_a_restart_nothing_lost_or_doubled(
    database: str, reader: FakeReader, inbox: Path
):
    class Killed(BaseException):
        """The process ends here."""

    class KillAfter(Silent):
        left = 1

        def report(self, done: int, total: int, words: str) -> None:
            self.left -= 1
            if not self.left:
                raise Killed

    with Store.open(database) as store, pytest.raises(Killed):
        intake.import_mail(store, reader, EDITION, [inbox], progress=KillAfter())
    with Store.open(database) as store:
        with store.read() as connection:
            [batch] = batches.unfinished_batches(connection)
        assert 0 < batch.new < 60
        intake.resume_import(store, reader, batch.id)
        assert count(store) == count(store, source) == 60
        with store.read() as connection:
            assert batches.unfinished_batches(connection) == []
            assert not any(verify(connection).values())


def states(store: Store) -> dict[str, int]:
    with store.read() as connection:
        return {s: n for s, n in inbox_of.queue_counts(connection, EDITION).items() if n}


class StopAt(Silent):
    """The organiser presses Cancel when the words say so."""

    def __init__(self, words: str) -> None:
        self.words, self.cancelled = words, False

    def report(self, done: int, total: int, words: str) -> None:
        self.cancelled = self.cancelled or words == self.words


class KilledAt(StopAt):
    """The process ends there."""

    def report(self, done: int, total: int, words: str) -> None:
        if words == self.words:
            raise KeyboardInterrupt


def test_all_mails_are_stored_before_the_first_is_read(database: str, inbox: Path, real_reader):
    with Store.open(database) as store, pytest.raises(KeyboardInterrupt):
        intake.import_mail(store, real_reader, EDITION, [inbox], progress=KilledAt("60 mails stored"))
    with Store.open(database) as store:
        assert states(store) == {"unread": 60}
        with store.read() as connection:
            ids = inbox_of.message_ids(connection, EDITION, None)
            assert messages.raw_of(connection, ids[-1]) == mail(1)
            assert {row.pill.text for row in inbox_of.message_rows(connection, ids)} == {"not read yet"}
            [batch] = batches.unfinished_batches(connection)
        assert count(store, registration) == 0
        changes = intake.resume_import(store, real_reader, batch.id)
        assert changes.counts == {"new": 60, "known": 0, "unreadable": 0}
        assert states(store) == {"review": 60}
        with Store.open(inbox / "at once.db") as other:
            intake.import_mail(other, real_reader, EDITION, [inbox])
            assert said(other) == said(store)
        with store.read() as connection:
            assert not any(verify(connection).values())


def test_an_import_stopped_while_reading_says_how_many_wait_and_is_offered_again(
    store: Store, reader: FakeReader, inbox: Path
):
    changes = intake.import_mail(store, reader, EDITION, [inbox], progress=StopAt("20 of 60 mails read"))
    assert changes.counts["new"] == 60
    assert "40 mails of it not read yet" in changes.sentence
    assert states(store) == {"review": 20, "unread": 40}
    with store.read() as connection:
        [batch] = batches.resumable_batches(connection)
    assert batch.state == "cancelled"
    intake.import_mail(store, reader, EDITION, [inbox])  # the same file again goes on with it
    assert states(store) == {"review": 60}
    with store.read() as connection:
        assert [b.state for b in batches.list_batches(connection)] == ["finished"]


def test_mails_that_came_from_no_file_are_read_when_their_import_goes_on(store: Store, reader: FakeReader):
    sources = [RawMail(mail(n), f"paste#{n}") for n in range(30)]
    stop = StopAt("20 of 30 mails read")
    intake.import_sources(store, reader, EDITION, sources, "the clipboard", progress=stop)
    with store.read() as connection:
        [batch] = batches.resumable_batches(connection)
    intake.resume_import(store, reader, batch.id)
    assert states(store) == {"review": 30}
    with pytest.raises(ConsoleError, match="it was not read from a file"):
        intake.resume_import(store, reader, batch.id)


def test_what_a_person_did_with_a_mail_before_it_was_read_stands(
    store: Store, reader: FakeReader, inbox: Path
):
    intake.import_mail(store, reader, EDITION, [inbox], progress=StopAt("20 of 60 mails read"))
    with store.read() as connection:
        first, second, *_ = reversed(inbox_of.message_ids(connection, EDITION, "unread"))
        [batch] = batches.resumable_batches(connection)
    review.set_aside(store, [first, second])
    intake.resume_import(store, reader, batch.id)
    assert states(store) == {"review": 58, "aside": 2}
    review.reopen(store, [second])  # it was never read: that is still to be done
    assert states(store) == {"review": 58, "aside": 1, "unread": 1}
    with store.read() as connection:
        assert [b.id for b in batches.resumable_batches(connection)] == [batch.id]
    intake.resume_import(store, reader, batch.id)
    assert states(store) == {"review": 59, "aside": 1}


def test_an_import_that_is_half_read_is_undone_as_one(store: Store, reader: FakeReader, inbox: Path):
    intake.import_mail(store, reader, EDITION, [inbox], progress=StopAt("20 of 60 mails read"))
    undo.undo(store)
    assert count(store) == count(store, registration) == 0
    undo.redo(store)
    assert states(store) == {"review": 20, "unread": 40}


def test_a_slow_source_does_not_keep_the_first_mails_from_being_read(
    store: Store, reader: FakeReader, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(intake, "_STORE_FOR_S", 0.0)
    seen = []

    class Watch(Silent):
        def report(self, done: int, total: int, words: str) -> None:
            seen.append(words)

    sources = [RawMail(mail(n), f"server#{n}") for n in range(60)]
    intake.import_sources(store, reader, EDITION, sources, "a server", progress=Watch())
    assert seen[:3] == ["20 mails stored", "20 of 20 mails read", "60 mails stored"]
    assert states(store) == {"review": 60}


def test_a_mail_at_which_the_program_fails_stops_no_import_and_waits_for_a_person(
    store: Store,
    reader: FakeReader,
    inbox: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
):
    real = extraction.extract

    def extract(message: Message, *given: Any) -> Extract:
        if message.subject == "#poltwt 7":
            raise ZeroDivisionError("seven")
        return real(message, *given)

    monkeypatch.setattr(extraction, "extract", extract)
    changes = intake.import_mail(store, reader, EDITION, [inbox])
    assert changes.counts == {"new": 60, "known": 0, "unreadable": 0}
    assert states(store) == {"review": 60}
    with store.read() as connection:
        ids = inbox_of.message_ids(connection, EDITION, "review")
        [seventh] = [m for m in (inbox_of.get_message(connection, i) for i in ids) if m.number == 7]
        assert (seventh.subject, seventh.kind) == ("#poltwt 7", "incomplete")
        assert seventh.kind_reason == (
            "the program failed at this mail, read it yourself (ZeroDivisionError: seven)"
        )
        assert len(registrations.registrations_of(connection, seventh.id)) == 1
        assert not any(verify(connection).values())
    assert "007.eml failed" in caplog.text


def test_what_a_person_can_mend_stops_an_import_and_its_mails_wait_unread(
    store: Store, reader: FakeReader, inbox: Path, monkeypatch: pytest.MonkeyPatch
):
    def extract(*given: Any) -> Extract:
        raise GazetteerError("The file of places is damaged.")

    with monkeypatch.context() as damaged:
        damaged.setattr(extraction, "extract", extract)
        with pytest.raises(GazetteerError, match="damaged"):
            intake.import_mail(store, reader, EDITION, [inbox])
    assert states(store) == {"unread": 60}
    intake.import_mail(store, reader, EDITION, [inbox])
    assert states(store) == {"review": 60}


def test_a_mail_that_cannot_be_parsed_is_a_line_that_says_so(
    store: Store, reader: FakeReader, inbox: Path, monkeypatch: pytest.MonkeyPatch
):
    real = mailbox.read_message

    def read_message(raw: bytes, **given: Any) -> Message:
        if raw == mail(7):
            raise ZeroDivisionError("seven")
        return real(raw, **given)

    monkeypatch.setattr(mailbox, "read_message", read_message)
    changes = intake.import_mail(store, reader, EDITION, [inbox])
    assert changes.counts == {"new": 59, "known": 0, "unreadable": 1}
    [problem] = changes.problems
    assert "007.eml: The program failed at this mail (ZeroDivisionError: seven)." in problem


def test_an_import_is_undone_as_one_and_done_again(store: Store, reader: FakeReader, inbox: Path):
    intake.import_mail(store, reader, EDITION, [inbox])
    undo.undo(store)
    assert count(store) == count(store, registration) == 0
    assert count(store, source) == 60  # no mail is lost
    undo.redo(store)
    assert count(store) == 60


def test_an_import_is_taken_back_next_week_and_what_was_decided_since_is_counted_first(
    store: Store, reader: FakeReader, inbox: Path
):
    intake.import_mail(store, reader, EDITION, [inbox])
    with store.read() as connection:
        [batch] = batches.list_batches(connection)
        ids = connection.execute(select(registration.c.id).limit(2)).scalars().all()
    review.accept(store, ids)
    with pytest.raises(ConflictError, match="2 mails of this import were decided or edited since"):
        intake.undo_import(store, batch.id)
    assert count(store) == 60
    intake.undo_import(store, batch.id, keep_changed=True)
    assert count(store) == 2
    with store.read() as connection:
        assert not any(verify(connection).values())
    with pytest.raises(ConsoleError, match="undone already"):
        intake.undo_import(store, batch.id)


def test_many_mails_are_read_in_processes_of_their_own_with_the_same_result(
    store: Store, tmp_path: Path, database: str, real_reader
):
    from poltwt_console.workflow.readers import POOL_FROM
    from poltwt_console.workflow.reading import MailReader, ReadingSettings

    mbox = tmp_path / "many.mbox"
    mails = [mail(n, newline="\n") for n in range(POOL_FROM + 60)]
    mbox.write_bytes(b"".join(b"From - Mon Oct 14 10:00:00 2013\n" + m + b"\n" for m in mails))
    changes = intake.import_mail(store, MailReader(ReadingSettings(processes=2)), EDITION, [mbox])
    assert changes.counts["new"] == len(mails)
    with Store.open(tmp_path / "one.db") as single:
        intake.import_mail(single, real_reader, EDITION, [mbox])
        assert said(single) == said(store)


def said(store: Store) -> list[tuple]:
    from poltwt_console.store import registrations

    with store.read() as connection:
        found = registrations.all_registrations(connection, EDITION)
    return [(r.band, r.location, *(r.value(n) for n in r.fields)) for r in found]


def test_pasted_text_without_a_date_says_so(store: Store, reader: FakeReader):
    from io import BytesIO

    from poltwt_console.mailbox import open_stream

    text = b"Hello, our Twitter name is @TownPD, Town Police, 1 Main St, Chicago"
    intake.import_sources(store, reader, EDITION, open_stream(BytesIO(text), "paste"), "paste")
    with store.read() as connection:
        assert connection.execute(select(message.c.date_given)).scalar_one() is False


def test_sources_are_read_from_files_lazily(inbox: Path):
    assert next(iter(open_sources([inbox]))).origin.endswith("001.eml")
