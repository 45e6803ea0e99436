"""The first schema: every noun, and the history of what was done to them."""

import sqlalchemy as sa
from alembic import op

from poltwt_console.store.columns import CleanJson, CleanText, UtcTime

revision = "1"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "agency",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("name", CleanText(), nullable=False),
        sa.Column("name_key", CleanText(), nullable=False),
        sa.Column("also_known_as", CleanJson(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("merged_into", sa.String(length=36), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["merged_into"],
            ["agency.id"],
            name=op.f("fk_agency_merged_into"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agency")),
    )
    op.create_index(op.f("ix_agency_merged_into"), "agency", ["merged_into"], unique=False)
    op.create_index(op.f("ix_agency_name_key"), "agency", ["name_key"], unique=False)
    op.create_table(
        "edition",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("title", CleanText(), nullable=False),
        sa.Column("hashtag", CleanText(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("start_hour", sa.Integer(), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.Column("organiser_name", CleanText(), nullable=False),
        sa.Column("organiser_email", CleanText(), nullable=False),
        sa.Column("texts", CleanJson(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition")),
    )
    op.create_table(
        "location",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("address", CleanText(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("precision", sa.String(length=16), nullable=False),
        sa.Column("radius_km", sa.Float(), nullable=True),
        sa.Column("label", CleanText(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("region", CleanText(), nullable=False),
        sa.Column("locality", CleanText(), nullable=False),
        sa.Column("locality_latitude", sa.Float(), nullable=True),
        sa.Column("locality_longitude", sa.Float(), nullable=True),
        sa.Column("timezone", sa.String(length=64), nullable=False),
        sa.Column("timezone_by", sa.String(length=16), nullable=False),
        sa.Column("margin", sa.Float(), nullable=True),
        sa.Column("needs_review", CleanJson(), nullable=False),
        sa.Column("reasons", CleanJson(), nullable=False),
        sa.Column("candidates", CleanJson(), nullable=False),
        sa.Column("original", CleanJson(), nullable=True),
        sa.Column("locked", sa.Boolean(), nullable=False),
        sa.Column("provider", sa.String(length=32), nullable=False),
        sa.Column("error", CleanText(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_location")),
    )
    op.create_table(
        "source",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        sa.Column("parts", CleanText(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source")),
    )
    op.create_table(
        "step",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("label", CleanText(), nullable=False),
        sa.Column("verb", sa.String(length=32), nullable=False),
        sa.Column("author", CleanText(), nullable=False),
        sa.Column("made_at", UtcTime(), nullable=False),
        sa.Column("target_id", sa.String(length=36), nullable=True),
        sa.Column("undone", sa.Boolean(), nullable=False),
        sa.Column("went_out", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["target_id"], ["step.id"], name=op.f("fk_step_target_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_step")),
        sa.UniqueConstraint("number", name=op.f("uq_step_number")),
    )
    op.create_table(
        "batch",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("edition_id", sa.String(length=36), nullable=False),
        sa.Column("source", CleanText(), nullable=False),
        sa.Column("paths", CleanJson(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("owner", CleanText(), nullable=False),
        sa.Column("started_at", UtcTime(), nullable=False),
        sa.Column("finished_at", UtcTime(), nullable=True),
        sa.Column("new", sa.Integer(), nullable=False),
        sa.Column("known", sa.Integer(), nullable=False),
        sa.Column("unreadable", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"],
            ["edition.id"],
            name=op.f("fk_batch_edition_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch")),
    )
    op.create_index(op.f("ix_batch_edition_id"), "batch", ["edition_id"], unique=False)
    op.create_table(
        "participant",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("handle", CleanText(), nullable=False),
        sa.Column("handle_key", CleanText(), nullable=False),
        sa.Column("agency_id", sa.String(length=36), nullable=True),
        sa.Column("person", CleanText(), nullable=False),
        sa.Column("merged_into", sa.String(length=36), nullable=True),
        sa.Column("erased_at", UtcTime(), nullable=True),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"],
            ["agency.id"],
            name=op.f("fk_participant_agency_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["merged_into"],
            ["participant.id"],
            name=op.f("fk_participant_merged_into"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participant")),
    )
    op.create_index(op.f("ix_participant_agency_id"), "participant", ["agency_id"], unique=False)
    op.create_index(op.f("ix_participant_merged_into"), "participant", ["merged_into"], unique=False)
    op.create_index(
        "uq_participant_handle_key",
        "participant",
        ["handle_key"],
        unique=True,
        sqlite_where=sa.text("merged_into IS NULL AND erased_at IS NULL"),
        postgresql_where=sa.text("merged_into IS NULL AND erased_at IS NULL"),
    )
    op.create_table(
        "release",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("edition_id", sa.String(length=36), nullable=False),
        sa.Column("title", CleanText(), nullable=False),
        sa.Column("made_at", UtcTime(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"],
            ["edition.id"],
            name=op.f("fk_release_edition_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release")),
    )
    op.create_index(op.f("ix_release_edition_id"), "release", ["edition_id"], unique=False)
    op.create_table(
        "step_row",
        sa.Column("step_id", sa.String(length=36), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("table", sa.String(length=32), nullable=False),
        sa.Column("row_id", sa.String(length=36), nullable=False),
        sa.Column("before", CleanJson(), nullable=True),
        sa.Column("after", CleanJson(), nullable=True),
        sa.ForeignKeyConstraint(["step_id"], ["step.id"], name=op.f("fk_step_row_step_id")),
        sa.PrimaryKeyConstraint("step_id", "position", name=op.f("pk_step_row")),
    )
    op.create_index("ix_step_row_row_id", "step_row", ["row_id"], unique=False)
    op.create_table(
        "batch_note",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("batch_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("origin", CleanText(), nullable=False),
        sa.Column("sentence", CleanText(), nullable=False),
        sa.Column("message_id", sa.String(length=36), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["batch.id"],
            name=op.f("fk_batch_note_batch_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch_note")),
    )
    op.create_index(op.f("ix_batch_note_batch_id"), "batch_note", ["batch_id"], unique=False)
    op.create_table(
        "former_handle",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("participant_id", sa.String(length=36), nullable=False),
        sa.Column("handle", CleanText(), nullable=False),
        sa.Column("handle_key", CleanText(), nullable=False),
        sa.Column("until", UtcTime(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_former_handle_participant_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_former_handle")),
    )
    op.create_index(op.f("ix_former_handle_handle_key"), "former_handle", ["handle_key"], unique=False)
    op.create_index(
        op.f("ix_former_handle_participant_id"), "former_handle", ["participant_id"], unique=False
    )
    op.create_table(
        "message",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.String(length=36), nullable=False),
        sa.Column("batch_id", sa.String(length=36), nullable=True),
        sa.Column("source_id", sa.String(length=64), nullable=True),
        sa.Column("header_id", CleanText(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("id_clash", sa.Boolean(), nullable=False),
        sa.Column("subject", CleanText(), nullable=False),
        sa.Column("sender_name", CleanText(), nullable=False),
        sa.Column("sender_email", CleanText(), nullable=False),
        sa.Column("reply_to", CleanText(), nullable=False),
        sa.Column("date", UtcTime(), nullable=False),
        sa.Column("date_given", sa.Boolean(), nullable=False),
        sa.Column("origin", CleanText(), nullable=False),
        sa.Column("defects", CleanJson(), nullable=False),
        sa.Column("attachments", CleanJson(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("kind_reason", CleanText(), nullable=False),
        sa.Column("tables_to_map", CleanJson(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("state_reason", CleanText(), nullable=False),
        sa.Column("note", CleanText(), nullable=False),
        sa.Column("flag", sa.String(length=16), nullable=False),
        sa.Column("wait_until", sa.Date(), nullable=True),
        sa.Column("search", CleanText(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["batch.id"],
            name=op.f("fk_message_batch_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"],
            ["edition.id"],
            name=op.f("fk_message_edition_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_message_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
        sa.UniqueConstraint("number", name=op.f("uq_message_number")),
    )
    op.create_index(op.f("ix_message_batch_id"), "message", ["batch_id"], unique=False)
    op.create_index(op.f("ix_message_digest"), "message", ["digest"], unique=False)
    op.create_index(op.f("ix_message_edition_id"), "message", ["edition_id"], unique=False)
    op.create_index(op.f("ix_message_header_id"), "message", ["header_id"], unique=False)
    op.create_index("ix_message_state_date", "message", ["state", "date"], unique=False)
    op.create_table(
        "pair_exception",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("first_id", sa.String(length=36), nullable=False),
        sa.Column("second_id", sa.String(length=36), nullable=False),
        sa.Column("decided_at", UtcTime(), nullable=False),
        sa.Column("decided_by", CleanText(), nullable=False),
        sa.Column("note", CleanText(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["first_id"],
            ["participant.id"],
            name=op.f("fk_pair_exception_first_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["second_id"],
            ["participant.id"],
            name=op.f("fk_pair_exception_second_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pair_exception")),
        sa.UniqueConstraint("first_id", "second_id", name=op.f("uq_pair_exception_first_id_second_id")),
    )
    op.create_index(op.f("ix_pair_exception_first_id"), "pair_exception", ["first_id"], unique=False)
    op.create_index(op.f("ix_pair_exception_second_id"), "pair_exception", ["second_id"], unique=False)
    op.create_table(
        "participation",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("edition_id", sa.String(length=36), nullable=False),
        sa.Column("participant_id", sa.String(length=36), nullable=False),
        sa.Column("agency_id", sa.String(length=36), nullable=True),
        sa.Column("handle", CleanText(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("name", CleanText(), nullable=False),
        sa.Column("person", CleanText(), nullable=False),
        sa.Column("address", CleanText(), nullable=False),
        sa.Column("city", CleanText(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("contact_name", CleanText(), nullable=False),
        sa.Column("contact_email", CleanText(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("planned_from", UtcTime(), nullable=True),
        sa.Column("planned_until", UtcTime(), nullable=True),
        sa.Column("goal", CleanText(), nullable=False),
        sa.Column("visibility", sa.String(length=16), nullable=False),
        sa.Column("visibility_by", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("invited_at", UtcTime(), nullable=True),
        sa.Column("confirmed_at", UtcTime(), nullable=True),
        sa.Column("declined_at", UtcTime(), nullable=True),
        sa.Column("withdrawn_at", UtcTime(), nullable=True),
        sa.Column("note", CleanText(), nullable=False),
        sa.Column("location_id", sa.String(length=36), nullable=True),
        sa.Column("search", CleanText(), nullable=False),
        sa.Column("sort_key", CleanText(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"],
            ["agency.id"],
            name=op.f("fk_participation_agency_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"],
            ["edition.id"],
            name=op.f("fk_participation_edition_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["location_id"],
            ["location.id"],
            name=op.f("fk_participation_location_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_participation_participant_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participation")),
        sa.UniqueConstraint(
            "edition_id", "participant_id", name=op.f("uq_participation_edition_id_participant_id")
        ),
    )
    op.create_index(op.f("ix_participation_agency_id"), "participation", ["agency_id"], unique=False)
    op.create_index(op.f("ix_participation_edition_id"), "participation", ["edition_id"], unique=False)
    op.create_index(op.f("ix_participation_location_id"), "participation", ["location_id"], unique=False)
    op.create_index(
        op.f("ix_participation_participant_id"), "participation", ["participant_id"], unique=False
    )
    op.create_index(op.f("ix_participation_sort_key"), "participation", ["sort_key"], unique=False)
    op.create_table(
        "publication",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("edition_id", sa.String(length=36), nullable=False),
        sa.Column("release_id", sa.String(length=36), nullable=True),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("made_at", UtcTime(), nullable=False),
        sa.Column("file_name", CleanText(), nullable=False),
        sa.Column("text", CleanText(), nullable=False),
        sa.Column("settings", CleanJson(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"],
            ["edition.id"],
            name=op.f("fk_publication_edition_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["release_id"],
            ["release.id"],
            name=op.f("fk_publication_release_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication")),
    )
    op.create_index(op.f("ix_publication_edition_id"), "publication", ["edition_id"], unique=False)
    op.create_index(op.f("ix_publication_release_id"), "publication", ["release_id"], unique=False)
    op.create_table(
        "publication_row",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("publication_id", sa.String(length=36), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("participation_id", sa.String(length=36), nullable=True),
        sa.Column("copy", CleanJson(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["publication_id"],
            ["publication.id"],
            name=op.f("fk_publication_row_publication_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication_row")),
    )
    op.create_index(
        op.f("ix_publication_row_participation_id"), "publication_row", ["participation_id"], unique=False
    )
    op.create_index(
        op.f("ix_publication_row_publication_id"), "publication_row", ["publication_id"], unique=False
    )
    op.create_table(
        "registration",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("edition_id", sa.String(length=36), nullable=False),
        sa.Column("message_id", sa.String(length=36), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("intent", sa.String(length=16), nullable=False),
        sa.Column("all_accounts", sa.Boolean(), nullable=False),
        sa.Column("handle_key", CleanText(), nullable=False),
        sa.Column("former_handle", CleanText(), nullable=False),
        sa.Column("notes", CleanJson(), nullable=False),
        sa.Column("band", sa.String(length=8), nullable=False),
        sa.Column("band_reason", CleanText(), nullable=False),
        sa.Column("sender_check", sa.String(length=16), nullable=False),
        sa.Column("sender_reason", CleanText(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("state_reason", CleanText(), nullable=False),
        sa.Column("decided_at", UtcTime(), nullable=True),
        sa.Column("decided_by", CleanText(), nullable=False),
        sa.Column("participation_id", sa.String(length=36), nullable=True),
        sa.Column("location_id", sa.String(length=36), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"],
            ["edition.id"],
            name=op.f("fk_registration_edition_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["location_id"],
            ["location.id"],
            name=op.f("fk_registration_location_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["message_id"],
            ["message.id"],
            name=op.f("fk_registration_message_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["participation_id"],
            ["participation.id"],
            name=op.f("fk_registration_participation_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration")),
    )
    op.create_index(op.f("ix_registration_edition_id"), "registration", ["edition_id"], unique=False)
    op.create_index(op.f("ix_registration_handle_key"), "registration", ["handle_key"], unique=False)
    op.create_index(op.f("ix_registration_location_id"), "registration", ["location_id"], unique=False)
    op.create_index(op.f("ix_registration_message_id"), "registration", ["message_id"], unique=False)
    op.create_index(
        op.f("ix_registration_participation_id"), "registration", ["participation_id"], unique=False
    )
    op.create_table(
        "field",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("registration_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=16), nullable=False),
        sa.Column("value", CleanText(), nullable=True),
        sa.Column("edited", CleanText(), nullable=True),
        sa.Column("edited_at", UtcTime(), nullable=True),
        sa.Column("confidence", sa.String(length=8), nullable=False),
        sa.Column("rule", CleanText(), nullable=False),
        sa.Column("reason", CleanText(), nullable=False),
        sa.Column("part", CleanText(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.Column("words", CleanText(), nullable=False),
        sa.Column("others", CleanJson(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_field_registration_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_field")),
        sa.UniqueConstraint("registration_id", "name", name=op.f("uq_field_registration_id_name")),
    )
    op.create_index(op.f("ix_field_registration_id"), "field", ["registration_id"], unique=False)
    op.create_table(
        "letter",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("registration_id", sa.String(length=36), nullable=True),
        sa.Column("participation_id", sa.String(length=36), nullable=True),
        sa.Column("template", sa.String(length=32), nullable=False),
        sa.Column("asked", CleanJson(), nullable=False),
        sa.Column("text", CleanText(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("drafted_at", UtcTime(), nullable=False),
        sa.Column("sent_at", UtcTime(), nullable=True),
        sa.Column("answered_at", UtcTime(), nullable=True),
        sa.Column("answer_id", sa.String(length=36), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"],
            ["message.id"],
            name=op.f("fk_letter_answer_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["participation_id"],
            ["participation.id"],
            name=op.f("fk_letter_participation_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_letter_registration_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
    )
    op.create_index(op.f("ix_letter_answer_id"), "letter", ["answer_id"], unique=False)
    op.create_index(op.f("ix_letter_participation_id"), "letter", ["participation_id"], unique=False)
    op.create_index(op.f("ix_letter_registration_id"), "letter", ["registration_id"], unique=False)
    op.create_table(
        "value_source",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("participation_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=16), nullable=False),
        sa.Column("field_id", sa.String(length=36), nullable=True),
        sa.Column("set_at", UtcTime(), nullable=False),
        sa.Column("set_by", CleanText(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["field_id"],
            ["field.id"],
            name=op.f("fk_value_source_field_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["participation_id"],
            ["participation.id"],
            name=op.f("fk_value_source_participation_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_value_source")),
        sa.UniqueConstraint("participation_id", "name", name=op.f("uq_value_source_participation_id_name")),
    )
    op.create_index(op.f("ix_value_source_field_id"), "value_source", ["field_id"], unique=False)
    op.create_index(
        op.f("ix_value_source_participation_id"), "value_source", ["participation_id"], unique=False
    )
