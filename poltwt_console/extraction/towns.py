"""The town that a label gives, or without an address the one of the agency's name or of a line alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from poltwt_console.domain.registration import Confidence, Evidence, Field
from poltwt_console.extraction.address_parts import says_nothing
from poltwt_console.extraction.candidates import Candidate
from poltwt_console.extraction.findings import Findings
from poltwt_console.extraction.people import signing_people
from poltwt_console.extraction.resolve import Account
from poltwt_console.extraction.view import Line, Origin, Passage

#: What the gazetteer's marks call settlements, the well-known ones first.
_SETTLEMENTS = ("city", "loc")
#: Words of names that are no places, though some village is called so.
_GENERIC = frozenset({"police", "unit", "press_office", "label.name"})
_NAMED = "the agency is called after it"
_ALONE = "named alone on a line"
_LABELLED = "named as the town"


def find_town(name: Candidate | None, findings: Findings) -> Field:
    """The one town that the agency's name holds ("Carabineros Valdivia"), else a line that is one."""
    if name is not None:
        found = list(towns_in(name.passage, name.first, name.last, findings))
        for mark in _SETTLEMENTS:
            spans = [(first, last) for kind, first, last in found if kind == mark]
            if len(spans) == 1:
                return _guess(name.passage, *spans[0], _NAMED)
    if findings.lone_town is None:
        findings.lone_town = _find_alone(findings)
    return findings.lone_town


def _find_alone(findings: Findings) -> Field:
    """The town that is all that stands on a line, whoever's account it is."""
    for passage in findings.view.passages(Origin.BODY, Origin.FORWARDED, Origin.SIGNATURE):
        signers = {start for start, _, _ in signing_people(passage)}
        for line in passage.lines:
            town = next(towns_in(passage, line.first, line.last, findings), None)
            if town is None or line.start in signers or not _is_all_place(passage, line, findings):
                continue
            mark, first, last = town
            if mark == "city" and first == line.first:  # villages are called as people are: "Mike", "Rob"
                return _guess(passage, first, last, _ALONE)
    return Field()


def towns_in(passage: Passage, first: int, last: int, findings: Findings) -> Iterator[tuple[str, int, int]]:
    """(mark, first word, behind the last) of each settlement among some words."""
    tagged = findings.tagged.get(id(passage))
    marks = tagged.places if tagged is not None else {}
    i = first
    while i < last:
        mark, start = marks.get(i, ""), i
        i += 1
        if mark not in _SETTLEMENTS or not _GENERIC.isdisjoint(passage.words.senses[start]):
            continue
        while i < last and marks.get(i) == mark and _GENERIC.isdisjoint(passage.words.senses[i]):
            i += 1
        yield mark, start, i


def _is_all_place(passage: Passage, line: Line, findings: Findings) -> bool:
    tagged = findings.tagged.get(id(passage))
    return tagged is not None and all(
        i in tagged.places or passage.words.forms[i].isdigit() for i in range(line.first, line.last)
    )


def _guess(passage: Passage, first: int, last: int, reason: str) -> Field:
    """Some words of a passage as the town, though nothing says that they are."""
    return _field(passage, passage.words.starts[first], passage.words.ends[last - 1], "guess", reason)


def _field(passage: Passage, start: int, end: int, rule: str, reason: str) -> Field:
    evidence = Evidence(passage.part.id, start, end, passage.part.text[start:end])
    return Field(passage.text[start:end], Confidence.LOOK, rule, evidence, reason=reason)


def labelled_town(account: Account, findings: Findings) -> Field | None:
    """The town that a label gives: with the pieces of the address, or without any for a single account."""
    chosen = account.address.chosen
    pieces = chosen.parts if chosen is not None else findings.labels("city") if account.count == 1 else ()
    for piece in pieces:
        town = _town_in(piece.value) if piece.field == "city" and not says_nothing(piece) else None
        if town is not None:
            start, end = town
            return _field(piece.passage, piece.start + start, piece.start + end, piece.rule, _LABELLED)
    return None


def _town_in(value: str) -> tuple[int, int] | None:
    """Where the town stands in what a label gives: "D-27472 Cuxhaven", "1012 AB Amsterdam", "Steyr, AT"."""
    end = next((match.start() for match in _TOWN_ENDS.finditer(value) if match.start()), len(value))
    tokens = [match.span() for match in re.finditer(r"\S+", value[:end])]
    codes = [_CODE.fullmatch(value, *token) is not None for token in tokens]
    for n, (start, stop) in enumerate(tokens[1:], 1):
        codes[n] = codes[n] or (codes[n - 1] and re.fullmatch("[A-Z]{2}", value[start:stop]) is not None)
    while tokens and codes[0]:
        del tokens[0], codes[0]
    while tokens and codes[-1]:
        del tokens[-1], codes[-1]
    return (tokens[0][0], tokens[-1][1]) if tokens else None


_TOWN_ENDS = re.compile(r"[,;(/\n]")
#: A postcode or a part of one, or no word at all: "D-27472", "EC1A", "-".
_CODE = re.compile(r"\W{0,3}(?:[A-Z]{1,3}-)?(?:(?=[A-Z]{0,3}\d)[A-Z\d]{1,10}(?:-[A-Z\d]{1,10}){0,3})?\W{0,3}")
