"""Editions."""

from __future__ import annotations

from sqlalchemy import Connection, select

from poltwt_console.domain.edition import Edition
from poltwt_console.errors import UsageError
from poltwt_console.store.tables import edition


def list_editions(connection: Connection) -> list[Edition]:
    """The newest first."""
    columns = [edition.c[name] for name in Edition.__dataclass_fields__]
    return [
        Edition(**row)
        for row in connection.execute(select(*columns).order_by(edition.c.day.desc())).mappings()
    ]


def get_edition(connection: Connection, edition_id: str | None = None) -> Edition:
    """That edition, or the newest; UsageError if there is none of that name."""
    editions = list_editions(connection)
    found = editions if edition_id is None else [e for e in editions if e.id == edition_id]
    if not found:
        known = ", ".join(e.id for e in editions)
        raise UsageError(f"There is no edition “{edition_id}”.", f"Known editions: {known}.")
    return found[0]
