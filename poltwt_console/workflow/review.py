"""A person decides: accept, set aside, open again, correct a value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from poltwt_console.domain.changes import SILENT, Changes, Progress
from poltwt_console.domain.counts import counted, verb_for
from poltwt_console.domain.folding import handle_key
from poltwt_console.domain.matching import KnownAccounts
from poltwt_console.domain.participant import (
    FIELD_OF_VALUE,
    VALUES,
    Effect,
    ParticipationState,
    Proposal,
    ValueChange,
)
from poltwt_console.domain.place import Hints, Location, LocationState, Precision
from poltwt_console.domain.registration import (
    DERIVED,
    FIELD_NAMES,
    PLACE_RULE,
    Confidence,
    Field,
    Registration,
    TakesPartAs,
    follows_address,
)
from poltwt_console.errors import ConsoleError, UsageError
from poltwt_console.store import Store, locations, messages, participants, registrations
from poltwt_console.store.history import Writer
from poltwt_console.store.locations import Wanted
from poltwt_console.store.queries.inbox import find_message
from poltwt_console.store.registrations import StoredRegistration, band_of
from poltwt_console.store.tables import field, message, participation, registration
from poltwt_console.workflow.pieces import InPieces
from poltwt_console.workflow.proposals import HANDLE, known_accounts, likened, propose
from poltwt_console.workflow.reading import MailReader, town

_COMMIT_EVERY = 200  # about a second; 3,000 at once kept every other program from writing for 15 s
_OF_PLACE = ("address", "city", "country")


def accept(
    store: Store, ids: Sequence[str], *, only_ready: bool = False, progress: Progress = SILENT
) -> Changes:
    """Accept registrations: each becomes a participation, or the change of one.

    With ``only_ready`` those that want a look are passed over and counted; otherwise one that
    cannot be accepted is a ConsoleError when it is alone, and a problem of the Changes among many.
    Many are one Step that commits in pieces, so that nobody else waits long to write; what is stopped
    keeps what was accepted.
    """
    run = InPieces(store, "Accept registrations", "accept")
    so_far = _Accepted(only_ready=only_ready, alone=len(ids) == 1)
    stopped = False
    for start in range(0, len(ids), _COMMIT_EVERY):
        if start:
            run.rest()
        stopped = progress.cancelled
        if stopped:
            break
        some = list(ids[start : start + _COMMIT_EVERY])
        with run.piece() as write:
            found = registrations.get_registrations(write.writer.connection, some)
            accounts: dict[str, KnownAccounts] = {}  # made anew: others may have written meanwhile
            for n, one in enumerate(found, start):
                progress.report(n, len(ids), f"@{one.value('handle')}")
                so_far.take(write.writer, one, accounts)
            write.writer.label = so_far.label
    ending = " (stopped; what is accepted stays)." if stopped else "."
    return Changes(
        so_far.label,
        run.step_id,
        run.touched,
        so_far.counts,
        f"{so_far.sentence}{ending}",
        tuple(so_far.problems),
    )


class _Accepted:
    """What a run has accepted so far, and what it has not."""

    def __init__(self, *, only_ready: bool, alone: bool) -> None:
        self._only_ready = only_ready
        self._alone = alone
        self._names: list[str] = []
        self._skipped = 0
        self._concerned: set[str] = set()  # participations
        self.problems: list[str] = []

    def take(self, writer: Writer, one: StoredRegistration, accounts: dict[str, KnownAccounts]) -> None:
        """Accept one, or keep why not; ``accounts`` by edition are made where they are first needed."""
        if one.state == "accepted":
            return
        if self._only_ready and one.band != "ready":
            self._skipped += 1
            return
        if one.edition_id not in accounts:
            accounts[one.edition_id] = known_accounts(writer.connection, one.edition_id)
        proposal = propose(writer.connection, one, accounts[one.edition_id])
        if self._only_ready and not proposal.ready:
            self._skipped += 1
            return
        try:
            with writer.attempt():
                _refuse_twice(proposal, self._concerned)
                participation_id = _carry_out(writer, one, proposal)
        except ConsoleError as error:
            if self._alone:
                raise
            self.problems.append(f"{_name(one)}: {error.sentence}")
            return
        self._concerned.add(participation_id)
        accounts[one.edition_id].add(participation_id, likened(one))
        self._names.append(_name(one))

    @property
    def label(self) -> str:
        return f"Accept {_names(self._names, 'registration')}"

    @property
    def counts(self) -> dict[str, int]:
        return {"accepted": len(self._names), "skipped": self._skipped, "failed": len(self.problems)}

    @property
    def sentence(self) -> str:
        """Without its end."""
        want = f", {self._skipped:,} {verb_for(self._skipped, 'wants', 'want')} a look"
        return f"{len(self._names):,} accepted" + (want if self._only_ready else "")


def accept_ready(store: Store, edition_id: str, *, progress: Progress = SILENT) -> Changes:
    """Accept every open registration of the edition that is ready, as one step."""
    with store.read() as connection:
        ids = [r.id for r in registrations.open_registrations(connection, edition_id)]
    return accept(store, ids, only_ready=True, progress=progress)


def find_open(store: Store, named: Sequence[str]) -> list[str]:
    """The ids of what was named: a registration by its id, or by "#7" all that is open of mail 7.

    UsageError where a name is neither.
    """
    ids: list[str] = []
    with store.read() as connection:
        for given in named:
            number = given.lstrip("#")
            plain = number.isascii() and number.isdecimal() and len(number) <= 9
            message_id = find_message(connection, int(number)) if plain else None
            if message_id is not None:
                there = registrations.registrations_of(connection, message_id)
                ids += [one.id for one in there if one.state == "open"]
            elif registrations.get_registrations(connection, [given]):
                ids.append(given)
            else:
                raise UsageError(
                    f"There is no registration or mail “{given}”.", "`list registrations` shows them."
                )
    return ids


def set_aside(store: Store, message_ids: Sequence[str], reason: str = "by you") -> Changes:
    """Set mails aside with all that is open of them; nothing is deleted."""
    with store.write("Set aside", "set_aside") as write:
        for message_id in message_ids:
            for one in registrations.registrations_of(write.writer.connection, message_id):
                if one.state == "open":
                    _decide(write.writer, one, "aside", reason, None)
            write.writer.update(message, message_id, {"state": "aside", "state_reason": reason})
        write.writer.label = f"Set aside {counted(len(message_ids), 'mail')}"
    return write.changes


def set_aside_registration(store: Store, registration_id: str, reason: str = "by you") -> Changes:
    """Set one account of a mail aside; the others stay as they are."""
    with store.write("Set aside", "set_aside_registration") as write:
        one = registrations.get_registration(write.writer.connection, registration_id)
        if one.state == "open":
            _decide(write.writer, one, "aside", reason, None)
        if one.message_id:
            messages.settle(write.writer, [one.message_id])
        write.writer.label = f"Set aside {_name(one)}"
    return write.changes


def reopen(store: Store, message_ids: Sequence[str]) -> Changes:
    """Put mails back into the queue.  What was accepted from them stays on the list until it is changed."""
    with store.write("Reopen", "reopen") as write:
        for message_id in message_ids:
            for one in registrations.registrations_of(write.writer.connection, message_id):
                if one.state != "open":
                    write.writer.update(
                        registration,
                        one.id,
                        {"state": "open", "state_reason": "", "decided_at": None, "decided_by": ""},
                    )
            never_read = not write.writer.get(message, message_id)["kind"]
            state = messages.UNREAD if never_read else "review"
            write.writer.update(message, message_id, {"state": state, "state_reason": ""})
        write.writer.label = f"Reopen {counted(len(message_ids), 'mail')}"
    return write.changes


def annotate(
    store: Store, message_id: str, *, note: str, flag: str = "", wait_until: date | None = None
) -> Changes:
    """Set the organiser's own note, colour flag and "wait until" date of a mail; never exported."""
    with store.write("Note on a mail", "annotate") as write:
        write.writer.edit(message, message_id, {"note": note, "flag": flag, "wait_until": wait_until})
    return write.changes


def add_registration(store: Store, message_id: str, handle: str) -> Changes:
    """Add an account to a mail by hand: one that the program did not see, or did not take for one."""
    handle = checked("handle", handle)
    if not handle:
        raise ConsoleError("There is no Twitter name.", "Type the account's name; the rest can follow.")
    with store.write(f"Add @{handle} to a mail", "add_registration") as write:
        writer = write.writer
        row = writer.get(message, message_id)
        there = registrations.registrations_of(writer.connection, message_id)
        check = registrations.sender_check_of(there)
        as_agency = Registration(participant=Field(TakesPartAs.AGENCY.value, Confidence.READY, "default"))
        nowhere = Location(LocationState.NOT_TRIED)
        said = registrations.Said(message_id, [as_agency], [nowhere], check, first=len(there))
        [added] = registrations.add_registrations(writer, row["edition_id"], [said])
        new = registrations.get_registration(writer.connection, added)
        writer.edit(field, new.fields["handle"].id, {"edited": handle, "edited_at": writer.now})
        refresh_band(writer, added)
        messages.settle(writer, [message_id])
    return write.changes


# ---------------------------------------------------------------- correcting a value


def edit_field(store: Store, reader: MailReader, registration_id: str, name: str, value: str) -> Changes:
    """Set a field of a registration by hand; "" means none.  A new address is looked up at once."""
    return _set_field(store, reader, registration_id, name, checked(name, value))


def restore_field(store: Store, reader: MailReader, registration_id: str, name: str) -> Changes:
    """Go back to what the mail says."""
    return _set_field(store, reader, registration_id, name, None)


def _set_field(
    store: Store, reader: MailReader, registration_id: str, name: str, value: str | None
) -> Changes:
    with store.read() as connection:
        one = registrations.get_registration(connection, registration_id)
        owner = locations.owner_of(connection, one.location_id) if one.location_id else None
    old = one.fields[name]
    if (old.edited if old.edited_at else None) == value:
        return Changes("")
    found = None
    if owner is not None and name in _OF_PLACE and not one.location.locked:
        said = "" if name != "address" and old.read.rule in DERIVED else old.read.value or ""
        found = look_up(reader, changed_wish(owner.wanted, name, value, said))
    follows = derived_values(reader, found) if found is not None else {}
    verb, label = ("restore_field", "Restore") if value is None else ("edit_field", "Edit")
    with store.write(f"{label} {_words(name)} of {_name(one)}", verb) as write:
        writer = write.writer
        writer.edit(field, old.id, {"edited": value, "edited_at": None if value is None else writer.now})
        if owner is not None and found is not None:
            locations.write_location(writer, owner.location_id, found, seen_version=owner.row_version)
            _derive_fields(writer, registration_id, follows, doubtful=bool(found.needs_review))
        refresh_band(writer, registration_id)
    return write.changes


def changed_wish(wanted: Wanted, name: str, value: str | None, said: str) -> Wanted:
    """What to look for once a person sets one of the values, or (None) takes that back to what was said."""
    if name == "country":
        return replace(wanted, picked_country=value or "", country=said if value is None else "")
    return replace(wanted, **{name: said if value is None else value})


def _derive_fields(
    writer: Writer, registration_id: str, values: Mapping[str, str], *, doubtful: bool
) -> None:
    """City and country that follow from the address follow it to its new place."""
    one = registrations.get_registration(writer.connection, registration_id)
    for name, value in values.items():
        stored = one.fields[name]
        if not stored.edited_at and follows_address(one.fields["address"].read, stored.read):
            sure = Confidence.LOOK if doubtful else Confidence.READY
            no_words: dict[str, Any] = {
                "part": "",
                "start": None,
                "end": None,
                "words": "",
                "others": [],
                "reason": "",
            }
            new = {"value": value, "rule": PLACE_RULE, "confidence": sure.value, **no_words}
            writer.update(field, stored.id, new)


def derived_values(reader: MailReader, found: Location) -> dict[str, str]:
    """The city and country that a found place gives."""
    place = found.place
    if place is None:
        return {}
    values = {"country": place.country}
    if place.locality and place.precision not in (Precision.REGION, Precision.COUNTRY):
        values["city"] = town(place, found.query, reader.place_names)
    return values


def refresh_band(writer: Writer, registration_id: str) -> None:
    """Bring along what follows from a registration's fields and place."""
    now = registrations.get_registration(writer.connection, registration_id)
    quality, why = band_of(now)
    follows = {"band": quality, "band_reason": why, "handle_key": handle_key(now.value("handle"))}
    writer.update(registration, registration_id, follows)


def checked(name: str, value: str) -> str:
    """The value as it may be stored; ConsoleError where it cannot be one of that field."""
    value = " ".join(value.split()) if name != "address" else value.strip()
    if name == "handle":
        value = value.lstrip("@\uff20")
        if value and not HANDLE.fullmatch(value):
            raise ConsoleError(
                f"“{value}” is no Twitter name.", "A Twitter name has 1 to 15 letters, digits or underscores."
            )
    elif name in ("participant", "kind"):
        if value not in {kind.value for kind in TakesPartAs}:
            raise ConsoleError(f"“{value}” is neither agency nor officer.", "Choose one of the two.")
    elif name == "country":
        value = value.upper()
        if value and not (len(value) == 2 and value.isascii() and value.isalpha()):
            raise ConsoleError(f"“{value}” is no country code.", "Choose a country, or type its two letters.")
    elif name not in (*FIELD_NAMES, *VALUES):
        raise KeyError(name)
    return value


def look_up(reader: MailReader, wanted: Wanted) -> Location:
    """The place that is wanted; a country set by a person counts more than one that a mail states."""
    hints = Hints(
        picked_country=wanted.picked_country or None,
        country=wanted.country or None,
        mail_domain=wanted.sender_email.rpartition("@")[2],
        phone=wanted.phone,
        agency=wanted.agency,
        city=wanted.city,
        language=wanted.language,
    )
    return reader.place(wanted.query, hints)


# ---------------------------------------------------------------- carrying out


def _refuse_twice(proposal: Proposal, concerned: set[str]) -> None:
    """Two that are accepted at once and give one account different values: the second wants a look."""
    if proposal.changes and concerned & set(proposal.participation_ids):
        raise ConsoleError(
            "the same account was accepted just now with other values.",
            "Look at the two, then accept this one.",
        )


def _carry_out(writer: Writer, one: StoredRegistration, proposal: Proposal) -> str:
    """Do what was proposed; returns the id of the participation concerned."""
    if proposal.effect is Effect.UNCLEAR:
        raise ConsoleError(
            f"It is not clear which account is meant: {'; '.join(proposal.warnings)}.",
            "Type the Twitter name, then accept.",
        )
    if proposal.effect in (Effect.NEW, Effect.RETURNING):
        concerned = _register(writer, one)
    else:
        concerned = proposal.participation_ids[0]
        for participation_id in proposal.participation_ids:
            _change(writer, one, participation_id, proposal.changes)
    _decide(writer, one, "accepted", "", concerned)
    if one.message_id:
        messages.settle(writer, [one.message_id])
    return concerned


def _register(writer: Writer, one: StoredRegistration) -> str:
    if not one.value("handle"):
        raise ConsoleError("There is no Twitter name yet.", "Type it, or ask the sender for it.")
    values = {name: one.value(FIELD_OF_VALUE[name]) for name in VALUES}
    values["kind"] = values["kind"] or TakesPartAs.AGENCY.value
    values = {name: checked(name, value) for name, value in values.items()}
    values["language"] = messages.language_of(writer.connection, one.message_id) if one.message_id else ""
    known = participants.find_participant(writer.connection, one.handle_key)
    participation_id = participants.add_participation(
        writer, one.edition_id, values, one.location, participant_id=known
    )
    participants.name_sources(writer, participation_id, _sources(one, [n for n in VALUES if values[n]]))
    return participation_id


def _sources(one: StoredRegistration, names: Sequence[str]) -> dict[str, str | None]:
    """For each value its field's row, or None where a person typed it."""
    fields = {name: one.fields[FIELD_OF_VALUE[name]] for name in names}
    return {name: None if stored.edited_at else stored.id for name, stored in fields.items()}


def _change(
    writer: Writer, one: StoredRegistration, participation_id: str, changes: Sequence[ValueChange]
) -> None:
    now = participants.get_participation(writer.connection, participation_id)
    values = {change.name: checked(change.name, change.new) for change in changes if change.name != "state"}
    if "handle" in values:
        participants.refuse_held(writer.connection, values["handle"], now.participant_id)
    state = next((change.new for change in changes if change.name == "state"), None)
    if state is not None:
        moment = "withdrawn_at" if state == ParticipationState.WITHDRAWN.value else "confirmed_at"
        writer.update(participation, participation_id, {"state": state, moment: writer.now})
    if values:
        participants.set_values(writer, participation_id, values)
        participants.name_sources(writer, participation_id, _sources(one, list(values)))
    if "address" in values or (not now.address and one.location.place is not None):
        move(writer, participation_id, one.location)


def move(writer: Writer, participation_id: str, found: Location) -> None:
    """Give a participation the place of its new address; a locked pin stays and says so."""
    now = participants.get_participation(writer.connection, participation_id)
    assert now.location_id is not None
    if now.location is not None and now.location.locked:
        doubt = "the address changed after the pin was set by hand"
        found = replace(now.location, query=found.query, needs_review=(doubt,))
    # By a person: who accepts or types the address decides about its place too.
    locations.write_location(writer, now.location_id, found, by_person=True)


def _decide(writer: Writer, one: StoredRegistration, state: str, reason: str, concerned: str | None) -> None:
    writer.update(
        registration,
        one.id,
        {
            "state": state,
            "state_reason": reason,
            "decided_at": writer.now,
            "decided_by": writer.author,
            "participation_id": concerned or one.participation_id,
        },
    )


# ---------------------------------------------------------------- words


def _name(one: StoredRegistration) -> str:
    return f"@{one.value('handle')}" if one.value("handle") else one.value("name") or "a registration"


def _names(names: Sequence[str], noun: str) -> str:
    return names[0] if len(names) == 1 else counted(len(names), noun)


def _words(name: str) -> str:
    return {
        "handle": "Twitter name",
        "participant": "takes part as",
        "kind": "takes part as",
        "name": "agency",
    }.get(name, name.replace("_", " "))
