"""The participants as the organiser keeps them: with contacts, so never for the public."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from poltwt_console.domain.countries import country_name
from poltwt_console.domain.edition import Edition
from poltwt_console.domain.participant import Participation
from poltwt_console.exports.texts import guarded
from poltwt_console.exports.workbook import Sheet, Value, write_workbook

_HEADERS = (
    "Id",
    "Twitter name",
    "Takes part as",
    "Agency",
    "Officer",
    "Address",
    "City",
    "Country",
    "Contact",
    "Contact mail",
    "Language",
    "State",
    "Shown",
    "Latitude",
    "Longitude",
    "Place known to",
    "Time zone",
    "Note",
)


def write_xlsx(
    path: Path, edition: Edition, participations: Sequence[Participation], made_at: datetime
) -> None:
    """Sheets Participants (private) and About."""
    about: list[tuple[str, Value]] = [
        ("Private", "This file holds contacts. Do not publish it."),
        ("Edition", edition.title),
        ("Made", made_at.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")),
        ("Rows", len(participations)),
    ]
    sheets = [
        Sheet("Participants (private)", _HEADERS, [_row(p) for p in participations]),
        Sheet("About", ("What", "Value"), about, table=False),
    ]
    write_workbook(path, sheets, made_at)


def _row(one: Participation) -> tuple[Value, ...]:
    place = one.location.place if one.location else None
    return (
        one.id,
        f"@{one.handle}",
        one.kind.value,
        one.name,
        one.person,
        one.address,
        one.city,
        country_name(one.country),
        one.contact_name,
        one.contact_email,
        one.language,
        one.state.value,
        one.visibility.value,
        place.latitude if place else None,
        place.longitude if place else None,
        place.precision.value if place else "",
        (place.timezone or "") if place else "",
        one.note,
    )


def write_csv(path: Path, participations: Sequence[Participation]) -> None:
    """The same columns for spreadsheets: UTF-8 with a mark, nothing starts like a formula."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(_HEADERS)
        for one in participations:
            values = _row(one)
            # A number is written as it is: a guard would make -41.3 a text.
            rows.writerow([guarded(v) if isinstance(v, str) else "" if v is None else v for v in values])
