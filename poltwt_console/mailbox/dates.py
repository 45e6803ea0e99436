"""Dates of header fields and of quoted header lines, as UTC."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_tz

_EARLIEST = datetime(1971, 1, 1, tzinfo=UTC)  # before any mail; an epoch of zero is a clock not set
_NUMERIC = re.compile(
    r"(?:(\d{4})[-/.年][ ]?(\d{1,2})[-/.月][ ]?(\d{1,2})日?|(\d{1,2})[./-](\d{1,2})[./-](\d{4}))"
    r"(?:[^\d\n]{1,20}(\d{1,2})[:.h](\d{2}))?"
)
_AFTERNOON = re.compile(r"\d\s{0,2}(?:pm|p\.\s?m\.)", re.IGNORECASE)


def parse_date(text: str) -> datetime | None:
    """A date as RFC 5322 writes it, or nearly so; None if it is none."""
    try:
        parts = parsedate_tz(text[:200])
    except (ValueError, IndexError, TypeError, OverflowError):
        return None
    if parts is None:
        return None
    offset = parts[9] or 0
    if abs(offset) >= 86_400:
        offset = 0
    try:
        moment = datetime(*parts[:5], min(parts[5], 59), tzinfo=timezone(timedelta(seconds=offset)))
        moment = moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return moment if moment > _EARLIEST else None


def parse_written_date(text: str) -> datetime | None:
    """A date as mail programs write it above a quoted mail; None if its form is not known.

    The day comes first where that is open (3/4/2024), and local time is taken for UTC: it
    places the mail within a day, no closer.
    """
    text = text[:300]
    found = _NUMERIC.search(text)
    if found is None:
        moment = parse_date(text.replace(" at ", " ", 1))
        hour = moment.hour if moment else 0
    else:
        year, month, day, day2, month2, year2, hour, minute = (int(group or 0) for group in found.groups())
        if not year:
            year, month, day = year2, month2, day2
            if month > 12:
                month, day = day, month
        try:
            moment = datetime(year, month, day, hour % 24, minute % 60, tzinfo=UTC)
        except ValueError:
            return None
    if moment is not None and hour < 12 and _AFTERNOON.search(text):
        moment += timedelta(hours=12)
    return moment
