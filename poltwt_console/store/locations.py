"""Locations as rows: each belongs to one registration or one participation, never to two."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Connection, select

from poltwt_console.domain.message import phone_of
from poltwt_console.domain.message_json import load_parts
from poltwt_console.domain.place import Candidate, Location, LocationState, Place, Precision
from poltwt_console.domain.registration import DERIVED
from poltwt_console.store.history import Writer, slices
from poltwt_console.store.tables import (
    field,
    location,
    message,
    participation,
    registration,
    source,
    value_source,
)

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
        "timezone": found.zone,
        "timezone_by": "person" if found.timezone else "place",
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
        timezone=row["timezone"] if row["timezone_by"] == "person" else "",
    )


def get_location(connection: Connection, location_id: str) -> Location:
    """KeyError if there is none."""
    row = connection.execute(select(location).where(location.c.id == location_id)).mappings().one_or_none()
    if row is None:
        raise KeyError(location_id)
    return load_location(dict(row))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a place is looked up by; a value that was itself derived from a place is left out."""

    address: str
    city: str = ""
    country: str = ""  # as the mail states it
    picked_country: str = ""  # as a person set it
    agency: str = ""
    sender_email: str = ""
    phone: str = ""  # of the mail
    language: str = ""  # of the mail

    @property
    def query(self) -> str:
        """The text to look for: the address, or the city where there is none; "" for nothing."""
        return self.address or self.city


@dataclass(frozen=True, slots=True)
class Owner:
    """Whom a location belongs to, and what it is looked up by."""

    location_id: str
    registration_id: str | None
    participation_id: str | None
    wanted: Wanted
    row_version: int


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


def write_location(
    writer: Writer,
    location_id: str,
    found: Location,
    *,
    by_person: bool = False,
    seen_version: int | None = None,
) -> bool:
    """Put a place where it belongs: the one way to change a location.

    What a person did stays: a locked place is changed by a person only, and a time zone set by one
    is carried on.  False, and nothing is written, where the row is locked, or is no longer at
    ``seen_version`` since somebody changed it while the look-up ran.
    """
    row = writer.get(location, location_id)
    if not by_person and (row["locked"] or seen_version not in (None, row["row_version"])):
        return False
    if row["timezone_by"] == "person" and not found.timezone:
        found = replace(found, timezone=row["timezone"])
    return writer.update(location, location_id, location_row(found))


def _registrations(connection: Connection, *conditions: Any) -> list[Owner]:
    m, r = message.c, registration.c
    wanted = (
        select(r.id, r.location_id, location.c.row_version, m.source_id, m.sender_email, m.language)
        .join(location, registration.c.location_id == location.c.id)
        .outerjoin(message, registration.c.message_id == message.c.id)
        .where(*conditions)
    )
    rows = connection.execute(wanted).all()
    # Each mail's texts once, and apart: a table may hold thousands of accounts.
    texts = select(source.c.id, source.c.parts).where(source.c.id.in_(select(wanted.subquery().c.source_id)))
    phones = {source_id: phone_of(load_parts(parts)) for source_id, parts in connection.execute(texts)}
    fields: dict[str, dict[str, Any]] = {row.id: {} for row in rows}
    f = field.c
    columns = (f.registration_id, f.name, f.value, f.edited, f.edited_at, f.rule, f.part, f.start, f.end)
    read = select(*columns).where(
        f.registration_id.in_(select(wanted.subquery().c.id)),
        f.name.in_(("address", "city", "country", "name")),
    )
    for row in connection.execute(read):
        fields[row.registration_id][row.name] = row
    return [
        Owner(
            row.location_id,
            row.id,
            None,
            _wanted(fields[row.id], row, phones.get(row.source_id, "")),
            row.row_version,
        )
        for row in rows
    ]


def _wanted(fields: Mapping[str, Any], mail: Any, phone: str) -> Wanted:
    def value(name: str) -> str:
        row = fields[name]
        return (row.edited or "") if row.edited_at is not None else row.value or ""

    def stated(name: str) -> str:
        row = fields[name]
        return value(name) if row.edited_at is not None or not is_derived(row, fields["address"]) else ""

    by_person = fields["country"].edited_at is not None
    return Wanted(
        address=value("address"),
        city=stated("city"),
        country="" if by_person else stated("country"),
        picked_country=value("country") if by_person else "",
        agency=value("name"),
        sender_email=mail.sender_email or "",
        phone=phone,
        language=mail.language or "",
    )


def is_derived(row: Any, address: Any) -> bool:
    """Whether a field was derived: by rule, or since its words are some of the address."""
    inside = (
        row.start is not None
        and address is not None
        and address.start is not None
        and row.part == address.part
        and address.start <= row.start
        and row.end <= address.end
    )
    return row.rule in DERIVED or inside


def _participations(connection: Connection, *conditions: Any) -> list[Owner]:
    p = participation.c
    rows = connection.execute(
        select(p.id, p.location_id, p.address, p.city, p.country, p.name, p.language, location.c.row_version)
        .join(location, p.location_id == location.c.id)
        .where(*conditions)
    ).all()
    origins = origins_of(connection, [row.id for row in rows])
    return [
        Owner(
            row.location_id,
            None,
            row.id,
            wanted_of(
                {
                    "address": row.address,
                    "city": row.city,
                    "country": row.country,
                    "name": row.name,
                    "language": row.language,
                },
                origins[row.id],
            ),
            row.row_version,
        )
        for row in rows
    ]


def wanted_of(values: Mapping[str, str], origins: Mapping[str, str]) -> Wanted:
    """What a participation's place is looked up by, from its values and where each comes from."""
    country = values["country"]
    return Wanted(
        address=values["address"],
        city="" if origins.get("city") == "derived" else values["city"],
        country=country if origins.get("country") == "stated" else "",
        picked_country=country if origins.get("country") == "person" else "",
        agency=values["name"],
        language=values["language"],
    )


def origins_of(connection: Connection, participation_ids: Sequence[str]) -> dict[str, dict[str, str]]:
    """For each value of participations whether a person set it, a mail states it, or it was derived."""
    found: dict[str, dict[str, str]] = {i: {} for i in participation_ids}
    beside = field.alias("address_field")
    columns = (field.c.rule, field.c.part, field.c.start, field.c.end)
    for some in slices(participation_ids):
        rows = connection.execute(
            select(
                value_source.c.participation_id,
                value_source.c.name,
                value_source.c.field_id,
                *columns,
                *(beside.c[c.name].label(f"address_{c.name}") for c in columns),
            )
            .outerjoin(field, value_source.c.field_id == field.c.id)
            .outerjoin(
                beside, (beside.c.registration_id == field.c.registration_id) & (beside.c.name == "address")
            )
            .where(value_source.c.participation_id.in_(some))
        )
        for row in rows:
            address = SimpleNamespace(part=row.address_part, start=row.address_start, end=row.address_end)
            derived = row.name != "address" and is_derived(row, address)
            origin = "person" if row.field_id is None else "derived" if derived else "stated"
            found[row.participation_id][row.name] = origin
    return found
