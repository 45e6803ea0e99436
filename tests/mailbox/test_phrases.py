"""The words of mail programs are data that a new language can be added to without code."""

from __future__ import annotations

import tomllib

import pytest

from poltwt_console import paths

LANGUAGES = tomllib.loads((paths.resources() / "mail" / "phrases.toml").read_text(encoding="utf-8"))
LISTS = {
    "wrote", "filler", "forwarded", "original", "from", "date", "to", "cc", "subject", "forward_prefix",
    "reply_prefix", "disclaimer", "disclaimer_heading", "closing", "sent_from", "no_html",
}  # fmt: skip


def test_fifty_languages_know_quotes_and_header_lines() -> None:
    complete = [
        name for name, entry in LANGUAGES.items() if {"wrote", "from", "date", "to", "subject"} <= set(entry)
    ]
    forwards = [name for name, entry in LANGUAGES.items() if entry.get("forwarded")]
    assert len(complete) >= 50
    assert len(forwards) >= 50


@pytest.mark.parametrize("language", LANGUAGES)
def test_entries_are_sound(language: str) -> None:
    entry = LANGUAGES[language]
    assert set(entry) <= LISTS
    for name, words in entry.items():
        assert words, name
        assert len(words) == len(set(words)), name
        assert all(word == word.strip() and word for word in words)
    # Words that are looked for anywhere in a text must not be short.
    assert all(len(word) >= 10 or not word.isascii() for word in entry.get("disclaimer", ()))
    assert all(len(word) >= 7 or not word.isascii() for word in entry.get("sent_from", ()))
    assert all(len(word) >= 7 or not word.isascii() for word in entry.get("forwarded", ()))
