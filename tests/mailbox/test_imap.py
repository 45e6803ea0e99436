"""A real Dovecot on loopback: read-only, under TLS, only new mails, and each fault in one sentence."""

from __future__ import annotations

import getpass
import grp
import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from poltwt_console.errors import UnreadableError
from poltwt_console.mailbox import RawMail
from poltwt_console.mailbox.imap import Account, Position, encode_folder, fetch_mails

DOVECOT = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
PASSWORD = "correct horse é"
MAIL = b"From: a@x.example\nSubject: mail %d\nMessage-ID: <%d@x.example>\n\nWe are @sample_%d\n"

pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(
        DOVECOT is None or shutil.which("openssl") is None, reason="needs dovecot and openssl"
    ),
]


@dataclass(frozen=True)
class Server:
    """A running Dovecot, the account on it, and its Maildir."""

    account: Account
    maildir: Path
    folder: Path


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _make_certificate(folder: Path, name: str) -> None:
    command = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        f"/CN={name}",
    ]
    command += [
        "-addext",
        f"subjectAltName=DNS:{name},IP:127.0.0.1" if name == "localhost" else f"subjectAltName=DNS:{name}",
    ]
    command += ["-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem")]
    subprocess.run(command, check=True, capture_output=True)


def _configure(folder: Path, port: int) -> Path:
    user = getpass.getuser()
    group = grp.getgrgid(os.getgid()).gr_name
    # As root, Dovecot insists on users of its own for logging in; otherwise everything runs as us.
    login = "dovenull" if os.getuid() == 0 else user
    internal = "dovecot" if os.getuid() == 0 else user
    uid, gid = (
        (os.getuid(), os.getgid())
        if os.getuid()
        else (pwd.getpwnam("nobody").pw_uid, pwd.getpwnam("nobody").pw_gid)
    )
    (folder / "users").write_text(
        f"ann:{{PLAIN}}{PASSWORD}:{uid}:{gid}::{folder / 'home'}::\n", encoding="utf-8"
    )
    config = folder / "dovecot.conf"
    config.write_text(
        f"""
protocols = imap
listen = 127.0.0.1
base_dir = {folder / "run"}
state_dir = {folder / "state"}
log_path = {folder / "log"}
default_internal_user = {internal}
default_internal_group = {group if os.getuid() else "dovecot"}
default_login_user = {login}
first_valid_uid = 1
ssl = required
ssl_cert = <{folder / "cert.pem"}
ssl_key = <{folder / "key.pem"}
mail_location = maildir:{folder / "home" / "Maildir"}
mail_uid = {uid}
mail_gid = {gid}
auth_mechanisms = plain login
passdb {{
  driver = passwd-file
  args = {folder / "users"}
}}
userdb {{
  driver = passwd-file
  args = {folder / "users"}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    port = {port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
""",
        encoding="utf-8",
    )
    return config


def _start(folder: Path, name: str) -> tuple[subprocess.Popen[bytes], Server]:
    port = _free_port()
    home = folder / "home" / "Maildir"
    for part in ("cur", "new", "tmp"):
        (home / part).mkdir(parents=True)
    for number in (1, 2, 3):
        (home / "new" / f"{number}.M1.host").write_bytes(MAIL % (number, number, number))
    _make_certificate(folder, name)
    config = _configure(folder, port)
    if os.getuid() == 0:  # Dovecot gives up root: the mails are nobody's, and the way to them is open
        subprocess.run(["chown", "-R", "nobody:", str(folder / "home")], check=True)
        for parent in (folder, *folder.parents):
            if parent.owner() == "root" and parent not in (Path("/"), Path("/tmp")):
                parent.chmod(0o755)
    process = subprocess.Popen(
        [str(DOVECOT), "-F", "-c", str(config)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            break
        except OSError:
            if process.poll() is not None:
                pytest.skip(f"dovecot does not start here: {process.stderr.read()[:300]!r}")  # type: ignore[union-attr]
            time.sleep(0.05)
    account = Account("localhost", "ann", port=port, ca_file=str(folder / "cert.pem"))
    return process, Server(account, home, folder)


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    process.wait(timeout=10)
    if process.stderr:
        process.stderr.close()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    process, server = _start(tmp_path, "localhost")
    yield server
    _stop(process)


def test_reads_all_mails_and_then_only_new_ones(server: Server) -> None:
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


def test_goes_on_where_it_was_stopped(server: Server) -> None:
    first = next(iter(fetch_mails(server.account, PASSWORD)))
    rest = list(fetch_mails(server.account, PASSWORD, first.position))
    assert len(rest) == 2


def test_a_folder_made_anew_is_read_anew(server: Server) -> None:
    assert len(list(fetch_mails(server.account, PASSWORD, Position(validity=1, last_uid=99)))) == 3


def test_nothing_on_the_server_changes(server: Server) -> None:
    list(fetch_mails(server.account, PASSWORD))
    names = [path.name for part in ("cur", "new") for path in (server.maildir / part).iterdir()]
    assert len(names) == 3
    assert not [name for name in names if "S" in name.partition(":2,")[2]]  # none is marked as seen


def test_a_wrong_password_is_one_sentence(server: Server) -> None:
    with pytest.raises(UnreadableError, match="user name or password") as caught:
        list(fetch_mails(server.account, "wrong"))
    assert "wrong" not in str(caught.value)
    assert caught.value.hint


def test_a_certificate_that_is_not_trusted_is_one_sentence(server: Server) -> None:
    with pytest.raises(UnreadableError, match="certificate of localhost does not fit"):
        list(fetch_mails(replace(server.account, ca_file=""), PASSWORD))


def test_a_certificate_for_another_name_is_one_sentence(tmp_path: Path) -> None:
    process, server = _start(tmp_path, "mail.other.example")
    try:
        with pytest.raises(UnreadableError, match="certificate of localhost does not fit"):
            list(fetch_mails(server.account, PASSWORD))
    finally:
        _stop(process)


def test_a_folder_that_is_not_there_is_one_sentence(server: Server) -> None:
    with pytest.raises(UnreadableError, match="no mail folder Rubbish"):
        list(fetch_mails(replace(server.account, folder="Rubbish"), PASSWORD))


def test_no_server_is_one_sentence() -> None:
    with pytest.raises(UnreadableError, match="cannot be reached"):
        list(fetch_mails(Account("localhost", "ann", port=_free_port()), PASSWORD))


@pytest.mark.parametrize(
    ("name", "encoded"),
    [("INBOX", "INBOX"), ("Entwürfe", "Entw&APw-rfe"), ("A&B", "A&-B"), ("台北", "&U,BTFw-")],
)
def test_folder_names(name: str, encoded: str) -> None:
    assert encode_folder(name) == encoded
