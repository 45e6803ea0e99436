"""Column types that hold the same on SQLite and PostgreSQL."""

from __future__ import annotations

import json
import os
import time
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, String, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from poltwt_console.domain.folding import is_storable, storable

Key = String(36)
# One encoder for all: json.dumps would make a new one for every cell of an import.
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def new_id() -> str:
    """A key made by us, not by the database: merge, round trip and calendar UIDs rest on it.

    A UUID of version 7 (RFC 9562, 5.7): it begins with the time, in steps of a quarter of a
    microsecond, so that the keys of one import lie side by side in every index (random ones touch a
    page each).
    """
    milliseconds, rest = divmod(time.time_ns(), 1_000_000)
    fine = rest * 4096 // 1_000_000
    tail = int.from_bytes(os.urandom(8)) & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
    digits = f"{milliseconds:012x}7{fine:03x}{tail:016x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


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
        if value == []:  # most cells of an import
            return "[]"
        text = _encode(value)
        # "\u0000" may also be six characters of a text; only the values themselves tell.
        return text if "\\u0000" not in text and is_storable(text) else _encode(_storable_inside(value))

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
