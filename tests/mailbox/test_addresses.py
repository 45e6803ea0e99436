"""Addresses of headers and of the lines above quoted mails."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poltwt_console.domain.message import Sender
from poltwt_console.mailbox.addresses import parse_address_text, parse_addresses


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ann@x.example", [("", "ann@x.example")]),
        ("Ann Doyle <ann@x.example>", [("Ann Doyle", "ann@x.example")]),
        ('"Doyle, Ann" <ann@x.example>', [("Doyle, Ann", "ann@x.example")]),
        ("Doyle, Ann <ann@x.example>", [("Doyle, Ann", "ann@x.example")]),
        ('"Ann \\"Sarge\\" Doyle" <ann@x.example>', [('Ann "Sarge" Doyle', "ann@x.example")]),
        ("ann@x.example (Ann Doyle)", [("Ann Doyle", "ann@x.example")]),
        ("Ann (on (nested) leave) <ann@x.example>", [("Ann", "ann@x.example")]),
        ("a@x.example, b@x.example", [("", "a@x.example"), ("", "b@x.example")]),
        ("A <a@x.example>, B <b@x.example>", [("A", "a@x.example"), ("B", "b@x.example")]),
        ("Team: a@x.example, B <b@x.example>;", [("", "a@x.example"), ("B", "b@x.example")]),
        ("undisclosed-recipients:;", []),
        ("Ann [mailto:ann@x.example]", [("Ann", "ann@x.example")]),
        ("Ann Doyle [ann@x.example]", [("Ann Doyle", "ann@x.example")]),
        ('רפ"ק יעל אברמוב <y@x.example>', [('רפ"ק יעל אברמוב', "y@x.example")]),
        ('"רפ"ק יעל" <y@x.example>, B <b@x.example>', [('רפ"ק יעל', "y@x.example"), ("B", "b@x.example")]),
        ("Wg Cdr (retd) Ann Doyle <ann@x.example>", [("Wg Cdr Ann Doyle", "ann@x.example")]),
        ("'ann@x.example'", [("", "ann@x.example")]),
        ("<ann@x.example>", [("", "ann@x.example")]),
        ("ann@x.example <ann@x.example>", [("", "ann@x.example")]),
        ("Ann <ann@x.example", [("Ann", "ann@x.example")]),
        ("Ann <ann@x.example, Ben <ben@x.example>", [("Ann", "ann@x.example"), ("Ben", "ben@x.example")]),
        ("=?utf-8?Q?Doyle=2C_Ann?= <ann@x.example>", [("Doyle, Ann", "ann@x.example")]),
        ("警察 <k@x.example>", [("警察", "k@x.example")]),
        ("Only A Name", [("Only A Name", "")]),
        ("", []),
    ],
)
def test_takes_a_value_apart(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(sender.name, sender.email) for sender in parse_address_text(text)] == expected


def test_raw_8bit_names_use_the_hint() -> None:
    assert parse_addresses("Łódź <l@x.example>".encode("cp1250"), "windows-1250") == (
        Sender("Łódź", "l@x.example"),
    )


@pytest.mark.parametrize("seed", ["a, ", "(", "<", "a@b.example, ", '"', "\\", "<a,", "a:", "=?utf-8?Q?a?= "])
def test_hostile_values_take_no_time(seed: str) -> None:
    started = time.perf_counter()
    parse_address_text(seed * (200_000 // len(seed)))
    assert time.perf_counter() - started < 0.5


@given(st.text(alphabet=st.sampled_from(list('ab@<>(),;:"\\ =?éQ.')), max_size=60))
def test_never_raises_and_names_no_line_ends(text: str) -> None:
    for sender in parse_address_text(text):
        assert "\n" not in str(sender)
        assert sender.name or sender.email
