"""The places that want a look: one list, one reason each, whoever they belong to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, case, func, select

from poltwt_console.domain.place import Location, LocationState, Precision
from poltwt_console.store.locations import load_location
from poltwt_console.store.tables import field, location, message, participant, participation, registration

#: From this many accounts with different addresses on one exact point, the point is suspicious.
_CROWD = 5
_EXACT = (Precision.BY_HAND.value, Precision.STREET.value)


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place with its owner and what is doubtful about it."""

    location_id: str
    registration_id: str | None  # of a mail that waits, or
    participation_id: str | None
    message_id: str | None
    handle: str
    name: str
    reason: str
    location: Location


def doubtful_places(connection: Connection, edition_id: str) -> list[PlaceRow]:
    """Those of open registrations and of participations that stand, by reason."""
    rows = [*_of_registrations(connection, edition_id), *_of_participations(connection, edition_id)]
    crowds = _crowds(rows)
    reasons = [(row, _reason(row.location, crowds)) for row in rows]
    found = [replace(row, reason=reason) for row, reason in reasons if reason]
    return sorted(found, key=lambda row: (row.reason, row.handle.lower()))


def _reason(found: Location, crowds: frozenset[tuple[float, float]]) -> str:
    if found.state is LocationState.NONE:
        return "no such place"
    if found.state is LocationState.FAILED:
        return found.error or "the look-up failed"
    if found.needs_review:
        return found.needs_review[0]
    if found.place and (found.place.latitude, found.place.longitude) in crowds:
        return f"{_CROWD} or more accounts with different addresses on one point"
    return ""


def _crowds(rows: list[PlaceRow]) -> frozenset[tuple[float, float]]:
    on_point: dict[tuple[float, float], set[str]] = {}
    for row in rows:
        place = row.location.place
        if place and place.precision.value in _EXACT:
            on_point.setdefault((place.latitude, place.longitude), set()).add(row.location.query)
    return frozenset(point for point, addresses in on_point.items() if len(addresses) >= _CROWD)


def _of_registrations(connection: Connection, edition_id: str) -> list[PlaceRow]:
    handle, name = field.alias("handle_field"), field.alias("name_field")

    def current(of: Any) -> Any:
        return func.coalesce(case((of.c.edited_at.is_not(None), of.c.edited), else_=of.c.value), "")

    query = (
        select(
            registration.c.id.label("owner"),
            registration.c.message_id,
            current(handle).label("shown_handle"),
            current(name).label("shown_name"),
            location,
        )
        .join(location, registration.c.location_id == location.c.id)
        .join(message, registration.c.message_id == message.c.id)
        .outerjoin(handle, (handle.c.registration_id == registration.c.id) & (handle.c.name == "handle"))
        .outerjoin(name, (name.c.registration_id == registration.c.id) & (name.c.name == "name"))
        .where(registration.c.edition_id == edition_id, registration.c.state == "open")
        .where(location.c.address != "")
    )
    return [
        PlaceRow(
            row[location.c.id],
            row["owner"],
            None,
            row["message_id"],
            row["shown_handle"],
            row["shown_name"],
            "",
            load_location({c.name: row[c] for c in location.c}),
        )
        for row in connection.execute(query).mappings()
    ]


def _of_participations(connection: Connection, edition_id: str) -> list[PlaceRow]:
    query = (
        select(
            participation.c.id.label("owner"),
            participation.c.handle.label("shown_handle"),
            participation.c.name.label("shown_name"),
            location,
        )
        .join(location, participation.c.location_id == location.c.id)
        .join(participant, participation.c.participant_id == participant.c.id)
        .where(participation.c.edition_id == edition_id, participation.c.state == "confirmed")
        .where(
            participant.c.merged_into.is_(None), participant.c.erased_at.is_(None), location.c.address != ""
        )
    )
    return [
        PlaceRow(
            row[location.c.id],
            None,
            row["owner"],
            None,
            row["shown_handle"],
            row["shown_name"],
            "",
            load_location({c.name: row[c] for c in location.c}),
        )
        for row in connection.execute(query).mappings()
    ]
