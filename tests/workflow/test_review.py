"""A person decides: what is ready, what is a change, and what is never done by itself."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from poltwt_console.domain.participant import Effect, ParticipationState, Proposal
from poltwt_console.domain.registration import Intent, Kind
from poltwt_console.errors import ConsoleError
from poltwt_console.store import Store, participants, registrations
from poltwt_console.store.queries import inbox, people
from poltwt_console.store.queries.places import doubtful_places
from poltwt_console.store.verify import verify
from poltwt_console.workflow import review, undo
from poltwt_console.workflow.people import add_participant, edit_participant
from poltwt_console.workflow.pieces import InPieces
from poltwt_console.workflow.proposals import propose
from tests.fakes import CPD, WMP, FakeReader, read_mail

EDITION = "2013-11"


@pytest.fixture
def proposal_of(store: Store) -> Callable[[str], Proposal]:
    """What accepting a registration would do now."""

    def proposal_of(registration_id: str) -> Proposal:
        with store.read() as connection:
            return propose(connection, registrations.get_registration(connection, registration_id))

    return proposal_of


@pytest.fixture
def send(take_in: Callable, registration_ids: Callable) -> Callable[..., str]:
    """Take in one mail with one account; gives its registration."""
    return lambda *accounts, **more: registration_ids(take_in(read_mail(*accounts, **more)))[0]


def everyone(store: Store):
    with store.read() as connection:
        return {p.handle: p for p in participants.all_participations(connection, EDITION)}


def test_ready_is_accepted_in_bulk_and_nothing_else(store: Store, send: Callable):
    send(WMP, number=1)
    send({**CPD, "handle": "NoPlace", "address": "Nowhere 1"}, number=2)
    send({**CPD, "handle": "NoAddress", "address": None}, number=3)
    send({**CPD, "handle": "LookAlike"}, number=4, sender_check="red")
    changes = review.accept_ready(store, EDITION)
    assert changes.counts == {"accepted": 1, "skipped": 3, "failed": 0}
    assert set(everyone(store)) == {"WMPolice"}
    with store.read() as connection:
        counts = inbox.attention_counts(connection, EDITION)
        queue = inbox.queue_counts(connection, EDITION)
        pills = [
            m.pill.text
            for m in inbox.message_rows(connection, inbox.message_ids(connection, EDITION, "review"))
        ]
    assert queue == {"review": 3, "done": 1, "aside": 0, "unread": 0}
    assert (counts["no-address"], counts["place"], counts["sender"]) == (1, 1, 1)
    assert pills == ["place not found", "no address", "sender?"]


def many(take_in: Callable, registration_ids: Callable, count: int) -> list[str]:
    """Ready registrations of agencies that have nothing in common."""
    names = ("Ostrava", "Malaga", "Perth", "Dundee", "Lyon")[:count]
    mails = [
        read_mail({**WMP, "handle": name, "name": f"{name} Police"}, sender=f"x@{name}.example", number=n)
        for n, name in enumerate(names, 1)
    ]
    return registration_ids(take_in(*mails))


def test_many_are_accepted_in_pieces_and_undone_as_one(
    store: Store, database: str, take_in: Callable, registration_ids: Callable, monkeypatch
):
    ids = many(take_in, registration_ids, 5)
    monkeypatch.setattr(review, "_COMMIT_EVERY", 2)
    seen: list[int] = []

    def look(run: InPieces) -> None:
        with Store.open(database) as other:  # another program: it sees what is done, and may write
            seen.append(len(everyone(other)))
            add_participant(other, FakeReader(), "2013-11", {"handle": f"Phoned{len(seen)}"})

    monkeypatch.setattr(InPieces, "rest", look)
    changes = review.accept_ready(store, "2013-11")
    assert (changes.label, changes.sentence) == ("Accept 5 registrations", "5 accepted, 0 want a look.")
    assert len(changes.touched["participation"]) == 5
    assert seen == [2, 5]
    undone = undo.undo(store)
    while undone is not None and "Phoned" in undone.label:
        undone = undo.undo(store)
    assert undone is not None
    assert undone.label == "Undo accept 5 registrations"
    assert everyone(store) == {}
    with store.read() as connection:
        assert {r.state for r in registrations.get_registrations(connection, ids)} == {"open"}
        assert not any(verify(connection).values())


def test_what_is_accepted_stays_when_the_rest_is_stopped(
    store: Store, take_in: Callable, registration_ids: Callable, monkeypatch
):
    many(take_in, registration_ids, 5)
    monkeypatch.setattr(review, "_COMMIT_EVERY", 2)

    class Stopped:
        done = 0

        def report(self, done: int, total: int, words: str) -> None:
            self.done = done

        @property
        def cancelled(self) -> bool:
            return self.done >= 1

    changes = review.accept_ready(store, "2013-11", progress=Stopped())
    assert changes.label == "Accept 2 registrations"
    assert changes.sentence == "2 accepted, 0 want a look (stopped; what is accepted stays)."
    assert len(everyone(store)) == 2


def test_two_for_one_account_in_different_pieces_are_not_both_accepted(
    store: Store, take_in: Callable, registration_ids: Callable, monkeypatch
):
    first, second = registration_ids(
        take_in(
            read_mail(WMP, number=1), read_mail({**WMP, "address": "3510 S Michigan Ave, Chicago"}, number=2)
        )
    )
    monkeypatch.setattr(review, "_COMMIT_EVERY", 1)
    changes = review.accept(store, [first, second])
    assert changes.counts["accepted"] == 1
    [problem] = changes.problems
    assert "accepted just now with other values" in problem


def test_two_mails_for_one_account_make_one_participant(store: Store, send: Callable, proposal_of: Callable):
    first, second = send(WMP), send({**WMP, "handle": "wmpolice"}, number=2)
    review.accept(store, [first, second])
    assert len(everyone(store)) == 1
    third = send(WMP, number=3)
    assert proposal_of(third).effect is Effect.KNOWN or proposal_of(third).effect is Effect.CHANGE
    assert not proposal_of(third).ready


def test_a_corrected_handle_renames_and_says_so_first(store: Store, send: Callable, proposal_of: Callable):
    review.accept(store, [send(WMP)])
    later = send(
        {"handle": "WestMidsPolice"},
        intent=Intent.UPDATE,
        kind=Kind.UPDATE,
        former_handle="WMPolice",
        number=2,
    )
    proposal = proposal_of(later)
    assert proposal.effect is Effect.RENAME
    assert [(c.old, c.new) for c in proposal.changes] == [("WMPolice", "WestMidsPolice")]
    review.accept_ready(store, EDITION)
    assert set(everyone(store)) == {"WMPolice"}  # never applied by itself
    review.accept(store, [later])
    assert set(everyone(store)) == {"WestMidsPolice"}


def test_an_answer_with_only_the_missing_item_changes_the_senders_account(
    store: Store, send: Callable, proposal_of: Callable
):
    review.accept(store, [send({**WMP, "address": None})])
    answer = send(
        {"handle": None, "address": WMP["address"]}, intent=Intent.UPDATE, kind=Kind.UPDATE, number=2
    )
    assert proposal_of(answer).effect is Effect.CHANGE
    review.accept(store, [answer])
    assert everyone(store)["WMPolice"].address == WMP["address"]


def test_an_answer_that_may_mean_several_accounts_is_left_to_a_person(
    store: Store, take_in: Callable, registration_ids: Callable, send: Callable, proposal_of: Callable
):
    both = take_in(read_mail(WMP, {**WMP, "handle": "trafficwmp"}))
    review.accept(store, registration_ids(both))
    answer = send(
        {"handle": None, "address": CPD["address"]}, intent=Intent.UPDATE, kind=Kind.UPDATE, number=2
    )
    assert proposal_of(answer).effect is Effect.UNCLEAR
    with pytest.raises(ConsoleError, match="not clear which account"):
        review.accept(store, [answer])


@pytest.mark.parametrize("intent", [Intent.UPDATE, Intent.WITHDRAW])
def test_a_change_from_another_sender_is_warned_of_and_never_ready(
    store: Store, send: Callable, proposal_of: Callable, intent: Intent
):
    review.accept(store, [send(WMP)])
    kind = Kind.UPDATE if intent is Intent.UPDATE else Kind.WITHDRAWAL
    renamed = {**WMP, "name": "Another Force"}
    stranger = send(renamed, intent=intent, kind=kind, sender="someone@free.example", number=2)
    proposal = proposal_of(stranger)
    assert any("another sender" in warning for warning in proposal.warnings)
    assert not proposal.ready
    assert everyone(store)["WMPolice"].state is ParticipationState.CONFIRMED


def test_the_same_agency_with_another_account_is_no_duplicate(
    store: Store, send: Callable, proposal_of: Callable
):
    review.accept(store, [send(WMP)])
    other = proposal_of(send({**WMP, "handle": "SolihullPolice"}, number=2))
    assert (other.effect, other.likenesses, other.ready) == (Effect.NEW, (), True)


def test_a_handle_that_looks_the_same_is_a_possible_duplicate_with_reasons(
    store: Store, send: Callable, proposal_of: Callable
):
    review.accept(store, [send({**WMP, "handle": "WMPol1ce"})])
    twin = proposal_of(send({**WMP, "handle": "WMPolIce"}, number=2))
    [like] = twin.likenesses
    assert not twin.ready
    assert not like.certain
    assert {"a Twitter name that looks the same", "the same agency", "the same city"} <= set(like.reasons)


def test_values_by_hand_are_checked_and_can_be_given_back(store: Store, reader: FakeReader, send: Callable):
    one = send({**WMP, "handle": None})
    with pytest.raises(ConsoleError, match="no Twitter name"):
        review.edit_field(store, reader, one, "handle", "not a handle!")
    with pytest.raises(ConsoleError, match="There is no Twitter name yet"):
        review.accept(store, [one])
    review.edit_field(store, reader, one, "handle", "@WMPolice")
    with store.read() as connection:
        assert registrations.get_registration(connection, one).band == "ready"
    review.edit_field(store, reader, one, "address", "Nowhere")
    with store.read() as connection:
        assert registrations.get_registration(connection, one).band_reason == "place not found"
    review.restore_field(store, reader, one, "address")
    with store.read() as connection:
        now = registrations.get_registration(connection, one)
    assert (now.value("address"), now.band) == (WMP["address"], "ready")


def test_setting_aside_and_opening_again_loses_nothing(store: Store, send: Callable):
    one = send(WMP)
    with store.read() as connection:
        mail = registrations.get_registration(connection, one).message_id
    review.set_aside(store, [mail], "a test")
    with store.read() as connection:
        assert inbox.queue_counts(connection, EDITION)["aside"] == 1
    review.reopen(store, [mail])
    review.annotate(store, mail, note="asked by phone", flag="red")
    with store.read() as connection:
        assert inbox.queue_counts(connection, EDITION)["review"] == 1
        assert inbox.get_message(connection, mail).note == "asked by phone"
    assert undo.labels(store)[0] == "Note on a mail"


def test_a_participant_by_phone_and_one_that_is_there_already(store: Store, reader: FakeReader):
    values = {"handle": "@PhonePD", "name": "Phone PD", "address": "1 Main St, Chicago"}
    add_participant(store, reader, EDITION, values)
    assert everyone(store)["PhonePD"].location.place.locality == "Chicago"
    with pytest.raises(ConsoleError, match="takes part already"):
        add_participant(store, reader, EDITION, {**values, "handle": "phonepd"})
    with pytest.raises(ConsoleError, match="needs a Twitter name"):
        edit_participant(store, reader, everyone(store)["PhonePD"].id, "handle", "")


def test_the_table_is_searched_sorted_and_filtered_whatever_the_accents(store: Store, reader: FakeReader):
    for handle, name in (("A_PD", "Zürich Stadtpolizei"), ("B_PD", "Ærø Politi"), ("C_PD", "älvsbyn Polis")):
        add_participant(store, reader, EDITION, {"handle": handle, "name": name, "country": "SE"})
    with store.read() as connection:
        ids = people.participation_ids(connection, EDITION)
        assert [p.handle for p in people.participation_rows(connection, ids)] == ["B_PD", "C_PD", "A_PD"]
        found = people.participation_ids(connection, EDITION, search="zurich @a_pd")
        assert [p.handle for p in people.participation_rows(connection, found)] == ["A_PD"]
        assert people.participation_ids(connection, EDITION, kind="officer") == []
        assert people.countries_of(connection, EDITION) == [("SE", 3)]
        back = people.participation_ids(connection, EDITION, order="handle", descending=True)
        assert [p.handle for p in people.participation_rows(connection, back)] == ["C_PD", "B_PD", "A_PD"]
        for order in people.ORDERS:
            assert len(people.participation_ids(connection, EDITION, order=order, state="confirmed")) == 3
        assert people.participation_ids(connection, EDITION, doubtful=True) == []
        assert not any(verify(connection).values())


def test_history_and_mails_of_one_participant(store: Store, reader: FakeReader, send: Callable):
    review.accept(store, [send(WMP)])
    one = everyone(store)["WMPolice"]
    edit_participant(store, reader, one.id, "city", "Solihull")
    with store.read() as connection:
        assert [s.label for s in people.history_of(connection, one.id)] == [
            "Edit city of @WMPolice",
            "Accept @WMPolice",
        ]
        assert [m[1:] for m in people.mails_of(connection, one.id)] == [(1, "#poltwt 1")]


def test_places_that_want_a_look_are_one_list_with_one_reason_each(
    store: Store, reader: FakeReader, send: Callable
):
    send({**CPD, "handle": "NoPlace", "address": "Nowhere 1"}, number=1)
    send(WMP, number=2)
    add_participant(store, reader, EDITION, {"handle": "Lost", "name": "Lost PD", "address": "Also nowhere"})
    with store.read() as connection:
        found = doubtful_places(connection, EDITION)
    assert [(row.handle, row.reason) for row in found] == [
        ("Lost", "no such place"),
        ("NoPlace", "no such place"),
    ]
    assert [bool(row.registration_id) for row in found] == [False, True]
    lost = everyone(store)["Lost"]
    edit_participant(store, reader, lost.id, "address", "1 Main St, Chicago")
    with store.read() as connection:
        assert [row.handle for row in doubtful_places(connection, EDITION)] == ["NoPlace"]


def test_an_accepted_mail_opened_again_corrects_what_it_became(
    store: Store, reader: FakeReader, send: Callable, proposal_of: Callable
):
    one = send(WMP)
    review.accept(store, [one])
    with store.read() as connection:
        mail = registrations.get_registration(connection, one).message_id
    review.reopen(store, [mail])
    review.edit_field(store, reader, one, "handle", "WestMidsPolice")
    assert proposal_of(one).effect is Effect.RENAME
    review.accept(store, [one])
    assert set(everyone(store)) == {"WestMidsPolice"}


def test_an_account_that_was_not_seen_is_added_to_its_mail(
    store: Store, reader: FakeReader, take_in: Callable, registration_ids: Callable
):
    [mail] = take_in(read_mail(kind=Kind.OTHER))
    with store.read() as connection:
        assert inbox.queue_counts(connection, EDITION)["aside"] == 1
    review.add_registration(store, mail, "@TownPD")
    [one] = registration_ids([mail])
    with store.read() as connection:
        assert inbox.queue_counts(connection, EDITION)["review"] == 1
        assert registrations.get_registration(connection, one).band_reason == "no agency"
    review.edit_field(store, reader, one, "name", "Town Police")
    review.edit_field(store, reader, one, "address", "1 Main St, Chicago")
    review.accept(store, [one])
    assert everyone(store)["TownPD"].location.place.locality == "Chicago"
    with pytest.raises(ConsoleError, match="There is no Twitter name"):
        review.add_registration(store, mail, "@")
