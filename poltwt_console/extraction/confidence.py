"""How far each value may be trusted: ready, look or missing, with the reason in words.

First the rules that nothing overrides (:mod:`doubts`).  Then a judge that was trained on mails which
the other judges had not seen adds up what speaks for a value being right; READY needs ``_READY``
points (a hundred points are a factor of e in the odds), set on the development mails.
"""

from __future__ import annotations

from poltwt_console.domain.registration import Confidence
from poltwt_console.extraction.candidates import Candidate
from poltwt_console.extraction.doubts import LABELLED, TRUSTED, choice_of, doubt_shape, rule_out
from poltwt_console.extraction.findings import Findings
from poltwt_console.extraction.linear import Feature, Judge
from poltwt_console.extraction.mention import DOUBTS
from poltwt_console.extraction.resolve import Account, Choice

#: Points that a field needs to be ready; a value under a label or in a table needs fewer than one in prose.
#: Set on the three development sets, each read with weights of the other two (359 of 365 ready ones were
#: right), and on three other authors' (250 of 256); of three more, 272 of 273 were.
_READY = {"handle": 50, "participant": 350, "name": 350, "address": 450}
_LABELLED = 300


def trust(field: str, account: Account, findings: Findings, judge: Judge) -> tuple[Confidence, str]:
    """The confidence of a field of an account, and why it is not ready."""
    reason = rule_out(field, account, findings)
    if reason is not None:
        return reason
    points = judge.score_under(field, describe_trust(field, account, findings))
    if points >= _READY[field] - (_LABELLED if _labelled(field, account) else 0):
        return Confidence.READY, ""
    return Confidence.LOOK, doubt_shape(field, _chosen(field, account)) or _WORDS[field]


_WORDS = {
    "handle": "the words beside it leave a doubt",
    "participant": "agency or officer: the words leave a doubt",
    "name": "other names in the mail are nearly as likely",
    "address": "where the address begins and ends is not sure",
}


def _labelled(field: str, account: Account) -> bool:
    chosen = _chosen(field, account)
    return chosen is not None and chosen.rule in LABELLED


def _chosen(field: str, account: Account) -> Candidate | None:
    """The words chosen for a name or address; none for what is not chosen among words."""
    return choice_of(field, account).chosen if field in ("name", "address") else None


def describe_trust(field: str, account: Account, findings: Findings) -> list[Feature]:
    """The features of a field's being right; they count under the field's name."""
    mention = account.mention
    features: list[Feature] = [
        "bias",
        ("kind", account.kind, "sure", _step(account.kind_lead)),
        ("sure", _step(account.kind_lead)),
        ("accounts", min(account.count, 3)),
        ("left", min(account.left, 2)),
        ("record", account.record is not None),
        ("officer", account.officer, "sure", _step(abs(account.officer_points))),
        ("points", _step(account.points)),
        ("ahead", "alone" if account.lead is None else _step(account.lead)),
    ]
    if mention is not None:
        features += [
            ("doubts", min(len(DOUBTS & mention.hints), 2)),
            ("rule", mention.rule),
            ("origin", mention.origin),
            *findings.letters.get(mention.key, ()),
        ]
    if field == "participant":
        features += _describe_owner(account)
    if field in ("name", "address"):
        features += _describe_choice(choice_of(field, account), field, account, findings)
    return features


def _describe_owner(account: Account) -> list[Feature]:
    """What spoke for an officer or an agency, each time with what was decided."""
    told = ("told", account.officer)
    return [
        *((*told, feature) if isinstance(feature, str) else (*told, *feature) for feature in account.owner),
        ("lead in fifties", min(abs(account.officer_points), 600) // 50),
    ]


def _describe_choice(choice: Choice, field: str, account: Account, findings: Findings) -> list[Feature]:
    chosen = choice.chosen
    if chosen is None:
        return ["none"]
    pool = findings.names if field == "name" else findings.addresses
    own = set(chosen.key.split())
    read = [other for other in pool if other.rule in TRUSTED]
    distinct = len({other.key for other in read})
    overlapping = sum(other is not chosen and chosen.overlaps(other) for other in read)
    elsewhere = sum(other.origin is not chosen.origin and other.key == chosen.key for other in read)
    sender = findings.clues.called
    shape = doubt_shape(field, chosen)
    lead, rule, origin = _step(choice.lead), chosen.rule, chosen.origin
    rival = choice.others[0] if choice.others else None
    rivalry = "none" if rival is None else "overlapping" if chosen.overlaps(rival) else "apart"
    return [
        *choice.features,
        ("lead", lead),
        ("lead in fifties", min(choice.lead, 600) // 50),
        ("clear in fifties", min(choice.clear, 600) // 50),
        ("rival", rivalry, lead),
        ("won", _step(choice.points)),
        ("made", rule, "lead", lead),
        ("made", rule, "clear", _step(choice.clear)),
        ("shape", shape),
        ("shape", shape, rule),
        ("from", origin, rule),
        ("distinct", min(distinct, 4)),
        ("overlapping", min(overlapping, 2)),
        ("elsewhere", min(elsewhere, 2)),
        ("sender has it", own <= sender),
        ("sender part", bool(own & sender)),
        ("accounts", min(account.count, 3), "distinct", min(distinct, 3)),
    ]


def _step(points: int) -> int:
    return max(min(points, 1000), -200) // 100
