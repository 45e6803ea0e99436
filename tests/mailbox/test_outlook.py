"""Outlook's containers: .msg, RTF bodies, embedded mails, winmail.dat."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping

import compressed_rtf
import pytest

from poltwt_console.domain.message import Message, Role, SegmentKind
from poltwt_console.mailbox import attachment_bytes
from poltwt_console.mailbox.rtf import read_rtf

WriteMsg = Callable[[Mapping[str, object]], bytes]
Read = Callable[[bytes], Message]

HTML_IN_RTF = (
    rb"{\rtf1\ansi\ansicpg1252\fromhtml1 \deff0"
    rb"{\fonttbl{\f0\fswiss\fcharset0 Arial;}{\f1\fswiss\fcharset204 Arial;}}"
    rb"{\*\htmltag64 <p>}\htmlrtf {\htmlrtf0 Police \'fcber {\*\htmltag84 <a href='https://twitter.com/sample_rtf'>}"
    rb"\htmlrtf {\b \htmlrtf0 here\htmlrtf }\htmlrtf0{\*\htmltag92 </a>} \u8211?"
    rb"{\f1 \'cf\'ee}{\*\htmltag72 </p>}\htmlrtf \par}\htmlrtf0 }"
)


def test_html_comes_out_of_rtf() -> None:
    found = read_rtf(HTML_IN_RTF)
    assert found.is_html
    assert found.text == "<p>Police über <a href='https://twitter.com/sample_rtf'>here</a> –По</p>"


def test_plain_text_comes_out_of_rtf() -> None:
    source = rb"{\rtf1\ansi{\fonttbl{\f0 Arial;}}{\*\generator x}Line one\par Line \{two\}\tab \emdash"
    source += rb"\u21516?\u-10179?\u-8704?}"
    assert read_rtf(source).text == "Line one\nLine {two}\t—同😀"


@pytest.mark.parametrize(
    "source", [b"", b"{" * 10_000, b"}" * 10, rb"\u", rb"{\rtf1\'", rb"{\rtf1\bin99 }", b"\\" * 999]
)
def test_damaged_rtf_never_raises(source: bytes) -> None:
    read_rtf(source)


def test_an_rtf_body_in_a_msg(write_msg: WriteMsg, read: Read) -> None:
    message = read(write_msg({"properties": {0x0037: "s", 0x1009: compressed_rtf.compress(HTML_IN_RTF)}}))
    body = message.part("body")
    assert body.content_type == "text/html"
    assert body.text.startswith("Police über here")
    assert [link.target for link in body.links] == ["https://twitter.com/sample_rtf"]


def test_a_damaged_rtf_body_is_told(write_msg: WriteMsg, read: Read) -> None:
    message = read(write_msg({"properties": {0x0037: "s", 0x1000: "plain is there", 0x1009: b"\x20" * 60}}))
    assert message.part("body").text == "plain is there"
    assert any("damaged" in defect for defect in message.defects)


def test_an_embedded_mail_is_a_forward(write_msg: WriteMsg, read: Read) -> None:
    inner = {"properties": {0x0037: "inner", 0x1000: "@sample_inner", 0x0C1A: "Kim", 0x5D01: "kim@x.example"}}
    raw = write_msg(
        {
            "properties": {0x0037: "outer", 0x1000: "see attached"},
            "attachments": [{0x3001: "m", "mail": inner}],
        }
    )
    message = read(raw)
    part = message.part("message:1/body")
    assert part.text == "@sample_inner"
    assert part.segments[0].kind is SegmentKind.FORWARDED
    assert str(part.sender) == "Kim <kim@x.example>"
    assert message.part("message:1/subject").text == "inner"


def test_attachments_of_a_msg(write_msg: WriteMsg, read: Read) -> None:
    table = b"name;twitter\nA;@sample_a\nB;@sample_b\n"
    message = read(
        write_msg({"properties": {0x1000: "x"}, "attachments": [{0x3707: "list.csv", 0x3701: table * 100}]})
    )
    (attachment,) = message.attachments
    assert attachment.name == "list.csv"
    assert attachment_bytes(message, attachment.path) == table * 100
    assert message.part("attachment:1").tables


def test_an_msg_attached_to_a_mail_is_read(write_msg: WriteMsg, read: Read) -> None:
    inner = write_msg(
        {"properties": {0x0037: "inner", 0x1000: "@sample_inner", 0x0C1A: "Kim", 0x5D01: "kim@x.example"}}
    )
    raw = b"From: a@x\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nsee\n"
    raw += b"--b\nContent-Type: application/octet-stream; name=m.msg\n"
    raw += b"Content-Transfer-Encoding: base64\n\n" + base64.encodebytes(inner) + b"--b--\n"
    assert read(raw).part("message:1/body").text == "@sample_inner"


def _winmail(tnef: bytes, body: bytes) -> bytes:
    raw = (
        b"From: a@x\nSubject: t\nContent-Type: multipart/mixed; boundary=b\n\n"
        b"--b\nContent-Type: text/plain\n\n" + body
    )
    raw += (
        b"\n--b\nContent-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: base64\n\n"
    )
    return raw + base64.encodebytes(tnef) + b"--b--\n"


def test_a_winmail_gives_its_attachments(write_tnef: Callable[..., bytes], read: Read) -> None:
    tnef = write_tnef({0x1000: "again"}, {"list.csv": b"name;twitter\nA;@sample_a\n"})
    message = read(_winmail(tnef, b"Our list."))
    assert [part.text for part in message.parts if part.role is Role.BODY] == ["Our list."]
    assert [attachment.name for attachment in message.attachments] == ["list.csv"]
    assert attachment_bytes(message, message.attachments[0].path) == b"name;twitter\nA;@sample_a\n"


def test_a_winmail_gives_its_body_where_there_is_no_other(
    write_tnef: Callable[..., bytes], read: Read
) -> None:
    tnef = write_tnef({0x1009: compressed_rtf.compress(HTML_IN_RTF)})
    bodies = [part.text for part in read(_winmail(tnef, b"")).parts if part.role is Role.BODY]
    assert any(text.startswith("Police über here") for text in bodies)


@pytest.mark.parametrize("length", [4, 6, 30, 60, 100])
def test_a_winmail_that_is_cut_off_is_no_exception(
    write_tnef: Callable[..., bytes], read: Read, length: int
) -> None:
    tnef = write_tnef({0x0037: "subject", 0x1000: "text of the mail"}, {"a.txt": b"text"})
    message = read(_winmail(tnef[:length], b"body"))
    assert message.part("body").text == "body"
    assert not [defect for defect in message.defects if "taken apart" in defect]


HEADERS = (
    "From: Kim <kim@x.example>\r\nTo: organiser@tweetathon.example\r\nSubject: s\r\n"
    "Date: Tue, 08 Oct 2013 09:15:00 +0200\r\nMessage-ID: <same@x.example>\r\nMIME-Version: 1.0\r\n"
)
PLAIN, PAGE = "Police here\r\n", "<p>Police <b>here</b></p>"


@pytest.mark.parametrize("kind", ["text/plain", "text/html", "multipart/alternative; boundary=b"])
@pytest.mark.parametrize("kept", ["html", "rtf"])
def test_an_msg_and_its_eml_are_one_mail(write_msg: WriteMsg, read: Read, kind: str, kept: str) -> None:
    """Outlook keeps a plain and an HTML body whatever came; the original's type says which one it was."""
    head = f"{HEADERS}Content-Type: {kind}\r\n\r\n"
    bodies = {"text/plain": PLAIN, "text/html": PAGE}
    both = f"--b\r\nContent-Type: text/plain\r\n\r\n{PLAIN}\r\n"
    both += f"--b\r\nContent-Type: text/html\r\n\r\n{PAGE}\r\n--b--\r\n"
    eml = (head + bodies.get(kind, both)).encode()
    rtf = rb"{\rtf1\ansi\fromhtml1{\*\htmltag <p>}Police {\*\htmltag <b>}here{\*\htmltag </b></p>}}"
    formatted = {0x1013: PAGE.encode()} if kept == "html" else {0x1009: compressed_rtf.compress(rtf)}
    outlook = read(write_msg({"properties": {0x007D: head, 0x1000: PLAIN, 0x0037: "s", **formatted}}))
    assert outlook.message_id == "same@x.example"
    assert outlook.digest == read(eml).digest
