"""What kind of mail it is: header facts first, then the phrases of all languages, weighed by a judge."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from poltwt_console.domain.message import Message, Role
from poltwt_console.extraction.findings import Findings
from poltwt_console.extraction.kinds import describe_kind
from poltwt_console.extraction.linear import Judge
from poltwt_console.extraction.sentences import sentence_around
from poltwt_console.extraction.view import Origin, Passage

#: What the judge tells apart; an incomplete mail is a registration with something missing.
KINDS = ("register", "update", "withdrawal", "other")


def machine_reason(message: Message) -> str:
    """Why the headers alone say that no person wrote this to register; "" if they do not."""
    auto = message.header("Auto-Submitted").strip().lower()
    if auto and auto not in ("no", "auto-generated"):  # a form's or a ticket's mail holds a person's words
        return "an automatic reply (Auto-Submitted)"
    if message.header("X-Autoreply") or message.header("X-Autorespond"):
        return "an automatic reply (X-Autoreply)"
    if "multipart/report" in message.header("Content-Type").lower():
        return "a delivery report (multipart/report)"
    if message.header("X-Failed-Recipients") or "mailer-daemon@" in message.sender.email.lower():
        return "a delivery report"
    if message.header("Precedence").strip().lower() in ("list", "junk", "auto_reply"):
        return f"a list or automatic mail (Precedence: {message.header('Precedence').strip()})"
    if message.header("List-Id") or message.header("List-Unsubscribe"):
        return "mail of a list (List-Id)"
    return ""


def judge_kind(findings: Findings, judge: Judge) -> list[tuple[int, str]]:
    """(score, kind) of each of KINDS, best first.

    A mail that names no account but answers one that does is no new registration: it completes one.
    Whoever answers the call's questions signs up, whatever the call's own words are like.
    """
    ranked = judge.classify(describe_kind(findings), KINDS)
    if findings.answered and ranked[0][1] == "other":
        top = ranked[0][0]
        ranked = [(top, "register"), *((score, kind) for score, kind in ranked if kind != "register")]
    if ranked[0][1] == "register" and answers_quote(findings):
        top = ranked[0][0]
        rest = [(min(score, top - 1), kind) for score, kind in ranked if kind != "update"]
        ranked = [(top, "update"), *rest]
    return ranked


def answers_quote(findings: Findings) -> bool:
    """Whether the only accounts stand in what is quoted, and are the sender's.

    A reminder that names several accounts names those of others: "already in: @a, @b, @c".
    """
    if findings.quoted is None or any(not mention.excluded for mention in findings.mentions):
        return False
    named: dict[bool, set[str]] = {True: set(), False: set()}
    for mention in findings.quoted.mentions:
        if not mention.excluded:
            named[findings.view.writer(mention.passage) in ("sender", "nobody")].add(mention.key)
    return bool(named[True]) or len(named[False]) == 1


#: How much more a mail may look like one that signs nobody up and still be taken for one that does.
_PROMISED = 150


def promises_account(findings: Findings, ranked: Sequence[tuple[int, str]]) -> bool:
    """Whether what narrowly signs nobody up gives agency and address, and a sentence puts the account off.

    "Our Twitter name will follow": whoever is taken for no registration is asked for nothing.
    """
    scores = {kind: score for score, kind in ranked}
    return (
        scores["other"] - scores["register"] < _PROMISED
        and all(mention.excluded for mention in findings.mentions)
        and any(name.is_read for name in findings.names)
        and any(address.is_read for address in findings.addresses)
        and any(
            _puts_account_off(passage) for passage in findings.view.passages(Origin.BODY, Origin.FORWARDED)
        )
    )


def _puts_account_off(passage: Passage) -> bool:
    """Whether a word for an account stands in one sentence with one for later."""
    hits = passage.words.hits
    accounts = [hit for hit in hits if "label.handle" in hit.term.meanings]
    put_off = [hit for hit in hits if "later" in hit.term.meanings] if accounts else []
    for later in put_off:
        start, end = sentence_around(passage.text, later.start, later.end)
        if any(start <= account.start < end for account in accounts):
            return True
    return False


def speaks_of_all(findings: Findings) -> bool:
    """Whether a mail speaks of all of its agency's accounts ("all of ours")."""
    return any(
        "all_accounts" in hit.term.meanings
        for passage in findings.view.passages(Origin.BODY, Origin.FORWARDED)
        for hit in passage.words.hits
    )


#: In words, by what the judge or the phrases saw; shown to the organiser.
_OTHER_REASONS = (
    ("bounce", "a mail that could not be delivered"),
    ("sent_before", "asks after what was sent before"),
    ("undecided", "has not decided yet whether to take part"),
    ("absence", "an out-of-office or automatic reply"),
    ("refusal", "says that they do not take part"),
    ("press", "press, research, advertising or a newsletter"),
    ("thanks", "thanks, nothing to register"),
    ("question", "a question"),
)


def other_reason(findings: Findings) -> str:
    """Why a mail is no registration, in words."""
    seen: Counter[str] = Counter()
    for passage in findings.view.evidence:
        weight = 3 if passage.part.role is Role.SUBJECT else 1
        for hit in passage.words.hits:
            for meaning, _ in _OTHER_REASONS:
                if meaning in hit.term.meanings:
                    seen[meaning] += weight
    best = max(_OTHER_REASONS, key=lambda reason: seen[reason[0]])
    return best[1] if seen[best[0]] else "nothing in it asks to take part"
