"""What the list of doubtful places asks of the database, in a worker."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from poltwt_console.domain.edition import Edition
    from poltwt_console.gui.desk import Desk
    from poltwt_console.store.queries.places import PlaceRow


@dataclass(frozen=True, slots=True)
class PlacesAnswer:
    """The list, and the time zones to choose from where a country has several."""

    rows: tuple[PlaceRow, ...]
    zones: Mapping[str, tuple[str, ...]]  # by country's code
    edition: Edition


def doubtful(desk: Desk) -> PlacesAnswer:
    """All places that want a look, each with its reason."""
    from poltwt_console.geocoding.zones import zones_to_choose
    from poltwt_console.store.queries.places import doubtful_places

    with desk.store.read() as connection:
        rows = tuple(doubtful_places(connection, desk.edition_id))
    countries = {row.location.place.country for row in rows if row.location.place is not None}
    return PlacesAnswer(rows, {code: zones_to_choose(code) for code in countries}, desk.edition)
