"""8 a.m. everywhere: dated rules, all start instants, hours that do not exist or exist twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import available_timezones

import pytest

from poltwt_console.domain.edition import NOVEMBER_2013
from poltwt_console.domain.schedule import (
    UnknownZoneError,
    distinct_starts,
    offset_on,
    start_instant,
    window_of,
)

DAY = NOVEMBER_2013.day
REGIONS = [zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/")]


def test_there_are_39_start_instants_over_49_hours() -> None:
    starts = distinct_starts(NOVEMBER_2013, REGIONS)
    assert len(starts) == 39
    assert starts[0] == datetime(2013, 10, 31, 18, tzinfo=UTC)
    assert starts[-1] == datetime(2013, 11, 1, 19, tzinfo=UTC)
    last_end = starts[-1] + timedelta(hours=NOVEMBER_2013.hours)
    assert last_end == datetime(2013, 11, 2, 19, tzinfo=UTC)
    assert last_end - starts[0] == timedelta(hours=49)


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Apia"])
def test_the_first_to_start(zone: str) -> None:
    assert start_instant(DAY, 8, zone) == datetime(2013, 10, 31, 18, tzinfo=UTC)


@pytest.mark.parametrize("zone", ["Pacific/Pago_Pago", "Pacific/Niue", "Pacific/Midway"])
def test_the_last_to_start(zone: str) -> None:
    assert start_instant(DAY, 8, zone) == datetime(2013, 11, 1, 19, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "hours"),
    [
        ("America/Caracas", -4.5),
        ("Europe/Istanbul", 2),
        ("America/Sao_Paulo", -2),
        ("Pacific/Apia", 14),
        ("Africa/Casablanca", 0),
        ("Asia/Tehran", 3.5),
        ("Asia/Kathmandu", 5.75),
        ("America/St_Johns", -2.5),
        ("Australia/Adelaide", 10.5),
    ],
)
def test_offsets_are_those_of_the_day(zone: str, hours: float) -> None:
    assert offset_on(DAY, zone) == timedelta(hours=hours)
    assert window_of(NOVEMBER_2013, zone).offset == timedelta(hours=hours)


@pytest.mark.parametrize(
    "zone", ["America/Caracas", "Europe/Istanbul", "America/Sao_Paulo", "Pacific/Apia", "Africa/Casablanca"]
)
def test_todays_offsets_differ_for_five_of_them(zone: str) -> None:
    assert offset_on(date(2025, 11, 1), zone) != offset_on(DAY, zone)


def test_no_zone_changes_its_clock_inside_its_own_window() -> None:
    for zone in REGIONS:
        window = window_of(NOVEMBER_2013, zone)
        assert window.local_start.utcoffset() == window.local_end.utcoffset(), zone


def test_a_window_tells_both_clocks() -> None:
    window = window_of(NOVEMBER_2013, "America/Chicago")
    assert window.start == datetime(2013, 11, 1, 13, tzinfo=UTC)
    assert window.end == datetime(2013, 11, 2, 13, tzinfo=UTC)
    assert (window.local_start.hour, window.local_end.hour) == (8, 8)


def test_a_clock_change_inside_a_window_moves_its_local_end() -> None:
    edition = replace(NOVEMBER_2013, day=date(2013, 11, 2))
    assert window_of(edition, "America/Chicago").local_end.hour == 7


def test_an_hour_that_exists_twice_is_the_first_and_one_that_does_not_is_never_early() -> None:
    assert start_instant(date(2013, 11, 3), 1, "America/Chicago") == datetime(2013, 11, 3, 6, tzinfo=UTC)
    assert start_instant(date(2013, 3, 10), 2, "America/Chicago") == datetime(2013, 3, 10, 8, tzinfo=UTC)


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "../etc/passwd", "/etc/passwd", "Europe", "\x00"])
def test_an_unknown_zone_is_refused_with_a_sentence(zone: str) -> None:
    with pytest.raises(UnknownZoneError) as raised:
        start_instant(DAY, 8, zone)
    assert raised.value.hint
