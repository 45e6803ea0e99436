"""Reading and extracting the training mails: at least so many a second on one core."""

from __future__ import annotations

import time

import pytest

from poltwt_console.extraction import extract, load_models, load_vocabulary
from poltwt_console.geocoding import open_place_names
from tests.extraction.mails import PACKED, answered_mails

#: A floor that a slow machine under load still reaches; the figure itself is printed.
LEAST_A_SECOND = 60


@pytest.mark.slow
def test_mails_a_second() -> None:
    vocabulary, places = load_vocabulary(), open_place_names()
    load_models()
    mails = [mail for path in sorted(PACKED.glob("*.jsonl.gz")) for mail in answered_mails(path)]
    started = time.process_time()
    for mail in mails:
        extract(mail.read(), places, vocabulary)
    rate = len(mails) / (time.process_time() - started)
    print(f"{rate:.0f} mails a second, read and extracted")
    assert rate > LEAST_A_SECOND
