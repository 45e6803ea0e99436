"""Addresses to places, offline.

``open_geocoder()`` is the one door.  Nothing here speaks to the network except ``online``.
"""

from __future__ import annotations

from pathlib import Path

from poltwt_console.geocoding.gazetteer import PlaceFile, PlaceNames
from poltwt_console.geocoding.geocoder import Geocoder

__all__ = ["Geocoder", "PlaceFile", "PlaceNames", "open_geocoder", "open_place_names"]


def open_geocoder(path: Path | None = None) -> Geocoder:
    """Open the file of places, the shipped one unless a path is given; GazetteerError if it is unreadable."""
    return Geocoder(PlaceFile(path))


def open_place_names(path: Path | None = None) -> PlaceNames:
    """The same file as extraction asks it: a ``Gazetteer`` of ``domain.place``."""
    return PlaceNames(PlaceFile(path))
