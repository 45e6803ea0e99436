"""One is said as one."""

from __future__ import annotations

import pytest

from poltwt_console.domain.counts import counted, verb_for


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0 agencies"), (1, "1 agency"), (2, "2 agencies"), (1200, "1,200 agencies")]
)
def test_the_noun_fits_its_number(number: int, words: str):
    assert counted(number, "agency", "agencies") == words
    assert counted(number, "mail") == words.replace("agency", "mail").replace("agencies", "mails")
    assert verb_for(number, "is", "are") == ("is" if number == 1 else "are")
