"""Lists: messages, registrations, participants, places to look at; one line a row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from poltwt_console.cli.answers import say_json
from poltwt_console.cli.context import Context


def list_rows(context: Context, arguments: Any) -> int:
    """Print one line a row: tab-separated, or JSON."""
    lists = {
        "messages": _messages,
        "registrations": _registrations,
        "participants": _participants,
        "places": _places,
    }
    for row in lists[arguments.what](context):
        if arguments.json:
            say_json(row)
        else:
            print("\t".join("" if v is None else " ".join(str(v).split()) for v in row.values()))
    return 0


def _messages(context: Context) -> Iterator[dict[str, Any]]:
    from poltwt_console.store.queries import inbox

    with context.store.read() as connection:
        ids = inbox.message_ids(connection, context.edition_id, None)
        for start in range(0, len(ids), 500):
            for m in inbox.message_rows(connection, ids[start : start + 500]):
                yield {
                    "number": m.number,
                    "date": m.date.isoformat(),
                    "state": m.state,
                    "kind": m.kind,
                    "language": m.language,
                    "sender": m.sender_email,
                    "subject": m.subject,
                    "handles": ", ".join(m.handles),
                    "wants": m.pill.text,
                    "id": m.id,
                }


def _registrations(context: Context) -> Iterator[dict[str, Any]]:
    from poltwt_console.domain.registration import FIELD_NAMES
    from poltwt_console.store import registrations

    with context.store.read() as connection:
        for r in registrations.all_registrations(connection, context.edition_id):
            place = r.location.place
            yield {
                "id": r.id,
                "state": r.state,
                "intent": r.intent.value,
                "band": r.band,
                "reason": r.band_reason,
                **{name: r.value(name) for name in FIELD_NAMES},
                "place": place.label if place else "",
                "precision": place.precision.value if place else "",
            }


def _participants(context: Context) -> Iterator[dict[str, Any]]:
    from poltwt_console.store import participants

    with context.store.read() as connection:
        for p in participants.all_participations(connection, context.edition_id):
            place = p.location.place if p.location else None
            yield {
                "handle": p.handle,
                "takes_part_as": p.kind.value,
                "name": p.name,
                "person": p.person,
                "address": p.address,
                "city": p.city,
                "country": p.country,
                "state": p.state.value,
                "lat": place.latitude if place else None,
                "lon": place.longitude if place else None,
                "precision": place.precision.value if place else "",
                "timezone": (place.timezone or "") if place else "",
                "id": p.id,
            }


def _places(context: Context) -> Iterator[dict[str, Any]]:
    from poltwt_console.store.queries.places import doubtful_places

    with context.store.read() as connection:
        for row in doubtful_places(connection, context.edition_id):
            place = row.location.place
            yield {
                "reason": row.reason,
                "handle": row.handle,
                "address": row.location.query,
                "place": place.label if place else "",
                "of": "participant" if row.participation_id else "registration",
                "id": row.location_id,
            }
