"""The inbox: mails by state, what each wants, and how many there are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select, tuple_

from poltwt_console.domain.folding import fold
from poltwt_console.domain.registration import Intent, Kind
from poltwt_console.store.messages import UNREAD
from poltwt_console.store.tables import field, message, participant, participation, registration


@dataclass(frozen=True, slots=True)
class Pill:
    """A word about a mail and its tone: good, warn, bad or quiet."""

    text: str
    tone: str


@dataclass(frozen=True, slots=True)
class MessageRow:
    """A mail in the queue."""

    id: str
    number: int
    sender: str
    sender_email: str
    subject: str
    date: dt.datetime
    state: str
    state_reason: str
    kind: str
    language: str
    flag: str
    wait_until: dt.date | None
    handles: tuple[str, ...]
    pill: Pill


@dataclass(frozen=True, slots=True)
class MessageDetail:
    """All of a mail but its bytes and text parts (``messages.raw_of``, ``messages.parts_of``)."""

    id: str
    number: int
    subject: str
    sender_name: str
    sender_email: str
    reply_to: str
    date: dt.datetime
    date_given: bool
    origin: str
    header_id: str
    id_clash: bool
    defects: tuple[str, ...]
    attachments: tuple[dict[str, Any], ...]
    kind: str
    kind_reason: str
    tables_to_map: tuple[str, ...]
    language: str
    state: str
    state_reason: str
    note: str
    flag: str
    wait_until: dt.date | None
    row_version: int


_OPEN = registration.c.state == "open"
# Not a correlated EXISTS: asked of ten thousand registrations that takes seconds, this milliseconds.
_KNOWN = tuple_(registration.c.handle_key, registration.c.edition_id).in_(
    select(participant.c.handle_key, participation.c.edition_id)
    .join(participation, participation.c.participant_id == participant.c.id)
    .where(
        participant.c.merged_into.is_(None), participant.c.erased_at.is_(None), participant.c.handle_key != ""
    )
)
#: What wants attention: key -> (words, condition on an open registration).
ATTENTION: dict[str, tuple[str, ColumnElement[bool]]] = {
    "no-address": ("No address", registration.c.band_reason == "no address"),
    "place": ("Place uncertain", registration.c.band_reason.like("place%")),
    "known": ("Possible duplicate", _KNOWN & (registration.c.intent == Intent.REGISTER.value)),
    "sender": ("Sender doubtful", registration.c.sender_check == "red"),
    "changes": ("Changes to confirm", registration.c.intent != Intent.REGISTER.value),
}
STATES = ("review", "done", "aside", UNREAD)


def message_ids(
    connection: Connection, edition_id: str, state: str | None, search: str = "", attention: str | None = None
) -> list[str]:
    """The mails' ids, oldest first in review, newest first elsewhere; ``attention`` as in ATTENTION."""
    query = select(message.c.id).where(message.c.edition_id == edition_id)
    if state is not None:
        query = query.where(message.c.state == state)
    for word in fold(search).split():
        query = query.where(message.c.search.contains(word, autoescape=True))
    if attention is not None:
        wanted = select(registration.c.message_id).where(_OPEN, ATTENTION[attention][1])
        query = query.where(message.c.id.in_(wanted))
    order = (message.c.date, message.c.number)
    if state != "review":
        return list(connection.execute(query.order_by(*(c.desc() for c in order))).scalars())
    return list(connection.execute(query.order_by(*order)).scalars())


def message_rows(connection: Connection, ids: Sequence[str]) -> list[MessageRow]:
    """The rows of these mails, in the order of the ids."""
    rows = connection.execute(select(message).where(message.c.id.in_(list(ids)))).mappings()
    by_id = {row["id"]: row for row in rows}
    said = _said(connection, list(by_id))
    return [_row(by_id[i], said.get(i, [])) for i in ids if i in by_id]


def _said(connection: Connection, ids: list[str]) -> dict[str, list[Any]]:
    """By mail, of each registration what a pill needs."""
    handle = func.coalesce(field.c.edited, field.c.value, "").label("handle")
    r = registration.c
    columns = (
        r.message_id,
        r.intent,
        r.band,
        r.band_reason,
        r.state,
        r.sender_check,
        _KNOWN.label("known"),
        handle,
    )
    rows = connection.execute(
        select(*columns)
        .outerjoin(field, (field.c.registration_id == r.id) & (field.c.name == "handle"))
        .where(r.message_id.in_(ids))
        .order_by(r.message_id, r.position)
    )
    said: dict[str, list[Any]] = {}
    for row in rows:
        said.setdefault(row.message_id, []).append(row)
    return said


def _row(row: Any, said: list[Any]) -> MessageRow:
    return MessageRow(
        id=row["id"],
        number=row["number"],
        sender=row["sender_name"] or row["sender_email"] or "unknown sender",
        sender_email=row["sender_email"],
        subject=row["subject"],
        date=row["date"],
        state=row["state"],
        state_reason=row["state_reason"],
        kind=row["kind"],
        language=row["language"],
        flag=row["flag"],
        wait_until=row["wait_until"],
        handles=tuple(one.handle for one in said if one.handle),
        pill=_pill(row, said),
    )


def _pill(row: Any, said: list[Any]) -> Pill:
    waiting = [one for one in said if one.state == "open"]
    if row["state"] == UNREAD:
        return Pill("not read yet", "quiet")
    if row["state"] == "aside":
        return Pill("not a registration" if row["kind"] == Kind.OTHER.value else "set aside", "quiet")
    if row["state"] == "done":
        accepted = sum(one.state == "accepted" for one in said)
        return Pill("accepted" if accepted == 1 else f"{accepted} accepted", "quiet")
    if not waiting:
        return Pill("look", "warn")
    if any(one.sender_check == "red" for one in waiting):
        return Pill("sender?", "bad")
    for intent, words in ((Intent.WITHDRAW.value, "withdrawal?"), (Intent.UPDATE.value, "update?")):
        if any(one.intent == intent for one in waiting):
            return Pill(words, "warn")
    if any(one.known for one in waiting):
        return Pill("known?", "bad")
    for band, tone in (("missing", "warn"), ("look", "warn")):
        for one in waiting:
            if one.band == band:
                return Pill(_short(one.band_reason), tone)
    return Pill("ready" if len(waiting) == 1 else f"{len(waiting)} accounts", "good")


def _short(reason: str) -> str:
    """A doubt in a word or two: "address?" for "address: where it ends is not sure"."""
    word, colon, _ = reason.removeprefix("look at the ").partition(":")
    asked = f"{word}?" if colon or reason.startswith("look at") else word
    return asked if len(asked) <= 24 else "look"


def get_message(connection: Connection, message_id: str) -> MessageDetail:
    """KeyError if there is none."""
    row = connection.execute(select(message).where(message.c.id == message_id)).mappings().one_or_none()
    if row is None:
        raise KeyError(message_id)
    values = {name: row[name] for name in MessageDetail.__dataclass_fields__}
    return MessageDetail(
        **values | {name: tuple(row[name]) for name in ("defects", "attachments", "tables_to_map")}
    )


def find_message(connection: Connection, number: int) -> str | None:
    """The id of mail "#number", or None."""
    return connection.execute(select(message.c.id).where(message.c.number == number)).scalar_one_or_none()


def queue_counts(connection: Connection, edition_id: str) -> dict[str, int]:
    """Mails by state; every state is there."""
    rows = connection.execute(
        select(message.c.state, func.count())
        .where(message.c.edition_id == edition_id)
        .group_by(message.c.state)
    )
    return dict.fromkeys(STATES, 0) | {row[0]: int(row[1]) for row in rows}


def attention_counts(connection: Connection, edition_id: str) -> dict[str, int]:
    """For each key of ATTENTION the number of mails in review."""
    counts = {}
    for key, (_, condition) in ATTENTION.items():
        query = (
            select(func.count(message.c.id.distinct()))
            .join(registration, registration.c.message_id == message.c.id)
            .where(message.c.edition_id == edition_id, message.c.state == "review", _OPEN, condition)
        )
        counts[key] = int(connection.execute(query).scalar_one())
    return counts
