"""What speaks for a handle being meant, being an officer's, and for a name or an address being its own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from poltwt_console.extraction.clues import latin_words, person_letters
from poltwt_console.extraction.findings import Candidate, Findings
from poltwt_console.extraction.handles import Mention
from poltwt_console.extraction.lexicon import Words
from poltwt_console.extraction.people import Person
from poltwt_console.extraction.text import fold
from poltwt_console.extraction.view import Origin


def describe_mention(
    mention: Mention, all_mentions: Sequence[Mention], findings: Findings, kind: str
) -> list[str]:
    """The features of whether a handle is meant."""
    usable = [other for other in all_mentions if not other.excluded]
    keys = list(dict.fromkeys(other.key for other in usable))
    in_body = {
        other.key for other in usable if other.origin in (Origin.BODY, Origin.FORWARDED, Origin.ATTACHMENT)
    }
    place = keys.index(mention.key) if mention.key in keys else 9
    same = [other for other in usable if other.key == mention.key]
    count = min(len(keys), 4)
    features = [
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
    if not mention.hints & {
        "former before",
        "former after",
        "negation before",
        "negation after",
        "others before",
        "others after",
    }:
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
    return features


def describe_officer(mention: Mention, count: int, findings: Findings, near: Person | None) -> list[str]:
    """The features of whether an account is an officer's own."""
    letters = findings.letters.get(mention.key, [])
    named = near is not None and person_letters(mention.handle, near.name)
    mine, ours = "mine" in mention.hints, "ours" in mention.hints
    anywhere = _meanings(findings, Origin.BODY, Origin.FORWARDED)
    sender = _meanings(findings, Origin.SENDER)
    single = count == 1
    label = next((fold(value.value) for value in findings.labels("participant")), "")
    own_words = "mine" in anywhere and (single or mine)
    features = [
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


def describe_pair(
    mention: Mention | None,
    candidate: Candidate | None,
    choices: Sequence[Candidate],
    mentions: Sequence[Mention],
    findings: Findings,
    kind: str,
    officer: bool,
) -> list[str]:
    """The features of whether a name or address belongs to a handle; None: the mail gives none."""
    several = min(len(mentions), 3)
    if candidate is None:
        return [
            "none",
            f"none kind {kind}",
            f"none choices {min(len(choices), 3)}",
            f"none officer {officer}",
            f"none best {_bucket(max((c.margin for c in choices), default=0))}",
        ]
    known = (id(candidate), kind, officer)
    features = findings.described.get(known)
    if features is None:
        features = findings.described[known] = describe_candidate(candidate, choices, findings, kind, officer)
    if mention is None:
        return features
    shared = [word for word in latin_words(candidate.value) if len(word) > 3 and word in mention.key]
    others = [other for other in mentions if other.key != mention.key]
    distinct = any(not any(word in other.key for other in others) for word in shared)
    return [
        *features,
        *_relation(mention, candidate, choices, mentions, several),
        f"in handle {bool(shared)} several {several > 1} distinct {distinct}",
    ]


def describe_candidate(
    candidate: Candidate, choices: Sequence[Candidate], findings: Findings, kind: str, officer: bool
) -> list[str]:
    """The features of a name or address by itself, whichever handle it may belong to."""
    values = Counter(choice.key for choice in choices)
    read = candidate.passage.words
    first, last = read.index(candidate.start), read.index(candidate.end - 1) + 1
    own = range(first, min(last, len(read)))
    senses = {sense for i in own for sense in read.senses[i]}
    size = len(own)
    order = [choice for choice in choices if choice.origin is candidate.origin]
    features = [
        f"rule {candidate.rule}",
        f"origin {candidate.origin}",
        f"rule {candidate.rule} {candidate.origin}",
        f"margin {_bucket(candidate.margin)}",
        f"times {min(values[candidate.key], 3)}",
        f"choices {min(len(values), 4)} origin {candidate.origin}",
        f"size {min(size, 8)}",
        f"place {min(order.index(candidate), 3)} of {min(len(order), 4)}",
        f"kind {kind} origin {candidate.origin}",
        f"kind {kind} last {order[-1] is candidate}",
        f"police {'police' in senses} size {min(size, 3)}",
        f"street {'street' in senses}",
        f"box {'po_box' in senses} others {len(values) > 1}",
        f"digits {any(c.isdigit() for c in candidate.value)}",
        f"unit {'unit' in senses} police {'police' in senses}",
        f"officer {officer} place {min(order.index(candidate), 2)}",
        f"capitals {candidate.value.isupper()} size {min(size, 3)}",
    ]
    features.extend(_shape(candidate, read, first, last, choices))
    features.append(f"across {_across(candidate, findings)}")
    features.extend(_among(candidate, choices, findings))
    before = {sense for i in range(max(first - 4, 0), first) for sense in read.senses[i]}
    after = {sense for i in range(min(last, len(read)), min(last + 4, len(read))) for sense in read.senses[i]}
    features.extend(
        f"before {sense}"
        for sense in (
            "former",
            "negation",
            "same",
            "update",
            "located",
            "label.address",
            "others",
            "label.postal",
            "label.ignore",
        )
        if sense in before
    )
    features.extend(
        f"after {sense}" for sense in ("former", "negation", "update", "label.handle") if sense in after
    )
    features.extend(
        f"before {sense} kind {kind} place {min(order.index(candidate), 2)}"
        for sense in ("former", "negation", "update")
        if sense in before
    )
    return features


_KEY_MEANINGS = (
    "po_box",
    "street",
    "police",
    "unit",
    "building",
    "rank",
    "label.handle",
    "located",
    "greeting",
    "closing",
    "register",
    "mine",
    "ours",
    "label.address",
    "link",
    "common",
)


def _word(read: Words, i: int) -> str:
    """What one word looks like from outside: its chief meaning or its shape."""
    if not 0 <= i < len(read):
        return "edge"
    meaning = next((meaning for meaning in _KEY_MEANINGS if meaning in read.senses[i]), "")
    char = read.text[read.starts[i]]
    shape = "9" if char.isdigit() else "X" if char.isupper() else "x" if char.islower() else "c"
    return meaning + shape


def _shape(
    candidate: Candidate, read: Words, first: int, last: int, choices: Sequence[Candidate]
) -> list[str]:
    """How well the words stand as a whole: their edges, what is beyond them, what the tagger made of them."""
    text = candidate.passage.text
    left = text[max(candidate.start - 2, 0) : candidate.start].strip(" ") or (" " if candidate.start else "^")
    right = text[candidate.end : candidate.end + 2].strip(" ") or (" " if candidate.end < len(text) else "$")
    left, right = (
        "\n" if "\n" in side else side[-1:] if side is left else side[:1] for side in (left, right)
    )
    rest = (
        {sense for i in range(first + 1, last - 1) for sense in read.senses[i]} if last - first > 2 else set()
    )
    overlaps = "none"
    for other in choices:
        if (
            "read" in other.rules
            and other.passage is candidate.passage
            and other is not candidate
            and other.start < candidate.end
            and candidate.start < other.end
        ):
            overlaps = (
                "inside"
                if candidate.start >= other.start and candidate.end <= other.end
                else "over"
                if candidate.start <= other.start and candidate.end >= other.end
                else "across"
            )
            break
    read_here = "read" in candidate.rules
    read_near = any("read" in choice.rules and choice.origin is candidate.origin for choice in choices)
    begin, end = _word(read, first), _word(read, last - 1)
    return [
        *(f"made {rule}" for rule in candidate.rules),
        f"made {'+'.join(sorted(candidate.rules))}",
        f"begin {begin}",
        f"end {end}",
        f"left {left} {_word(read, first - 1)}",
        f"right {right} {_word(read, last)}",
        f"left {left}",
        f"right {right}",
        f"left {left} begin {begin}",
        f"right {right} end {end}",
        f"overlaps {overlaps} read {read_here}",
        f"overlaps {overlaps} {candidate.rule}",
        *(
            f"holds {sense}"
            for sense in (
                "rank",
                "register",
                "greeting",
                "closing",
                "mine",
                "ours",
                "label.handle",
                "located",
                "former",
                "negation",
                "po_box",
                "street",
                "unit",
                "police",
                "building",
            )
            if sense in rest
        ),
        f"holds sentence {'. ' in candidate.value}",
        f"holds at {'@' in candidate.value}",
        f"commas {min(candidate.value.count(','), 4)}",
        f"numbers {min(len(re.findall('[0-9]+', candidate.value)), 4)}",
        f"same origin read {read_near} own {read_here}",
        f"any read {any('read' in c.rules for c in choices)} own {read_here} {candidate.origin}",
    ]


def _among(candidate: Candidate, choices: Sequence[Candidate], findings: Findings) -> list[str]:
    """How the words relate to the other choices, to persons and to the sender's name."""
    key = candidate.key
    longer = any(len(other.key) > len(key) and key in other.key for other in choices if "read" in other.rules)
    shorter = any(
        other.key in key for other in choices if "read" in other.rules and 0 < len(other.key) < len(key)
    )
    person = any(
        person.passage is candidate.passage and person.start < candidate.end and candidate.start < person.end
        for person in findings.people
    )
    own = set(key.split())
    sender = findings.clues.sender
    from_name = "all" if own and own <= sender else "some" if own & sender else "none"
    initials = candidate.kind == "N" and len(own) == 1 and key in findings.clues.initials
    return [
        f"in longer {longer} {candidate.rule}",
        f"has shorter {shorter} {candidate.rule}",
        f"person {person} {candidate.kind}",
        f"sender {from_name} origin {candidate.origin}",
        f"sender {from_name} elsewhere {candidate.origin is not Origin.SENDER}",
        f"initials {initials} single {len(own) == 1}",
    ]


def _across(candidate: Candidate, findings: Findings) -> str:
    """Whether the words take in some that were read as the other kind."""
    for other in findings.names if candidate.kind == "A" else findings.addresses:
        if (
            other.passage is candidate.passage
            and other.rule in ("read", "label")
            and other.start < candidate.end
            and candidate.start < other.end
        ):
            inside = other.start <= candidate.start and candidate.end <= other.end
            return f"{other.rule} {'inside' if inside else 'part'}"
    return "none"


def _relation(
    mention: Mention,
    candidate: Candidate,
    choices: Sequence[Candidate],
    mentions: Sequence[Mention],
    several: int,
) -> list[str]:
    if mention.passage.part is not candidate.passage.part or mention.origin is Origin.QUOTED:
        return [f"elsewhere several {several}", f"elsewhere {candidate.origin} from {mention.origin}"]
    low, high = sorted((mention.start, candidate.start))
    between = [
        m
        for m in mentions
        if m.passage.part is mention.passage.part and low < m.start < high and m.key != mention.key
    ]
    rivals = [
        c
        for c in choices
        if c.passage.part is candidate.passage.part and low < c.start < high and c.key != candidate.key
    ]
    lines = candidate.passage.text.count("\n", low, high)
    side = "after" if candidate.start > mention.start else "before"
    blank = "\n\n" in re.sub(r"[ \t\r]", "", candidate.passage.text[low:high])
    even = len({choice.key for choice in choices}) == len(mentions)
    near = "same line" if not lines else "near" if lines < 3 and not blank else "far"
    return [
        f"side {side} {near} several {several}",
        f"side {side} between {min(len(between), 2)} several {several}",
        f"side {side} rivals {min(len(rivals), 2)} several {several}",
        f"side {side} between {min(len(between), 2)} rivals {min(len(rivals), 2)} {near}",
        f"blank {blank} several {several}",
        f"equal numbers {even} side {side} between {min(len(between), 2)} rivals {min(len(rivals), 1)}",
    ]


def _bucket(margin: int) -> str:
    return "label" if margin >= 5000 else str(min(max(margin, 0) // 250, 12))
