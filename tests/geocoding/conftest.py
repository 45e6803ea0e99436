"""The real file of places, opened once; built first if a checkout has none yet."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from poltwt_console import paths
from poltwt_console.geocoding import Geocoder, PlaceFile, PlaceNames, open_geocoder


@pytest.fixture(scope="session")
def gazetteer_path() -> Path:
    path = paths.gazetteer_file()
    if not path.is_file():
        sys.path.insert(0, str(Path(__file__).parents[2]))
        from hatch_build import make_gazetteer

        make_gazetteer()
    return path


@pytest.fixture(scope="session")
def geocoder(gazetteer_path: Path) -> Geocoder:
    return open_geocoder(gazetteer_path)


@pytest.fixture(scope="session")
def place_file(geocoder: Geocoder) -> PlaceFile:
    return geocoder.file


@pytest.fixture(scope="session")
def names(place_file: PlaceFile) -> PlaceNames:
    return PlaceNames(place_file)
