"""Mails read and understood a second on one core, against the standard library parsing the same mails.

The measure is a ratio in one run, so that a slow or busy machine does not decide; nothing is
asserted of speed.  The first round meets every word for the first time, the second none.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from poltwt_console.collecting import seldom_collected
from poltwt_console.extraction import extract, load_models, load_vocabulary
from poltwt_console.geocoding import open_place_names
from tests.benchmarks.test_mailbox_speed import read_with_standard_library
from tests.extraction.mails import PACKED, Answered, answered_mails


def _seconds(work: Callable[[Answered], object], mails: list[Answered]) -> float:
    started = time.process_time()
    for mail in mails:
        work(mail)
    return time.process_time() - started


@pytest.mark.slow
def test_extraction_against_parsing() -> None:
    vocabulary, places = load_vocabulary(), open_place_names()
    load_models()
    mails = [mail for path in sorted(PACKED.glob("*.jsonl.gz")) for mail in answered_mails(path)]
    found: list[int] = []

    def read(mail: Answered) -> None:
        found.append(len(extract(mail.read(), places, vocabulary).registrations))

    bare = _seconds(lambda mail: _parse(mail.raw), mails)
    with seldom_collected():
        first, second = _seconds(read, mails), _seconds(read, mails)
    assert sum(found) > len(mails)
    for name, seconds in (("first round", first), ("second round", second)):
        print(
            f"{name}: {len(mails) / seconds:.0f} mails a second read and extracted, "
            f"{seconds / bare:.1f} x the bare parse"
        )


def _parse(raw: bytes) -> None:
    """The bare parse; what the standard library cannot decode costs it nothing more."""
    try:
        read_with_standard_library(raw)
    except (LookupError, ValueError, AssertionError):
        return
