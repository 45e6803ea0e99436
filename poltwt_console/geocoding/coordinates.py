"""Coordinates as people type or paste them: decimal, degrees and minutes, map links, ``geo:``.

Latitude comes first everywhere but where letters (N, S, E, W) say otherwise.  Nothing is guessed:
a pair that can only be meant the other way round is refused with a sentence that says so.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

from poltwt_console.errors import ConsoleError


class CoordinatesError(ConsoleError):
    """A text is not a pair of coordinates, or not one on this earth."""


_HINT = "Write latitude, then longitude, such as 41.88, -87.63, or paste the link of a map."

_SIGNED = r"[-+−]?\d{1,3}(?:\.\d+)?"
_PAIR = rf"({_SIGNED})\s*[,~/ ]\s*({_SIGNED})"

#: Where links carry a point, the most exact first.  Google: documented at developers.google.com/maps/
#: documentation/urls (q, query, ll, center) and, in shared links, ``!3d..!4d..`` (the pin) before ``@``
#: (the screen).  OpenStreetMap: wiki "Browsing" (mlat, mlon, #map).  Bing: cp, sp.  Apple: ll, coordinate.
_LINKS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"!3d({_SIGNED})!4d({_SIGNED})",
        rf"[?&]mlat=({_SIGNED})&mlon=({_SIGNED})",
        rf"[?&]sp=point\.({_SIGNED})_({_SIGNED})",
        rf"[?&](?:q|query|ll|sll|coordinate|destination|daddr|center|cp|viewpoint)=(?:loc:)?{_PAIR}",
        rf"[?&]lat=({_SIGNED})&(?:lon|lng|long)=({_SIGNED})",
        rf"/(?:place|search|dir/)/?{_PAIR}",
        rf"@{_PAIR}",
        rf"#map=\d+(?:\.\d+)?/{_PAIR}",
        rf"^geo:{_PAIR}",
    )
)

_LETTER = "NSEWO"
_ANGLE = re.compile(
    r"(?P<before>[NSEWO])?\s*(?P<sign>[-+−])?\s*(?P<degrees>\d{1,3}(?:[.,]\d+)?)\s*[°º]?"
    r"(?:\s*(?P<minutes>\d{1,2}(?:[.,]\d+)?)\s*(?:['′’]|\s|$|(?=[NSEWO]))"
    r"(?:\s*(?P<seconds>\d{1,2}(?:[.,]\d+)?)\s*(?:[\"″”]|''|′′)?)?)?"
    r"\s*(?P<after>[NSEWO])?(?![A-Za-z])",
    re.IGNORECASE,
)
_DECIMAL_COMMA = re.compile(r"^\s*([-+−]?\d{1,3},\d+)\s*[;,/ ]\s+([-+−]?\d{1,3},\d+)\s*$")


def parse_coordinates(text: str) -> tuple[float, float]:
    """Latitude and longitude (degrees, WGS 84) of a typed or pasted text; CoordinatesError otherwise."""
    text = text.strip()
    if not text:
        raise CoordinatesError("There are no coordinates.", _HINT)
    if "://" in text or text.lower().startswith("geo:"):
        return _parse_link(unquote(text).replace("+", " "))
    plain = re.fullmatch(rf"\(?\s*({_SIGNED})\s*[,; \t]\s*({_SIGNED})\s*\)?", text)
    if plain:
        return _check(_number(plain[1]), _number(plain[2]))
    comma = _DECIMAL_COMMA.match(text)
    if comma:
        return _check(_number(comma[1]), _number(comma[2]))
    return _parse_angles(text)


def _parse_link(link: str) -> tuple[float, float]:
    for pattern in _LINKS:
        match = pattern.search(link)
        if match:
            return _check(_number(match[1]), _number(match[2]))
    if re.search(r"goo\.gl|maps\.app|bit\.ly|osm\.org/go/", link):
        raise CoordinatesError(
            "A shortened link does not say where it leads.", "Open it and copy the long address of the page."
        )
    raise CoordinatesError("This link has no coordinates in it.", _HINT)


def _number(text: str) -> float:
    return float(text.replace("−", "-").replace(",", "."))


def _parse_angles(text: str) -> tuple[float, float]:
    halves = re.split(r"\s*[,;/]\s+|\s*;\s*", text)
    matches = [_ANGLE.fullmatch(half.strip()) for half in halves] if len(halves) == 2 else _split_angles(text)
    if len(matches) != 2 or not all(matches):
        raise CoordinatesError(f"“{text[:60]}” is not a pair of coordinates.", _HINT)
    (one, letter), (other, other_letter) = (_angle(match) for match in matches if match)
    if letter in ("E", "W") or other_letter in ("N", "S"):
        one, other, letter, other_letter = other, one, other_letter, letter
    if letter in ("E", "W") or other_letter in ("N", "S"):
        raise CoordinatesError("Both numbers are of the same direction.", _HINT)
    return _check(one, other)


def _split_angles(text: str) -> list[re.Match[str] | None]:
    """Two angles side by side: cut after the first letter, or before the second."""
    for cut in re.finditer(
        rf"(?<=[{_LETTER}{_LETTER.lower()}])\s*(?=\d)|\s+(?=[{_LETTER}{_LETTER.lower()}])|\s+", text
    ):
        first, second = text[: cut.start()].strip(" ,"), text[cut.end() :].strip(" ,")
        matches = [_ANGLE.fullmatch(first), _ANGLE.fullmatch(second)]
        if all(matches) and _same_shape(matches):
            return matches
    return []


def _same_shape(matches: list[re.Match[str] | None]) -> bool:
    shapes = {
        tuple(m.group(name) is None for name in ("minutes", "seconds", "before", "after"))
        for m in matches
        if m
    }
    return len(shapes) == 1


def _angle(match: re.Match[str]) -> tuple[float, str]:
    """Signed degrees, and the letter N, S, E or W ("" for none)."""
    minutes = _number(match["minutes"] or "0")
    seconds = _number(match["seconds"] or "0")
    if minutes >= 60 or seconds >= 60:
        raise CoordinatesError("Minutes and seconds run from 0 to 59.", _HINT)
    value = _number(match["degrees"]) + minutes / 60 + seconds / 3600
    letter = (match["before"] or match["after"] or "").upper()
    if letter == "O":
        raise CoordinatesError("O is east in German and west in French or Spanish.", "Write E or W instead.")
    negative = letter in ("S", "W") or match["sign"] in ("-", "−")
    return (-value if negative else value), letter


def _check(latitude: float, longitude: float) -> tuple[float, float]:
    if abs(latitude) <= 90 and abs(longitude) <= 180:
        return latitude, longitude
    if abs(latitude) <= 180 and abs(longitude) <= 90:
        raise CoordinatesError(
            f"A latitude of {latitude:g} is off the earth; the two numbers seem to be swapped.",
            f"If so, write {longitude:g}, {latitude:g}.",
        )
    raise CoordinatesError(
        f"{latitude:g}, {longitude:g} is off the earth.",
        "A latitude lies between -90 and 90, a longitude between -180 and 180.",
    )
