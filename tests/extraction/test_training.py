"""The mails that the weights are trained on are sound: what is marked can be learned."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from poltwt_console.extraction.handles import is_handle
from tests.extraction.mails import PACKED, answered_mails
from tests.extraction.scoring import tokens
from tests.extraction.written import written_mails

FILES = sorted(PACKED.glob("written*.txt"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_marked_mails_are_sound(path: Path) -> None:
    wrong = [(name, fault) for name, _, gold in written_mails(path) for fault in _faults(gold)]
    assert not wrong


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_answers_stand_in_the_dressed_mails(path: Path) -> None:
    lost = []
    for mail in answered_mails(path, dressed=True):
        said = " ".join(tokens("\n".join(part.text for part in mail.read().parts)))
        for account in mail.gold["registrations"]:
            words = [word for name in ("handle", "name", "address") for word in tokens(account[name])]
            lost.extend((mail.name, word) for word in words if word not in said)
    assert not lost


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
