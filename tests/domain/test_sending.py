"""Values cross to another process and come back whole."""

from __future__ import annotations

import pickle

import pytest

from poltwt_console.domain.message import Sender
from poltwt_console.domain.place import Candidate, Hints, Location, LocationState, Place, Precision
from poltwt_console.domain.registration import Confidence, Evidence, Field, Reading, Registration
from poltwt_console.domain.sending import Sent

PLACE = Place(52.48, -1.9, Precision.LOCALITY, 12.0, "Birmingham, England", "GB", "England", "Birmingham")
VALUE = Field(
    "@WMPolice",
    Confidence.LOOK,
    "mention",
    Evidence("1", 4, 13, "@WMPolice"),
    (Reading("@WMP", "mention"),),
    "two",
)


@pytest.mark.parametrize(
    "value",
    [
        Sender("Weber, Luc", "luc@police.example"),
        VALUE,
        Registration(handle=VALUE, notes=("same as above",)),
        Location(
            LocationState.FOUND, "Lloyd House", PLACE, (Candidate(PLACE, 9.5, 0.0, ("city Birmingham",)),)
        ),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_value_comes_back_equal(value: Sent):
    assert pickle.loads(pickle.dumps(value)) == value


def test_it_is_sent_as_its_values_in_order():
    kind, values = Reading("@WMP", "mention").__reduce__()
    assert kind(*values) == Reading("@WMP", "mention")
    assert not isinstance(Hints(), Sent)
