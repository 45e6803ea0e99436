"""What the online services answer, read into one shape; no network here.

Each service says in its own words how exact a result is.  Sources of the words: Nominatim "Place
details" and "Search" (nominatim.org/release-docs), Photon's README (``type``), OpenCage API
reference (``components._type``), Google Geocoding API (``location_type``, ``types``), ArcGIS
"Geocoding service output" (``Addr_type``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from poltwt_console.domain.place import Precision
from poltwt_console.errors import ConsoleError


class OnlineError(ConsoleError):
    """An online service cannot be used as it is set up: no key, a wrong address of a server."""


@dataclass(frozen=True, slots=True)
class Result:
    """One answer of a service: a point (degrees), its label, how exact it is, ISO country or ""."""

    latitude: float
    longitude: float
    label: str
    precision: Precision
    country: str

    def to_json(self) -> dict[str, Any]:
        """As kept in the cache."""
        return asdict(self)

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> Result:
        """Back from the cache; KeyError or ValueError if it is of another shape."""
        return Result(
            latitude=float(data["latitude"]),
            longitude=float(data["longitude"]),
            label=str(data["label"]),
            precision=Precision(data["precision"]),
            country=str(data["country"]),
        )


def read_nominatim(raw: Mapping[str, Any]) -> tuple[Precision, str]:
    """Precision and country of a Nominatim result (asked for with ``addressdetails``)."""
    country = str(raw.get("address", {}).get("country_code", "")).upper()
    if raw.get("addresstype") == "postcode" or raw.get("type") == "postcode":
        return Precision.POSTCODE, country
    rank = int(
        raw.get("place_rank", 0)
    )  # 4 country, 5-12 state and county, 13-25 town and suburb, 26+ street
    if rank >= 26:
        return Precision.STREET, country
    if rank >= 13:
        return Precision.LOCALITY, country
    return (Precision.REGION if rank > 4 else Precision.COUNTRY), country


_PHOTON = {
    "house": Precision.STREET, "street": Precision.STREET, "locality": Precision.LOCALITY,
    "district": Precision.LOCALITY, "city": Precision.LOCALITY, "county": Precision.REGION,
    "state": Precision.REGION, "country": Precision.COUNTRY,
}  # fmt: skip


def read_photon(raw: Mapping[str, Any]) -> tuple[Precision, str]:
    """Precision and country of a Photon result (a GeoJSON feature)."""
    properties = raw.get("properties", {})
    if properties.get("osm_value") == "postcode":
        return Precision.POSTCODE, str(properties.get("countrycode", "")).upper()
    precision = _PHOTON.get(str(properties.get("type")), Precision.LOCALITY)
    return precision, str(properties.get("countrycode", "")).upper()


_OPENCAGE = {
    "country": Precision.COUNTRY, "state": Precision.REGION, "state_district": Precision.REGION,
    "county": Precision.REGION, "region": Precision.REGION, "postcode": Precision.POSTCODE,
    "city": Precision.LOCALITY, "town": Precision.LOCALITY, "village": Precision.LOCALITY,
    "hamlet": Precision.LOCALITY, "municipality": Precision.LOCALITY, "neighbourhood": Precision.LOCALITY,
    "suburb": Precision.LOCALITY, "city_district": Precision.LOCALITY, "place": Precision.LOCALITY,
}  # fmt: skip


def read_opencage(raw: Mapping[str, Any]) -> tuple[Precision, str]:
    """Precision and country of an OpenCage result; everything below a town counts as street."""
    components = raw.get("components", {})
    precision = _OPENCAGE.get(str(components.get("_type")), Precision.STREET)
    return precision, str(components.get("country_code", "")).upper()


def read_google(raw: Mapping[str, Any]) -> tuple[Precision, str]:
    """Precision and country of a Google result; GEOMETRIC_CENTER is judged by its types."""
    types = set(raw.get("types", ()))
    country = next(
        (
            str(component.get("short_name", "")).upper()
            for component in raw.get("address_components", ())
            if "country" in component.get("types", ())
        ),
        "",
    )
    if "country" in types:
        return Precision.COUNTRY, country
    if types & {"administrative_area_level_1", "administrative_area_level_2"}:
        return Precision.REGION, country
    if "postal_code" in types:
        return Precision.POSTCODE, country
    if types & {"locality", "sublocality", "postal_town", "neighborhood", "administrative_area_level_3"}:
        return Precision.LOCALITY, country
    located = raw.get("geometry", {}).get("location_type")
    return (Precision.LOCALITY if located == "APPROXIMATE" else Precision.STREET), country


_ARCGIS = {
    "Locality": Precision.LOCALITY, "Postal": Precision.POSTCODE, "PostalExt": Precision.POSTCODE,
    "PostalLoc": Precision.POSTCODE, "POI": Precision.LOCALITY, "PointAddress": Precision.STREET,
    "Subaddress": Precision.STREET, "StreetAddress": Precision.STREET, "StreetAddressExt": Precision.STREET,
    "StreetName": Precision.STREET, "StreetInt": Precision.STREET, "StreetMidBlock": Precision.STREET,
    "DistanceMarker": Precision.STREET,
}  # fmt: skip

_ARCGIS_LOCALITIES = {"Country": Precision.COUNTRY, "Region": Precision.REGION, "Subregion": Precision.REGION,
                      "Territory": Precision.REGION}  # fmt: skip


def read_arcgis(raw: Mapping[str, Any]) -> tuple[Precision, str]:
    """Precision of an ArcGIS result; its country comes as three letters and is left to the point."""
    attributes = raw.get("attributes", {})
    kind = str(attributes.get("Addr_type"))
    if kind == "Locality":
        return _ARCGIS_LOCALITIES.get(str(attributes.get("Type")), Precision.LOCALITY), ""
    return _ARCGIS.get(kind, Precision.LOCALITY), ""


Reader = Callable[[Mapping[str, Any]], tuple[Precision, str]]
