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
_NAMED = re.compile(
    r"(?:([^\W\d_]{3,12})\.?[ ](\d{1,2})|(?<!\d)(\d{1,2})\.?[ ](?:de[ ])?([^\W\d_]{3,12})\.?)"
    r",?[ ](?:de[ ])?(\d{4})(?:[^\d\n]{1,20}(\d{1,2})[:.h](\d{2}))?"
)
#: The first letters of months in the languages that share them; others stay without a date.
_MONTHS = {
    "jan": 1, "ene": 1, "gen": 1, "feb": 2, "fév": 2, "fev": 2, "mar": 3, "mär": 3, "mrt": 3, "maa": 3,
    "apr": 4, "avr": 4, "abr": 4, "may": 5, "mai": 5, "maj": 5, "mei": 5, "mag": 5, "jun": 6, "giu": 6,
    "jul": 7, "lug": 7, "aug": 8, "aoû": 8, "ago": 8, "sep": 9, "set": 9, "oct": 10, "okt": 10, "out": 10,
    "ott": 10, "nov": 11, "dec": 12, "dez": 12, "déc": 12, "dic": 12, "des": 12,
}  # fmt: skip
_ZONED = re.compile(r"\d [+-]\d{4}\b|\d (?:GMT|UTC)\b")
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
    exact = parse_date(text) if _ZONED.search(text) else None
    if exact is not None:
        return exact
    found = _NUMERIC.search(text)
    named = _NAMED.search(text)
    if found is not None:
        year, month, day, day2, month2, year2, hour, minute = (int(group or 0) for group in found.groups())
        if not year:
            year, month, day = year2, month2, day2
            if month > 12:
                month, day = day, month
    elif named is not None:
        name, day1, day2_, name2, year_, hour_, minute_ = named.groups()
        month = _MONTHS.get((name or name2)[:3].casefold(), 0)
        year, day, hour, minute = int(year_), int(day1 or day2_), int(hour_ or 0), int(minute_ or 0)
    else:
        return parse_date(text)
    try:
        moment = datetime(year, month, day, hour % 24, minute % 60, tzinfo=UTC)
    except ValueError:
        return None
    return moment + timedelta(hours=12) if hour < 12 and _AFTERNOON.search(text) else moment
