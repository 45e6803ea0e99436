"""Own words: both kept and read with, or neither; a file of them is checked like what is typed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from poltwt_console.errors import Cancelled, ConsoleError, UnreadableError
from poltwt_console.settings import Pattern, Settings, load_settings, save_settings
from poltwt_console.store import Store
from poltwt_console.workflow.own_words import checked_word, keep_words, read_words, with_words, write_words
from tests.fakes import WMP, FakeReader, read_mail

EDITION = "2013-11"


def test_what_is_stopped_leaves_the_words_of_before(store: Store, take_in: Callable, tmp_path: Path):
    take_in(read_mail(WMP))
    settings = tmp_path / "settings.json"
    before = Settings(patterns=(Pattern("seat", "address"),), call="our call")
    save_settings(settings, before)

    class Stopped:
        cancelled = True

        def report(self, done: int, total: int, words: str) -> None:
            """Nobody watches."""

    with pytest.raises(Cancelled):
        keep_words(store, lambda _: FakeReader(), settings, EDITION, (), progress=Stopped())
    assert load_settings(settings) == before
    keep_words(store, lambda _: FakeReader(), settings, EDITION, ())
    assert load_settings(settings) == Settings(call="our call")


def test_a_file_round_trip(tmp_path: Path):
    path = tmp_path / "words.json"
    words = (checked_word("our  office\nis at", "address"), checked_word("住所", "address", "ja"))
    assert words[0].text == "our office is at"
    write_words(path, words)
    assert read_words(path) == words
    assert with_words(words, [Pattern("OUR OFFICE IS AT", "city")])[-1].meaning == "city"


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "null",
        "[" * 10_000,
        '{"format": "poltwt console own words"}',
        '{"format": "poltwt console own words", "words": [1]}',
        "\ud800",
    ],
)
def test_what_is_no_file_of_words_is_said_so(tmp_path: Path, content: str):
    path = tmp_path / "words.json"
    path.write_bytes(content.encode("utf-8", "surrogatepass"))
    with pytest.raises(UnreadableError, match="holds no words"):
        read_words(path)


@pytest.mark.parametrize(("text", "means"), [("", "address"), ("...", "address"), ("a", "nonsense")])
def test_a_word_in_a_file_is_checked(tmp_path: Path, text: str, means: str):
    path = tmp_path / "words.json"
    words = [{"text": text, "means": means}]
    path.write_text(json.dumps({"format": "poltwt console own words", "words": words}), "utf-8")
    with pytest.raises(ConsoleError):
        read_words(path)


def test_a_folder_or_nothing_is_said_so(tmp_path: Path):
    with pytest.raises(UnreadableError):
        read_words(tmp_path / "none.json")
    with pytest.raises(UnreadableError):
        read_words(tmp_path)
    with pytest.raises(ConsoleError, match="cannot be written"):
        write_words(tmp_path / "no" / "words.json", ())
