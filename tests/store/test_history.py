"""Steps: undo and redo across restarts, conflicts that are shown, random sequences of all verbs."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from poltwt_console.domain.intake import ReadMail
from poltwt_console.domain.message import Message
from poltwt_console.domain.participant import ParticipationState, Visibility
from poltwt_console.domain.place import Hints, Location, LocationState, Precision
from poltwt_console.domain.registration import Confidence, Field
from poltwt_console.errors import ConflictError, ConsoleError
from poltwt_console.store import Store, history, messages, participants, registrations
from poltwt_console.store.tables import HISTORIC, agency, location, message
from poltwt_console.store.verify import verify
from poltwt_console.workflow import (
    VERBS,
    intake,
    locate,
    mapping,
    online,
    people,
    publish,
    rereading,
    review,
    undo,
)
from tests.fakes import CHICAGO, CPD, WMP, Clock, FakeReader, read_mail

EDITION = "2013-11"


def state_of(store: Store) -> dict[str, dict[str, dict]]:
    """Every row of every table that verbs change, without its version."""
    with store.read() as connection:
        return {
            table.name: {
                row["id"]: history.image(table, dict(row))
                for row in connection.execute(select(table)).mappings()
            }
            for table in HISTORIC
        }


def agency_row(name: str) -> dict:
    return {"name": name, "name_key": name.lower(), "also_known_as": [], "country": "GB"}


def test_a_step_is_named_and_committed_with_its_images_or_not_at_all(store: Store):
    before = state_of(store)

    def add_and_fail() -> None:
        with store.write("Add an agency", "x") as write:
            write.writer.insert(agency, [agency_row("Lost")])
            write.writer.get(agency, "not there")  # a bug in the middle

    with pytest.raises(KeyError):
        add_and_fail()
    assert state_of(store) == before
    with store.read() as connection:
        assert history.list_steps(connection) == []
    with store.write("Add an agency", "x") as write:
        write.writer.insert(agency, [agency_row("Kept")])
    with store.read() as connection:
        [step] = history.list_steps(connection)
    assert (step.label, step.author, step.undone) == ("Add an agency", "lauri", False)
    assert set(write.changes.touched) == {"agency"}


def test_undo_and_redo_any_number_of_steps_across_restarts(database: str, clock: Clock):
    states = []
    with Store.open(database, clock=clock) as store:
        states.append(state_of(store))
        for n in range(4):
            with store.write(f"Add {n}", "x") as write:
                write.writer.insert(agency, [agency_row(f"A{n}")])
            states.append(state_of(store))
    for n in (3, 2, 1, 0):
        with Store.open(database, clock=clock) as store:
            assert undo.labels(store)[0] == f"Add {n}"
            undo.undo(store)
            assert state_of(store) == states[n]
    for n in range(4):
        with Store.open(database, clock=clock) as store:
            assert undo.labels(store)[1] == f"Add {n}"
            undo.redo(store)
            assert state_of(store) == states[n + 1]
    with Store.open(database, clock=clock) as store:
        assert undo.redo(store) is None
        undo.undo(store)
        with store.write("Something new", "x") as write:
            write.writer.insert(agency, [agency_row("New")])
        assert undo.labels(store) == ("Something new", "")  # redo is not offered past new work ...
        with store.read() as connection:
            [undone] = [s for s in history.list_steps(connection) if s.undone]
        store.redo(undone.id)  # ... but nothing contradicts it, so it can be applied from the history
        with store.read() as connection:
            assert set(connection.execute(select(agency.c.name)).scalars()) == {"A0", "A1", "A2", "A3", "New"}


def test_a_row_changed_since_is_a_conflict_and_is_not_overwritten(store: Store):
    with store.write("Add", "x") as write:
        [row_id] = write.writer.insert(agency, [agency_row("First")])
    added = write.changes.step_id
    with store.write("Rename", "x") as write:
        write.writer.update(agency, row_id, {"name": "Second"})
    before = state_of(store)
    with pytest.raises(ConflictError, match="1 of its rows was changed since"):
        store.undo(added)
    assert state_of(store) == before
    with store.read() as connection:
        assert history.changed_since(connection, history.get_step(connection, added)) == [("agency", row_id)]


def test_an_edit_of_a_record_that_somebody_else_changed_is_refused(store: Store):
    with store.write("Add", "x") as write:
        [row_id] = write.writer.insert(agency, [agency_row("First")])
    with store.write("Theirs", "x") as write:
        write.writer.edit(agency, row_id, {"name": "Theirs"}, seen_version=1)
    with pytest.raises(ConflictError, match="changed elsewhere"), store.write("Ours", "x") as write:
        write.writer.edit(agency, row_id, {"name": "Ours"}, seen_version=1)
    with store.read() as connection:
        assert connection.execute(select(agency.c.name)).scalar_one() == "Theirs"


def test_what_went_out_is_never_undone(
    store: Store, take_in: Callable, registration_ids: Callable, tmp_path: Path
):
    review.accept(store, registration_ids(take_in(read_mail(WMP))))
    publish.export(store, EDITION, "twitter-list", tmp_path / "list.xlsx")
    assert undo.labels(store)[0] == "Accept @WMPolice"
    undo.undo(store)
    with store.read() as connection:
        assert any(s.went_out and s.label == "Export list.xlsx" for s in history.list_steps(connection))
        assert not any(verify(connection).values())


# ---------------------------------------------------------------- random sequences of all verbs


class RenamingReader(FakeReader):
    """Reads another agency than the first time."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def digest(self, message: Message) -> ReadMail:
        read = super().digest(message)
        said = tuple(
            replace(r, name=Field(self.name, Confidence.LOOK, "default")) for r in read.extract.registrations
        )
        return replace(read, extract=replace(read.extract, registrations=said))


class StreetFinder:
    """An online service that knows every street."""

    def locate(self, address: str, hints: Hints) -> Location:
        place = replace(CHICAGO, precision=Precision.STREET, radius_km=0.1)
        return Location(LocationState.FOUND, address, place, provider="nominatim")


class Organiser:
    """Does random things, by the names of ``workflow.VERBS``."""

    def __init__(self, store: Store, reader: FakeReader, folder: Path, seed: int) -> None:
        self.store, self.reader, self.folder = store, reader, folder
        self.chance = random.Random(seed)
        self.number = 0

    def _registrations(self) -> list:
        with self.store.read() as connection:
            return registrations.all_registrations(connection, EDITION)

    def _people(self) -> list:
        with self.store.read() as connection:
            return participants.all_participations(connection, EDITION)

    def _messages(self) -> list[str]:
        with self.store.read() as connection:
            return sorted(connection.execute(select(message.c.id)).scalars())

    def _locations(self) -> list[str]:
        with self.store.read() as connection:
            return sorted(connection.execute(select(location.c.id)).scalars())

    def import_mail(self) -> None:
        self.number += 1
        base = self.chance.choice([WMP, CPD])
        handle = f"{base['handle']}{self.chance.randrange(6)}"
        text = "\r\n".join(
            [
                f"From: {base['contact_email']}",
                f"Subject: #poltwt {self.number}",
                f"Message-ID: <{self.number}@test.example>",
                "Date: Mon, 14 Oct 2013 10:00:00 +0000",
                "",
                f"Twitter name: @{handle}",
                f"Agency: {base['name']}",
                f"Address: {base['address']}",
            ]
        )
        path = self.folder / f"{self.number}.eml"
        path.write_text(text, newline="")
        intake.import_mail(self.store, self.reader, EDITION, [path])

    def accept(self) -> None:
        waiting = [r.id for r in self._registrations() if r.state == "open"]
        review.accept(self.store, self.chance.sample(waiting, min(len(waiting), 3)))

    def set_aside(self) -> None:
        review.set_aside(self.store, [self.chance.choice(self._messages())])

    def set_aside_registration(self) -> None:
        review.set_aside_registration(self.store, self.chance.choice(self._registrations()).id)

    def reopen(self) -> None:
        review.reopen(self.store, [self.chance.choice(self._messages())])

    def annotate(self) -> None:
        review.annotate(self.store, self.chance.choice(self._messages()), note=f"note {self.chance.random()}")

    def add_registration(self) -> None:
        review.add_registration(self.store, self.chance.choice(self._messages()), f"By_hand{self.number}")

    def edit_field(self) -> None:
        name, value = self.chance.choice(
            [
                ("handle", f"H{self.chance.randrange(99)}"),
                ("address", "New Street, Birmingham"),
                ("country", "ie"),
            ]
        )
        review.edit_field(self.store, self.reader, self.chance.choice(self._registrations()).id, name, value)

    def restore_field(self) -> None:
        name = self.chance.choice(["handle", "address", "country"])
        review.restore_field(self.store, self.reader, self.chance.choice(self._registrations()).id, name)

    def locate_missing(self) -> None:
        locate.locate_missing(self.store, self.reader, EDITION)

    def reread(self) -> None:
        rereading.reread(self.store, RenamingReader(f"Read again {self.chance.randrange(9)}"), EDITION)

    def map_table(self) -> None:
        message_id = self.chance.choice(self._messages())
        with self.store.read() as connection:
            parts = messages.parts_of(connection, message_id)
        mapping.map_table(self.store, self.reader, message_id, parts[-1].id, {0: "handle"})

    def locate_online(self) -> None:
        online.locate_online(self.store, StreetFinder(), self.chance.sample(self._locations(), 2))

    def pick_candidate(self) -> None:
        locate.pick_candidate(self.store, self.chance.choice(self._locations()), 1)

    def set_point(self) -> None:
        spot = (self.chance.uniform(40, 50), self.chance.uniform(-90, 10))
        locate.set_point(self.store, self.reader, self.chance.choice(self._locations()), *spot)

    def unlock(self) -> None:
        locate.unlock(self.store, self.reader, self.chance.choice(self._locations()))

    def choose_zone(self) -> None:
        zone = self.chance.choice(["Europe/Dublin", "America/Denver"])
        locate.choose_zone(self.store, self.chance.choice(self._locations()), zone)

    def add_participant(self) -> None:
        values = {"handle": f"Added{self.chance.randrange(99)}", "name": "By phone", "address": "Chicago"}
        people.add_participant(self.store, self.reader, EDITION, values)

    def edit_participant(self) -> None:
        name, value = self.chance.choice(
            [("handle", f"R{self.chance.randrange(9)}"), ("address", "Chicago, Main St"), ("note", "x")]
        )
        one = self.chance.choice(self._people())
        people.edit_participant(self.store, self.reader, one.id, name, value)

    def set_state(self) -> None:
        state = self.chance.choice(list(ParticipationState))
        people.set_state(self.store, self.chance.choice(self._people()).id, state)

    def set_visibility(self) -> None:
        people.set_visibility(
            self.store, self.chance.choice(self._people()).id, self.chance.choice(list(Visibility))
        )

    def export(self) -> None:
        publish.export(self.store, EDITION, "map", self.folder / "map.kml")


#: Tables that an export adds to: what went out stays said when everything else is undone.
_WENT_OUT = ("publication", "publication_row")


def without_exports(state: dict) -> dict:
    return {table: rows for table, rows in state.items() if table not in _WENT_OUT}


@pytest.mark.parametrize("seed", range(6))
def test_random_sequences_of_all_verbs_undo_to_the_first_state_and_redo_to_the_last(
    tmp_path: Path, clock: Clock, real_reader, seed: int
):
    folder = tmp_path / "mails"
    folder.mkdir()
    with Store.open(tmp_path / "random.db", clock=clock, author="lauri") as store:
        reader = FakeReader()
        reader.__dict__["geocoder"] = real_reader.geocoder  # set_point asks it for the time zone
        organiser = Organiser(store, reader, folder, seed)
        first = without_exports(state_of(store))
        done: set[str] = set()
        for _ in range(4):
            organiser.import_mail()
        order = [*VERBS, *organiser.chance.choices(VERBS, k=30)]
        organiser.chance.shuffle(order)
        for verb in order:
            try:
                getattr(organiser, verb)()  # a verb without a generator fails here
                done.add(verb)
            except (ConsoleError, IndexError):
                continue  # refused, or nothing to do it to: then nothing may have changed
        assert len(done) > len(VERBS) // 2
        last = without_exports(state_of(store))
        count = 0
        while undo.undo(store):
            count += 1
        assert without_exports(state_of(store)) == first
        for _ in range(count):
            assert undo.redo(store)
        assert undo.redo(store) is None
        assert without_exports(state_of(store)) == last
        with store.read() as connection:
            assert not any(verify(connection).values())
