"""Column types that hold the same on SQLite and PostgreSQL."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, String, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from poltwt_console.domain.folding import storable

Key = String(36)


def new_id() -> str:
    """A key made by us, not by the database: merge, round trip and calendar UIDs rest on it."""
    return str(uuid.uuid4())


class CleanText(TypeDecorator[str]):
    """Text without what no database can hold."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else storable(value)


class UtcTime(TypeDecorator[datetime]):
    """A moment in UTC; a naive datetime is a fault of ours and refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return (
            None
            if value is None
            else value.replace(tzinfo=UTC)
            if value.tzinfo is None
            else value.astimezone(UTC)
        )


class CleanJson(TypeDecorator[Any]):
    """JSON whose texts are clean; PostgreSQL's jsonb would refuse an escaped U+0000 too."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        return _clean_inside(value)


def _clean_inside(value: Any) -> Any:
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {key: _clean_inside(v) for key, v in value.items()}
    if isinstance(value, list | tuple):
        return [_clean_inside(v) for v in value]
    return value
