"""Entries to files: the Twitter list, the participants, the map.

``entry`` decides what may be published; every exporter gets entries and can show nothing else,
but for the participants workbook, which is the organiser's own and says "private" in its name.
``EXPORTERS`` is the registry: a kind and a file ending name one writer.  What was decided: a file
is written beside its place and then renamed, so that a crash leaves the old one; texts that a
spreadsheet would take for a formula are marked as text.  What was refused: hyperlink formulas.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from poltwt_console.domain.edition import Edition
from poltwt_console.domain.participant import Participation
from poltwt_console.errors import ExportError, UsageError
from poltwt_console.exports import geojson, kml, map_csv, participants, twitter_list
from poltwt_console.exports.entry import Entry, public_entries

__all__ = ["EXPORTERS", "Entry", "Exporter", "Material", "find_exporter", "prepared_file", "public_entries"]


@dataclass(frozen=True, slots=True)
class Material:
    """What an exporter may draw from."""

    edition: Edition
    entries: Sequence[Entry]
    participations: Sequence[Participation]  # for the private workbook only
    made_at: datetime  # UTC


@dataclass(frozen=True, slots=True)
class Exporter:
    """One kind of export in one form."""

    kind: str
    suffix: str
    title: str
    public: bool
    write: Callable[[Path, Material], None]


EXPORTERS: tuple[Exporter, ...] = (
    Exporter(
        "twitter-list",
        ".xlsx",
        "Twitter list, workbook",
        True,
        lambda p, m: twitter_list.write_xlsx(p, m.edition, m.entries, m.made_at),
    ),
    Exporter(
        "twitter-list", ".csv", "Twitter list, CSV", True, lambda p, m: twitter_list.write_csv(p, m.entries)
    ),
    Exporter(
        "twitter-list", ".txt", "handles.txt", True, lambda p, m: twitter_list.write_handles(p, m.entries)
    ),
    Exporter("map", ".kml", "Map, KML", True, lambda p, m: kml.write(p, m.edition, m.entries)),
    Exporter("map", ".geojson", "Map, GeoJSON", True, lambda p, m: geojson.write(p, m.entries)),
    Exporter("map", ".csv", "Map, CSV", True, lambda p, m: map_csv.write(p, m.entries)),
    Exporter(
        "participants",
        ".xlsx",
        "Participants, workbook (private)",
        False,
        lambda p, m: participants.write_xlsx(p, m.edition, m.participations, m.made_at),
    ),
    Exporter(
        "participants",
        ".csv",
        "Participants, CSV (private)",
        False,
        lambda p, m: participants.write_csv(p, m.participations),
    ),
)


def find_exporter(kind: str, path: Path) -> Exporter:
    """The exporter of that kind for the file's ending; UsageError or ExportError if there is none.

    A private file must say so in its name: an ExportError tells how.
    """
    of_kind = [e for e in EXPORTERS if e.kind == kind]
    if not of_kind:
        kinds = ", ".join(dict.fromkeys(e.kind for e in EXPORTERS))
        raise UsageError(f"There is no export “{kind}”.", f"Known: {kinds}.")
    for exporter in of_kind:
        if exporter.suffix == path.suffix.lower():
            if not exporter.public and "private" not in path.name.lower():
                raise ExportError(
                    f"{path.name} would hold private contacts.",
                    f"Give it a name that says so: {path.stem}-private{path.suffix}.",
                )
            return exporter
    endings = ", ".join(e.suffix for e in of_kind)
    raise ExportError(
        f"{kind} cannot be written as “{path.suffix or path.name}”.", f"Endings that fit: {endings}."
    )


@contextmanager
def prepared_file(exporter: Exporter, path: Path, material: Material) -> Iterator[Callable[[], None]]:
    """Write beside the file; what is given puts it in its place, and until then the old file stays.

    ExportError if the disk refuses.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=exporter.suffix, dir=path.parent)
        os.close(handle)
    except OSError as error:
        raise _refused(path, error) from error
    beside = Path(name)

    def put_in_place() -> None:
        try:
            os.replace(beside, path)
        except OSError as error:
            raise _refused(path, error) from error

    try:
        try:
            exporter.write(beside, material)
            beside.chmod(0o644 if exporter.public else 0o600)
        except OSError as error:
            raise _refused(path, error) from error
        yield put_in_place
    finally:
        beside.unlink(missing_ok=True)


def _refused(path: Path, error: OSError) -> ExportError:
    return ExportError(
        f"{path} cannot be written: {error.strerror}.", "Choose another folder; an old file stays."
    )
