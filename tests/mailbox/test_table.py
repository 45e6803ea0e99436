"""A table by itself is a mail that has it attached: the same bytes give the same mail, wherever it lies."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from poltwt_console.mailbox import RawMail, Unreadable, attachment_bytes, open_sources, read_message

ROWS = [["Twitter", "Agency", "Address"], ["@sample_pd", "Sample Police", "1 Main St, Chicago"]]
CSV = "\n".join(",".join(f'"{cell}"' for cell in row) for row in ROWS).encode()


def workbook() -> bytes:
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    book.save(raw := io.BytesIO())
    return raw.getvalue()


@pytest.mark.parametrize(("name", "raw"), [("Präsidien 2013.csv", CSV), ("list.xlsx", workbook())])
def test_a_table_is_a_mail_with_its_cells(tmp_path: Path, name: str, raw: bytes, now: datetime):
    path = tmp_path / name
    path.write_bytes(raw)
    [source] = open_sources([path])
    assert isinstance(source, RawMail)
    mail = read_message(source.raw, origin=source.origin, now=now)
    assert mail.defects == ()
    assert mail.subject == name
    assert not mail.date_given
    [attachment] = mail.attachments
    assert attachment.name == name
    assert attachment_bytes(mail, attachment.path) == raw
    [part] = [p for p in mail.parts if p.tables]
    cells = {(c.row, c.column): part.text[c.start : c.end] for t in part.tables for c in t.cells}
    assert cells[1, 0] == "@sample_pd"
    assert cells[1, 2] == "1 Main St, Chicago"


def test_the_same_table_is_the_same_mail(tmp_path: Path, now: datetime):
    digests = set()
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "list.csv").write_bytes(CSV)
        [source] = open_sources([tmp_path / folder / "list.csv"])
        digests.add(read_message(source.raw, origin=source.origin, now=now).digest)
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("inside/list.csv", CSV)
    [source] = open_sources([tmp_path / "all.zip"])
    assert isinstance(source, RawMail)
    digests.add(read_message(source.raw, origin=source.origin, now=now).digest)
    assert len(digests) == 1


def test_an_empty_table_is_said_so(tmp_path: Path):
    (tmp_path / "list.csv").write_bytes(b" \n")
    [source] = open_sources([tmp_path / "list.csv"])
    assert isinstance(source, Unreadable)
    assert source.sentence == "The file is empty."


def test_a_mailbox_that_is_named_a_table_is_still_a_mailbox(tmp_path: Path):
    mail = b"From x@x Tue Oct  8 09:15:00 2013\nFrom: a@x.example\nSubject: x\n\nwords\n"
    (tmp_path / "export.csv").write_bytes(mail)
    [source] = open_sources([tmp_path / "export.csv"])
    assert isinstance(source, RawMail)
    assert source.raw.startswith(b"From: a@x.example")
