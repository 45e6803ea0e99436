"""From a real mail server into the database: only what is new, and none passed over."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select

from poltwt_console.errors import UnreadableError
from poltwt_console.settings import load_settings
from poltwt_console.store import Store
from poltwt_console.store.tables import message
from poltwt_console.workflow.fetching import fetch
from tests.dovecot import DOVECOT, MAIL, PASSWORD, MailServer, start_dovecot, stop_dovecot
from tests.fakes import FakeReader

pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(
        DOVECOT is None or shutil.which("openssl") is None, reason="needs dovecot and openssl"
    ),
]


@pytest.fixture
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MailServer]:
    process, server = start_dovecot(tmp_path_factory.mktemp("dovecot"), "localhost")
    yield server
    stop_dovecot(process)


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


def test_a_position_that_was_lost_doubles_nothing(
    store: Store, reader: FakeReader, server: MailServer, tmp_path: Path
):
    for name in ("a.json", "b.json"):
        fetch(store, reader, "2013-11", tmp_path / name, server.account, PASSWORD)
    with store.read() as connection:
        assert connection.execute(select(func.count()).select_from(message)).scalar_one() == 3
    with pytest.raises(UnreadableError):
        fetch(store, reader, "2013-11", tmp_path / "a.json", replace(server.account, folder="None"), PASSWORD)
