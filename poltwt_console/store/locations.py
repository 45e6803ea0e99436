"""Locations as rows: each belongs to one registration or one participation, never to two."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import Connection, case, select

from poltwt_console.domain.place import Candidate, Location, LocationState, Place, Precision
from poltwt_console.store.tables import field, location, message, participation, registration

_PLACE_FIELDS = tuple(f.name for f in fields(Place))


def place_json(place: Place) -> dict[str, Any]:
    """A place as JSON values."""
    return {name: getattr(place, name) for name in _PLACE_FIELDS} | {"precision": place.precision.value}


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


def get_location(connection: Connection, location_id: str) -> Location:
    """KeyError if there is none."""
    row = connection.execute(select(location).where(location.c.id == location_id)).mappings().one_or_none()
    if row is None:
        raise KeyError(location_id)
    return load_location(dict(row))


@dataclass(frozen=True, slots=True)
class Owner:
    """Whom a location belongs to, with the values that it is looked up by."""

    location_id: str
    registration_id: str | None
    participation_id: str | None
    values: Mapping[str, str]  # address, city, country, name
    sender_email: str


def owner_of(connection: Connection, location_id: str) -> Owner:
    """The registration or participation of a location; KeyError if there is none."""
    for owner in (
        *_registrations(connection, registration.c.location_id == location_id),
        *_participations(connection, participation.c.location_id == location_id),
    ):
        return owner
    raise KeyError(location_id)


def waiting_owners(connection: Connection, edition_id: str) -> list[Owner]:
    """Those whose address was not looked up yet, or whose look-up failed; locked ones are left alone."""
    waiting = location.c.state.in_((LocationState.NOT_TRIED.value, LocationState.FAILED.value))
    free = waiting & location.c.locked.is_(False)
    return [
        *_registrations(
            connection, registration.c.edition_id == edition_id, registration.c.state == "open", free
        ),
        *_participations(connection, participation.c.edition_id == edition_id, free),
    ]


def doubtful_ids(connection: Connection, edition_id: str) -> list[str]:
    """The places of open registrations and of participations that want a look, locked ones left out."""
    doubt = (location.c.needs_review != []) | (location.c.state != LocationState.FOUND.value)
    free = doubt & location.c.locked.is_(False) & (location.c.address != "")
    owners = [
        *_registrations(
            connection, registration.c.edition_id == edition_id, registration.c.state == "open", free
        ),
        *_participations(connection, participation.c.edition_id == edition_id, free),
    ]
    return [owner.location_id for owner in owners]


def _registrations(connection: Connection, *conditions: Any) -> list[Owner]:
    wanted = (
        select(registration.c.id, registration.c.location_id, message.c.sender_email)
        .join(location, registration.c.location_id == location.c.id)
        .outerjoin(message, registration.c.message_id == message.c.id)
        .where(*conditions)
    )
    rows = connection.execute(wanted).all()
    values: dict[str, dict[str, str]] = {row.id: {} for row in rows}
    current = case((field.c.edited_at.is_not(None), field.c.edited), else_=field.c.value)
    fields = select(field.c.registration_id, field.c.name, current).where(
        field.c.registration_id.in_(select(wanted.subquery().c.id)),
        field.c.name.in_(("address", "city", "country", "name")),
    )
    for registration_id, name, value in connection.execute(fields):
        values[registration_id][name] = value or ""
    return [Owner(row.location_id, row.id, None, values[row.id], row.sender_email or "") for row in rows]


def _participations(connection: Connection, *conditions: Any) -> list[Owner]:
    p = participation.c
    rows = connection.execute(
        select(p.id, p.location_id, p.address, p.city, p.country, p.name)
        .join(location, p.location_id == location.c.id)
        .where(*conditions)
    )
    return [
        Owner(
            row.location_id,
            None,
            row.id,
            {"address": row.address, "city": row.city, "country": row.country, "name": row.name},
            "",
        )
        for row in rows
    ]
