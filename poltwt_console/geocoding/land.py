"""Land and sea, from the Natural Earth shapes that the map is drawn from (TopoJSON, 1:50 million).

Coasts in it are a few kilometres off, and small islands are missing, so :func:`is_at_sea` says so
only well off the shapes: neither the point nor any point eight kilometres around it is on land.
"""

from __future__ import annotations

import json
import math
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from poltwt_console import paths
from poltwt_console.errors import GazetteerError

TOLERANCE_KM = 8.0
_KM_PER_DEGREE = 111.2

Ring = tuple[tuple[float, float, float, float], list[tuple[float, float]]]
"""(west, south, east, north) and the points (longitude, latitude) of one closed outline"""


def shapes_file() -> Path:
    """The committed outlines of the countries."""
    return paths.resources() / "basemap" / "countries-50m.json"


@cache
def load_rings(file: Path) -> tuple[Ring, ...]:
    """All outlines, holes too, of a TopoJSON file; GazetteerError if it cannot be read."""
    try:
        topology = json.loads(file.read_text("utf-8"))
        arcs = [_decode_arc(arc, topology["transform"]) for arc in topology["arcs"]]
        rings: list[Ring] = []
        for geometry in topology["objects"]["countries"]["geometries"]:
            rings += [_bounded(_join(ring, arcs)) for ring in _ring_arcs(geometry)]
    except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
        raise GazetteerError(
            f"The map shapes {file} cannot be read.", "Install the program again."
        ) from error
    return tuple(rings)


def _decode_arc(arc: list[list[int]], transform: dict[str, list[float]]) -> list[tuple[float, float]]:
    """TopoJSON arcs are steps on a grid (TopoJSON specification, section 2.1.3)."""
    (x_scale, y_scale), (x_offset, y_offset) = transform["scale"], transform["translate"]
    x = y = 0
    points = []
    for x_step, y_step in arc:
        x, y = x + x_step, y + y_step
        points.append((x * x_scale + x_offset, y * y_scale + y_offset))
    return points


def _ring_arcs(geometry: dict[str, Any]) -> list[list[int]]:
    if geometry["type"] == "Polygon":
        return list(geometry["arcs"])
    if geometry["type"] == "MultiPolygon":
        return [ring for polygon in geometry["arcs"] for ring in polygon]
    return []


def _join(ring: list[int], arcs: list[list[tuple[float, float]]]) -> list[tuple[float, float]]:
    """Arcs one after another, the shared end points once; a negative number is an arc backwards."""
    points: list[tuple[float, float]] = []
    for number in ring:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    return points


def _bounded(points: list[tuple[float, float]]) -> Ring:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return (min(xs), min(ys), max(xs), max(ys)), points


def is_on_land(latitude: float, longitude: float, file: Path | None = None) -> bool:
    """Whether a point (degrees) lies inside an outline: even-odd rule over all of them."""
    inside = False
    for (west, south, east, north), points in load_rings(file or shapes_file()):
        if not (south <= latitude <= north and west <= longitude <= east):
            continue
        for (x1, y1), (x2, y2) in pairwise(points):
            if (y1 > latitude) != (y2 > latitude) and longitude < (x2 - x1) * (latitude - y1) / (
                y2 - y1
            ) + x1:
                inside = not inside
    return inside


def is_at_sea(latitude: float, longitude: float, file: Path | None = None) -> bool:
    """Whether a point and all points eight kilometres around it are off every outline."""
    north = TOLERANCE_KM / _KM_PER_DEGREE
    east = north / max(0.05, math.cos(math.radians(latitude)))
    around = [
        (0.0, 0.0),
        (1, 0),
        (0.7, 0.7),
        (0, 1),
        (-0.7, 0.7),
        (-1, 0),
        (-0.7, -0.7),
        (0, -1),
        (0.7, -0.7),
    ]
    return not any(is_on_land(latitude + n * north, longitude + e * east, file) for n, e in around)
