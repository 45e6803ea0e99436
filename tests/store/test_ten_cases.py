"""What the tables must be able to say, each case shown; where its verb comes later, by writing rows."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from poltwt_console.domain.edition import Edition
from poltwt_console.domain.folding import fold, sort_key
from poltwt_console.domain.participant import Effect, ParticipationState, Visibility
from poltwt_console.domain.registration import Intent, Kind
from poltwt_console.exports.entry import public_entries
from poltwt_console.store import Store, participants, publications, registrations
from poltwt_console.store.columns import new_id
from poltwt_console.store.queries.editions import get_edition
from poltwt_console.store.queries.figures import figures
from poltwt_console.store.tables import (
    agency,
    edition,
    former_handle,
    location,
    message,
    pair_exception,
    participant,
    participation,
    publication_row,
    registration,
    step,
    value_source,
)
from poltwt_console.store.verify import verify
from poltwt_console.workflow import people, review
from poltwt_console.workflow.locate import set_point
from poltwt_console.workflow.proposals import propose
from tests.fakes import CPD, WMP, FakeReader, read_mail

EDITION = "2013-11"
TakeIn = Callable[..., list[str]]
Ids = Callable[[list[str]], list[str]]


def everyone(store: Store, edition_id: str = EDITION):
    with store.read() as connection:
        return {p.handle: p for p in participants.all_participations(connection, edition_id)}


def add_edition(store: Store, edition_id: str = "2013-03") -> None:
    march = Edition(edition_id, "March 2013", "#poltwt", __import__("datetime").date(2013, 3, 22))
    with store.write("Add an edition", "add_edition") as write:
        values = {name: getattr(march, name) for name in Edition.__dataclass_fields__}
        write.writer.insert(edition, [{**values, "texts": {}}])


@pytest.fixture(autouse=True)
def _whole_at_the_end(store: Store):
    """Whatever a case did, the database is whole afterwards."""
    yield
    with store.read() as connection:
        assert not any(verify(connection).values())


def test_1_twelve_accounts_in_one_mail_are_decided_one_by_one(
    store: Store, take_in: TakeIn, registration_ids: Ids
):
    accounts = [{**WMP, "handle": f"WMP_Unit{n}"} for n in range(12)]
    [mail] = take_in(read_mail(*accounts))
    ids = registration_ids([mail])
    review.accept(store, ids[:5])
    review.set_aside_registration(store, ids[5], "not ours")
    with store.read() as connection:
        states = [r.state for r in registrations.registrations_of(connection, mail)]
        assert states == ["accepted"] * 5 + ["aside"] + ["open"] * 6
        assert connection.execute(select(message.c.state)).scalar_one() == "review"
    review.accept(store, ids[6:])
    assert len(everyone(store)) == 11
    with store.read() as connection:
        assert connection.execute(select(message.c.state)).scalar_one() == "done"
        counted = figures(connection, EDITION)
    assert (counted.agency_accounts, counted.agencies) == (11, 1)  # two figures


def test_1_one_mail_withdraws_all_of_ours_and_one_account_of_several_withdraws(
    store: Store, take_in: TakeIn, registration_ids: Ids
):
    ours = [{**WMP, "handle": h} for h in ("WMPolice", "trafficwmp", "SolihullPolice")]
    first = take_in(read_mail(*ours), read_mail(CPD, sender="news@cpd.example", number=2))
    review.accept(store, registration_ids(first))
    leave = {"handle": "trafficwmp", "participant": "agency"}
    [one] = take_in(read_mail(leave, intent=Intent.WITHDRAW, kind=Kind.WITHDRAWAL, number=3))
    review.accept(store, registration_ids([one]))
    state = {h: p.state for h, p in everyone(store).items()}
    assert state["trafficwmp"] is ParticipationState.WITHDRAWN
    assert state["WMPolice"] is ParticipationState.CONFIRMED
    [rest] = take_in(
        read_mail({"handle": None}, intent=Intent.WITHDRAW, kind=Kind.WITHDRAWAL, all_accounts=True, number=4)
    )
    review.accept(store, registration_ids([rest]))
    state = {h: p.state for h, p in everyone(store).items()}
    assert [state[h] for h in ("WMPolice", "SolihullPolice")] == [ParticipationState.WITHDRAWN] * 2
    assert state["Chicago_Police"] is ParticipationState.CONFIRMED  # another sender's


def test_2_two_mails_with_different_addresses_and_the_current_value_names_its_source(
    store: Store, reader: FakeReader, take_in: TakeIn, registration_ids: Ids
):
    first, second = take_in(
        read_mail(WMP), read_mail({**WMP, "address": "12 New Street, Birmingham B2 4RQ"}, number=2)
    )
    review.accept(store, registration_ids([first]))
    [later] = registration_ids([second])
    with store.read() as connection:
        proposal = propose(connection, registrations.get_registration(connection, later))
    assert proposal.effect is Effect.CHANGE
    assert [(c.old, c.new) for c in proposal.changes] == [
        ("Lloyd House, Birmingham B4 6NQ", "12 New Street, Birmingham B2 4RQ")
    ]
    review.accept(store, [later])
    now = everyone(store)["WMPolice"]
    with store.read() as connection:
        sources = participants.sources_of(connection, now.id)
        assert (sources["address"]["number"], sources["name"]["number"]) == (2, 1)
        assert sources["address"]["words"] == "12 New Street, Birmingham B2 4RQ"
        kept = [r.value("address") for r in registrations.all_registrations(connection, EDITION)]
    assert kept[0] == "Lloyd House, Birmingham B4 6NQ"
    people.edit_participant(store, reader, now.id, "address", "1 High Street, Birmingham")
    with store.read() as connection:
        source = participants.sources_of(connection, now.id)["address"]
    assert (source["field_id"], source["set_by"]) == (None, "lauri")  # by you


def test_3_a_past_edition_stays_as_it_was(
    store: Store, reader: FakeReader, take_in: TakeIn, registration_ids: Ids
):
    add_edition(store)
    officer = {**WMP, "handle": "DCCThompson", "participant": "officer", "person": "DCC Thompson"}
    review.accept(store, registration_ids(take_in(read_mail(officer, number=1), edition="2013-03")))
    moved = {**officer, "name": "Chicago Police Department", "address": CPD["address"], "country": "US"}
    review.accept(store, registration_ids(take_in(read_mail(moved, number=2))))
    past, now = everyone(store, "2013-03")["DCCThompson"], everyone(store)["DCCThompson"]
    assert (past.name, now.name) == ("West Midlands Police", "Chicago Police Department")
    assert past.participant_id == now.participant_id
    people.edit_participant(store, reader, now.id, "handle", "ChiefThompson")
    assert "DCCThompson" in everyone(store, "2013-03")
    with store.read() as connection:
        assert participants.former_holders(connection, "dccthompson") == [now.participant_id]
        assert participants.find_participant(connection, "dccthompson") is None
        [(agency_now,)] = connection.execute(
            select(participation.c.agency_id).where(participation.c.id == now.id)
        )
    with store.write("Merge an agency", "merge_agency") as write:
        [into] = write.writer.insert(
            agency,
            [
                {
                    "name": "Illinois Police",
                    "name_key": "illinois police",
                    "also_known_as": ["CPD"],
                    "country": "US",
                }
            ],
        )
        write.writer.update(agency, agency_now, {"merged_into": into})
    assert everyone(store, "2013-03")["DCCThompson"].name == "West Midlands Police"


def test_3_a_handle_is_unique_ignoring_case_and_a_former_one_may_be_used_by_someone_else(
    store: Store, reader: FakeReader, take_in: TakeIn, registration_ids: Ids
):
    review.accept(store, registration_ids(take_in(read_mail(WMP))))
    people.edit_participant(store, reader, everyone(store)["WMPolice"].id, "handle", "WestMidsPolice")
    other = read_mail({**CPD, "handle": "wmpolice"}, sender="news@cpd.example", number=2)
    ids = registration_ids(take_in(other))
    with store.read() as connection:
        proposal = propose(connection, registrations.get_registration(connection, ids[0]))
    assert proposal.effect is Effect.NEW
    assert not proposal.ready
    assert any("former name" in warning for warning in proposal.warnings)
    review.accept(store, ids)
    assert set(everyone(store)) == {"WestMidsPolice", "wmpolice"}
    row = {"handle": "WMPOLICE", "handle_key": "wmpolice", "person": "", "created_at": store.clock()}
    with pytest.raises(IntegrityError), store.write("Double", "x") as write:
        write.writer.insert(participant, [row])


def test_4_march_but_not_november_declined_invited_and_withdrawn_after_the_list_went_out(
    store: Store, take_in: TakeIn, registration_ids: Ids
):
    add_edition(store)
    accounts = [{**WMP, "handle": h} for h in ("MarchOnly", "Declined", "Invited", "Withdrew")]
    review.accept(store, registration_ids(take_in(read_mail(*accounts), edition="2013-03")))
    march = everyone(store, "2013-03")
    with store.write("Invite", "invite") as write:
        for handle, state in (("Declined", "declined"), ("Invited", "invited"), ("Withdrew", "confirmed")):
            row = write.writer.get(participation, march[handle].id)
            place = write.writer.get(location, row["location_id"]) | {"id": new_id()}
            write.writer.insert(location, [{k: v for k, v in place.items() if k != "row_version"}])
            new = {k: v for k, v in row.items() if k not in ("id", "row_version")}
            new |= {
                "edition_id": EDITION,
                "state": state,
                "invited_at": write.writer.now,
                "location_id": place["id"],
            }
            new |= {"declined_at": write.writer.now if state == "declined" else None}
            write.writer.insert(participation, [new])
    now = everyone(store)
    assert "MarchOnly" not in now
    assert now["Invited"].state is ParticipationState.INVITED
    with store.write("Export", "export", went_out=True) as write:
        publications.add_publication(
            write.writer, EDITION, "twitter-list", "a.xlsx", [(now["Withdrew"].id, {"handle": "Withdrew"})]
        )
    people.set_state(store, now["Withdrew"].id, ParticipationState.WITHDRAWN)
    with store.read() as connection:
        times = connection.execute(
            select(participation.c.confirmed_at, participation.c.withdrawn_at).where(
                participation.c.id == now["Withdrew"].id
            )
        ).one()
        went_out = connection.execute(select(step.c.made_at).where(step.c.went_out)).scalar_one()
    assert times.withdrawn_at > went_out
    assert everyone(store, "2013-03")["Withdrew"].state is ParticipationState.CONFIRMED


def test_5_rows_merged_away_remain_and_can_be_parted_again(
    store: Store, take_in: TakeIn, registration_ids: Ids
):
    mails = take_in(read_mail(WMP), read_mail({**WMP, "handle": "WMPolice2"}, number=2))
    review.accept(store, registration_ids(mails))
    keep, lose = everyone(store)["WMPolice"], everyone(store)["WMPolice2"]
    with store.write("Merge", "merge") as write:
        write.writer.update(participant, lose.participant_id, {"merged_into": keep.participant_id})
    assert set(everyone(store)) == {"WMPolice"}
    [more] = take_in(read_mail({**WMP, "contact_email": "new@wmp.example"}, number=3))
    review.accept(store, registration_ids([more]))
    with store.write("Export", "export", went_out=True) as write:
        publications.add_publication(
            write.writer, EDITION, "map", "a.kml", [(keep.id, {"handle": "WMPolice"})]
        )
    with store.read() as connection:  # every original link is kept
        linked = connection.execute(
            select(registration.c.message_id, registration.c.participation_id).order_by(
                registration.c.message_id
            )
        ).all()
    assert {tuple(row) for row in linked} == {(mails[0], keep.id), (mails[1], lose.id), (more, keep.id)}
    with store.write("Un-merge", "unmerge") as write:
        write.writer.update(participant, lose.participant_id, {"merged_into": None})
    assert set(everyone(store)) == {"WMPolice", "WMPolice2"}
    assert everyone(store)["WMPolice"].contact_email == "new@wmp.example"  # later edits stay


def test_6_a_locked_pin_moves_nobody_else_and_keeps_the_first_result(
    store: Store, take_in: TakeIn, registration_ids: Ids, real_reader
):
    both = take_in(read_mail(WMP, {**WMP, "handle": "trafficwmp"}))
    review.accept(store, registration_ids(both))
    pinned, other = everyone(store)["WMPolice"], everyone(store)["trafficwmp"]
    set_point(store, real_reader, pinned.location_id, 52.5, -1.8)
    now = everyone(store)
    assert (now["WMPolice"].location.place.latitude, now["WMPolice"].location.locked) == (52.5, True)
    assert now["WMPolice"].location.original.latitude == 52.4814
    assert now["WMPolice"].address == pinned.address
    assert now["trafficwmp"].location == other.location
    review.accept(store, registration_ids(take_in(read_mail({**WMP, "address": CPD["address"]}, number=2))))
    moved = everyone(store)["WMPolice"]
    assert moved.address == CPD["address"]
    assert moved.location.place.latitude == 52.5  # locked: no later run moves it
    assert moved.location.needs_review  # but it says so


def test_7_a_press_figure_is_shown_with_its_rows_after_edits_a_withdrawal_and_an_erasure(
    store: Store, reader: FakeReader, take_in: TakeIn, registration_ids: Ids
):
    accounts = [{**WMP, "handle": h} for h in ("Edited", "Withdrawn", "Erased")]
    review.accept(store, registration_ids(take_in(read_mail(*accounts))))
    tuesday = everyone(store)
    with store.write("Quote a figure", "release", went_out=True) as write:
        quoted = publications.add_publication(
            write.writer,
            EDITION,
            "press",
            "",
            [(p.id, {"handle": p.handle, "name": p.name}) for p in tuesday.values()],
        )
    people.edit_participant(store, reader, tuesday["Edited"].id, "name", "Birmingham Police")
    people.set_state(store, tuesday["Withdrawn"].id, ParticipationState.WITHDRAWN)
    with store.write("Erase", "erase") as write:
        write.writer.update(participant, tuesday["Erased"].participant_id, {"erased_at": write.writer.now})
        gone = write.writer.connection.execute(
            select(publication_row.c.id).where(publication_row.c.participation_id == tuesday["Erased"].id)
        ).scalar_one()
        write.writer.update(publication_row, gone, {"participation_id": None, "copy": {"anonymous": True}})
    with store.read() as connection:
        rows = (
            connection.execute(
                select(publication_row.c.copy).where(publication_row.c.publication_id == quoted)
            )
            .scalars()
            .all()
        )
    assert len(rows) == 3
    assert {"handle": "Edited", "name": "West Midlands Police"} in rows
    assert {"anonymous": True} in rows
    assert "Erased" not in str(rows)


def test_8_not_a_duplicate_stays_said_and_says_nothing_of_a_third(
    store: Store, take_in: TakeIn, registration_ids: Ids, database: str
):
    accounts = [{**WMP, "handle": h} for h in ("AAAA", "BBBB", "CCCC")]
    review.accept(store, registration_ids(take_in(read_mail(*accounts))))
    a, b, c = sorted(p.participant_id for p in everyone(store).values())
    row = {"first_id": a, "second_id": b, "decided_by": "lauri", "note": "two precincts"}
    with store.write("Not a duplicate", "not_a_duplicate") as write:
        write.writer.insert(pair_exception, [{**row, "decided_at": write.writer.now}])
    with Store.open(database) as again, again.read() as connection:  # after a restart
        pairs = connection.execute(select(pair_exception.c.first_id, pair_exception.c.second_id)).all()
    assert [tuple(pair) for pair in pairs] == [(a, b)]
    assert (a, c) not in [tuple(pair) for pair in pairs]
    with pytest.raises(IntegrityError), store.write("Twice", "x") as write:
        write.writer.insert(pair_exception, [{**row, "decided_at": write.writer.now}])


def test_9_an_officer_shows_as_the_locality_and_who_set_it_is_known(
    store: Store, take_in: TakeIn, registration_ids: Ids
):
    officer = {**WMP, "handle": "PC_Lee", "participant": "officer", "person": "PC Lee"}
    review.accept(store, registration_ids(take_in(read_mail(officer))))
    one = everyone(store)["PC_Lee"]
    with store.read() as connection:
        event = get_edition(connection)
    [entry] = public_entries([one], event)
    assert (entry.latitude, entry.address, entry.known_to) == (
        52.48142,
        "Birmingham, United Kingdom",
        "locality",
    )
    assert (one.visibility, one.visibility_by) == (Visibility.DEFAULT, "default")
    people.set_visibility(store, one.id, Visibility.EXACT)
    one = everyone(store)["PC_Lee"]
    [entry] = public_entries([one], event)
    assert (entry.latitude, entry.address, one.visibility_by) == (52.4814, WMP["address"], "person")


def test_10_keys_times_versions_and_texts_hold_on_either_database(
    store: Store, take_in: TakeIn, registration_ids: Ids
):
    odd = {**WMP, "name": "Łódź\x00 Straße \ud800 Ærø 東京"}
    [mail] = take_in(read_mail(odd, text="Łódź\x00 Straße \ud800 Ærø 東京 " + str(WMP["address"])))
    review.accept(store, registration_ids([mail]))
    [one] = everyone(store).values()
    assert one.name == "Łódź\ufffd Straße \ufffd Ærø 東京"
    assert len(one.id) == 36
    assert one.row_version == 1
    with store.read() as connection:
        row = connection.execute(select(participation)).mappings().one()
        assert row["confirmed_at"].utcoffset().total_seconds() == 0
        assert set(connection.execute(select(step.c.author)).scalars()) == {"lauri"}
        assert connection.execute(select(value_source.c.set_by)).scalars().first() == "lauri"
        assert connection.execute(select(former_handle.c.id)).first() is None
    assert fold("ŁÓDŹ straße Ærø") == "lodz strasse aero"
    assert "lodz" in row["search"]
    assert sorted(["Zürich", "Ærø", "Łódź", "älter"], key=sort_key) == ["Ærø", "älter", "Łódź", "Zürich"]
