"""What speaks for a handle being meant, and for its being an officer's."""

from __future__ import annotations

import re

from poltwt_console.extraction.clues import person_letters
from poltwt_console.extraction.findings import Findings
from poltwt_console.extraction.handles import BESIDE_SIGNED, BY_SHAPE, DOUBTS, Mention
from poltwt_console.extraction.linear import Feature
from poltwt_console.extraction.mention_pool import TRAITS, MentionPool, Row, cues
from poltwt_console.extraction.people import Person
from poltwt_console.extraction.surroundings import describe_surroundings, describe_words, is_in_brackets
from poltwt_console.extraction.text import fold
from poltwt_console.extraction.view import Origin


def person_near(mention: Mention, findings: Findings, beside: Row) -> Person | None:
    """The person named with a rank nearest to a handle, with none of the handles ``beside`` it between."""
    best: tuple[int, Person] | None = None
    for person in findings.people:
        if person.passage.part is not mention.passage.part or (
            person.origin is Origin.SIGNATURE and mention.origin is not Origin.SIGNATURE
        ):
            continue
        low, high = sorted((mention.start, person.start))
        distance = high - low + (_BEHIND if person.start > mention.start else 0)
        if distance >= (best[0] if best else _FAR) or beside.between(low + 1, high, mention.key):
            continue
        text = mention.passage.text
        if text.count("\n", low, high) < 2 and text.find("\n\n", low, high) < 0:
            best = (distance, person)
    return best[1] if best else None


#: From so many characters on a person is not near a handle; one behind it counts as so many farther.
_FAR, _BEHIND = 160, 30


def describe_mention(mention: Mention, pool: MentionPool, findings: Findings, kind: str) -> list[Feature]:
    """The features of whether a handle is meant."""
    place, handles = pool.places.get(mention.key, 9), len(pool.places)
    count, bodies = min(handles, 4), min(len(pool.in_body), 2)
    features: list[Feature] = [
        "bias",
        f"rule {mention.rule}",
        f"origin {mention.origin}",
        f"rule {mention.rule} {mention.origin}",
        f"count {count}",
        f"origin {mention.origin} body {bodies}",
        f"kind {kind} count {count} place {min(place, 3)}",
        f"kind {kind} last {place == handles - 1} count {count}",
        f"kind {kind} origin {mention.origin}",
        f"times {min(pool.times[mention.key], 3)}",
        f"in body {mention.key in pool.in_body} bodies {bodies}",
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
    for unsure in (BY_SHAPE, BESIDE_SIGNED):
        if unsure in mention.hints:
            features.extend(f"{unsure} {letter}" for letter in letters)
    if count > 1:
        for trait in TRAITS:
            features.append(f"{trait} {trait in letters} rival {pool.rivals_with(trait, mention)}")
        own = f"own {pool.is_own(mention)} rival {pool.rivals_own(mention)}"
        features += [own, f"{own} rule {mention.rule}", f"{own} rule {mention.rule} kind {kind}"]
    others_doubted = len(pool.doubted) > (mention.key in pool.doubted)
    features.append(f"others doubted {others_doubted} kind {kind}")
    cued = f"cues {cues(mention)} rival {pool.rival_cues(mention)}"
    features += [cued, f"{cued} place {min(place, 2)} kind {kind}"]
    number = f"said {_number_said(len(pool.in_body) or handles, findings)}"
    features += [number, f"{number} kind {kind} count {count}"]
    near = person_near(mention, findings, pool.row(mention.passage.part))
    named = near is not None and person_letters(mention.handle, near.name)
    person = f"person {near is not None} named {named}"
    features += [person, f"{person} count {count}", f"{person} kind {kind}"]
    features.append(f"{person} brackets {is_in_brackets(mention)}")
    features.extend(describe_surroundings(mention, pool, findings, kind))
    return features


_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5}


def _number_said(handles: int, findings: Findings) -> str:
    """Whether the mail speaks of as many ("both", "our three") as it holds handles, of fewer or of more."""
    meanings = findings.meanings(Origin.BODY, Origin.FORWARDED, Origin.SUBJECT)
    said = [number for name, number in _NUMBERS.items() if name in meanings]
    if not said or handles < 2:
        return "nothing"
    return "as many" if handles in said else "fewer" if min(said) < handles else "more"


def describe_officer(mention: Mention, count: int, findings: Findings, near: Person | None) -> list[Feature]:
    """The features of whether an account is an officer's own."""
    letters = findings.letters.get(mention.key, [])
    named = near is not None and person_letters(mention.handle, near.name)
    mine, ours = "mine" in mention.hints, "ours" in mention.hints
    anywhere = findings.meanings(Origin.BODY, Origin.FORWARDED)
    sender = findings.meanings(Origin.SENDER)
    single = count == 1
    under = _label_over(near, findings)
    label = next((fold(value.value) for value in findings.labels("participant")), "")
    own_words = "mine" in anywhere and (single or mine)
    features: list[Feature] = [
        "bias",
        f"mine {mine} ours {ours} single {single}",
        f"mine anywhere {'mine' in anywhere} ours {'ours' in anywhere} single {single}",
        f"person {near is not None} named {named}",
        f"person {near is not None} single {single}",
        f"person under {under} single {single}",
        f"person under {under} named {named}",
        f"person place {_names_place(near, findings)} named {named}",
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
    features.extend(describe_words(mention))
    if label:
        features.append(f"label officer {bool(_INDIVIDUAL.search(label))}")
    return features


def _label_over(person: Person | None, findings: Findings) -> str:
    """Which label a person stands under: whoever is only the contact is seldom the account's owner."""
    if person is None:
        return "nobody"
    for label in ("contact", "person", "rank"):
        for value in findings.labels(label):
            if value.passage is person.passage and value.start <= person.start < value.end:
                return label
    return "none"


def _names_place(person: Person | None, findings: Findings) -> str:
    """What kind of place a person's last name is too: "befäl i Söderort" names nobody."""
    tagged = None if person is None else findings.tagged.get(id(person.passage))
    if person is None or tagged is None:
        return ""
    return tagged.places.get(person.passage.words.index(person.end - 1), "")


#: Stems of what people write under "taking part as".
_INDIVIDUAL = re.compile(
    r"officer|individ|beamt|agent|polizist|person|einzel|funcion|oficial|policjant|rendor|konstap|memur"
)
