"""Where a handle stands: in a list with others, in brackets, beside a name or an address, after a P.S.

"Follow the force on @x", "(Belize, @y, will write to you itself)": such handles seldom have a name
and an address beside them, and seldom stand where the others do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from poltwt_console.extraction.candidates import Candidate
from poltwt_console.extraction.findings import Findings
from poltwt_console.extraction.handles import Mention, senses_between, sentence_around
from poltwt_console.extraction.linear import Feature
from poltwt_console.extraction.records import record_of

#: Meanings that tell something of a handle from its sentence or the next one.
_TELLING = (
    "former",
    "negation",
    "others",
    "remains",
    "refusal",
    "withdraw",
    "later",
    "no_account",
    "register",
    "same",
    "mine",
    "ours",
    "update",
)
_POSTSCRIPT = re.compile(r"(?:^|\n)\s{0,8}(?:P\.?\s?S\.?|N\.?B\.?)(?!\w)")
_READ = {"read", "label"}


def describe_surroundings(
    mention: Mention, others: Sequence[Mention], findings: Findings
) -> Iterator[Feature]:
    """The features of a handle's place; ``others`` are the mentions of other handles that may be meant."""
    several = bool(others)
    beside = [other for other in others if other.passage.part is mention.passage.part]
    yield "record", record_of(mention, findings) is not None, several
    yield from _describe_list(mention, beside, several)
    yield from _describe_brackets(mention, len(others))
    for kind, pool in (("A", findings.addresses), ("N", findings.names)):
        near = _nearness(mention, pool, beside)
        yield "near", kind, near, several
        yield "near", kind, near, mention.origin.value, min(len(others), 2)
    if several:
        yield from _describe_order(mention, beside)
    yield from _describe_sentence(mention, several)


def _describe_list(mention: Mention, beside: Sequence[Mention], several: bool) -> Iterator[Feature]:
    """How many others open a line of their own as this one does: with the same bullet, number or nothing."""
    start, lead = _line_head(mention)
    alike = 0
    for other in beside:
        other_start, other_lead = _line_head(other)
        if other.rule == mention.rule and other_start != start:
            numbered = other_lead[:1].isdigit() and lead[:1].isdigit()
            alike += numbered or other_lead[:1] == lead[:1]
    yield "list", min(alike, 3), lead == "", several


def _line_head(mention: Mention) -> tuple[int, str]:
    """Where a handle's line begins, and what stands before the handle on it."""
    text = mention.passage.text
    start = text.rfind("\n", 0, mention.start) + 1
    return start, text[start : mention.start].strip()


def _describe_brackets(mention: Mention, others: int) -> Iterator[Feature]:
    text = mention.passage.text
    low = max(0, mention.start - 60)
    inside = text.rfind("(", low, mention.start) > text.rfind(")", low, mention.start)
    alone = text[mention.start - 1 : mention.start] == "(" and text.startswith(")", mention.end)
    yield "brackets", inside, others > 0
    yield "brackets alone", alone, min(others, 2)


#: Steps of nearness: overlapping, on the line or the next, in the paragraph, farther; 4 more behind a handle.
_HERE, _LINE, _PARAGRAPH, _FAR, _BEHIND = 0, 1, 2, 3, 4


def _nearness(mention: Mention, pool: Sequence[Candidate], beside: Sequence[Mention]) -> int:
    """How near the nearest name or address that was read is; -1 where there is none."""
    text = mention.passage.text
    best = -1
    for candidate in pool:
        if candidate.passage.part is not mention.passage.part or _READ.isdisjoint(candidate.rules):
            continue
        if candidate.end <= mention.start:
            low, high = candidate.end, mention.start
        else:
            low, high = mention.end, candidate.start
        step = _HERE
        if low <= high:
            between = text[low:high]
            if "\n\n" in between:
                step = _FAR
            elif between.count("\n") > 1 or ". " in between:
                step = _PARAGRAPH
            else:
                step = _LINE
            if any(low <= other.start < high for other in beside):
                step += _BEHIND
        best = step if best < 0 else min(best, step)
    return best


def _describe_order(mention: Mention, beside: Sequence[Mention]) -> Iterator[Feature]:
    """Whether it is the first or last of its kind, after a gap, in a later paragraph, in a postscript."""
    text = mention.passage.text
    same = [other for other in beside if other.origin is mention.origin]
    last = all(other.start < mention.start for other in same)
    first = all(other.start > mention.start for other in same)
    before = max((other.end for other in beside if other.end <= mention.start), default=mention.start)
    yield "order", last, first, "\n\n" in text[before : mention.start]
    yield "later paragraph", "\n\n" in text[: mention.start], mention.origin.value
    yield "postscript", _POSTSCRIPT.search(text, 0, mention.start) is not None


def _describe_sentence(mention: Mention, several: bool) -> Iterator[Feature]:
    """What its sentence says before and behind it, and what the next sentence says."""
    passage = mention.passage
    start, end = sentence_around(passage.text, mention.start, mention.end)
    _, after = sentence_around(passage.text, min(end + 2, len(passage.text)), min(end + 2, len(passage.text)))
    for place, low, high in (
        ("before", start, mention.start),
        ("behind", mention.end, end),
        ("next", min(end + 1, len(passage.text)), after),
    ):
        said = frozenset().union(*senses_between(passage, low, high))
        for meaning in _TELLING:
            if meaning in said:
                yield "sentence", place, meaning, several
