"""Locations as rows: each belongs to one registration or one participation, never to two."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from sqlalchemy import Connection, select

from poltwt_console.domain.place import Candidate, Location, LocationState, Place, Precision
from poltwt_console.store.tables import location

_PLACE_FIELDS = {f.name for f in fields(Place)}


def place_json(place: Place) -> dict[str, Any]:
    """A place as JSON values."""
    return {k: v.value if isinstance(v, Precision) else v for k, v in asdict(place).items()}


def load_place(value: Mapping[str, Any]) -> Place:
    """The place again; values that a newer version added are left aside."""
    known = {k: v for k, v in value.items() if k in _PLACE_FIELDS}
    return Place(**{**known, "precision": Precision(value["precision"])})


def location_row(found: Location) -> dict[str, Any]:
    """The columns of a location, without its id."""
    place = found.place
    return {
        "address": found.query,
        "state": found.state.value,
        "latitude": place and place.latitude,
        "longitude": place and place.longitude,
        "precision": place.precision.value if place else "",
        "radius_km": place and place.radius_km,
        "label": place.label if place else "",
        "country": place.country if place else "",
        "region": place.region if place else "",
        "locality": place.locality if place else "",
        "locality_latitude": place and place.locality_latitude,
        "locality_longitude": place and place.locality_longitude,
        "timezone": (place.timezone or "") if place else "",
        "timezone_by": "place",
        "margin": found.margin,
        "needs_review": list(found.needs_review),
        "reasons": list(found.reasons),
        "candidates": [
            {
                "place": place_json(c.place),
                "score": c.score,
                "distance_km": c.distance_km,
                "reasons": list(c.reasons),
            }
            for c in found.candidates
        ],
        "original": place_json(found.original) if found.original else None,
        "locked": found.locked,
        "provider": found.provider,
        "error": found.error,
    }


def load_location(row: Mapping[str, Any]) -> Location:
    """The location of a row of the table."""
    place = None
    if row["latitude"] is not None and row["longitude"] is not None:
        place = Place(
            latitude=row["latitude"],
            longitude=row["longitude"],
            precision=Precision(row["precision"]),
            radius_km=row["radius_km"] or 0.0,
            label=row["label"],
            country=row["country"],
            region=row["region"],
            locality=row["locality"],
            locality_latitude=row["locality_latitude"],
            locality_longitude=row["locality_longitude"],
            timezone=row["timezone"] or None,
        )
    return Location(
        state=LocationState(row["state"]),
        query=row["address"],
        place=place,
        candidates=tuple(
            Candidate(load_place(c["place"]), c["score"], c["distance_km"], tuple(c["reasons"]))
            for c in row["candidates"]
        ),
        margin=row["margin"] or 0.0,
        needs_review=tuple(row["needs_review"]),
        reasons=tuple(row["reasons"]),
        provider=row["provider"],
        locked=row["locked"],
        error=row["error"],
        original=load_place(row["original"]) if row["original"] else None,
    )


def get_locations(connection: Connection, ids: list[str]) -> dict[str, Location]:
    """The locations with those ids."""
    rows = connection.execute(select(location).where(location.c.id.in_(ids))).mappings()
    return {row["id"]: load_location(dict(row)) for row in rows}
