"""MIME structure as mails really have it: parts, their ids, headers and what is told of damage."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from functools import partial
from multiprocessing import get_context

import pytest

from poltwt_console.domain.message import Message, Organiser, Role, SegmentKind
from poltwt_console.mailbox import read_message

ReadSample = Callable[[str], Message]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("latin1-declared-utf8-sent", "Grüße aus Köln, Straße 5"),
        ("koi8-undeclared", "Адрес: город Казань"),
        ("iso-2022-jp", "住所：東京都千代田区1-1"),
        ("shift-jis", "①番の警察署です"),
        ("hebrew-logical", "משטרת ישראל sample_il@"),
        ("unknown-charset", "Müller, Straße 1"),
        ("utf-16-text", "Komenda Miejska Policji"),
        ("flowed", "This is one long paragraph."),
        ("flowed-delsp", "東京都千代田区1-1"),
        ("alternative", "Registration: @sample_alt\nMain Street 1"),
        ("useless-plain", "Our account is here"),
        ("signed", "Signed: @sample_signed"),
        ("broken-base64", "Hello there, we are @sample_b6"),
        ("missing-boundary", "found anyway @sample_tok"),
        ("unclosed-boundary", "no end @sample_unclosed"),
        ("no-blank-line", "This is already the text @sample_noblank"),
        ("no-headers", "just words, no headers at all @sample_nohead"),
        ("cr-only", "Text here @sample_cr\nmore"),
        ("html-nested", "deep @sample_deep"),
    ],
)
def test_the_text_of_a_body(read_sample: ReadSample, name: str, words: str) -> None:
    assert words in read_sample(name).part("body").text


@pytest.mark.parametrize(
    ("name", "subject", "sender"),
    [
        ("windows-1251", "Заявка на участие", "Пресс-служба <p@r.example>"),
        ("windows-1252-euro", "€ et “guillemets”", "François <f@b.example>"),
        ("raw-8bit-headers", "Anmeldung für München", "Jürgen Groß <jg@raw.example>"),
        ("split-encoded-words", "Přihláška ůčastníka", "Žofie Nováková, por. <z@z.example>"),
        ("folded-everything", "one two three", "Król <k@fold.example>"),
        ("group-and-comments", "groups", "Ops <ops@grp.example>"),
        ("cr-only", "old mac", "cr@b.example"),
    ],
)
def test_headers(read_sample: ReadSample, name: str, subject: str, sender: str) -> None:
    message = read_sample(name)
    assert (message.subject, str(message.sender)) == (subject, sender)
    assert message.part("subject").text == subject
    assert message.part("from").role is Role.SENDER


def test_recipients_of_groups(read_sample: ReadSample) -> None:
    assert [str(one) for one in read_sample("group-and-comments").recipients] == [
        "one@x.example",
        "Two, T. <two@x.example>",
    ]


def test_a_mail_without_a_usable_date_has_that_of_the_import(read_sample: ReadSample, now: datetime) -> None:
    message = read_sample("bad-date")
    assert (message.date, message.date_given) == (now, False)
    given = read_sample("plain-ascii")
    assert (given.date, given.date_given) == (datetime(2013, 10, 8, 7, 15, tzinfo=UTC), True)


def test_an_enclosed_mail_is_a_forward_with_its_own_sender(read_sample: ReadSample) -> None:
    message = read_sample("forward-rfc822")
    part = message.part("message:1/body")
    assert part.text == "Inner Police, @sample_inner822"
    assert part.segments[0].kind is SegmentKind.FORWARDED
    assert str(part.sender) == "Kim Lee <kim@inner.example>"
    assert part.date == datetime(2013, 10, 2, 12, 20, tzinfo=UTC)
    assert message.part("message:1/subject").text == "inner subject"
    assert str(message.sender) == "D <d@fwd.example>"


def test_what_a_bounce_returns_is_a_quote(read_sample: ReadSample) -> None:
    assert read_sample("bounce").part("message:1/body").segments[0].kind is SegmentKind.QUOTED


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("missing-boundary", "boundary"),
        ("broken-base64", "damaged on its way"),
        ("mojibake", "look misread"),
        ("opaque-smime", "encrypted or sealed"),
        ("no-blank-line", "not set apart"),
    ],
)
def test_damage_is_told_in_a_sentence(read_sample: ReadSample, name: str, words: str) -> None:
    defects = read_sample(name).defects
    assert any(words in defect for defect in defects)
    assert all(defect.endswith(".") for defect in defects)


def test_declared_and_used_charset_are_both_kept(read_sample: ReadSample) -> None:
    body = read_sample("latin1-declared-utf8-sent").part("body")
    assert (body.charset_declared, body.charset_used) == ("iso-8859-1", "utf-8")


def test_a_header_is_found_in_any_case(read_sample: ReadSample) -> None:
    assert read_sample("bounce").header("AUTO-submitted") == "auto-replied"


def test_a_spawned_process_reads_the_same(
    sample: Callable[[str], bytes], now: datetime, organiser: Organiser
) -> None:
    raws = [sample(name) for name in ("alternative", "csv-attached", "reply-outlook")]
    work = partial(read_message, origin="x", now=now, organiser=organiser)
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        assert list(pool.map(work, raws)) == [work(raw) for raw in raws]
    message = work(raws[0])
    assert pickle.loads(pickle.dumps(message)) == message
