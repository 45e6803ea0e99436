"""What a message says of itself."""

from __future__ import annotations

import pytest

from poltwt_console.domain.message import Role, Segment, SegmentKind, TextPart, phone_of
from poltwt_console.domain.message_json import dump_parts, load_parts


def part(*stretches: tuple[SegmentKind, str]) -> TextPart:
    segments, text = [], ""
    for kind, words in stretches:
        segments.append(Segment(kind, len(text), len(text) + len(words)))
        text += words
    return TextPart("body", Role.BODY, text, segments=tuple(segments))


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("Tel. +44 (0)121 626 5000, room 3", "+44 (0)121 626 5000"),
        ("Tél. : 00225 31 63 00 17 / Cel.", "00225 31 63 00 17"),
        ("call 1-246-430-7100 or 1 (246) 430-7101", "+1-246-430-7100"),
        ("Ref. 2013/10/0012345, since 1900 12 months", ""),
        ("No. 0012345678/2013", ""),
        ("0121 626 5000", ""),  # no country's prefix
        ("100 200 3000 4000", ""),
        ("", ""),
    ],
)
def test_a_number_with_its_countrys_prefix_is_found(words: str, number: str):
    assert phone_of([part((SegmentKind.BODY, words))]) == number


def test_the_signatures_number_comes_first_and_a_quoted_one_is_nobodys():
    body = (SegmentKind.BODY, "Their hotline is +33 1 53 71 53 71.\n")
    signature = (SegmentKind.SIGNATURE, "Cpl Vance\n+1 246 430 7100\n")
    quoted = (SegmentKind.QUOTED, "Lauri, +1 978 555 0100\n")
    assert phone_of([part(quoted, body, signature)]) == "+1 246 430 7100"
    assert phone_of([part(quoted, body)]) == "+33 1 53 71 53 71"
    assert phone_of([part(quoted)]) == ""


def test_what_is_struck_out_is_blank_and_all_else_where_it_was():
    text = "ask @Old\nPolice or @New"
    struck = TextPart("body", Role.BODY, text, struck=((4, 15),))
    assert struck.kept() == "ask     \n       or @New"
    assert TextPart("body", Role.BODY, text).kept() == text


def test_what_is_struck_out_is_stored():
    parts = (TextPart("body", Role.BODY, "a b c", struck=((0, 1), (4, 5))),)
    assert load_parts(dump_parts(parts)) == parts
