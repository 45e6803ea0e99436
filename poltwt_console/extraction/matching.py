"""What speaks for a handle being meant, and for its being an officer's."""

from __future__ import annotations

from collections.abc import Iterator

from poltwt_console.extraction.boxes import ticked_part
from poltwt_console.extraction.clues import person_letters
from poltwt_console.extraction.findings import Findings, Record
from poltwt_console.extraction.linear import Feature
from poltwt_console.extraction.mention import BESIDE_SIGNED, BY_SHAPE, DOUBTS, Mention
from poltwt_console.extraction.mention_pool import TRAITS, MentionPool, Row, cues
from poltwt_console.extraction.people import Person
from poltwt_console.extraction.records import in_table, person_in, whose_record
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


def owner_near(mention: Mention, findings: Findings, meant: Row, record: Record | None) -> Person | None:
    """The person who may be the owner of a handle: in a row of a table only one of that row."""
    inside = None if record is None else person_in(record, findings)
    if inside is not None or in_table(mention, findings):
        return inside
    return person_near(mention, findings, meant)


#: From so many characters on a person is not near a handle; one behind it counts as so many farther.
_FAR, _BEHIND = 160, 30


def describe_mention(mention: Mention, pool: MentionPool, findings: Findings, kind: str) -> list[Feature]:
    """The features of whether a handle is meant."""
    place, handles = pool.places.get(mention.key, 9), len(pool.places)
    count, bodies = min(handles, 4), min(len(pool.in_body), 2)
    features: list[Feature] = [
        "bias",
        ("rule", mention.rule),
        ("origin", mention.origin),
        ("rule", mention.rule, mention.origin),
        ("count", count),
        ("origin", mention.origin, "body", bodies),
        ("kind", kind, "count", count, "place", min(place, 3)),
        ("kind", kind, "last", place == handles - 1, "count", count),
        ("kind", kind, "origin", mention.origin),
        ("times", min(pool.times[mention.key], 3)),
        ("in body", mention.key in pool.in_body, "bodies", bodies),
    ]
    if mention.excluded:
        features.append(("excluded", mention.excluded))
    for hint in sorted(mention.hints):
        features.append(("hint", hint))
        if count > 1:
            features.append(("hint", hint, "among several"))
        if kind != "register":
            features.append(("hint", hint, "kind", kind))
    if mention.hints.isdisjoint(DOUBTS):
        features.append("no doubts")
    features.append(("short", len(mention.handle) < 4))
    letters = findings.letters.get(mention.key, [])
    features.extend(letters)
    for unsure in (BY_SHAPE, BESIDE_SIGNED):
        if unsure in mention.hints:
            features.extend((unsure, letter) for letter in letters)
    if count > 1:
        for trait in TRAITS:
            features.append((trait, trait in letters, "rival", pool.rivals_with(trait, mention)))
        own = ("own", pool.is_own(mention), "rival", pool.rivals_own(mention))
        features += [own, (*own, "rule", mention.rule), (*own, "rule", mention.rule, "kind", kind)]
    others_doubted = len(pool.doubted) > (mention.key in pool.doubted)
    features.append(("others doubted", others_doubted, "kind", kind))
    cued = ("cues", cues(mention), "rival", pool.rival_cues(mention))
    features += [cued, (*cued, "place", min(place, 2), "kind", kind)]
    number = ("said", _number_said(len(pool.in_body) or handles, findings))
    features += [number, (*number, "kind", kind, "count", count)]
    near = person_near(mention, findings, pool.row(mention.passage.part))
    named = near is not None and person_letters(mention.handle, near.name)
    person = ("person", near is not None, "named", named)
    features += [person, (*person, "count", count), (*person, "kind", kind)]
    features.append((*person, "brackets", is_in_brackets(mention)))
    features.extend(describe_surroundings(mention, pool, findings, kind))
    return features


_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5}


def numbers_said(findings: Findings) -> list[int]:
    """The numbers that the mail speaks of: "both", "our three"."""
    meanings = findings.meanings(Origin.BODY, Origin.FORWARDED, Origin.SUBJECT)
    return [number for name, number in _NUMBERS.items() if name in meanings]


def _number_said(handles: int, findings: Findings) -> str:
    """Whether the mail speaks of as many as it holds handles, of fewer or of more."""
    said = numbers_said(findings)
    if not said or handles < 2:
        return "nothing"
    return "as many" if handles in said else "fewer" if min(said) < handles else "more"


def describe_officer(
    mention: Mention, count: int, findings: Findings, near: Person | None, record: Record | None
) -> list[Feature]:
    """The features of whether an account is an officer's own."""
    letters = findings.letters.get(mention.key, [])
    named = near is not None and person_letters(mention.handle, near.name)
    mine, ours = "mine" in mention.hints, "ours" in mention.hints
    anywhere = findings.meanings(Origin.BODY, Origin.FORWARDED)
    sender = findings.meanings(Origin.SENDER)
    single = count == 1
    under = _label_over(near, findings)
    label = next((fold(ticked_part(value.value)) for value in findings.labels("participant")), "")
    own_words = "mine" in anywhere and (single or mine)
    person = near is not None
    whose = whose_record(record, findings)
    features: list[Feature] = [
        "bias",
        ("record of", whose),
        ("record of", whose, "person", person, "named", named),
        ("record of", whose, "single", single),
        ("mine", mine, "ours", ours, "single", single),
        ("mine anywhere", "mine" in anywhere, "ours", "ours" in anywhere, "single", single),
        ("person", person, "named", named),
        ("person", person, "single", single),
        ("person under", under, "single", single),
        ("person under", under, "named", named),
        ("person place", _names_place(near, findings), "named", named),
        ("named", named),
        ("sender rank", "rank" in sender, "police", "police" in sender, "single", single),
        ("sender rank", "rank" in sender, "own words", own_words),
        ("own words", own_words, "named", named),
        ("rank hint", "rank" in mention.hints, "single", single),
        ("job", "job" in anywhere, "single", single),
        ("job", "job" in anywhere, "own words", own_words),
        ("count", min(count, 3)),
        ("label person", any(findings.labels("person")), "single", single),
        ("origin", mention.origin, "rule", mention.rule),
        *letters,
        *(("mine", own_words, letter) for letter in letters),
        *(("person", person, letter) for letter in letters),
    ]
    features.extend(describe_words(mention))
    if label:
        features.append(("label officer", bool(mention.passage.words.spelling.individual.search(label))))
    features.extend(_asked(mention, findings))
    return features


#: What the words of a form may tell of an account's owner.
_OWNERS = frozenset({"mine", "ours", "rank", "police", "unit"})


def _asked(mention: Mention, findings: Findings) -> Iterator[Feature]:
    """What a form asks and is told: "Your own Twitter account", "Agency or officer?: Officer"."""
    for value in findings.labels("participant", "handle"):
        if value.field == "participant":
            told = value.passage.words.senses_in(value.start, value.end)
        elif value.passage is mention.passage and value.start <= mention.start <= value.end:
            told = value.asked
        else:
            continue
        for meaning in sorted(_OWNERS & frozenset().union(*told)):
            yield "asked", value.field, meaning


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
