"""Registrations and their fields as rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from poltwt_console.domain.folding import handle_key
from poltwt_console.domain.intake import SenderCheck
from poltwt_console.domain.place import Location, LocationState
from poltwt_console.domain.registration import (
    FIELD_NAMES,
    Confidence,
    Evidence,
    Field,
    Intent,
    Reading,
    Registration,
)
from poltwt_console.store.columns import new_id
from poltwt_console.store.history import Writer, slices
from poltwt_console.store.locations import load_location, location_row
from poltwt_console.store.tables import field, location, message, registration

#: The fields that must be READY for a registration to be accepted in bulk.
_NEEDED = (
    ("handle", "Twitter name"),
    ("name", "agency"),
    ("participant", "takes part as"),
    ("address", "address"),
)


@dataclass(frozen=True, slots=True)
class StoredField:
    """A field as it stands: what was read, and what a person set since."""

    id: str
    name: str
    read: Field
    edited: str | None  # set by a person; "" is "none"
    edited_at: datetime | None

    @property
    def value(self) -> str:
        """The value that counts: a person's before the mail's; "" where there is none."""
        return (self.edited or "") if self.edited_at else (self.read.value or "")


@dataclass(frozen=True, slots=True)
class StoredRegistration:
    """A registration as it stands."""

    id: str
    edition_id: str
    message_id: str | None
    position: int
    intent: Intent
    all_accounts: bool
    handle_key: str
    former_handle: str
    notes: tuple[str, ...]
    band: str
    band_reason: str
    sender_check: str
    sender_reason: str
    state: str
    state_reason: str
    decided_at: datetime | None
    decided_by: str
    participation_id: str | None
    location_id: str | None
    sender_email: str  # of its message, lower case
    row_version: int
    fields: Mapping[str, StoredField]
    location: Location

    def value(self, name: str) -> str:
        """The current value of a field, "" where there is none."""
        return self.fields[name].value


def band(read: Registration, found: Location) -> tuple[str, str]:
    """(ready, look or missing; the reason in words) of a registration's fields and place together."""
    return _band({name: (read.field(name).confidence, read.field(name).reason) for name, _ in _NEEDED}, found)


def band_of(stored: StoredRegistration, found: Location | None = None) -> tuple[str, str]:
    """The band as it stands, a person's values counting as ready."""
    states = {}
    for name, _ in _NEEDED:
        value = stored.fields[name]
        if value.edited_at:
            states[name] = (Confidence.READY if value.edited else Confidence.MISSING, "")
        else:
            states[name] = (value.read.confidence, value.read.reason)
    return _band(states, found or stored.location)


def _band(states: Mapping[str, tuple[Confidence, str]], found: Location) -> tuple[str, str]:
    for name, word in _NEEDED:
        if states[name][0] is Confidence.MISSING:
            return "missing", f"no {word}"
    for name, word in _NEEDED:
        confidence, reason = states[name]
        if confidence is Confidence.LOOK:
            return "look", f"{word}: {reason}" if reason else f"look at the {word}"
    if found.state not in (LocationState.FOUND, LocationState.BY_HAND):
        return "look", {
            LocationState.NOT_TRIED: "place not looked up",
            LocationState.NONE: "place not found",
            LocationState.FAILED: "place look-up failed",
        }[found.state]
    if found.needs_review and not found.locked:
        return "look", f"place: {found.needs_review[0]}"
    return "ready", ""


@dataclass(frozen=True, slots=True)
class Said:
    """What one message says, with the place of each registration's address in order."""

    message_id: str
    registrations: Sequence[Registration]
    locations: Sequence[Location]
    sender: SenderCheck
    all_accounts: bool = False
    first: int = 0  # the position of the first of them in the mail


def sender_check_of(there: Sequence[StoredRegistration]) -> SenderCheck:
    """What was found of the sender when its mail was read; nothing where the mail said nothing."""
    return SenderCheck(there[0].sender_check, there[0].sender_reason) if there else SenderCheck("amber", "")


def remove_registrations(writer: Writer, rows: Sequence[tuple[str, str | None]]) -> None:
    """Take registrations away, each given as (its id, its location's id), with their fields and places."""
    ids = [registration_id for registration_id, _ in rows]
    fields = writer.connection.execute(select(field.c.id).where(field.c.registration_id.in_(ids)))
    writer.delete(field, fields.scalars().all())
    writer.delete(registration, ids)
    writer.delete(location, [location_id for _, location_id in rows if location_id])


def add_registrations(writer: Writer, edition_id: str, said: Sequence[Said]) -> list[str]:
    """Store what messages say, in bulk, since an import has thousands; returns the ids."""
    places: list[dict[str, Any]] = []
    rows: list[dict[str, Any]] = []
    values: list[dict[str, Any]] = []
    for one in said:
        for position, (read, found) in enumerate(
            zip(one.registrations, one.locations, strict=True), one.first
        ):
            registration_id, location_id = new_id(), new_id()
            places.append({"id": location_id, **location_row(found)})
            rows.append(
                {
                    "id": registration_id,
                    "location_id": location_id,
                    "position": position,
                    **_registration_row(edition_id, one, read, found),
                }
            )
            values.extend(field_row(registration_id, name, read.field(name)) for name in FIELD_NAMES)
    writer.insert(location, places)
    ids = writer.insert(registration, rows)
    writer.insert(field, values)
    return ids


def _registration_row(edition_id: str, said: Said, read: Registration, found: Location) -> dict[str, Any]:
    quality, why = band(read, found)
    return {
        "edition_id": edition_id,
        "message_id": said.message_id,
        "intent": read.intent.value,
        "all_accounts": said.all_accounts,
        "handle_key": handle_key(read.handle.value),
        "former_handle": read.former_handle,
        "notes": list(read.notes),
        "band": quality,
        "band_reason": why,
        "sender_check": said.sender.colour,
        "sender_reason": said.sender.reason,
        "state": "open",
        "state_reason": "",
        "decided_at": None,
        "decided_by": "",
        "participation_id": None,
    }


def field_row(registration_id: str, name: str, read: Field) -> dict[str, Any]:
    """The columns of one field."""
    return {
        "registration_id": registration_id,
        "name": name,
        "value": read.value,
        "edited": None,
        "edited_at": None,
        "confidence": read.confidence.value,
        "rule": read.rule,
        "reason": read.reason,
        "part": read.evidence.part if read.evidence else "",
        "start": read.evidence and read.evidence.start,
        "end": read.evidence and read.evidence.end,
        "words": read.evidence.text if read.evidence else "",
        "others": [
            {
                "value": other.value,
                "rule": other.rule,
                "evidence": [
                    other.evidence.part,
                    other.evidence.start,
                    other.evidence.end,
                    other.evidence.text,
                ]
                if other.evidence
                else None,
            }
            for other in read.others
        ],
    }


def _load_field(row: Mapping[str, Any]) -> StoredField:
    evidence = (
        Evidence(row["part"], row["start"], row["end"], row["words"]) if row["start"] is not None else None
    )
    others = tuple(
        Reading(o["value"], o["rule"], Evidence(*o["evidence"]) if o["evidence"] else None)
        for o in row["others"]
    )
    read = Field(row["value"], Confidence(row["confidence"]), row["rule"], evidence, others, row["reason"])
    return StoredField(row["id"], row["name"], read, row["edited"], row["edited_at"])


def _registrations(connection: Connection, *conditions: Any) -> list[StoredRegistration]:
    rows = list(
        connection.execute(
            select(registration, message.c.sender_email.label("sender_email"))
            .outerjoin(message, registration.c.message_id == message.c.id)
            .where(*conditions)
            .order_by(message.c.date, message.c.number, registration.c.position)
        ).mappings()
    )
    ids = [row["id"] for row in rows]
    fields: dict[str, dict[str, StoredField]] = {row_id: {} for row_id in ids}
    places: dict[str, Location] = {}
    for some in slices(ids):
        for row in connection.execute(select(field).where(field.c.registration_id.in_(some))).mappings():
            fields[row["registration_id"]][row["name"]] = _load_field(dict(row))
    for some in slices([row["location_id"] for row in rows if row["location_id"]]):
        for row in connection.execute(select(location).where(location.c.id.in_(some))).mappings():
            places[row["id"]] = load_location(dict(row))
    nowhere = Location(LocationState.NOT_TRIED)
    return [
        StoredRegistration(
            **{
                **{k: v for k, v in row.items() if k not in ("intent", "notes", "sender_email")},
                "intent": Intent(row["intent"]),
                "notes": tuple(row["notes"]),
                "sender_email": (row["sender_email"] or "").lower(),
                "fields": {name: fields[row["id"]][name] for name in FIELD_NAMES},
                "location": places.get(row["location_id"], nowhere),
            }
        )
        for row in rows
    ]


def get_registration(connection: Connection, registration_id: str) -> StoredRegistration:
    """KeyError if there is none."""
    found = _registrations(connection, registration.c.id == registration_id)
    if not found:
        raise KeyError(registration_id)
    return found[0]


def get_registrations(connection: Connection, ids: list[str]) -> list[StoredRegistration]:
    """Those registrations, in the order of their mails; unknown ids are left out."""
    return [r for some in slices(ids) for r in _registrations(connection, registration.c.id.in_(some))]


def registrations_of(connection: Connection, message_id: str) -> list[StoredRegistration]:
    """What one message says, in its order."""
    return _registrations(connection, registration.c.message_id == message_id)


def all_registrations(connection: Connection, edition_id: str) -> list[StoredRegistration]:
    """Every registration of the edition, oldest mail first."""
    return _registrations(connection, registration.c.edition_id == edition_id)


def open_registrations(connection: Connection, edition_id: str) -> list[StoredRegistration]:
    """Those not decided yet, oldest mail first."""
    return _registrations(connection, registration.c.edition_id == edition_id, registration.c.state == "open")
