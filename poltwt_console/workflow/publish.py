"""Out: write a file, and remember what went out with a copy of its rows."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from poltwt_console.domain.changes import Changes
from poltwt_console.domain.counts import counted, verb_for
from poltwt_console.exports import EXPORTERS, Entry, Material, find_exporter, prepared_file, public_entries
from poltwt_console.exports.kml import MOST
from poltwt_console.store import Store, participants, publications
from poltwt_console.store.queries.editions import get_edition

KINDS = tuple(dict.fromkeys(exporter.kind for exporter in EXPORTERS))


def material(store: Store, edition_id: str) -> Material:
    """What can be exported of an edition now."""
    with store.read() as connection:
        edition = get_edition(connection, edition_id)
        everyone = participants.all_participations(connection, edition_id)
    return Material(edition, public_entries(everyone, edition), everyone, store.clock())


def export(store: Store, edition_id: str, kind: str, path: Path) -> Changes:
    """Write one export; the file's ending says the form.

    ExportError if the kind or ending is not known, a private file's name does not say so, or the
    disk refuses.  A public file is remembered as a Publication: it went out, so it is never undone.
    """
    exporter = find_exporter(kind, path)
    what = material(store, edition_id)
    rows = what.entries if kind != "map" else [e for e in what.entries if not e.off_map]
    count = len(rows) if exporter.public else len(what.participations)
    sentence = f"{counted(count, 'account')} written to {path.name}"
    missing = [e for e in what.entries if e.off_map] if kind == "map" else []
    if missing:
        sentence += f"; {len(missing):,} {verb_for(len(missing), 'is', 'are')} not on the map"
    problems = [f"@{e.handle}: {e.off_map}" for e in missing]
    if kind == "map" and count > MOST:
        problems.insert(
            0, f"Google My Maps imports at most {MOST:,} places from one file; this one has {count:,}."
        )
    with prepared_file(exporter, path, what) as put_in_place:
        if not exporter.public:
            put_in_place()
            return Changes(f"Export {path.name}", counts={"rows": count}, sentence=f"{sentence}.")
        with store.write(f"Export {path.name}", "export", went_out=True) as write:
            copies = [(entry.id, _copy(entry)) for entry in rows]
            publications.add_publication(write.writer, edition_id, kind, path.name, copies)
            write.counts = {"rows": count, "missing": len(missing)}
            write.sentence = f"{sentence}."
            write.problems = tuple(problems)
            put_in_place()  # last: no file without its publication, no publication without its file
    return write.changes


def _copy(entry: Entry) -> dict[str, Any]:
    return {k: v.isoformat() if isinstance(v, datetime) else v for k, v in asdict(entry).items()}
