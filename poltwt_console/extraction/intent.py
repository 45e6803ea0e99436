"""What kind of mail it is: header facts first, then the phrases of all languages, weighed by a judge."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from poltwt_console.domain.message import Message, Role
from poltwt_console.extraction.findings import Findings
from poltwt_console.extraction.linear import Judge
from poltwt_console.extraction.view import Line, Origin, Passage

#: What the judge tells apart; an incomplete mail is a registration with something missing.
KINDS = ("register", "update", "withdrawal", "other")
_MEANINGS = (
    "register",
    "update",
    "withdraw",
    "absence",
    "refusal",
    "question",
    "press",
    "thanks",
    "bounce",
    "later",
    "no_account",
    "remains",
    "former",
    "same",
    "mine",
    "ours",
    "all_accounts",
    "negation",
    "located",
    "others",
)
_QUESTION = re.compile(r"[?？؟;՞፧]\s*(?:$|\n|[^\W\d_])")
_MONEY = re.compile(r"[$€£¥₹₽]\s?\d|\d\s?(?:[$€£¥₹₽%]|USD|EUR|euros?\b|dollars?\b)")
_ROBOT = re.compile(
    r"mailer-daemon|postmaster|no-?reply|bounce|newsletter|news@|marketing|sales@", re.IGNORECASE
)


def machine_reason(message: Message) -> str:
    """Why the headers alone say that no person wrote this to register; "" if they do not."""
    auto = message.header("Auto-Submitted").strip().lower()
    if auto and auto != "no":
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
    """
    ranked = judge.classify(describe_kind(findings), KINDS)
    if ranked[0][1] == "register" and answers_quote(findings):
        top = ranked[0][0]
        rest = [(min(score, top - 1), kind) for score, kind in ranked if kind != "update"]
        ranked = [(top, "update"), *rest]
    return ranked


def answers_quote(findings: Findings) -> bool:
    """Whether the only accounts stand in what is quoted."""
    quoted = findings.quoted
    return (
        quoted is not None
        and not any(not mention.excluded for mention in findings.mentions)
        and any(not mention.excluded for mention in quoted.mentions)
    )


def describe_kind(findings: Findings) -> list[str]:
    """The features of a mail's kind."""
    message = findings.message
    features = ["bias"]
    counts: Counter[str] = Counter()
    opening: set[str] = set()
    negated = False
    length = 0
    for passage in findings.view.evidence:
        if passage.part.role is Role.SUBJECT:
            features.extend(f"subject:{meaning}" for meaning in sorted(_meanings(passage)))
            features.append(f"subject words {min(len(passage.words), 9)}")
        elif passage.origin in (Origin.BODY, Origin.FORWARDED, Origin.ATTACHMENT):
            for number, line in enumerate(_prose(passage)):
                length += line.last - line.first
                here: Counter[str] = Counter()
                for hit in passage.words.hits:
                    if line.first <= hit.first < line.last:
                        here.update(hit.term.meanings)
                counts.update(here)
                negated = negated or _negated(passage, line)
                if number < 4:
                    opening.update(here)
    features.extend(f"body:{meaning}" for meaning in _MEANINGS if counts[meaning])
    features.extend(f"body:{meaning}+" for meaning in _MEANINGS if counts[meaning] > 2)
    features.extend(f"opening:{meaning}" for meaning in _MEANINGS if meaning in opening)
    features.extend(
        f"with register:{meaning}" for meaning in _MEANINGS if counts[meaning] and counts["register"]
    )
    features.extend(
        f"without register:{meaning}" for meaning in _MEANINGS if counts[meaning] and not counts["register"]
    )
    bodies = [mention for mention in findings.mentions if not mention.excluded]
    body = [
        mention for mention in bodies if mention.origin in (Origin.BODY, Origin.FORWARDED, Origin.ATTACHMENT)
    ]
    features.append(f"handles {min(len({m.key for m in body}), 3)}")
    features.append(f"all handles {min(len({m.key for m in bodies}), 3)}")
    features.extend({f"handle {hint}" for mention in body for hint in mention.hints})
    features.append(f"labels {min(len({v.field for v in findings.labelled if v.field != 'ignore'}), 5)}")
    features.append(
        f"label handle {any(findings.labels('handle'))} address {any(findings.labels('address'))}"
    )
    features.append(f"records {min(sum(len(table.records) for _, table in findings.tables), 3)}")
    found = (
        [c for c in pool if c.rule in ("read", "label")] for pool in (findings.addresses, findings.names)
    )
    in_body = [{candidate.origin for candidate in pool} for pool in found]
    for word, origins in zip(("address", "name"), in_body, strict=True):
        place = (
            "body"
            if Origin.BODY in origins
            else "forwarded"
            if Origin.FORWARDED in origins
            else "signature"
            if Origin.SIGNATURE in origins
            else "none"
        )
        features.append(f"{word} {place}")
    features.append(f"handle {bool(body)} address {bool(in_body[0])} name {bool(in_body[1])}")
    text = "\n".join(_texts(findings))
    questions = len(_QUESTION.findall(text))
    features.append(f"questions {min(questions, 3)}")
    features.append(f"questions {min(questions, 3)} handles {min(len(body), 2)}")
    features.append(
        f"length {0 if length < 10 else 1 if length < 25 else 2 if length < 60 else 3 if length < 150 else 4}"
    )
    sender = next((p for p in findings.view.evidence if p.part.role is Role.SENDER), None)
    if sender is not None:
        known = {sense for senses in sender.words.senses for sense in senses}
        features.append(f"sender police {'police' in known} rank {'rank' in known}")
        features.extend(
            f"sender:{meaning}"
            for meaning in ("press", "absence", "bounce")
            if any(meaning in s for s in sender.words.senses)
        )
    if _ROBOT.search(message.sender.email):
        features.append("robot")
    reply = re.match(r"\s*([^\s:]{1,12}):", message.subject)
    features.append(f"prefix {bool(reply)} quoted {bool(findings.view.quoted)}")
    if findings.quoted is not None:
        quoted = {mention.key for mention in findings.quoted.mentions if not mention.excluded}
        features.append(f"quoted handles {min(len(quoted), 2)} body handles {min(len(bodies), 1)}")
        features.append(f"same handles {bool(quoted & {m.key for m in bodies})} quoted {bool(quoted)}")
    if re.search(r"-{1,2}>|→|=>", text):
        features.append("arrow")
    if message.header("Precedence"):
        features.append("precedence")
    if re.search(r"https?://(?!\S{0,20}(?:twitter|x)\.com)", text):
        features.append("web address")
    return features


def speaks_of_all(findings: Findings) -> bool:
    """Whether a mail speaks of all of its agency's accounts ("all of ours")."""
    return any(
        "all_accounts" in hit.term.meanings
        for passage in findings.view.passages(Origin.BODY, Origin.FORWARDED)
        for hit in passage.words.hits
    )


def _negated(passage: Passage, line: Line) -> bool:
    """Whether a word of registering stands within three words of a word of denial."""
    senses = passage.words.senses
    for i in range(line.first, line.last):
        if "register" in senses[i] and any(
            "negation" in near for near in senses[max(i - 3, line.first) : min(i + 4, line.last)]
        ):
            return True
    return False


def _prose(passage: Passage) -> Iterator[Line]:
    return (line for line in passage.lines if line.origin is not Origin.SIGNATURE and not line.empty)


def _texts(findings: Findings) -> Iterator[str]:
    for passage in findings.view.evidence:
        if passage.origin in (Origin.BODY, Origin.FORWARDED):
            yield from (passage.text[line.start : line.end] for line in _prose(passage))


def _meanings(passage: Passage) -> set[str]:
    return {meaning for senses in passage.words.senses for meaning in senses if meaning in _MEANINGS}


#: In words, by what the judge or the phrases saw; shown to the organiser.
_OTHER_REASONS = (
    ("bounce", "a mail that could not be delivered"),
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
