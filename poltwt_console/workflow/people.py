"""Participants by hand: add one, correct a value, withdraw, decide how closely it is shown."""

from __future__ import annotations

from collections.abc import Mapping

from poltwt_console.domain.changes import Changes
from poltwt_console.domain.folding import handle_key
from poltwt_console.domain.participant import VALUES, ParticipationState, Visibility
from poltwt_console.errors import ConsoleError
from poltwt_console.store import Store, locations, participants
from poltwt_console.store.locations import Wanted
from poltwt_console.store.tables import participation
from poltwt_console.workflow.proposals import HANDLE
from poltwt_console.workflow.reading import MailReader
from poltwt_console.workflow.review import changed_wish, checked, derived_values, look_up, move


def add_participant(store: Store, reader: MailReader, edition_id: str, values: Mapping[str, str]) -> Changes:
    """Add an account that came by phone or on paper; ``values`` by the names of VALUES."""
    given = {name: checked(name, values.get(name, "")) if values.get(name) else "" for name in VALUES}
    given["kind"] = given["kind"] or "agency"
    if not HANDLE.fullmatch(given["handle"]):
        raise ConsoleError(
            "A participant needs a Twitter name.", "It has 1 to 15 letters, digits or underscores."
        )
    wanted = Wanted(given["address"], given["city"], picked_country=given["country"], agency=given["name"])
    found = look_up(reader, wanted)
    given |= {name: value for name, value in derived_values(reader, found).items() if not given[name]}
    with store.write(f"Add @{given['handle']}", "add_participant") as write:
        connection = write.writer.connection
        holder = participants.find_participant(connection, handle_key(given["handle"]))
        if holder and participants.participation_of(connection, edition_id, holder):
            raise ConsoleError(
                f"@{given['handle']} takes part already.", "Find it in the table and change it there."
            )
        new = participants.add_participation(
            write.writer, edition_id, {**given, "language": ""}, found, participant_id=holder
        )
        participants.name_sources(write.writer, new, {name: None for name in VALUES if given[name]})
    return write.changes


def edit_participant(
    store: Store,
    reader: MailReader,
    participation_id: str,
    name: str,
    value: str,
    *,
    seen_version: int | None = None,
) -> Changes:
    """Set one value of a participation by hand; ConflictError if it changed since ``seen_version``."""
    value = checked(name, value) if name != "note" else value.strip()
    with store.read() as connection:
        now = participants.get_participation(connection, participation_id)
        owner = locations.owner_of(connection, now.location_id) if now.location_id else None
        origins = locations.origins_of(connection, [participation_id])[participation_id]
    if name == "handle" and not value:
        raise ConsoleError("A participant needs a Twitter name.", "To take it off the list, withdraw it.")
    found = None
    follows: dict[str, str] = {}
    if owner is not None and name in ("address", "city", "country"):
        found = look_up(reader, changed_wish(owner.wanted, name, value, ""))
        follows = derived_values(reader, found)
    with store.write(f"Edit {name.replace('_', ' ')} of @{now.handle}", "edit_participant") as write:
        writer = write.writer
        if name == "handle":
            participants.refuse_held(writer.connection, value, now.participant_id)
        if writer.edit(participation, participation_id, {name: value}, seen_version):
            if name != "note":
                participants.name_sources(writer, participation_id, {name: None})
            if found is not None:
                move(writer, participation_id, found)
                kept = {n: v for n, v in follows.items() if origins.get(n) != "person" and n != name}
                writer.update(participation, participation_id, kept)
            participants.follow(writer, participation_id, now.handle)
    return write.changes


def set_state(store: Store, participation_id: str, state: ParticipationState) -> Changes:
    """Confirm, decline or withdraw a participation; it stays in the table."""
    with store.write("Set state", "set_state") as write:
        now = participants.get_participation(write.writer.connection, participation_id)
        write.writer.edit(
            participation, participation_id, {"state": state.value, f"{state.value}_at": write.writer.now}
        )
        write.writer.label = f"Set @{now.handle} to {state.value}"
    return write.changes


def set_visibility(store: Store, participation_id: str, visibility: Visibility) -> Changes:
    """Decide how closely an account is shown in public files; remembers that a person did."""
    by = "default" if visibility is Visibility.DEFAULT else "person"
    with store.write("Set visibility", "set_visibility") as write:
        now = participants.get_participation(write.writer.connection, participation_id)
        write.writer.edit(
            participation, participation_id, {"visibility": visibility.value, "visibility_by": by}
        )
        write.writer.label = f"Show @{now.handle}: {visibility.value}"
    return write.changes
