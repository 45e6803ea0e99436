"""The table of participants: ids in order, rows by id, and where each stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from poltwt_console.domain.folding import fold
from poltwt_console.domain.participant import Participation
from poltwt_console.store.history import Step, steps_of_row
from poltwt_console.store.participants import participations_by_id
from poltwt_console.store.tables import (
    location,
    message,
    participant,
    participation,
    publication,
    publication_row,
    registration,
)

#: What the table can be ordered by; each column of the screen names one of these.
ORDERS: dict[str, ColumnElement[Any]] = {
    "handle": func.lower(participation.c.handle),
    "name": participation.c.sort_key,
    "kind": participation.c.kind,
    "city": func.lower(participation.c.city),
    "country": participation.c.country,
    "precision": location.c.precision,
    "timezone": location.c.timezone,
    "state": participation.c.state,
}


def participation_ids(
    connection: Connection,
    edition_id: str,
    *,
    search: str = "",
    kind: str | None = None,
    country: str | None = None,
    state: str | None = None,
    doubtful: bool = False,
    order: str = "name",
    descending: bool = False,
) -> list[str]:
    """The ids in order; ``doubtful`` keeps those whose place wants a look."""
    query = (
        select(participation.c.id)
        .join(participant, participation.c.participant_id == participant.c.id)
        .outerjoin(location, participation.c.location_id == location.c.id)
        .where(
            participation.c.edition_id == edition_id,
            participant.c.merged_into.is_(None),
            participant.c.erased_at.is_(None),
        )
    )
    for word in fold(search).split():
        query = query.where(participation.c.search.contains(word.lstrip("@"), autoescape=True))
    if kind is not None:
        query = query.where(participation.c.kind == kind)
    if country is not None:
        query = query.where(participation.c.country == country)
    if state is not None:
        query = query.where(participation.c.state == state)
    if doubtful:
        query = query.where(location.c.locked.is_(False), location.c.needs_review != [])
    column = ORDERS[order]
    query = query.order_by(
        column.desc() if descending else column, participation.c.sort_key, participation.c.id
    )
    return list(connection.execute(query).scalars())


def participation_rows(connection: Connection, ids: Sequence[str]) -> list[Participation]:
    """The rows in the order of the ids."""
    return participations_by_id(connection, list(ids))


def countries_of(connection: Connection, edition_id: str) -> list[tuple[str, int]]:
    """(ISO code, accounts) of the edition, most accounts first."""
    rows = connection.execute(
        select(participation.c.country, func.count())
        .where(participation.c.edition_id == edition_id, participation.c.country != "")
        .group_by(participation.c.country)
        .order_by(func.count().desc(), participation.c.country)
    )
    return [(country, count) for country, count in rows]


def history_of(connection: Connection, participation_id: str) -> list[Step]:
    """What was done to a participation, its place and its participant, newest first."""
    row = connection.execute(
        select(participation.c.location_id, participation.c.participant_id).where(
            participation.c.id == participation_id
        )
    ).one()
    return steps_of_row(connection, [i for i in (participation_id, *row) if i])


def mails_of(connection: Connection, participation_id: str) -> list[tuple[str, int, str]]:
    """(id, number, subject) of the mails that speak of a participation, oldest first."""
    rows = connection.execute(
        select(message.c.id, message.c.number, message.c.subject)
        .join(registration, registration.c.message_id == message.c.id)
        .where(registration.c.participation_id == participation_id)
        .distinct()
        .order_by(message.c.number)
    )
    return [(row.id, row.number, row.subject) for row in rows]


def on_the_list(connection: Connection, edition_id: str) -> set[str]:
    """The participations in the Twitter list that went out last."""
    newest = (
        select(publication.c.id)
        .where(publication.c.edition_id == edition_id, publication.c.kind == "twitter-list")
        .order_by(publication.c.made_at.desc())
        .limit(1)
        .scalar_subquery()
    )
    rows = connection.execute(
        select(publication_row.c.participation_id).where(publication_row.c.publication_id == newest)
    )
    return {i for i in rows.scalars() if i}
