"""Each format passes the same suite: one mail, however stored, is one Message."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

import pytest

from poltwt_console.domain.message import Message
from poltwt_console.mailbox import FORMATS, RawMail, Unreadable, open_sources, open_stream, read_message

TEXT = """Dear organiser,

From Springfield with love: @sample_pd takes part.
>From here the quote mark is real.
 >From an indented line.
Springfield Police, Main Street 1 – Größe egal.

Regards,
Zoë Müller
"""
HEADERS = (
    "From: =?utf-8?Q?Zo=C3=AB_M=C3=BCller?= <zoe@springfield.example>\n"
    "To: organiser@tweetathon.example\n"
    "Subject: =?utf-8?Q?Anmeldung_f=C3=BCr_Springfield?=\n"
    "Date: Tue, 08 Oct 2013 09:15:00 +0200\n"
    "Message-ID: <the-mail@springfield.example>\n"
    "MIME-Version: 1.0\n"
    "Content-Type: text/plain; charset=utf-8\n"
    "Content-Transfer-Encoding: 8bit\n"
)
EML = (HEADERS + "\n" + TEXT).encode()
OTHER = b"From: other@x.example\nSubject: other\nMessage-ID: <other@x.example>\n\nanother mail\n"

WriteMsg = Callable[[Mapping[str, object]], bytes]
Writer = Callable[[Path, WriteMsg], Path]


def _crlf(raw: bytes) -> bytes:
    return raw.replace(b"\n", b"\r\n")


def _quoted(raw: bytes) -> bytes:
    lines = [b">" + line if line.lstrip(b">").startswith(b"From ") else line for line in raw.split(b"\n")]
    return b"\n".join(lines)


def write_eml(folder: Path, _msg: WriteMsg) -> Path:
    (path := folder / "mail.eml").write_bytes(EML)
    return path


def write_eml_crlf(folder: Path, _msg: WriteMsg) -> Path:
    (path := folder / "mail.eml").write_bytes(_crlf(EML))
    return path


def write_eml_base64(folder: Path, _msg: WriteMsg) -> Path:
    import base64

    head = HEADERS.replace("8bit", "base64").encode()
    (path := folder / "mail.eml").write_bytes(head + b"\n" + base64.encodebytes(_crlf(TEXT.encode())))
    return path


def write_emlx(folder: Path, _msg: WriteMsg) -> Path:
    (path := folder / "12.emlx").write_bytes(
        b"%d\n" % len(EML) + EML + b'<?xml version="1.0"?><plist></plist>'
    )
    return path


def write_mbox(folder: Path, _msg: WriteMsg) -> Path:
    mails = b"".join(
        b"From someone@x.example Tue Oct  8 09:15:00 2013\n" + _quoted(raw) + b"\n" for raw in (EML, OTHER)
    )
    (path := folder / "inbox.mbox").write_bytes(mails)
    return path


def write_thunderbird(folder: Path, _msg: WriteMsg) -> Path:
    mails = b"".join(
        b"From - Tue Oct 08 09:15:00 2013\nX-Mozilla-Status: 0001\n" + _quoted(raw) + b"\n"
        for raw in (EML, OTHER)
    )
    (path := folder / "Inbox").write_bytes(_crlf(mails))
    (folder / "Inbox.msf").write_bytes(b"// <!-- index -->")
    return path


def write_maildir(folder: Path, _msg: WriteMsg) -> Path:
    for name in ("cur", "new", "tmp"):
        (folder / "Maildir" / name).mkdir(parents=True)
    (folder / "Maildir" / "cur" / "1381216500.M1.host:2,S").write_bytes(EML)
    (folder / "Maildir" / "tmp" / "half").write_bytes(EML[:50])
    (folder / "Maildir" / "dovecot.index.log").write_bytes(b"\x01\x02")
    return folder / "Maildir"


def write_folder(folder: Path, _msg: WriteMsg) -> Path:
    (folder / "mails" / "deep").mkdir(parents=True)
    (folder / "mails" / "deep" / "mail.eml").write_bytes(EML)
    (folder / "mails" / ".DS_Store").write_bytes(b"\0")
    return folder / "mails"


def msg_of_the_mail(write_msg: WriteMsg) -> bytes:
    """As Outlook saves it: its own CRLF text, the internet headers kept, RTF beside it."""
    return write_msg(
        {
            "properties": {
                0x0037: "Anmeldung für Springfield",
                0x007D: HEADERS.replace("\n", "\r\n") + "\r\n",
                0x1000: TEXT.replace("\n", "\r\n"),
                0x1035: "<the-mail@springfield.example>",
                0x0C1A: "Zoë Müller",
                0x5D01: "zoe@springfield.example",
            },
            "recipients": [{0x3001: "Organiser", 0x39FE: "organiser@tweetathon.example", 0x0C15: 1}],
        }
    )


def write_msg_with_headers(folder: Path, write_msg: WriteMsg) -> Path:
    (path := folder / "mail.msg").write_bytes(msg_of_the_mail(write_msg))
    return path


def write_msg_without_headers(folder: Path, write_msg: WriteMsg) -> Path:
    mail = {
        "properties": {
            0x0037: "Anmeldung für Springfield",
            0x0039: 130256901000000000,  # 2013-10-08 07:15 UTC in 100 ns since 1601
            0x1000: TEXT.replace("\n", "\r\n"),
            0x1035: "<the-mail@springfield.example>",
            0x0C1A: "Zoë Müller",
            0x0C1F: "/O=SPRINGFIELD/CN=ZOE",
            0x5D01: "zoe@springfield.example",
        },
        "recipients": [{0x3001: "Organiser", 0x39FE: "organiser@tweetathon.example", 0x0C15: 1}],
    }
    (path := folder / "mail.msg").write_bytes(write_msg(mail))
    return path


def write_zip(folder: Path, write_msg: WriteMsg) -> Path:
    with zipfile.ZipFile(folder / "takeout.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Takeout/Mail/a.mbox", b"From x@x Tue Oct  8 09:15:00 2013\n" + _quoted(EML) + b"\n")
        archive.writestr("Takeout/Mail/b.eml", _crlf(EML))
        archive.writestr("Takeout/Mail/c.msg", msg_of_the_mail(write_msg))
        archive.writestr("__MACOSX/._b.eml", b"\0")
    return folder / "takeout.zip"


WRITERS: tuple[Writer, ...] = (
    write_eml,
    write_eml_crlf,
    write_eml_base64,
    write_emlx,
    write_mbox,
    write_thunderbird,
    write_maildir,
    write_folder,
    write_msg_with_headers,
    write_msg_without_headers,
    write_zip,
)


@pytest.fixture(params=WRITERS, ids=lambda writer: writer.__name__.removeprefix("write_"))
def stored(request: pytest.FixtureRequest, tmp_path: Path, write_msg: WriteMsg) -> Path:
    return request.param(tmp_path, write_msg)  # type: ignore[no-any-return]


@pytest.fixture
def the_mail(now: datetime) -> Message:
    return read_message(EML, now=now)


def test_is_the_same_mail(stored: Path, the_mail: Message, now: datetime) -> None:
    sources = list(open_sources([stored]))
    assert not [source for source in sources if isinstance(source, Unreadable)]
    mails = [read_message(s.raw, origin=s.origin, now=now) for s in sources if isinstance(s, RawMail)]
    same = [mail for mail in mails if mail.message_id == "the-mail@springfield.example"]
    assert same
    for mail in same:
        assert mail.digest == the_mail.digest
        assert mail.subject == "Anmeldung für Springfield"
        assert str(mail.sender) == "Zoë Müller <zoe@springfield.example>"
        assert mail.date == the_mail.date
        assert mail.date_given
        assert [recipient.email for recipient in mail.recipients] == ["organiser@tweetathon.example"]
        assert mail.part("body").text.rstrip() == TEXT.rstrip()
        assert not mail.defects


def test_other_content_under_one_id_is_another_mail(the_mail: Message, now: datetime) -> None:
    other = read_message(EML.replace(b"Main Street 1", b"Main Street 2"), now=now)
    assert other.message_id == the_mail.message_id
    assert other.digest != the_mail.digest


def test_standard_input_gives_the_same_mail(stored: Path, the_mail: Message, now: datetime) -> None:
    if stored.is_dir():
        pytest.skip("a folder is no stream")
    sources = list(open_stream(io.BytesIO(stored.read_bytes())))
    mails = [read_message(source.raw, now=now) for source in sources if isinstance(source, RawMail)]
    assert the_mail.digest in {mail.digest for mail in mails}


def test_raw_is_what_was_read(tmp_path: Path, write_msg: WriteMsg, now: datetime) -> None:
    for writer in (write_eml, write_eml_crlf, write_msg_with_headers):
        path = writer(tmp_path, write_msg)
        (source,) = open_sources([path])
        assert isinstance(source, RawMail)
        assert read_message(source.raw, now=now).raw == path.read_bytes()


def test_an_mbox_gives_the_mail_without_its_quoting(tmp_path: Path, write_msg: WriteMsg) -> None:
    first, second = open_sources([write_mbox(tmp_path, write_msg)])
    assert isinstance(first, RawMail)
    assert isinstance(second, RawMail)
    assert first.raw == EML
    assert second.raw == OTHER
    assert (first.origin[-2:], second.origin[-2:]) == ("#1", "#2")


def test_an_mbox_is_split_the_same_at_every_chunk_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from poltwt_console.mailbox import mbox

    mails = [b"From: a%d@x\nSubject: %d\n\nbody %d\n" % (n, n, n) * 1 for n in range(40)]
    content = b"".join(b"From x@x date\n" + raw + b"\n" for raw in mails)
    for size in (1100, 1500, 2000, 4096):
        monkeypatch.setattr(mbox, "_CHUNK", size)
        found = [source.raw for source in mbox.read(io.BytesIO(content), "x") if isinstance(source, RawMail)]
        assert found == mails


def test_a_line_that_begins_with_from_does_not_split_a_mail(now: datetime) -> None:
    from poltwt_console.mailbox import mbox

    body = b"From: a@x\nContent-Length: 5\n\ntext\n\nFrom now on we tweet.\nYours\n"
    content = b"From x@x date\n" + body + b"\nFrom y@y date\nFrom: b@y\n\nsecond\n"
    mails = [source.raw for source in mbox.read(io.BytesIO(content), "x") if isinstance(source, RawMail)]
    assert mails == [body, b"From: b@y\n\nsecond\n"]


def test_each_format_is_found_by_its_content_under_a_wrong_name(
    tmp_path: Path, write_msg: WriteMsg, the_mail: Message, now: datetime
) -> None:
    for number, content in enumerate(
        (EML, msg_of_the_mail(write_msg), write_mbox(tmp_path, write_msg).read_bytes())
    ):
        (path := tmp_path / f"wrong{number}.txt").write_bytes(content)
        first = next(iter(open_sources([path])))
        assert isinstance(first, RawMail)
        assert read_message(first.raw, now=now).digest == the_mail.digest


def test_the_registry_names_each_format_once() -> None:
    names = [format_.name for format_ in FORMATS]
    assert len(names) == len(set(names)) == 7
    assert all(format_.score(b"") == 0 for format_ in FORMATS)
