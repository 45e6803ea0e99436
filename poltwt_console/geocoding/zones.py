"""Time zones of countries and their names, from the tables of the time zone database.

A place knows its zone (the gazetteer stores one for each).  Where only a country is known the zone
is certain if all its zones keep the same time on the day of the edition, and unknown otherwise:
then a person chooses.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from importlib import resources

from poltwt_console.domain.edition import NOVEMBER_2013
from poltwt_console.domain.schedule import offset_on


def _table(name: str) -> list[str]:
    text = resources.files("tzdata").joinpath("zoneinfo", name).read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@cache
def zones_by_country() -> dict[str, tuple[str, ...]]:
    """ISO code -> its zones as ``zone.tab`` lists them, most populous first within a country."""
    found: dict[str, list[str]] = {}
    for line in _table("zone.tab"):
        code, _, zone, *_ = line.split("\t")
        found.setdefault(code, []).append(zone)
    return {code: tuple(zones) for code, zones in found.items()}


@cache
def _links() -> dict[str, str]:
    """Old name -> newer name (the ``L`` lines of ``tzdata.zi``)."""
    lines = (line.split() for line in _table("tzdata.zi") if line.startswith("L "))
    return {alias: target for _, target, alias in lines}


@cache
def _listed() -> frozenset[str]:
    return frozenset(zone for zones in zones_by_country().values() for zone in zones)


@cache
def canonical_zone(name: str) -> str:
    """Today's name of a zone: Asia/Kolkata for Asia/Calcutta; a name of ``zone.tab`` stays as it is.

    The database also links one country's zone to another's with the same history (Oslo to
    Berlin); those are names in their own right and are not followed.
    """
    while name not in _listed() and name in _links():
        name = _links()[name]
    return name


def common_zone(zones: Iterable[str], day: date = NOVEMBER_2013.day) -> str | None:
    """The first of some zones if all of them keep the same time on a day, else None."""
    zones = list(zones)
    if not zones or (len(zones) > 1 and len({offset_on(day, zone) for zone in zones}) != 1):
        return None
    return canonical_zone(zones[0])


@cache
def zone_of_country(country: str, day: date = NOVEMBER_2013.day) -> str | None:
    """The zone of a country (ISO code) that keeps one time on a day; None if it has several, or none.

    On the day of the November 2013 edition 22 countries have more than one.
    """
    return common_zone(zones_by_country().get(country, ()), day)


def zones_to_choose(country: str) -> tuple[str, ...]:
    """The zones that a person may choose from for a country; all of them for an unknown country."""
    known = zones_by_country()
    if country in known:
        return known[country]
    return tuple(sorted(_listed()))
