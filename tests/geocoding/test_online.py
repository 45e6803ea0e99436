"""Online services against a server of our own that answers as theirs are documented to.

Shapes of the answers: Nominatim search output, jsonv2 (nominatim.org/release-docs/latest/api/Output);
Photon README (github.com/komoot/photon); OpenCage API reference (opencagedata.com/api); Google
Geocoding API responses (developers.google.com/maps/documentation/geocoding); ArcGIS
findAddressCandidates (developers.arcgis.com/rest/geocode).  Nothing here leaves this machine.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from poltwt_console.domain.place import Hints, LocationState, Precision
from poltwt_console.geocoding import PlaceFile
from poltwt_console.geocoding.online import (
    OnlineError,
    OnlineGeocoder,
    Throttle,
    describe_request,
    find_service,
)
from poltwt_console.geocoding.online_cache import FileCache
from poltwt_console.geocoding.online_keys import keep_api_key, read_api_key

ADDRESS = "Lloyd House, Birmingham"

NOMINATIM = [
    {
        "place_id": 1, "lat": "52.4831", "lon": "-1.8977",
        "class": "amenity", "type": "police", "place_rank": 30, "addresstype": "amenity",
        "display_name": "Lloyd House, Colmore Circus, Birmingham, B4 6NQ, United Kingdom",
        "address": {"amenity": "Lloyd House", "city": "Birmingham", "country_code": "gb"},
        "boundingbox": ["52.4", "52.5", "-1.9", "-1.8"],
    },
    {
        "place_id": 2, "lat": "33.52", "lon": "-86.8", "class": "boundary", "type": "administrative",
        "place_rank": 16, "addresstype": "city", "display_name": "Birmingham, Alabama, United States",
        "address": {"city": "Birmingham", "country_code": "us"}, "boundingbox": ["33", "34", "-87", "-86"],
    },
]  # fmt: skip

PHOTON = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [-1.8977, 52.4831]},
            "properties": {
                "type": "street",
                "name": "Colmore Circus",
                "city": "Birmingham",
                "countrycode": "GB",
            },
        }
    ],
}

OPENCAGE = {
    "status": {"code": 200, "message": "OK"},
    "total_results": 1,
    "results": [
        {
            "formatted": "Birmingham B4 6NQ, United Kingdom",
            "geometry": {"lat": 52.4831, "lng": -1.8977},
            "components": {"_type": "postcode", "country_code": "gb", "postcode": "B4 6NQ"},
        }
    ],
}

GOOGLE = {
    "status": "OK",
    "results": [
        {
            "formatted_address": "Colmore Circus, Birmingham B4 6NQ, UK",
            "geometry": {"location": {"lat": 52.4831, "lng": -1.8977}, "location_type": "ROOFTOP"},
            "types": ["street_address"],
            "address_components": [{"long_name": "United Kingdom", "short_name": "GB", "types": ["country"]}],
        }
    ],
}

ARCGIS = {
    "spatialReference": {"wkid": 4326},
    "candidates": [
        {
            "address": "Lloyd House, Birmingham, England, B4 6NQ",
            "location": {"x": -1.8977, "y": 52.4831},
            "score": 98,
            "attributes": {"Addr_type": "PointAddress", "Type": "", "Country": "GBR"},
        }
    ],
}

EMPTY = {
    "nominatim": [],
    "photon": {"type": "FeatureCollection", "features": []},
    "opencage": {"status": {"code": 200, "message": "OK"}, "total_results": 0, "results": []},
    "google": {"status": "ZERO_RESULTS", "results": []},
    "arcgis": {"candidates": []},
}
ANSWERS = {"nominatim": NOMINATIM, "photon": PHOTON, "opencage": OPENCAGE, "google": GOOGLE, "arcgis": ARCGIS}
SERVICES = list(ANSWERS)

Respond = Callable[[BaseHTTPRequestHandler], None]


class Server:
    """One server for all services; ``respond`` is set by each test, requests are kept."""

    def __init__(self) -> None:
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.requests.append((self.path, dict(self.headers)))
                with suppress(
                    BrokenPipeError, ConnectionResetError
                ):  # the client gave up, as some tests want
                    outer.respond(self)

            def log_message(self, *_: Any) -> None:
                pass

        self.requests: list[tuple[str, dict[str, str]]] = []
        self.respond: Respond = json_answer({})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def asked(self) -> dict[str, list[str]]:
        """The parameters of the last request."""
        return parse_qs(urlsplit(self.requests[-1][0]).query)

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def answer(
    body: bytes, kind: str = "application/json; charset=utf-8", status: int = 200, **headers: str
) -> Respond:
    def respond(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        handler.send_header("Content-Type", kind)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return respond


def json_answer(data: Any, status: int = 200) -> Respond:
    return answer(json.dumps(data).encode(), status=status)


@pytest.fixture
def server() -> Iterator[Server]:
    started = Server()
    yield started
    started.stop()


@pytest.fixture
def cache(tmp_path: Path) -> FileCache:
    return FileCache(tmp_path / "online.jsonl")


@pytest.fixture
def make(server: Server, cache: FileCache, place_file: PlaceFile) -> Callable[..., OnlineGeocoder]:
    def make_geocoder(service: str = "nominatim", **options: Any) -> OnlineGeocoder:
        chosen = {
            "server_url": server.url,
            "api_key": "secret",
            "throttle": Throttle(0.0),
            "timeout": 2.0,
            **options,
        }
        return OnlineGeocoder(find_service(service), cache, place_file, **chosen)

    return make_geocoder


@pytest.mark.parametrize(
    ("service", "precision"),
    [
        ("nominatim", Precision.STREET),
        ("photon", Precision.STREET),
        ("opencage", Precision.POSTCODE),
        ("google", Precision.STREET),
        ("arcgis", Precision.STREET),
    ],
)
def test_each_service_is_read(
    make: Callable[..., OnlineGeocoder], server: Server, service: str, precision: Precision
) -> None:
    server.respond = json_answer(ANSWERS[service])
    location = make(service).locate(ADDRESS, Hints(country="GB"))
    assert location.state is LocationState.FOUND, location.error
    assert location.place is not None
    assert (location.place.latitude, location.place.longitude) == pytest.approx((52.4831, -1.8977))
    assert location.place.precision is precision
    assert location.place.country == "GB"
    assert location.place.timezone == "Europe/London"
    assert location.place.locality == "Birmingham"
    assert location.provider.startswith(service)
    assert server.requests[-1][1]["User-Agent"].startswith("poltwt-console/")


@pytest.mark.parametrize("service", SERVICES)
def test_no_such_place_is_none_and_remembered(
    make: Callable[..., OnlineGeocoder], server: Server, service: str
) -> None:
    server.respond = json_answer(EMPTY[service])
    geocoder = make(service)
    assert geocoder.locate(ADDRESS).state is LocationState.NONE
    assert geocoder.locate(ADDRESS).state is LocationState.NONE
    assert len(server.requests) == 1


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize(
    "respond",
    [
        answer(b"Too many requests", "text/plain", 429, Retry_After="60"),
        answer(b"<html>Bad gateway</html>", "text/html", 502),
        answer(b"", "text/plain", 503),
        answer(b"{}", status=401),
        answer(b"{}", status=403),
        answer(b'[{"lat": "52.48", "lon"'),
        answer(b"<html>a captive portal</html>", "text/html"),
        answer(b"%PDF-1.4", "application/pdf"),
        answer(b"null"),
        answer(b"7"),
        answer(b'{"unexpected": true}'),
        answer(b'[{"lat": "north"}]'),
        answer(b"\xff\xfe\x00"),
        answer(b"[" + b" " * 3_000_000 + b"]"),
    ],
)
def test_a_failure_is_failed_never_none_and_not_remembered(
    make: Callable[..., OnlineGeocoder], server: Server, cache: FileCache, service: str, respond: Respond
) -> None:
    server.respond = respond
    geocoder = make(service)
    location = geocoder.locate(ADDRESS)
    assert location.state is LocationState.FAILED
    assert location.error
    assert "secret" not in location.error
    server.respond = json_answer(ANSWERS[service])
    assert geocoder.locate(ADDRESS).state is LocationState.FOUND


def test_the_reason_of_a_failure_is_told(make: Callable[..., OnlineGeocoder], server: Server) -> None:
    for respond, words in (
        (answer(b"", status=429), "asked too often"),
        (answer(b"", status=401), "does not accept the key"),
        (answer(b"<p>", "text/html"), "cannot be read"),
        (json_answer({"status": "OVER_QUERY_LIMIT", "results": []}), "quota"),
        (json_answer({"status": "REQUEST_DENIED", "results": []}), "refused"),
    ):
        server.respond = respond
        assert words in make("google").locate(ADDRESS).error


def test_a_slow_start_and_a_slow_body_run_into_the_time_limit(
    make: Callable[..., OnlineGeocoder], server: Server
) -> None:
    done = threading.Event()

    def never(handler: BaseHTTPRequestHandler) -> None:
        done.wait(5)

    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "application/json")
        handler.end_headers()
        while not done.wait(0.05):
            handler.wfile.write(b" ")
            handler.wfile.flush()

    for respond in (never, drip):
        server.respond = respond
        started = time.monotonic()
        location = make(timeout=0.4).locate(ADDRESS)
        assert location.state is LocationState.FAILED
        assert "too long" in location.error
        assert time.monotonic() - started < 4
    done.set()


def test_a_server_that_is_not_there_is_failed(make: Callable[..., OnlineGeocoder]) -> None:
    location = make(server_url="http://127.0.0.1:9").locate(ADDRESS)
    assert location.state is LocationState.FAILED
    assert "cannot be reached" in location.error


def test_an_answer_is_asked_for_once_for_ever(
    make: Callable[..., OnlineGeocoder],
    server: Server,
    cache: FileCache,
    tmp_path: Path,
    place_file: PlaceFile,
) -> None:
    server.respond = json_answer(NOMINATIM)
    first = make().locate(ADDRESS, Hints(country="GB"))
    assert make().locate("  LLOYD house,   Birmingham ", Hints(country="GB")).place == first.place
    assert len(server.requests) == 1
    again = OnlineGeocoder(
        find_service("nominatim"), FileCache(tmp_path / "online.jsonl"), place_file, server_url=server.url
    )
    assert again.locate(ADDRESS, Hints(country="GB")).place == first.place
    assert len(server.requests) == 1
    make().locate(ADDRESS, Hints(country="US"))  # another question
    make("photon").locate(ADDRESS, Hints(country="GB"))  # another service
    assert len(server.requests) == 3


def test_only_the_address_and_its_country_are_sent(
    make: Callable[..., OnlineGeocoder], server: Server
) -> None:
    server.respond = json_answer(NOMINATIM)
    hints = Hints(country="GB", mail_domain="example.police.uk", phone="+44 1", agency="West Midlands Police")
    make().locate(ADDRESS, hints)
    asked = server.asked()
    assert asked["q"] == [ADDRESS]
    assert asked["countrycodes"] == ["gb"]
    assert "police" not in server.requests[-1][0].lower()


def test_runners_up_are_candidates_with_their_distance(
    make: Callable[..., OnlineGeocoder], server: Server
) -> None:
    server.respond = json_answer(NOMINATIM)
    location = make().locate(ADDRESS)
    assert [c.place.country for c in location.candidates] == ["GB", "US"]
    assert location.candidates[1].distance_km > 6_000


def test_an_empty_address_is_not_sent(make: Callable[..., OnlineGeocoder], server: Server) -> None:
    assert make().locate("  ").state is LocationState.NONE
    assert server.requests == []


def test_a_service_with_a_key_needs_one(make: Callable[..., OnlineGeocoder]) -> None:
    with pytest.raises(OnlineError, match="needs a key"):
        make("google", api_key="")
    assert make("photon", api_key="")


@pytest.mark.parametrize(
    "url", ["ftp://example.org", "http://", "not a url at all ?x", "https://example.org/?q=1", "http://[::1"]
)
def test_what_is_no_server_is_refused(make: Callable[..., OnlineGeocoder], url: str) -> None:
    with pytest.raises(OnlineError, match="not the address of a server"):
        make(server_url=url)


def test_an_unknown_service_is_refused() -> None:
    with pytest.raises(OnlineError, match="no online service"):
        find_service("mapquest")


def test_the_organiser_is_told_what_will_be_sent() -> None:
    words = describe_request(find_service("nominatim"), 325, "https://maps.example.org")
    assert "325 addresses" in words
    assert "maps.example.org" in words
    assert "5 min" in words


class Clock:
    """Time that passes only by sleeping."""

    def __init__(self) -> None:
        self.now = 100.0
        self.slept: list[float] = []

    def read(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def test_one_request_a_second_goes_out() -> None:
    clock = Clock()
    throttle = Throttle(1.0, clock.read, clock.sleep)
    for _ in range(3):
        throttle.wait()
    assert clock.slept == [1.0, 1.0]
    clock.now += 0.4
    throttle.wait()
    assert clock.slept[-1] == pytest.approx(0.6)


def test_a_damaged_line_of_the_cache_is_skipped(tmp_path: Path) -> None:
    file = tmp_path / "sub" / "online.jsonl"
    cache = FileCache(file)
    cache.put("one", "[]")
    with file.open("a", encoding="utf-8") as opened:
        opened.write('["two", "[')  # cut short by a crash
    again = FileCache(file)
    assert (again.get("one"), again.get("two"), again.skipped) == ("[]", None, 1)
    again.put("three", "x\ny")
    assert FileCache(file).get("three") == "x\ny"


def test_an_answer_kept_by_another_version_is_asked_for_again(
    make: Callable[..., OnlineGeocoder], server: Server, cache: FileCache
) -> None:
    server.respond = json_answer(NOMINATIM)
    geocoder = make()
    geocoder.locate(ADDRESS)
    key = next(iter(cache._answers))
    cache.put(key, '[{"other": "shape"}]')
    assert geocoder.locate(ADDRESS).state is LocationState.FOUND
    assert len(server.requests) == 2


def test_keys_are_kept_by_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    import keyring
    from keyring.backend import KeyringBackend
    from keyring.errors import KeyringLocked, PasswordDeleteError

    class Memory(KeyringBackend):
        priority = 1.0  # type: ignore[assignment]
        kept: dict[tuple[str, str], str] = {}
        locked = False

        def get_password(self, service: str, username: str) -> str | None:
            if self.locked:
                raise KeyringLocked
            return self.kept.get((service, username))

        def set_password(self, service: str, username: str, password: str) -> None:
            if self.locked:
                raise KeyringLocked
            self.kept[service, username] = password

        def delete_password(self, service: str, username: str) -> None:
            if (service, username) not in self.kept:
                raise PasswordDeleteError
            del self.kept[service, username]

    memory = Memory()
    before = keyring.get_keyring()
    keyring.set_keyring(memory)
    try:
        assert read_api_key("google") == ""
        keep_api_key("google", "secret")
        assert read_api_key("google") == "secret"
        keep_api_key("google", "")
        keep_api_key("google", "")
        assert read_api_key("google") == ""
        memory.locked = True
        with pytest.raises(OnlineError, match="keyring"):
            read_api_key("google")
        with pytest.raises(OnlineError, match="keyring"):
            keep_api_key("google", "secret")
    finally:
        keyring.set_keyring(before)
