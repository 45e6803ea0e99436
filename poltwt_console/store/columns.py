"""Column types that hold the same on SQLite and PostgreSQL."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, String, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from poltwt_console.domain.folding import storable

Key = String(36)
# One encoder for all: json.dumps would make a new one for every cell of an import.
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


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
    """JSON as text; None is NULL.

    Text on both databases, since nothing is asked inside it: PostgreSQL's jsonb would refuse an
    escaped U+0000, and would give the keys back in another order than the images were written.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        if value is None:
            return None
        text = _encode(value)
        # "\u0000" may also be six characters of a text; only the values themselves tell.
        return _encode(_storable_inside(value)) if "\\u0000" in text or storable(text) != text else text

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else json.loads(value)


def _storable_inside(value: Any) -> Any:
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {key: _storable_inside(v) for key, v in value.items()}
    if isinstance(value, list | tuple):
        return [_storable_inside(v) for v in value]
    return value
