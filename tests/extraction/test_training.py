"""The mails that the weights are trained on are sound: what is marked can be learned."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from poltwt_console.extraction.handles import is_handle
from tests.extraction.mails import PACKED
from tests.extraction.written import written_mails

FILES = sorted(PACKED.glob("written*.txt"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_marked_mails_are_sound(path: Path) -> None:
    wrong = [(name, fault) for name, _, gold in written_mails(path) for fault in _faults(gold)]
    assert not wrong


def _faults(gold: dict[str, Any]) -> list[str]:
    found = []
    for account in gold["registrations"]:
        if account["handle"] and not is_handle(account["handle"]):
            found.append(f"@{account['handle']} is no Twitter name")
        if gold["kind"] == "registration" and None in (
            account["handle"],
            account["name"],
            account["address"],
        ):
            found.append(f"@{account['handle']}: a registration has a handle, a name and an address")
    if gold["kind"] == "other" and gold["registrations"]:
        found.append("marks in a mail that registers nobody")
    return found
