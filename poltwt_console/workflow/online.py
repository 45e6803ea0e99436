"""Places looked up online, where the organiser has switched that on: supervised, slow, and resumable.

A result never replaces a better or locked one unasked; a failure is never taken for "no such place".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from poltwt_console.domain.changes import SILENT, Changes, Progress
from poltwt_console.domain.counts import counted, verb_for
from poltwt_console.domain.place import Hints, LocationState
from poltwt_console.errors import ConsoleError
from poltwt_console.geocoding.online import OnlineGeocoder, describe_request, find_service
from poltwt_console.geocoding.online_cache import FileCache
from poltwt_console.geocoding.online_keys import read_api_key
from poltwt_console.geocoding.pins import better
from poltwt_console.settings import Online
from poltwt_console.store import Store, locations
from poltwt_console.store.queries.places import doubtful_places
from poltwt_console.workflow.locate import put_location
from poltwt_console.workflow.pieces import InPieces
from poltwt_console.workflow.reading import MailReader


@dataclass(frozen=True, slots=True)
class Offer:
    """The places that would be asked for, by which service, and what will be sent, in words."""

    location_ids: tuple[str, ...]
    service: str
    words: str


def askable(store: Store, edition_id: str) -> tuple[str, ...]:
    """The doubtful places that an answer may change: a locked one is a person's."""
    with store.read() as connection:
        rows = doubtful_places(connection, edition_id)
    return tuple(row.location_id for row in rows if not row.location.locked)


def offer(store: Store, edition_id: str, online: Online) -> Offer:
    """What looking the doubtful places up would send; a person reads it before anything is sent."""
    service = find_service(online.service)
    ids = askable(store, edition_id)
    return Offer(ids, service.title, describe_request(service, len(ids), online.server_url))


def make_online(
    reader: MailReader, online: Online, answers: Path, api_key: str | None = None
) -> OnlineGeocoder:
    """The service as it is set, with its key of the keyring unless one is given.

    ``answers`` is the file of what was answered before.  ConsoleError where the service needs a key and
    there is none, or the file of places cannot be read.
    """
    service = find_service(online.service)
    if reader.geocoder is None:
        raise ConsoleError(reader.gazetteer_error, "The time zone of a result needs the file of places.")
    if api_key is None:
        api_key = read_api_key(service.key) if service.needs_key else ""
    cache = FileCache(answers)
    return OnlineGeocoder(service, cache, reader.geocoder.file, server_url=online.server_url, api_key=api_key)


def locate_online(
    store: Store, geocoder: OnlineGeocoder, location_ids: Sequence[str], *, progress: Progress = SILENT
) -> Changes:
    """Ask the service for these places, one a second; each answer is stored at once, so a stop loses none."""
    run = InPieces(store, "Look places up online", "locate_online")
    counts = {"asked": 0, "better": 0, "none": 0, "failed": 0}
    problems: list[str] = []
    for done, location_id in enumerate(location_ids):
        if progress.cancelled:
            break
        progress.report(done, len(location_ids), f"{done:,} of {counted(len(location_ids), 'place')} asked")
        with store.read() as connection:
            owner = locations.owner_of(connection, location_id)
            now = locations.get_location(connection, location_id)
        wanted = owner.wanted
        if now.locked or not wanted.query:
            continue
        found = geocoder.locate(wanted.query, Hints(country=wanted.picked_country or wanted.country or None))
        counts["asked"] += 1
        counts["none"] += found.state is LocationState.NONE
        if found.state is LocationState.FAILED:
            counts["failed"] += 1
            problems.append(f"{wanted.query}: {found.error}")
        if better(now, found):
            with run.piece() as write:
                written = put_location(write.writer, owner, found)
            counts["better"] += written and found.state is LocationState.FOUND
    is_known = f"{verb_for(counts['better'], 'is', 'are')} known better now"
    sentence = f"{counts['better']:,} of {counted(counts['asked'], 'place')} {is_known}."
    return Changes(run.label, run.step_id, run.touched, counts, sentence, tuple(problems))
