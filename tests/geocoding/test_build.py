"""The build: the same bytes from the same inputs, and no other inputs than the pinned ones."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from poltwt_console.geocoding.build import gazetteer, sources
from poltwt_console.geocoding.build.postal import fold_code, gather_postcodes

ROOT = Path(__file__).parents[2]

# Places of a few countries, so that it takes seconds; the whole is the same code with more of it.
_SMALL_BUILD = """
import sys
from pathlib import Path
from poltwt_console.geocoding.build import gazetteer, sources

kept = {"AD", "LU", "IS", "JE"}
places, postcodes = sources.open_places, sources.open_postcodes
sources.open_places = lambda: [p for p in places() if p["countrycode"] in kept]
sources.open_postcodes = lambda: [r for r in postcodes() if r["country_code"] in kept]
gazetteer.build(Path(sys.argv[1]))
"""


def _build_small(path: Path, seed: str) -> str:
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-c", _SMALL_BUILD, str(path)], check=True, env=environment)
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.slow
def test_two_builds_have_the_same_bytes(tmp_path: Path) -> None:
    assert _build_small(tmp_path / "one.sqlite", "1") == _build_small(tmp_path / "other.sqlite", "2")
    assert not list(tmp_path.glob("*.new"))


def test_the_built_file_is_small_enough_and_stamped(gazetteer_path: Path) -> None:
    assert gazetteer_path.stat().st_size <= 70_000_000
    assert gazetteer.is_current(gazetteer_path), "run `python hatch_build.py`"


def test_nothing_else_counts_as_current(tmp_path: Path) -> None:
    assert not gazetteer.is_current(tmp_path / "missing.sqlite")
    damaged = tmp_path / "damaged.sqlite"
    damaged.write_bytes(b"not a database")
    assert not gazetteer.is_current(damaged)


def test_an_input_with_other_bytes_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = tmp_path / "countries.json"
    other.write_text("{}")
    monkeypatch.setattr(sources, "_locate", lambda *_: other)
    with pytest.raises(sources.InputError, match="pinned"):
        sources.open_countries()


def test_a_package_of_another_version_is_refused() -> None:
    with pytest.raises(sources.InputError, match="is built from pytest 0"):
        sources._locate("pytest", "0", "pytest")
    with pytest.raises(sources.InputError, match="needs no-such-thing"):
        sources._locate("no-such-thing", "1", "x")


def test_postcodes_keep_a_middle_and_a_spread() -> None:
    def record(code: str, latitude: float, longitude: float, country: str = "DE") -> dict[str, object]:
        return {"country_code": country, "postal_code": code, "latitude": latitude, "longitude": longitude}

    rows = gather_postcodes(
        [
            record("10115", 52.5, 13.4),
            record("10115", 52.6, 13.4),
            record("10117", 52.5, 13.4),
            record("1-2", 1, 2, "AE"),
        ]
    )
    by_code = {(country, code): (latitude, spread) for country, code, latitude, _, spread in rows}
    assert by_code["DE", "10115"][1] == 11
    assert by_code["DE", "10117"] == (52.5, 0)
    assert ("DE", "101*") in by_code
    assert not any(country == "AE" for country, _ in by_code)  # building numbers, no postcodes


def test_codes_are_folded_to_letters_and_digits() -> None:
    assert fold_code("b4 6nq") == "B46NQ"
    assert fold_code("00-950") == "00950"
