"""Places of addresses: locate offline, refine online."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from poltwt_console.cli.answers import say_changes, say_json
from poltwt_console.cli.context import Context
from poltwt_console.errors import ConsoleError, UsageError

if TYPE_CHECKING:
    from poltwt_console.domain.place import Location


def locate(context: Context, arguments: Any) -> int:
    """One address, or a file of them; 1 where the address is nowhere.  Opens no database."""
    from poltwt_console.domain.place import Hints
    from poltwt_console.geocoding import open_geocoder
    from poltwt_console.workflow.address_file import locate_file, located

    if bool(arguments.address) == bool(arguments.csv) or bool(arguments.csv) != bool(arguments.to):
        raise UsageError("Give one address, or --csv IN with --to OUT.")
    geocoder = open_geocoder()
    if arguments.csv:
        changes = locate_file(geocoder, Path(arguments.csv), Path(arguments.to))
        return say_changes(changes, as_json=arguments.json)
    found = geocoder.locate(arguments.address, Hints(country=(arguments.country or "").upper() or None))
    if arguments.json:
        say_json({"address": arguments.address, **located(found)})
    else:
        _say_location(found)
    return 0 if found.place else 1


def _say_location(found: Location) -> None:
    if found.place is None:
        print("No such place.")
        return
    for candidate in found.candidates:
        place = candidate.place
        apart = f", {candidate.distance_km:.0f} km away" if candidate.distance_km else ""
        known = f"{place.precision.value}, within {place.radius_km:.0f} km{apart}"
        point = f"{place.latitude:.4f}, {place.longitude:.4f}"
        print(f"{point}  {place.label}  ({known})  {place.timezone or 'zone unknown'}")
    print("because: " + "; ".join(found.reasons))
    for doubt in found.needs_review:
        print(f"look: {doubt}")


def refine(context: Context, arguments: Any) -> int:
    """Say what would be sent, ask, and look the doubtful places up online."""
    import sys
    from dataclasses import replace

    from poltwt_console.domain.changes import Changes
    from poltwt_console.settings import load_settings
    from poltwt_console.workflow import online

    chosen = load_settings(context.profile.settings).online
    if arguments.service and arguments.service != chosen.service:
        chosen = replace(chosen, service=arguments.service, server_url="")  # the server is the other's
    if arguments.server:
        chosen = replace(chosen, server_url=arguments.server)
    offer = online.offer(context.store, context.edition_id, chosen)
    # With --json, standard output holds the answer and nothing else.
    aside = sys.stderr if arguments.json else sys.stdout
    if not offer.location_ids:
        nothing = Changes("Look places up online", counts={"asked": 0}, sentence="No place is in doubt.")
        return say_changes(nothing, as_json=arguments.json)
    print(offer.words, file=aside)
    if not arguments.yes:
        print("Send them? [y/N] ", end="", file=aside, flush=True)
        try:
            said = input().strip().lower()
        except EOFError:  # nobody is there to say it
            said = ""
        if said not in ("y", "yes"):
            raise ConsoleError("Nothing was sent.", "Say y, or give --yes.")
    geocoder = online.make_online(context.reader, chosen, context.profile.online_answers)
    return say_changes(
        online.locate_online(context.store, geocoder, offer.location_ids), as_json=arguments.json
    )
