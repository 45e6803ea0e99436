"""The words of the organiser: a preview first, and what was decided is not read again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from poltwt_console import extraction
from poltwt_console.app import main
from poltwt_console.domain.registration import Extract
from poltwt_console.extraction import OwnPattern
from poltwt_console.store import Store, registrations
from poltwt_console.store.verify import verify
from poltwt_console.workflow import intake, rereading, review, undo
from poltwt_console.workflow.reading import MailReader, ReadingSettings
from tests.workflow.test_intake import mail

EDITION = "2013-11"
BODY = "Twitter name: @Quay{n}\nAgency: Quay Police Department\nKwartier: {n} Harbour Street, Chicago"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for n in (1, 2):
        (inbox / f"{n}.eml").write_bytes(mail(n, body=BODY.format(n=n)))
    return inbox


def addresses(store: Store) -> list[str]:
    with store.read() as connection:
        return [r.value("address") for r in registrations.all_registrations(connection, EDITION)]


def test_an_ignore_word_is_tried_kept_and_undone(store: Store, real_reader: MailReader, folder: Path):
    intake.import_mail(store, real_reader, EDITION, [folder])
    before = addresses(store)
    assert rereading.preview(store, real_reader, EDITION) == []  # the same words read the same
    with store.read() as connection:
        first = registrations.all_registrations(connection, EDITION)[0]
    review.accept(store, [first.id])
    own = MailReader(ReadingSettings(patterns=(OwnPattern("Kwartier", "ignore"),), processes=1))
    differences = rereading.preview(store, own, EDITION)
    assert [d.number for d in differences] == [2]  # the first was decided
    assert any(change.startswith("address:") for change in differences[0].changes)
    assert addresses(store) == before  # nothing was written
    changes = rereading.reread(store, own, EDITION)
    assert (changes.label, changes.counts["changed"]) == ("Read 1 mail again", 1)
    assert addresses(store)[0] == before[0]
    assert addresses(store)[1] != before[1]
    undo.undo(store)
    assert addresses(store) == before
    undo.redo(store)
    with store.read() as connection:
        assert not any(verify(connection).values())


def test_a_fault_of_the_program_never_takes_the_place_of_what_was_read(
    store: Store, real_reader: MailReader, folder: Path, monkeypatch: pytest.MonkeyPatch
):
    intake.import_mail(store, real_reader, EDITION, [folder])
    before = addresses(store)

    def extract(*given: Any) -> Extract:
        raise ZeroDivisionError("seven")

    monkeypatch.setattr(extraction, "extract", extract)
    with pytest.raises(ZeroDivisionError):
        rereading.reread(store, real_reader, EDITION)
    assert addresses(store) == before


def test_own_words_from_the_command_line(tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]):
    base = ["--basedir", str(tmp_path / "p")]
    assert main([*base, "import", str(folder)]) == 0
    assert main([*base, "words", "try", "Kwartier", "--means", "ignore"]) == 0
    assert "2 mails would read differently; nothing was changed." in capsys.readouterr().out
    assert main([*base, "words", "keep", "Kwartier", "--means", "ignore"]) == 0
    assert main([*base, "words", "list"]) == 0
    assert "ignore\tKwartier" in capsys.readouterr().out
    file = str(tmp_path / "words.json")
    assert main([*base, "words", "export", file]) == 0
    assert main([*base, "words", "drop", "Kwartier"]) == 0
    assert main([*base, "words", "import", file]) == 0
    assert "2 mails read differently now." in capsys.readouterr().out
    assert main([*base, "words", "drop", "Kwartier"]) == 0
    assert main([*base, "words", "drop", "Kwartier"]) == 2
    assert main([*base, "words", "try", "Kwartier", "--means", "nonsense"]) == 2
    assert main([*base, "verify"]) == 0
