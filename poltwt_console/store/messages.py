"""Messages as rows: known again by Message-ID and content, kept with their bytes, never refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, literal, select

from poltwt_console.domain.folding import search_text
from poltwt_console.domain.intake import ParsedMail, ReadMail
from poltwt_console.domain.message import TextPart
from poltwt_console.domain.message_json import load_parts
from poltwt_console.domain.registration import MAPPED_RULE, Kind
from poltwt_console.store.bulk import insert_rows
from poltwt_console.store.columns import new_id
from poltwt_console.store.history import Writer, slices
from poltwt_console.store.registrations import Said, add_registrations, remove_registrations
from poltwt_console.store.tables import field, location, message, registration, source, step_row

#: The state of a message that is stored and not read yet; what reading will say of it is empty till then.
UNREAD = "unread"
_NOT_READ: dict[str, Any] = {
    "kind": "",
    "kind_reason": "not read yet",
    "tables_to_map": [],
    "language": "",
    "state": UNREAD,
    "state_reason": "",
}


@dataclass(frozen=True, slots=True)
class Known:
    """A message that is here already."""

    id: str
    number: int
    batch_id: str | None
    header_id: str
    digest: str
    origin: str


class KnownMail:
    """The Message-IDs and digests of an edition's mails, to know a mail again while importing.

    A mail without a Message-ID is known by its digest alone; two mails with one Message-ID and
    different content both come in, flagged.
    """

    def __init__(self, connection: Connection, edition_id: str) -> None:
        self._edition_id = edition_id
        self._by_digest: dict[str, Known] = {}
        self._header_ids: set[str] = set()
        self._read(connection, message.c.edition_id == edition_id)

    def refresh(self, connection: Connection, digests: Sequence[str], header_ids: Sequence[str]) -> None:
        """Look again, inside the write, whether another import brought one of these meanwhile."""
        same = message.c.digest.in_(digests) | (
            message.c.header_id.in_(header_ids) & (message.c.header_id != "")
        )
        self._read(connection, (message.c.edition_id == self._edition_id) & same)

    def _read(self, connection: Connection, condition: ColumnElement[bool]) -> None:
        m = message.c
        columns = (m.id, m.number, m.batch_id, m.header_id, m.digest, m.origin)
        for row in connection.execute(select(*columns).where(condition)):
            self.add(Known(*row))

    def add(self, known: Known) -> None:
        """Remember one more."""
        self._by_digest[known.digest] = known
        if known.header_id:
            self._header_ids.add(known.header_id)

    def find(self, digest: str) -> Known | None:
        """The same mail, or None."""
        return self._by_digest.get(digest)

    def clashes(self, header_id: str) -> bool:
        """Whether a mail of other content has that Message-ID (call after ``find`` gave None)."""
        return header_id in self._header_ids


def next_number(connection: Connection) -> int:
    """The number of the next message: "#112" on the screen."""
    return (
        int(connection.execute(select(func.coalesce(func.max(message.c.number), literal(0)))).scalar_one())
        + 1
    )


def add_messages(
    writer: Writer, edition_id: str, batch_id: str | None, mails: Sequence[tuple[ParsedMail, bool]]
) -> list[Known]:
    """Store mails, not read yet; each comes with whether its Message-ID clashes with another's."""
    number = next_number(writer.connection)
    _add_sources(writer.connection, [mail for mail, _ in mails])
    rows = [
        {
            "id": new_id(),
            "number": number + n,
            "edition_id": edition_id,
            "batch_id": batch_id,
            "id_clash": clash,
            **_header_columns(mail),
            **_NOT_READ,
        }
        for n, (mail, clash) in enumerate(mails)
    ]
    writer.insert(message, rows)
    return [Known(m["id"], m["number"], batch_id, m["header_id"], m["digest"], m["origin"]) for m in rows]


def add_readings(writer: Writer, edition_id: str, mails: Mapping[str, ReadMail]) -> None:
    """Store what mails say, by the id of the message; one that is no longer unread is left as it is."""
    waiting = set(
        writer.connection.execute(
            select(message.c.id).where(message.c.id.in_(list(mails)), message.c.state == UNREAD)
        ).scalars()
    )
    read = {message_id: mail for message_id, mail in mails.items() if message_id in waiting}
    writer.update_rows(message, {message_id: _reading_columns(mail) for message_id, mail in read.items()})
    add_registrations(writer, edition_id, [_said(message_id, mail) for message_id, mail in read.items()])


def replace_reading(writer: Writer, message_id: str, mail: ReadMail) -> None:
    """Put a new reading of a mail in the place of the old one; nothing of it may be decided or edited."""
    row = writer.get(message, message_id)
    old = writer.connection.execute(
        select(registration.c.id, registration.c.location_id).where(registration.c.message_id == message_id)
    ).all()
    remove_registrations(writer, [(r.id, r.location_id) for r in old])
    writer.update(message, message_id, _reading_columns(mail))
    add_registrations(writer, row["edition_id"], [_said(message_id, mail)])


@dataclass(frozen=True, slots=True)
class Unread:
    """A message that is stored and not read yet."""

    id: str
    origin: str
    date: datetime


def unread_of(connection: Connection, batch_id: str) -> list[Unread]:
    """The messages of an import that are not read yet, in their order."""
    query = select(message.c.id, message.c.origin, message.c.date).where(
        message.c.batch_id == batch_id, message.c.state == UNREAD
    )
    return [Unread(*row) for row in connection.execute(query.order_by(message.c.number))]


def _said(message_id: str, mail: ReadMail) -> Said:
    return Said(
        message_id, mail.extract.registrations, mail.locations, mail.sender, mail.extract.all_accounts
    )


def undecided(connection: Connection, edition_id: str) -> list[str]:
    """The mails of which nothing was decided or edited by a person, oldest first: they may be read again."""
    touched = (
        select(registration.c.message_id)
        .outerjoin(field, field.c.registration_id == registration.c.id)
        .outerjoin(location, registration.c.location_id == location.c.id)
        .where(
            (registration.c.state != "open")
            | field.c.edited_at.is_not(None)
            | (field.c.rule == MAPPED_RULE)
            | (location.c.timezone_by == "person")
            | (location.c.locked.is_(True))
            | registration.c.participation_id.is_not(None)
        )
        .where(registration.c.message_id.is_not(None))
    )
    by_hand = (message.c.state == "aside") & (message.c.state_reason != message.c.kind_reason)
    query = select(message.c.id).where(
        message.c.edition_id == edition_id,
        message.c.id.not_in(touched),
        by_hand.is_(False),
        message.c.state.not_in(("done", UNREAD)),
    )
    return list(connection.execute(query.order_by(message.c.number)).scalars())


def _add_sources(connection: Connection, mails: Sequence[ParsedMail]) -> None:
    wanted = {mail.source_id: mail for mail in mails}
    there = connection.execute(select(source.c.id).where(source.c.id.in_(list(wanted)))).scalars()
    for source_id in set(there):
        del wanted[source_id]
    rows = [{"id": key, "raw": mail.message.raw, "parts": mail.parts} for key, mail in wanted.items()]
    insert_rows(connection, source, rows)


def _header_columns(mail: ParsedMail) -> dict[str, Any]:
    """What a message is by itself."""
    parsed = mail.message
    return {
        "source_id": mail.source_id,
        "header_id": parsed.message_id,
        "digest": parsed.digest,
        "subject": parsed.subject,
        "sender_name": parsed.sender.name,
        "sender_email": parsed.sender.email,
        "reply_to": parsed.reply_to.email if parsed.reply_to else "",
        "date": parsed.date,
        "date_given": parsed.date_given,
        "origin": parsed.origin,
        "defects": list(parsed.defects),
        "attachments": [
            {
                "path": a.path,
                "name": a.name,
                "content_type": a.content_type,
                "size": a.size,
                "sha256": a.sha256,
            }
            for a in parsed.attachments
        ],
        "note": "",
        "flag": "",
        "wait_until": None,
        "search": search_text(parsed.subject, parsed.sender.name, parsed.sender.email),
    }


def _reading_columns(mail: ReadMail) -> dict[str, Any]:
    """What reading adds to a message."""
    sender, extract = mail.message.sender, mail.extract
    # A table that was imported by itself waits for its columns, whatever was made of its words.
    waits = bool(extract.tables_to_map) and not sender.email
    aside = extract.kind is Kind.OTHER and not waits
    handles = [r.handle.value for r in extract.registrations]
    names = [r.name.value for r in extract.registrations]
    return {
        "kind": extract.kind.value,
        "kind_reason": extract.reason,
        "tables_to_map": list(extract.tables_to_map),
        "language": extract.language,
        "state": "aside" if aside else "review",
        "state_reason": extract.reason if aside else "",
        "search": search_text(mail.message.subject, sender.name, sender.email, *handles, *names),
    }


def raw_of(connection: Connection, message_id: str) -> bytes:
    """The mail's bytes as they came; KeyError if there is none."""
    return raws_of(connection, [message_id])[message_id]


def raws_of(connection: Connection, message_ids: Sequence[str]) -> dict[str, bytes]:
    """The bytes of some mails as they came, by the id of the message."""
    query = select(message.c.id, source.c.raw).join(source, message.c.source_id == source.c.id)
    return {row.id: bytes(row.raw) for row in connection.execute(query.where(message.c.id.in_(message_ids)))}


def parts_of(connection: Connection, message_id: str) -> tuple[TextPart, ...]:
    """The mail's text parts as they were read."""
    return load_parts(
        connection.execute(
            select(source.c.parts)
            .join(message, message.c.source_id == source.c.id)
            .where(message.c.id == message_id)
        ).scalar_one()
    )


def language_of(connection: Connection, message_id: str) -> str:
    """The mail's language, ISO 639-1, "" if unknown."""
    return str(connection.execute(select(message.c.language).where(message.c.id == message_id)).scalar_one())


def settle(writer: Writer, message_ids: Iterable[str]) -> None:
    """Move messages to "done" when nothing of them is open, back to "review" when something is."""
    for message_id in dict.fromkeys(message_ids):
        row = writer.get(message, message_id)
        states = list(
            writer.connection.execute(
                select(registration.c.state).where(registration.c.message_id == message_id)
            ).scalars()
        )
        if "open" in states:
            writer.update(message, message_id, {"state": "review", "state_reason": ""})
        elif "accepted" in states:
            writer.update(message, message_id, {"state": "done", "state_reason": ""})
        elif states and row["state"] == "review":
            writer.update(message, message_id, {"state": "aside"})


@dataclass(frozen=True, slots=True)
class Kept:
    """Messages of an import that were changed since, with all their rows."""

    messages: frozenset[str]
    rows: frozenset[str]


def rows_of_messages(connection: Connection, batch_id: str, changed: Sequence[tuple[str, str]]) -> Kept:
    """The messages of the batch that these changed rows belong to, and every row to keep with them."""
    ids = [row_id for _, row_id in changed]
    owners: dict[str, str] = {}  # any row -> its message
    rows_of: dict[str, set[str]] = {}
    joined = (
        select(message.c.id, registration.c.id, registration.c.location_id, field.c.id)
        .outerjoin(registration, registration.c.message_id == message.c.id)
        .outerjoin(field, field.c.registration_id == registration.c.id)
        .where(message.c.batch_id == batch_id)
    )
    for message_id, *rest in connection.execute(joined):
        for row_id in (message_id, *rest):
            if row_id is not None:
                owners[row_id] = message_id
                rows_of.setdefault(message_id, set()).add(row_id)
    gone = [row_id for row_id in ids if row_id not in owners]
    owners |= _owners_by_image(connection, gone, owners)
    kept = frozenset(owners[row_id] for row_id in ids if row_id in owners)
    for row_id in gone:
        if row_id in owners:
            rows_of.setdefault(owners[row_id], set()).add(row_id)
    rows = {row_id for message_id in kept for row_id in rows_of[message_id]}
    return Kept(kept, frozenset(rows | ({batch_id} if kept else set())))


def _owners_by_image(
    connection: Connection, gone: Sequence[str], owners: Mapping[str, str]
) -> dict[str, str]:
    """The messages of rows that were taken away since, by what their images say."""
    images: dict[str, Any] = {}
    for some in slices(gone):
        for row_id, after in connection.execute(
            select(step_row.c.row_id, step_row.c.after).where(
                step_row.c.row_id.in_(some), step_row.c.after.is_not(None)
            )
        ):
            images[row_id] = after
    message_ids = set(owners.values())
    found = {i: kept["message_id"] for i, kept in images.items() if kept.get("message_id") in message_ids}
    of_location = {
        kept["location_id"]: found[i] for i, kept in images.items() if i in found and kept.get("location_id")
    }
    of_field = {
        i: found[kept["registration_id"]]
        for i, kept in images.items()
        if kept.get("registration_id") in found
    }
    return {**found, **of_location, **of_field}
