"""Whether a database is whole: the file, its references, and the rules that nothing may break.

Each check returns sentences; none means that it holds.  They are read-only and may be run on a
database that another program has open.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator

from sqlalchemy import Connection, func, select

from poltwt_console.domain.folding import handle_key
from poltwt_console.domain.message_json import load_parts
from poltwt_console.store.history import image
from poltwt_console.store.tables import (
    HISTORIC,
    field,
    location,
    message,
    metadata,
    participant,
    participation,
    publication_row,
    registration,
    source,
    step,
    step_row,
    value_source,
)


def verify(connection: Connection) -> dict[str, list[str]]:
    """For each check its name and what is wrong, in sentences."""
    return {name: list(check(connection)) for name, check in CHECKS.items()}


def _file(connection: Connection) -> Iterator[str]:
    if connection.dialect.name != "sqlite":
        return
    for (answer,) in connection.exec_driver_sql("PRAGMA integrity_check"):
        if answer != "ok":
            yield f"The file is damaged: {answer}."
    for row in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield f"A row of {row[0]} points to a row of {row[2]} that is gone."


def _mails(connection: Connection) -> Iterator[str]:
    rows = connection.execute(select(message.c.number, source.c.id, source.c.raw).outerjoin(source))
    for number, source_id, raw in rows:
        if source_id is None:
            yield f"Mail #{number} has lost its bytes."
        elif hashlib.sha256(raw).hexdigest() != source_id:
            yield f"The bytes of mail #{number} are not those that came in."


def _words(connection: Connection) -> Iterator[str]:
    evidence = (
        select(message.c.number, source.c.id, source.c.parts, field)
        .join(registration, field.c.registration_id == registration.c.id)
        .join(message, registration.c.message_id == message.c.id)
        .join(source, message.c.source_id == source.c.id)
        .where(field.c.start.is_not(None))
        .order_by(source.c.id)
    )
    last, parts = "", {}
    for row in connection.execute(evidence).mappings():
        if row[source.c.id] != last:
            last = row[source.c.id]
            parts = {part.id: part.text for part in load_parts(row[source.c.parts])}
        text = parts.get(row[field.c.part], "")
        if text[row[field.c.start] : row[field.c.end]] != row[field.c.words]:
            name, number = row[field.c.name], row[message.c.number]
            yield f"The words of {name} in mail #{number} are not where they were."


def _handles(connection: Connection) -> Iterator[str]:
    standing = participant.c.merged_into.is_(None) & participant.c.erased_at.is_(None)
    doubled = (
        select(participant.c.handle_key)
        .where(standing)
        .group_by(participant.c.handle_key)
        .having(func.count() > 1)
    )
    for key in connection.execute(doubled).scalars():
        yield f"@{key} is held by two participants."
    for handle, key in connection.execute(
        select(participant.c.handle, participant.c.handle_key).where(standing)
    ):
        if handle_key(handle) != key:
            yield f"@{handle} would not be found by its name."


def _sources(connection: Connection) -> Iterator[str]:
    strays = (
        select(participation.c.handle, value_source.c.name)
        .join(value_source, value_source.c.participation_id == participation.c.id)
        .join(field, value_source.c.field_id == field.c.id)
        .join(registration, field.c.registration_id == registration.c.id)
        .where(registration.c.participation_id.is_distinct_from(participation.c.id))
        .where(registration.c.state == "accepted")
    )
    for handle, name in connection.execute(strays):
        yield f"The {name} of @{handle} names a source that speaks of another account."


def _places(connection: Connection) -> Iterator[str]:
    for owners in (registration, participation):
        shared = (
            select(owners.c.location_id)
            .where(owners.c.location_id.is_not(None))
            .group_by(owners.c.location_id)
            .having(func.count() > 1)
        )
        for location_id in connection.execute(shared).scalars():
            yield f"Two {owners.name}s share the place {location_id}: moving one would move the other."
    both = select(registration.c.location_id).join(
        participation, registration.c.location_id == participation.c.location_id
    )
    for location_id in connection.execute(both).scalars():
        yield f"A registration and a participation share the place {location_id}."
    bad = select(location.c.id).where(
        (location.c.latitude > 90)
        | (location.c.latitude < -90)
        | (location.c.longitude > 180)
        | (location.c.longitude < -180)
    )
    for location_id in connection.execute(bad).scalars():
        yield f"The place {location_id} is not on the earth."


def _history(connection: Connection) -> Iterator[str]:
    """Every row is as the newest step that touched it left it: nothing was changed silently."""
    newest: dict[tuple[str, str], object] = {}
    order = (
        select(step_row.c.table, step_row.c.row_id, step_row.c.after)
        .join(step)
        .order_by(step.c.number, step_row.c.position)
    )
    # An import that commits in pieces writes under its old number; what others did since counts.
    for table, row_id, after in connection.execute(order):
        newest[table, row_id] = after
    for table in HISTORIC:
        for row in connection.execute(select(metadata.tables[table.name])).mappings():
            key = (table.name, row["id"])
            if key in newest and newest[key] != image(table, dict(row)):
                yield f"A row of {table.name} ({row['id']}) is not as its history says."
            elif key not in newest and table.name != "edition":
                yield f"A row of {table.name} ({row['id']}) has no history."


def _figures(connection: Connection) -> Iterator[str]:
    for row_id, copy in connection.execute(select(publication_row.c.id, publication_row.c.copy)):
        if not copy:
            yield f"A published row ({row_id}) has no copy of what was published."


CHECKS: dict[str, Callable[[Connection], Iterator[str]]] = {
    "the file and its references": _file,
    "no mail is lost": _mails,
    "every value stands on its words": _words,
    "no account is doubled": _handles,
    "every value names its source": _sources,
    "no two share a pin": _places,
    "nothing was changed without history": _history,
    "published figures have their rows": _figures,
}
