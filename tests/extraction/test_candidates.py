"""When two possible addresses or names say the same."""

from __future__ import annotations

import pytest

from poltwt_console.extraction import Vocabulary
from poltwt_console.extraction.candidates import Candidate
from poltwt_console.extraction.view import Origin, read_view
from tests.extraction.conftest import mail


@pytest.mark.parametrize(
    ("kind", "one", "other", "same"),
    [
        ("A", "12 Mill Road, Riverton OH 44001", "12 Mill Road, Riverton OH 44001, USA", True),
        ("A", "12 Mill Road, Riverton OH 44001", "12 Mill Road", False),
        ("A", "12 Mill Road, Riverton OH 44001", "14 Main Street, Somerton OH 44010", False),
        ("A", "東京都千代田区霞が関2-1-1", "東京都千代田区霞が関2-1-1に", True),
        ("A", "東京都千代田区霞が関2-1-1", "千代田区", False),
        ("N", "Riverton Police Department", "the Riverton Police Department", True),
        ("N", "Riverton Police Department", "Riverton Police", True),
        ("N", "Riverton Police Department", "Police", False),
        ("N", "Riverton Police Department", "Somerton Sheriff", False),
    ],
)
def test_a_word_at_an_edge_says_nothing_else(
    kind: str, one: str, other: str, same: bool, vocabulary: Vocabulary
) -> None:
    view = read_view(mail(f"{one}\n{other}\n"), vocabulary)
    (passage,) = (passage for passage in view.evidence if passage.origin is Origin.BODY)
    first, second = (
        Candidate(kind, passage, start, start + len(value), "read", Origin.BODY)
        for value, start in ((one, passage.text.index(one)), (other, passage.text.rindex(other)))
    )
    assert first.says_same(second) is same
    assert second.says_same(first) is same
