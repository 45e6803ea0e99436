"""Taking an address apart: parts, words, postcodes; and the folding of names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poltwt_console.geocoding.address import parse_address
from poltwt_console.geocoding.likeness import edit_distance
from poltwt_console.geocoding.normalise import normalise, unspaced_runs
from poltwt_console.geocoding.skeleton import skeleton


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("São Tomé", "sao tome"),
        ("Łódź", "lodz"),
        ("STRAẞE", "strasse"),
        ("Ærø", "aero"),
        ("Ħal Qormi", "hal qormi"),
        ("L'Aquila", "laquila"),
        ("Saint-Denis", "saint denis"),
        ("İstanbul", "istanbul"),
        ("  a \t b ", "a b"),
        ("東京都", "東京都"),
        ("ガ", "ガ"),
        ("서울", "서울"),
        ("القاهرة", "القاهره"),
        ("Київ", "кив"),
        ("हिन्दी", "हिन्दी"),
        ("", ""),
        ("--", ""),
    ],
)
def test_names_fold_the_same_way_everywhere(name: str, folded: str) -> None:
    if name == "Київ":
        assert normalise(name) == normalise("КИЇВ")
    else:
        assert normalise(name) == folded


@given(st.text(max_size=50))
def test_folding_twice_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


def test_stretches_without_spaces_are_told_apart() -> None:
    assert unspaced_runs(normalise("千代田区 Tokyo 霞が関")) == [normalise("千代田区"), normalise("霞が関")]
    assert unspaced_runs("plain words") == []


@pytest.mark.parametrize(
    ("address", "code", "countries"),
    [
        ("Birmingham B4 6NQ", "B4", "GB"),
        ("London SW1A1AA", "SW1A", "GB"),
        ("Ottawa K1A 0B1", "K1A", "CA"),
        ("Dublin D02 AF30", "D02", "IE"),
        ("1012 AB Amsterdam", "1012", "NL"),
        ("00-950 Warszawa", "00950", "PL"),
        ("H-1139 Budapest", "1139", "HU"),
        ("B1640AOJ Martinez", "1640", "AR"),
        ("113 51 Stockholm", "11351", "SE"),
        ("01310-100 São Paulo", "01310", "BR"),
    ],
)
def test_postcodes_are_known_by_their_shape(address: str, code: str, countries: str) -> None:
    assert any(c.code == code and countries in c.countries for c in parse_address(address).codes)


def test_a_house_number_counts_less_than_a_postcode() -> None:
    codes = {
        code.code: code.strength for code in parse_address("15763 Kingsley Long Road, 99639 Ninilchik").codes
    }
    assert codes["15763"] < codes["99639"]


def test_parts_keep_their_words_beside_the_folded_ones() -> None:
    address = parse_address("Rue de l'Église 5; 1050 Ixelles\nBelgique")
    assert [part.words for part in address.parts] == [
        ("rue", "de", "leglise", "5"), ("1050", "ixelles"), ("belgique",),
    ]  # fmt: skip
    assert address.parts[0].raw == ("Rue", "de", "l'Église", "5")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("klongtey", "khlong toei"),
        ("brugges", "bruggees"),
        ("patumwan", "pathum wan"),
        ("zhongli", "jhongli"),
        ("jabriya", "al jabiriyah"),
        ("mansourieh", "al mansuriyah"),
        ("hwasung", "hwaseong"),
    ],
)
def test_transliterations_share_a_skeleton(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other) != ""


def test_names_without_two_consonants_have_no_skeleton() -> None:
    assert skeleton("aia") == skeleton("москва") == skeleton("b4") == skeleton("") == ""


def _whole_distance(one: str, other: str) -> int:
    """The textbook table, all of it."""
    table = [[max(i, j) if 0 in (i, j) else 0 for j in range(len(other) + 1)] for i in range(len(one) + 1)]
    for i in range(1, len(one) + 1):
        for j in range(1, len(other) + 1):
            table[i][j] = min(
                table[i - 1][j] + 1, table[i][j - 1] + 1, table[i - 1][j - 1] + (one[i - 1] != other[j - 1])
            )
            if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
                table[i][j] = min(table[i][j], table[i - 2][j - 2] + 1)
    return table[-1][-1]


@given(st.text("abc", max_size=8), st.text("abc", max_size=8), st.integers(1, 4))
def test_letters_that_differ_are_counted_up_to_a_limit(one: str, other: str, most: int) -> None:
    true = _whole_distance(one, other)
    counted = edit_distance(one, other, most)
    assert counted == true if true <= most else counted > most
