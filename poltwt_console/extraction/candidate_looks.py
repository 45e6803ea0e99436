"""What a name or an address looks like by itself, whichever handle it may belong to.

Where it stands, what its edges look like, what the tagger makes of its words and of those beside it,
whether the mail says the same words elsewhere.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache

from poltwt_console.extraction.candidate_pool import Pool
from poltwt_console.extraction.candidates import Candidate, telling_stems
from poltwt_console.extraction.features import Tagged
from poltwt_console.extraction.findings import Findings
from poltwt_console.extraction.lexicon import Words
from poltwt_console.extraction.linear import Feature
from poltwt_console.extraction.view import Origin

_READ = ("read", "label")
_SENSES = ("police", "unit", "street", "po_box")
_BEFORE = frozenset(
    (
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
)
_TURNING = frozenset(("former", "negation", "update"))
_AFTER = frozenset(("former", "negation", "update", "label.handle"))
_HOLDS = frozenset(
    (
        "rank",
        "given_name",
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
        "event",
    )
)


def describe_candidate(candidate: Candidate, pool: Pool, officer: bool) -> list[Feature]:
    """The features of a name or address by itself, whichever handle it may belong to."""
    read = candidate.passage.words
    first, last = candidate.first, candidate.last
    senses = frozenset().union(*read.senses[first:last])
    police, unit, street, box = (sense in senses for sense in _SENSES)
    size = last - first
    place, count = pool.places[id(candidate)]
    place, count = min(place, 3), min(count, 4)
    kind, origin, rule = pool.kind, candidate.origin, candidate.rule
    before = frozenset().union(*read.senses[max(first - 4, 0) : first])
    after = frozenset().union(*read.senses[last : last + 4])
    features: list[Feature] = [
        ("rule", rule),
        ("origin", origin),
        ("rule", rule, origin),
        ("margin", bucket(candidate.margin)),
        ("times", min(pool.values[candidate.key], 3)),
        ("choices", min(len(pool.values), 4), origin),
        ("size", min(size, 8)),
        ("size", min(size, 8), candidate.kind, rule),
        ("place", place, count),
        ("kind", kind, origin),
        ("kind", kind, "last", place + 1 == count),
        ("police", police, min(size, 3)),
        ("street", street),
        ("box", box, len(pool.values) > 1),
        ("digits", candidate.digits),
        ("parts", min(len(candidate.parts), 4), rule),
        ("unit", unit, police),
        ("unit", unit, police, origin),
        ("officer", officer, min(place, 2)),
        ("officer", officer, police, "rank" in senses),
        ("capitals", candidate.value.isupper(), min(size, 3)),
        ("press office", kind, _where(read, first, last, "press_office")),
        ("event", kind, "event" in senses),
        ("echo", candidate.kind, *pool.findings.echo(candidate)),
    ]
    if not before.isdisjoint(_BEFORE):
        features += [("before", sense) for sense in sorted(before & _BEFORE)]
    if not after.isdisjoint(_AFTER):
        features += [("after", sense) for sense in sorted(after & _AFTER)]
    if not before.isdisjoint(_TURNING):
        features += [("before", sense, kind, min(place, 2)) for sense in sorted(before & _TURNING)]
    features.extend(_shape(candidate, read, pool))
    tagged = pool.findings.tagged.get(id(candidate.passage))
    if tagged is not None and tagged.first <= first < last <= tagged.last:
        features.extend(_edges(candidate, tagged))
    features.extend(_among(candidate, pool))
    if candidate.kind == "N":
        features.extend(_beside_addresses(candidate, pool, officer))
    features.extend(_describe_wording(read, first, last))
    return features


def _describe_wording(read: Words, first: int, last: int) -> list[Feature]:
    """The words themselves, at both edges, beyond them and within; any number is one to it.

    They tell what no vocabulary holds: "An der" goes with the street behind it, "We write for" with no name.
    """
    if first == last:
        return []
    before, ahead = _spell(read, first - 2), _spell(read, first - 1)
    begin, end = _spell(read, first), _spell(read, last - 1)
    second, behind = _spell(read, first + 1) if first + 1 < last else "", _spell(read, last)
    return [
        ("word ahead", ahead),
        ("first word", begin),
        ("last word", end),
        ("word behind", behind),
        ("words ahead", ahead, begin),
        ("words behind", end, behind),
        ("two ahead", before, ahead),
        ("first two", begin, second),
        *(("inner word", _spell(read, i)) for i in range(first + 1, last - 1)),
    ]


def _spell(read: Words, i: int) -> str:
    """The folded word at a place of the text: "0" for any number, "" beyond the edges."""
    if not 0 <= i < len(read):
        return ""
    form = read.forms[i]
    return "0" if form.isdigit() else form


def _beside_addresses(candidate: Candidate, pool: Pool, officer: bool) -> list[Feature]:
    """Whether a name tells the same town as an address of the mail, and whether it stands right beside one.

    Of a force and its station the station does, in any script.
    """
    own = telling_stems(candidate)
    shared, lines, side = 0, _FAR_OFF, "none"
    for other, words in pool.addresses_near(candidate):
        if candidate.overlaps(other):
            continue
        shared = max(shared, len(own & words))
        if other.passage is candidate.passage:
            above = candidate.end <= other.start
            low, high = (candidate.end, other.start) if above else (other.end, candidate.start)
            between = candidate.passage.text.count("\n", low, high)
            if between < lines:
                lines, side = between, "above" if above else "below"
    starts = pool.span_starts.get(candidate.passage.part.id, [])
    behind = bisect_left(starts, candidate.end)
    followed = behind < len(starts) and starts[behind] < candidate.end + _NEXT_NAME
    return [
        ("town", min(shared, 2), bool(own), officer),
        ("town", min(shared, 2), candidate.origin),
        ("town", min(shared, 2), side, min(lines, 3)),
        ("beside address", side, lines, officer),
        ("beside address", side, lines, followed),
    ]


#: From so many lines on an address is not beside a name.
_FAR_OFF = 4
#: A name follows another if it begins within so many characters.
_NEXT_NAME = 200


def _where(read: Words, first: int, last: int, sense: str) -> str:
    """Whether words of a meaning begin a stretch, end it, stand between, or fill it."""
    held = [i for i in range(first, last) if sense in read.senses[i]]
    if not held:
        return "none"
    if len(held) == last - first:
        return "all"
    return "begin" if held[0] == first else "end" if held[-1] == last - 1 else "inside"


_KEY_MEANINGS = (
    "event",
    "po_box",
    "street",
    "police",
    "press_office",
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
    "given_name",
)


def _look(read: Words, i: int) -> str:
    """What one word looks like from outside: its chief meaning and its shape."""
    if not 0 <= i < len(read):
        return "edge"
    return _look_of(read.senses[i], read.text[read.starts[i]])


@lru_cache(maxsize=20_000)
def _look_of(senses: frozenset[str], char: str) -> str:
    meaning = next((meaning for meaning in _KEY_MEANINGS if meaning in senses), "")
    shape = "9" if char.isdigit() else "X" if char.isupper() else "x" if char.islower() else "c"
    return meaning + shape


def _shape(candidate: Candidate, read: Words, pool: Pool) -> list[Feature]:
    """How the words stand as a whole: what they hold and begin and end with, and which rules made them."""
    first, last = candidate.first, candidate.last
    rest = frozenset().union(*read.senses[first + 1 : last - 1]) if last - first > 2 else frozenset()
    overlaps = "none"
    for other in pool.read:
        if other is not candidate and candidate.overlaps(other):
            inside = candidate.start >= other.start and candidate.end <= other.end
            over = candidate.start <= other.start and candidate.end >= other.end
            overlaps = "inside" if inside else "over" if over else "across"
            break
    read_here = "read" in candidate.rules
    read_near = any("read" in choice.rules and choice.origin is candidate.origin for choice in pool.read)
    begin, end = _look(read, first), _look(read, last - 1)
    value = candidate.value
    return [
        *(("made", rule) for rule in candidate.rules),
        ("made", *sorted(candidate.rules)),
        ("begin", begin),
        ("end", end),
        ("begin end", begin, end, candidate.kind),
        ("overlaps", overlaps, read_here),
        ("overlaps by", overlaps, candidate.rule),
        *(("holds", sense) for sense in sorted(rest & _HOLDS)),
        ("holds sentence", ". " in value),
        ("holds at", "@" in value),
        ("holds date", candidate.digits and _DATE.search(value) is not None),
        ("commas", min(value.count(","), 4)),
        ("numbers", min(len(_NUMBER.findall(value)), 4)),
        ("open", value.count("(") != value.count(")")),
        ("same origin", read_near, read_here),
        ("any read", bool(pool.read), read_here, candidate.origin),
    ]


_NUMBER = re.compile("[0-9]+")
#: "Nikšić, 11.10.2013": the head of an official letter.
_DATE = re.compile(r"(?<!\d)\d{1,2}[./-]\s?\d{1,2}[./-]\s?\d{4}(?!\d)")


def _edges(candidate: Candidate, tagged: Tagged) -> list[Feature]:
    """What is beyond the first and last word, which words name places, what the tagger thinks of them."""
    read = candidate.passage.words
    first, last, kind = candidate.first, candidate.last, candidate.kind
    low, high = first - tagged.first, last - tagged.first
    left, right = tagged.separators[low], tagged.separators[high]
    places = tagged.places
    begins, ends = places.get(first, ""), places.get(last - 1, "")
    beyond = places.get(last, "") or _look(read, last)
    ahead = places.get(first - 1, "") or _look(read, first - 1)
    tag = 1 if kind == "A" else 3
    leads = [max(row[tag], row[tag + 1]) - row[0] for row in tagged.scores[max(low - 1, 0) : high + 1]]
    outer_left = leads.pop(0) if low else -900
    outer_right = leads.pop() if high < len(tagged.scores) and len(leads) > high - low else -900
    least, mean = _lead(min(leads)), _lead(sum(leads) // len(leads))
    start = tagged.scores[low][tag] - tagged.scores[low][tag + 1]
    breaks = sum(tagged.separators[n] in ("/n", "/n,", "/n.", "%") for n in range(low + 1, high))
    stops = sum(tagged.separators[n] == "." for n in range(low + 1, high))
    number = tagged.bases[high - 1][0]
    held = sum(1 for i in range(first, last) if i in places)
    # "ko'chasi 12" wants the words before it, "calle 12" does not.
    street = kind == "A" and "street" in read.senses[first]
    return [
        *([("street first", left, ahead, _look(read, first), _look(read, first + 1))] if street else ()),
        ("left", kind, left),
        ("right", kind, right),
        ("left", left, _look(read, first)),
        ("right", right, _look(read, last - 1)),
        ("ahead", left, ahead),
        ("beyond", right, beyond),
        ("beyond", kind, right, beyond[:4], ends),
        ("begins", kind, begins),
        ("ends", kind, ends, number if number[1:2] == "9" else ""),
        ("places", kind, min(held, 2), candidate.digits),
        ("breaks", kind, min(breaks, 3), stops > 0),
        ("least", kind, least),
        ("mean", kind, mean),
        ("outer left", kind, _lead(outer_left)),
        ("outer right", kind, _lead(outer_right)),
        ("outer", kind, outer_left > 0, outer_right > 0, least > 0),
        ("first", kind, _lead(leads[0])),
        ("last", kind, _lead(leads[-1])),
        ("start", kind, _lead(start)),
    ]


def _lead(points: int) -> int:
    """A tagger's lead in steps of 150, from -4 to 6."""
    return max(-4, min(points // 150, 6))


def _among(candidate: Candidate, pool: Pool) -> list[Feature]:
    """How the words relate to the other choices, to persons and to the sender's name."""
    key, findings = candidate.key, pool.findings
    longer = any(len(other) > len(key) and key in other for other in pool.read_keys)
    shorter = any(other in key for other in pool.read_keys if 0 < len(other) < len(key))
    person = _person_in(candidate, findings)
    own = set(key.split())
    sender = findings.clues.called
    from_name = "all" if own and own <= sender else "some" if own & sender else "none"
    initials = candidate.kind == "N" and len(own) == 1 and key in findings.clues.initials
    return [
        ("in longer", longer, candidate.rule),
        ("has shorter", shorter, candidate.rule),
        ("person", candidate.kind, person),
        ("sender", from_name, candidate.origin),
        ("sender elsewhere", from_name, candidate.origin is not Origin.SENDER),
        ("initials", initials, len(own) == 1),
        ("across", candidate.kind, _across(candidate, findings)),
    ]


def _person_in(candidate: Candidate, findings: Findings) -> str:
    """Where in a stretch a person is named: over all of it, at its beginning, end, within, or not at all."""
    for person in findings.people:
        if candidate.overlaps(person):
            begins, ends = person.start <= candidate.start, person.end >= candidate.end
            return ("all" if ends else "begin") if begins else "end" if ends else "inside"
    return "none"


def _across(candidate: Candidate, findings: Findings) -> str:
    """Whether the words take in some that were read as the other kind."""
    for other in findings.names if candidate.kind == "A" else findings.addresses:
        if other.rule in _READ and candidate.overlaps(other):
            inside = other.start <= candidate.start and candidate.end <= other.end
            return f"{other.rule} {'inside' if inside else 'part'}"
    return "none"


def bucket(margin: int) -> str:
    """How sure the tagger was of a candidate, in steps of 250 points; "label" where a label says it."""
    return "label" if margin >= 5000 else str(min(max(margin, 0) // 250, 12))
