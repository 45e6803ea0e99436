"""Fixtures of the extraction tests, and ``--accept``: write what is found as the new expectation.

``pytest tests/extraction --accept`` (the option is known where this folder is named).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

import pytest

from poltwt_console.domain.message import Message
from poltwt_console.domain.registration import Extract
from poltwt_console.extraction import Vocabulary, extract, load_vocabulary
from poltwt_console.mailbox import read_message

Read = Callable[..., Extract]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="write new expectations of the golden mails")


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return load_vocabulary()


def mail(
    body: str,
    subject: str = "Tweet-a-thon",
    sender: str = "Dana Reed <dana@riverton.example>",
    **headers: str,
) -> Message:
    """A plain mail to the organiser."""
    lines = [
        f"From: {sender}",
        "To: lauri@poltwt.example",
        f"Subject: {subject}",
        "Date: Tue, 1 Oct 2013 09:00:00 +0000",
    ]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    lines += [
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
        "",
        body,
    ]
    return read_message("\r\n".join(lines).encode("utf-8"), now=datetime(2013, 10, 1, tzinfo=UTC))


def mail_with_files(body: str, files: Mapping[str, str], subject: str = "Tweet-a-thon") -> Message:
    """A mail to the organiser with attached files: what each holds, by its name; ``.csv`` is a table."""
    lines = [
        "From: Dana Reed <dana@riverton.example>",
        "To: lauri@poltwt.example",
        f"Subject: {subject}",
        "Date: Tue, 1 Oct 2013 09:00:00 +0000",
        "MIME-Version: 1.0",
        "Content-Type: multipart/mixed; boundary=b",
        "",
        "--b",
        "Content-Type: text/plain; charset=utf-8",
        "",
        body,
    ]
    for name, held in files.items():
        kind = "csv" if name.endswith(".csv") else "plain"
        lines += [
            "--b",
            f"Content-Type: text/{kind}; charset=utf-8",
            f'Content-Disposition: attachment; filename="{name}"',
            "",
            held,
        ]
    raw = "\n".join([*lines, "--b--", ""])
    return read_message(raw.encode("utf-8"), now=datetime(2013, 10, 1, tzinfo=UTC))


@pytest.fixture(scope="session")
def read(vocabulary: Vocabulary) -> Read:
    """``read(body, subject=..., sender=...)``: what is found in a plain mail, without a gazetteer."""

    def run(body: str, **parts: str) -> Extract:
        return extract(mail(body, **parts), None, vocabulary)

    return run
