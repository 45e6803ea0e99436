"""The runners-up beside a value: what is worth a button."""

from __future__ import annotations

import pytest

from poltwt_console.domain.registration import Confidence, Field, Reading
from poltwt_console.gui.field_row import choices
from poltwt_console.store.registrations import StoredField


def stored(name: str, value: str, *others: str) -> StoredField:
    readings = tuple(Reading(other, "label") for other in others)
    return StoredField("1", name, Field(value, Confidence.LOOK, "label", None, readings), None, None)


@pytest.mark.parametrize(
    ("value", "others", "offered"),
    [
        ("Beaufort Sheriff's Office", ["The Beaufort Sheriff's Office is"], []),
        ("Beaufort Sheriff's Office", ["BEAUFORT SHERIFF'S OFFICE,", "Beaufort County"], ["Beaufort County"]),
        ("Polizei", ["Polizei Ulm", "die Polizei Ulm"], ["Polizei Ulm"]),
        ("Kent Police", ["Kent Police UK", "Kent PD"], ["Kent Police UK", "Kent PD"]),
        ("kent", ["kent pd"], ["kent pd"]),
        ("警察", ["警察 署"], ["警察 署"]),
        ("The", ["of"], ["of"]),
    ],
)
def test_an_agency_that_differs_in_small_words_is_not_offered(
    value: str, others: list[str], offered: list[str]
):
    assert choices(stored("name", value, *others)) == offered


def test_a_person_or_an_address_is_offered_with_every_difference():
    assert choices(stored("person", "Ana Vries", "Ana de Vries", "Ana de Vries")) == ["Ana de Vries"]
    assert choices(stored("address", "Main St", "The Main St")) == ["The Main St"]
