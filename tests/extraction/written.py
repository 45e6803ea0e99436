"""Mails with answers as plain text: one file to read and to add to.

A mail begins with ``@@ language kind | From | Subject``.  The answer is marked where it stands:
``{H:@handle}``, ``{N:agency}``, ``{A:address}``; numbers tell accounts apart (``{A12:...}`` is the
address of the first and second), ``{Ho:...}`` is an officer's own account.  An address that a form asks
for piece by piece is marked piece by piece.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.header import Header
from email.utils import formataddr
from pathlib import Path
from typing import Any

from tests.extraction.dressed import Worn, dress

_HEAD = re.compile(r"@@ (\S+) (\S+) \| (.*?) \| (.*)")
_MARK = re.compile(r"\{([HNA])(\d*)(o?):([^{}]*)\}")
_FIELDS = {"H": "handle", "N": "name", "A": "address"}


def written_mails(path: Path, dressed: bool = False) -> Iterator[tuple[str, bytes, dict[str, Any]]]:
    """(name, bytes, answer) of each mail of a file; ``dressed``: some as people and programs send them."""
    for number, text in enumerate(path.read_text(encoding="utf-8").split("\n@@ ")):
        head, _, body = text.removeprefix("@@ ").partition("\n")
        parts = _HEAD.fullmatch("@@ " + head)
        if parts is None:
            raise ValueError(f"{path.name}: no mail begins with {head!r}")
        language, kind, sender, subject = parts.groups()
        name = f"{path.stem}-{number + 1:03}.eml"
        gold = {
            "file": name,
            "kind": kind,
            "language": language,
            "registrations": [] if kind == "other" else list(_accounts("\n".join((sender, subject, body)))),
        }
        mail = Worn(_plain(sender), _plain(subject), _plain(body), gold)
        if dressed:
            mail = dress(name, mail)
        yield name, _raw(mail.sender, mail.subject, mail.body), mail.gold


def _accounts(text: str) -> Iterator[dict[str, Any]]:
    accounts: dict[str, dict[str, Any]] = {}
    for mark in _MARK.finditer(text):
        field, numbers, officer, value = mark.groups()
        for number in numbers or "1":
            account = accounts.setdefault(
                number, {"handle": None, "name": None, "address": None, "participant": "agency"}
            )
            found = ", ".join(line.lstrip("> ") for line in value.lstrip("@").split("\n"))
            before = account["address"] if field == "A" else None
            account[_FIELDS[field]] = f"{before}, {found}" if before else found
            if officer:
                account["participant"] = "officer"
    for number in sorted(accounts):
        yield {**accounts[number], "city": None, "country": None}


def _plain(text: str) -> str:
    return _MARK.sub(lambda mark: mark.group(4), text)


def _raw(sender: str, subject: str, body: str) -> bytes:
    name, _, email = sender.rstrip(" >").rpartition("<")  # a name may hold commas and quotes
    lines = [
        f"From: {formataddr((name.strip(), email), charset='utf-8')}",
        "To: Lauri Stevens <lauri@poltwt.example>",
        f"Subject: {Header(subject, 'utf-8').encode() if not subject.isascii() else subject}",
        "Date: Tue, 1 Oct 2013 09:00:00 +0000",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
        "",
        body.rstrip("\n"),
        "",
    ]
    return "\r\n".join("\r\n".join(lines).split("\n")).replace("\r\r", "\r").encode("utf-8")
