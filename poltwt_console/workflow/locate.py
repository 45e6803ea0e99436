"""Places of addresses: look up what was not found for want of a file, pick another, set by hand."""

from __future__ import annotations

from dataclasses import replace

from poltwt_console.domain.changes import SILENT, Changes, Progress
from poltwt_console.domain.counts import counted
from poltwt_console.domain.place import Location, LocationState
from poltwt_console.errors import ConsoleError
from poltwt_console.store import Store, locations
from poltwt_console.store.history import Writer, slices
from poltwt_console.store.locations import Owner
from poltwt_console.store.tables import location
from poltwt_console.workflow.pieces import InPieces
from poltwt_console.workflow.reading import MailReader
from poltwt_console.workflow.review import look_up, refresh_band

_COMMIT_EVERY = 100


def locate_missing(
    store: Store, reader: MailReader, edition_id: str, *, progress: Progress = SILENT
) -> Changes:
    """Look up every place that was not tried or failed; "no such place" waits for another address.

    Commits in pieces, can be stopped, and goes on where it was when run again.
    """
    with store.read() as connection:
        waiting = locations.waiting_owners(connection, edition_id)
    run = InPieces(store, "Look up places", "locate_missing")
    done = found = 0
    for some in slices(waiting, _COMMIT_EVERY):
        if progress.cancelled:
            break
        looked_up = [(owner, look_up(reader, owner.wanted)) for owner in some]
        with run.piece() as write:
            for owner, place in looked_up:
                if place.state is not LocationState.NOT_TRIED and put_location(write.writer, owner, place):
                    found += place.state is LocationState.FOUND
        done += len(some)
        progress.report(done, len(waiting), f"{done:,} of {counted(len(waiting), 'place')} looked up")
    counts = {"tried": done, "found": found}
    sentence = f"{found:,} of {counted(done, 'place')} found."
    return Changes(run.label, run.step_id, run.touched, counts, sentence)


def pick_candidate(store: Store, location_id: str, index: int) -> Changes:
    """Take another of the candidates; the choice is a person's and stays."""
    with store.read() as connection:
        now = locations.get_location(connection, location_id)
    if not 0 <= index < len(now.candidates):
        raise ConsoleError("That candidate is not there any more.", "Look the address up again.")
    chosen = now.candidates[index]
    original = now.original or now.place
    picked = replace(
        now, place=chosen.place, locked=True, needs_review=(), reasons=chosen.reasons, original=original
    )
    return _write(store, location_id, picked, f"Pick {chosen.place.label}", "pick_candidate")


def set_point(
    store: Store, reader: MailReader, location_id: str, latitude: float, longitude: float
) -> Changes:
    """Put the pin by hand: the address stays, no later run moves it, the first result is kept beside it."""
    from poltwt_console.geocoding.pins import by_hand

    if reader.geocoder is None:
        raise ConsoleError(reader.gazetteer_error, "The time zone of a pin needs the file of places.")
    with store.read() as connection:
        now = locations.get_location(connection, location_id)
    pinned = by_hand(reader.geocoder.file, now, latitude, longitude)
    return _write(store, location_id, pinned, "Set the pin by hand", "set_point")


def unlock(store: Store, reader: MailReader, location_id: str) -> Changes:
    """Give up a pin set by hand or a picked candidate, and look the address up again."""
    with store.read() as connection:
        owner = locations.owner_of(connection, location_id)
    found = look_up(reader, owner.wanted)
    return _write(store, location_id, found, "Look the address up again", "unlock")


def choose_zone(store: Store, location_id: str, zone: str) -> Changes:
    """Set the time zone by hand, for a place known only by its country or an account without one."""
    from poltwt_console.domain.schedule import check_zone

    check_zone(zone)
    with store.write(f"Set time zone {zone}", "choose_zone") as write:
        write.writer.edit(location, location_id, {"timezone": zone, "timezone_by": "person"})
    return write.changes


def _write(store: Store, location_id: str, found: Location, label: str, verb: str) -> Changes:
    with store.write(label, verb) as write:
        owner = locations.owner_of(write.writer.connection, location_id)
        put_location(write.writer, owner, found, by_person=True)
    return write.changes


def put_location(writer: Writer, owner: Owner, found: Location, *, by_person: bool = False) -> bool:
    """Give a place to its owner with all that follows; False where somebody was quicker, or it is locked."""
    written = locations.write_location(
        writer, owner.location_id, found, by_person=by_person, seen_version=owner.row_version
    )
    if owner.registration_id is not None:
        refresh_band(writer, owner.registration_id)
    return written
