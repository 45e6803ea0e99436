"""Addresses to places, offline, and honest about how well each is known.

    geocoder = open_geocoder()
    location = geocoder.locate("Lloyd House, Birmingham B4 6NQ", Hints(country="GB"))

The way an address goes: ``address`` takes it apart, ``hits`` finds every name in it, ``evidence``
and ``hinting`` gather what speaks for a country, a region or a postcode, ``scoring`` ranks what
may be meant, ``likeness`` looks again where names are spelt otherwise, ``answer`` and ``doubts``
say what is known of the best and why a person should look.  ``gazetteer`` reads the file of
places; ``build`` makes it and is not loaded at run time.  Beside that way: ``pins`` and
``coordinates`` for what people set by hand, ``zones``, ``land``, ``online`` for geopy's services
(the only module that speaks to the network) and ``geopy_adapter`` for those who know geopy.

Decided: one read-only SQLite file of our own rather than the packages that it is built from
(240 MB and 3 to 14 s to load, against 70 MB and 20 ms); exact n-grams rather than full-text search
(faster, smaller, and a miss says something); names, people, regions, postcodes and countries in
one additive score whose parts are told as reasons.  A bigger gazetteer without such a score is
worse, not better (measured).  Refused: a statistical parser (none ships its data), polygons of
time zones (the zone of the nearest place has the right offset for 99.95 % of points), street level
(no offline data of a size that ships), and loading pickles from packages.
"""

from __future__ import annotations

from pathlib import Path

from poltwt_console.geocoding.gazetteer import PlaceFile
from poltwt_console.geocoding.geocoder import Geocoder
from poltwt_console.geocoding.place_names import PlaceNames

__all__ = ["Geocoder", "PlaceFile", "PlaceNames", "open_geocoder", "open_place_names"]


def open_geocoder(path: Path | None = None) -> Geocoder:
    """Open the file of places, the shipped one unless a path is given; GazetteerError if it is unreadable."""
    return Geocoder(PlaceFile(path))


def open_place_names(path: Path | None = None) -> PlaceNames:
    """The same file as extraction asks it (the ``Gazetteer`` protocol of ``domain.place``)."""
    return PlaceNames(PlaceFile(path))
