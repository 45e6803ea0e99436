"""From a real mail server into the database: only what is new, and none passed over."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select

from poltwt_console.errors import Cancelled, UnreadableError
from poltwt_console.mailbox import RawMail
from poltwt_console.mailbox.imap import Account, Fetched, Position
from poltwt_console.settings import load_settings
from poltwt_console.store import Store, batches
from poltwt_console.store.tables import message
from poltwt_console.workflow import fetching
from poltwt_console.workflow.fetching import fetch, known_accounts
from tests.dovecot import DOVECOT, MAIL, PASSWORD, MailServer, start_dovecot, stop_dovecot
from tests.fakes import FakeReader

needs_dovecot = pytest.mark.skipif(
    DOVECOT is None or shutil.which("openssl") is None, reason="needs dovecot and openssl"
)


@pytest.fixture
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MailServer]:
    process, server = start_dovecot(tmp_path_factory.mktemp("dovecot"), "localhost")
    yield server
    stop_dovecot(process)


@pytest.mark.server
@needs_dovecot
def test_only_new_mails_come_and_a_wrong_password_loses_nothing(
    store: Store, reader: FakeReader, server: MailServer, tmp_path: Path
):
    settings = tmp_path / "settings.json"

    def get(password: str = PASSWORD) -> dict[str, int]:
        return dict(fetch(store, reader, "2013-11", settings, server.account, password).counts)

    assert get() == {"new": 3, "known": 0, "unreadable": 0}
    assert get() == {"new": 0, "known": 0, "unreadable": 0}
    (server.maildir / "new" / "4.M1.host").write_bytes(MAIL % (4, 4, 4))
    with pytest.raises(UnreadableError):
        get("wrong")
    assert get() == {"new": 1, "known": 0, "unreadable": 0}
    [account] = load_settings(settings).mail_accounts
    assert account.last_uid == 4
    assert PASSWORD not in settings.read_text("utf-8")
    with store.read() as connection:
        assert connection.execute(select(func.count()).select_from(message)).scalar_one() == 4


@pytest.mark.server
@needs_dovecot
def test_a_position_that_was_lost_doubles_nothing(
    store: Store, reader: FakeReader, server: MailServer, tmp_path: Path
):
    for name in ("a.json", "b.json"):
        fetch(store, reader, "2013-11", tmp_path / name, server.account, PASSWORD)
    with store.read() as connection:
        assert connection.execute(select(func.count()).select_from(message)).scalar_one() == 3
    with pytest.raises(UnreadableError):
        fetch(store, reader, "2013-11", tmp_path / "a.json", replace(server.account, folder="None"), PASSWORD)


class Watch:
    """Progress that asks to stop after some mails."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.words: list[str] = []

    def report(self, done: int, total: int, words: str) -> None:
        self.words.append(words)

    @property
    def cancelled(self) -> bool:
        return len(self.words) >= self.most


def breaking_off(account: Account, password: str, since: Position) -> Iterator[Fetched]:
    """A server that gives two mails, then breaks off."""
    for n in range(since.last_uid + 1, 3):
        yield Fetched(RawMail(MAIL % (n, n, n), f"imap://x#{n}"), Position(7, n))
    raise UnreadableError("The mail server broke off the connection.", "Try again: it goes on from there.")


def test_a_server_that_breaks_off_leaves_what_came(
    store: Store, reader: FakeReader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(fetching, "fetch_mails", breaking_off)
    settings = tmp_path / "settings.json"
    account = Account("imap.example.org", "ann")
    changes = fetch(store, reader, "2013-11", settings, account, PASSWORD)
    assert changes.counts["new"] == 2
    assert "broke off the connection" in changes.sentence
    assert load_settings(settings).mail_accounts[0].last_uid == 2
    with pytest.raises(UnreadableError):  # it broke off before any mail: nothing was begun
        fetch(store, reader, "2013-11", settings, account, PASSWORD)


def test_a_fetch_can_be_stopped_before_the_first_is_stored(
    store: Store, reader: FakeReader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(fetching, "fetch_mails", breaking_off)
    settings = tmp_path / "settings.json"
    watch = Watch(1)
    changes = fetch(
        store, reader, "2013-11", settings, Account("imap.example.org", "ann"), PASSWORD, progress=watch
    )
    assert watch.words[0] == "1 mail fetched"
    assert changes.counts["new"] == 0
    [account] = load_settings(settings).mail_accounts
    assert account.last_uid == 0  # the next time they come again


class WindowCloses:
    """Progress that ends like a kill once the first mails are stored."""

    cancelled = False

    def report(self, done: int, total: int, words: str) -> None:
        if words.endswith("stored"):
            raise Cancelled


def test_a_fetch_that_was_cut_short_goes_on_as_one_import_when_it_is_fetched_again(
    store: Store, reader: FakeReader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def many(account: Account, password: str, since: Position) -> Iterator[Fetched]:
        for n in range(since.last_uid + 1, 31):
            yield Fetched(RawMail(MAIL % (n, n, n), f"imap://x#{n}"), Position(7, n))

    monkeypatch.setattr(fetching, "fetch_mails", many)
    settings = tmp_path / "settings.json"
    account = Account("imap.example.org", "ann", ca_file="ours.pem")
    with pytest.raises(Cancelled):
        fetch(store, reader, "2013-11", settings, account, PASSWORD, progress=WindowCloses())
    assert known_accounts(settings) == (account,)  # so that it can be offered again
    with store.read() as connection:
        [cut_short] = batches.unfinished_batches(connection)
    assert cut_short.new == 20
    changes = fetch(store, reader, "2013-11", settings, account, PASSWORD)
    assert changes.counts == {"new": 30, "known": 0, "unreadable": 0}
    with store.read() as connection:
        [batch] = batches.list_batches(connection)
    assert (batch.id, batch.state) == (cut_short.id, "finished")
    fetch(store, reader, "2013-11", settings, account, PASSWORD)
    with store.read() as connection:
        assert len(batches.list_batches(connection)) == 2  # a finished one is not gone on with
