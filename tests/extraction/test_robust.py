"""No mail breaks it, none takes long: every pattern on hostile input, whole mails from hypothesis."""

from __future__ import annotations

import importlib
import pickle
import pkgutil
import re
import time
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import poltwt_console.extraction as package
from poltwt_console.domain.message import Message
from poltwt_console.domain.registration import FIELD_NAMES, Extract, Kind
from poltwt_console.extraction import Vocabulary, extract, load_vocabulary
from poltwt_console.extraction.handle_forms import forms_of
from poltwt_console.geocoding import open_place_names
from tests.extraction.conftest import Read, mail, mail_with_files

SIZE = 200_000
#: What patterns of this kind choke on: long runs of what they repeat, and almost-matches.
HOSTILE = [
    "a" * SIZE,
    "A" * SIZE,
    "1" * SIZE,
    " " * SIZE,
    "\t" * SIZE,
    "\n" * SIZE,
    "-" * SIZE,
    "_" * SIZE,
    "." * SIZE,
    "@" * SIZE,
    "a." * (SIZE // 2),
    "A." * (SIZE // 2),
    "[ ] " * (SIZE // 4),
    "สนใจ" * (SIZE // 4),
    "a@" * (SIZE // 2),
    "@a " * (SIZE // 3),
    "1-" * (SIZE // 2),
    "(1" * (SIZE // 2),
    "a: " * (SIZE // 3),
    ": " * (SIZE // 2),
    " -" * (SIZE // 2),
    "/" * SIZE,
    "http://" * (SIZE // 7),
    "twitter.com/" * (SIZE // 12),
    "twitter.com/intent/user?" + "a=1&" * (SIZE // 4),
    "%2" * (SIZE // 2),
    "|" * SIZE,
    ", " * (SIZE // 2),
    "東京都" * (SIZE // 3),
    "。" * SIZE,
    "ก" * SIZE,
    "١" * SIZE,
    "+49 (0) 89 / " * (SIZE // 13),
    "A1 1AA " * (SIZE // 7),
    "twitter " * (SIZE // 8),
]
LIMIT_S = 0.6


def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    found = []
    for info in pkgutil.iter_modules(package.__path__):
        module = importlib.import_module(f"{package.__name__}.{info.name}")
        for name, value in vars(module).items():
            values = value if isinstance(value, tuple | list) else (value,)
            for number, entry in enumerate(values):
                inner = entry if isinstance(entry, tuple) else (entry,)
                for part in inner:
                    if isinstance(part, re.Pattern):
                        found.append((f"{info.name}.{name}[{number}]", part))
    spelling = load_vocabulary().spelling
    for name, value in vars(spelling).items():
        if isinstance(value, re.Pattern):
            found.append((f"spelling.{name}", value))
    for number, form in enumerate(forms_of(spelling)):
        found.append((f"forms[{number}].sign", form.sign))
        found.append((f"forms[{number}].pattern", form.pattern))
    return found


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "pattern"), _patterns(), ids=lambda value: value if isinstance(value, str) else ""
)
def test_pattern_is_linear(name: str, pattern: re.Pattern[str]) -> None:
    for text in HOSTILE:
        started = time.perf_counter()
        for _ in pattern.finditer(text):
            pass
        took = time.perf_counter() - started
        assert took < LIMIT_S, f"{name} took {took:.2f} s on {text[:20]!r}"


@pytest.mark.slow
@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:12]))
def test_hostile_mail(text: str, vocabulary: Vocabulary) -> None:
    message, places = mail(text[:100_000]), open_place_names()
    started = time.perf_counter()
    extract(message, places, vocabulary)
    assert time.perf_counter() - started < 2


#: Long lists of accounts: what is asked of each must not grow with the others.
LISTS = {
    "table": "Twitter\tAgency\tAddress\n"
    + "\n".join(f"@ab{n}\tPolice {n}\t{n} Mill Road" for n in range(590)),
    "labels": "\n".join(
        f"Twitter: @ab{n}\nAgency: Riverton Police {n}\nAddress: {n} Mill Road" for n in range(200)
    ),
    "lines": "\n".join(f"@ab{n} - Police Station {n}, 12 Mill Road" for n in range(500)),
    "bare lines": "\n".join(f"@ab{n}" for n in range(590)),
    "items": "\n".join(f"- @ab{n}" for n in range(590)),
    "boxes": "\n".join(f"[{'x' if n % 2 else ' '}] @ab{n}, Police Station {n}" for n in range(500)),
    "officer": "\n".join("Sgt Lee Orr: @SgtOrr of Riverton Police" for _ in range(1500)),
    "words": "\n".join(" ".join(f"@a{n}" for n in range(low, low + 130)) for low in range(0, 3000, 130)),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", LISTS)
def test_long_list(name: str, vocabulary: Vocabulary) -> None:
    message = mail(LISTS[name])
    started = time.perf_counter()
    extract(message, None, vocabulary)
    assert time.perf_counter() - started < 2


@pytest.mark.slow
def test_long_list_in_a_file_beside_a_text_that_speaks_of_accounts(vocabulary: Vocabulary) -> None:
    rows = "\n".join(f"Police Station {n};@ab{n};{n} Mill Road" for n in range(590))
    message = mail_with_files(
        "\n\n".join("our twitter account " * 4 for _ in range(240)),
        {"list.csv": f"Agency;Twitter;Address\n{rows}\n"},
    )
    started = time.perf_counter()
    extract(message, None, vocabulary)
    assert time.perf_counter() - started < 2


PIECES = (
    [
        "@RivertonPD",
        "Twitter:",
        "Address:",
        "police",
        "12 Mill Road",
        "\n",
        "\n\n",
        "\t",
        "-",
        "Sgt Lee",
        "not",
    ],
    [
        "@",
        "@x",
        "https://twitter.com/a",
        "警察",
        "شرطة",
        "ตำรวจ",
        "Kind regards",
        "1)",
        ":",
        ",",
        "(",
        ")",
        "#",
        "|",
    ],
    ["a@b.example", "\u202e", "\x00", "😀"],
)
WORDS = st.sampled_from([piece for row in PIECES for piece in row])


@given(st.lists(WORDS | st.text(max_size=12), max_size=40))
@settings(max_examples=150, deadline=None)
def test_never_raises(parts: list[str]) -> None:
    message = mail(" ".join(parts))
    check_spans(message, extract(message, None, _vocabulary()))


@cache
def _vocabulary() -> Vocabulary:
    """No fixture: hypothesis would print all of it beside each example."""
    return load_vocabulary()


def check_spans(message: Message, found: Extract) -> None:
    """Every value's words stand in the message where it says."""
    for registration in found.registrations:
        for name in FIELD_NAMES:
            field = registration.field(name)
            for evidence in (field.evidence, *(reading.evidence for reading in field.others)):
                if evidence is not None:
                    assert message.part(evidence.part).text[evidence.start : evidence.end] == evidence.text


def test_empty_mail(read: Read) -> None:
    assert read("", subject="").kind in (Kind.OTHER, Kind.INCOMPLETE)


def test_vocabulary_goes_to_another_process(vocabulary: Vocabulary) -> None:
    copy = pickle.loads(pickle.dumps(vocabulary))
    assert copy.labels.keys() == vocabulary.labels.keys()


def test_same_mail_same_answer(vocabulary: Vocabulary) -> None:
    message = mail("We are @RivertonPD, Riverton Police, 12 Mill Road, Riverton OH 44001")
    assert extract(message, None, vocabulary) == extract(message, None, vocabulary)
