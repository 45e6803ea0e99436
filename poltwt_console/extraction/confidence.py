"""How far each value may be trusted: ready, look or missing, with the reason in words.

First rules that nothing overrides: a bare word, a quoted value, a change or a withdrawal is never
ready by itself, two equal readings are never decided.  Then a judge that was trained on mails which
the other judges had not seen adds up what speaks for a value being right; READY needs ``_READY``
points (a hundred points are a factor of e in the odds), set on the development mails.
"""

from __future__ import annotations

from poltwt_console.domain.registration import Confidence
from poltwt_console.extraction.findings import Findings
from poltwt_console.extraction.linear import Feature, Judge
from poltwt_console.extraction.resolve import Account, Choice
from poltwt_console.extraction.text import fold, words
from poltwt_console.extraction.view import Origin

#: Points that a field needs to be ready; a value under a label or in a table needs fewer than one in prose.
#: On the three development sets, each read with weights of the other two: 116 of 117 ready ones were right.
_READY = {"handle": 250, "participant": 250, "name": 400, "address": 400}
_READY_LABELLED = 250

_DOUBTS = (
    "former before",
    "former after",
    "negation before",
    "negation after",
    "others before",
    "others after",
)


def trust(field: str, account: Account, findings: Findings, judge: Judge) -> tuple[Confidence, str]:
    """The confidence of a field of an account, and why it is not ready."""
    reason = _rule_out(field, account)
    if reason is not None:
        return reason
    points = judge.score(describe_trust(field, account, findings))
    if points >= (_READY_LABELLED if _labelled(field, account) else _READY[field]):
        return Confidence.READY, ""
    return Confidence.LOOK, _WORDS[field]


_WORDS = {
    "handle": "the words beside it leave a doubt",
    "participant": "agency or officer: the words leave a doubt",
    "name": "other names in the mail are nearly as likely",
    "address": "where the address begins and ends is not sure",
}


def _rule_out(field: str, account: Account) -> tuple[Confidence, str] | None:
    mention = account.mention
    if field == "handle":
        if account.kind != "register":
            return Confidence.LOOK, "a change to what is registered: compare both"
        if mention is None:
            return Confidence.MISSING, "no Twitter name is given"
        if mention.rule == "bare word":
            return Confidence.LOOK, "a bare word, no @ before it"
        if mention.origin is Origin.QUOTED:
            return Confidence.LOOK, "only in quoted text"
    if field in ("name", "address"):
        choice = _choice(field, account)
        if choice.chosen is None:
            return Confidence.MISSING, ""
        if choice.chosen.origin is Origin.QUOTED:
            return Confidence.LOOK, "only in quoted text"
        if choice.lead == 0:
            return Confidence.LOOK, "two readings are equally good"
    return None


def _labelled(field: str, account: Account) -> bool:
    chosen = _choice(field, account).chosen if field in ("name", "address") else None
    return chosen is not None and chosen.rule in ("label", "table")


def _choice(field: str, account: Account) -> Choice:
    return account.name if field == "name" else account.address


def describe_trust(field: str, account: Account, findings: Findings) -> list[Feature]:
    """The features of a field's being right, each under the field's name."""
    mention = account.mention
    letters = findings.letters.get(mention.key, []) if mention is not None else []
    doubts = sum(doubt in mention.hints for doubt in _DOUBTS) if mention is not None else 0
    features: list[Feature] = [
        "bias",
        f"kind {account.kind} sure {_step(account.kind_lead)}",
        f"sure {_step(account.kind_lead)}",
        f"accounts {min(account.count, 3)}",
        f"left {min(account.left, 2)}",
        f"doubts {min(doubts, 2)}",
        f"record {account.record is not None}",
        f"officer {account.officer} sure {_step(abs(account.officer_points))}",
        f"points {_step(account.points)}",
    ]
    if mention is not None:
        features += [f"rule {mention.rule}", f"origin {mention.origin}", *letters]
    if field in ("name", "address"):
        features += _describe_choice(_choice(field, account), field, account, findings)
    return [f"{field}|{feature}" for feature in features]


def _describe_choice(choice: Choice, field: str, account: Account, findings: Findings) -> list[Feature]:
    chosen = choice.chosen
    if chosen is None:
        return ["none"]
    pool = findings.names if field == "name" else findings.addresses
    own = set(chosen.key.split())
    read = [other for other in pool if other.rule in ("read", "label", "table")]
    distinct = {other.key for other in read}
    sender = set(words(fold(findings.message.sender.name)))
    value = chosen.value
    overlapping = sum(
        1
        for other in read
        if other.passage is chosen.passage
        and other is not chosen
        and other.start < chosen.end
        and chosen.start < other.end
    )
    elsewhere = sum(1 for other in read if other.origin is not chosen.origin and other.key == chosen.key)
    return [
        f"lead {_step(choice.lead)}",
        f"won {_step(choice.points)}",
        f"made {chosen.rule}",
        f"made {chosen.rule} lead {_step(choice.lead)}",
        f"from {chosen.origin}",
        f"from {chosen.origin} {chosen.rule}",
        f"margin {min(max(chosen.margin, 0) // 500, 10)}",
        f"size {min(len(own), 8)}",
        f"distinct {min(len(distinct), 4)}",
        f"overlapping {min(overlapping, 2)}",
        f"elsewhere {min(elsewhere, 2)}",
        f"sender has it {own <= sender}",
        f"sender part {bool(own & sender)}",
        f"digits {any(c.isdigit() for c in value)}",
        f"commas {min(value.count(','), 3)}",
        f"accounts {min(account.count, 3)} distinct {min(len(distinct), 3)}",
        f"read too {'read' in chosen.rules or chosen.rule in ('label', 'table')}",
    ]


def _step(points: int) -> str:
    return str(max(min(points, 1000), -200) // 100)
