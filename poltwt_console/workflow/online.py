"""Places looked up online, where the organiser has switched that on: supervised, slow, and resumable.

A result never replaces a better or locked one unasked; a failure is never taken for "no such place".
"""

from __future__ import annotations

from collections.abc import Sequence

from poltwt_console.domain.changes import SILENT, Changes, Progress
from poltwt_console.domain.place import Hints, LocationState
from poltwt_console.geocoding.online import OnlineGeocoder
from poltwt_console.geocoding.pins import better
from poltwt_console.store import Store, locations
from poltwt_console.workflow.locate import put_location
from poltwt_console.workflow.pieces import InPieces


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
        progress.report(done, len(location_ids), f"{done} of {len(location_ids)} places asked")
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
    sentence = f"{counts['better']} of {counts['asked']} places are known better now."
    return Changes(run.label, run.step_id, run.touched, counts, sentence, tuple(problems))
