"""Encoded words (RFC 2047) and parameters (RFC 2231), legal and as they really come."""

from __future__ import annotations

import base64
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poltwt_console.mailbox.parameters import parse_parameters
from poltwt_console.mailbox.words import decode_header, decode_words


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"plain", "plain"),
        (b"=?utf-8?Q?Gr=C3=BC=C3=9Fe_aus_K=C3=B6ln?=", "Grüße aus Köln"),
        (b"=?UTF-8?B?R3LDvMOfZQ==?=", "Grüße"),
        (b"=?utf-8?B?R3LDvMOfZQ?=", "Grüße"),  # no padding
        (b"Re: =?iso-8859-1?Q?=E9t=E9?= 2013", "Re: été 2013"),
        (b"=?utf-8?Q?a?= =?utf-8?Q?b?=", "ab"),  # the space between belongs to none
        (b"=?utf-8?Q?a?=\t =?utf-8?Q?b?=", "ab"),
        (b"=?utf-8?Q?a?= b =?utf-8?Q?c?=", "a b c"),
        (b"=?utf-8?B?xQ==?= =?utf-8?B?mQ==?=", "ř"),  # split inside a character
        (b"=?utf-8?Q?=C5?= =?utf-8?B?mQ==?=", "ř"),  # split between the two encodings
        (b"=?iso-8859-1?Q?=E9?= =?utf-8?Q?=C5=99?=", "éř"),
        (b"=?utf-8*de?Q?Stra=C3=9Fe?=", "Straße"),  # with a language
        (b"=?utf-8?Q?with spaces inside?=", "with spaces inside"),
        (b"=?x-unknown?Q?Stra=C3=9Fe?=", "Straße"),
        (b"=?utf-8?Q?broken", "=?utf-8?Q?broken"),
        (b"=?utf-8?X?abc?=", "=?utf-8?X?abc?="),
        (b"=?gb2312?B?1uzpRrv5?=", "朱镕基"),
        (b"=?iso-2022-jp?B?GyRCN1kbKEI=?=", "警"),
        (b"=?utf-8?Q?tab=09and=0Aline?=", "tab and line"),
        ("naïve café".encode(), "naïve café"),
        ("naïve".encode("latin-1"), "naïve"),
        (b"\x1b$B7Y\x1b(B", "警"),
    ],
)  # fmt: skip
def test_decodes(raw: bytes, expected: str) -> None:
    assert decode_header(raw) == expected


def test_twenty_thousand_words_are_fast() -> None:
    raw = b" ".join([b"=?utf-8?Q?=C3=A9?="] * 20_000)
    started = time.perf_counter()
    decoded = decode_header(raw)
    assert time.perf_counter() - started < 0.5
    assert decoded.startswith("é" * 1000)


@given(
    st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\x1b\ufeff"), max_size=80),
    st.booleans(),
)
def test_what_was_encoded_comes_back(text: str, in_base64: bool) -> None:
    raw = text.encode()
    coded = base64.b64encode(raw).decode() if in_base64 else "".join(f"={byte:02X}" for byte in raw)
    assert decode_words(f"=?utf-8?{'B' if in_base64 else 'Q'}?{coded}?=") == text


@given(st.binary(max_size=200))
def test_never_raises(raw: bytes) -> None:
    decoded = decode_header(b"=?utf-8?Q?" + raw) + decode_header(raw)
    assert "\n" not in decoded
    decoded.encode("utf-8")  # no half of a surrogate pair
    parse_parameters(b"text/plain; name=" + raw)


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (b'attachment; filename="a b.csv"', "a b.csv"),
        (b"attachment; filename=a.csv", "a.csv"),
        (b"attachment; filename*=utf-8''Pr%C3%A4sidien.csv", "Präsidien.csv"),
        (b"attachment; filename*0=\"one\"; filename*1=\"two.csv\"", "onetwo.csv"),
        (b"attachment; filename*1*=%C3%A4.csv; filename*0*=utf-8''a", "aä.csv"),
        (b'attachment; filename="=?utf-8?Q?Pr=C3=A4.csv?="', "Prä.csv"),
        ("attachment; filename=\"Größe.csv\"".encode(), "Größe.csv"),
        (b'attachment; filename="quo\\"te.csv"', 'quo"te.csv'),
        (b"attachment; FILENAME = up.csv ; size=3", "up.csv"),
        (b"attachment", ""),
    ],
)  # fmt: skip
def test_file_names(raw: bytes, name: str) -> None:
    assert parse_parameters(raw)[1].get("filename", "") == name
