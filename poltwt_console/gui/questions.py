"""What the pages ask of the database: each question runs in a worker and answers a frozen value.

The store and the workflow are imported inside, on a worker's first question: they bring
SQLAlchemy with them, which the first paint of the window must not wait for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from poltwt_console.gui.desk import Desk

if TYPE_CHECKING:
    from poltwt_console.domain.edition import Edition
    from poltwt_console.domain.message import TextPart
    from poltwt_console.domain.participant import Participation, Proposal
    from poltwt_console.store.batches import Batch
    from poltwt_console.store.queries.figures import Figures
    from poltwt_console.store.queries.inbox import MessageDetail, MessageRow
    from poltwt_console.store.registrations import StoredRegistration


@dataclass(frozen=True, slots=True)
class Overview:
    """What stands around every page: counts, figures, and what Undo and Redo would do."""

    database: str
    edition: Edition
    queue: dict[str, int]  # mails by state
    attention: tuple[tuple[str, str, int], ...]  # (key, words, mails)
    participants: int
    not_listed: int
    figures: Figures
    undo: str
    redo: str


def overview(desk: Desk) -> Overview:
    """Everything that the frame of the window shows."""
    from poltwt_console.store.queries import figures, inbox, people
    from poltwt_console.workflow import undo

    back, forth = undo.labels(desk.store)
    edition_id = desk.edition_id
    with desk.store.read() as connection:
        counts = inbox.attention_counts(connection, edition_id)
        everyone = people.participation_ids(connection, edition_id)
        confirmed = people.participation_ids(connection, edition_id, state="confirmed")
        listed = people.on_the_list(connection, edition_id)
        return Overview(
            database=desk.store.name,
            edition=desk.edition,
            queue=inbox.queue_counts(connection, edition_id),
            attention=tuple((key, words, counts[key]) for key, (words, _) in inbox.ATTENTION.items()),
            participants=len(everyone),
            not_listed=sum(i not in listed for i in confirmed),
            figures=figures.figures(connection, edition_id),
            undo=back,
            redo=forth,
        )


@dataclass(frozen=True, slots=True)
class QueueWish:
    """Which mails the queue shows; ``state`` None is all of them."""

    state: str | None = "review"
    search: str = ""
    attention: str | None = None


def queue_ids(desk: Desk, wish: QueueWish) -> list[str]:
    """The mails' ids in order."""
    from poltwt_console.store.queries import inbox

    state = wish.state if wish.attention is None else "review"
    with desk.store.read() as connection:
        return inbox.message_ids(connection, desk.edition_id, state, wish.search, wish.attention)


def queue_rows(desk: Desk, ids: Sequence[str]) -> list[MessageRow]:
    """The rows of these mails."""
    from poltwt_console.store.queries import inbox

    with desk.store.read() as connection:
        return inbox.message_rows(connection, ids)


@dataclass(frozen=True, slots=True)
class MailAnswer:
    """One mail with what it says and what accepting each account would do."""

    detail: MessageDetail
    parts: tuple[TextPart, ...]
    registrations: tuple[StoredRegistration, ...]
    proposals: tuple[Proposal, ...]
    edition: Edition


def mail(desk: Desk, message_id: str) -> MailAnswer | None:
    """That mail, or None if it is gone."""
    from poltwt_console.store import messages, registrations
    from poltwt_console.store.queries import inbox
    from poltwt_console.workflow.proposals import propose

    with desk.store.read() as connection:
        try:
            detail = inbox.get_message(connection, message_id)
        except KeyError:
            return None
        said = registrations.registrations_of(connection, message_id)
        return MailAnswer(
            detail,
            messages.parts_of(connection, message_id),
            tuple(said),
            tuple(propose(connection, one) for one in said),
            desk.edition,
        )


def original(desk: Desk, message_id: str) -> str:
    """The mail's source, to look at: UTF-8 where it is, else byte by byte."""
    from poltwt_console.store import messages

    with desk.store.read() as connection:
        raw = messages.raw_of(connection, message_id)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def unfinished_imports(desk: Desk) -> list[Batch]:
    """Imports that were cut short and can go on."""
    from poltwt_console.store import batches

    with desk.store.read() as connection:
        return [b for b in batches.unfinished_batches(connection) if b.paths]


def offline_places(desk: Desk) -> int:
    """How many places the gazetteer knows; 0 where its file is missing.  Opens it, so that it is warm."""
    geocoder = desk.reader.geocoder
    return len(geocoder.file.country) if geocoder is not None else 0


def participations(desk: Desk, ids: Sequence[str]) -> list[Participation]:
    """Those participations in order."""
    from poltwt_console.store.queries import people

    with desk.store.read() as connection:
        return people.participation_rows(connection, ids)
