"""Mails made to hang, crash or flood a parser: read in time, kept whole, and what was left out is told."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable
from datetime import datetime

import pytest

from poltwt_console.domain.message import Message, SegmentKind
from poltwt_console.mailbox import limits, read_message

HEAD = b"From: a@x.example\nSubject: s\nMessage-ID: <h@x>\n"
HTML = HEAD + b"Content-Type: text/html; charset=utf-8\n\n"
MIXED = HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n"
FORWARD = b"---------- Forwarded message ----------\nFrom: a@x\nDate: x\nSubject: Fwd: y\n\nz\n"
PLAIN = HEAD + b"Content-Type: text/plain; charset=utf-8\n\n"


def nested_multiparts(levels: int) -> bytes:
    raw = HEAD
    for level in range(levels):
        raw += b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (level, level)
    return raw + b"Content-Type: text/plain\n\nthe innermost\n"


def nested_mails(levels: int) -> bytes:
    return HEAD + b"Content-Type: message/rfc822\n\n" * levels + b"\nthe innermost\n"


def same_boundary(levels: int) -> bytes:
    return HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n--b\n" * levels


def many_parts(count: int) -> bytes:
    return HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * count + b"--b--\n"


HOSTILE = {
    "900 levels of multipart": nested_multiparts(900),
    "3000 levels of multipart": nested_multiparts(3000),
    "3000 mails within mails": nested_mails(3000),
    "one boundary at every level": same_boundary(5000),
    "50,000 parts": many_parts(50_000),
    "deep and large": nested_multiparts(100) + b"x" * 20_000_000,
    "20,000 encoded words": b"Subject: " + b"=?utf-8?Q?=C3=A9?= " * 20_000 + b"\n" + HEAD + b"\n",
    "half encoded words": b"Subject: " + b"=?utf-8?Q?" * 50_000 + b"\n" + HEAD + b"\n",
    "50,000 addresses": b"To: " + b"a@x.example, " * 50_000 + b"\n" + HEAD + b"\n",
    "50,000 names with commas": b"To: " + b"a, " * 50_000 + b"\n" + HEAD + b"\n",
    "nested comments": b"From: " + b"(" * 60_000 + b"\n\n",
    "200,000 header lines": HEAD + b"X: y\n" * 200_000 + b"\nbody\n",
    "a folded header of 20 MB": HEAD + b"X: y\n" + b" z\n" * 7_000_000 + b"\nbody\n",
    "a header line of 20 MB": HEAD + b"X: " + b"y" * 20_000_000 + b"\n\nbody\n",
    "one header without end": b"X" * 5_000_000,
    "many parameters": HEAD + b"Content-Type: text/plain" + b"; a*0*=b" * 40_000 + b"\n\nbody\n",
    "unclosed quotes": HEAD + b'Content-Type: text/plain; name="' + b'\\"' * 40_000 + b"\n\nbody\n",
    "20,000 elements deep": HTML + b"<div>" * 20_000 + b"deep down" + b"</div>" * 20_000,
    "400,000 elements deep": HTML + b"<div>" * 400_000 + b"deep",
    "formatting without end": HTML + b"".join(b"<b id=%d>" % n for n in range(5_000)) + b"<p>x" * 5_000,
    "links in cells": HTML + b"<table><tr>" + b"<td><a href=x>" * 100_000,
    "stray end tags": HTML + b"<div>" * 20_000 + b"</p></x></b>" * 50_000,
    "200,000 attributes": HTML + b"<div " + b"".join(b"a%d=1 " % n for n in range(200_000)) + b">x",
    "attributes set close": HTML + b"<div " + b"".join(b'a%d="1"' % n for n in range(150_000)) + b">x",
    "attributes by slashes": HTML + b"<div " + b"".join(b"a%d/" % n for n in range(200_000)) + b">x",
    "2,000 texts": MIXED + (b"--b\n\n" + b"a\n" * 15_000) * 1_900,
    "500 pages": MIXED + (b"--b\nContent-Type: text/html\n\n" + b"<i>x</i>" * 10_000) * 500,
    "50,000 tables deep": HTML + b"<table><tr><td>" * 50_000 + b"cell",
    "20,000 quotes deep": HTML + b"<blockquote type=cite>" * 20_000 + b"deep down",
    "huge spans": HTML + b"<table><tr>" + b"<td rowspan=1000000 colspan=1000000>x" * 20_000,
    "a million tags": HTML + b"<b>x</b>" * 250_000,
    "open tags": HTML + b"<a href=" * 100_000,
    "open angles": HTML + b"<" * 1_000_000,
    "links": HTML + b"<a href=http://x.com/a>l</a>" * 50_000,
    "style without end": HTML + b"<style>" * 100_000,
    "entities": HTML + b"&amp;" * 300_000,
    "5,000 quoted lines": PLAIN + b"> x\n" * 5_000 + b"On x " * 3_000,
    "On and 200 kB": PLAIN + b"On " + b"a " * 100_000,
    "On lines": PLAIN + b"On 1.1.2013 10:00\n" * 50_000,
    "header words": PLAIN + b"From: a\n" * 100_000,
    "marks": PLAIN + b"-----Original Message-----\n" * 50_000,
    "depths": PLAIN + b"".join(b">" * (n % 50) + b" x\n" for n in range(50_000)),
    "forwards": PLAIN + FORWARD * 5_000,
    "short lines": PLAIN + b"a\n" * 20_000_000,
    "blank lines": PLAIN + b"\n" * 10_000_000,
    "rules": PLAIN + b"-" * 5_000_000,
    "closings": PLAIN + b"Regards,\nA B\n" * 50_000,
    "flowed": HEAD + b"Content-Type: text/plain; format=flowed\n\n" + b"word \n" * 400_000,
    "spaces": PLAIN + b" " * 2_000_000,
    "quote marks": PLAIN + b"> " * 1_000_000,
    "base64 of blanks": HEAD + b"Content-Transfer-Encoding: base64\n\n" + b"\n" * 5_000_000,
    "base64 with noise": HEAD + b"Content-Transfer-Encoding: base64\n\n" + b"QUJD!\n" * 500_000,
    "quoted-printable": HEAD + b"Content-Transfer-Encoding: quoted-printable\n\n" + b"=\n" * 3_000_000,
    "uuencode": HEAD + b"Content-Transfer-Encoding: uuencode\n\nbegin 644 a\n" + b"#86)C\n" * 500_000,
    "undeclared bytes": HEAD + b"\n" + bytes(range(128, 256)) * 20_000,
    "boundary lines": HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--bb\n" * 2_000_000,
    "csv": HEAD + b"Content-Type: text/csv; name=a.csv\n\n" + b'a;"b,c\t|\n' * 300_000,
    "csv columns": HEAD + b"Content-Type: text/csv; name=a.csv\n\n" + b";" * 2_000_000,
    "vcard": HEAD + b"Content-Type: text/vcard; name=a.vcf\n\n" + b"ADR:;;\\;\\;;\n" * 150_000,
    "vcard folded": HEAD + b"Content-Type: text/vcard; name=a.vcf\n\nFN:a\n" + b" b\n" * 600_000,
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_is_read_in_time_and_kept_whole(name: str, now: datetime) -> None:
    raw = HOSTILE[name]
    started = time.perf_counter()
    message = read_message(raw, now=now)
    assert time.perf_counter() - started < 2.0
    assert message.raw is raw
    assert not [defect for defect in message.defects if "taken apart" in defect], message.defects
    assert sum(len(part.text) for part in message.parts) <= 10 * limits.TEXT_BYTES


def _text(message: Message) -> str:
    return "".join(part.text for part in message.parts)


def test_deep_html_keeps_its_text(read: Callable[[bytes], Message]) -> None:
    assert "deep down" in _text(read(HOSTILE["20,000 elements deep"]))


def test_too_many_levels_are_told(read: Callable[[bytes], Message]) -> None:
    message = read(HOSTILE["900 levels of multipart"])
    assert any("100 parts within parts" in defect for defect in message.defects)


def test_ninety_levels_are_read(read: Callable[[bytes], Message]) -> None:
    message = read(nested_multiparts(90))
    assert "the innermost" in _text(message)
    assert not message.defects


def test_too_many_parts_are_told(read: Callable[[bytes], Message]) -> None:
    assert any("2,000 parts" in defect for defect in read(HOSTILE["50,000 parts"]).defects)


def test_too_many_headers_are_told(read: Callable[[bytes], Message]) -> None:
    assert any("5,000 header lines" in defect for defect in read(HOSTILE["200,000 header lines"]).defects)
    assert any("longer than 1 MB" in defect for defect in read(HOSTILE["a header line of 20 MB"]).defects)


def test_a_text_over_two_megabytes_is_told(read: Callable[[bytes], Message]) -> None:
    message = read(PLAIN + b"word and word\n" * 300_000)
    assert any("longer than 2 MB" in defect for defect in message.defects)
    assert len(message.part("body").text) == limits.TEXT_BYTES


def test_an_attachment_of_100_megabytes_is_kept_and_told(now: datetime) -> None:
    attachment = base64.encodebytes(b"\x00\x01\x02" * 35_000_000)
    raw = HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n--b\n\nWe are @sample_big\n--b\n"
    raw += (
        b"Content-Type: application/zip; name=big.zip\nContent-Transfer-Encoding: base64\n\n"
        + attachment
        + b"--b--\n"
    )
    started = time.perf_counter()
    message = read_message(raw, now=now)
    assert time.perf_counter() - started < 2.0
    assert message.raw is raw
    assert message.part("body").text == "We are @sample_big"
    assert [part.name for part in message.attachments] == ["big.zip"]
    assert any("larger than 64 MB" in defect for defect in message.defects)


def test_lines_past_the_ten_thousandth_are_still_covered(read: Callable[[bytes], Message]) -> None:
    body = read(PLAIN + b"line\n" * 12_000).part("body")
    assert body.segments[-1].end == len(body.text)
    assert body.segments[0].kind is SegmentKind.BODY
