"""What the pages ask of the database: each question runs in a worker and answers a frozen value.

The store and the workflow are imported inside, on a worker's first question: they bring
SQLAlchemy with them, which the first paint of the window must not wait for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from poltwt_console.gui.desk import Desk

if TYPE_CHECKING:
    from datetime import datetime

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
    attention: tuple[tuple[str, str, int], ...]  # (key, words, mails; places for "place")
    participants: int
    not_listed: int
    figures: Figures
    undo: str
    redo: str


def overview(desk: Desk) -> Overview:
    """Everything that the frame of the window shows."""
    from poltwt_console.store.queries import figures, inbox, people, places
    from poltwt_console.workflow import undo

    back, forth = undo.labels(desk.store)
    edition_id = desk.edition_id
    with desk.store.read() as connection:
        counts = inbox.attention_counts(connection, edition_id)
        counts["place"] = len(places.doubts(connection, edition_id))
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


def editions(desk: Desk) -> list[Edition]:
    """All editions of the database, the newest first."""
    from poltwt_console.store.queries.editions import list_editions

    with desk.store.read() as connection:
        return list_editions(connection)


def desk_of(desk: Desk, edition: Edition) -> Desk:
    """The desk on another edition, whose organiser may be another."""
    who = edition.organiser_email, edition.organiser_name
    return replace(
        desk,
        edition=edition,
        reader=desk.reader.for_organiser(*who),
        reader_with=lambda settings: desk.reader_with(settings).for_organiser(*who),
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
    tables: tuple[str, ...] = ()  # the parts whose tables a person can map


def mail(desk: Desk, message_id: str) -> MailAnswer | None:
    """That mail, or None if it is gone."""
    from poltwt_console.store import messages, registrations
    from poltwt_console.store.queries import inbox
    from poltwt_console.workflow.mapping import unread_tables
    from poltwt_console.workflow.proposals import propose

    with desk.store.read() as connection:
        try:
            detail = inbox.get_message(connection, message_id)
        except KeyError:
            return None
        said = registrations.registrations_of(connection, message_id)
        parts = messages.parts_of(connection, message_id)
        return MailAnswer(
            detail,
            parts,
            tuple(said),
            tuple(propose(connection, one) for one in said),
            desk.edition,
            unread_tables(detail.tables_to_map, parts, said),
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
        return batches.resumable_batches(connection)


def offline_places(desk: Desk) -> int:
    """How many places the gazetteer knows; 0 where its file is missing.  Opens it, so that it is warm."""
    geocoder = desk.reader.geocoder
    return len(geocoder.file.country) if geocoder is not None else 0


def gazetteer_credit(desk: Desk) -> str:
    """Whom the file of places credits, as it says itself; "" where it is missing."""
    geocoder = desk.reader.geocoder
    return geocoder.file.credit if geocoder is not None else ""


def participations(desk: Desk, ids: Sequence[str]) -> list[Participation]:
    """Those participations in order."""
    from poltwt_console.store.queries import people

    with desk.store.read() as connection:
        return people.participation_rows(connection, ids)


@dataclass(frozen=True, slots=True)
class PeopleWish:
    """Which participants the table shows, and in what order."""

    search: str = ""
    kind: str | None = None
    country: str | None = None
    state: str | None = None
    doubtful: bool = False
    not_listed: bool = False
    order: str = "name"
    descending: bool = False


@dataclass(frozen=True, slots=True)
class PeopleAnswer:
    """The ids in order, and what the filters can be set to."""

    ids: list[str]
    agencies: int
    officers: int
    countries: tuple[tuple[str, int], ...]


def people(desk: Desk, wish: PeopleWish) -> PeopleAnswer:
    """The ids of the table."""
    from poltwt_console.store.queries import people as asked

    edition_id = desk.edition_id
    with desk.store.read() as connection:
        ids = asked.participation_ids(
            connection,
            edition_id,
            search=wish.search,
            kind=wish.kind,
            country=wish.country,
            state="confirmed" if wish.not_listed else wish.state,
            doubtful=wish.doubtful,
            order=wish.order,
            descending=wish.descending,
        )
        if wish.not_listed:
            listed = asked.on_the_list(connection, edition_id)
            ids = [i for i in ids if i not in listed]
        return PeopleAnswer(
            ids,
            len(asked.participation_ids(connection, edition_id, kind="agency")),
            len(asked.participation_ids(connection, edition_id, kind="officer")),
            tuple(asked.countries_of(connection, edition_id)),
        )


@dataclass(frozen=True, slots=True)
class Source:
    """Where a value of a participant comes from."""

    set_at: datetime
    set_by: str
    number: int | None  # of the mail, None where a person set it
    rule: str


@dataclass(frozen=True, slots=True)
class PersonAnswer:
    """All of one participant."""

    one: Participation
    sources: dict[str, Source]
    steps: tuple[tuple[datetime, str], ...]  # newest first
    mails: tuple[tuple[str, int, str], ...]  # (id, number, subject)
    listed: bool
    edition: Edition


def person(desk: Desk, participation_id: str) -> PersonAnswer | None:
    """That participant with its history, mails and the source of each value; None if it is gone."""
    from poltwt_console.store import participants
    from poltwt_console.store.queries import people as asked

    with desk.store.read() as connection:
        try:
            one = participants.get_participation(connection, participation_id)
        except KeyError:
            return None
        sources = participants.sources_of(connection, participation_id)
        return PersonAnswer(
            one,
            {
                name: Source(row["set_at"], row["set_by"], row["number"], row["rule"] or "")
                for name, row in sources.items()
            },
            tuple((step.made_at, step.label) for step in asked.history_of(connection, participation_id)),
            tuple(asked.mails_of(connection, participation_id)),
            participation_id in asked.on_the_list(connection, desk.edition_id),
            desk.edition,
        )


@dataclass(frozen=True, slots=True)
class MapPoint:
    """One account on the map, as the organiser knows it; degrees WGS 84."""

    id: str
    handle: str
    title: str
    officer: bool
    latitude: float
    longitude: float
    radius_km: float
    known_to: str
    label: str
    timezone: str
    uncertain: bool
    search: str  # folded
    location_id: str


@dataclass(frozen=True, slots=True)
class MapAnswer:
    """Who is on the map, and who is not, with the reason."""

    points: tuple[MapPoint, ...]
    missing: tuple[tuple[str, str], ...]  # (participation's id, "@handle: reason")
    edition: Edition


def map_points(desk: Desk) -> MapAnswer:
    """The confirmed accounts with their places."""
    from poltwt_console.domain.folding import search_text
    from poltwt_console.domain.participant import ParticipationState
    from poltwt_console.domain.place import Precision
    from poltwt_console.domain.registration import TakesPartAs
    from poltwt_console.store import participants

    with desk.store.read() as connection:
        everyone = participants.all_participations(connection, desk.edition_id)
    points, missing = [], []
    for one in everyone:
        if one.state is not ParticipationState.CONFIRMED:
            continue
        found = one.location
        if found is None or found.place is None:
            reason = "place not found" if one.address or one.city else "no address"
            missing.append((one.id, f"@{one.handle}: {reason}"))
            continue
        place = found.place
        coarse = place.precision in (Precision.REGION, Precision.COUNTRY)
        points.append(
            MapPoint(
                one.id,
                one.handle,
                one.title,
                one.kind is TakesPartAs.OFFICER,
                place.latitude,
                place.longitude,
                place.radius_km,
                place.precision.value,
                place.label,
                place.timezone or "",
                not found.locked and (coarse or bool(found.needs_review)),
                search_text(one.handle, one.name, one.person, one.city, place.label),
                one.location_id or "",
            )
        )
    return MapAnswer(tuple(points), tuple(missing), desk.edition)


@dataclass(frozen=True, slots=True)
class ExportAnswer:
    """What the cards of the exports say."""

    listed: int
    to_add: int
    to_remove: int
    on_map: int
    off_map: tuple[str, ...]  # "@handle: reason"
    rows: int


def exports(desk: Desk) -> ExportAnswer:
    """Counts for the cards."""
    from poltwt_console.store.queries import people as asked
    from poltwt_console.workflow import publish

    what = publish.material(desk.store, desk.edition_id)
    with desk.store.read() as connection:
        before = asked.on_the_list(connection, desk.edition_id)
    now = {entry.id for entry in what.entries}
    off = [entry for entry in what.entries if entry.off_map]
    return ExportAnswer(
        listed=len(now),
        to_add=len(now - before),
        to_remove=len(before - now),
        on_map=len(now) - len(off),
        off_map=tuple(f"@{entry.handle}: {entry.off_map}" for entry in off),
        rows=len(what.participations),
    )
