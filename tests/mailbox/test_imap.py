"""A real Dovecot on loopback: read-only, under TLS, only new mails, and each fault in one sentence."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from poltwt_console.errors import UnreadableError
from poltwt_console.mailbox import RawMail
from poltwt_console.mailbox.imap import Account, Position, encode_folder, fetch_mails
from tests.dovecot import DOVECOT, MAIL, PASSWORD, MailServer, free_port, start_dovecot, stop_dovecot

pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(
        DOVECOT is None or shutil.which("openssl") is None, reason="needs dovecot and openssl"
    ),
]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[MailServer]:
    process, server = start_dovecot(tmp_path, "localhost")
    yield server
    stop_dovecot(process)


def test_reads_all_mails_and_then_only_new_ones(server: MailServer) -> None:
    fetched = list(fetch_mails(server.account, PASSWORD))
    raws = [item.source.raw for item in fetched if isinstance(item.source, RawMail)]
    assert [raw.replace(b"\r\n", b"\n") for raw in raws] == [MAIL % (n, n, n) for n in (1, 2, 3)]
    position = fetched[-1].position
    assert position.validity > 0
    assert list(fetch_mails(server.account, PASSWORD, position)) == []
    new = server.maildir / "new" / "4.M1.host"
    new.write_bytes(MAIL % (4, 4, 4))
    new.chmod(0o666)
    (only,) = fetch_mails(server.account, PASSWORD, position)
    assert isinstance(only.source, RawMail)
    assert b"Subject: mail 4" in only.source.raw
    assert only.position.last_uid > position.last_uid


def test_goes_on_where_it_was_stopped(server: MailServer) -> None:
    first = next(iter(fetch_mails(server.account, PASSWORD)))
    rest = list(fetch_mails(server.account, PASSWORD, first.position))
    assert len(rest) == 2


def test_a_folder_made_anew_is_read_anew(server: MailServer) -> None:
    assert len(list(fetch_mails(server.account, PASSWORD, Position(validity=1, last_uid=99)))) == 3


def test_nothing_on_the_server_changes(server: MailServer) -> None:
    list(fetch_mails(server.account, PASSWORD))
    names = [path.name for part in ("cur", "new") for path in (server.maildir / part).iterdir()]
    assert len(names) == 3
    assert not [name for name in names if "S" in name.partition(":2,")[2]]  # none is marked as seen


def test_a_wrong_password_is_one_sentence(server: MailServer) -> None:
    with pytest.raises(UnreadableError, match="user name or password") as caught:
        list(fetch_mails(server.account, "wrong"))
    assert "wrong" not in str(caught.value)
    assert caught.value.hint


def test_a_certificate_that_is_not_trusted_is_one_sentence(server: MailServer) -> None:
    with pytest.raises(UnreadableError, match="certificate of localhost does not fit"):
        list(fetch_mails(replace(server.account, ca_file=""), PASSWORD))


def test_a_certificate_for_another_name_is_one_sentence(tmp_path: Path) -> None:
    process, server = start_dovecot(tmp_path, "mail.other.example")
    try:
        with pytest.raises(UnreadableError, match="certificate of localhost does not fit"):
            list(fetch_mails(server.account, PASSWORD))
    finally:
        stop_dovecot(process)


def test_a_folder_that_is_not_there_is_one_sentence(server: MailServer) -> None:
    with pytest.raises(UnreadableError, match="no mail folder Rubbish"):
        list(fetch_mails(replace(server.account, folder="Rubbish"), PASSWORD))


def test_no_server_is_one_sentence() -> None:
    with pytest.raises(UnreadableError, match="cannot be reached"):
        list(fetch_mails(Account("localhost", "ann", port=free_port()), PASSWORD))


@pytest.mark.parametrize(
    ("name", "encoded"),
    [("INBOX", "INBOX"), ("Entwürfe", "Entw&APw-rfe"), ("A&B", "A&-B"), ("台北", "&U,BTFw-")],
)
def test_folder_names(name: str, encoded: str) -> None:
    assert encode_folder(name) == encoded
