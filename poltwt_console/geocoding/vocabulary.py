"""The words around names in addresses, in many languages, read from tables of the resources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from poltwt_console import paths
from poltwt_console.errors import GazetteerError


@dataclass(frozen=True, slots=True)
class Area:
    """A police force: its country and, where known, the circle that it polices (degrees, km)."""

    country: str
    latitude: float = 0.0
    longitude: float = 0.0
    radius_km: float = 0.0


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Folded words by what they say of the name beside them; the files explain each kind."""

    street_after: frozenset[str]
    street_before: frozenset[str]
    building_after: frozenset[str]
    building_before: frozenset[str]
    connector: frozenset[str]
    generic: frozenset[str]
    admin: frozenset[str]
    opening: frozenset[str]
    area: frozenset[str]
    languages: Mapping[str, tuple[tuple[str, float], ...]]  # word -> (ISO code, weight)
    agencies: Mapping[str, Area]  # name of a force -> where it is
    agency_heads: frozenset[str]  # the first words of those names


def load_vocabulary(folder: Path | None = None) -> Vocabulary:
    """Read the word lists of a folder; GazetteerError if one is missing or not in order."""
    folder = folder or paths.resources() / "gazetteer"
    try:
        words: dict[str, set[str]] = {}
        for kind, *cells in _rows(folder / "vocabulary.tsv"):
            words.setdefault(kind, set()).update(cells)
        languages: dict[str, list[tuple[str, float]]] = {}
        for weight, countries, *cells in _rows(folder / "street_languages.tsv"):
            for word in cells:
                languages.setdefault(word, []).extend((code, float(weight)) for code in countries.split())
        agencies = {}
        for country, latitude, longitude, radius, *names in _rows(folder / "agencies.tsv"):
            known = radius != "-"
            area = Area(country, float(latitude), float(longitude), float(radius)) if known else Area(country)
            agencies.update(dict.fromkeys(names, area))
        return Vocabulary(
            **{kind: frozenset(found) for kind, found in words.items()},
            languages={word: tuple(found) for word, found in languages.items()},
            agencies=agencies,
            agency_heads=frozenset(name.split(" ", 1)[0] for name in agencies),
        )
    except (OSError, ValueError, TypeError) as error:
        raise GazetteerError(
            f"The word lists in {folder} are missing or damaged.", "Install the program again."
        ) from error


def _rows(file: Path) -> Iterator[list[str]]:
    for line in file.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")
