"""Mail in: nothing lost, nothing doubled, one Batch that can be stopped, gone on with, and taken back."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import func, select

from poltwt_console.domain.changes import Silent
from poltwt_console.errors import ConflictError, ConsoleError
from poltwt_console.mailbox import open_sources
from poltwt_console.store import Store, batches, messages
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
    from poltwt_console.workflow.reading import POOL_FROM, MailReader, ReadingSettings

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
