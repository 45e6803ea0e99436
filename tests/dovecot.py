"""A real Dovecot on loopback, with a Maildir, a certificate and a password of its own."""

from __future__ import annotations

import getpass
import grp
import os
import pwd
import shutil
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from poltwt_console.mailbox.imap import Account

DOVECOT = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
PASSWORD = "correct horse é"
MAIL = b"From: a@x.example\nSubject: mail %d\nMessage-ID: <%d@x.example>\n\nWe are @sample_%d\n"


@dataclass(frozen=True)
class MailServer:
    """A running Dovecot, the account on it, and its Maildir."""

    account: Account
    maildir: Path
    folder: Path


def free_port() -> int:
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


def start_dovecot(folder: Path, name: str) -> tuple[subprocess.Popen[bytes], MailServer]:
    port = free_port()
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
    return process, MailServer(account, home, folder)


def stop_dovecot(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    process.wait(timeout=10)
    if process.stderr:
        process.stderr.close()
