"""The map as GeoJSON (RFC 7946): longitude first, WGS 84, a stable id for each feature."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from poltwt_console.exports.entry import Entry
from poltwt_console.exports.texts import one_line


def write(path: Path, entries: Sequence[Entry]) -> None:
    """One Point feature for each account on the map, one a line."""
    features = ",\n".join(_feature(e) for e in entries if e.latitude is not None)
    text = f'{{"type":"FeatureCollection","features":[\n{features}\n]}}\n'
    path.write_text(text, encoding="utf-8", newline="\n")


def _feature(e: Entry) -> str:
    assert e.latitude is not None
    assert e.longitude is not None
    feature = {
        "type": "Feature",
        "id": e.id,
        "geometry": {"type": "Point", "coordinates": [round(e.longitude, 5), round(e.latitude, 5)]},
        "properties": {
            "name": one_line(e.title),
            "twitter": e.handle,
            "profile": e.url,
            "kind": e.kind,
            "agency": one_line(e.agency),
            "address": one_line(e.address),
            "city": one_line(e.city),
            "country": e.country,
            "known_to": e.known_to,
            "starts_at": e.starts_at.strftime("%Y-%m-%dT%H:%M:%SZ") if e.starts_at else None,
        },
    }
    return json.dumps(feature, ensure_ascii=False, separators=(",", ":"))
