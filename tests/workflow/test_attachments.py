"""Attachments into files: the name is safe whatever the mail calls it, the bytes are the mail's."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest

from poltwt_console.errors import ExportError
from poltwt_console.store import Store
from poltwt_console.store.queries.inbox import get_message, message_ids
from poltwt_console.workflow import intake
from poltwt_console.workflow.attachments import free_name, safe_name, save_attachment
from tests.fakes import FakeReader

CONTENT = bytes(range(256)) * 40


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("roster.xlsx", "roster.xlsx"),
        ("../../.ssh/authorized_keys", "authorized_keys"),
        ("C:\\Users\\x\\list.csv", "list.csv"),
        ("C:list.csv", "C_list.csv"),
        (".bashrc", "bashrc"),
        ("", "attachment.pdf"),
        ("...", "attachment.pdf"),
        ("a\x00b\nc.txt", "a b c.txt"),
        ("list\u202excod.exe", "list xcod.exe"),  # turned around it would read list exe.docx
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("console.txt", "console.txt"),
        ("x" * 300 + ".docx", "x" * 115 + ".docx"),
        ("Liste für Zürich – 2013.xlsx", "Liste für Zürich – 2013.xlsx"),
        ("名簿.xlsx", "名簿.xlsx"),
    ],
)
def test_a_name_is_one_on_every_system(name: str, safe: str):
    assert safe_name(name, "application/pdf") == safe


def test_a_name_that_is_taken_gets_a_number(tmp_path: Path):
    assert free_name(tmp_path, "a.csv") == tmp_path / "a.csv"
    (tmp_path / "a.csv").touch()
    (tmp_path / "a 2.csv").touch()
    assert free_name(tmp_path, "a.csv") == tmp_path / "a 3.csv"


@pytest.fixture
def mail(store: Store, reader: FakeReader, tmp_path: Path) -> str:
    """The id of a mail with an attachment."""
    made = EmailMessage()
    made["From"] = "a@x.example"
    made.set_content("See the attachment.")
    made.add_attachment(CONTENT, maintype="application", subtype="octet-stream", filename="../evil.bin")
    path = tmp_path / "one.eml"
    path.write_bytes(made.as_bytes())
    intake.import_mail(store, reader, "2013-11", [path])
    with store.read() as connection:
        [message_id] = message_ids(connection, "2013-11", None)
    return message_id


def test_the_bytes_are_those_of_the_mail(store: Store, mail: str, tmp_path: Path):
    with store.read() as connection:
        [one] = get_message(connection, mail).attachments
    path = tmp_path / "saved.bin"
    assert save_attachment(store, mail, one["path"], path) == len(CONTENT)
    assert path.read_bytes() == CONTENT
    assert not path.stat().st_mode & 0o111
    with pytest.raises(ExportError, match="not in its mail"):
        save_attachment(store, mail, "9", tmp_path / "none.bin")
    with pytest.raises(ExportError, match="cannot be written"):
        save_attachment(store, mail, one["path"], tmp_path / "no" / "saved.bin")
    assert sorted(p.name for p in tmp_path.iterdir() if p.name.startswith(".")) == []
