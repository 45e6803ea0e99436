"""What was read as one stretch and is two, and what is one although "and" stands in it."""

from __future__ import annotations

import pytest

from poltwt_console.extraction import Vocabulary
from poltwt_console.extraction.features import Tagged, describe
from poltwt_console.extraction.findings import narrow_view
from poltwt_console.extraction.parting import part_stretches
from poltwt_console.extraction.places import PlaceNames
from poltwt_console.extraction.tagger import Stretch
from poltwt_console.extraction.view import read_view
from poltwt_console.geocoding import open_place_names
from tests.extraction.conftest import Read, mail


def described(said: str, vocabulary: Vocabulary) -> Tagged:
    """What each word is like in a mail that says so."""
    view = read_view(mail(f"Hello Lauri, we are here: {said}"), vocabulary)
    narrow_view(view, vocabulary)
    [passage] = [passage for passage in view.evidence if passage.part.id == "body"]
    return describe(passage, [], PlaceNames(open_place_names()), "", "")


def parts(kind: str, said: str, vocabulary: Vocabulary) -> list[str]:
    """The parts of a stretch of words that was read as an address ("A") or a name ("N")."""
    tagged = described(said, vocabulary)
    read = tagged.passage.words
    start = tagged.passage.text.index(said)
    whole = Stretch(kind, read.index(start), read.index(start + len(said) - 1) + 1, 500)
    found = part_stretches([whole], tagged)
    return [tagged.passage.text[read.starts[part.first] : read.ends[part.last - 1]] for part in found]


@pytest.mark.parametrize(
    ("kind", "first", "joint", "second"),
    [
        ("A", "12 Mill Road, Oxford OX1 2AB", " and ", "4 High Street, Cambridge CB2 1LA"),
        ("A", "Hauptstraße 12, 80331 München", " und ", "Am Markt 3, 85221 Dachau"),
        ("A", "Kerkstraat 5, 8670 Koksijde", " en ", "Havenlaan 1, 8620 Nieuwpoort"),
        ("A", "Rue du Palais 4, BP 54, Foumban", " ; ", "Carrefour du Marché 2, BP 9, Foumbot"),
        ("A", "Calle 61 núm. 520, Mérida, Yucatán", "; ", "la del oficial, Anillo Periférico Km 45, Mérida"),
        ("A", "Trg državnosti 3, 88400 Konjic", ", a ", "Jablanica Pere Bilića 15, 88420 Jablanica"),
        ("N", "Oxford Police Station", " and ", "Cambridge Traffic Police"),
    ],
)
def test_two_that_are_joined_are_two(
    kind: str, first: str, joint: str, second: str, vocabulary: Vocabulary
) -> None:
    assert parts(kind, first + joint + second, vocabulary) == [first, second]


@pytest.mark.parametrize(
    ("kind", "whole"),
    [
        ("A", "the corner of Mill Road and High Street, Oxford"),
        ("A", "between 8th and 9th Street, Oxford OX1 2AB"),
        ("A", "12 Mill Road, Oxford and Region"),
        ("A", "1-3 rue Marie et Pierre Curie, L-2957 Luxembourg"),
        ("A", "Hauptstraße 12 gegenüber der Kirche, 80331 München"),
        ("A", "1200 Main Street near the old mill, Springfield 62701"),
        ("N", "Police and Border Guard Board"),
        ("N", "Oxford Police Department of Town and Country"),
    ],
)
def test_one_with_and_in_it_stays_one(kind: str, whole: str, vocabulary: Vocabulary) -> None:
    assert parts(kind, whole, vocabulary) == [whole]


def test_each_station_of_a_sentence_keeps_its_own_address(read: Read) -> None:
    found = read(
        "Hello Lauri,\n\nwe are two stations and both take part. Our accounts are @OxfordTraffic and "
        "@CambridgeBeat.\nThe addresses: 12 Mill Road, Oxford 44001 and 4 High Street, Cambridge 44002.\n\n"
        "Dana Reed\nRiverton Police Department"
    )
    addresses = [registration.address for registration in found.registrations]
    offered = [{one.value, *(other.value for other in one.others)} for one in addresses]
    own = ("12 Mill Road, Oxford 44001", "4 High Street, Cambridge 44002")
    assert len(offered) == len(own)
    assert all(one in of for one, of in zip(own, offered, strict=True))


def test_a_phone_number_below_an_address_is_no_part_of_it(read: Read) -> None:
    found = read(
        "Hello Lauri,\n\nplease add our account @RivertonPD.\n\nDana Reed\nRiverton Police Department\n"
        "Mill Road 12\n731 00 Riverton\n28210 25700\n"
    )
    assert found.registrations[0].address.value == "Mill Road 12, 731 00 Riverton"
