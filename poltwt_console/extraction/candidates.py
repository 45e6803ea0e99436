"""A possible address or agency name: some words of a passage, and the rules that think so."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from poltwt_console.extraction.labels import Labelled
from poltwt_console.extraction.lexicon import Words
from poltwt_console.extraction.people import Person
from poltwt_console.extraction.text import IDEOGRAPH, fold, words
from poltwt_console.extraction.view import Origin, Passage


@dataclass(slots=True, eq=False)
class Candidate:
    """A possible address ("A") or agency name ("N"): ``passage.text[start:end]``."""

    kind: str
    passage: Passage
    start: int
    end: int
    rule: str
    origin: Origin
    margin: int = 0
    parts: tuple[Labelled, ...] = ()
    rules: tuple[str, ...] = ()  # all rules that give the same words
    value: str = field(init=False)  # the words, lines joined by commas
    key: str = field(init=False)  # the folded words: equal for readings that say the same
    first: int = field(init=False)  # its words in the passage, half open
    last: int = field(init=False)
    digits: bool = field(init=False)

    def __post_init__(self) -> None:
        read = self.passage.words
        self.rules = self.rules or (self.rule,)
        if self.parts:
            self.value = ", ".join(_joined(self.passage, part.start, part.end) for part in self.parts)
            self.key = " ".join(words(fold(self.value)))
        else:
            self.value = _joined(self.passage, self.start, self.end)
            self.key = " ".join(words(read.folded[self.start : self.end]))
        self.first = read.index(self.start)
        self.last = max(min(read.index(self.end - 1) + 1, len(read)), self.first)
        self.digits = _DIGIT.search(self.value) is not None
        if self.kind == "A" and self.digits:
            for phrase in _sayings_of_postcode(read, self.first, self.last):
                self.value = _tidy(re.sub(rf"(?<!\w){re.escape(phrase)}(?!\w)", "", self.value, count=1))

    @property
    def is_read(self) -> bool:
        """Whether the tagger read it or a label heads it, and no rule merely proposes it."""
        return "read" in self.rules or "label" in self.rules

    def overlaps(self, other: Candidate | Person) -> bool:
        """Whether it shares words with another candidate, or with a person's name."""
        return self.passage is other.passage and self.start < other.end and other.start < self.end

    def says_same(self, other: Candidate) -> bool:
        """Whether it says the same as another of its kind, but for a word or so at an edge."""
        own, theirs = _word_counts(self.key), _word_counts(other.key)
        shared, all_words = (own & theirs).total(), own.total() + theirs.total()
        return 2 * shared >= _SAME[self.kind] * all_words


#: What share of the words two addresses or names have in common that say the same; as answers are compared.
_SAME = {"A": 0.85, "N": 0.8}


def _word_counts(key: str) -> Counter[str]:
    """How often each word is in some folded words; a Chinese character counts as one."""
    return Counter(IDEOGRAPH.sub(r" \g<0> ", key).split())


_DIGIT = re.compile(r"\d")


def _sayings_of_postcode(read: Words, first: int, last: int) -> Iterator[str]:
    """What a sentence says of the postcode beside it: "zip is", "is the zip", "póstnúmer"; no "C.P."."""
    i = first
    while i < last:
        begin = end = i
        while end < last and "label.postcode" in read.senses[end] and read.text[read.starts[end]].islower():
            end += 1
        i = end + 1
        if end == begin:
            continue
        behind, before = end, begin
        while behind < last and not read.senses[behind].isdisjoint(_TIES):
            behind += 1
        while before > first and not read.senses[before - 1].isdisjoint(_TIES):
            before -= 1
        if behind < last and _is_number(read, behind):
            yield read.text[read.starts[begin] : read.ends[behind - 1]]
        elif before > first and _is_number(read, before - 1):
            yield read.text[read.starts[before] : read.ends[end - 1]]


_TIES = frozenset({"common", "link"})


def _is_number(read: Words, i: int) -> bool:
    return _DIGIT.search(read.text, read.starts[i], read.ends[i]) is not None


def _tidy(value: str) -> str:
    """A value from which words were taken, without the gaps that they left."""
    return " ".join(value.replace("( ", "(").replace("()", "").split()).strip(" ,;.:")


_JOINT = re.compile(r"\n|\s[|•·]\s|\t")
_EDGES = " ,;|>"


def _joined(passage: Passage, start: int, end: int) -> str:
    """The words on one line: where the writer began a new one stands a comma."""
    text = passage.text[start:end]
    if _JOINT.search(text) is None:
        return " ".join(text.split()).strip(_EDGES)
    lines: list[str] = []
    position = 0
    for joint in [*_JOINT.finditer(text), None]:
        stop = joint.start() if joint else len(text)
        line = " ".join(text[position:stop].split()).strip(_EDGES)
        if line and lines and passage.goes_on(start + position):
            lines[-1] += " " + line
        elif line:
            lines.append(line)
        position = joint.end() if joint else stop
    return ", ".join(lines)


_NOT_TELLING = frozenset({"police", "unit", "street", "building", "link", "common", "rank", "po_box"})
#: Of a longer word only its beginning counts: "Helsingin" is of "Helsinki".
_STEM = 5


def telling_words(candidate: Candidate) -> Iterator[str]:
    """The words of a name or address that tell it from others."""
    read = candidate.passage.words
    for i in range(candidate.first, candidate.last):
        form = read.forms[i]
        if len(form) > 1 and not form.isdigit() and read.senses[i].isdisjoint(_NOT_TELLING):
            yield form


def telling_stems(candidate: Candidate) -> frozenset[str]:
    """Those words, cut to their stems."""
    return frozenset(form[:_STEM] for form in telling_words(candidate))
