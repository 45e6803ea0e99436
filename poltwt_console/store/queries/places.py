"""The places that want a look: one list, one reason each, whoever they belong to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, case, func, literal, select

from poltwt_console.domain.place import Location, LocationState, Precision
from poltwt_console.store.history import slices
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
    reasons = doubts(connection, edition_id)
    found = []
    for some in slices(list(reasons)):
        for query in (_of_registrations(edition_id, location), _of_participations(edition_id, location)):
            rows = connection.execute(query.where(location.c.id.in_(some))).mappings()
            found += [_row(row, reasons[row[location.c.id]]) for row in rows]
    return sorted(found, key=lambda row: (row.reason, row.handle.lower()))


def doubts(connection: Connection, edition_id: str) -> dict[str, str]:
    """The reason by location's id: as many as there are doubtful places, without loading them whole."""
    c = location.c
    columns = (c.id, c.address, c.state, c.needs_review, c.error, c.latitude, c.longitude, c.precision)
    rows = [
        *connection.execute(_of_registrations(edition_id, *columns)),
        *connection.execute(_of_participations(edition_id, *columns)),
    ]
    crowds = _crowds(rows)
    reasons = {row.id: _reason(row, crowds) for row in rows}
    return {location_id: reason for location_id, reason in reasons.items() if reason}


def _reason(row: Any, crowds: frozenset[tuple[float, float]]) -> str:
    if row.state == LocationState.NONE.value:
        return "no such place"
    if row.state == LocationState.FAILED.value:
        return str(row.error) or "the look-up failed"
    if row.needs_review:
        return str(row.needs_review[0])
    if (row.latitude, row.longitude) in crowds:
        return f"{_CROWD} or more accounts with different addresses on one point"
    return ""


def _crowds(rows: list[Any]) -> frozenset[tuple[float, float]]:
    on_point: dict[tuple[float, float], set[str]] = {}
    for row in rows:
        if row.precision in _EXACT:
            on_point.setdefault((row.latitude, row.longitude), set()).add(row.address)
    return frozenset(point for point, addresses in on_point.items() if len(addresses) >= _CROWD)


def _of_registrations(edition_id: str, *columns: Any) -> Select[Any]:
    handle, name = field.alias("handle_field"), field.alias("name_field")

    def current(of: Any) -> Any:
        return func.coalesce(case((of.c.edited_at.is_not(None), of.c.edited), else_=of.c.value), "")

    return (
        select(
            registration.c.id.label("owner"),
            registration.c.message_id.label("mail"),
            current(handle).label("shown_handle"),
            current(name).label("shown_name"),
            *columns,
        )
        .join(location, registration.c.location_id == location.c.id)
        .join(message, registration.c.message_id == message.c.id)
        .outerjoin(handle, (handle.c.registration_id == registration.c.id) & (handle.c.name == "handle"))
        .outerjoin(name, (name.c.registration_id == registration.c.id) & (name.c.name == "name"))
        .where(registration.c.edition_id == edition_id, registration.c.state == "open")
        .where(location.c.address != "")
    )


def _of_participations(edition_id: str, *columns: Any) -> Select[Any]:
    return (
        select(
            participation.c.id.label("owner"),
            literal(None).label("mail"),
            participation.c.handle.label("shown_handle"),
            participation.c.name.label("shown_name"),
            *columns,
        )
        .select_from(participation)
        .join(location, participation.c.location_id == location.c.id)
        .join(participant, participation.c.participant_id == participant.c.id)
        .where(participation.c.edition_id == edition_id, participation.c.state == "confirmed")
        .where(
            participant.c.merged_into.is_(None), participant.c.erased_at.is_(None), location.c.address != ""
        )
    )


def _row(row: Any, reason: str) -> PlaceRow:
    mail = row["mail"]
    return PlaceRow(
        location_id=row[location.c.id],
        registration_id=row["owner"] if mail else None,
        participation_id=None if mail else row["owner"],
        message_id=mail,
        handle=row["shown_handle"],
        name=row["shown_name"],
        reason=reason,
        location=load_location({c.name: row[c] for c in location.c}),
    )
