"""Mails from a server by IMAP, read-only: nothing on the server changes, not even "seen".

TLS is required (993, or STARTTLS on another port); the password comes from the keyring of the
system and is never written down.  Only new mails are fetched: the caller keeps a
:class:`Position` and gives it back the next time.
"""

from __future__ import annotations

import contextlib
import imaplib
import re
import ssl
from collections.abc import Generator, Iterator
from dataclasses import dataclass

from poltwt_console.errors import UnreadableError
from poltwt_console.mailbox import limits
from poltwt_console.mailbox.sources import RawMail, Source, Unreadable

KEYRING_SERVICE = "poltwt-console mail"
_SECONDS = 30.0  # without an answer
_SIZE = re.compile(rb"RFC822\.SIZE (\d{1,12})")


@dataclass(frozen=True, slots=True)
class Account:
    """Where the mails are; the password is in the keyring under ``user@host``."""

    host: str
    user: str
    folder: str = "INBOX"
    port: int = 993
    ca_file: str = ""  # a certificate that is trusted besides those of the system

    @property
    def key(self) -> str:
        return f"{self.user}@{self.host}"


@dataclass(frozen=True, slots=True)
class Position:
    """Up to where a folder has been read; valid while the server keeps its UIDVALIDITY (RFC 3501 2.3.1.1)."""

    validity: int = 0
    last_uid: int = 0


@dataclass(frozen=True, slots=True)
class Fetched:
    """One mail, or a row that says why not, and the position after it."""

    source: Source
    position: Position


def save_password(account: Account, password: str) -> None:
    """Put a password into the keyring; UnreadableError if the system has none."""
    import keyring
    from keyring.errors import KeyringError

    try:
        keyring.set_password(KEYRING_SERVICE, account.key, password)
    except KeyringError as error:
        raise UnreadableError(
            "The system's keyring does not take the password.", "Unlock it, or enter the password each time."
        ) from error


def find_password(account: Account) -> str | None:
    """The password from the keyring, or None."""
    import keyring
    from keyring.errors import KeyringError

    try:
        return keyring.get_password(KEYRING_SERVICE, account.key)
    except KeyringError as error:
        raise UnreadableError("The system's keyring cannot be opened.", "Unlock it and try again.") from error


def fetch_mails(
    account: Account, password: str, since: Position = Position()
) -> Generator[Fetched, None, None]:
    """The mails that came after ``since``, oldest first.

    UnreadableError if the server cannot be reached, its certificate does not fit, the password is
    wrong or there is no such folder.  A mail over 64 MB is a row that says so.
    """
    with _connect(account) as server:
        _log_in(server, account, password)
        validity = _examine(server, account)
        position = since if since.validity == validity else Position(validity)
        for uid in _list_new(server, position):
            position = Position(validity, uid)
            yield Fetched(_fetch(server, account, uid), position)


@contextlib.contextmanager
def _connect(account: Account) -> Iterator[imaplib.IMAP4]:
    """A connection under TLS that ends politely."""
    context = ssl.create_default_context()
    try:
        if account.ca_file:
            context.load_verify_locations(account.ca_file)
        server: imaplib.IMAP4
        if account.port == 993:
            server = imaplib.IMAP4_SSL(account.host, account.port, ssl_context=context, timeout=_SECONDS)
        else:
            server = _start_tls(account, context)
    except ssl.SSLCertVerificationError as error:
        raise UnreadableError(
            f"The certificate of {account.host} does not fit: {error.verify_message}.",
            "Check the server's name; do not send the password until this is cleared up.",
        ) from error
    except (OSError, imaplib.IMAP4.error) as error:
        raise UnreadableError(
            f"The mail server {account.host} cannot be reached over a secure connection.",
            "Check the name, the port (993) and the network.",
        ) from error
    try:
        yield server
    except (OSError, imaplib.IMAP4.abort) as error:
        raise UnreadableError(
            "The mail server broke off the connection.", "Try again: it goes on from there."
        ) from error
    finally:
        with contextlib.suppress(OSError, imaplib.IMAP4.error):
            server.logout()


def _start_tls(account: Account, context: ssl.SSLContext) -> imaplib.IMAP4:
    """TLS from the start on any port, or else STARTTLS; never without."""
    try:
        return imaplib.IMAP4_SSL(account.host, account.port, ssl_context=context, timeout=_SECONDS)
    except ssl.SSLCertVerificationError:
        raise
    except (TimeoutError, ssl.SSLError, ConnectionResetError):
        server = imaplib.IMAP4(account.host, account.port, timeout=_SECONDS)
        server.starttls(context)
        return server


def _log_in(server: imaplib.IMAP4, account: Account, password: str) -> None:
    try:
        if password.isascii() and account.user.isascii():
            server.login(account.user, password)
        else:
            secret = f"\0{account.user}\0{password}".encode()
            server.authenticate("PLAIN", lambda _challenge: secret)
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error as error:
        raise UnreadableError(
            f"The mail server does not accept the user name or password of {account.user}.",
            "Enter it again; some providers want a password made for this program.",
        ) from error


def _examine(server: imaplib.IMAP4, account: Account) -> int:
    """Open the folder read-only; its UIDVALIDITY."""
    quoted = '"{}"'.format(encode_folder(account.folder).replace("\\", "\\\\").replace('"', '\\"'))
    answer, _ = server.select(quoted, readonly=True)
    if answer != "OK":
        raise UnreadableError(
            f"There is no mail folder {account.folder} on the server.", "Choose another folder."
        )
    _, values = server.response("UIDVALIDITY")
    value = values[0] if values and isinstance(values[0], bytes) else b"0"
    return int(value) if value.isdigit() else 0


def encode_folder(name: str) -> str:
    """A folder's name in the server's modified UTF-7 (RFC 3501 5.1.3)."""
    out: list[str] = []
    foreign = ""
    for char in [*name, ""]:
        if char and not " " <= char <= "~":
            foreign += char
            continue
        if foreign:
            packed = foreign.encode("utf-7").decode("ascii")
            out.append("&" + packed.lstrip("+").rstrip("-").replace("/", ",") + "-")
            foreign = ""
        out.append("&-" if char == "&" else char)
    return "".join(out)


def _list_new(server: imaplib.IMAP4, position: Position) -> list[int]:
    answer, values = server.uid("SEARCH", f"UID {position.last_uid + 1}:*")
    if answer != "OK" or not values or not isinstance(values[0], bytes):
        return []
    # ``n:*`` always gives the last mail, even when its number is below n.
    return sorted(uid for uid in map(int, values[0].split()) if uid > position.last_uid)


def _fetch(server: imaplib.IMAP4, account: Account, uid: int) -> Source:
    origin = f"imap://{account.key}/{account.folder}#{uid}"
    _, sizes = server.uid("FETCH", str(uid), "(RFC822.SIZE)")
    found = _SIZE.search(sizes[0]) if sizes and isinstance(sizes[0], bytes) else None
    if found and int(found.group(1)) > limits.MAIL_BYTES:
        return Unreadable(
            origin, "This mail is larger than 64 MB and was left on the server.", "Save it as a file."
        )
    _, parts = server.uid("FETCH", str(uid), "(BODY.PEEK[])")
    for part in parts or ():
        if isinstance(part, tuple) and len(part) > 1:
            return RawMail(part[1], origin)
    return Unreadable(
        origin, "The server did not give this mail; it may have been deleted.", "Try again later."
    )
