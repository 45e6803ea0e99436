"""Dates of headers, and of the lines above quoted mails in several languages."""

from __future__ import annotations

import pytest

from poltwt_console.mailbox.dates import parse_date, parse_written_date


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tue, 08 Oct 2013 09:15:00 +0200", "2013-10-08T07:15:00+00:00"),
        ("8 Oct 13 09:15 GMT", "2013-10-08T09:15:00+00:00"),
        ("Tue, 8 Oct 2013 09:15:60 +0000 (UTC)", "2013-10-08T09:15:59+00:00"),
        ("Tue, 8 Oct 2013 09:15:00 +9959", "2013-10-08T09:15:00+00:00"),  # a zone that cannot be
        ("Thu, 1 Jan 1970 00:00:00 +0000", None),
        ("99 Foo 2013", None),
        ("", None),
    ],
)
def test_headers(text: str, expected: str | None) -> None:
    moment = parse_date(text)
    assert (moment.isoformat() if moment else None) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Wed, Oct 2, 2013 at 2:20 PM", "2013-10-02T14:20"),
        ("On Thu, Oct 17, 2013 at 11:05 AM, Ann <a@x> wrote:", "2013-10-17T11:05"),
        ("Monday, April 29, 2024 5:10 PM", "2024-04-29T17:10"),
        ("Mittwoch, 4. September 2013 15:02", "2013-09-04T15:02"),
        ("miércoles, 4 de septiembre de 2013 10:02", "2013-09-04T10:02"),
        ("15 oct. 2013 à 11:05", "2013-10-15T11:05"),
        ("2013年9月4日 22:02", "2013-09-04T22:02"),
        ("02.10.2013 14:20", "2013-10-02T14:20"),
        ("04-09-2013 15:03", "2013-09-04T15:03"),
        ("10/28/2013", "2013-10-28T00:00"),
        ("2013/10/15", "2013-10-15T00:00"),
        ("Tue, 30 Apr 2024 17:44:10 +0300", "2024-04-30T14:44"),
        ("40.40.2013", None),
        ("no date", None),
    ],
)
def test_written_dates(text: str, expected: str | None) -> None:
    moment = parse_written_date(text)
    assert (moment.strftime("%Y-%m-%dT%H:%M") if moment else None) == expected
