"""The organiser's settings as the window reads and keeps them, and online look-ups; in a worker.

Keys of services are in the system's keyring: the window learns whether there is one, never which.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from poltwt_console.errors import ConsoleError

if TYPE_CHECKING:
    from poltwt_console.geocoding.online import OnlineGeocoder
    from poltwt_console.gui.desk import Desk
    from poltwt_console.settings import Online
    from poltwt_console.workflow.reading import MailReader


@dataclass(frozen=True, slots=True)
class SettingsAnswer:
    """What is set now, and how many addresses a look-up would send."""

    online: Online
    call: str
    addresses: int
    has_key: Mapping[str, bool]  # by service that needs one
    keyring_trouble: str  # why the keyring cannot be read, "" where it can


@dataclass(frozen=True, slots=True)
class Wish:
    """What the organiser wants set; ``api_key`` is None where the key stays, "" where it is forgotten."""

    online: Online
    call: str
    api_key: str | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """The reader as the settings make it now, or why nothing was kept."""

    reader: MailReader | None = None
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class OnlineOffer:
    """The places that would be asked for, and what will be sent, in words."""

    location_ids: tuple[str, ...]
    service: str
    words: str


def settings_of(desk: Desk) -> SettingsAnswer:
    """What the dialog shows."""
    from poltwt_console.geocoding.online import SERVICES
    from poltwt_console.geocoding.online_keys import read_api_key
    from poltwt_console.settings import load_settings

    settings = load_settings(desk.profile.settings)
    has_key: dict[str, bool] = {}
    trouble = ""
    for service in SERVICES:
        if service.needs_key and not trouble:
            try:
                has_key[service.key] = bool(read_api_key(service.key))
            except ConsoleError as error:
                trouble = error.sentence
    return SettingsAnswer(settings.online, settings.call, len(_askable(desk)), has_key, trouble)


def keep_settings(desk: Desk, wish: Wish) -> Kept:
    """Write them, or say why not; a service that cannot be used is refused while it can be mended."""
    from poltwt_console.geocoding.online_keys import keep_api_key
    from poltwt_console.settings import load_settings, save_settings

    try:
        if wish.online.enabled:
            make_online(desk, wish.online, wish.api_key)
        if wish.api_key is not None:
            keep_api_key(wish.online.service, wish.api_key)
        settings = replace(load_settings(desk.profile.settings), online=wish.online, call=wish.call)
        save_settings(desk.profile.settings, settings)
    except ConsoleError as error:
        return Kept(refusal=f"{error.sentence} {error.hint}".strip())
    return Kept(desk.reader_with(settings))


def online_enabled(desk: Desk) -> bool:
    """Whether the organiser has switched online look-ups on."""
    from poltwt_console.settings import load_settings

    return load_settings(desk.profile.settings).online.enabled


def online_offer(desk: Desk) -> OnlineOffer:
    """What looking the doubtful places up online would send."""
    from poltwt_console.geocoding.online import describe_request, find_service
    from poltwt_console.settings import load_settings

    online = load_settings(desk.profile.settings).online
    service = find_service(online.service)
    ids = _askable(desk)
    return OnlineOffer(ids, service.title, describe_request(service, len(ids), online.server_url))


def make_online(desk: Desk, online: Online, api_key: str | None = None) -> OnlineGeocoder:
    """The service as it is set; ConsoleError where it needs a key, or places cannot be read."""
    from poltwt_console.geocoding.online import OnlineGeocoder, find_service
    from poltwt_console.geocoding.online_cache import FileCache
    from poltwt_console.geocoding.online_keys import read_api_key

    service = find_service(online.service)
    if desk.reader.geocoder is None:
        raise ConsoleError(desk.reader.gazetteer_error, "The time zone of a result needs the file of places.")
    if api_key is None:
        api_key = read_api_key(service.key) if service.needs_key else ""
    cache = FileCache(desk.profile.base / "online-answers.jsonl")
    file = desk.reader.geocoder.file
    return OnlineGeocoder(service, cache, file, server_url=online.server_url, api_key=api_key)


def _askable(desk: Desk) -> tuple[str, ...]:
    """The doubtful places that an answer may change: a locked one is a person's."""
    from poltwt_console.store.queries.places import doubtful_places

    with desk.store.read() as connection:
        rows = doubtful_places(connection, desk.edition_id)
    return tuple(row.location_id for row in rows if not row.location.locked)
