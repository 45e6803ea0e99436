"""Places as extraction asks for them: is this word a town, a country, a region, a postcode?"""

from __future__ import annotations

from collections.abc import Iterator

from poltwt_console.domain.place import CITY_PEOPLE, NamedKind, NamedPlace
from poltwt_console.geocoding.address import read_whole_code
from poltwt_console.geocoding.gazetteer import PlaceFile
from poltwt_console.geocoding.layout import LAST_PLACE_KIND, NUMBER_MASK, Entry
from poltwt_console.geocoding.normalise import normalise

#: Of a name with more bearers (there are 1,500 San Antonios) only the largest are told.
_MOST_LOCALITIES = 50

#: Answers kept; the words of mails repeat.
_CACHE_ENTRIES = 20_000


class PlaceNames:
    """What extraction may ask of the file (the ``Gazetteer`` protocol of ``domain.place``)."""

    def __init__(self, file: PlaceFile) -> None:
        self._file = file
        self._localities: dict[tuple[str, str | None], tuple[NamedPlace, ...]] = {}

    def __reduce__(self) -> tuple[type[PlaceNames], tuple[PlaceFile]]:
        return PlaceNames, (self._file,)

    def localities(self, name: str, country: str | None = None) -> tuple[NamedPlace, ...]:
        """Localities with exactly this name (any script, any case, accents ignored), largest first."""
        key = normalise(name), country
        known = self._localities.get(key)
        if known is None:
            if len(self._localities) >= _CACHE_ENTRIES:
                self._localities.clear()
            known = self._localities[key] = tuple(self._look_up(*key))
        return known

    def _look_up(self, folded: str, country: str | None) -> Iterator[NamedPlace]:
        file = self._file
        wanted = None if country is None else file.country_number.get(country, -1)
        found = 0
        for entry in file.entries(folded):
            place = entry & NUMBER_MASK
            if entry >> 29 > LAST_PLACE_KIND or (wanted is not None and file.country[place] != wanted):
                continue
            latitude, longitude = file.position(place)
            yield NamedPlace(
                name=file.place_name(place),
                country=file.countries[file.country[place]].code,
                latitude=round(latitude, 5),
                longitude=round(longitude, 5),
                population=file.population[place],
                region=file.region_name(place),
                timezone=file.zones[file.zone[place]],
            )
            found += 1
            if found == _MOST_LOCALITIES:
                return

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
        return NamedKind.REGION if len(text) > 3 and self.is_region(text) else None

    def is_region(self, text: str, country: str | None = None) -> bool:
        """Whether the whole text names a region, state or district."""
        file = self._file
        wanted = None if country is None else file.country_number.get(country, -1)
        for entry in file.entries(normalise(text)):
            kind, number = entry >> 29, entry & NUMBER_MASK
            if kind in (Entry.REGION, Entry.DISTRICT) and wanted in (
                None,
                file.country_of(Entry(kind), number),
            ):
                return True
        codes = file.region_codes.get(text.strip().upper(), ())
        return any(wanted in (None, of_country) for of_country, kind, _ in codes if kind != Entry.COUNTRY)

    def is_postcode(self, text: str, country: str) -> bool:
        """Whether the whole text has the shape of a postcode of that country and exists."""
        wanted = self._file.country_number.get(country)
        return any(
            point.country == wanted and (not code.countries or country in code.countries)
            for code in read_whole_code(text)
            for point in self._file.postcode(code.code)
        )
