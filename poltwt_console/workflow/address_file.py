"""A file of addresses, each with its place beside it; no database is opened.

The file comes from a spreadsheet as often as from a program: its separator, its charset and the case of
its column names are found, not asked.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Protocol

from poltwt_console.domain.changes import SILENT, Changes, Progress, stop_if_cancelled
from poltwt_console.domain.counts import counted
from poltwt_console.domain.place import Hints, Location
from poltwt_console.errors import ExportError, UnreadableError, UsageError
from poltwt_console.paths import written_beside

_SEPARATORS = (",", ";", "\t", "|")
_NEEDED = {"id", "address"}
#: What is told of a place, in the order of the columns.
ANSWERS = (
    "state",
    "lat",
    "lon",
    "precision",
    "country",
    "region",
    "city",
    "timezone",
    "radius_km",
    "margin",
    "needs_review",
)


class Locates(Protocol):
    """What finds the place of an address; the offline geocoder does."""

    def locate(self, address: str, hints: Hints) -> Location:
        """The place, or a Location that says why there is none."""


def locate_file(geocoder: Locates, source: Path, target: Path, *, progress: Progress = SILENT) -> Changes:
    """Write each row of ``source`` (columns id, address, maybe country) with its place to ``target``.

    The answer is CSV in UTF-8, written beside and then renamed.  UsageError where both are one file,
    UnreadableError where the source is no such table, ExportError where the target cannot be written.
    """
    if _is_same(source, target):
        raise UsageError(
            f"{target} is the file of addresses itself.", "Give another name with --to; nothing was written."
        )
    rows = _read(source)
    found = 0
    try:
        with written_beside(target) as beside, beside.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(("id", "address", *ANSWERS))
            for done, row in enumerate(rows):
                stop_if_cancelled(progress)
                progress.report(done, len(rows), f"{done} of {counted(len(rows), 'address', 'addresses')}")
                hints = Hints(country=row.get("country", "").strip().upper() or None)
                place = located(geocoder.locate(row["address"], hints))
                found += place["lat"] is not None
                writer.writerow(
                    (row["id"], row["address"], *("" if v is None else v for v in place.values()))
                )
    except OSError as error:
        raise ExportError(
            f"{target} cannot be written: {error.strerror}.", "Choose another folder; an old file stays."
        ) from error
    counts = {"rows": len(rows), "found": found}
    sentence = f"{counted(len(rows), 'address', 'addresses')}, {found:,} found, written to {target.name}."
    return Changes(f"Locate {source.name}", counts=counts, sentence=sentence)


def located(found: Location) -> dict[str, Any]:
    """What is told of a place, by the names of ANSWERS; None where there is none."""
    place = found.place
    return {
        "state": found.state.value,
        "lat": round(place.latitude, 5) if place else None,
        "lon": round(place.longitude, 5) if place else None,
        "precision": place.precision.value if place else None,
        "country": place.country if place else None,
        "region": place.region if place else None,
        "city": place.locality if place else None,
        "timezone": place.timezone if place else None,
        "radius_km": round(place.radius_km, 1) if place else None,
        "margin": found.margin,
        "needs_review": "; ".join(found.needs_review),
    }


def _is_same(source: Path, target: Path) -> bool:
    try:
        return os.path.samefile(source, target)
    except OSError:  # one of them is not there
        return source.resolve() == target.resolve()


def _read(source: Path) -> list[Mapping[str, str]]:
    """The rows by folded column names."""
    from poltwt_console.mailbox.charsets import decode

    try:
        text = decode(source.read_bytes()).text.removeprefix("\ufeff")
        lines = _lines(text)
        header = [name.strip().casefold() for name in next(lines, [])]
        if not set(header) >= _NEEDED:
            raise UnreadableError(
                f"{source} has no columns id and address.", "Name them so in its first row."
            )
        return [_row(header, line) for line in lines if any(cell.strip() for cell in line)]
    except (OSError, csv.Error) as error:
        raise UnreadableError(
            f"{source} cannot be read as CSV: {getattr(error, 'strerror', None) or error}.",
            "It must be a text with a header row.",
        ) from error


def _lines(text: str) -> Iterator[list[str]]:
    """The cells by the separator with which the first line names the columns; a comma where none does."""
    for separator in _SEPARATORS:
        first = next(csv.reader(io.StringIO(text, newline=""), delimiter=separator), [])
        if {name.strip().casefold() for name in first} >= _NEEDED:
            break
    else:
        separator = ","
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator)


def _row(header: list[str], line: list[str]) -> Mapping[str, str]:
    """A line that is too short has empty cells at its end."""
    return dict(zip(header, [*line, *[""] * (len(header) - len(line))], strict=False))
