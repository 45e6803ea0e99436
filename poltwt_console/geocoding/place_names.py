"""Names of places: is this word a town, a country, a region, and where does an address say its town?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from poltwt_console.domain.place import CITY_PEOPLE, NamedKind, Place
from poltwt_console.geocoding.address import MAX_CHARACTERS
from poltwt_console.geocoding.gazetteer import PlaceFile, distance_km
from poltwt_console.geocoding.hits import MAX_NAME_WORDS, MAX_UNSPACED
from poltwt_console.geocoding.layout import LAST_PLACE_KIND, NUMBER_MASK, Entry
from poltwt_console.geocoding.likeness import sounds_like
from poltwt_console.geocoding.normalise import normalise, unspaced_runs

#: Of a name with more bearers (there are 1,500 San Antonios) only the largest are looked at.
_MOST_LOCALITIES = 50

#: A place so near (km) is the same one; one a little farther a part or a neighbour of it.
_SAME_PLACE_KM, _BESIDE_KM = 0.5, 5.0

#: Entries of places, those that name them most clearly first.
_FIRST_NAMES = (Entry.PRIMARY, Entry.PLACE, Entry.FORMER)

#: A city of so many times the inhabitants, so near (km), is the one that a quarter lies in.
_MUCH_GREATER, _IN_CITY_KM = 3, 25.0

_PART = re.compile(r"(?:(?!\s[-–—]\s)[^,;:|\n،、，；·•/()])+")
#: What a town's name may stand beside in its part of an address: numbers, and short forms ("TP. Đà Nẵng").
_CODE = re.compile(r"\S*\d\S*|^\s*\w{1,3}\.")
_WORD = re.compile(r"[^\W_](?:(?!-\d)[^\s,;:|،、，；·•/()])*")  # of "Dhaka-1000" the first half


class PlaceNames:
    """What the file's names mean; extraction is handed it as the ``Gazetteer`` of ``domain.place``."""

    def __init__(self, file: PlaceFile) -> None:
        self._file = file

    def __reduce__(self) -> tuple[type[PlaceNames], tuple[PlaceFile]]:
        return PlaceNames, (self._file,)

    def country_named(self, text: str) -> str | None:
        """The ISO code when the whole text is a country's name in any language, else None."""
        for entry in self._file.entries(normalise(text)):
            if entry >> 29 == Entry.COUNTRY:
                return self._file.countries[entry & NUMBER_MASK].code
        return None

    def names_what(self, text: str) -> NamedKind | None:
        """What the whole text names foremost, None if it is no name of a place."""
        file = self._file
        entries = file.entries(normalise(text))
        kinds = {entry >> 29 for entry in entries}
        if Entry.COUNTRY in kinds:
            return NamedKind.COUNTRY
        people = [file.population[e & NUMBER_MASK] for e in entries if e >> 29 <= LAST_PLACE_KIND]
        if people:
            return NamedKind.CITY if max(people[:_MOST_LOCALITIES]) >= CITY_PEOPLE else NamedKind.TOWN
        return NamedKind.REGION if len(text) > 3 and self._is_region(text, entries) else None

    def is_region(self, text: str, country: str | None = None) -> bool:
        """Whether the whole text names a region, state or district."""
        return self._is_region(text, self._file.entries(normalise(text)), country)

    def _is_region(self, text: str, entries: Sequence[int], country: str | None = None) -> bool:
        file = self._file
        wanted = None if country is None else file.country_number.get(country, -1)
        for entry in entries:
            kind, number = entry >> 29, entry & NUMBER_MASK
            if kind in (Entry.REGION, Entry.DISTRICT) and wanted in (
                None,
                file.country_of(Entry(kind), number),
            ):
                return True
        codes = file.region_codes.get(text.strip().upper(), ())
        return any(wanted in (None, of_country) for of_country, kind, _ in codes if kind != Entry.COUNTRY)

    def words_for(self, place: Place, address: str) -> tuple[int, int] | None:
        """Where an address (its first 1,000 characters) names a place's locality; None if nowhere.

        From and to, in characters.  The locality's first name comes before its others, those before the
        name of a part or a neighbour; then a name that is not a region's or a country's too ("Andorra"),
        the later one, and of two with one end the longer.  Of "Thorndon, Wellington 6011" it is the city
        that is meant: a much greater place beside the locality that stands behind it by itself.
        """
        if place.locality_latitude is None or place.locality_longitude is None:
            return None
        point = place.locality_latitude, place.locality_longitude
        best: tuple[float, int, bool] | None = None
        found = None
        for start, end in _runs(address[:MAX_CHARACTERS]):
            words = address[start:end]
            near = self._nearness(point, words)
            if near is None or (best is not None and near > best[:2]):
                continue
            rank = *near, self.is_region(words, place.country) or self.country_named(words) is not None
            if best is None or rank < best:
                best, found = rank, (start, end)
        if found is None:
            return self._words_that_sound_like(place.locality, address[:MAX_CHARACTERS])
        return self._city_behind(place, address, found) or found

    @staticmethod
    def _words_that_sound_like(name: str, address: str) -> tuple[int, int] | None:
        """The last words of an address that are a name in another alphabet."""
        return next((span for span in _runs(address) if sounds_like(address[slice(*span)], name)), None)

    def _city_behind(self, place: Place, address: str, found: tuple[int, int]) -> tuple[int, int] | None:
        """The greatest place beside a locality that fills a part of the address behind its name."""
        point = place.locality_latitude or 0.0, place.locality_longitude or 0.0
        people = max(self._people_near(point, address[slice(*found)], _SAME_PLACE_KM), 1) * _MUCH_GREATER
        city = None
        for part in _PART.finditer(address[:MAX_CHARACTERS], found[1]):
            words = _CODE.sub("", part.group()).strip(" .-")
            start = address.find(words, part.start(), part.end()) if words else -1
            inhabitants = self._people_near(point, words, _IN_CITY_KM) if start >= 0 else 0
            if inhabitants >= people:
                people, city = inhabitants, (start, start + len(words))
        return city

    def _people_near(self, point: tuple[float, float], words: str, within_km: float) -> int:
        """The inhabitants of the largest place of a name so near; 0 if there is none."""
        file = self._file
        return max(
            (
                file.population[number]
                for entry in file.entries(normalise(words))
                if entry >> 29 < Entry.FORMER
                and distance_km(*point, *file.position(number := entry & NUMBER_MASK)) < within_km
            ),
            default=0,
        )

    def _nearness(self, point: tuple[float, float], words: str) -> tuple[int, int] | None:
        """Whether words name the place at a point (0) or one beside it (1), and as what; None for neither."""
        named = [
            (0 if apart < _SAME_PLACE_KM else 1, _FIRST_NAMES.index(entry >> 29))
            for entry in self._file.entries(normalise(words))
            if entry >> 29 <= LAST_PLACE_KIND
            and (apart := distance_km(*point, *self._file.position(entry & NUMBER_MASK))) < _BESIDE_KM
        ]
        return min(named, default=None)


def _runs(text: str) -> Iterator[tuple[int, int]]:
    """From and to of all that may be a name, the last first: words together, or characters of one word."""
    words = [match.span() for match in _WORD.finditer(text)]
    for last in range(len(words) - 1, -1, -1):
        start, end = words[last]
        for first in range(max(0, last - MAX_NAME_WORDS + 1), last + 1):
            if all(text[words[n][1] : words[n + 1][0]].isspace() for n in range(first, last)):
                yield words[first][0], end
        if unspaced_runs(text[start:end]):
            for stop in range(end, start, -1):
                for begin in range(max(start, stop - MAX_UNSPACED), stop - 1):
                    yield begin, stop
