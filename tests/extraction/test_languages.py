"""Two golden mails in each language, by authors who had not seen the code, read without a fault.

``tests/data/languages.json`` names them; ``--accept`` chooses them anew: mails that were written to measure
with before those that the weights were trained on.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from poltwt_console.extraction import Vocabulary, extract
from poltwt_console.geocoding import open_place_names
from tests.extraction.mails import DATA, PACKED, Answered, answered_mails
from tests.extraction.score import as_prediction
from tests.extraction.scoring import Tally

CHOSEN = DATA / "languages.json"
SETS = (DATA / "second_author", *sorted(DATA.glob("*_author/mails.txt")), *sorted(PACKED.glob("*.txt")))
LANGUAGES: dict[str, list[str]] = json.loads(CHOSEN.read_text("utf-8")) if CHOSEN.is_file() else {}


@cache
def _mails() -> dict[str, Answered]:
    return {f"{_set(source)}/{mail.name}": mail for source in SETS for mail in answered_mails(source)}


def _set(source: Path) -> str:
    return source.parent.name if source.stem == "mails" else source.stem


def _faults(mail: Answered, vocabulary: Vocabulary) -> list[str]:
    tally = Tally()
    found = as_prediction(extract(mail.read(), open_place_names(), vocabulary))
    tally.add(mail.name, mail.gold, found)
    kinds = [mail.gold["kind"], *mail.gold.get("alt", {}).get("kind", [])]
    if tally.perfect and found["kind"] in kinds:
        return []
    return [problem for _, problems in tally.failures for problem in problems]


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_two_mails_are_read_without_a_fault(language: str, vocabulary: Vocabulary) -> None:
    assert len(LANGUAGES[language]) == 2
    for name in LANGUAGES[language]:
        mail = _mails()[name]
        assert mail.gold["language"] == language
        assert not _faults(mail, vocabulary), name


def test_at_least_50_languages(vocabulary: Vocabulary, request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--accept", default=False):
        _choose(vocabulary)
    chosen = json.loads(CHOSEN.read_text("utf-8"))
    assert len(chosen) >= 50


def _choose(vocabulary: Vocabulary) -> None:
    chosen: dict[str, list[str]] = {}
    for name, mail in _mails().items():
        names = chosen.setdefault(mail.gold["language"], [])
        if len(names) < 2 and mail.gold["registrations"] and not _faults(mail, vocabulary):
            names.append(name)
    whole = {language: names for language, names in sorted(chosen.items()) if len(names) == 2}
    CHOSEN.write_text(json.dumps(whole, indent=1) + "\n", encoding="utf-8")
