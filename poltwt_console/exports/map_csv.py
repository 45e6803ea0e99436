"""The map as CSV, for My Maps, uMap and QGIS: plain column names, decimal points, no line breaks."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from poltwt_console.exports.entry import Entry
from poltwt_console.exports.texts import guarded

_COLUMNS = (
    "name",
    "lat",
    "lon",
    "twitter",
    "profile",
    "kind",
    "agency",
    "address",
    "city",
    "country",
    "known_to",
    "id",
)


def write(path: Path, entries: Sequence[Entry]) -> None:
    """One line for each account on the map."""
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(_COLUMNS)
        for e in entries:
            if e.latitude is None or e.longitude is None:
                continue
            point = (f"{e.latitude:.5f}", f"{e.longitude:.5f}")
            rest = (e.handle, e.url, e.kind, e.agency, e.address, e.city, e.country_name, e.known_to, e.id)
            rows.writerow([guarded(e.title), *point, *(guarded(value) for value in rest)])
