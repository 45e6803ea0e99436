"""Mails read a second, against the standard library parsing the same mails and decoding the basics.

The measure is a ratio in one run, so that a slow or busy machine does not decide.
"""

from __future__ import annotations

import email
import email.header
import email.message
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from poltwt_console.mailbox import read_message

SAMPLES = Path(__file__).parents[1] / "data" / "mail"
#: Ordinary mails; damaged ones and attachments have no counterpart in the standard library's work.
NAMES = (
    "alternative", "apple-html-reply", "disclaimer", "flowed", "forward-gmail", "forward-rfc822",
    "html-only-table", "iso-2022-jp", "plain-ascii", "reply-inline", "reply-outlook", "signed",
    "windows-1251", "windows-1252-euro",
)  # fmt: skip
ROUNDS = 40
NOW = datetime(2013, 10, 31, tzinfo=UTC)


def read_with_standard_library(raw: bytes) -> None:
    """Parse with compat32, decode subject, sender, date and the first body."""
    message = email.message_from_bytes(raw)
    for name in ("subject", "from", "date"):
        email.header.make_header(email.header.decode_header(str(message[name] or "")))
    for part in message.walk():
        if part.get_content_maintype() == "text":
            payload = part.get_payload(decode=True)
            assert isinstance(payload, bytes)
            payload.decode(part.get_content_charset() or "utf-8", "replace")
            break


def _seconds(work: Callable[[bytes], object], raws: list[bytes]) -> float:
    """The best of five runs."""
    best = float("inf")
    for _ in range(5):
        started = time.perf_counter()
        for raw in raws:
            work(raw)
        best = min(best, time.perf_counter() - started)
    return best


@pytest.mark.slow
def test_reading_takes_less_than_six_times_the_bare_parse() -> None:
    raws = [(SAMPLES / f"{name}.eml").read_bytes() for name in NAMES] * ROUNDS
    bare = _seconds(read_with_standard_library, raws)
    full = _seconds(lambda raw: read_message(raw, now=NOW), raws)
    print(
        f"{len(raws) / full:.0f} mails/s read, {len(raws) / bare:.0f} mails/s parsed, ratio {full / bare:.1f}"
    )
    assert full < 6 * bare
