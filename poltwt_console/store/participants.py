"""Participants and participations as rows; the current handle is unique, a former one only hints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, select

from poltwt_console.domain.folding import handle_key, search_text, sort_key
from poltwt_console.domain.matching import Likened
from poltwt_console.domain.participant import Participation, ParticipationState, Visibility
from poltwt_console.domain.place import Location
from poltwt_console.domain.registration import TakesPartAs
from poltwt_console.errors import ConsoleError
from poltwt_console.store.columns import new_id
from poltwt_console.store.history import Writer, slices
from poltwt_console.store.locations import load_location, location_row
from poltwt_console.store.tables import (
    agency,
    edition,
    field,
    former_handle,
    location,
    message,
    participant,
    participation,
    registration,
    value_source,
)


def agency_key(name: str) -> str:
    """The key under which an agency's names are the same: folded, without punctuation."""
    return sort_key(name)


def find_participant(connection: Connection, key: str) -> str | None:
    """The id of the participant who holds that handle now, or None."""
    return connection.execute(
        select(participant.c.id).where(
            participant.c.handle_key == key,
            participant.c.merged_into.is_(None),
            participant.c.erased_at.is_(None),
        )
    ).scalar_one_or_none()


def refuse_held(connection: Connection, handle: str, participant_id: str) -> None:
    """ConsoleError if another participant holds the handle now."""
    if find_participant(connection, handle_key(handle)) not in (None, participant_id):
        raise ConsoleError(f"@{handle} is held by another participant.", "Look at both before you decide.")


def handle_of(connection: Connection, participant_id: str) -> str:
    """The participant's handle now, with its "@"."""
    return "@" + str(
        connection.execute(
            select(participant.c.handle).where(participant.c.id == participant_id)
        ).scalar_one()
    )


def former_holders(connection: Connection, key: str) -> list[str]:
    """The participants who held that handle before: a hint, no more."""
    rows = connection.execute(select(former_handle.c.participant_id).where(former_handle.c.handle_key == key))
    return list(dict.fromkeys(rows.scalars()))


def participation_of(connection: Connection, edition_id: str, participant_id: str) -> Participation | None:
    """That participant's participation in the edition, or None."""
    found = _participations(
        connection, participation.c.edition_id == edition_id, participation.c.participant_id == participant_id
    )
    return found[0] if found else None


def registered_by(connection: Connection, edition_id: str, sender_email: str) -> list[Participation]:
    """The participations that mails of this sender registered, those that do not stand left out."""
    if not sender_email:  # mails without a sender are not all of one sender
        return []
    ids = (
        select(registration.c.participation_id)
        .join(message, registration.c.message_id == message.c.id)
        .where(
            message.c.sender_email.ilike(_literal(sender_email), escape="\\"),
            registration.c.participation_id.is_not(None),
            registration.c.intent != "withdraw",
        )
    )
    return _participations(
        connection,
        participation.c.edition_id == edition_id,
        participation.c.id.in_(ids),
        participation.c.state.not_in((ParticipationState.WITHDRAWN.value, ParticipationState.DECLINED.value)),
    )


def _literal(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def senders_of(connection: Connection, participation_id: str) -> set[str]:
    """The mail addresses (lower case) from which this participation was registered or changed."""
    rows = connection.execute(
        select(message.c.sender_email)
        .join(registration, registration.c.message_id == message.c.id)
        .where(registration.c.participation_id == participation_id)
    )
    return {email.lower() for email in rows.scalars()}


def _load(row: Row[Any]) -> Participation:
    values = dict(row._mapping)
    place = None
    if values["location_id"]:
        place = load_location({c.name: values[f"place_{c.name}"] for c in location.c})
    return Participation(
        id=values["id"],
        participant_id=values["participant_id"],
        handle=values["handle"],
        kind=TakesPartAs(values["kind"]),
        name=values["name"],
        person=values["person"],
        address=values["address"],
        city=values["city"],
        country=values["country"],
        contact_name=values["contact_name"],
        contact_email=values["contact_email"],
        language=values["language"],
        state=ParticipationState(values["state"]),
        visibility=Visibility(values["visibility"]),
        visibility_by=values["visibility_by"],
        note=values["note"],
        agency_id=values["agency_id"],
        location_id=values["location_id"],
        location=place,
        row_version=values["row_version"],
    )


def _participations(connection: Connection, *conditions: Any) -> list[Participation]:
    """The participations that meet the conditions (on the tables participation, participant, location)."""
    rows = connection.execute(
        select(participation, *(c.label(f"place_{c.name}") for c in location.c))
        .join(participant, participation.c.participant_id == participant.c.id)
        .outerjoin(location, participation.c.location_id == location.c.id)
        .where(participant.c.merged_into.is_(None), participant.c.erased_at.is_(None), *conditions)
        .order_by(participation.c.sort_key, participation.c.id)
    )
    return [_load(row) for row in rows]


def get_participation(connection: Connection, participation_id: str) -> Participation:
    """KeyError if there is none."""
    found = _participations(connection, participation.c.id == participation_id)
    if not found:
        raise KeyError(participation_id)
    return found[0]


def derived(values: Mapping[str, Any]) -> dict[str, str]:
    """The search and sort columns of a participation with these values."""
    officer = values["kind"] == TakesPartAs.OFFICER.value
    title = (values["person"] or values["name"]) if officer else values["name"]
    return {
        "search": search_text(
            values["handle"],
            values["name"],
            values["person"],
            values["city"],
            values["address"],
            values["contact_name"],
            values["contact_email"],
        ),
        "sort_key": sort_key(title or values["handle"]),
    }


def find_agency(connection: Connection, name: str, country: str) -> str | None:
    """The agency of that name in that country (or of unknown country), or None."""
    rows = connection.execute(
        select(agency.c.id, agency.c.country).where(
            agency.c.name_key == agency_key(name), agency.c.merged_into.is_(None)
        )
    )
    for row in rows:
        if not row.country or not country or row.country == country:
            return str(row.id)
    return None


def add_participation(
    writer: Writer, edition_id: str, values: Mapping[str, str], found: Location, *, participant_id: str | None
) -> str:
    """A new participation, of a new participant unless one is given; returns its id.

    ``values`` are those of ``domain.participant.VALUES`` and ``language``.
    """
    agency_id = _agency_for(writer, values["name"], values["country"]) if values["name"] else None
    if participant_id is None:
        [participant_id] = writer.insert(
            participant,
            [
                {
                    "handle": values["handle"],
                    "handle_key": handle_key(values["handle"]),
                    "agency_id": agency_id,
                    "person": values["person"],
                    "merged_into": None,
                    "erased_at": None,
                    "created_at": writer.now,
                }
            ],
        )
    location_id = new_id()
    writer.insert(location, [{"id": location_id, **location_row(found)}])
    row = {
        "edition_id": edition_id,
        "participant_id": participant_id,
        "agency_id": agency_id,
        **values,
        "planned_from": None,
        "planned_until": None,
        "goal": "",
        "visibility": Visibility.DEFAULT.value,
        "visibility_by": "default",
        "state": ParticipationState.CONFIRMED.value,
        "invited_at": None,
        "confirmed_at": writer.now,
        "declined_at": None,
        "withdrawn_at": None,
        "note": "",
        "location_id": location_id,
        **derived(values),
    }
    [participation_id] = writer.insert(participation, [row])
    return participation_id


def set_values(writer: Writer, participation_id: str, values: Mapping[str, Any]) -> None:
    """Set values of a participation with all that follows from them."""
    before = writer.get(participation, participation_id)
    writer.update(participation, participation_id, values)
    follow(writer, participation_id, before["handle"])


def follow(writer: Writer, participation_id: str, handle_before: str) -> None:
    """Bring along what follows from a participation's values: search, sort key, agency, and the handle."""
    row = writer.get(participation, participation_id)
    agency_id = _agency_for(writer, row["name"], row["country"]) if row["name"] else None
    writer.update(participation, participation_id, {**derived(row), "agency_id": agency_id})
    if row["handle"] != handle_before and _is_newest(
        writer.connection, row["participant_id"], participation_id
    ):
        _rename(writer, row["participant_id"], handle_before, row["handle"])


def _is_newest(connection: Connection, participant_id: str, participation_id: str) -> bool:
    """Whether the participation is of the participant's newest edition: an older one is the past."""
    newest = (
        select(participation.c.id)
        .join(edition, participation.c.edition_id == edition.c.id)
        .where(participation.c.participant_id == participant_id)
        .order_by(edition.c.day.desc())
        .limit(1)
    )
    return bool(connection.execute(newest).scalar_one() == participation_id)


def _rename(writer: Writer, participant_id: str, before: str, now: str) -> None:
    """Give a participant a new handle; the former one is kept with its date."""
    if handle_key(before) != handle_key(now):
        row = {"participant_id": participant_id, "handle": before, "handle_key": handle_key(before)}
        writer.insert(former_handle, [{**row, "until": writer.now}])
    writer.update(participant, participant_id, {"handle": now, "handle_key": handle_key(now)})


def _agency_for(writer: Writer, name: str, country: str) -> str:
    """The agency of that name, made if it is not known yet."""
    known = find_agency(writer.connection, name, country)
    if known is not None:
        return known
    row: dict[str, Any] = {
        "name": name,
        "name_key": agency_key(name),
        "also_known_as": [],
        "country": country,
        "merged_into": None,
    }
    [agency_id] = writer.insert(agency, [row])
    return agency_id


def name_sources(writer: Writer, participation_id: str, field_ids: Mapping[str, str | None]) -> None:
    """Say of each value where it comes from: the id of a registration's field, or None for a person."""
    there = {
        row.name: row.id
        for row in writer.connection.execute(
            select(value_source.c.name, value_source.c.id).where(
                value_source.c.participation_id == participation_id
            )
        )
    }
    new = []
    for name, field_id in field_ids.items():
        values = {"field_id": field_id, "set_at": writer.now, "set_by": writer.author}
        if name in there:
            writer.update(value_source, there[name], values)
        else:
            new.append({"participation_id": participation_id, "name": name, **values})
    writer.insert(value_source, new)


def sources_of(connection: Connection, participation_id: str) -> dict[str, dict[str, Any]]:
    """For each value its source: when and by whom it was set; the mail, rule and words if from one."""
    rows = connection.execute(
        select(
            value_source.c.name,
            value_source.c.set_at,
            value_source.c.set_by,
            value_source.c.field_id,
            field.c.rule,
            field.c.words,
            message.c.id.label("message_id"),
            message.c.number,
            message.c.subject,
        )
        .outerjoin(field, value_source.c.field_id == field.c.id)
        .outerjoin(registration, field.c.registration_id == registration.c.id)
        .outerjoin(message, registration.c.message_id == message.c.id)
        .where(value_source.c.participation_id == participation_id)
    ).mappings()
    return {row["name"]: dict(row) for row in rows}


def candidates_for_likeness(connection: Connection, edition_id: str) -> list[tuple[str, Likened]]:
    """(participation id, what matching looks at) of the edition's participations."""
    rows = connection.execute(
        select(
            participation.c.id,
            participation.c.handle,
            participation.c.name,
            participation.c.city,
            participation.c.country,
            participation.c.contact_email,
        )
        .join(participant, participation.c.participant_id == participant.c.id)
        .where(
            participation.c.edition_id == edition_id,
            participant.c.merged_into.is_(None),
            participant.c.erased_at.is_(None),
        )
    )
    return [(row[0], Likened(*row[1:])) for row in rows]


def all_participations(connection: Connection, edition_id: str) -> list[Participation]:
    """The edition's participations in the order of their names."""
    return _participations(connection, participation.c.edition_id == edition_id)


def participations_by_id(connection: Connection, ids: Sequence[str]) -> list[Participation]:
    """Those participations in the order of the ids; unknown ones are left out."""
    found = {
        p.id: p for some in slices(ids) for p in _participations(connection, participation.c.id.in_(some))
    }
    return [found[i] for i in ids if i in found]
