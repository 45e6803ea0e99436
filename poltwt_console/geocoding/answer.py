"""What is said of a place: how closely it is known, within what radius, and why.

A label never claims more than the text gave: "postcode" where a postcode of the text lies at the
place (or stands alone), "locality" for a named place, "region" and "country" for an area's main
place.  "Street" is not to be had offline.  Radii are meant to hold 85 to 95 % of the true points
of each label; ``score`` measures it, on the whole of a sample or on either half.
"""

from __future__ import annotations

import math

from poltwt_console.domain.place import Place, Precision
from poltwt_console.geocoding.evidence import Evidence
from poltwt_console.geocoding.gazetteer import PlaceFile
from poltwt_console.geocoding.layout import LAST_PLACE_KIND, Entry
from poltwt_console.geocoding.scoring import Scored
from poltwt_console.geocoding.zones import canonical_zone, zone_of_country, zones_by_country

#: A postcode that is spread wider than this (km) says no more than the place's name.
_WIDE_CODE_KM = 15

#: A postcode read with less certainty than this is most likely a house number.
_CERTAIN_CODE = 0.4


def describe_place(file: PlaceFile, scored: Scored) -> Place:
    """The Place of a candidate: point, label, radius, zone."""
    country = file.countries[scored.country]
    code = scored.code
    latitude, longitude = scored.latitude, scored.longitude
    if scored.kind is None:
        near = file.nearest(latitude, longitude)
        number = near[0] if near else 0
    elif scored.kind <= LAST_PLACE_KIND:
        number = scored.number
    else:
        return _describe_area(file, scored.kind, scored)
    precision = Precision.LOCALITY
    if code is not None and (
        scored.kind is None or (code.strength >= _CERTAIN_CODE and code.point.spread_km <= _WIDE_CODE_KM)
    ):
        precision = Precision.POSTCODE
        latitude, longitude = code.point.latitude, code.point.longitude
        radius = postcode_radius(code.point.spread_km)
    else:
        radius = locality_radius(file.population[number])
    name, region = file.place_name(number), file.region_name(number)
    town_latitude, town_longitude = file.position(number)
    return Place(
        latitude=round(latitude, 5),
        longitude=round(longitude, 5),
        precision=precision,
        radius_km=radius,
        label=_join(name, region, country.name),
        country=country.code,
        region=region,
        locality=name,
        locality_latitude=round(town_latitude, 5),
        locality_longitude=round(town_longitude, 5),
        timezone=canonical_zone(file.zones[file.zone[number]]),
        postcode=code.written if code is not None and precision is Precision.POSTCODE else "",
    )


def _describe_area(file: PlaceFile, kind: Entry, scored: Scored) -> Place:
    """An area stands at its main place.

    A region has that place's zone (few keep two times, and all regions are listed to be looked
    at); a country has a zone only if all of it keeps one time.
    """
    country = file.countries[scored.country]
    main = file.main_place(kind, scored.number)
    latitude, longitude = file.position(main)
    name = file.area_name(kind, scored.number)
    if kind == Entry.COUNTRY:
        listed = country.code in zones_by_country()  # Kosovo is not
        timezone = zone_of_country(country.code) if listed else file.zones[file.zone[main]]
        precision, region, label = Precision.COUNTRY, "", country.name
    else:
        timezone = canonical_zone(file.zones[file.zone[main]])
        precision, region, label = Precision.REGION, name, _join(name, country.name)
    return Place(
        latitude=round(latitude, 5),
        longitude=round(longitude, 5),
        precision=precision,
        radius_km=area_radius(file.reach(kind, scored.number)),
        label=label,
        country=country.code,
        region=region,
        timezone=timezone,
    )


def _join(*names: str) -> str:
    """Names with commas, a name not twice in a row: "Luxembourg", not "Luxembourg, Luxembourg"."""
    kept: list[str] = []
    for name in names:
        if name and (not kept or kept[-1] != name):
            kept.append(name)
    return ", ".join(kept)


def postcode_radius(spread_km: int) -> float:
    """Radius (km) of an answer by postcode."""
    return round(6.0 + 1.2 * spread_km, 1)


def locality_radius(population: int) -> float:
    """Radius (km) of an answer by locality: larger cities are wider."""
    return round(5.0 + 1.9 * math.log10(population + 10), 1)


def area_radius(reach_km: int) -> float:
    """Radius (km) of an answer by region or country: nine tenths of its people live so near its main place.

    Nothing is fitted: of 1,531 addresses put at the main place of their region 93 % lie inside, of
    1,566 at that of their country 94 %.
    """
    return round(max(10.0, float(reach_km)), 1)


def explain(file: PlaceFile, scored: Scored, evidence: Evidence) -> tuple[str, ...]:
    """Why this place, in words: the name, what agrees with it, what names its country."""
    reasons: list[str] = []
    if scored.kind is None:
        assert scored.code is not None
        reasons.append(f"postcode {scored.code.written}")
    elif scored.kind > LAST_PLACE_KIND:
        words = {Entry.REGION: "region", Entry.DISTRICT: "district", Entry.COUNTRY: "country"}
        reasons.append(f"{words[scored.kind]} {file.area_name(scored.kind, scored.number)} only")
    elif scored.hit is not None:
        reasons += _explain_name(file, scored, evidence)
    country = evidence.reasons.get(scored.country)
    if country is not None and country not in reasons:
        reasons.append(country)
    return tuple(reasons)


def _explain_name(file: PlaceFile, scored: Scored, evidence: Evidence) -> list[str]:
    assert scored.hit is not None
    reasons = [f"city {scored.hit.written}"]
    if scored.hit.like:
        reasons = [f"“{scored.hit.written}” is spelt like “{scored.hit.like}”"]
    elif scored.kind is Entry.FORMER:
        reasons.append("by another of its names")
    if scored.code is not None:
        reasons.append(f"postcode {scored.code.written}")
    for kind, number, table in (
        (Entry.REGION, file.region[scored.number], evidence.regions),
        (Entry.DISTRICT, file.district[scored.number], evidence.districts),
    ):
        named = table.get(number)
        if named is not None and named.hit is not scored.hit:
            reasons.append(f"{kind.name.lower()} {file.area_name(kind, number)}")
    if scored.supported:
        reasons.append("another name of the address lies nearby")
    return reasons
