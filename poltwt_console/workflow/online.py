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


def locate_online(
    store: Store, geocoder: OnlineGeocoder, location_ids: Sequence[str], *, progress: Progress = SILENT
) -> Changes:
    """Ask the service for these places, one a second; each answer is stored at once, so a stop loses none."""
    step_id: str | None = None
    touched: dict[str, tuple[str, ...]] = {}
    counts = {"asked": 0, "better": 0, "none": 0, "failed": 0}
    problems: list[str] = []
    for done, location_id in enumerate(location_ids):
        if progress.cancelled:
            break
        progress.report(done, len(location_ids), f"{done} of {len(location_ids)} places asked")
        with store.read() as connection:
            owner = locations.owner_of(connection, location_id)
            now = locations.get_location(connection, location_id)
        if now.locked or not (owner.values["address"] or owner.values["city"]):
            continue
        query = owner.values["address"] or owner.values["city"]
        found = geocoder.locate(query, Hints(country=owner.values["country"] or None))
        counts["asked"] += 1
        counts["none"] += found.state is LocationState.NONE
        if found.state is LocationState.FAILED:
            counts["failed"] += 1
            problems.append(f"{query}: {found.error}")
        if not better(now, found):
            continue
        counts["better"] += found.state is LocationState.FOUND
        with store.write("Look places up online", "locate_online", continues=step_id) as write:
            put_location(write.writer, owner, found)
        step_id = write.changes.step_id
        for table, ids in write.changes.touched.items():
            touched[table] = touched.get(table, ()) + ids
    sentence = f"{counts['better']} of {counts['asked']} places are known better now."
    return Changes("Look places up online", step_id, touched, counts, sentence, tuple(problems))
