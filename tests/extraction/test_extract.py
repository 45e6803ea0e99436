"""Whole mails: quotes, changes, withdrawals, many accounts, what is missing, and how sure each value is."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from poltwt_console.domain.message import Message
from poltwt_console.domain.registration import Confidence, Intent, Kind
from poltwt_console.extraction import Vocabulary, extract, load_models, load_vocabulary
from poltwt_console.extraction.findings import find_all
from poltwt_console.extraction.lexicon import read_words
from poltwt_console.extraction.places import PlaceNames
from poltwt_console.geocoding import open_place_names
from poltwt_console.mailbox import read_message
from tests.extraction.conftest import Read, mail, mail_with_files
from tests.extraction.mails import PACKED, answered_mails

AGENCY = "Riverton Police Department"
ADDRESS = "12 Mill Road, Riverton, OH 44001"
BLOCK = "12 Mill Road\nRiverton, OH 44001"
LABELLED = f"Twitter name: @RivertonPD\nAgency: {AGENCY}\nAddress: {ADDRESS}\n"


def test_labelled_mail_is_ready(read: Read) -> None:
    found = read(f"Hello Lauri,\n\nplease register us.\n\n{LABELLED}\nKind regards\nDana Reed")
    assert found.kind is Kind.REGISTRATION
    (registration,) = found.registrations
    assert registration.handle.value == "RivertonPD"
    assert registration.name.value == AGENCY
    assert registration.address.value == ADDRESS
    assert registration.participant.value == "agency"
    assert registration.name.rule == registration.address.rule == "label"
    assert registration.address.evidence is not None
    assert registration.address.evidence.text == ADDRESS
    assert registration.ready


def test_address_over_lines_is_joined(read: Read) -> None:
    found = read(
        f"Twitter: @RivertonPD\nAgency: {AGENCY}\nAddress: 12 Mill Road\n         Riverton, OH 44001\n"
    )
    assert found.registrations[0].address.value == "12 Mill Road, Riverton, OH 44001"


def test_bare_word_is_never_ready(read: Read) -> None:
    found = read(f"We tweet as RivertonPD.\n{AGENCY}\n{ADDRESS}")
    handle = found.registrations[0].handle
    assert handle.value == "RivertonPD"
    assert handle.confidence is Confidence.LOOK
    assert handle.reason


def test_the_reason_of_a_doubt_speaks_of_the_value_in_doubt() -> None:
    vocabulary, places = load_vocabulary(), open_place_names()
    reasons = {
        registration.field(name).reason
        for one in answered_mails(PACKED / "second.jsonl.gz")
        for registration in extract(one.read(), places, vocabulary).registrations
        for name in ("handle", "participant")
    }
    assert any("words leave a doubt" in reason for reason in reasons)
    assert not any("address" in reason or "begins" in reason or "runs on" in reason for reason in reasons)


def test_another_account_that_is_nearly_as_likely_is_offered_beside_the_chosen_one(read: Read) -> None:
    found = read(f"Please add @CPD.\n\nDana Reed\n{AGENCY}\n{ADDRESS}\nTwitter: @RivertonPD\n")
    (registration,) = found.registrations
    offered = [registration.handle.value, *(other.value for other in registration.handle.others)]
    assert sorted(offered) == ["CPD", "RivertonPD"]
    assert registration.handle.confidence is Confidence.LOOK
    assert not registration.ready


def test_change_is_never_ready(read: Read) -> None:
    found = read(
        f"Correction: our address is wrong. The correct one:\n{LABELLED}",
        subject="Correction to our registration",
    )
    assert found.kind is Kind.UPDATE
    assert found.registrations[0].intent is Intent.UPDATE
    assert not found.registrations[0].ready


def test_change_names_its_account_however_doubtful(read: Read) -> None:
    found = read("Please use @RivertonPolice instead of @RivertonPD.", subject="Change of our Twitter name")
    assert found.kind is Kind.UPDATE
    assert [registration.handle.value for registration in found.registrations] == ["RivertonPolice"]


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Our accounts: Riverton Police is on Twitter as @RivertonPD.", "Riverton Police"),
        ("Ek is Jan Botha van Polisiestasie Veldrus en ons is @RivertonPD.", "Polisiestasie Veldrus"),
        ("Ons team: drie agenten van Politie Waterveld, account @RivertonPD.", "Politie Waterveld"),
        ("ขอเข้าร่วมด้วยครับ สภ.แม่น้ำ บัญชี @RivertonPD ครับ", "สภ.แม่น้ำ"),
    ],
)
def test_what_a_name_may_be_is_found_among_the_words_of_a_sentence(
    said: str, name: str, vocabulary: Vocabulary
) -> None:
    findings = find_all(mail(said), vocabulary, PlaceNames(None), load_models().tagger)
    assert name in [candidate.value for candidate in findings.names]


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("Polizeistation Föhr", "Hafenstraße 23, 25938 Wyk auf Föhr"),
        ("Polizeiinspektion Sankt Johann im Pongau", "Hauptstraße 12, 5600 Sankt Johann im Pongau"),
        ("Policijska postaja Biograd na Moru", "Obala kralja Petra Krešimira IV 24, 23210 Biograd na Moru"),
        ("Comisaría Primera de San Salvador de Jujuy", "Belgrano 555, Y4600 San Salvador de Jujuy"),
    ],
)
def test_no_name_of_a_place_is_cut(vocabulary: Vocabulary, name: str, address: str) -> None:
    body = f"Hello Lauri,\n\nplease add @LocalPolice.\n\nDana Reed\n{name}\n{address}\n"
    (found,) = extract(mail(body), open_place_names(), vocabulary).registrations
    assert (found.name.value, found.address.value) == (name, address)


def test_label_in_words_of_its_own_is_no_part_of_the_name(read: Read) -> None:
    found = read(f"Hello, add us please.\nThe outfit's proper title: {AGENCY}\n@RivertonPD\n{ADDRESS}")
    assert found.registrations[0].name.value == AGENCY


def test_person_is_no_agency(read: Read) -> None:
    found = read("1. See below.\n2. @InspTuzo - Inspector Wendell Tuzo\n3. 12 Mill Road, Riverton\n")
    assert found.registrations[0].name.value is None


def test_what_is_missing_is_said(read: Read) -> None:
    found = read(f"Hello, please add us: @RivertonPD, {AGENCY}. The address will follow.")
    assert found.kind is Kind.INCOMPLETE
    assert "address" in found.reason
    assert found.registrations[0].address.value is None
    assert found.registrations[0].address.confidence is Confidence.MISSING


@pytest.mark.parametrize(
    "value",
    [
        "[Town] Riverton, 12 Mill Road",
        "Street => 12 Mill Road, Riverton",
        "Street.......12 Mill Road, Riverton",
        "12 Mill Road, Riverton, Postcode ____ 4390",
    ],
)
def test_a_value_with_a_question_in_it_is_never_ready(read: Read, value: str) -> None:
    found = read(f"Twitter name: @RivertonPD\nAgency: {AGENCY}\nAddress: {value}\n")
    address = found.registrations[0].address
    assert address.confidence is not Confidence.READY
    assert not found.registrations[0].ready


@pytest.mark.parametrize(
    "account",
    [
        "Twitter: planned",  # no account at all
        "Twitter: @Riverton Police",  # cut at a space
        "Twitter: @RivertonPD\n\nPlease ignore @RivertonPD for now.",
    ],
)
def test_a_handle_in_doubt_is_never_ready(read: Read, account: str) -> None:
    found = read(f"Agency: {AGENCY}\nAddress: {ADDRESS}\n{account}\n")
    assert all(one.handle.confidence is not Confidence.READY for one in found.registrations)


def test_a_form_that_says_officer_leaves_no_agency_ready(read: Read) -> None:
    found = read(f"{LABELLED}Taking part as: individual officer\n")
    participant = found.registrations[0].participant
    assert participant.value == "officer" or participant.confidence is not Confidence.READY


def test_an_account_in_the_comment_of_the_sender_counts(read: Read) -> None:
    found = read(
        f"Please register us.\n{AGENCY}\n{ADDRESS}",
        sender="Riverton PD (@RivertonPD) <dana@riverton.example>",
    )
    assert [one.handle.value for one in found.registrations] == ["RivertonPD"]


def test_a_name_too_long_for_twitter_is_named(read: Read) -> None:
    found = read(f"Hello,\nour account is @RivertonPoliceDepartment.\n{AGENCY}\n{ADDRESS}\n")
    (registration,) = found.registrations
    assert registration.handle.value is None
    assert "@RivertonPoliceDepartment" in registration.handle.reason


def test_every_value_says_why(read: Read) -> None:
    found = read(f"Hi Lauri, count us in, we are @RivertonPD.\n\nThanks\nDana Reed\n{AGENCY}\n{BLOCK}")
    registration = found.registrations[0]
    for name in ("handle", "name", "address", "participant"):
        field = registration.field(name)
        assert field.confidence is Confidence.READY or field.reason, name
    assert registration.address.rule == "signature"


def test_quoted_text_registers_nothing(read: Read) -> None:
    found = read(
        "Thanks, but we will not take part this year.\n\nDana\n\n"
        "On 1 Oct 2013, Lee Poe <lee@other.example> wrote:\n> We are @OtherPD, Other Police, 1 High Street\n"
    )
    assert found.kind is Kind.OTHER
    assert not found.registrations


def test_answer_completes_what_is_quoted(read: Read) -> None:
    found = read(
        f"Sorry! Our address is {ADDRESS}.\nDana\n\n"
        "On 1 Oct 2013, Lauri Stevens <lauri@poltwt.example> wrote:\n"
        f"> I have @RivertonPD, {AGENCY}, but no address yet. Where are you?\n",
        subject="Re: Address?",
    )
    assert found.kind is Kind.UPDATE
    assert [registration.handle.value for registration in found.registrations] == ["RivertonPD"]
    assert found.registrations[0].handle.rule == "quoted"
    assert found.registrations[0].handle.confidence is Confidence.LOOK


def test_accounts_in_the_organisers_reminder_are_not_the_senders(read: Read) -> None:
    found = read(
        "We are in! Riverton Police Department, details to follow.\n\nDana\n\n"
        "On Tue, Oct 1, 2013, Lauri Stevens <lauri@poltwt.example> wrote:\n"
        "> Send us your Twitter name. Already in: @SomevillePD, @polizeiberlin, @nzpolice ...\n"
    )
    assert [registration.handle.value for registration in found.registrations] == [None]


def test_items_of_the_call_are_no_names(read: Read) -> None:
    found = read(
        "Please use @RivertonPolice instead of @RivertonPD.\nDana\n\n"
        "On Tue, Oct 1, 2013, Lauri Stevens <lauri@poltwt.example> wrote:\n"
        "> To take part, simply answer this mail with\n>   * your Twitter name\n"
        ">   * the name of your agency\n>   * the physical address of your agency\n",
        subject="Re: Tweet-a-thon",
    )
    assert found.kind is Kind.UPDATE
    assert found.registrations[0].name.value is None
    assert not found.registrations[0].name.others


@pytest.mark.parametrize("address", ["<wtuzo@x.example>", "[mailto:wtuzo@x.example]", "[wtuzo@x.example]"])
def test_author_of_a_forwarded_mail_speaks(read: Read, address: str) -> None:
    found = read(
        f"---------- Forwarded message ----------\nFrom: Wendell Tuzo {address}\n"
        "Date: Mon, Oct 14, 2013\nSubject: Tweet-a-thon\nTo: Dana\n\n"
        f"Please add me: @WendellTuzo. I work at {AGENCY}, {ADDRESS}.\nThanks, Wendell",
        subject="Fwd: Tweet-a-thon",
    )
    assert found.registrations[0].participant.value == "officer"
    assert found.registrations[0].contact_name.value == "Wendell Tuzo"
    assert found.registrations[0].contact_email.value == "wtuzo@x.example"


def test_withdrawal(read: Read) -> None:
    found = read(
        f"Dear Lauri,\n\nwe have to withdraw. Please remove @RivertonPD.\n\nDana Reed\n{AGENCY}",
        subject="Withdrawal",
    )
    assert found.kind is Kind.WITHDRAWAL
    assert found.registrations[0].intent is Intent.WITHDRAW
    assert found.registrations[0].handle.value == "RivertonPD"


def test_all_accounts_withdraw(read: Read) -> None:
    found = read(
        "Dear Lauri,\n\nplease withdraw all our accounts, we cannot take part.\n\nDana", subject="Withdrawal"
    )
    assert found.kind is Kind.WITHDRAWAL
    assert found.all_accounts


TABLE = """Unit | Handle | Address
Riverton Police Department | @RivertonPD | 12 Mill Road, Riverton, OH 44001
Riverton Traffic Unit | @RivertonTraffic | 3 Depot Street, Riverton, OH 44001
Riverton Airport Police | @RivertonAirport | 1 Airport Way, Riverton, OH 44002
"""


def test_table_of_accounts(read: Read) -> None:
    found = read(f"Hello, please register these:\n\n{TABLE}\nRegards\nDana")
    got = [(r.handle.value, r.name.value, r.address.value) for r in found.registrations]
    assert got == [
        ("RivertonPD", "Riverton Police Department", "12 Mill Road, Riverton, OH 44001"),
        ("RivertonTraffic", "Riverton Traffic Unit", "3 Depot Street, Riverton, OH 44001"),
        ("RivertonAirport", "Riverton Airport Police", "1 Airport Way, Riverton, OH 44002"),
    ]


@pytest.mark.parametrize(
    "lines",
    [
        "Street: {}\nCity: {}\nPostal code: {}",
        "Address: {}\nCity: {}\nPostal code: {}",
        "Address - Street: {}\nAddress - City: {}\nAddress - Postal code: {}",
        "Address - Street      {}\nAddress - City        {}\nAddress - ZIP         {}",
        "Address (street): {}\nAddress (city): {}\nAddress (ZIP): {}",
        "Agency address: {}\nAgency city: {}\nAgency zip: {}",
        "Address of your agency: {}\nCity of your agency: {}\nZIP of your agency: {}",
    ],
)
def test_address_that_a_form_asks_for_piece_by_piece_is_one(read: Read, lines: str) -> None:
    pieces = ("12 Mill Road", "Riverton", "44001")
    found = read(f"Twitter: @RivertonPD\nAgency: {AGENCY}\n{lines.format(*pieces)}\nPhone: +1 555 0100")
    (registration,) = found.registrations
    assert registration.address.value == ", ".join(pieces)
    assert registration.name.value == AGENCY


def test_a_town_asked_for_beside_a_whole_address_is_not_said_twice(read: Read) -> None:
    found = read(f"Twitter: @RivertonPD\nAgency: {AGENCY}\nCity: Riverton\nAddress: {ADDRESS}\nZIP: 44001")
    assert found.registrations[0].address.value == ADDRESS


@pytest.mark.parametrize(
    ("given", "town"),
    [
        ("Riverton", "Riverton"),
        ("D-27472 Cuxhaven", "Cuxhaven"),
        ("EC1A 1BB London", "London"),
        ("1012 AB Amsterdam", "Amsterdam"),
        ("Riverton - 44001", "Riverton"),
        ("Steyr, AT", "Steyr"),
        ("6th of October City", "6th of October City"),
        ("松本市", "松本市"),
        ("none", None),
    ],
)
def test_the_town_is_what_its_label_says_without_postcode(read: Read, given: str, town: str | None) -> None:
    found = read(f"Twitter: @RivertonPD\nAgency: {AGENCY}\nStreet: 12 Mill Road\nTown: {given}")
    (registration,) = found.registrations
    evidence = registration.city.evidence
    assert registration.city.value == town
    assert town is None or (evidence is not None and evidence.text == town)


def test_label_that_asks_for_street_and_town_at_once_is_one_for_the_address(read: Read) -> None:
    found = read(f"Twitter: @RivertonPD\nAgency: {AGENCY}\nAddress / City: {ADDRESS}")
    assert found.registrations[0].address.value == ADDRESS


def test_each_account_of_a_form_has_its_own_pieces(read: Read) -> None:
    blocks = [
        f"Twitter: @{town}PD\nAgency: {town} Police Department\nStreet: {street}\nCity: {town}\n"
        for town, street in (("Riverton", "12 Mill Road"), ("Milltown", "7 Oak Road"))
    ]
    found = read("\n".join(blocks))
    assert [registration.address.value for registration in found.registrations] == [
        "12 Mill Road, Riverton",
        "7 Oak Road, Milltown",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "[{}] {}",
        "{}: {}",
        "{} ......... {}",
        "{} -> {}",
        "\u25b6 {}\n{}",
        "{}\n{}\n",
        "{}          {}",
        "Q1 {}\nA1. {}",
    ],
)
def test_a_form_is_read_however_it_is_laid_out(read: Read, line: str) -> None:
    fields = {"Twitter name": "@RivertonPD", "Agency": AGENCY, "Address": "12 Mill Road", "City": "Riverton"}
    found = read("A new form was filled in.\n\n" + "\n".join(line.format(*field) for field in fields.items()))
    (registration,) = found.registrations
    assert (registration.name.value, registration.address.value) == (AGENCY, "12 Mill Road, Riverton")


@pytest.mark.parametrize("line", ["Shirt size: L 44", "Shoe size ........ 44", "Account no. 2", "Account 2"])
def test_a_value_ends_at_the_next_question_known_or_not(read: Read, line: str) -> None:
    found = read(f"Account 1\nTwitter: @RivertonPD\nAgency: {AGENCY}\nAddress: {ADDRESS}\n{line}\n")
    assert found.registrations[0].address.value == ADDRESS


def test_who_fills_a_form_in_for_several_accounts_shifts_none(read: Read) -> None:
    towns = ("Riverton", "Milltown", "Oakville")
    groups = [
        f"Account ({n}): @{town}PD\nStation ({n}): {town} Police Station\n"
        f"Address ({n}): {n} Mill Road, {town}\n"
        for n, town in enumerate(towns, 1)
    ]
    found = read("Name: Dana Reed\nPosition: Clerk\n\n" + "\n".join(groups) + "\nComments: none")
    assert [(r.handle.value, r.name.value, r.address.value) for r in found.registrations] == [
        (f"{town}PD", f"{town} Police Station", f"{n} Mill Road, {town}") for n, town in enumerate(towns, 1)
    ]


def test_blocks_of_labels(read: Read) -> None:
    second = (
        LABELLED.replace("RivertonPD", "MilltownPD")
        .replace("Riverton", "Milltown")
        .replace("12 Mill", "7 Oak")
    )
    found = read(f"Please register both.\n\n{LABELLED}\n{second}")
    assert [(r.handle.value, r.address.value) for r in found.registrations] == [
        ("RivertonPD", ADDRESS),
        ("MilltownPD", "7 Oak Road, Milltown, OH 44001"),
    ]


@pytest.mark.parametrize(
    ("labels", "same"),
    [
        (("Twitter", "Agency", "Address"), "same as above"),
        (("Twitter", "Agency", "Address"), "see above"),
        (("Twitter", "Agency", "Address"), "Ditto."),
        (("Konto", "Dienststelle", "Adresse"), "wie oben"),
        (("Cuenta", "Entidad", "Dirección"), "la misma"),
        (("Аккаунт", "Подразделение", "Адрес"), "тот же"),
        (("アカウント", "所属", "住所"), "同上"),
    ],
)
@pytest.mark.parametrize("gap", ["\n\n", "\n"])
def test_a_value_that_points_above_is_what_stands_there(
    read: Read, labels: tuple[str, str, str], same: str, gap: str
) -> None:
    handle, name, address = labels
    first, second = (
        f"{handle}: @{own}\n{name}: {agency}\n{address}: {place}"
        for own, agency, place in (
            ("RivertonPD", AGENCY, ADDRESS),
            ("RivertonK9", "Riverton Police Dogs", same),
        )
    )
    one, two = read(f"{first}{gap}{second}\n").registrations
    assert (one.address.value, two.address.value) == (ADDRESS, ADDRESS)
    assert (one.name.value, two.name.value) == (AGENCY, "Riverton Police Dogs")
    assert two.address.evidence is not None
    assert two.address.evidence.text == ADDRESS


def test_a_cell_that_points_above_is_what_stands_there(read: Read) -> None:
    found = read(
        "Agency | Twitter | Street | Town\n"
        f"{AGENCY} | @RivertonPD | 12 Mill Road | Riverton\n"
        "Riverton Police Dogs | @RivertonK9 | same as above | \u3003\n"
        "Riverton Police Divers | @RivertonDive | ditto | Laketon\n"
    )
    assert [registration.address.value for registration in found.registrations] == [
        "12 Mill Road, Riverton",
        "12 Mill Road, Riverton",
        "12 Mill Road, Laketon",
    ]


def test_accounts_share_an_address(read: Read) -> None:
    found = read(f"We have @RivertonPD and @RivertonTraffic, both at {ADDRESS}.\n\n{AGENCY}")
    assert [r.handle.value for r in found.registrations] == ["RivertonPD", "RivertonTraffic"]
    assert {r.address.value for r in found.registrations} == {ADDRESS}


def test_officer(read: Read) -> None:
    found = read(
        f"I am Sgt Dana Reed of the {AGENCY} and will tweet as myself, @SgtDanaReed. We are at {ADDRESS}.",
        sender="Sgt Dana Reed <dana@mail.example>",
    )
    registration = found.registrations[0]
    assert registration.participant.value == "officer"
    assert registration.person.value == "Sgt Dana Reed"
    assert registration.name.value == AGENCY


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"X_Autoreply": "yes"},
        {"List_Id": "<news.example>"},
        {"Precedence": "list"},
        {"X_Failed_Recipients": "a@b.example"},
    ],
)
def test_headers_come_first(headers: dict[str, str], vocabulary: Vocabulary) -> None:
    found = extract(mail(LABELLED, **headers), None, vocabulary)
    assert found.kind is Kind.OTHER
    assert found.reason
    assert not found.registrations


def test_language(read: Read) -> None:
    assert read("Sehr geehrte Frau Stevens, wir machen gerne mit. Mit freundlichen Grüßen").language == "de"
    assert read("Bonjour, nous souhaitons participer. Cordialement").language == "fr"
    assert read("こんにちは。参加します。よろしくお願いします").language == "ja"
    assert read("Здравствуйте! Просим зарегистрировать наш аккаунт. С уважением").language == "ru"


def test_no_value_is_cut_at_an_apostrophe(read: Read) -> None:
    found = read(
        "Assalomu alaykum, Lauri!\nAkkauntimiz @NavoiyIIB.\n\n"
        "Navoiy viloyati IIB\nIbn Sino koʻchasi 9-uy, 210100 Navoiy, Oʻzbekiston\n"
    )
    assert found.registrations[0].address.value == "Ibn Sino koʻchasi 9-uy, 210100 Navoiy, Oʻzbekiston"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "@RBPFEleuthera for Governor's Harbour Police Station, Haynes Avenue",
            "Governor's Harbour Police Station",
        ),
        ("We want in! Kaua'i Police Department, 3990 Kaana Street", "Kaua'i Police Department"),
        ("אני משרת בתחנת חיפה, רחוב יפו 82", "תחנת חיפה"),  # "in the station" is one word
        ("نود تسجيل حسابنا التابع لـإدارة أمن عدن", "إدارة أمن عدن"),  # "of the", its join drawn long
        ("Hi Lauri, Neiafu Police Station wants in", "Neiafu Police Station"),
        ("39º Batalhão de Polícia Militar, Rua da Costa 12", "39º Batalhão de Polícia Militar"),
        ("La Subzona de Policía Azuay N.º 1 participará", "Subzona de Policía Azuay N.º 1"),
        ("강릉경찰서 형사과, 강릉시 포남동 12", "강릉경찰서 형사과"),  # "division", not "and"
        ("강릉경찰서에서는 @GangneungPol 계정으로 참여합니다.", "강릉경찰서"),
        ("안녕하세요, 강릉경찰서입니다만 저희도 참여하고 싶습니다.", "강릉경찰서"),
        ("저희는 강릉경찰서 포남지구대에서 근무합니다.", "강릉경찰서 포남지구대"),  # "at" is written onto it
    ],
)
def test_a_name_has_its_first_and_last_word_and_no_other(
    vocabulary: Vocabulary, text: str, name: str
) -> None:
    found = find_all(mail(text), vocabulary, PlaceNames(None), load_models().tagger)
    assert name in {candidate.value for candidate in found.names}


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("주소는 강원도 강릉시 경찰로", "강원도 강릉시 경찰로"),  # "road", not "to"
        ("주소는 강원도 강릉시 포남동 12번지에 있습니다.", "강원도 강릉시 포남동 12번지"),
        ("Riverton PD, 12 Mill Road, Riverton (formerly 5 Oak Street)", "12 Mill Road, Riverton"),
        ("Our office is at Sint-Jobsweg 6, Riverton", "Sint-Jobsweg 6, Riverton"),
        ("Riverton PD, 12 Mill Road, Riverton, Contact: Sgt Dana Reed", "12 Mill Road, Riverton"),
    ],
)
def test_an_address_ends_before_what_is_none(vocabulary: Vocabulary, text: str, address: str) -> None:
    found = find_all(mail(text), vocabulary, PlaceNames(None), load_models().tagger)
    values = {candidate.value for candidate in found.addresses}
    assert address in values
    assert not any(value.startswith(address) for value in values - {address})


@pytest.mark.parametrize(
    "text", ["our mayor, @x", "z naszym burmistrzem @x", "消防署の@x", "die feuerwehr @x"]
)
def test_people_who_are_not_police_are_known(vocabulary: Vocabulary, text: str) -> None:
    assert "outsider" in frozenset().union(*read_words(text, vocabulary).senses)


def test_a_gazetteer_that_is_closed_is_forgotten(vocabulary: Vocabulary) -> None:
    gazetteer = open_place_names()
    extract(mail(LABELLED), gazetteer, vocabulary)
    closed = weakref.ref(gazetteer)
    del gazetteer
    gc.collect()
    assert closed() is None


@pytest.mark.parametrize(
    ("said", "address"),
    [
        ("12 Alpine Road, Bengaluru, pin 560001", "12 Alpine Road, Bengaluru, 560001"),  # not "Ale Road"
        ("620 W. Division St., Arlington, 76011 is the zip", "620 W. Division St., Arlington, 76011"),
        ("Liverpool 136, Col. Juárez, C.P. 06600, México", "Liverpool 136, Col. Juárez, C.P. 06600, México"),
    ],
)
def test_what_is_said_of_the_postcode_is_no_part_of_the_address(
    vocabulary: Vocabulary, said: str, address: str
) -> None:
    text = f"Please register us.\nTwitter: @RivertonPD\n{AGENCY}\nAddress: {said}\n"
    found = extract(mail(text), open_place_names(), vocabulary)
    assert found.registrations[0].address.value == address


@pytest.mark.parametrize(
    "address",
    [
        "610 Fifth Avenue, Seattle, WA 98104",  # no WhatsApp number, as "WA" is in Indonesia
        "58 Thomas Street, Halls Creek WA 6770",
        "Avenida Brigadeiro Tobias 527, São Paulo 01032-001",
        "154 Berkeley Street, Boston MA 02116-5196",
        "716 Fujikata, Tsu 514-0815, Japan",
        "Sakaemachi 1-1, Sapporo 060-0042",
    ],
)
def test_a_postcode_is_no_phone_number(vocabulary: Vocabulary, address: str) -> None:
    text = f"Hello,\nplease add @RivertonPD, Riverton Police Department, {address}.\nPhone 555-0164\n"
    found = extract(mail(text), open_place_names(), vocabulary)
    assert (found.registrations[0].address.value or "").rstrip(".") == address


def test_a_phone_number_is_no_postcode(read: Read) -> None:
    for phone in ("Phone 514-0815", "Tel. 04131-83061", "555-0164", "+49 4131 8306"):
        found = read(f"@RivertonPD\nRiverton Police Department\n12 Mill Road, Riverton, OH 44001\n{phone}\n")
        assert found.registrations[0].address.value == ADDRESS


@pytest.mark.parametrize(
    "head",
    [
        "---------- Forwarded message ----------\nFrom: Kim <kim@x.example>\nDate: Oct 14, 2013\nTo: D.\n\n",
        "---------- Forwarded message ----------\nFrom: Kim Lee <kim@x.example>\nTo: Dana <d@x.example>\n",
        "Begin forwarded message:\n\nFrom: Kim Lee <kim@x.example>\nDate: 14 October 2013\nTo: Dana\n\n",
        "From: Kim Lee\nSent: Monday, October 14, 2013 9:00 AM\nTo: Dana Reed\nSubject: sign up\n\n",
        "-------- Original Message --------\n",
    ],
)
def test_a_form_that_is_forwarded_is_read_from_its_first_line(read: Read, head: str) -> None:
    found = read(f"Please see below.\n\n{head}{LABELLED}", subject="Fwd: sign up")
    (registration,) = found.registrations
    assert registration.handle.value == "RivertonPD"
    assert registration.name.value == AGENCY
    assert registration.address.value == ADDRESS


def test_a_form_in_an_attached_mail_is_read_from_its_first_line(vocabulary: Vocabulary) -> None:
    raw = (
        "From: Dana Reed <dana@riverton.example>\r\nTo: lauri@poltwt.example\r\nSubject: Fwd\r\n"
        "MIME-Version: 1.0\r\nContent-Type: message/rfc822\r\n\r\n"
        "From: Kim Lee <kim@riverton.example>\r\nSubject: sign up\r\n\r\n" + LABELLED
    )
    (registration,) = extract(
        read_message(raw.encode(), now=datetime.now(UTC)), None, vocabulary
    ).registrations
    assert registration.handle.value == "RivertonPD"
    assert registration.address.value == ADDRESS


@pytest.mark.parametrize(
    ("written", "address"),
    [
        (
            "180 Elm Street, Thorndon, Wellington 6011\nPO Box 3017, Wellington 6140",
            "180 Elm Street, Thorndon, Wellington 6011",
        ),
        (
            "Pasilanraitio 13, 00240 Helsinki (postiosoite PL 11, 00241 Helsinki)",
            "Pasilanraitio 13, 00240 Helsinki",
        ),
        ("Bahnhofquai 3, Postfach, 8021 Zürich", "Bahnhofquai 3, Postfach, 8021 Zürich"),
        (
            "1351 Mill Street, PO Box 77, Riverton, GA 31099",
            "1351 Mill Street, PO Box 77, Riverton, GA 31099",
        ),
    ],
)
def test_box_behind_a_whole_address_is_no_part_of_it(read: Read, written: str, address: str) -> None:
    found = read(f"Please add @RivertonPD, {AGENCY}.\n\nAddress: {written}\n")
    assert found.registrations[0].address.value == address
    found = read(f"Please add @RivertonPD.\n\nDana Reed\n{AGENCY}\n{written}\n")
    assert found.registrations[0].address.value == address


@pytest.mark.parametrize(
    "address", ["New Line Road, Letterkenny, Co. Donegal", "6722 Szeged, Párizsi krt. 16-18"]
)
def test_short_word_ends_no_address(read: Read, address: str) -> None:
    found = read(f"Please add @RivertonPD. We are {AGENCY}, {address}. Thanks!")
    assert found.registrations[0].address.value == address


def test_handle_without_its_sign(read: Read) -> None:
    for written, handle in (
        ("put RivertonCops in", "RivertonCops"),
        ("our handle is rivertonpolice", "rivertonpolice"),
    ):
        found = read(f"Hi Lauri, {written} please.\n\nIan McDonald\n{AGENCY}\n{ADDRESS}")
        assert [registration.handle.value for registration in found.registrations] == [handle]
        assert not found.registrations[0].ready


def test_a_name_that_holds_the_account_is_never_ready(read: Read) -> None:
    found = read(f"Twitter name: @Riverton_PD1\nAgency: Riverton_PD1 {AGENCY}\nAddress: {ADDRESS}\n")
    name = found.registrations[0].name
    assert name.value == f"Riverton_PD1 {AGENCY}"
    assert (name.confidence, name.reason) == (Confidence.LOOK, "the Twitter name stands in it")
    found = read(f"Twitter name: @Riverton\nAgency: {AGENCY}\nAddress: {ADDRESS}\n")
    assert found.registrations[0].name.confidence is Confidence.READY


def test_a_line_to_be_filled_in_is_no_account(read: Read) -> None:
    found = read(f"Twitter name: @______\nAgency: {AGENCY}\nAddress: {ADDRESS}\n")
    assert found.kind is Kind.INCOMPLETE
    assert [registration.handle.value for registration in found.registrations] == [None]


def test_other_inner_capitals_are_no_handles(read: Read) -> None:
    said = "Hi Lauri, please register us, see our YouTube, sent from my iPhone."
    found = read(f"{said}\n\nIan McDonald\n{AGENCY}\n{ADDRESS}")
    assert [registration.handle.value for registration in found.registrations] == [None]


def test_town_of_an_agency_without_an_address(vocabulary: Vocabulary) -> None:
    message = mail(
        "Please add @ValdiviaPolicia, Prefectura de Carabineros Valdivia. The address will follow."
    )
    city = extract(message, open_place_names(), vocabulary).registrations[0].city
    assert (city.value, city.rule) == ("Valdivia", "guess")
    assert city.evidence is not None
    assert city.evidence.text == "Valdivia"


def test_rank_that_is_an_agency_too_makes_no_officer_of_a_row(read: Read) -> None:
    found = read(
        "Le paso las cuentas:\n\nUnidad;Cuenta;Domicilio\nPolicía Estatal;@PoesRio;Av. Pasteur 79, Riverton\n"
        "Policía de Turismo;@PolTurRio;Av. Juárez 36, Riverton\nSgt Wendell Tuzo;@SgtTuzo;Calle 5, Riverton\n"
    )
    kinds = [registration.participant.value for registration in found.registrations]
    assert kinds == ["agency", "agency", "officer"]


def test_who_signs_below_a_table_owns_none_of_its_accounts(read: Read) -> None:
    found = read(
        f"Station;Twitter;Address\nNorth;@RivNorth;{ADDRESS}\n"
        "South;@reedsouth;3 Depot Street, Riverton, OH 44001\nSgt Dana Reed\n"
    )
    assert [registration.participant.value for registration in found.registrations] == ["agency", "agency"]


def test_words_of_the_name_and_dates_are_no_handles(read: Read) -> None:
    said = "PLEASE REGISTER US. OUR TWITTER NAME WILL FOLLOW BEFORE NOVEMBER 1ST."
    found = read(f"{said}\n\n{AGENCY.upper()}\n{ADDRESS.upper()}")
    assert [registration.handle.value for registration in found.registrations] == [None]


def test_row_that_says_no_is_none(read: Read) -> None:
    found = read(
        "The list (those with NO are not going to):\n\nAgency;Twitter;Address;Taking part\n"
        "Riverton Police;@RivertonPD;12 Mill Road, Riverton;YES\n"
        "Harlow Police;@HarlowPD;4 Elm Street, Harlow;NO\n"
        "Denton Police;@DentonPD;7 Oak Lane, Denton;YES\n"
    )
    assert [registration.handle.value for registration in found.registrations] == ["RivertonPD", "DentonPD"]


def test_answers_below_the_questions_of_the_call(read: Read) -> None:
    found = read(
        "On Tue, Oct 1, 2013, Lauri Stevens <lauri@poltwt.example> wrote:\n> To take part, answer with\n"
        "> * your Twitter name\nrivtowncops (no at sign)\n> * the name of your agency\n"
        f"{AGENCY}\n> * the physical address of your agency\n{BLOCK}\n> so that we can put you on the map.\n",
        subject="Re: Tweet-a-thon",
    )
    registration = found.registrations[0]
    assert (registration.handle.value, registration.handle.rule) == ("rivtowncops", "label")
    assert (registration.name.value, registration.address.value) == (AGENCY, ADDRESS)


def test_row_that_says_no_to_another_question_stays(read: Read) -> None:
    found = read(
        "Agency;Twitter;Address;Verified\nRiverton Police;@RivertonPD;12 Mill Road, Riverton;YES\n"
        "Harlow Police;@HarlowPD;4 Elm Street, Harlow;NO\n"
    )
    assert [registration.handle.value for registration in found.registrations] == ["RivertonPD", "HarlowPD"]


def test_the_organisers_call_sent_on_without_her_address_is_no_evidence(read: Read) -> None:
    found = read(
        "Sounds fun. We are in as @RivertonPD.\n\nBuck\n\nFrom: Lauri Stevens\nSent: September 4, 2013 8:02\n"
        "To: Sheriff\nSubject: Global Police Tweet-a-thon\n\nTo take part, simply answer this mail with\n"
        "  * your Twitter name\n  * the name of your agency\n  * the physical address of your agency\n\n"
        "Lauri Stevens\nLAwS Communications\nNewbury, Massachusetts, USA\n@lawscomm"
    )
    (registration,) = found.registrations
    assert registration.handle.value == "RivertonPD"
    assert (registration.name.value, registration.address.value) == (None, None)


def test_a_call_that_was_answered_before_it_was_sent_on_is_evidence(read: Read) -> None:
    found = read(
        "Please see below.\n\nFrom: Dana Reed <dana@riverton.example>\nSent: September 4, 2013 8:02\n"
        "To: Pat Quinn\nSubject: Global Police Tweet-a-thon\n\n1. Your Twitter name\n@RivertonPD\n"
        f"2. Name of your agency\n{AGENCY}\n3. Physical address of your agency\n{ADDRESS}\n",
        subject="FW: Global Police Tweet-a-thon",
    )
    assert found.kind is Kind.REGISTRATION
    assert [one.handle.value for one in found.registrations] == ["RivertonPD"]


@pytest.mark.parametrize(
    ("sentence", "address"),
    [
        ("our post comes to Private Bag 12, Maun, and any taxi knows us", "Private Bag 12, Maun"),
        (
            "the station (Mill Road 5, by the old bridge, Riverton) is open",
            "Mill Road 5, by the old bridge, Riverton",
        ),
        # "on the avenue", "in the street": one word each, known as such
        ("התחנה נמצאת בשדרות ארלוזורוב 28, עפולה 18251", "שדרות ארלוזורוב 28, עפולה 18251"),
        ("מקומנו ברחוב הרצל 5, חיפה", "רחוב הרצל 5, חיפה"),
    ],
)
def test_address_inside_a_sentence(vocabulary: Vocabulary, sentence: str, address: str) -> None:
    places = PlaceNames(open_place_names())
    found = find_all(mail(f"Dear Lauri,\n{sentence}.\n"), vocabulary, places, load_models().tagger)
    assert address in [candidate.value for candidate in found.addresses]


def _html_table(rows: Sequence[Sequence[str]], words: str) -> Message:
    """A mail with a paragraph and a table below it."""
    table = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return _html_mail(f"<p>{words}</p><table>{table}</table>")


def _html_mail(page: str) -> Message:
    raw = f"From: a@b.example\nContent-Type: text/html\n\n{page}"
    return read_message(raw.encode(), origin="page.eml", now=datetime(2013, 10, 1, tzinfo=UTC))


def test_cell_that_only_shows_a_link_is_no_handle(vocabulary: Vocabulary) -> None:
    rows = [
        ("Who", "Where", "Twitter"),
        ("Riverton Police", "12 Mill Road, Riverton", "@RivertonPD"),
        (
            "Somerville Police",
            "5 Main Street, Somerville",
            '<a href="https://twitter.com/SomevillePD">FOLLOW</a>',
        ),
    ]
    found = extract(_html_table(rows, "Hello"), None, vocabulary)
    assert [registration.handle.value for registration in found.registrations] == [
        "RivertonPD",
        "SomevillePD",
    ]


def test_table_without_headings_is_read_by_what_its_columns_hold(vocabulary: Vocabulary) -> None:
    rows = [
        ("Riverton Police", "12 Mill Road, Riverton, OH 44001", "RivertonPD"),
        ("Somerville Police", "5 Main Street, Somerville, OH 44002", "SomervillePD"),
    ]
    found = extract(_html_table(rows, "These two:"), None, vocabulary).registrations
    assert [(one.name.value, one.address.value, one.handle.value) for one in found] == rows


@pytest.mark.parametrize(
    "rows",
    [
        (("MOBILE", "555 123 4567"), ("OFFICE", "555 123 4568")),
        (("POLICE", "12 Mill Road, Riverton"), ("DIVISION", "Tel. 555 123 4567")),
        (("B46NQ", "Riverton Police"), ("B46NP", "Somerville Police")),
    ],
)
def test_a_table_that_sets_out_a_signature_holds_no_accounts(
    vocabulary: Vocabulary, rows: tuple[tuple[str, ...], ...]
) -> None:
    message = _html_table(rows, "Riverton Police takes part as @RivertonPD.")
    found = extract(message, None, vocabulary).registrations
    assert [one.handle.value for one in found] == ["RivertonPD"]


def test_copies_do_not_make_their_reader_the_organiser(vocabulary: Vocabulary) -> None:
    raw = (
        "From: Chi Okeke <chi@safercities.example>\nTo: lauri@poltwt.example\nCc: ppro@riverton.example\n"
        "Subject: Fwd: tweet-a-thon\n\nPlease see below.\n\n----- Forwarded Message -----\n"
        "From: Dana Reed <ppro@riverton.example>\nTo: Chi Okeke <chi@safercities.example>\n"
        "Sent: Wednesday, October 16, 2013 7:18 PM\nSubject: tweet-a-thon\n\n"
        f"Please register us: @RivertonPD, {AGENCY}, {ADDRESS}.\nDana Reed\n"
    )
    message = read_message(raw.encode(), origin="copy.eml", now=datetime(2013, 10, 1, tzinfo=UTC))
    found = extract(message, None, vocabulary).registrations
    assert [one.handle.value for one in found] == ["RivertonPD"]


def _accounts(rows: Sequence[Sequence[str]], vocabulary: Vocabulary) -> list[tuple[str | None, ...]]:
    """(handle, name, address) of each account of a table."""
    found = extract(_html_table(rows, "Hello, please register us."), None, vocabulary)
    return [(one.handle.value, one.name.value, one.address.value) for one in found.registrations]


RIVERTON = ("@RivertonPD", "Riverton Police", "12 Mill Road, Riverton, OH 44001")
LAKETON = ("@LaketonPD", "Laketon Police", "5 High Street, Laketon, OH 44002")


@pytest.mark.parametrize("remark", ["does not take part", "withdrawn", "closed"])
def test_a_row_that_a_remark_takes_off_registers_nobody(vocabulary: Vocabulary, remark: str) -> None:
    rows = [
        ("Twitter", "Agency", "Address", "Remarks"),
        (*RIVERTON, "new since May"),
        (*LAKETON, remark),
    ]
    assert ("LaketonPD", *LAKETON[1:]) not in _accounts(rows, vocabulary)


def test_a_row_that_heads_others_registers_nobody(vocabulary: Vocabulary) -> None:
    rows = [("Twitter", "Agency", "Address"), ("North", "", ""), RIVERTON, ("South", "", ""), LAKETON]
    assert _accounts(rows, vocabulary) == [
        ("RivertonPD", *RIVERTON[1:]),
        ("LaketonPD", *LAKETON[1:]),
    ]


def test_a_form_of_two_labels_a_row_is_one_account(vocabulary: Vocabulary) -> None:
    rows = [
        ("Twitter", "@RivertonPD", "Agency", "Riverton Police"),
        ("Street", "12 Mill Road", "City", "Riverton, OH 44001"),
        ("Contact", "Ann Lee", "Phone", "0113 241 3000"),
    ]
    assert _accounts(rows, vocabulary) == [("RivertonPD", *RIVERTON[1:])]


def test_of_two_columns_of_names_the_one_of_people_is_no_agency(vocabulary: Vocabulary) -> None:
    rows = [
        ("Name", "Agency", "Twitter", "Address"),
        ("Ann Lee", "Riverton Police", "@RivertonPD", RIVERTON[2]),
        ("Bob Hill", "Laketon Police", "@LaketonPD", LAKETON[2]),
    ]
    assert [name for _, name, _ in _accounts(rows, vocabulary)] == ["Riverton Police", "Laketon Police"]


@pytest.mark.parametrize("other", ["Instagram", "Facebook", "Old account"])
def test_a_column_of_other_accounts_registers_none(vocabulary: Vocabulary, other: str) -> None:
    rows = [
        ("Agency", other, "Twitter", "Address"),
        ("Riverton Police", "@riverton_old", "@RivertonPD", RIVERTON[2]),
        ("Laketon Police", "@laketon_old", "@LaketonPD", LAKETON[2]),
    ]
    assert [handle for handle, _, _ in _accounts(rows, vocabulary)] == ["RivertonPD", "LaketonPD"]


@pytest.mark.parametrize(
    "lines",
    [
        f"Home address: 3 Oak Close, Laketon, OH 44002\nWork address: {ADDRESS}",
        f"Shipping address: 3 Oak Close, Laketon, OH 44002\nStation address: {ADDRESS}",
        f"Posta adresi: PK 12, Laketon\nAdres: {ADDRESS}",
        f"Почтовый адрес: а/я 12, Laketon\nФактический адрес: {ADDRESS}",
        f"Levelezési cím: Pf. 12, Laketon\nSzékhely: {ADDRESS}",
        f"Former address: 3 Oak Close, Laketon, OH 44002\nAddress: {ADDRESS}",
    ],
)
def test_no_private_former_or_postal_address_counts(read: Read, lines: str) -> None:
    found = read(f"Twitter: @RivertonPD\nAgency: {AGENCY}\n{lines}\n")
    assert found.registrations[0].address.value == ADDRESS


@pytest.mark.parametrize("label", ["Former account", "Old Twitter", "Altes Konto", "Старый аккаунт"])
def test_a_former_account_under_its_label_is_none(read: Read, label: str) -> None:
    found = read(f"Account: @RivertonPD\n{label}: @RivertonCops\nAgency: {AGENCY}\nAddress: {ADDRESS}\n")
    assert [one.handle.value for one in found.registrations] == ["RivertonPD"]


@pytest.mark.parametrize(("label", "former"), [("Former account", "RivertonCops"), ("Instagram account", "")])
def test_only_a_former_account_is_what_a_change_replaces(read: Read, label: str, former: str) -> None:
    found = read(
        f"Please change our account.\n\nAccount: @RivertonPD\n{label}: @RivertonCops\nAgency: {AGENCY}\n",
        subject="Correction: new Twitter name",
    )
    assert found.kind is Kind.UPDATE
    assert [one.former_handle for one in found.registrations] == [former]


@pytest.mark.parametrize("strike", ["s", "strike", "del"])
def test_what_is_struck_out_registers_nobody(vocabulary: Vocabulary, strike: str) -> None:
    page = (
        f"<p>Please register <{strike}>@RivertonCops</{strike}> @RivertonPD, {AGENCY}, "
        f"<{strike}>9 Old Road, Riverton</{strike}> {ADDRESS}</p>"
    )
    (registration,) = extract(_html_mail(page), None, vocabulary).registrations
    assert (registration.handle.value, registration.address.value) == ("RivertonPD", ADDRESS)


def test_the_words_of_a_value_are_those_of_the_mail_also_where_some_are_struck_out(
    vocabulary: Vocabulary,
) -> None:
    message = _html_mail(
        f"<p>Twitter: @RivertonPD</p><p>Agency: Riverton <s>Town</s> Police</p><p>Address: {ADDRESS}</p>"
    )
    name = extract(message, None, vocabulary).registrations[0].name
    assert (name.value or "").split() == ["Riverton", "Police"]
    assert name.evidence is not None
    text = message.part(name.evidence.part).text
    assert text[name.evidence.start : name.evidence.end] == name.evidence.text == "Riverton Town Police"


def test_waves_are_no_strokes(read: Read) -> None:
    found = read(f"Hi~~Please register @RivertonPD, {AGENCY}, {ADDRESS}. Thanks~~")
    assert [one.handle.value for one in found.registrations] == ["RivertonPD"]


def test_a_link_that_is_struck_out_registers_nobody(vocabulary: Vocabulary) -> None:
    page = (
        '<p>Please register <s><a href="https://twitter.com/RivertonCops">our page</a></s> '
        f'<a href="https://twitter.com/RivertonPD">here</a>, {AGENCY}, {ADDRESS}</p>'
    )
    found = extract(_html_mail(page), None, vocabulary)
    assert [one.handle.value for one in found.registrations] == ["RivertonPD"]


@pytest.mark.parametrize("corner", [("Agency", "Twitter", "Address"), ("", "Twitter", "Address")])
def test_accounts_side_by_side_below_an_empty_corner(vocabulary: Vocabulary, corner: Sequence[str]) -> None:
    columns = [corner, (RIVERTON[1], RIVERTON[0], RIVERTON[2]), (LAKETON[1], LAKETON[0], LAKETON[2])]
    heads = [] if not corner[0] else [("", "North", "South")]
    rows = [*heads, *zip(*columns, strict=True)]
    assert _accounts(rows, vocabulary) == [("RivertonPD", *RIVERTON[1:]), ("LaketonPD", *LAKETON[1:])]


@pytest.mark.parametrize("person", ["Sgt Orrin Quell", "Giulia Quell"])
@pytest.mark.parametrize("first", [True, False])
def test_a_person_beside_the_agencys_name_is_no_part_of_it(
    vocabulary: Vocabulary, person: str, first: bool
) -> None:
    names = [("Name", person), ("Name of agency", RIVERTON[1])]
    rows = [*(names if first else reversed(names)), ("Twitter", RIVERTON[0]), ("Address", RIVERTON[2])]
    assert _accounts(rows, vocabulary) == [("RivertonPD", *RIVERTON[1:])]


@pytest.mark.parametrize(
    "agency", [("Elizabeth", "Police Department"), ("Santa Clara County", "Sheriff's Office")]
)
def test_a_town_beside_the_word_for_its_police_is_no_person(
    vocabulary: Vocabulary, agency: tuple[str, str]
) -> None:
    rows = [("Agency", "Department", "Twitter", "Address"), (*agency, RIVERTON[0], RIVERTON[2])]
    assert _accounts(rows, vocabulary)[0][1] == ", ".join(agency)


def test_a_given_name_may_be_a_common_word_too(read: Read) -> None:
    found = read(
        "Inspektor Ali Hodžić sudjeluje kao @AliHodzic, Policijska postaja Osijek."
    )  # "ali" is "but"
    assert found.registrations[0].person.value == "Inspektor Ali Hodžić"


def test_a_unit_is_told_with_its_agency_unless_its_name_is_whole(vocabulary: Vocabulary) -> None:
    head = ("Agency", "Unit", "Twitter", "Address")
    parts = [
        ("Riverton Police", "Traffic Unit", "@RivertonTraffic", RIVERTON[2]),
        ("Riverton Police", "Dog Section", "@RivertonDogs", LAKETON[2]),
    ]
    names = [name for _, name, _ in _accounts([head, *parts], vocabulary)]
    assert names == ["Riverton Police, Traffic Unit", "Riverton Police, Dog Section"]
    whole = [
        ("Ohio State Police", "Riverton Police Post", "@RivertonPost", RIVERTON[2]),
        ("Ohio State Police", "Laketon Police Post", "@LaketonPost", LAKETON[2]),
    ]
    names = [name for _, name, _ in _accounts([head, *whole], vocabulary)]
    assert names == ["Riverton Police Post", "Laketon Police Post"]
    names = [name for _, name, _ in _accounts([("Station", "Agency", *head[2:]), whole[0]], vocabulary)]
    assert names == ["Ohio State Police"], "of two equals the first counts"


@pytest.mark.parametrize("contact", ["{}, Riverton Police", "{}, Press Office", "{}"])
def test_a_column_of_people_is_no_unit_whatever_stands_behind_their_names(
    vocabulary: Vocabulary, contact: str
) -> None:
    rows = [
        ("Agency", "Name", "Twitter", "Address"),
        (RIVERTON[1], contact.format("Ann Lee"), *RIVERTON[::2]),
        (LAKETON[1], contact.format("Bob Hill"), *LAKETON[::2]),
    ]
    assert [name for _, name, _ in _accounts(rows, vocabulary)] == ["Riverton Police", "Laketon Police"]


def test_a_row_whose_handle_is_its_persons_name_is_an_officers(vocabulary: Vocabulary) -> None:
    rows = [
        ("Agency", "Name", "Twitter", "Address"),
        ("Riverton Police", "Anna Miles", "@PCMiles", RIVERTON[2]),
        ("Laketon Police", "Bob Hart", "@LaketonPD", LAKETON[2]),
    ]
    found = extract(_html_table(rows, "Hello, please register us."), None, vocabulary)
    assert [one.participant.value for one in found.registrations] == ["officer", "agency"]


@pytest.mark.parametrize(("ticked", "empty"), [("[x]", "[ ]"), ("(X)", "( )"), ("☑", "☐"), ("✓", "✗")])
def test_an_entry_whose_box_is_not_ticked_registers_nobody(read: Read, ticked: str, empty: str) -> None:
    found = read(
        "Hello Lauri, of our stations these take part:\n\n"
        f"{ticked} @RivertonPD\nRiverton Police\n12 Mill Road, Riverton, OH 44001\n"
        f"{empty} @LaketonPD\nLaketon Police\n5 High Street, Laketon, OH 44002\n"
        f"{ticked} @HarlowPD\nHarlow Police\n4 Elm Street, Harlow, OH 44003\n"
    )
    assert [one.handle.value for one in found.registrations] == ["RivertonPD", "HarlowPD"]


def test_a_box_holds_what_is_set_in_below_it(read: Read) -> None:
    found = read(
        "Hello Lauri, of our stations these take part:\n\n"
        "[x] Riverton\n    @RivertonPD\n    12 Mill Road, Riverton, OH 44001\n"
        "[ ] Laketon\n    @LaketonPD\n    5 High Street, Laketon, OH 44002\n"
    )
    assert [one.handle.value for one in found.registrations] == ["RivertonPD"]


@pytest.mark.parametrize(
    "above",
    [
        "[x] Yes, we will take part\n[ ] No, not this year\n",
        "✔ Done: we talked to our chief\n□ Riverton is the town\n",
    ],
)
def test_what_stands_below_a_box_is_not_in_it(read: Read, above: str) -> None:
    found = read(f"{above}{LABELLED}")
    assert [one.handle.value for one in found.registrations] == ["RivertonPD"]


def test_boxes_of_which_none_is_ticked_tell_nothing(read: Read) -> None:
    found = read(f"Please register:\n[ ] @RivertonPD, {AGENCY}, {ADDRESS}\n")
    assert [one.handle.value for one in found.registrations] == ["RivertonPD"]


def test_the_ticked_answer_tells_whose_account_it_is(read: Read) -> None:
    agency = read(f"{LABELLED}Participating as: [ ] Individual officer [x] Agency\n").registrations[0]
    assert (agency.participant.value, agency.participant.confidence) == ("agency", Confidence.READY)
    officer = read(f"{LABELLED}Participating as: [x] Individual officer [ ] Agency\n").registrations[0]
    assert officer.participant.value == "officer" or officer.participant.confidence is Confidence.LOOK
    behind = read(f"{LABELLED}Participating as: Individual officer [x]  Agency [ ]\n").registrations[0]
    assert behind.participant.confidence is Confidence.LOOK, "a box may stand behind its word"


@pytest.mark.parametrize(
    ("head", "words"),
    [
        (
            "From: {}\nSent: September 4, 2013 8:02\nTo: Dana\nSubject: Tweet-a-thon",
            ("Twitter name", "Name", "Address"),
        ),
        (
            "Von: {}\nGesendet: 4. September 2013\nAn: Dana\nBetreff: Tweet-a-thon",
            ("Twitter-Name", "Dienststelle", "Anschrift"),
        ),
    ],
)
def test_answers_typed_into_the_call(read: Read, head: str, words: Sequence[str]) -> None:
    handle, name, address = words
    found = read(
        f"See below.\n\n{head.format('Lauri Stevens <lauri@poltwt.example>')}\n\n"
        f"1. {handle}\n@RivertonPD\n2. {name}\n{AGENCY}\n3. {address}\n{ADDRESS}\n\nLauri @lawscomm",
        subject="Re: Tweet-a-thon",
    )
    (registration,) = found.registrations
    assert registration.handle.value == "RivertonPD"
    assert (registration.name.value, registration.address.value) == (AGENCY, ADDRESS)


@pytest.mark.parametrize("reply", ["Re: Tweet-a-thon", "Tweet-a-thon"])
def test_how_the_organiser_signs_the_call_that_is_answered_is_no_answer(read: Read, reply: str) -> None:
    found = read(
        "See below.\n\nFrom: Lauri Stevens <lauri@poltwt.example>\nSent: September 4, 2013 8:02\nTo: Dana\n"
        f"Subject: Tweet-a-thon\n\n1. Twitter name\n@RivertonPD\n2. Name\n{AGENCY}\n3. Address\n\n"
        "Kind regards\nLauri Stevens\nLAwS Communications\n3 Elm Street\nNewbury, MA 01951\n",
        subject=reply,
    )
    (registration,) = found.registrations
    assert registration.name.value == AGENCY
    assert "Elm" not in (registration.address.value or "")
    assert not registration.ready


def test_how_the_organiser_signs_her_call_is_no_evidence(read: Read) -> None:
    found = read(
        "Sounds fun. We are in as @RivertonPD.\n\nFrom: Lauri Stevens <lauri@poltwt.example>\n"
        "Sent: September 4, 2013 8:02\nTo: Sheriff\nSubject: Global Police Tweet-a-thon\n\n"
        "Please take part in our tweet-a-thon.\n\nKind regards\nLauri Stevens\nLAwS Communications\n"
        "3 Elm Street\nNewbury, MA 01951\n"
    )
    (registration,) = found.registrations
    assert (registration.name.value, registration.address.value) == (None, None)


@pytest.mark.parametrize("but", ["except Laketon", "but not Laketon"])
def test_an_account_whose_agency_the_mail_excepts_by_name_is_not_ready(read: Read, but: str) -> None:
    found = read(
        f"Please register all of these, {but}:\n\n@RivertonPD, Riverton Police, {RIVERTON[2]}\n"
        f"@LaketonPD, Laketon Police, {LAKETON[2]}\n"
        "@HarlowPD, Harlow Police, 4 Elm Street, Harlow, OH 44003\n"
    )
    laketon = [one for one in found.registrations if one.handle.value == "LaketonPD"]
    assert all(one.handle.confidence is Confidence.LOOK for one in laketon)
    assert {"RivertonPD", "HarlowPD"} <= {one.handle.value for one in found.registrations}


@pytest.mark.parametrize("sender", ["Klaus Lutz", "Lutz, Klaus", "LUTZ Klaus"])
@pytest.mark.parametrize("parted", ["\n", ", "])
def test_the_senders_name_is_no_part_of_the_address_below_it(read: Read, sender: str, parted: str) -> None:
    lines = parted.join(("Polizeirevier Calw", "Klaus Lutz", "Schloßberg 3", "75365 Calw"))
    found = read(
        f"Hallo, wir machen mit als @PolRevierCalw.\n\n{lines}\n", sender=f'"{sender}" <kl@calw.example>'
    )
    (registration,) = found.registrations
    assert (registration.name.value, registration.address.value) == (
        "Polizeirevier Calw",
        "Schloßberg 3, 75365 Calw",
    )


@pytest.mark.parametrize(
    ("sender", "name"),
    [
        ("Comune di Pisa", "Comune di Pisa - Polizia Municipale"),
        ("City of Casper", "City of Casper, Police Department"),
    ],
)
def test_an_authority_that_writes_may_stand_in_the_name(
    vocabulary: Vocabulary, sender: str, name: str
) -> None:
    body = f"We join with @OurPolice1.\n\n{name}\n12 Mill Road\nRiverton, OH 44001"
    message = mail(body, sender=f"{sender} <a@b.example>")
    findings = find_all(message, vocabulary, PlaceNames(open_place_names()), load_models().tagger)
    assert name in [candidate.value for candidate in findings.names]


def test_the_senders_name_is_no_part_of_the_agencys(read: Read) -> None:
    found = read(
        "Rod Kerr, Nairn Police Station, signs up @NairnCops. 15 King Street, Nairn IV12 4QL",
        sender="Rod Kerr <rod@nairn.example>",
    )
    assert found.registrations[0].name.value == "Nairn Police Station"


@pytest.mark.parametrize(
    ("lines", "address"),
    [
        (
            "Městská policie Trutnov\nSlovanské náměstí 165\n541 01 Trutnov\nČeská republika",
            "Slovanské náměstí 165, 541 01 Trutnov, Česká republika",
        ),
        (
            "Maui Police Department\n55 Mahalani Street\nWailuku, HI 96793\nU.S.A.",
            "55 Mahalani Street, Wailuku, HI 96793, U.S.A.",
        ),
        (
            "Sharjah Police\n12 Al Estiqlal Street\nSharjah\nU. A. E.",
            "12 Al Estiqlal Street, Sharjah, U. A. E.",
        ),
    ],
)
def test_the_country_below_an_address_is_part_of_it(vocabulary: Vocabulary, lines: str, address: str) -> None:
    body = f"Hello Lauri,\n\nplease add @OurPolice1 to the list.\n\n{lines}"
    (registration,) = extract(mail(body), open_place_names(), vocabulary).registrations
    assert registration.address.value == address


def test_a_first_name_below_an_address_is_no_country(vocabulary: Vocabulary) -> None:
    body = f"Please add @RivertonPD.\n\n{AGENCY}\n{ADDRESS}\nJordan\n"
    message = mail(body, sender="Jordan Miller <jm@riverton.example>")
    (registration,) = extract(message, open_place_names(), vocabulary).registrations
    assert registration.address.value == ADDRESS


def test_the_country_in_the_next_sentence_is_no_part_of_an_address(vocabulary: Vocabulary) -> None:
    body = f"Please add @RivertonPD, {AGENCY}. We are at {ADDRESS}, and England is full of fans of yours."
    (registration,) = extract(mail(body), open_place_names(), vocabulary).registrations
    assert registration.address.value == ADDRESS


@pytest.mark.parametrize("street", ["place Jean Jaurès 1", "quai Jean Jaurès 1", "rue Jean Jaurès 1"])
def test_the_word_for_a_street_is_part_of_an_address(vocabulary: Vocabulary, street: str) -> None:
    body = f"Le commissariat de Tours participe avec @PoliceTours. Nous sommes {street}, 37000 Tours."
    (registration,) = extract(mail(body), open_place_names(), vocabulary).registrations
    assert registration.address.value == f"{street}, 37000 Tours"


@pytest.mark.parametrize("first", ["Count", "Proud", "Add"])
def test_a_name_whose_first_word_may_only_begin_the_sentence_is_not_ready(
    vocabulary: Vocabulary, first: str
) -> None:
    body = f"{first} Ballarat Police in: @BallaratPol, 20 Dana Street, Ballarat VIC 3350."
    name = extract(mail(body), open_place_names(), vocabulary).registrations[0].name
    assert name.value == "Ballarat Police" or name.confidence is Confidence.LOOK


def test_a_name_that_the_signature_repeats_is_ready_at_the_beginning_of_a_sentence(
    vocabulary: Vocabulary,
) -> None:
    body = (
        "Hello Lauri,\n\nRoyal Bahamas Police Force would like to take part as @RoyalBahamasPF.\n\n"
        "Kind regards\nRoyal Bahamas Police Force\n3 East Street, Nassau, Bahamas"
    )
    (registration,) = extract(mail(body), open_place_names(), vocabulary).registrations
    assert registration.name.value == "Royal Bahamas Police Force"
    assert registration.name.confidence is Confidence.READY


UNDECIDED = [
    "we may well join with @RivertonPD, but the chief has to decide first. More next week.",
    "wir wissen noch nicht, ob wir mit @RivertonPD mitmachen; das entscheidet sich nächste Woche.",
    "nous ne savons pas encore si nous participerons avec @RivertonPD.",
    "todavía no sabemos si podremos participar con @RivertonPD; depende del concejal.",
    "jeszcze nie wiemy, czy @RivertonPD weźmie udział, decyzja zapadnie w piątek.",
    "пока не знаем, сможет ли @RivertonPD участвовать, ждём решения руководства.",
]
SENT_BEFORE = [
    "did you get my mail of last Friday about @RivertonPD? I have not heard back.",
    "ist unsere Anmeldung von @RivertonPD angekommen? Wir haben noch keine Bestätigung.",
    "avez-vous bien reçu l'inscription de @RivertonPD ? Nous sommes sans nouvelles.",
    "¿recibieron nuestra inscripción de @RivertonPD? Aún sin confirmación.",
    "hebt u onze aanmelding van @RivertonPD ontvangen? We hebben nog niets gehoord.",
    "получили ли вы нашу заявку @RivertonPD? Ответа пока нет.",
]


@pytest.mark.parametrize("said", [*UNDECIDED, *SENT_BEFORE])
def test_who_is_undecided_or_asks_after_an_earlier_mail_is_not_ready(
    vocabulary: Vocabulary, said: str
) -> None:
    signed = f"\n\nKind regards\nDana Reed\n{AGENCY}\n{BLOCK}"
    plain = extract(mail(f"Please add @RivertonPD.{signed}"), open_place_names(), vocabulary)
    assert plain.registrations[0].ready
    found = extract(mail(f"Hello Lauri,\n\n{said}{signed}"), open_place_names(), vocabulary)
    assert found.kind is not Kind.REGISTRATION or not any(one.ready for one in found.registrations)


def test_why_a_mail_is_no_registration(vocabulary: Vocabulary) -> None:
    signed = f"\n\nKind regards\nDana Reed\n{AGENCY}\n{BLOCK}"
    undecided = extract(mail(f"Hello Lauri, {UNDECIDED[2]}{signed}"), open_place_names(), vocabulary)
    asked = extract(mail(f"Hello Lauri, {SENT_BEFORE[2]}{signed}"), open_place_names(), vocabulary)
    assert undecided.reason == "has not decided yet whether to take part"
    assert asked.reason == "asks after what was sent before"


@pytest.mark.parametrize("name", ["stations_2012.csv", "Last year.csv", "old accounts.csv"])
def test_no_account_of_an_earlier_list_is_ready(name: str, vocabulary: Vocabulary) -> None:
    head = "Agency;Twitter;Address\n"
    files = {
        name: f"{head}{RIVERTON[1]};{RIVERTON[0]};{RIVERTON[2]}\n",
        "stations_2013.csv": f"{head}{LAKETON[1]};{LAKETON[0]};{LAKETON[2]}\n",
    }
    message = mail_with_files("Please register the stations in the lists.", files)
    found = extract(message, open_place_names(), vocabulary)
    confidence = {one.handle.value: one.handle.confidence for one in found.registrations}
    assert confidence == {"RivertonPD": Confidence.LOOK, "LaketonPD": Confidence.READY}
    assert name in next(one.handle.reason for one in found.registrations if one.handle.value == "RivertonPD")


@pytest.mark.parametrize(
    ("said", "confidence"),
    [
        ("please find our form attached.", Confidence.READY),
        ("our form is attached. We do not have any questions.", Confidence.READY),
        (
            "our form is attached. The Twitter name in it is out of date, the new one follows.",
            Confidence.LOOK,
        ),
        ("here is the form. Please ignore the Twitter account in it.", Confidence.LOOK),
        ("attached is our form. Note that the handle given there is outdated.", Confidence.LOOK),
        ("adjunto el formulario. La cuenta de Twitter que figura ya no existe.", Confidence.LOOK),
        ("Здравствуйте, анкета во вложении, но аккаунт в ней старый.", Confidence.LOOK),
    ],
)
def test_what_a_mail_says_of_the_account_in_its_attachment(
    said: str, confidence: Confidence, vocabulary: Vocabulary
) -> None:
    body = f"Hello Lauri,\n\n{said}\n\nDana Reed"
    message = mail_with_files(body, {"form.txt": LABELLED}, subject="Registration form")
    (one,) = extract(message, open_place_names(), vocabulary).registrations
    assert (one.handle.value, one.handle.confidence) == ("RivertonPD", confidence)


@pytest.mark.parametrize(
    "said",
    [
        "You can send the mug to my house, 8 Seabank Road, Nairn IV12 4EX.",
        "My home is at 8 Seabank Road, Nairn IV12 4EX.",
        "Den Becher schicken Sie gern an mich privat: Lindenweg 8, 75365 Calw.",
        "La camiseta me la puede mandar a casa mía, en casa: calle Gaztambide 14, 31500 Tudela.",
        "Envoyez le colis chez moi : 14 rue Jean Jaurès, 37000 Tours.",
        "Paczkę proszę wysłać na adres domowy: ul. Polna 3, 81-350 Gdynia.",
        "Посылку можно отправить на мой домашний адрес: ул. Ленина, 5, 443010 Самара.",
    ],
)
def test_no_address_of_a_home_is_ready(said: str, vocabulary: Vocabulary) -> None:
    body = f"Hello Lauri,\n\nplease add @RivertonPD, Riverton Police Department. {said}\n\nDana Reed"
    for one in extract(mail(body), open_place_names(), vocabulary).registrations:
        assert one.address.confidence is not Confidence.READY


def test_an_office_that_is_the_home_of_a_force_is_ready(vocabulary: Vocabulary) -> None:
    body = f"Hello Lauri,\n\nplease add @RivertonPD. The home of the {AGENCY} is {ADDRESS}.\n\nDana Reed"
    (one,) = extract(mail(body), open_place_names(), vocabulary).registrations
    assert (one.address.value, one.address.confidence) == (ADDRESS, Confidence.READY)


@pytest.mark.parametrize("person", ["Klaus Lutz", "Ali Demir", "Ana Ruiz Gil"])
def test_an_address_that_may_begin_with_a_persons_name_is_not_ready(
    vocabulary: Vocabulary, person: str
) -> None:
    lines = ("Polizeirevier Calw", person, "Schloßberg 3", "75365 Calw")
    body = "Hello Lauri,\n\nplease add @PolRevierCalw.\n\nBest regards\n" + "\n".join(lines)
    address = extract(mail(body), open_place_names(), vocabulary).registrations[0].address
    assert address.value == "Schloßberg 3, 75365 Calw" or address.confidence is Confidence.LOOK


def test_an_address_that_runs_on_into_the_next_agencys_name_is_not_ready(vocabulary: Vocabulary) -> None:
    body = """Hi Lauri,

Please put down the following for Donegal Division:

Letterkenny Garda Station – @GardaLetterken – New Line Road, Letterkenny, Co. Donegal
Buncrana Garda Station – @GardaBuncrana – St Oran's Road, Buncrana, Co. Donegal

Milford were asked and said, and I quote, "we will in our eye".

Le gach dea-ghuí,
Sgt Fionnuala Gallagher
"""
    for registration in extract(mail(body), open_place_names(), vocabulary).registrations:
        address = registration.address
        assert not (address.value or "").endswith("Station") or address.confidence is Confidence.LOOK


def test_a_shared_cell_between_the_pieces_of_an_address_leaves_no_doubt(vocabulary: Vocabulary) -> None:
    page = """<p>Hello Lauri, please add these:</p><table>
<tr><th>Street</th><th>Agency</th><th>Town</th><th>Twitter</th></tr>
<tr><td>300 Alwoodley Lane</td><td rowspan=2>West Yorkshire Police</td><td>Leeds LS17 7BY</td>
<td>@LeedsNorth</td></tr>
<tr><td>2 Dewsbury Road</td><td>Leeds LS11 5HZ</td><td>@LeedsSouth</td></tr></table>"""
    registrations = extract(_html_mail(page), open_place_names(), vocabulary).registrations
    assert [one.address.value for one in registrations] == [
        "300 Alwoodley Lane, Leeds LS17 7BY",
        "2 Dewsbury Road, Leeds LS11 5HZ",
    ]
    assert all(one.ready for one in registrations)


def test_an_address_that_begins_with_another_offices_line_is_not_ready(vocabulary: Vocabulary) -> None:
    lines = ("Policía Local de Gijón", "Ayuntamiento de Gijón", "Calle San José 2", "33209 Gijón")
    body = "Hola Lauri, participamos con @PLGijon.\n\nUn saludo\nPedro Sanz\n" + "\n".join(lines)
    address = extract(mail(body), open_place_names(), vocabulary).registrations[0].address
    assert address.value == "Calle San José 2, 33209 Gijón" or address.confidence is Confidence.LOOK


@pytest.mark.parametrize(
    "said", ["of these only @LeedsNorth takes part:", "davon macht nur @LeedsNorth mit:"]
)
def test_the_accounts_beside_the_only_one_are_not_ready(vocabulary: Vocabulary, said: str) -> None:
    body = f"Lauri,\n{said}\n@LeedsNorth\n@LeedsSouth\n@LeedsEast\n\nLeeds Police\n{BLOCK}"
    found = extract(mail(body), open_place_names(), vocabulary)
    ready = [one.handle.value for one in found.registrations if one.handle.confidence is Confidence.READY]
    assert "LeedsSouth" not in ready
    assert "LeedsEast" not in ready


def test_an_agency_of_another_town_than_address_and_account_is_not_ready(vocabulary: Vocabulary) -> None:
    body = (
        "Hi Lauri,\nFollowing the lead of the Toronto Police Service we join with @LeedsNorth, "
        "12 Elland Road, Leeds LS11 8BU.\nAnn"
    )
    name = extract(mail(body), open_place_names(), vocabulary).registrations[0].name
    assert name.confidence is not Confidence.READY


@pytest.mark.parametrize("parted", [", ", "\n", " - "])
def test_whoever_is_named_with_a_rank_behind_an_agency_is_no_part_of_its_name(
    read: Read, parted: str
) -> None:
    found = read(f"We join as @RivertonPD.\n\nRiverton Police{parted}Sgt Dan Orr\n{BLOCK}")
    assert found.registrations[0].name.value == "Riverton Police"


@pytest.mark.parametrize("remark", ["(does not take part)", "(withdrawn)", "[no longer taking part]"])
def test_an_entry_whose_remark_says_no_registers_nobody(vocabulary: Vocabulary, remark: str) -> None:
    body = (
        f"Please register:\n{RIVERTON[1]} @RivertonPD, {RIVERTON[2]}\n"
        f"{LAKETON[1]} @LaketonPD, {LAKETON[2]} {remark}\n"
        "Harlow Police @HarlowPD, 4 Elm Street, Harlow, OH 44003 (new since May)\n"
    )
    found = extract(mail(body), open_place_names(), vocabulary)
    assert [one.handle.value for one in found.registrations] == ["RivertonPD", "HarlowPD"]


def test_an_address_is_not_ready_while_another_stands_right_behind_the_name(vocabulary: Vocabulary) -> None:
    body = (
        "Please register @LeedsNorth.\n\nHeadquarters: 1 Laburnum Road, Wakefield WF1 3QP\n"
        "Our station: Leeds North Police Station, 300 Alwoodley Lane, Leeds LS17 7BY\n\nPC Anna Miles"
    )
    address = extract(mail(body), open_place_names(), vocabulary).registrations[0].address
    assert address.value == "300 Alwoodley Lane, Leeds LS17 7BY" or address.confidence is Confidence.LOOK


@pytest.mark.parametrize(
    "body",
    [
        "Riverton Police Department\n12 Mill Road, Riverton, OH 44001\n\nOur Twitter name will follow.",
        "Riverton Police Department\n12 Mill Road, Riverton, OH 44001\nTwitter: to follow\n\nDana",
        "Polizeirevier Achern\nKirchstraße 26\n77855 Achern\n\nUnser Twittername folgt noch.",
    ],
)
def test_agency_and_address_of_an_account_to_come_sign_up(read: Read, body: str) -> None:
    found = read(body, subject="Tweet-a-thon")
    assert found.kind is Kind.INCOMPLETE
    assert found.registrations[0].name.value in body
    assert found.registrations[0].address.value
    assert not found.registrations[0].ready


def test_who_tells_of_an_account_to_come_and_gives_no_address_signs_nobody_up(read: Read) -> None:
    assert read("Thanks for the call. Our Twitter name will change later.\nDana Reed").kind is Kind.OTHER
