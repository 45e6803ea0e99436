"""What a mail says of its kind: the phrases of each sentence, its words, its handles, its shape.

"We cannot take part" holds a word of taking part: what counts is a sentence that says so without
denying or asking.  Single words tell what no list of phrases holds: "thesis", "invoice", "deadline".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from poltwt_console.domain.message import Role
from poltwt_console.extraction.clues import sounds_official
from poltwt_console.extraction.features import SHORTENED
from poltwt_console.extraction.findings import Findings
from poltwt_console.extraction.handles import find_overlong
from poltwt_console.extraction.lexicon import Words
from poltwt_console.extraction.linear import Feature
from poltwt_console.extraction.local_part import RULE as LOCAL_PART
from poltwt_console.extraction.mention import WRITTEN, Mention
from poltwt_console.extraction.view import Origin, Passage

_MEANINGS = (
    "register",
    "update",
    "withdraw",
    "absence",
    "refusal",
    "regret",
    "question",
    "press",
    "thanks",
    "bounce",
    "later",
    "undecided",
    "sent_before",
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
_TOLD = frozenset(_MEANINGS)
_BODY = {meaning: f"body:{meaning}" for meaning in _MEANINGS}
_OPENING = {meaning: f"opening:{meaning}" for meaning in _MEANINGS}
_SUBJECT = {meaning: f"subject:{meaning}" for meaning in _MEANINGS}
#: What turns a word of taking part in the same sentence round.
_DENIALS = frozenset({"negation", "refusal", "absence", "withdraw", "bounce", "undecided", "sent_before"})
#: Meanings that weigh differently beside a plain word of taking part.
_BESIDE = (
    "refusal",
    "regret",
    "withdraw",
    "update",
    "question",
    "press",
    "absence",
    "thanks",
    "later",
    "undecided",
    "sent_before",
    "remains",
)

_ASKS = re.compile(r"[?？؟;՞፧]")
_MONEY = re.compile(r"[$€£¥₹₽]\s?\d|\d\s?(?:[$€£¥₹₽%]|USD|EUR|euros?\b|dollars?\b)")
_ROBOT = re.compile(
    r"mailer-daemon|postmaster|no-?reply|bounce|newsletter|news@|marketing|sales@|notif", re.IGNORECASE
)
_ARROW = re.compile(r"-{1,2}>|→|=>")
_WEB = re.compile(r"https?://(?!\S{0,20}(?:twitter|x)\.com)")
_PREFIX = re.compile(r"\A\s{0,8}[^\s:]{1,12}:")
_SENTENCE_ENDS = frozenset({"%", "/n", "/n.", "/n,", ".", SHORTENED, "$"})


@dataclass(frozen=True, slots=True)
class Sentence:
    """The meanings of the phrases of one sentence or line, and whether it ends with a question mark."""

    meanings: frozenset[str]
    asks: bool


def describe_kind(findings: Findings) -> list[Feature]:
    """The features of a mail's kind."""
    features: list[Feature] = ["bias"]
    sentences: list[Sentence] = []
    said: set[tuple[str, str]] = set()
    length = 0
    for passage in findings.view.evidence:
        if passage.part.role is Role.SUBJECT:
            told = _TOLD & frozenset().union(*(hit.term.meanings for hit in passage.words.outer_hits()))
            features.extend(_SUBJECT[meaning] for meaning in _MEANINGS if meaning in told)
            features.append(("subject words", min(len(passage.words), 9)))
            said.update(("subject word", form) for form in _plain_words(passage.words, 0, len(passage.words)))
        elif passage.origin in WRITTEN:
            sentences.extend(cut_sentences(passage, findings))
            for line in passage.lines:
                if line.origin is not Origin.SIGNATURE:
                    length += line.last - line.first
                    said.update(
                        ("word", form)
                        for form in _plain_words(passage.words, line.first, line.last)
                        if not form.isdigit()
                    )
    features.extend(sorted(said))
    features.extend(_describe_sentences(sentences))
    features.extend(_describe_handles(findings, sum(sentence.asks for sentence in sentences)))
    features.extend(_describe_found(findings))
    features.append(("length", sum(length >= step for step in (10, 25, 60, 150))))
    features.extend(_describe_outside(findings))
    return features


def _plain_words(read: Words, first: int, last: int) -> Iterator[str]:
    """Some words but those of the event's name, which mails of every kind hold: above all their subjects."""
    for i in range(first, last):
        if "event" not in read.senses[i]:
            yield read.forms[i]


def cut_sentences(passage: Passage, findings: Findings) -> Iterator[Sentence]:
    """The sentences of a passage but its signature, empty ones left out."""
    tagged = findings.tagged.get(id(passage))
    if tagged is None:
        return
    read = passage.words
    starting: dict[int, frozenset[str]] = {}
    for hit in read.outer_hits():
        told = hit.term.meanings & _TOLD
        if told:
            starting[hit.first] = starting.get(hit.first, frozenset()) | told
    here: frozenset[str] = frozenset()
    for line in passage.lines:
        if line.origin is Origin.SIGNATURE:
            break
        for i in range(line.first, line.last):
            here |= starting.get(i, frozenset())
            if tagged.separators[i + 1 - tagged.first] in _SENTENCE_ENDS:
                stop = read.starts[i + 1] if i + 1 < line.last else line.end
                asks = _ASKS.search(passage.text, read.ends[i], stop) is not None
                if here or asks:
                    yield Sentence(here, asks)
                here = frozenset()
    if here:
        yield Sentence(here, False)


def _describe_sentences(sentences: list[Sentence]) -> Iterator[Feature]:
    counts = Counter(meaning for sentence in sentences for meaning in sentence.meanings)
    opening = frozenset().union(*(sentence.meanings for sentence in sentences[:3]))
    plain = asked = denied = 0
    for sentence in sentences:
        if "register" in sentence.meanings:
            denial = not sentence.meanings.isdisjoint(_DENIALS)
            denied += denial
            asked += sentence.asks and not denial
            plain += not denial and not sentence.asks
    for meaning in _MEANINGS:
        count = counts.get(meaning, 0)
        if count:
            yield _BODY[meaning]
            if count > 2:
                yield _BODY[meaning] + "+"
            if meaning in opening:
                yield _OPENING[meaning]
    yield "plain", min(plain, 2)
    yield "denied", min(denied, 2)
    yield "asked", min(asked, 2), plain > 0
    for meaning in _BESIDE:
        yield "beside", meaning, meaning in counts, plain > 0
    yield "questions", min(sum(sentence.asks for sentence in sentences), 3)


def _describe_handles(findings: Findings, questions: int) -> Iterator[Feature]:
    usable = [mention for mention in findings.mentions if not mention.excluded]
    body = [mention for mention in usable if mention.origin in WRITTEN]
    keys = {mention.key for mention in body}
    yield "handles", min(len(keys), 3)
    yield "all handles", min(len({mention.key for mention in usable}), 3)
    yield "left out", min(len(findings.mentions) - len(usable), 2)
    if any(mention.rule == LOCAL_PART for mention in usable):
        yield "handle described"
    if not usable and find_overlong(findings.view.passages(Origin.BODY, Origin.FORWARDED)):
        yield "handle too long"
    hints = {hint for mention in body for hint in mention.hints}
    for hint in sorted(hints):
        yield f"handle {hint}"
    yield "questions handles", min(questions, 3), min(len(body), 2)
    letters = [findings.letters.get(mention.key, ()) for mention in usable]
    own = any(letter.startswith("own True") for known in letters for letter in known)
    official = any(letter == "police letters True" for known in letters for letter in known)
    yield "letters", own, official, min(len(keys), 2)
    if findings.quoted is not None:
        quoted = {mention.key for mention in findings.quoted.mentions if not mention.excluded}
        yield "quoted handles", min(len(quoted), 2), "body handles", min(len(usable), 1)
        yield "same handles", bool(quoted & _keys(usable)), "quoted", bool(quoted)
        writers = {findings.view.writer(passage) for passage in findings.view.quoted}
        told = findings.meanings(Origin.BODY, Origin.SUBJECT) & _REFUSING
        for writer in sorted(writers):
            yield "quoted by", writer, "body handles", min(len(usable), 1)
            yield "quoted by", writer, "quoted handles", min(len(quoted), 1), "refuses", bool(told)


#: What a mail that takes an account back says, and one that never signed up.
_REFUSING = frozenset({"refusal", "regret", "withdraw"})


def _keys(mentions: list[Mention]) -> set[str]:
    return {mention.key for mention in mentions}


def _describe_found(findings: Findings) -> Iterator[Feature]:
    yield "labels", min(len({value.field for value in findings.labelled if value.field != "ignore"}), 5)
    handle, address = any(findings.labels("handle")), any(findings.labels("address"))
    yield "label handle", handle, "address", address
    yield "records", min(sum(len(table.records) for _, table in findings.tables), 3)
    places = []
    for word, pool in (("address", findings.addresses), ("name", findings.names)):
        origins = {candidate.origin for candidate in pool if candidate.rule in ("read", "label")}
        place = next(
            (where for where in (Origin.BODY, Origin.FORWARDED, Origin.SIGNATURE) if where in origins), None
        )
        yield word, place if place is not None else "none"
        places.append(bool(origins))
    body = any(not mention.excluded and mention.origin in WRITTEN for mention in findings.mentions)
    yield "handle", body, "address", places[0], "name", places[1]


def _describe_outside(findings: Findings) -> Iterator[Feature]:
    """What headers, sender and the form of the text tell."""
    message = findings.message
    sender = next((p for p in findings.view.evidence if p.part.role is Role.SENDER), None)
    if sender is not None:
        known = frozenset().union(*sender.words.senses)
        yield "sender police", "police" in known, "rank", "rank" in known
        for meaning in ("press", "absence", "bounce"):
            if meaning in known:
                yield f"sender:{meaning}"
    yield "domain", sounds_official(message.sender.email.rpartition("@")[2])
    if _ROBOT.search(message.sender.email):
        yield "robot"
    yield "prefix", _PREFIX.match(message.subject) is not None, "quoted", bool(findings.view.quoted)
    text = "\n".join(
        passage.text[line.start : line.end]
        for passage in findings.view.passages(Origin.BODY, Origin.FORWARDED)
        for line in passage.lines
        if line.origin is not Origin.SIGNATURE
    )
    for pattern, name in ((_ARROW, "arrow"), (_WEB, "web address"), (_MONEY, "money")):
        if pattern.search(text):
            yield name
    if message.header("Auto-Submitted"):
        yield "generated"
    if message.header("Precedence"):
        yield "precedence"
    if any(part.content_type == "text/calendar" for part in message.parts):
        yield "calendar"
