"""Pasted text: with headers, without, and several mails in one paste."""

from __future__ import annotations

from datetime import UTC, datetime

from poltwt_console.domain.message import SegmentKind, Sender
from poltwt_console.mailbox import read_pasted

TWO = """From: Ann <ann@x.example>
Subject: first
Date: Tue, 8 Oct 2013 09:15:00 +0200

We are @sample_one, Größe egal.

Von: Ben <ben@x.example>
Betreff: second
Gesendet: 9.10.2013

We are @sample_two.
"""


def test_a_text_alone_is_from_the_sender_that_was_typed(now: datetime) -> None:
    (message,) = read_pasted(
        "We are @sample, Main Street 1.\nSee you", now, sender=Sender("Ann", "ann@x.example")
    )
    assert message.part("body").text == "We are @sample, Main Street 1.\nSee you"
    assert str(message.sender) == "Ann <ann@x.example>"
    assert (message.date, message.date_given) == (now, False)


def test_no_sender_is_no_sender(now: datetime) -> None:
    (message,) = read_pasted("We are @sample", now)
    assert str(message.sender) == ""


def test_headers_are_read(now: datetime) -> None:
    (message,) = read_pasted("From: Ann <ann@x.example>\r\nTo: me\r\nSubject: Grüße\r\n\r\ntext\r\n", now)
    assert (str(message.sender), message.subject) == ("Ann <ann@x.example>", "Grüße")
    assert message.part("body").text.strip() == "text"


def test_two_mails_in_two_languages(now: datetime) -> None:
    first, second = read_pasted(TWO, now)
    assert (first.subject, second.subject) == ("first", "second")
    assert first.date == datetime(2013, 10, 8, 7, 15, tzinfo=UTC)
    assert str(second.sender) == "Ben <ben@x.example>"
    assert "@sample_two" in second.part("body").text
    assert "@sample_two" not in first.part("body").text
    assert (first.origin, second.origin) == ("paste#1", "paste#2")


def test_a_forward_inside_a_paste_is_no_second_mail(now: datetime) -> None:
    text = (
        TWO.split("\n\nVon")[0]
        + "\n\n---------- Forwarded message ----------\nFrom: Kim <kim@x.example>\nSubject: x\n\n@sample\n"
    )
    (message,) = read_pasted(text, now)
    assert [segment.kind for segment in message.part("body").segments] == [
        SegmentKind.BODY,
        SegmentKind.FORWARDED,
    ]


def test_the_same_paste_has_the_same_digest(now: datetime) -> None:
    later = datetime(2014, 1, 1, tzinfo=UTC)
    assert read_pasted("We are @sample", now)[0].digest == read_pasted("We are @sample\r\n", later)[0].digest


def test_nothing_is_one_empty_mail(now: datetime) -> None:
    (message,) = read_pasted("", now)
    assert message.part("body").text == ""
