"""What cannot be read gets one sentence, and everything beside it comes in."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from poltwt_console.errors import UnreadableError
from poltwt_console.mailbox import RawMail, Source, Unreadable, archive, open_sources, open_stream
from poltwt_console.mailbox.imap import Account, find_password, save_password

MAIL = b"From: a@x.example\nSubject: s\n\nbody\n"


def read_all(*paths: Path) -> tuple[list[RawMail], list[Unreadable]]:
    sources: list[Source] = list(open_sources(paths))
    mails = [source for source in sources if isinstance(source, RawMail)]
    return mails, [source for source in sources if isinstance(source, Unreadable)]


def the_sentence(*paths: Path) -> str:
    """The only row for these paths: one sentence that ends with a full stop."""
    mails, (row,) = read_all(*paths)
    assert not mails
    assert row.sentence.endswith(".")
    assert "Errno" not in row.sentence
    return row.sentence


def test_an_empty_file(tmp_path: Path) -> None:
    (path := tmp_path / "a.eml").write_bytes(b"")
    assert the_sentence(path) == "The file is empty."


def test_a_file_of_blank_lines(tmp_path: Path) -> None:
    (path := tmp_path / "a.eml").write_bytes(b"\r\n" * 5)
    assert the_sentence(path) == "The file is empty."


def test_an_empty_folder(tmp_path: Path) -> None:
    assert the_sentence(tmp_path) == "There is no mail in this folder."


def test_a_folder_without_mails_names_what_was_left_out(tmp_path: Path) -> None:
    for number in range(5):
        (tmp_path / f"photo{number}.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    assert (
        the_sentence(tmp_path)
        == "5 files are not mails and were left out: photo0.jpg, photo1.jpg, photo2.jpg ...."
    )


def test_other_files_beside_mails_stop_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(MAIL)
    (tmp_path / "b.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    (tmp_path / "c.eml").write_bytes(MAIL)
    mails, rows = read_all(tmp_path)
    assert len(mails) == 2
    assert len(rows) == 1


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert the_sentence(tmp_path / "none.eml") == "There is no such file."


def test_a_file_that_is_no_mail(tmp_path: Path) -> None:
    (path := tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    assert the_sentence(path) == "This is not a mail."


def test_a_zip_with_a_password(tmp_path: Path) -> None:
    # The flag alone marks a member as locked; the standard library cannot write such a file.
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as writer:
        writer.writestr("a.eml", MAIL)
    raw = bytearray(packed.getvalue())
    raw[6] |= 1
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    (path := tmp_path / "a.zip").write_bytes(raw)
    assert the_sentence(path) == "The zip file is protected with a password."


def test_a_zip_that_is_cut_off(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as writer:
        writer.writestr("a.eml", MAIL * 100)
    (path := tmp_path / "a.zip").write_bytes(packed.getvalue()[:300])
    assert the_sentence(path) == "The zip file is cut off or damaged."


def test_a_zip_bomb_stops_and_the_rest_comes_in(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as writer:
        writer.writestr("1.eml", MAIL)
        writer.writestr("2.eml", MAIL + b"0" * 300_000_000)
        writer.writestr("3.eml", MAIL)
    mails, (row,) = read_all(tmp_path / "a.zip")
    assert len(mails) == 2
    assert "200 times its size" in row.sentence
    assert row.origin.endswith("2.eml")


def test_a_zip_with_too_much_in_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "TOTAL_BYTES", 3_000_000)
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as writer:
        for number in range(5):
            writer.writestr(f"{number}.eml", MAIL + b"0" * 1_000_000)
    mails, (row,) = read_all(tmp_path / "a.zip")
    assert len(mails) == 2
    assert "2 GB" in row.sentence


def test_a_zip_inside_a_zip(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as inner:
        inner.writestr("a.eml", MAIL)
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as outer:
        outer.writestr("inner.zip", packed.getvalue())
        outer.writestr("b.eml", MAIL)
    mails, (row,) = read_all(tmp_path / "a.zip")
    assert len(mails) == 1
    assert row.sentence == "This is a zip file inside a zip file."


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_a_truncated_msg(
    tmp_path: Path, write_msg: Callable[[Mapping[str, object]], bytes], share: float
) -> None:
    raw = write_msg({"properties": {0x0037: "s", 0x1000: "body " * 2000}})
    (path := tmp_path / "a.msg").write_bytes(raw[: int(len(raw) * share)])
    assert the_sentence(path) == "This Outlook mail is cut off or damaged."


def test_a_compound_file_that_is_no_mail(tmp_path: Path, write_compound_file: Callable[..., bytes]) -> None:
    (path := tmp_path / "a.doc").write_bytes(write_compound_file({"WordDocument": b"x" * 5000}))
    assert the_sentence(path) == "This file holds no mail."


def test_a_mailbox_with_a_dot_lock(tmp_path: Path) -> None:
    (path := tmp_path / "Inbox").write_bytes(b"From - x\n" + MAIL)
    (lock := tmp_path / "Inbox.lock").write_bytes(b"")
    assert the_sentence(path) == "Another program is using this mailbox."
    os.utime(lock, (0, 0))  # left by a program that died
    assert len(read_all(path)[0]) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows refuses to open a locked file")
def test_a_mailbox_that_another_process_has_locked(tmp_path: Path) -> None:
    (path := tmp_path / "Inbox").write_bytes(b"From - x\n" + MAIL)
    program = "import fcntl,sys; f=open(sys.argv[1],'r+b'); fcntl.lockf(f,fcntl.LOCK_EX); print(flush=True); "
    program += "sys.stdin.read()"
    command = [sys.executable, "-c", program, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout
        holder.stdout.readline()
        assert the_sentence(path) == "Another program is using this mailbox."
        holder.communicate()
    assert len(read_all(path)[0]) == 1


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    (path := tmp_path / "a.eml").write_bytes(MAIL)
    path.chmod(0)
    assert the_sentence(path) == "The file may not be read."


def test_empty_standard_input() -> None:
    (row,) = open_stream(io.BytesIO(b""))
    assert isinstance(row, Unreadable)
    assert row.sentence == "The file is empty."


def test_plain_text_on_standard_input_is_read_as_pasted() -> None:
    (mail,) = open_stream(io.BytesIO("We are @sample, Größe egal".encode()))
    assert isinstance(mail, RawMail)
    assert mail.raw.endswith("We are @sample, Größe egal".encode())


def test_other_bytes_on_standard_input_are_no_mail() -> None:
    (row,) = open_stream(io.BytesIO(b"\x89PNG\r\n\x1a\n\0\0"))
    assert isinstance(row, Unreadable)


def test_the_password_goes_to_the_keyring_and_nowhere_else() -> None:
    import keyring
    from keyring.backends.fail import Keyring as NoKeyring

    account = Account("mail.x.example", "ann")
    before = keyring.get_keyring()
    keyring.set_keyring(NoKeyring())
    try:
        with pytest.raises(UnreadableError) as caught:
            save_password(account, "secret")
        assert "secret" not in str(caught.value)
        with pytest.raises(UnreadableError):
            find_password(account)
    finally:
        keyring.set_keyring(before)
    assert "secret" not in repr(account)
