"""Publications: what went out, with a copy of its rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from poltwt_console.store.history import Writer
from poltwt_console.store.tables import publication, publication_row


def add_publication(
    writer: Writer, edition_id: str, kind: str, file_name: str, rows: Sequence[tuple[str, Mapping[str, Any]]]
) -> str:
    """Remember what went out: (participation id, a copy of what was published of it) in order."""
    [publication_id] = writer.insert(
        publication,
        [
            {
                "edition_id": edition_id,
                "release_id": None,
                "kind": kind,
                "made_at": writer.now,
                "file_name": file_name,
                "text": "",
                "settings": {},
            }
        ],
    )
    writer.insert(
        publication_row,
        [
            {
                "publication_id": publication_id,
                "position": n,
                "participation_id": participation_id,
                "copy": dict(copy),
            }
            for n, (participation_id, copy) in enumerate(rows)
        ],
    )
    return publication_id
