"""What speaks for a handle being meant, and for its being an officer's."""

from __future__ import annotations

import re
from collections.abc import Sequence

from poltwt_console.extraction.clues import person_letters
from poltwt_console.extraction.findings import Findings
from poltwt_console.extraction.handles import DOUBTS, Mention
from poltwt_console.extraction.linear import Feature
from poltwt_console.extraction.people import Person
from poltwt_console.extraction.surroundings import describe_surroundings
from poltwt_console.extraction.text import fold
from poltwt_console.extraction.view import Origin


def describe_mention(
    mention: Mention, all_mentions: Sequence[Mention], findings: Findings, kind: str
) -> list[Feature]:
    """The features of whether a handle is meant."""
    usable = [other for other in all_mentions if not other.excluded]
    keys = list(dict.fromkeys(other.key for other in usable))
    in_body = {
        other.key for other in usable if other.origin in (Origin.BODY, Origin.FORWARDED, Origin.ATTACHMENT)
    }
    place = keys.index(mention.key) if mention.key in keys else 9
    same = [other for other in usable if other.key == mention.key]
    count = min(len(keys), 4)
    features: list[Feature] = [
        "bias",
        f"rule {mention.rule}",
        f"origin {mention.origin}",
        f"rule {mention.rule} {mention.origin}",
        f"count {count}",
        f"origin {mention.origin} body {min(len(in_body), 2)}",
        f"kind {kind} count {count} place {min(place, 3)}",
        f"kind {kind} last {place == len(keys) - 1} count {count}",
        f"kind {kind} origin {mention.origin}",
        f"times {min(len(same), 3)}",
        f"in body {mention.key in in_body} bodies {min(len(in_body), 2)}",
    ]
    if mention.excluded:
        features.append(f"excluded {mention.excluded}")
    for hint in sorted(mention.hints):
        features.append(f"hint {hint}")
        if count > 1:
            features.append(f"hint {hint} among several")
        if kind != "register":
            features.append(f"hint {hint} kind {kind}")
    if mention.hints.isdisjoint(DOUBTS):
        features.append("no doubts")
    features.append(f"short {len(mention.handle) < 4}")
    letters = findings.letters.get(mention.key, [])
    features.extend(letters)
    others_doubted = [
        other
        for other in usable
        if other.key != mention.key
        and other.hints & {"former before", "former after", "negation after", "negation before"}
    ]
    features.append(f"others doubted {bool(others_doubted)} kind {kind}")
    others = [other for other in usable if other.key != mention.key]
    features.extend(describe_surroundings(mention, others, findings))
    return features


def describe_officer(mention: Mention, count: int, findings: Findings, near: Person | None) -> list[Feature]:
    """The features of whether an account is an officer's own."""
    letters = findings.letters.get(mention.key, [])
    named = near is not None and person_letters(mention.handle, near.name)
    mine, ours = "mine" in mention.hints, "ours" in mention.hints
    anywhere = _meanings(findings, Origin.BODY, Origin.FORWARDED)
    sender = _meanings(findings, Origin.SENDER)
    single = count == 1
    label = next((fold(value.value) for value in findings.labels("participant")), "")
    own_words = "mine" in anywhere and (single or mine)
    features: list[Feature] = [
        "bias",
        f"mine {mine} ours {ours} single {single}",
        f"mine anywhere {'mine' in anywhere} ours {'ours' in anywhere} single {single}",
        f"person {near is not None} named {named}",
        f"person {near is not None} single {single}",
        f"named {named}",
        f"sender rank {'rank' in sender} police {'police' in sender} single {single}",
        f"sender rank {'rank' in sender} own words {own_words}",
        f"own words {own_words} named {named}",
        f"rank hint {'rank' in mention.hints} single {single}",
        f"count {min(count, 3)}",
        f"label person {any(findings.labels('person'))} single {single}",
        f"origin {mention.origin} rule {mention.rule}",
        *letters,
        *(f"mine {own_words} {letter}" for letter in letters),
        *(f"person {near is not None} {letter}" for letter in letters),
    ]
    if label:
        features.append(f"label officer {bool(_INDIVIDUAL.search(label))}")
    return features


#: Stems of what people write under "taking part as".
_INDIVIDUAL = re.compile(
    r"officer|individ|beamt|agent|polizist|person|einzel|funcion|oficial|policjant|rendor|konstap|memur"
)


def _meanings(findings: Findings, *origins: Origin) -> set[str]:
    return {
        meaning
        for passage in findings.view.passages(*origins)
        for senses in passage.words.senses
        for meaning in senses
        if meaning in ("mine", "ours", "rank", "police")
    }
