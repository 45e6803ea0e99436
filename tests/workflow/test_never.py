"""What must never happen, each shown not to: found by reviews, kept here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from poltwt_console.app import main
from poltwt_console.domain.edition import Edition
from poltwt_console.domain.matching import POSSIBLE, KnownAccounts, Likened, likeness
from poltwt_console.domain.participant import Effect, ParticipationState
from poltwt_console.domain.place import Hints, Location
from poltwt_console.domain.registration import PLACE_RULE, Confidence, Field, Intent, Kind
from poltwt_console.errors import ConflictError, ConsoleError, StoreError
from poltwt_console.exports.entry import public_entries
from poltwt_console.mailbox import RawMail
from poltwt_console.store import Store, messages, participants, registrations
from poltwt_console.store.history import list_steps
from poltwt_console.store.queries.editions import get_edition
from poltwt_console.store.queries.places import doubtful_places
from poltwt_console.store.tables import edition, location, message, participant, publication, registration
from poltwt_console.store.verify import verify
from poltwt_console.workflow import intake, locate, people, publish, review, undo
from poltwt_console.workflow.proposals import propose
from poltwt_console.workflow.reading import MailReader
from tests.fakes import BIRMINGHAM, CPD, WMP, FakeReader, place_of, read_mail
from tests.workflow.test_intake import mail

EDITION = "2013-11"


@pytest.fixture
def send(take_in: Callable, registration_ids: Callable) -> Callable[..., str]:
    return lambda *accounts, **more: registration_ids(take_in(read_mail(*accounts, **more)))[0]


@pytest.fixture(autouse=True)
def _whole_at_the_end(store: Store):
    yield
    with store.read() as connection:
        assert not any(verify(connection).values())


def mail_with_derived(account: dict, **more):
    """A mail as it is really read: city and country come from the place of the address."""
    read = read_mail(account, **more)
    fields = {
        n: Field(account[n], Confidence.READY, PLACE_RULE) for n in ("city", "country") if account.get(n)
    }
    said = tuple(replace(r, **fields) for r in read.extract.registrations)
    return replace(read, extract=replace(read.extract, registrations=said))


def everyone(store: Store, edition_id: str = EDITION):
    with store.read() as connection:
        return {p.handle: p for p in participants.all_participations(connection, edition_id)}


def effect_of(store: Store, registration_id: str):
    with store.read() as connection:
        return propose(connection, registrations.get_registration(connection, registration_id))


def entry_of(store: Store, handle: str):
    with store.read() as connection:
        event = get_edition(connection)
    return public_entries([everyone(store)[handle]], event)[0]


# ---------------------------------------------------------------- a wrong pin


@pytest.mark.parametrize(
    ("address", "country"),
    [
        ("69A Elgin Avenue, George Town, Grand Cayman", "KY"),  # not in George Town, Malaysia
        ("Main Street, Scarborough, Tobago", "TT"),
        ("Ave. Hostos 1234, Ponce, PR 00717", "PR"),
        ("Mill Street, Galway, Co. Galway", "IE"),
        ("Jl. Pramuka No. 9, Kudus 59319", "ID"),
    ],
)
def test_a_country_that_was_guessed_sets_no_pin(real_reader: MailReader, address: str, country: str):
    body = f"Please register our account.\n\nTwitter: @our_police\nAgency: Police\nAddress: {address}\n"
    raw = f"From: a@police.example\nTo: lauri@example.org\nSubject: poltwt\n\n{body}".encode()
    read = real_reader.read(raw, "mail.eml", datetime(2013, 10, 1, tzinfo=UTC))
    [one], [found] = read.extract.registrations, read.locations
    assert one.address.value == address
    assert found.place is not None
    assert (found.place.country, one.country.value) == (country, country)


def test_a_city_that_the_place_confirms_needs_no_look(real_reader: MailReader):
    body = "Please register @WMPolice, West Midlands Police, Colmore Circus, Birmingham B4 6NQ.\n"
    raw = f"From: a@police.example\nTo: lauri@example.org\nSubject: poltwt\n\n{body}".encode()
    [one] = real_reader.read(raw, "mail.eml", datetime(2013, 10, 1, tzinfo=UTC)).extract.registrations
    assert (one.city.value, one.city.confidence) == ("Birmingham", Confidence.READY)


def test_the_city_stands_in_the_words_of_the_address(real_reader: MailReader):
    address = "ул. Фрунзе, 469, г. Бишкек"
    body = f"Please register our account.\n\nTwitter: @our_police\nAgency: Police\nAddress: {address}\n"
    raw = (
        f"From: a@police.example\nSubject: poltwt\nContent-Type: text/plain; charset=utf-8\n\n{body}".encode()
    )
    read = real_reader.read(raw, "mail.eml", datetime(2013, 10, 1, tzinfo=UTC))
    [one], [found] = read.extract.registrations, read.locations
    assert found.place is not None
    assert (found.place.locality, one.city.value, one.country.value) == ("Bishkek", "Бишкек", "KG")
    assert one.city.evidence is not None
    [part] = [part for part in read.message.parts if part.id == one.city.evidence.part]
    assert part.text[one.city.evidence.start : one.city.evidence.end] == "Бишкек"


def test_a_domain_that_is_no_country_guesses_none(real_reader: MailReader):
    raw = b"From: a@pm.rj.example\nSubject: poltwt\n\nPlease register @our_police, Military Police.\n"
    read = real_reader.read(raw, "mail.eml", datetime(2013, 10, 1, tzinfo=UTC))
    assert "RJ" not in {one.country.value for one in read.extract.registrations}


def test_an_edited_address_takes_its_city_and_country_along(
    store: Store, reader: FakeReader, take_in: Callable, registration_ids: Callable
):
    [one] = registration_ids(take_in(mail_with_derived(WMP)))
    review.edit_field(store, reader, one, "address", CPD["address"])
    with store.read() as connection:
        now = registrations.get_registration(connection, one)
    assert (now.value("city"), now.value("country"), now.band) == ("Chicago", "US", "ready")
    review.accept(store, [one])
    entry = entry_of(store, "WMPolice")
    assert (entry.city, entry.country, round(entry.latitude)) == ("Chicago", "US", 42)
    people.edit_participant(store, reader, everyone(store)["WMPolice"].id, "address", WMP["address"])
    entry = entry_of(store, "WMPolice")
    assert (entry.city, entry.country, round(entry.latitude)) == ("Birmingham", "GB", 52)


def test_what_a_person_said_of_the_country_is_kept_when_the_address_changes(
    store: Store, take_in: Callable, registration_ids: Callable
):
    asked: list[Hints] = []

    class Asked(FakeReader):
        def place(self, address: str, hints: Hints) -> Location:
            asked.append(hints)
            return place_of(address)

    [one] = registration_ids(take_in(mail_with_derived(WMP)))
    review.edit_field(store, Asked(), one, "address", CPD["address"])
    assert (asked[-1].picked_country, asked[-1].country, asked[-1].city) == (None, None, "")
    review.edit_field(store, Asked(), one, "country", "us")
    review.edit_field(store, Asked(), one, "address", "2 Other St, Chicago")
    assert asked[-1].picked_country == "US"


def test_an_update_that_moves_an_agency_moves_city_and_country_too(
    store: Store, take_in: Callable, registration_ids: Callable
):
    review.accept(store, registration_ids(take_in(mail_with_derived(WMP))))
    moved = {**WMP, "address": CPD["address"], "city": "Chicago", "country": "US"}
    later = mail_with_derived(moved, intent=Intent.UPDATE, kind=Kind.UPDATE, number=2)
    [one] = registration_ids(take_in(later))
    assert {c.name for c in effect_of(store, one).changes} == {"address", "city", "country"}
    review.accept(store, [one])
    entry = entry_of(store, "WMPolice")
    assert (entry.city, entry.country, round(entry.latitude)) == ("Chicago", "US", 42)


def test_an_update_without_an_address_leaves_the_pin(store: Store, send: Callable):
    review.accept(store, [send({**WMP, "country": None})])
    update = send({"handle": "WMPolice", "country": "GB"}, intent=Intent.UPDATE, kind=Kind.UPDATE, number=2)
    review.accept(store, [update])
    now = everyone(store)["WMPolice"]
    assert (now.country, now.location.place) == ("GB", BIRMINGHAM)


def test_a_pin_set_while_a_look_up_runs_stays(store: Store, real_reader, send: Callable):
    one = send({**WMP, "address": "Birmingham"})
    with store.read() as connection:
        place = registrations.get_registration(connection, one).location_id

    class SlowReader(FakeReader):
        def place(self, address: str, hints: Hints) -> Location:
            locate.set_point(store, real_reader, place, 51.5, -0.1)
            return place_of(address)

    review.edit_field(store, SlowReader(), one, "address", "New Street, Birmingham")
    with store.read() as connection:
        now = registrations.get_registration(connection, one)
    assert (now.location.locked, now.location.place.latitude) == (True, 51.5)


def test_a_time_zone_set_by_a_person_stays(store: Store, reader: FakeReader, send: Callable):
    one = send({**WMP, "address": "Nowhere"})
    with store.read() as connection:
        place = registrations.get_registration(connection, one).location_id
    locate.choose_zone(store, place, "Asia/Tokyo")
    review.edit_field(store, reader, one, "address", "Nowhere else")
    review.accept(store, [one])
    assert everyone(store)["WMPolice"].location.zone == "Asia/Tokyo"
    assert entry_of(store, "WMPolice").timezone == "Asia/Tokyo"
    people.edit_participant(store, reader, everyone(store)["WMPolice"].id, "address", "Birmingham")
    assert entry_of(store, "WMPolice").timezone == "Asia/Tokyo"


# ---------------------------------------------------------------- a registration doubled or changed silently


def test_two_imports_at_once_bring_each_mail_once(store: Store, reader: FakeReader, tmp_path: Path):
    for n in range(3):
        (tmp_path / f"{n}.eml").write_bytes(mail(n))

    class Interrupted(FakeReader):
        """Another window imports the same folder while this one parses."""

        done = False

        def parse(self, raw, origin, now):
            if not self.done:
                self.done = True
                intake.import_mail(store, FakeReader(), EDITION, [tmp_path / "0.eml", tmp_path / "1.eml"])
            return super().parse(raw, origin, now)

    changes = intake.import_mail(store, Interrupted(), EDITION, [tmp_path])
    assert (changes.counts["new"], changes.counts["known"]) == (1, 2)
    with store.read() as connection:
        assert connection.execute(select(func.count()).select_from(message)).scalar_one() == 3


def test_a_mail_read_twice_at_once_registers_once(store: Store, tmp_path: Path):
    for n in range(3):
        (tmp_path / f"{n}.eml").write_bytes(mail(n))

    class Interrupted(FakeReader):
        """Another window goes on with the same import while this one reads."""

        done = False

        def read(self, raw, origin, now):
            if not self.done:
                self.done = True
                intake.import_mail(store, FakeReader(), EDITION, [tmp_path])
            return super().read(raw, origin, now)

    intake.import_mail(store, Interrupted(), EDITION, [tmp_path])
    with store.read() as connection:
        assert connection.execute(select(func.count()).select_from(message)).scalar_one() == 3
        assert connection.execute(select(func.count()).select_from(registration)).scalar_one() == 3


def test_editing_a_past_edition_does_not_rename_the_account_of_today(
    store: Store, reader: FakeReader, take_in: Callable, registration_ids: Callable
):
    march = Edition("2013-03", "March 2013", "#poltwt", date(2013, 3, 22))
    with store.write("Add an edition", "add_edition") as write:
        values = {name: getattr(march, name) for name in Edition.__dataclass_fields__}
        write.writer.insert(edition, [{**values, "texts": {}}])
    review.accept(store, registration_ids(take_in(read_mail(WMP), edition="2013-03")))
    review.accept(store, registration_ids(take_in(read_mail(WMP, number=2))))
    people.edit_participant(store, reader, everyone(store)["WMPolice"].id, "handle", "NewName")
    people.edit_participant(store, reader, everyone(store, "2013-03")["WMPolice"].id, "note", "a note")
    people.edit_participant(store, reader, everyone(store, "2013-03")["WMPolice"].id, "handle", "Corrected")
    with store.read() as connection:
        assert connection.execute(select(participant.c.handle)).scalar_one() == "NewName"


def test_a_withdrawal_or_update_of_an_unknown_account_is_not_taken_for_another(store: Store, send: Callable):
    review.accept(store, [send(WMP)])
    other = send({"handle": "SomeoneElse"}, intent=Intent.WITHDRAW, kind=Kind.WITHDRAWAL, number=2)
    assert effect_of(store, other).effect is Effect.UNCLEAR
    with pytest.raises(ConsoleError, match="@SomeoneElse is not known"):
        review.accept(store, [other])
    update = send({"handle": "OtherAcct"}, intent=Intent.UPDATE, kind=Kind.UPDATE, number=3)
    assert any("taken as the new name of @WMPolice" in w for w in effect_of(store, update).warnings)


def test_a_reopened_withdrawal_follows_the_name_that_is_typed(
    store: Store, reader: FakeReader, send: Callable, take_in: Callable, registration_ids: Callable
):
    review.accept(store, registration_ids(take_in(read_mail(WMP, {**WMP, "handle": "trafficwmp"}))))
    [mail_id] = take_in(
        read_mail({"handle": "WMPolice"}, intent=Intent.WITHDRAW, kind=Kind.WITHDRAWAL, number=2)
    )
    [leave] = registration_ids([mail_id])
    review.accept(store, [leave])
    review.reopen(store, [mail_id])
    review.edit_field(store, reader, leave, "handle", "trafficwmp")
    review.accept(store, [leave])
    assert everyone(store)["trafficwmp"].state is ParticipationState.WITHDRAWN


def test_an_accept_that_fails_changes_nothing(store: Store, send: Callable):
    review.accept(store, [send(WMP), send({**CPD, "handle": "Held"}, sender="news@cpd.example", number=2)])
    people.set_state(store, everyone(store)["WMPolice"].id, ParticipationState.WITHDRAWN)
    again = send({**WMP, "handle": "Held"}, former_handle="WMPolice", number=3)
    also = send({**CPD, "handle": "Third"}, number=4)
    changes = review.accept(store, [again, also])
    assert changes.counts == {"accepted": 1, "skipped": 0, "failed": 1}
    assert everyone(store)["WMPolice"].state is ParticipationState.WITHDRAWN


def test_two_of_one_account_accepted_at_once_do_not_overwrite_each_other(
    store: Store, take_in: Callable, registration_ids: Callable
):
    both = registration_ids(take_in(read_mail(WMP, {**WMP, "address": CPD["address"]})))
    changes = review.accept(store, both)
    assert changes.counts["failed"] == 1
    assert everyone(store)["WMPolice"].address == WMP["address"]


def test_mails_without_a_sender_are_not_all_of_one_sender(store: Store, send: Callable):
    review.accept(store, [send(WMP, sender="")])
    everything = send(
        {"handle": None}, intent=Intent.WITHDRAW, kind=Kind.WITHDRAWAL, all_accounts=True, sender="", number=2
    )
    assert effect_of(store, everything).effect is Effect.UNCLEAR


def test_one_who_was_invited_and_registers_is_confirmed_and_an_update_confirms_nobody(
    store: Store, send: Callable
):
    review.accept(store, [send(WMP)])
    people.set_state(store, everyone(store)["WMPolice"].id, ParticipationState.INVITED)
    update = send({**WMP, "name": "New Name"}, intent=Intent.UPDATE, kind=Kind.UPDATE, number=2)
    assert any("is invited; that stays" in w for w in effect_of(store, update).warnings)
    review.accept(store, [send(WMP, number=3)])
    assert everyone(store)["WMPolice"].state is ParticipationState.CONFIRMED


def test_a_value_cleared_by_hand_is_cleared_and_its_case_can_be_corrected(
    store: Store, reader: FakeReader, take_in: Callable, registration_ids: Callable
):
    mails = take_in(read_mail(WMP))
    [one] = registration_ids(mails)
    review.accept(store, [one])
    review.reopen(store, mails)
    review.edit_field(store, reader, one, "contact_email", "")
    review.edit_field(store, reader, one, "name", "WEST MIDLANDS POLICE")
    review.accept(store, [one])
    now = everyone(store)["WMPolice"]
    assert (now.contact_email, now.name) == ("", "WEST MIDLANDS POLICE")


# ---------------------------------------------------------------- a private matter in a public file


@pytest.mark.parametrize("city", ["Rose Cottage, Mill Lane, Ashby", "Mill Lane"])
def test_an_officers_typed_city_is_not_published(store: Store, send: Callable, city: str):
    officer = {**WMP, "handle": "PC_Lee", "participant": "officer", "person": "PC Lee", "city": city}
    review.accept(store, [send({**officer, "address": "Nowhere"})])
    entry = entry_of(store, "PC_Lee")
    assert (entry.city, entry.address) == ("", "United Kingdom")


def test_places_of_those_who_left_are_not_sent_anywhere(store: Store, send: Callable):
    review.accept(store, [send({**WMP, "address": "Nowhere"})])
    people.set_state(store, everyone(store)["WMPolice"].id, ParticipationState.WITHDRAWN)
    with store.read() as connection:
        assert doubtful_places(connection, EDITION) == []


# ---------------------------------------------------------------- history and files


@pytest.mark.parametrize("odd", [r"\u0000", "\x00", r"\\u0000 \x00", '"\ud800'])
def test_odd_texts_can_be_read_back(store: Store, take_in: Callable, odd: str):
    read = read_mail(WMP)
    read = replace(read, message=replace(read.message, subject=odd, defects=(odd,)))
    take_in(read)
    undo.undo(store)
    undo.redo(store)


def test_a_long_run_that_was_undone_meanwhile_stops(store: Store, reader: FakeReader, tmp_path: Path):
    for n in range(30):
        (tmp_path / f"{n:02}.eml").write_bytes(mail(n))

    class Undone(FakeReader):
        count = 0

        def read(self, raw, origin, now):
            self.count += 1
            if self.count == 25:
                undo.undo(store)
            return super().read(raw, origin, now)

    with pytest.raises((ConflictError, KeyError)):
        intake.import_mail(store, Undone(), EDITION, [tmp_path])
    with store.read() as connection:
        assert connection.execute(select(func.count()).select_from(message)).scalar_one() == 0


def test_work_between_the_pieces_of_a_run_can_be_undone_in_order(store: Store, send: Callable):
    ids = [send({**WMP, "handle": f"H{n}", "address": "Birmingham"}, number=n) for n in range(120)]
    with store.read() as connection:
        places = [registrations.get_registration(connection, i).location_id for i in ids]
    with store.write("Forget places", "x") as write:
        for place in places:
            write.writer.update(location, place, {"state": "not tried"})

    class Between(FakeReader):
        count = 0

        def place(self, address: str, hints: Hints) -> Location:
            self.count += 1
            if self.count == 110:
                locate.choose_zone(store, places[119], "Asia/Tokyo")
            return place_of(address)

    assert locate.locate_missing(store, Between(), EDITION).counts["tried"] == 120
    while undo.undo(store):
        pass
    while undo.redo(store):
        pass


def test_an_export_and_its_publication_come_together_or_not_at_all(
    store: Store, send: Callable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    review.accept(store, [send(WMP)])
    target = tmp_path / "map.kml"
    target.write_text("the old one")

    def locked(*args, **more):
        raise StoreError("Another program is writing.")

    with monkeypatch.context() as patched:
        patched.setattr(store, "write", locked)
        with pytest.raises(StoreError):
            publish.export(store, EDITION, "map", target)
    assert target.read_text() == "the old one"
    publish.export(store, EDITION, "map", target)
    with store.read() as connection:
        assert connection.execute(select(func.count()).select_from(publication)).scalar_one() == 1
        [step] = [s for s in list_steps(connection) if s.went_out]
    with pytest.raises(ConflictError, match="cannot be undone"):
        store.undo(step.id)


def test_the_demo_never_touches_another_database(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["--demo", "--database", str(tmp_path / "real.db"), "report"]) == 2
    assert not (tmp_path / "real.db").exists()
    assert "throwaway" in capsys.readouterr().err


@pytest.mark.parametrize("given", ["²", "99999999999999999999", "#"])
def test_odd_numbers_are_no_mail(tmp_path: Path, capsys: pytest.CaptureFixture[str], given: str):
    assert main(["--basedir", str(tmp_path), "accept", given]) == 2
    assert "There is no registration or mail" in capsys.readouterr().err


_HANDLES = st.sampled_from(
    ["WMPolice", "WMPolices", "WMPol1ce", "TheWMPolice", "CPD", "CPD_", "ChicagoPD", ""]
)
_LIKENED = st.builds(
    Likened,
    handle=_HANDLES,
    name=st.sampled_from(["West Midlands Police", "West Midland Police", "Chicago Police", ""]),
    city=st.sampled_from(["Birmingham", "Chicago", ""]),
    country=st.sampled_from(["GB", "US"]),
    sender=st.sampled_from(["a@x.example", "A@x.example", ""]),
)


@settings(max_examples=300, deadline=None)
@given(new=_LIKENED, known=st.lists(_LIKENED, max_size=6))
def test_likenesses_are_found_as_by_comparing_everyone(new: Likened, known: list[Likened]):
    numbered = [(str(n), one) for n, one in enumerate(known)]
    slow = {key for key, one in numbered if likeness(new, one)[0] >= POSSIBLE}
    assert {key for key, *_ in KnownAccounts(numbered).like(new)} == slow


def test_a_phone_number_tells_the_country_when_the_mail_is_read_and_looked_up_again(
    store: Store, real_reader: MailReader
):
    body = "Please register @bim_coast, Marine Unit, Lower Roebuck Street, Bridgetown.\n\n"
    head = "From: Cheryl <cheryl@gmail.com>\nTo: lauri@example.org\nSubject: poltwt\n\n"
    raw = f"{head}{body}-- \nCheryl\n+1 246 430 7100\n".encode()
    intake.import_sources(store, real_reader, EDITION, [RawMail(raw, "mail.eml")], "mail.eml")
    with store.read() as connection:
        [message_id] = messages.undecided(connection, EDITION)
        [one] = registrations.registrations_of(connection, message_id)
    assert one.location.place.country == "BB"
    review.edit_field(store, real_reader, one.id, "address", "12 Roebuck Street, Bridgetown")
    with store.read() as connection:
        assert registrations.get_registration(connection, one.id).location.place.country == "BB"
