"""Compiled modules: the same answers as the sources, never those of other sources, and none needed."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import hatch_build
from poltwt_console import compiled

ROOT = Path(__file__).parents[1]
DEMO = ROOT / "resources" / "demo"
MODULE = "poltwt_console.extraction.people"


def run(*arguments: str, use: str) -> str:
    """Run Python in a process of its own, with compiled modules or (``use="no"``) without."""
    return subprocess.run(
        [sys.executable, *arguments],
        env=os.environ | {"POLTWT_CONSOLE_COMPILED": use, "PYTHONHASHSEED": "0"},
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    ).stdout


@pytest.fixture
def made() -> Path:
    """The folder of compiled modules, where they are current."""
    folder = compiled.compiled_folder()
    if not compiled.is_current(folder):
        pytest.skip("no compiled modules of these sources: python hatch_build.py")
    return folder


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A folder that says it was made from the sources as they are."""
    folder = tmp_path / "compiled"
    module = folder / (MODULE.replace(".", "/") + compiled.EXTENSION_SUFFIXES[0])
    module.parent.mkdir(parents=True)
    module.touch()
    (folder / compiled.STAMP).write_text(compiled.stamp(), "utf-8")
    return folder


@pytest.mark.program
def test_a_process_runs_them_unless_told_not_to(made: Path):
    code = f"import {MODULE} as m; print(m.__spec__.origin)"
    assert Path(run("-c", code, use="yes").strip()).is_relative_to(made)
    assert run("-c", code, use="no").strip().endswith("people.py")


@pytest.mark.program
def test_the_version_says_whether_they_are_used(made: Path):
    with_them, without = (run("-m", "poltwt_console", "--version", use=use) for use in ("yes", "no"))
    assert "(compiled)" in with_them
    assert "(not compiled: " in without


@pytest.mark.program
def test_mails_are_read_and_their_addresses_placed_alike(made: Path, tmp_path: Path):
    extract = ("-m", "poltwt_console", "extract", str(DEMO), "--jsonl")
    with_them, without = (
        [json.loads(line) for line in run(*extract, use=use).splitlines()] for use in ("yes", "no")
    )
    assert with_them == without
    addresses = [r["address"] for mail in without for r in mail["registrations"] if r["address"]]
    assert len(addresses) > 20

    asked = tmp_path / "asked.csv"
    with asked.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("id", "address"), *enumerate(addresses)])
    answers = []
    for use in ("yes", "no"):
        answered = tmp_path / f"{use}.csv"
        run("-m", "poltwt_console", "locate", "--csv", str(asked), "--to", str(answered), use=use)
        answers.append(answered.read_text("utf-8"))
    assert answers[0] == answers[1]


def test_a_module_is_found_while_the_sources_are_those_it_was_made_from(copied: Path):
    found = compiled.CompiledFinder(copied).find_spec(MODULE, None)
    assert found is not None
    assert Path(found.origin or "").is_relative_to(copied)


def test_none_is_found_once_a_source_was_changed(copied: Path):
    stamp = copied / compiled.STAMP
    stamp.write_text(
        stamp.read_text("utf-8").replace(" extraction/labels.py", "0 extraction/labels.py"), "utf-8"
    )
    assert compiled.CompiledFinder(copied).find_spec(MODULE, None) is None


def test_none_is_found_by_another_interpreter(copied: Path):
    stamp = copied / compiled.STAMP
    stamp.write_text(
        stamp.read_text("utf-8").replace(compiled.EXTENSION_SUFFIXES[0], ".cp39-win.pyd"), "utf-8"
    )
    assert compiled.CompiledFinder(copied).find_spec(MODULE, None) is None


@pytest.mark.parametrize(
    "name", ["json", "poltwt_console.gui.app", "poltwt_console.extraction.no_such", "poltwt"]
)
def test_other_names_are_left_to_the_finders_of_sources(copied: Path, name: str):
    assert compiled.CompiledFinder(copied).find_spec(name, None) is None


def test_without_a_compiler_there_are_none_and_a_sentence_says_how_to_mend_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def fail(*_: object) -> None:
        raise OSError("command 'gcc' failed: No such file or directory")

    stale = tmp_path / "compiled"
    stale.mkdir()
    monkeypatch.setattr(compiled, "compiled_folder", lambda: stale)
    monkeypatch.setattr(hatch_build, "_compile", fail)
    said = hatch_build.make_compiled()
    assert "gcc' failed" in said
    assert "apt-get install gcc" in said
    assert not stale.exists()


def test_each_pattern_of_hot_modules_finds_some_and_none_twice():
    modules = hatch_build.hot_modules()
    assert len(set(modules)) == len(modules) > 40
    assert all(list((ROOT / "poltwt_console").glob(pattern)) for pattern in hatch_build.HOT)
