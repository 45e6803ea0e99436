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
    from poltwt_console.workflow.online import Offer
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


def settings_of(desk: Desk) -> SettingsAnswer:
    """What the dialog shows."""
    from poltwt_console.geocoding.online import SERVICES
    from poltwt_console.geocoding.online_keys import read_api_key
    from poltwt_console.settings import load_settings
    from poltwt_console.workflow.online import askable

    settings = load_settings(desk.profile.settings)
    addresses = len(askable(desk.store, desk.edition_id))
    has_key: dict[str, bool] = {}
    trouble = ""
    for service in SERVICES:
        if service.needs_key and not trouble:
            try:
                has_key[service.key] = bool(read_api_key(service.key))
            except ConsoleError as error:
                trouble = error.sentence
    return SettingsAnswer(settings.online, settings.call, addresses, has_key, trouble)


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


def online_offer(desk: Desk) -> Offer:
    """What looking the doubtful places up online would send."""
    from poltwt_console.settings import load_settings
    from poltwt_console.workflow import online

    return online.offer(desk.store, desk.edition_id, load_settings(desk.profile.settings).online)


def make_online(desk: Desk, online: Online, api_key: str | None = None) -> OnlineGeocoder:
    """The service as it is set; ConsoleError where it needs a key, or places cannot be read."""
    from poltwt_console.workflow import online as verbs

    return verbs.make_online(desk.reader, online, desk.profile.online_answers, api_key)
