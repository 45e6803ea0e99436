"""The command line, run as a person runs it: its words, its exit codes, its JSON."""

from __future__ import annotations

import csv
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from poltwt_console.app import main
from poltwt_console.settings import Online, Settings, save_settings
from tests.gui.memory_keyring import memory_keyring
from tests.workflow.test_intake import mail


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """Run a command on a profile of its own; gives the exit code, what it printed, and its errors."""

    def run(*words: str) -> tuple[int, str, str]:
        try:
            code = main(["--basedir", str(tmp_path / "profile"), *words])
        except SystemExit as exit_:
            code = int(exit_.code or 0)
        out = capsys.readouterr()
        return code, out.out, out.err

    return run


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    for n in range(1, 6):
        (folder / f"{n}.eml").write_bytes(mail(n))
    return folder


def test_from_a_mailbox_to_the_map_and_the_list(run, inbox: Path, tmp_path: Path):
    assert run("import", str(inbox))[:2] == (0, "5 mails new, 0 known already, 0 unreadable.\n")
    code, out, _ = run("list", "registrations", "--json")
    rows = [json.loads(line) for line in out.splitlines()]
    assert [row["handle"] for row in rows] == [f"Town{n}" for n in range(1, 6)]
    code, out, _ = run("accept", rows[0]["id"], "#2", "--json")
    assert (code, json.loads(out)["accepted"]) == (0, 2)
    code, out, _ = run("accept", "--ready")
    assert code == 0
    assert json.loads(run("report", "--json")[1])["agency_accounts"] >= 2
    for kind, name in (("twitter-list", "l.xlsx"), ("map", "m.kml"), ("participants", "p-private.csv")):
        assert run("export", kind, "--to", str(tmp_path / name))[0] == 0
        assert (tmp_path / name).stat().st_size > 100
    assert run("verify")[0] == 0
    assert run("undo")[1].startswith("Undo accept")
    assert run("redo")[1].startswith("Redo accept")
    assert len(run("list", "participants", "--json")[1].splitlines()) >= 2
    assert len(run("list", "messages")[1].splitlines()) == 5


def test_extract_says_each_value_with_its_words_and_opens_no_database(run, inbox: Path, tmp_path: Path):
    code, out, _ = run("extract", str(inbox / "1.eml"), "--jsonl")
    [line] = [json.loads(x) for x in out.splitlines()]
    assert code == 0
    assert line["file"] == "1.eml"
    assert line["message_id"] == "1@police.example"
    [one] = line["registrations"]
    assert (one["handle"], one["name"], one["participant"]) == ("Town1", "Town 1 Police Department", "agency")
    assert set(one["confidence"].values()) <= {"ready", "look", "missing"}
    assert one["evidence"]["address"]["text"] == "1 Main St, Chicago"
    assert set(one["evidence"]["handle"]) == {"part", "start", "end", "text", "rule"}
    assert not (tmp_path / "profile").exists()


def test_locate_one_address_and_a_file_of_them(run, tmp_path: Path):
    code, out, _ = run("locate", "Colmore Circus Queensway, Birmingham B4 6NQ", "--json")
    answer = json.loads(out)
    assert (code, answer["state"], answer["country"], answer["precision"]) == (0, "found", "GB", "postcode")
    assert "because:" in run("locate", "Reykjavík, Iceland")[1]
    assert run("locate", "!!!")[0] == 1
    (tmp_path / "in.csv").write_text("id,address,country\na,Springfield,US\nb,,\n", "utf-8")
    assert run("locate", "--csv", str(tmp_path / "in.csv"), "--to", str(tmp_path / "out.csv"))[0] == 0
    with (tmp_path / "out.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [row["state"] for row in rows] == ["found", "none"]
    assert list(rows[0])[:5] == ["id", "address", "state", "lat", "lon"]


@pytest.mark.parametrize(
    "content",
    [
        b"id,address,country\na,Springfield,US\nb,,\n",
        b"ID;Address;Country\r\na;Springfield;US\r\nb;;\r\n",
        b"\xef\xbb\xbf Id \tADDRESS\tcountry\na\tSpringfield\tus\n\nb\n",
        "\ufeffid;address;country\na;Springfield;US\nb".encode("utf-16-le"),
    ],
    ids=["commas", "semicolons", "tabs and a mark", "utf-16"],
)
def test_a_file_of_addresses_is_read_as_a_spreadsheet_writes_it(run, tmp_path: Path, content: bytes):
    (tmp_path / "in.csv").write_bytes(content)
    code, out, _ = run("locate", "--csv", str(tmp_path / "in.csv"), "--to", str(tmp_path / "out.csv"))
    assert (code, out) == (0, "2 addresses, 1 found, written to out.csv.\n")
    with (tmp_path / "out.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [(row["id"], row["state"], row["country"]) for row in rows] == [
        ("a", "found", "US"),
        ("b", "none", ""),
    ]


def test_a_file_of_addresses_is_never_written_over_and_an_old_answer_stays_until_the_new_is_whole(
    run, tmp_path: Path
):
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("id,address\na,Springfield\n", "utf-8")
    (tmp_path / "same.csv").symlink_to(source)
    for same in (source, tmp_path / "same.csv", tmp_path / "." / "in.csv"):
        code, _, err = run("locate", "--csv", str(source), "--to", str(same))
        assert (code, "is the file of addresses itself" in err) == (2, True)
    assert source.read_text("utf-8") == "id,address\na,Springfield\n"
    target.write_text("old", "utf-8")
    for content in ("", "address;town\nx;y\n", "name\n"):
        source.write_text(content, "utf-8")
        code, _, err = run("locate", "--csv", str(source), "--to", str(target))
        assert (code, err.count("has no columns id and address")) == (1, 1)
        assert target.read_text("utf-8") == "old"
    source.write_text("id,address\na,Springfield\n", "utf-8")
    code, _, err = run("locate", "--csv", str(source), "--to", str(tmp_path / "none" / "out.csv"))
    assert (code, "cannot be written" in err) == (1, True)
    assert {path.name for path in tmp_path.iterdir()} <= {"in.csv", "same.csv", "out.csv", "profile"}


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["import", "not-there.mbox"], 1, "not-there.mbox"),
        (["accept"], 2, "Say either --ready"),
        (["accept", "nonsense"], 2, "There is no registration or mail"),
        (["export", "map", "--to", "map.pdf"], 1, "Endings that fit"),
        (["export", "poster", "--to", "p.kml"], 2, "There is no export"),
        (["--edition", "1999", "report"], 2, "There is no edition"),
        (["report", "--edition", "1999"], 2, "There is no edition"),
        (["undo"], 1, "There is nothing to undo."),
        (["locate"], 2, "Give one address"),
        (["locate", "--csv", "not-there.csv", "--to", "x"], 1, "cannot be read"),
        (["nonsense"], 2, "invalid choice"),
    ],
)
def test_bad_input_gets_a_sentence_and_the_right_code(run, words: list[str], code: int, sentence: str):
    got, out, err = run(*words)
    assert sentence in out + err
    assert got == code
    assert "Traceback" not in err


def test_with_json_words_say_nothing_but_json(run, inbox: Path, tmp_path: Path):
    run("import", str(inbox))
    file = str(tmp_path / "words.json")
    for words in (
        ["try", "Main St", "--means", "ignore"],
        ["keep", "Main St", "--means", "ignore"],
        ["list"],
        ["export", file],
        ["drop", "main st"],
        ["list"],
        ["import", file],
    ):
        code, out, _ = run("words", *words, "--json")
        rows = [json.loads(line) for line in out.splitlines()]
        assert code == 0
        if words[0] == "list":
            assert rows in ([], [{"text": "Main St", "means": "ignore", "language": ""}])
        elif words[0] != "try":
            assert len(rows) == 1
            assert rows[0]["sentence"]
    code, _, err = run("words", "drop", "nothing of mine")
    assert (code, "There is no word" in err) == (2, True)


def test_with_json_looking_up_online_says_nothing_but_json(run):
    code, out, _ = run("refine", "--yes", "--json")
    assert (code, json.loads(out)["asked"]) == (0, 0)


def test_a_service_is_not_asked_at_the_server_of_another(run, inbox: Path, tmp_path: Path):
    (inbox / "9.eml").write_bytes(
        mail(9, body="Twitter name: @Nine\nAgency: Nine Police\nAddress: Springfield")
    )
    run("import", str(inbox))
    save_settings(
        tmp_path / "profile" / "settings.json", Settings(online=Online(server_url="https://ours.example"))
    )
    for words, where in (
        ([], "ours.example"),
        (["--service", "nominatim"], "ours.example"),
        (["--service", "photon"], "Photon"),
        (["--service", "photon", "--server", "https://other.example"], "other.example"),
    ):
        with pytest.MonkeyPatch.context() as patch, open(os.devnull, encoding="ascii") as nobody:
            patch.setattr(sys, "stdin", nobody)
            assert f"will be sent to {where};" in run("refine", *words)[1]


def test_what_is_asked_of_nobody_is_not_done(run, inbox: Path, monkeypatch: pytest.MonkeyPatch):
    (inbox / "9.eml").write_bytes(
        mail(9, body="Twitter name: @Nine\nAgency: Nine Police\nAddress: Springfield")
    )
    run("import", str(inbox))
    assert run("list", "places")[1]
    with open(os.devnull, encoding="ascii") as nobody:
        monkeypatch.setattr(sys, "stdin", nobody)
        code, out, err = run("refine", "--json")
        assert (code, out, "Nothing was sent." in err) == (1, "", True)
        monkeypatch.setattr("getpass.getpass", lambda _: input())
        with memory_keyring():
            code, _, err = run("fetch", "ann@localhost")
        assert (code, "There is no password" in err) == (1, True)


def test_a_database_that_is_none_is_told_and_not_touched(run, tmp_path: Path):
    (tmp_path / "text.db").write_text("this is a diary, not a database, and long enough to be sure " * 20)
    code, _, err = run("--database", str(tmp_path / "text.db"), "report")
    assert code == 1
    assert "damaged, or is not a database" in err
    with closing(sqlite3.connect(tmp_path / "other.db")) as other:
        other.execute("CREATE TABLE recipes (id)")
        other.commit()
    code, _, err = run("--database", str(tmp_path / "other.db"), "report")
    assert (code, "database of another program" in err) == (1, True)
    with closing(sqlite3.connect(tmp_path / "newer.db")) as newer:
        newer.execute("PRAGMA user_version=99")
    code, _, err = run("--database", str(tmp_path / "newer.db"), "report")
    assert (code, "newer poltwt console" in err) == (1, True)


def test_a_password_in_a_url_is_never_shown(run):
    code, out, err = run("--database", "postgresql://lauri:hunter2@127.0.0.1:1/none", "report")
    assert code == 1
    assert "hunter2" not in out + err


def test_the_database_is_readable_by_its_owner_only(run, tmp_path: Path):
    run("report")
    for path in (tmp_path / "profile").glob("poltwt.db*"):
        assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("begun", ["TRUE", "state != 'unread'"], ids=["storing", "reading"])
def test_a_process_that_is_killed_in_the_middle_loses_and_doubles_nothing(tmp_path: Path, begun: str):
    mbox = tmp_path / "many.mbox"
    count = 250
    with mbox.open("wb") as file:
        for n in range(count):
            file.write(b"From - Mon Oct 14 10:00:00 2013\n" + mail(n, newline="\n") + b"\n")
    command = [sys.executable, "-m", "poltwt_console", "--basedir", str(tmp_path / "p"), "import", str(mbox)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    database = tmp_path / "p" / "poltwt.db"
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and _stored(database, begun) == 0:
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert _stored(database, begun) > 0
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=os.environ)
    assert f"{count} mails new, 0 known already" in done.stdout
    assert _stored(database) == _stored(database, "state != 'unread'") == count
    verify = [*command[:5], "verify"]
    assert subprocess.run(verify, capture_output=True, check=False).returncode == 0


def _stored(database: Path, condition: str = "TRUE") -> int:
    try:
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
            return connection.execute(f"SELECT count(*) FROM message WHERE {condition}").fetchone()[0]
    except sqlite3.OperationalError:  # not made yet
        return 0
