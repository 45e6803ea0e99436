"""What is said below a value, and the runners-up beside it: what is worth a button."""

from __future__ import annotations

import pytest

from poltwt_console.domain.registration import Confidence, Evidence, Field, Reading
from poltwt_console.gui.field_row import choices, why
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


@pytest.mark.parametrize(
    ("name", "rule", "part", "reason", "said"),
    [
        ("handle", "@", "body", "", "written with @"),
        ("handle", "address", "body", "", "written as a web address"),
        ("city", "address", "body", "", "from the address"),
        ("address", "to last piece", "body", "", "part of a line"),
        ("name", "run", "body", "other names are likely", "part of a line · other names are likely"),
        ("handle", "subject", "subject", "", "in the subject"),
        ("handle", "attachment", "attachment-1", "", "in an attachment"),
        ("name", "label", "attachment-1", "", "after its label · in an attachment"),
        ("name", "quoted", "body", "only in quoted text", "only in quoted text"),
        ("address", "", "", "the mail gives no address", "the mail gives no address"),
    ],
)
def test_where_a_value_comes_from_is_said_once_in_words(
    name: str, rule: str, part: str, reason: str, said: str
):
    evidence = Evidence(part, 0, 4, "Riga") if part else None
    read = Field("Riga", Confidence.LOOK, rule, evidence, (), reason)
    assert why(StoredField("1", name, read, None, None)) == said
