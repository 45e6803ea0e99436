"""Online look-ups through geopy: off until switched on, polite, and never confusing failed with none.

The only module here that speaks to the network.  Before the first request the organiser is told
what will be sent and to whom (:func:`describe_request`).  Every answer, "no such place" too, is
kept for ever under service, query and country; a failure is not kept.  One request a second goes
out from the whole program, whatever the service (Nominatim usage policy,
operations.osmfoundation.org/policies/nominatim).  geopy's own ``RateLimiter`` is not used: it
returns None for a failed network and for "no such place" alike.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPSHandler, ProxyHandler, Request, build_opener, getproxies

from geopy import exc
from geopy.adapters import AdapterHTTPError, BaseSyncAdapter
from geopy.geocoders import ArcGIS, GoogleV3, Nominatim, OpenCage, Photon

from poltwt_console import __version__
from poltwt_console.domain.place import Candidate, Hints, Location, LocationState, Place, Precision
from poltwt_console.geocoding.gazetteer import PlaceFile, distance_km
from poltwt_console.geocoding.normalise import normalise
from poltwt_console.geocoding.online_cache import AnswerCache
from poltwt_console.geocoding.online_results import (
    OnlineError,
    Reader,
    Result,
    read_arcgis,
    read_google,
    read_nominatim,
    read_opencage,
    read_photon,
)
from poltwt_console.geocoding.zones import canonical_zone

USER_AGENT = f"poltwt-console/{__version__} (organiser's desktop application)"

TIMEOUT_SECONDS = 10.0
_MOST_BYTES = 2_000_000
_MOST_RESULTS = 5

#: Radius (km) drawn for what a service calls exact, and less exact.
_RADIUS_KM = {
    Precision.STREET: 0.5, Precision.POSTCODE: 5.0, Precision.LOCALITY: 10.0,
    Precision.REGION: 150.0, Precision.COUNTRY: 500.0,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Service:
    """An online geocoder: how to make geopy's object, how to ask it, how to read it, whom to credit."""

    key: str
    title: str
    credit: str
    needs_key: bool
    make: Callable[..., Any]
    ask: Callable[[Any, str, str], Any]
    read: Reader


def _make_keyless(kind: Any) -> Callable[..., Any]:
    def make(server: Mapping[str, str], api_key: str, **common: Any) -> Any:
        return kind(**server, **common)

    return make


def _make_keyed(kind: Any) -> Callable[..., Any]:
    def make(server: Mapping[str, str], api_key: str, **common: Any) -> Any:
        return kind(api_key=api_key, **server, **common)

    return make


def _ask_nominatim(geocoder: Any, query: str, country: str) -> Any:
    return geocoder.geocode(
        query,
        exactly_one=False,
        limit=_MOST_RESULTS,
        addressdetails=True,
        country_codes=country.lower() or None,
    )


def _ask_google(geocoder: Any, query: str, country: str) -> Any:
    return geocoder.geocode(query, exactly_one=False, components={"country": country} if country else None)


SERVICES: tuple[Service, ...] = (
    Service(
        "nominatim", "Nominatim", "© OpenStreetMap contributors, ODbL", False, _make_keyless(Nominatim),
        _ask_nominatim, read_nominatim,
    ),
    Service(
        "photon", "Photon", "© OpenStreetMap contributors, ODbL; Photon by komoot", False,
        _make_keyless(Photon),
        lambda g, query, _: g.geocode(query, exactly_one=False, limit=_MOST_RESULTS), read_photon,
    ),
    Service(
        "opencage", "OpenCage", "OpenCage; © OpenStreetMap contributors", True, _make_keyed(OpenCage),
        lambda g, query, country: g.geocode(query, exactly_one=False, country=country.lower() or None),
        read_opencage,
    ),
    Service("google", "Google", "Google Maps", True, _make_keyed(GoogleV3), _ask_google, read_google),
    Service(
        "arcgis", "ArcGIS", "Esri", False, _make_keyless(ArcGIS),
        lambda g, query, _: g.geocode(query, exactly_one=False, out_fields="Addr_type,Type,Country"),
        read_arcgis,
    ),
)  # fmt: skip


def find_service(key: str) -> Service:
    """The service of that key; OnlineError if there is none."""
    for service in SERVICES:
        if service.key == key:
            return service
    raise OnlineError(
        f"There is no online service {key!r}.", "Choose one of " + ", ".join(s.key for s in SERVICES)
    )


def describe_request(service: Service, addresses: int, server_url: str = "") -> str:
    """What will be sent where, and how long it takes; shown before the first request of a run."""
    where = urlsplit(server_url).hostname if server_url else service.title
    minutes = max(1, round(addresses / 60))
    what = "1 address, with" if addresses == 1 else f"{addresses:,} addresses, each with"
    return (
        f"{what} its country, will be sent to {where}; no names, handles or mails. "
        f"One a second: about {minutes} min. Answers are kept, so that none is asked for twice."
    )


class Throttle:
    """Lets one request through in each interval, for all threads together."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic,
                 sleep: Callable[[float], None] = time.sleep) -> None:  # fmt: skip
        self._seconds, self._clock, self._sleep = seconds, clock, sleep
        self._lock = threading.Lock()
        self._next = 0.0

    def wait(self) -> None:
        """Return when the next request may go out."""
        with self._lock:
            now = self._clock()
            turn = max(now, self._next)
            self._next = turn + self._seconds
        if turn > now:
            self._sleep(turn - now)


#: For the whole program, whatever the service and however many objects ask.
PROGRAM_THROTTLE = Throttle(1.0)


class BoundedAdapter(BaseSyncAdapter):  # type: ignore[misc]
    """geopy's door to the network: a deadline for the whole answer, a limit of its size, a look at its type.

    urllib's timeout counts anew with every byte that arrives, so a slow body would never end.
    """

    def __init__(self, *, proxies: Any, ssl_context: Any) -> None:
        super().__init__(proxies=proxies, ssl_context=ssl_context)
        known = getproxies() if proxies is None else proxies
        self._open = build_opener(HTTPSHandler(context=ssl_context), ProxyHandler(known)).open

    def get_json(self, url: str, *, timeout: float, headers: Mapping[str, str]) -> Any:
        text = self.get_text(url, timeout=timeout, headers=headers)
        try:
            answer = json.loads(text)
        except ValueError as error:
            raise exc.GeocoderParseError("The answer is no JSON, or was cut short.") from error
        if not isinstance(answer, dict | list):
            raise exc.GeocoderParseError(
                "The answer is JSON, but none of a geocoder."
            )  # geopy takes null for "none"
        return answer

    def get_text(self, url: str, *, timeout: float, headers: Mapping[str, str]) -> str:
        deadline = time.monotonic() + timeout
        try:
            with self._open(Request(url, headers=dict(headers)), timeout=timeout) as page:
                kind = page.headers.get_content_type()
                if "json" not in kind and kind not in ("text/plain", "text/javascript"):
                    raise exc.GeocoderParseError(f"The answer is {kind}, not JSON.")
                return self._read(page, deadline).decode("utf-8", errors="replace")
        except HTTPError as error:
            body = error.read(10_000).decode("utf-8", errors="replace")
            lowered = {name.lower(): value for name, value in error.headers.items()}
            raise AdapterHTTPError(str(error), status_code=error.code, headers=lowered, text=body) from error
        except TimeoutError as error:
            raise exc.GeocoderTimedOut("The service took too long.") from error
        except URLError as error:
            if isinstance(error.reason, TimeoutError):
                raise exc.GeocoderTimedOut("The service took too long.") from error
            raise exc.GeocoderUnavailable("The service cannot be reached.") from error
        except (OSError, ValueError) as error:
            raise exc.GeocoderServiceError(type(error).__name__) from error

    @staticmethod
    def _read(page: Any, deadline: float) -> bytes:
        read = b""
        while True:
            if time.monotonic() > deadline:
                raise exc.GeocoderTimedOut("The service took too long.")
            piece = page.read1(65_536)
            if not piece:
                return read
            read += piece
            if len(read) > _MOST_BYTES:
                raise exc.GeocoderParseError("The answer is too long.")


class OnlineGeocoder:
    """One online service as the console asks it."""

    def __init__(
        self, service: Service, cache: AnswerCache, file: PlaceFile, *, server_url: str = "",
        api_key: str = "", timeout: float = TIMEOUT_SECONDS, throttle: Throttle = PROGRAM_THROTTLE,
    ) -> None:  # fmt: skip
        """Set the service up; OnlineError if it needs a key and has none, or the address is no address."""
        if service.needs_key and not api_key:
            raise OnlineError(
                f"{service.title} needs a key.", "Enter it in the settings; it is kept by the system."
            )
        self.service = service
        self._cache, self._file, self._throttle = cache, file, throttle
        self._server_url = server_url.strip()
        try:
            self._geocoder = service.make(
                _server(self._server_url), api_key,
                user_agent=USER_AGENT, timeout=timeout, adapter_factory=BoundedAdapter,
            )  # fmt: skip
        except exc.ConfigurationError as error:
            raise OnlineError(f"{service.title} cannot be used: {error}") from error

    def locate(self, address: str, hints: Hints | None = None) -> Location:
        """FOUND, NONE ("no such place") or FAILED with the reason; never raises for the world's faults."""
        hints = hints or Hints()
        country = (hints.picked_country or hints.country or "").upper()
        provider = f"{self.service.key}:{self._server_url}" if self._server_url else self.service.key
        if not address.strip():
            return Location(LocationState.NONE, address, provider=provider)
        key = json.dumps([provider, normalise(address), country])
        results = self._read_cache(key)
        if results is None:
            try:
                results = self._ask(address, country)
            except exc.GeopyError as error:
                return Location(
                    LocationState.FAILED, address, provider=provider, error=_explain(self.service, error)
                )
            self._cache.put(key, json.dumps([result.to_json() for result in results]))
        return self._to_location(address, results, provider)

    def _read_cache(self, key: str) -> list[Result] | None:
        kept = self._cache.get(key)
        if kept is None:
            return None
        try:
            return [Result.from_json(entry) for entry in json.loads(kept)]
        except (ValueError, KeyError, TypeError):
            return None  # of another version: ask again

    def _ask(self, address: str, country: str) -> list[Result]:
        self._throttle.wait()
        try:
            found = self.service.ask(self._geocoder, address, country) or []
            results = []
            for location in found[:_MOST_RESULTS]:
                precision, of_country = self.service.read(location.raw)
                results.append(
                    Result(location.latitude, location.longitude, location.address, precision, of_country)
                )
        except exc.GeopyError:
            raise  # some of them are ValueErrors too
        except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
            # JSON of a shape that geopy or we did not expect: an error page, a proxy, a new version.
            raise exc.GeocoderParseError(
                "The answer has another shape than the service documents."
            ) from error
        return results

    def _to_location(self, address: str, results: list[Result], provider: str) -> Location:
        if not results:
            return Location(LocationState.NONE, address, provider=provider)
        first = results[0]
        candidates = tuple(
            Candidate(
                place=self._to_place(result),
                score=float(len(results) - rank),
                distance_km=round(
                    distance_km(first.latitude, first.longitude, result.latitude, result.longitude), 1
                ),
                reasons=(f"{self.service.title}: {result.label}",),
            )
            for rank, result in enumerate(results)
        )
        return Location(
            LocationState.FOUND, address, candidates[0].place, candidates,
            reasons=candidates[0].reasons, provider=provider,
        )  # fmt: skip

    def _to_place(self, result: Result) -> Place:
        file = self._file
        near = file.nearest(result.latitude, result.longitude)
        precision = result.precision
        place = Place(
            result.latitude, result.longitude, precision, _RADIUS_KM[precision], result.label, result.country
        )
        if near is None:
            return place
        town = near[0]
        latitude, longitude = file.position(town)
        return replace(
            place,
            country=result.country or file.countries[file.country[town]].code,
            region=file.region_name(town),
            locality=file.place_name(town),
            locality_latitude=round(latitude, 5),
            locality_longitude=round(longitude, 5),
            timezone=canonical_zone(file.zones[file.zone[town]]),
        )


_SERVER_HINT = "It looks like https://nominatim.example.org."


def _server(url: str) -> dict[str, str]:
    """geopy's ``scheme`` and ``domain`` (which may hold a path) of a server's address."""
    if not url:
        return {}
    try:
        parts = urlsplit(url if "://" in url else f"https://{url}")
    except ValueError as error:
        raise OnlineError(f"{url} is not the address of a server.", _SERVER_HINT) from error
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise OnlineError(f"{url} is not the address of a server.", _SERVER_HINT)
    return {"scheme": parts.scheme, "domain": parts.netloc + parts.path}


def _explain(service: Service, error: exc.GeopyError) -> str:
    """One sentence for the organiser; never the request's address, which may hold the key."""
    for kind, words in (
        (exc.GeocoderRateLimited, "says that it was asked too often; try again later."),
        (exc.GeocoderQuotaExceeded, "says that the quota is used up."),
        (exc.GeocoderAuthenticationFailure, "does not accept the key."),
        (exc.GeocoderInsufficientPrivileges, "refuses the request."),
        (exc.GeocoderTimedOut, "took too long to answer."),
        (exc.GeocoderUnavailable, "cannot be reached."),
        (exc.GeocoderParseError, "gave an answer that cannot be read."),
        (exc.GeocoderQueryError, "did not understand the question, or refused it."),
    ):
        if isinstance(error, kind):
            return f"{service.title} {words}"
    return f"{service.title} failed."
