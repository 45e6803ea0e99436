"""The tables: one for each noun of ``domain``, and the history of what was done to them.

Every table that the organiser's verbs change has a key made by us and a ``row_version``;
``HISTORIC`` lists them.  ``source`` holds the mails' bytes under their own hash: it is only ever
added to, so that undoing an import loses no mail, and images in the history stay small.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    text,
)

from poltwt_console.store.columns import CleanJson, CleanText, Key, UtcTime

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _historic(name: str, *columns: Any) -> Table:
    return Table(
        name,
        metadata,
        Column("id", Key, primary_key=True),
        *columns,
        Column("row_version", Integer, nullable=False, server_default="1"),
    )


def _ref(column: str, target: str, **more: Any) -> Column[str]:
    # Deferred: undo puts rows back in any order, and the database checks at commit.
    key = ForeignKey(f"{target}.id", deferrable=True, initially="DEFERRED")
    return Column(column, Key, key, index=True, **more)


edition = _historic(
    "edition",
    Column("title", CleanText, nullable=False),
    Column("hashtag", CleanText, nullable=False),
    Column("day", Date, nullable=False),
    Column("start_hour", Integer, nullable=False),
    Column("hours", Integer, nullable=False),
    Column("organiser_name", CleanText, nullable=False),
    Column("organiser_email", CleanText, nullable=False),
    Column("texts", CleanJson, nullable=False),
)

batch = _historic(
    "batch",
    _ref("edition_id", "edition", nullable=False),
    Column("source", CleanText, nullable=False),  # what the organiser picked, as shown
    Column("paths", CleanJson, nullable=False),  # what to read again to go on after a kill
    Column("state", String(16), nullable=False),  # running, finished, cancelled
    Column("owner", CleanText, nullable=False),  # host:process that runs it; "" when none does
    Column("started_at", UtcTime, nullable=False),
    Column("finished_at", UtcTime),
    Column("new", Integer, nullable=False),
    Column("known", Integer, nullable=False),
    Column("unreadable", Integer, nullable=False),
)

batch_note = _historic(
    "batch_note",  # one line for each mail that did not come in, with the reason
    _ref("batch_id", "batch", nullable=False),
    Column("kind", String(16), nullable=False),  # known, unreadable
    Column("origin", CleanText, nullable=False),
    Column("sentence", CleanText, nullable=False),
    Column("message_id", Key),  # the message that it is known as
)

source = Table(
    "source",
    metadata,
    Column("id", String(64), primary_key=True),  # SHA-256 of raw, hex
    Column("raw", LargeBinary, nullable=False),
    Column("parts", CleanText, nullable=False),  # JSON of the text parts as read; spans rest on them
)

message = _historic(
    "message",
    Column("number", Integer, nullable=False, unique=True),  # "#112" on the screen
    _ref("edition_id", "edition", nullable=False),
    _ref("batch_id", "batch"),
    Column("source_id", String(64), ForeignKey("source.id")),
    Column("header_id", CleanText, nullable=False, index=True),  # Message-ID, "" if none
    Column("digest", String(64), nullable=False, index=True),
    Column("id_clash", Boolean, nullable=False),  # another mail with the same Message-ID differs
    Column("subject", CleanText, nullable=False),
    Column("sender_name", CleanText, nullable=False),
    Column("sender_email", CleanText, nullable=False),
    Column("reply_to", CleanText, nullable=False),
    Column("date", UtcTime, nullable=False),
    Column("date_given", Boolean, nullable=False),
    Column("origin", CleanText, nullable=False),
    Column("defects", CleanJson, nullable=False),
    Column("attachments", CleanJson, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("kind_reason", CleanText, nullable=False),
    Column("tables_to_map", CleanJson, nullable=False),  # ids of parts whose columns were not understood
    Column("language", String(8), nullable=False),
    Column("state", String(16), nullable=False),  # unread, review, done, aside
    Column("state_reason", CleanText, nullable=False),
    Column("note", CleanText, nullable=False),
    Column("flag", String(16), nullable=False),
    Column("wait_until", Date),
    Column("search", CleanText, nullable=False),
    Index("ix_message_state_date", "state", "date"),
)

location = _historic(
    "location",
    Column("address", CleanText, nullable=False),
    Column("state", String(16), nullable=False),
    Column("latitude", Float),
    Column("longitude", Float),
    Column("precision", String(16), nullable=False),
    Column("radius_km", Float),
    Column("label", CleanText, nullable=False),
    Column("country", String(2), nullable=False),
    Column("region", CleanText, nullable=False),
    Column("locality", CleanText, nullable=False),
    Column("locality_latitude", Float),
    Column("locality_longitude", Float),
    Column("timezone", String(64), nullable=False),
    Column("timezone_by", String(16), nullable=False),  # place, person
    Column("margin", Float),
    Column("needs_review", CleanJson, nullable=False),
    Column("reasons", CleanJson, nullable=False),
    Column("candidates", CleanJson, nullable=False),
    Column("original", CleanJson),  # the first result, kept beside a point set by hand
    Column("locked", Boolean, nullable=False),
    Column("provider", String(32), nullable=False),
    Column("error", CleanText, nullable=False),
)

agency = _historic(
    "agency",
    Column("name", CleanText, nullable=False),
    Column("name_key", CleanText, nullable=False, index=True),
    Column("also_known_as", CleanJson, nullable=False),
    Column("country", String(2), nullable=False),
    _ref("merged_into", "agency"),
)

participant = _historic(
    "participant",
    Column("handle", CleanText, nullable=False),
    Column("handle_key", CleanText, nullable=False),
    _ref("agency_id", "agency"),
    Column("person", CleanText, nullable=False),
    _ref("merged_into", "participant"),
    Column("erased_at", UtcTime),
    Column("created_at", UtcTime, nullable=False),
    # The current handle is unique ignoring case; a merged or erased row no longer holds it.
    Index(
        "uq_participant_handle_key",
        "handle_key",
        unique=True,
        sqlite_where=text("merged_into IS NULL AND erased_at IS NULL"),
        postgresql_where=text("merged_into IS NULL AND erased_at IS NULL"),
    ),
)

former_handle = _historic(
    "former_handle",
    _ref("participant_id", "participant", nullable=False),
    Column("handle", CleanText, nullable=False),
    Column("handle_key", CleanText, nullable=False, index=True),  # hints only: someone else may hold it now
    Column("until", UtcTime, nullable=False),
)

participation = _historic(
    "participation",
    _ref("edition_id", "edition", nullable=False),
    _ref("participant_id", "participant", nullable=False),
    _ref("agency_id", "agency"),
    Column("handle", CleanText, nullable=False),  # as of this edition
    Column("kind", String(16), nullable=False),  # agency, officer
    Column("name", CleanText, nullable=False),
    Column("person", CleanText, nullable=False),
    Column("address", CleanText, nullable=False),
    Column("city", CleanText, nullable=False),
    Column("country", String(2), nullable=False),
    Column("contact_name", CleanText, nullable=False),
    Column("contact_email", CleanText, nullable=False),
    Column("language", String(8), nullable=False),
    Column("planned_from", UtcTime),
    Column("planned_until", UtcTime),
    Column("goal", CleanText, nullable=False),
    Column("visibility", String(16), nullable=False),  # default, exact, locality, list only, hidden
    Column("visibility_by", String(16), nullable=False),  # default, person
    Column("state", String(16), nullable=False),  # invited, confirmed, declined, withdrawn
    Column("invited_at", UtcTime),
    Column("confirmed_at", UtcTime),
    Column("declined_at", UtcTime),
    Column("withdrawn_at", UtcTime),
    Column("note", CleanText, nullable=False),
    _ref("location_id", "location"),
    Column("search", CleanText, nullable=False),
    Column("sort_key", CleanText, nullable=False, index=True),
    UniqueConstraint("edition_id", "participant_id"),
)

registration = _historic(
    "registration",
    _ref("edition_id", "edition", nullable=False),
    _ref("message_id", "message"),  # none for a spreadsheet row or a person on the phone
    Column("position", Integer, nullable=False),
    Column("intent", String(16), nullable=False),
    Column("all_accounts", Boolean, nullable=False),
    Column("handle_key", CleanText, nullable=False, index=True),
    Column("former_handle", CleanText, nullable=False),
    Column("notes", CleanJson, nullable=False),
    Column("band", String(8), nullable=False),  # ready, look, missing: of the fields and the place together
    Column("band_reason", CleanText, nullable=False),
    Column("sender_check", String(16), nullable=False),  # green, amber, red
    Column("sender_reason", CleanText, nullable=False),
    Column("state", String(16), nullable=False),  # open, accepted, aside
    Column("state_reason", CleanText, nullable=False),
    Column("decided_at", UtcTime),
    Column("decided_by", CleanText, nullable=False),
    _ref("participation_id", "participation"),  # what it became, or changed
    _ref("location_id", "location"),
)

field = _historic(
    "field",
    _ref("registration_id", "registration", nullable=False),
    Column("name", String(16), nullable=False),
    Column("value", CleanText),  # as read from the mail
    Column("edited", CleanText),  # as set by a person, "" meaning none; counts when edited_at is set
    Column("edited_at", UtcTime),
    Column("confidence", String(8), nullable=False),
    Column("rule", CleanText, nullable=False),
    Column("reason", CleanText, nullable=False),
    Column("part", CleanText, nullable=False),
    Column("start", Integer),
    Column("end", Integer),
    Column("words", CleanText, nullable=False),
    Column("others", CleanJson, nullable=False),
    UniqueConstraint("registration_id", "name"),
)

value_source = _historic(
    "value_source",  # where a participation's current value comes from
    _ref("participation_id", "participation", nullable=False),
    Column("name", String(16), nullable=False),
    _ref("field_id", "field"),  # none: by a person
    Column("set_at", UtcTime, nullable=False),
    Column("set_by", CleanText, nullable=False),
    UniqueConstraint("participation_id", "name"),
)

pair_exception = _historic(
    "pair_exception",  # "not a duplicate"; first_id < second_id
    _ref("first_id", "participant", nullable=False),
    _ref("second_id", "participant", nullable=False),
    Column("decided_at", UtcTime, nullable=False),
    Column("decided_by", CleanText, nullable=False),
    Column("note", CleanText, nullable=False),
    UniqueConstraint("first_id", "second_id"),
)

letter = _historic(
    "letter",
    _ref("registration_id", "registration"),
    _ref("participation_id", "participation"),
    Column("template", String(32), nullable=False),
    Column("asked", CleanJson, nullable=False),
    Column("text", CleanText, nullable=False),
    Column("state", String(16), nullable=False),  # drafted, sent, answered
    Column("drafted_at", UtcTime, nullable=False),
    Column("sent_at", UtcTime),
    Column("answered_at", UtcTime),
    _ref("answer_id", "message"),
)

release = _historic(
    "release",
    _ref("edition_id", "edition", nullable=False),
    Column("title", CleanText, nullable=False),
    Column("made_at", UtcTime, nullable=False),
)

publication = _historic(
    "publication",
    _ref("edition_id", "edition", nullable=False),
    _ref("release_id", "release"),
    Column("kind", String(32), nullable=False),  # twitter-list, participants, map, press
    Column("made_at", UtcTime, nullable=False),
    Column("file_name", CleanText, nullable=False),
    Column("text", CleanText, nullable=False),
    Column("settings", CleanJson, nullable=False),
)

publication_row = _historic(
    "publication_row",
    _ref("publication_id", "publication", nullable=False),
    Column("position", Integer, nullable=False),
    # Not a reference: what went out stays said, whatever becomes of the participation; none once
    # erased, an anonymous mark.
    Column("participation_id", Key, index=True),
    Column("copy", CleanJson, nullable=False),
)

HISTORIC: tuple[Table, ...] = (
    edition,
    batch,
    batch_note,
    message,
    location,
    agency,
    participant,
    former_handle,
    participation,
    registration,
    field,
    value_source,
    pair_exception,
    letter,
    release,
    publication,
    publication_row,
)

step = Table(
    "step",
    metadata,
    Column("id", Key, primary_key=True),
    Column("number", Integer, nullable=False, unique=True),
    Column("label", CleanText, nullable=False),
    Column("verb", String(32), nullable=False),
    Column("author", CleanText, nullable=False),
    Column("made_at", UtcTime, nullable=False),
    Column("target_id", Key, ForeignKey("step.id")),  # the step that this one undoes or applies again
    Column("undone", Boolean, nullable=False),
    Column("went_out", Boolean, nullable=False),  # a file published, a letter sent: never undone
)

step_row = Table(
    "step_row",
    metadata,
    Column("step_id", Key, ForeignKey("step.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("table", String(32), nullable=False),
    Column("row_id", Key, nullable=False),
    Column("before", CleanJson),  # none: the row was made
    Column("after", CleanJson),  # none: the row was taken away
    Index("ix_step_row_row_id", "row_id"),
)
