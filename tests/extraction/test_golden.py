"""Golden mails: ``tests/data/messages/<case>.eml`` with ``<case>.json``; ``--accept`` writes the JSON anew.

The JSON holds what matters: kind, language and for each registration the values, and the words and
rule of each.  Cases come from other hands too; the test takes whatever lies in the folder.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from poltwt_console.domain.message import Message
from poltwt_console.domain.registration import FIELD_NAMES, Extract
from poltwt_console.extraction import Vocabulary, extract
from poltwt_console.mailbox import read_message
from tests.extraction.scoring import tokens
from tests.extraction.test_robust import check_spans

FOLDER = Path(__file__).parent.parent / "data" / "messages"
CASES = sorted(FOLDER.glob("*.eml"))
#: Places come from the gazetteer, which these tests do without.
_COMPARED = tuple(name for name in FIELD_NAMES if name not in ("city", "country"))


def _read(path: Path) -> Message:
    return read_message(path.read_bytes(), origin=path.name, now=datetime(2013, 10, 1, tzinfo=UTC))


def as_json(found: Extract) -> dict[str, Any]:
    """What is compared, in the form of the files."""
    return {
        "kind": found.kind.value,
        "language": found.language,
        "registrations": [
            {name: registration.field(name).value for name in _COMPARED}
            for registration in found.registrations
        ],
    }


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_golden(path: Path, vocabulary: Vocabulary, request: pytest.FixtureRequest) -> None:
    message = _read(path)
    found = extract(message, None, vocabulary)
    check_spans(message, found)
    target = path.with_suffix(".json")
    if request.config.getoption("--accept", default=False):
        text = json.dumps(as_json(found), ensure_ascii=False, indent=2, sort_keys=True)
        target.write_text(text + "\n", encoding="utf-8")
    wanted = json.loads(target.read_text(encoding="utf-8"))
    got = as_json(found)
    assert got["kind"] == wanted["kind"]
    assert len(got["registrations"]) == len(wanted["registrations"])
    for own, answer in zip(got["registrations"], wanted["registrations"], strict=True):
        for name in answer.keys() & set(_COMPARED):
            assert tokens(own[name]) == tokens(answer[name]), name


def test_there_are_cases() -> None:
    assert CASES
