"""The words around names in addresses, in many languages, read from a table of the resources."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from poltwt_console import paths
from poltwt_console.errors import GazetteerError
from poltwt_console.geocoding.normalise import normalise


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Folded words by what they say of the name beside them; the file explains each kind."""

    street_after: frozenset[str]
    street_before: frozenset[str]
    building_after: frozenset[str]
    building_before: frozenset[str]
    connector: frozenset[str]
    generic: frozenset[str]


def load_vocabulary(file: Path | None = None) -> Vocabulary:
    """Read ``vocabulary.tsv``; GazetteerError if it is not there."""
    file = file or paths.resources() / "gazetteer" / "vocabulary.tsv"
    try:
        lines = file.read_text("utf-8").splitlines()
    except OSError as error:
        raise GazetteerError(f"The word list {file} cannot be read.", "Install the program again.") from error
    words: dict[str, set[str]] = {kind: set() for kind in Vocabulary.__slots__}
    for line in lines:
        if line and not line.startswith("#"):
            kind, *cells = line.split("\t")
            words[kind].update(normalise(cell) for cell in cells)
    return Vocabulary(**{kind: frozenset(found) for kind, found in words.items()})
