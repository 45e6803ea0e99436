"""Figures, each with what is counted; the rows behind one are those of the same conditions."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from poltwt_console.domain.participant import ParticipationState
from poltwt_console.store.tables import message, participant, participation


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of one edition.  Accounts are confirmed ones only; agencies are those behind agency accounts."""

    mails: int
    agency_accounts: int
    agencies: int
    officers: int
    countries: int
    withdrawn: int


def figures(connection: Connection, edition_id: str) -> Figures:
    """The figures of an edition now."""
    p = participation.c
    standing = (
        select(p.kind, p.agency_id, p.country, p.state)
        .join(participant, p.participant_id == participant.c.id)
        .where(
            p.edition_id == edition_id, participant.c.merged_into.is_(None), participant.c.erased_at.is_(None)
        )
    )
    rows = connection.execute(standing).all()
    confirmed = [row for row in rows if row.state == ParticipationState.CONFIRMED.value]
    agencies = [row for row in confirmed if row.kind == "agency"]
    mails = connection.execute(select(func.count()).where(message.c.edition_id == edition_id)).scalar_one()
    return Figures(
        mails=int(mails),
        agency_accounts=len(agencies),
        agencies=len({row.agency_id for row in agencies if row.agency_id}),
        officers=len(confirmed) - len(agencies),
        countries=len({row.country for row in confirmed if row.country}),
        withdrawn=sum(row.state == ParticipationState.WITHDRAWN.value for row in rows),
    )
