"""Labels and their values in any layout, addresses asked for piece by piece, groups of fields."""

from __future__ import annotations

import pytest

from poltwt_console.extraction.address_parts import join_parts
from poltwt_console.extraction.labels import Labelled, find_labelled
from poltwt_console.extraction.records import labelled_records
from poltwt_console.extraction.view import read_view
from poltwt_console.extraction.vocabulary import Vocabulary
from tests.extraction.conftest import Read, mail


def labelled(text: str, vocabulary: Vocabulary) -> list[Labelled]:
    """All labelled values of a plain mail's text."""
    return [
        value
        for passage in read_view(mail(text), vocabulary).evidence
        for value in find_labelled(passage, vocabulary)
        if value.origin.value != "sender"
    ]


def told(text: str, vocabulary: Vocabulary) -> list[tuple[str, str]]:
    return [(value.field, value.value) for value in labelled(text, vocabulary)]


def addresses(text: str, vocabulary: Vocabulary) -> list[str]:
    """The addresses that are joined from labelled pieces."""
    return [", ".join(part.value for part in parts) for parts in join_parts(labelled(text, vocabulary))]


@pytest.mark.parametrize(
    ("label", "lines"),
    [
        ("Address: ", ["12 Mill Road", "Suite 12", "Riverton, OH 44001"]),
        ("Address: ", ["Main Street", "P.O. Box 12", "Riverton"]),
        ("Adresse: ", ["Musterstr. 5", "Gebäude 4", "53111 Bonn"]),
        ("Dirección: ", ["Calle Mayor 5", "Piso 2", "28013 Madrid"]),
        ("3. Address\n", ["12 Mill Road", "Building 4", "44001 Riverton"]),
        ("Address:   ", ["12 Mill Road", "Suite 200", "Riverton, OH 44001"]),
        ("Address: ", ["Police HQ", "  Block 3: Sector 5", "  12345 Town"]),
        ("Adresse: ", ["12 rue du Moulin", "Bâtiment B : 2e étage", "75001 Paris"]),
        ("Adresse: ", ["Mannheim", "Q5 14. Etage", "68161 Mannheim"]),
        ("Address: ", ["12 Mill Road", "Riverton\t44001"]),
    ],
)
def test_an_address_has_all_its_lines(vocabulary: Vocabulary, label: str, lines: list[str]) -> None:
    (value,) = labelled(label + "\n".join(lines), vocabulary)
    assert (value.field, value.value.split("\n")) == ("address", lines)


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("Address - Phone: 555 0100", [("phone", "555 0100")]),
        ("Address / phone: 12 Mill Road, 555 0100", [("address", "12 Mill Road, 555 0100")]),
        ("City of your agency: Riverton", [("city", "Riverton")]),
        ("Domicilio de la dependencia: Calle Mayor 5", [("address", "Calle Mayor 5")]),
        ("Department: Crime Unit, Riverton", [("name", "Crime Unit, Riverton")]),
        ("Number of tweeters: 6", []),
        ("Street, no.: Mill Road 12", [("street", "Mill Road 12")]),
        ("Tänav, maja -> Riia 132", [("street", "Riia 132")]),
        ("PLZ/Ort: 27472 Cuxhaven", [("city", "27472 Cuxhaven")]),
        ("Unvan: Komiser Yardımcısı", [("rank", "Komiser Yardımcısı")]),
        ("Ünvan: Nizami küçəsi 5, Bakı", [("address", "Nizami küçəsi 5, Bakı")]),
    ],
)
def test_what_a_label_asks_for(vocabulary: Vocabulary, text: str, fields: list[tuple[str, str]]) -> None:
    assert told(text, vocabulary) == fields


@pytest.mark.parametrize(
    "text",
    [
        "Riverton Police Department\t@RivertonPD\t12 Mill Road, Riverton",
        "Riverton Police Department -> @RivertonPD",
        "[Riverton Police Department] We tweet as @RivertonPD from 12 Mill Road",
        "Hello from our police station... we tweet as @RivertonPD from 12 Mill Road",
    ],
)
def test_an_agency_is_no_label(vocabulary: Vocabulary, text: str) -> None:
    assert told(text, vocabulary) == []


def test_questions_and_answers_by_number(vocabulary: Vocabulary) -> None:
    text = "П1: Назив?\nО1: Полицијска станица\nП2: Улица и број?\nО2: Кнеза Милоша 4\n"
    text += "П3: Твитер налог?\nО3: @ps_bg"
    assert told(text, vocabulary) == [
        ("name", "Полицијска станица"),
        ("street", "Кнеза Милоша 4"),
        ("handle", "@ps_bg"),
    ]


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("Street: 12 Riverton Avenue\nCity: Riverton", ["12 Riverton Avenue, Riverton"]),
        ("Address: London Road 5\nTown: London", ["London Road 5, London"]),
        ("Address: London Road 5, London\nTown: London\nCountry: UK", []),
        ("Street: Mill Road\nHouse number: 12\nCity: Riverton", ["Mill Road, 12, Riverton"]),
        ("Adres: Cadde 20\nİlçe: Tepebaşı\nİl: Eskişehir", ["Cadde 20, Tepebaşı, Eskişehir"]),
        (
            "Naslov (ulica): Cesta 30\nNaslov (pošta): 8000 Novo mesto",
            ["Cesta 30, 8000 Novo mesto"],
        ),
        ("Street: 12 Mill Road\nCity: none\nPostcode: unknown\nCountry: USA", ["12 Mill Road, USA"]),
        ("Address line 1: 12 Mill Road\nAddress line 2: n/a\nCity: Riverton", ["12 Mill Road, Riverton"]),
        (
            "Mailing address: PO Box 5\nCity: Lakeside\nPhysical address: 12 Mill Road\nCity: Riverton",
            ["12 Mill Road, Riverton"],
        ),
        (
            "Old address: 5 Shore Drive\nCity: Lakeside\nNew address: 12 Mill Road\nCity: Riverton",
            ["12 Mill Road, Riverton"],
        ),
        ("Address #1: 12 Mill Road\nAddress #2: 5 Shore Drive", ["12 Mill Road", "5 Shore Drive"]),
    ],
)
def test_pieces_of_an_address_are_joined(vocabulary: Vocabulary, text: str, joined: list[str]) -> None:
    assert addresses(text, vocabulary) == joined


@pytest.mark.parametrize(
    "text",
    [
        "Account 1: @RivPD\nStreet 1: 12 Mill Road\nAccount 2: @LakePD\nStreet 2: 5 Shore Drive",
        "Account 1: @RivPD\nAccount 2: @LakePD\nStreet #1: 12 Mill Road\nStreet #2: 5 Shore Drive",
        "Name: Dana Reed\n\nTwitter: @RivPD\nStreet: 12 Mill Road\n\nTwitter: @LakePD\nStreet: 5 Shore Drive",
        "Twitter: @RivPD\nStreet: 12 Mill Road\nTwitter: @LakePD\nStreet: 5 Shore Drive\nCountry: USA",
    ],
)
def test_groups_of_fields_are_told_apart(vocabulary: Vocabulary, text: str) -> None:
    groups = labelled_records(labelled(text, vocabulary))
    assert [(group["handle"].value, group["street"].value) for group in groups] == [
        ("@RivPD", "12 Mill Road"),
        ("@LakePD", "5 Shore Drive"),
    ]


@pytest.mark.parametrize("end", [")", " (", ".", "。", ")))", " (PO Box 5)", " (PO Box 5", "("])
@pytest.mark.parametrize("label", ["Address", "Street", "City", "Postcode", "Agency", "Twitter"])
def test_a_value_may_end_in_any_sign(read: Read, label: str, end: str) -> None:
    found = read(f"Twitter: @RivPD\nAgency: Riverton Police\n{label}: 12 Mill Road{end}")
    assert [registration.handle.value for registration in found.registrations][:1] == ["RivPD"]


def test_two_lines_of_one_address_are_no_two_accounts(vocabulary: Vocabulary) -> None:
    text = "Twitter 1: @RivPD\nTwitter 2: @RivK9\nAddress 1: 12 Mill Road\nAddress 2: Suite 4\nCity: Riverton"
    assert labelled_records(labelled(text, vocabulary)) == []
    assert addresses(text, vocabulary) == ["12 Mill Road, Suite 4, Riverton"]
