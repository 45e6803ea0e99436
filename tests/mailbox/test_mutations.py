"""Ten thousand damaged mails: never an exception, never slow, never a lost byte."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

import pytest

from poltwt_console.domain.message import Message, Organiser
from poltwt_console.mailbox import attachment_bytes, read_message

MUTANTS = 10_000
SECONDS = 2.0
SEED = 20131101
SAMPLES = sorted((Path(__file__).parents[1] / "data" / "mail").glob("*.eml"))


def flip_bytes(raw: bytearray, chance: random.Random) -> bytearray:
    for _ in range(chance.randint(1, 20)):
        raw[chance.randrange(len(raw))] = chance.randrange(256)
    return raw


def cut(raw: bytearray, chance: random.Random) -> bytearray:
    return raw[: chance.randrange(len(raw))]


def drop_a_piece(raw: bytearray, chance: random.Random) -> bytearray:
    start = chance.randrange(len(raw))
    del raw[start : start + chance.randint(1, 200)]
    return raw


def repeat_a_piece(raw: bytearray, chance: random.Random) -> bytearray:
    start = chance.randrange(len(raw))
    piece = raw[start : start + chance.randint(1, 120)]
    raw[start:start] = piece * chance.randint(2, 30)
    return raw


def swap_lines(raw: bytearray, chance: random.Random) -> bytearray:
    lines = raw.split(b"\n")
    for _ in range(chance.randint(1, 5)):
        one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
        lines[one], lines[other] = lines[other], lines[one]
    return bytearray(b"\n").join(lines)


def change_line_ends(raw: bytearray, chance: random.Random) -> bytearray:
    return raw.replace(
        b"\r\n", chance.choice((b"\r", b"\n", b"\n\r", b"\r\r\n", b"\n\n")), chance.randint(1, 40)
    )


def damage_words(raw: bytearray, chance: random.Random) -> bytearray:
    old, new = chance.choice(
        (
            (b"boundary", b"boundry"),
            (b"charset=", b"charset=x-"),
            (b"utf-8", b"utf-16"),
            (b"base64", b"quoted-printable"),
            (b"quoted-printable", b"base64"),
            (b"8bit", b"base64"),
            (b"text/plain", b"multipart/mixed"),
            (b"text/html", b"message/rfc822"),
            (b"=?", b"=?=?"),
            (b"?=", b"?"),
            (b"--", b"-"),
            (b": ", b""),
            (b"<", b"<<"),
            (b">", b""),
        )
    )
    return raw.replace(old, new, chance.randint(1, 3))


MUTATIONS = (flip_bytes, cut, drop_a_piece, repeat_a_piece, swap_lines, change_line_ends, damage_words)


def check(raw: bytes, now: datetime, organiser: Organiser) -> Message:
    started = time.perf_counter()
    message = read_message(raw, origin="mutant", now=now, organiser=organiser)
    taken = time.perf_counter() - started
    assert taken < SECONDS, f"{taken:.1f} s"
    assert message.raw == raw
    assert not [defect for defect in message.defects if "taken apart" in defect], message.defects
    assert len({part.id for part in message.parts}) == len(message.parts)
    for part in message.parts:
        part.text.encode("utf-8")
        assert "\0" not in part.text
        assert not part.segments or (part.segments[0].start, part.segments[-1].end) == (0, len(part.text))
        for one, other in zip(part.segments, part.segments[1:], strict=False):
            assert one.end == other.start
        spans = [*part.links, *(cell for table in part.tables for cell in table.cells)]
        assert all(0 <= span.start <= span.end <= len(part.text) for span in spans)
    for attachment in message.attachments:
        assert len(attachment_bytes(message, attachment.path)) == attachment.size
    message.subject.encode("utf-8")
    return message


@pytest.fixture
def seeds(
    write_msg: Callable[[Mapping[str, object]], bytes], write_tnef: Callable[..., bytes]
) -> list[bytes]:
    mail = {"properties": {0x0037: "subject", 0x1000: "body\r\n", 0x1013: b"<p>body</p>"}}
    outer = {
        **mail,
        "attachments": [{0x3707: "in.msg", "mail": mail}, {0x3707: "a.csv", 0x3701: b"a;b\nc;d\n"}],
    }
    tnef = write_tnef({0x0037: "subject", 0x1000: "body"}, {"a.txt": b"text"})
    return [*(path.read_bytes() for path in SAMPLES), write_msg(outer), tnef]


@pytest.mark.slow
def test_ten_thousand_mutants(seeds: list[bytes], now: datetime, organiser: Organiser) -> None:
    chance = random.Random(SEED)
    for number in range(MUTANTS):
        raw = bytearray(seeds[number % len(seeds)])
        for _ in range(chance.randint(1, 3)):
            raw = chance.choice(MUTATIONS)(raw, chance) or raw
            raw = raw or bytearray(b"x")
        if bytes(raw[:8]) == bytes.fromhex("d0cf11e0a1b11ae1"):
            read_message(bytes(raw), now=now)  # a damaged .msg is shown as it came, with a sentence
        else:
            check(bytes(raw), now, organiser)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_each_sample_is_sound(path: Path, now: datetime, organiser: Organiser) -> None:
    check(path.read_bytes(), now, organiser)


@pytest.mark.parametrize("size", [0, 1, 2, 5, 50])
def test_the_shortest_mails(size: int, now: datetime, organiser: Organiser) -> None:
    for letter in (b"\n", b"\r", b":", b"F", b"\0", b"\xff", b"-"):
        check(letter * size, now, organiser)
