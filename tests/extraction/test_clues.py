"""What a handle's letters tell, whatever the script of the names in the mail."""

from __future__ import annotations

import pytest

from poltwt_console.extraction import Vocabulary
from poltwt_console.extraction.clues import find_clues, handle_clues
from tests.extraction.conftest import Read


@pytest.mark.parametrize(
    ("handle", "person"),
    [
        ("SgtTuzoBDA", "Tuzo"),
        ("CI_RameshBabu", "రమేష్"),
        ("SarkawtPolice", "سەرکەوت"),
        ("LtShevchenko", "Шевченко"),
        ("GiorgiPatrol", "გიორგი"),
        ("OlopaaBayo", "Adébáyọ̀"),
    ],
)
def test_a_person_is_found_in_a_handle(vocabulary: Vocabulary, handle: str, person: str) -> None:
    clues = find_clues([], "", "a@b.example", [person.casefold()], vocabulary)
    assert "person True rank" in " ".join(handle_clues(handle, clues, vocabulary))
    nobody = find_clues([], "", "a@b.example", ["schmidt"], vocabulary)
    assert "person False rank" in " ".join(handle_clues(handle, nobody, vocabulary))


@pytest.mark.parametrize(
    ("handle", "agency"),
    [("ImeretiPolice", "იმერეთის პოლიციის დეპარტამენტი"), ("PoliceKazan", "Управление МВД по городу Казани")],
)
def test_an_agency_is_found_by_the_words_that_are_its_own(
    vocabulary: Vocabulary, handle: str, agency: str
) -> None:
    def own(name: str) -> bool:
        clues = find_clues([name], "", "a@b.example", [], vocabulary)
        return "agency letters True" in handle_clues(handle, clues, vocabulary)

    assert own(agency)
    assert not own("Metropolitan Police Department")


@pytest.mark.parametrize(
    ("handle", "letters"),
    [
        ("damkarubud", "outsider True agency False"),
        ("MaunFire", "outsider True agency False"),
        ("MPSFirearms", "outsider False agency False"),
        ("PMFirenze", "outsider False agency False"),
        ("MadridBomberos", "outsider True agency False"),
        ("K9Giulia", "given True police False"),
        ("SanDiegoK9", "given False police False"),
    ],
)
def test_letters_tell_whose_account_it_is(vocabulary: Vocabulary, handle: str, letters: str) -> None:
    assert letters in handle_clues(handle, find_clues([], "", "a@b.example", [], vocabulary), vocabulary)


def test_the_sender_is_the_contact_though_the_mail_domain_says_police(read: Read) -> None:
    found = read(
        "Please add @RivertonPD, Riverton Police Department, 12 Mill Road, Riverton, OH 44001.",
        sender="Dana Reed <dana.reed@police.riverton.example>",
    )
    assert found.registrations[0].contact_name.value == "Dana Reed"


def test_a_letter_that_no_one_spells_in_latin_is_no_fault(read: Read) -> None:
    found = read("0:\U0002bb8f\n@RivertonPD", sender="\U0002bb8f <a@b.example>")
    assert [one.handle.value for one in found.registrations] == ["RivertonPD"]
