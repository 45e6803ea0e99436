"""The files that go out: valid, opened by the programs they are for, and nothing private in any of them."""

from __future__ import annotations

import csv
import json
import os
import shutil
import stat
import subprocess
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import pytest

from poltwt_console.domain.participant import ParticipationState, Visibility
from poltwt_console.errors import ExportError, UsageError
from poltwt_console.exports import EXPORTERS, Entry, find_exporter
from poltwt_console.store import Store, participants
from poltwt_console.workflow import people, publish, review
from tests.fakes import CPD, WMP, FakeReader, read_mail

EDITION = "2013-11"
SCHEMAS = Path(__file__).parents[1] / "data" / "schemas"
PUBLIC = [e for e in EXPORTERS if e.public]
OFFICER = {
    **CPD,
    "handle": "Sgt_Lee",
    "participant": "officer",
    "person": "Sgt Ann Lee",
    "address": "77 Home Street, Chicago",
    "contact_name": "Ann-Private Lee",
    "contact_email": "private.lee@home.example",
}
#: Handles and names that a spreadsheet would rewrite or run.
TRAPS = ("1e5", "007", "MAR1", "TRUE", "123456789012345")
FORMULAS = (
    '=HYPERLINK("http://x")',
    "+44 police",
    "-x",
    "@SUM(A1)",
    "<b>&amp;</b> \u202eabc 🚓",
    "line\nbreak\x0b",
)


@pytest.fixture
def filled(store: Store, take_in: Callable, registration_ids: Callable) -> Store:
    """An edition with an agency, an officer, and every trap."""
    accounts = [WMP, OFFICER]
    accounts += [{**WMP, "handle": handle} for handle in TRAPS]
    accounts += [{**WMP, "handle": f"Formula{n}", "name": name} for n, name in enumerate(FORMULAS)]
    mail = read_mail(*accounts, sender="secret.sender@wmp.example", text="SECRET MAIL TEXT")
    review.accept(store, registration_ids(take_in(mail)))
    with store.read() as connection:
        one = next(p for p in participants.all_participations(connection, EDITION) if p.handle == "WMPolice")
    people.edit_participant(store, FakeReader(), one.id, "note", "SECRET NOTE")
    return store


def written(store: Store, exporter, folder: Path) -> Path:
    name = f"{exporter.kind}{'' if exporter.public else '-private'}{exporter.suffix}"
    publish.export(store, EDITION, exporter.kind, folder / name)
    return folder / name


def text_of(path: Path) -> str:
    """All text of a file; a workbook's is unzipped."""
    if path.suffix != ".xlsx":
        return path.read_text("utf-8-sig")
    import zipfile

    with zipfile.ZipFile(path) as archive:
        return "\n".join(archive.read(name).decode() for name in archive.namelist())


@pytest.mark.parametrize("exporter", PUBLIC, ids=lambda e: f"{e.kind}{e.suffix}")
def test_nothing_private_is_in_a_public_file(filled: Store, exporter, tmp_path: Path):
    text = text_of(written(filled, exporter, tmp_path)).casefold()
    for secret in ("secret", "k.blakeman", "private", "home.example", "cpd.example", "home street", "77 "):
        assert secret not in text, secret


@pytest.mark.parametrize("exporter", [e for e in PUBLIC if e.kind == "map"], ids=lambda e: e.suffix)
def test_an_officer_is_shown_at_the_locality_point_and_address_both(filled: Store, exporter, tmp_path: Path):
    text = text_of(written(filled, exporter, tmp_path))
    assert "41.85003" in text
    assert "-87.65005" in text
    assert "Chicago, United States" in text
    assert "Lloyd House" in text  # an agency is shown at its address


def test_an_entry_has_no_room_for_what_is_private():
    names = {f.name for f in fields(Entry)}
    assert not names & {"contact_name", "contact_email", "sender", "note", "phone", "language", "text"}


def test_hidden_withdrawn_and_list_only_accounts(filled: Store, tmp_path: Path):
    with filled.read() as connection:
        by_handle = {p.handle: p.id for p in participants.all_participations(connection, EDITION)}
    people.set_visibility(filled, by_handle["007"], Visibility.HIDDEN)
    people.set_visibility(filled, by_handle["1e5"], Visibility.LIST_ONLY)
    people.set_state(filled, by_handle["MAR1"], ParticipationState.WITHDRAWN)
    publish.export(filled, EDITION, "twitter-list", tmp_path / "handles.txt")
    listed = (tmp_path / "handles.txt").read_text().split("\n")
    assert "007" not in listed
    assert "MAR1" not in listed
    assert "1e5" in listed
    changes = publish.export(filled, EDITION, "map", tmp_path / "map.csv")
    assert "@1e5: on the list only" in changes.problems
    with (tmp_path / "map.csv").open(encoding="utf-8") as file:
        assert "1e5" not in [row["twitter"] for row in csv.DictReader(file)]


def test_no_cell_of_a_workbook_is_a_formula_and_texts_stay_texts(filled: Store, tmp_path: Path):
    from openpyxl import load_workbook

    for exporter in EXPORTERS:
        if exporter.suffix != ".xlsx":
            continue
        path = written(filled, exporter, tmp_path)
        assert "<f>" not in text_of(path)
        assert "<f " not in text_of(path)
        book = load_workbook(path)
        values = {
            str(c.value) for sheet in book for row in sheet.iter_rows() for c in row if c.value is not None
        }
        assert all(c.data_type != "f" for sheet in book for row in sheet.iter_rows() for c in row)
        assert {f"@{handle}" for handle in TRAPS} <= values
        assert FORMULAS[0] in values
        assert FORMULAS[1] in values
    assert book.sheetnames == ["Participants (private)", "About"]
    twitter = load_workbook(tmp_path / "twitter-list.xlsx")
    assert twitter.sheetnames == ["Agencies", "Officers", "About"]
    assert twitter["Officers"]["A2"].value == "@Sgt_Lee"
    assert twitter["Agencies"].freeze_panes == "A2"


@pytest.mark.parametrize("exporter", [e for e in EXPORTERS if e.suffix == ".csv"], ids=lambda e: e.kind)
def test_no_line_of_a_csv_starts_a_formula_and_no_cell_breaks_a_line(filled: Store, exporter, tmp_path: Path):
    with written(filled, exporter, tmp_path).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert len({len(row) for row in rows}) == 1
    for row in rows[1:]:
        for value in row:
            number = value.lstrip("-").replace(".", "", 1).isdigit()
            assert number or not value.startswith(("=", "+", "-", "@", "\t"))
            assert "\n" not in value


def test_handles_txt_is_what_list_tools_want(filled: Store, tmp_path: Path):
    publish.export(filled, EDITION, "twitter-list", tmp_path / "handles.txt")
    raw = (tmp_path / "handles.txt").read_bytes()
    assert raw.endswith(b"\n")
    assert b"\r" not in raw
    assert b"@" not in raw
    assert set(TRAPS) | {"WMPolice", "Sgt_Lee"} <= set(raw.decode().split())


def test_the_kml_is_valid_against_the_ogc_schema_and_gives_the_same_points_back(
    filled: Store, tmp_path: Path
):
    from lxml import etree

    publish.export(filled, EDITION, "map", tmp_path / "map.kml")
    publish.export(filled, EDITION, "map", tmp_path / "map.geojson")
    schema = etree.XMLSchema(etree.parse(SCHEMAS / "ogckml22.xsd"))
    document = etree.parse(tmp_path / "map.kml")
    schema.assertValid(document)
    names = {"k": "http://www.opengis.net/kml/2.2"}
    points = [
        tuple(map(float, c.split(","))) for c in document.xpath("//k:coordinates/text()", namespaces=names)
    ]
    features = json.loads((tmp_path / "map.geojson").read_text("utf-8"))["features"]
    assert sorted(points) == sorted(tuple(f["geometry"]["coordinates"]) for f in features)
    assert (-1.8998, 52.4814) in points  # longitude first
    assert [f.text for f in document.findall(".//k:Folder/k:name", names)] == ["Agencies", "Officers"]


def test_the_geojson_is_valid_against_rfc_7946(filled: Store, tmp_path: Path):
    from jsonschema import Draft7Validator

    publish.export(filled, EDITION, "map", tmp_path / "map.geojson")
    collection = json.loads((tmp_path / "map.geojson").read_text("utf-8"))
    Draft7Validator(json.loads((SCHEMAS / "geojson-FeatureCollection.json").read_text())).validate(collection)
    ids = [feature["id"] for feature in collection["features"]]
    assert len(ids) == len(set(ids)) == 2 + len(TRAPS) + len(FORMULAS)
    assert "crs" not in collection


def test_an_empty_edition_makes_valid_empty_files(store: Store, tmp_path: Path):
    from lxml import etree

    for exporter in EXPORTERS:
        assert written(store, exporter, tmp_path).exists()
    etree.XMLSchema(etree.parse(SCHEMAS / "ogckml22.xsd")).assertValid(etree.parse(tmp_path / "map.kml"))
    assert json.loads((tmp_path / "map.geojson").read_text())["features"] == []


def test_a_private_file_says_so_in_its_name_and_only_its_owner_reads_it(filled: Store, tmp_path: Path):
    with pytest.raises(ExportError, match="would hold private contacts"):
        publish.export(filled, EDITION, "participants", tmp_path / "all.xlsx")
    assert list(tmp_path.glob("*.xlsx")) == []
    publish.export(filled, EDITION, "participants", tmp_path / "all-private.xlsx")
    assert stat.S_IMODE((tmp_path / "all-private.xlsx").stat().st_mode) == 0o600


def test_a_write_that_fails_leaves_the_old_file_and_says_why(filled: Store, tmp_path: Path):
    with pytest.raises(ExportError, match="cannot be written"):
        publish.export(filled, EDITION, "map", tmp_path / "no folder" / "map.kml")
    with pytest.raises(ExportError, match=r"Endings that fit: \.kml, \.geojson, \.csv"):
        publish.export(filled, EDITION, "map", tmp_path / "map.pdf")
    with pytest.raises(UsageError, match="There is no export"):
        find_exporter("poster", Path("a.kml"))
    (tmp_path / "map.kml").mkdir()  # a folder is in the way
    with pytest.raises(ExportError):
        publish.export(filled, EDITION, "map", tmp_path / "map.kml")
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []


@pytest.mark.program
@pytest.mark.parametrize("exporter", [e for e in EXPORTERS if e.suffix == ".xlsx"], ids=lambda e: e.kind)
def test_libreoffice_opens_the_workbook_and_shows_the_texts(filled: Store, exporter, tmp_path: Path):
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    path = written(filled, exporter, tmp_path)
    subprocess.run(
        [
            office,
            "--headless",
            f"-env:UserInstallation=file://{tmp_path}/office",
            "--convert-to",
            "csv",
            "--outdir",
            str(tmp_path),
            str(path),
        ],
        check=True,
        capture_output=True,
        timeout=120,
        env={**os.environ, "HOME": str(tmp_path)},
    )
    text = path.with_suffix(".csv").read_text("utf-8")
    assert "@007" in text
    assert "=HYPERLINK" in text
    assert "Err:" not in text
