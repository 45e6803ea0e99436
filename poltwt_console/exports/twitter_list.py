"""The Twitter list: workbook with agencies and officers apart, CSV, and the bare names for list tools."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from poltwt_console.domain.edition import Edition
from poltwt_console.exports.entry import Entry
from poltwt_console.exports.texts import guarded
from poltwt_console.exports.workbook import Sheet, Value, write_workbook

_HEADERS = ("Twitter name", "Profile", "Name", "Agency", "City", "Country", "Starts (UTC)")
_COLUMNS = ("twitter_name", "profile", "takes_part_as", "name", "agency", "city", "country", "country_code")


def write_xlsx(path: Path, edition: Edition, entries: Sequence[Entry], made_at: datetime) -> None:
    """Sheets Agencies, Officers and About."""
    agencies = [e for e in entries if e.kind == "agency"]
    officers = [e for e in entries if e.kind == "officer"]
    about: list[tuple[str, Value]] = [
        ("Edition", edition.title),
        ("Hashtag", edition.hashtag),
        ("Day", edition.day.isoformat()),
        ("Made", made_at.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")),
        ("Agency accounts", len(agencies)),
        ("Officers", len(officers)),
        ("What is counted", "confirmed accounts that are not hidden"),
        ("Made with", "poltwt console; places: GeoNames, CC BY 4.0"),
    ]
    sheets = [
        Sheet("Agencies", _HEADERS, [_row(e) for e in agencies], frozenset({"Profile"})),
        Sheet("Officers", _HEADERS, [_row(e) for e in officers], frozenset({"Profile"})),
        Sheet("About", ("What", "Value"), about, table=False),
    ]
    write_workbook(path, sheets, made_at)


def _row(entry: Entry) -> tuple[str | datetime | None, ...]:
    return (
        f"@{entry.handle}",
        entry.url,
        entry.title,
        entry.agency,
        entry.city,
        entry.country_name,
        entry.starts_at,
    )


def write_csv(path: Path, entries: Sequence[Entry]) -> None:
    """One line an account, for spreadsheets: UTF-8 with a mark, nothing starts like a formula."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(_COLUMNS)
        for e in entries:
            values = (e.handle, e.url, e.kind, e.title, e.agency, e.city, e.country_name, e.country)
            rows.writerow([guarded(value) for value in values])


def write_handles(path: Path, entries: Sequence[Entry]) -> None:
    """One Twitter name a line without "@", as list tools want it: exact bytes, LF."""
    path.write_text("".join(f"{e.handle}\n" for e in entries), encoding="ascii", newline="\n")
