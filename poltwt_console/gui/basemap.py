"""The countries of the world as painter paths: TopoJSON in, Web Mercator out.

World units: x and y run from 0 to 1 over the Mercator square (EPSG:3857), y downwards.  Rings
that cross the antimeridian (Russia, Fiji, Antarctica) are stitched in the source and would draw
a band around the world: they are unwrapped by whole turns, and the map is drawn once more to
either side.  A ring around a pole is closed along the map's edge.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPolygonF

from poltwt_console.paths import resources

#: The latitude at which the Mercator square ends.
EDGE = 85.05112878


@dataclass(frozen=True)
class Shape:
    """One ring with the box around it."""

    polygon: QPolygonF
    box: QRectF


@dataclass(frozen=True)
class Basemap:
    """All rings of one level of detail."""

    detail: str
    shapes: tuple[Shape, ...]


def world_point(latitude: float, longitude: float) -> QPointF:
    """Degrees (WGS 84) to world units."""
    lat = math.radians(max(-EDGE, min(EDGE, latitude)))
    return QPointF((longitude + 180) / 360, (1 - math.asinh(math.tan(lat)) / math.pi) / 2)


def degrees(point: QPointF) -> tuple[float, float]:
    """World units to (latitude, longitude)."""
    latitude = math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * point.y()))))
    return latitude, (point.x() % 1.0) * 360 - 180


def load_basemap(detail: str) -> Basemap:
    """The countries at "110m" (4 ms to read) or "50m" (some 100 ms: in a worker)."""
    return read_topology(resources() / "basemap" / f"countries-{detail}.json", detail)


def read_topology(path: Path, detail: str = "") -> Basemap:
    """The polygons of all objects named ``countries`` in a TopoJSON file."""
    topology: dict[str, Any] = json.loads(path.read_text("utf-8"))
    arcs = _arcs(topology)
    shapes: list[Shape] = []
    for geometry in topology["objects"]["countries"]["geometries"]:
        polygons = geometry.get("arcs", [])
        for polygon in [polygons] if geometry["type"] == "Polygon" else polygons:
            for ring in polygon:
                shape = _shape(_stitch(arcs, ring))
                if shape is not None:
                    shapes.append(shape)
    return Basemap(detail, tuple(shapes))


def _arcs(topology: dict[str, Any]) -> list[list[tuple[float, float]]]:
    """Arcs in degrees: the source has them quantised, each point as the step from the one before."""
    scale_x, scale_y = topology["transform"]["scale"]
    move_x, move_y = topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy, *_ in arc:
            x += dx
            y += dy
            points.append((x * scale_x + move_x, y * scale_y + move_y))
        arcs.append(points)
    return arcs


def _stitch(arcs: list[list[tuple[float, float]]], ring: list[int]) -> list[tuple[float, float]]:
    points: list[tuple[float, float]] = []
    for number in ring:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    return points


def _shape(ring: list[tuple[float, float]]) -> Shape | None:
    if len(ring) < 4:
        return None
    unwrapped: list[tuple[float, float]] = []
    turn, before = 0.0, ring[0][0]
    for longitude, latitude in ring:
        if longitude - before > 180:
            turn -= 360
        elif longitude - before < -180:
            turn += 360
        before = longitude
        unwrapped.append((longitude + turn, latitude))
    if abs(unwrapped[-1][0] - unwrapped[0][0]) > 180:  # once around a pole
        pole = -EDGE if sum(y for _, y in unwrapped) < 0 else EDGE
        unwrapped += [(unwrapped[-1][0], pole), (unwrapped[0][0], pole)]
    polygon = QPolygonF([world_point(latitude, longitude) for longitude, latitude in unwrapped])
    return Shape(polygon, polygon.boundingRect().adjusted(-1e-6, -1e-6, 1e-6, 1e-6))


def path_of(basemap: Basemap) -> QPainterPath:
    """All rings as one path, for a map drawn whole."""
    path = QPainterPath()
    for shape in basemap.shapes:
        path.addPolygon(shape.polygon)
        path.closeSubpath()
    return path
