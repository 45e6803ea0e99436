"""When an edition starts and ends for a place: local wall clock to UTC, by the rules of that date.

"8 a.m. local time" is a wall clock, so it is kept as zone and hour and worked out from the zone's
dated rules (IANA time zone database): Caracas was at -04:30 in 2013 and is not today.  Where a
clock change makes the hour exist twice, the first is meant; where it makes it not exist, the
clock as it ran before the change counts, so that nobody starts early (PEP 495, ``fold=0``).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from poltwt_console.domain.edition import Edition
from poltwt_console.errors import ConsoleError


class UnknownZoneError(ConsoleError):
    """A time zone's name is not in the time zone database."""


@dataclass(frozen=True, slots=True)
class Window:
    """The hours of an edition in one zone; ``start`` and ``end`` are UTC, ``offset`` is that of the start."""

    zone: str
    start: datetime
    end: datetime
    offset: timedelta

    @property
    def local_start(self) -> datetime:
        """The start on the wall clock of the zone."""
        return self.start.astimezone(ZoneInfo(self.zone))

    @property
    def local_end(self) -> datetime:
        """The end on the wall clock of the zone; another hour of the day if clocks changed in between."""
        return self.end.astimezone(ZoneInfo(self.zone))


@cache
def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        # ValueError: an absolute path or "..", OSError: the name of a folder of zones.
        raise UnknownZoneError(
            f"There is no time zone called {name!r}.", "Choose one from the list, such as Europe/London."
        ) from error


def check_zone(name: str) -> None:
    """UnknownZoneError if there is no such zone."""
    _zone(name)


def start_instant(day: date, hour: int, zone: str) -> datetime:
    """The UTC instant of ``hour`` o'clock on ``day`` in a zone; UnknownZoneError if there is no such zone."""
    return datetime.combine(day, time(hour), _zone(zone)).astimezone(UTC)


def window_of(edition: Edition, zone: str) -> Window:
    """The edition's hours in a zone; UnknownZoneError if there is no such zone."""
    start = start_instant(edition.day, edition.start_hour, zone)
    offset = start.astimezone(_zone(zone)).utcoffset()
    assert offset is not None  # a ZoneInfo always knows
    return Window(zone, start, start + timedelta(hours=edition.hours), offset)


def offset_on(day: date, zone: str, hour: int = 8) -> timedelta:
    """What a zone's clock is ahead of UTC at an hour of a day; UnknownZoneError if there is no such zone."""
    offset = datetime.combine(day, time(hour), _zone(zone)).utcoffset()
    assert offset is not None
    return offset


def distinct_starts(edition: Edition, zones: Iterable[str]) -> list[datetime]:
    """All instants (UTC) at which the edition starts somewhere in those zones, in order."""
    return sorted({start_instant(edition.day, edition.start_hour, zone) for zone in zones})
