"""Persons: an officer with rank ("Sgt Wendell Tuzo"), the sender, whoever signs.

A rank is known by the vocabularies; the name are the one to four words beside it that look like a
name.  Hungarian, Japanese and Korean put the rank behind the name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from poltwt_console.extraction.lexicon import Words
from poltwt_console.extraction.view import Line, Origin, Passage

#: Meanings that a word of a person's name does not have.
_NOT_NAMES = {
    "police",
    "street",
    "building",
    "greeting",
    "closing",
    "register",
    "mine",
    "ours",
    "located",
    "common",
    "label.handle",
    "label.address",
    "unit",
    "former",
    "negation",
}
#: Meanings of words that a person may be called by, too.
_ALSO_NAMES = {"common", "link", "greeting", "closing", "given_name"}
_PARTICLES = {
    "de",
    "da",
    "do",
    "dos",
    "del",
    "della",
    "di",
    "van",
    "von",
    "der",
    "den",
    "le",
    "la",
    "al",
    "el",
    "bin",
    "binti",
    "bint",
    "ibn",
    "ben",
    "bar",
    "ni",
    "mac",
    "mc",
    "o",
    "san",
    "st",
    "y",
    "e",
    "dela",
    "zu",
    "ter",
    "ten",
    "af",
    "av",
}
_MOST = 4
_BEHIND = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")


@dataclass(frozen=True, slots=True)
class Person:
    """``passage.text[start:end]`` is the person as written, with rank; ``name`` is without."""

    passage: Passage
    start: int
    end: int
    name: str
    rank: str
    origin: Origin

    @property
    def value(self) -> str:
        return self.passage.text[self.start : self.end]


def find_people(passage: Passage) -> list[Person]:
    """Everybody who is named with a rank, in order."""
    read = passage.words
    found: list[Person] = []
    for line in passage.lines:
        i = line.first
        while i < line.last:
            if "rank" not in read.senses[i] or "@" in read.text[max(read.starts[i] - 2, 0) : read.starts[i]]:
                i += 1
                continue
            end = i + 1
            while (
                end < line.last and "rank" in read.senses[end] and read.starts[end] - read.ends[end - 1] <= 2
            ):
                end += 1
            person = _after(passage, line, i, end) or _before(passage, line, i, end)
            if person is not None:
                found.append(person)
            i = end
    return found


def _after(passage: Passage, line: Line, first: int, after_rank: int) -> Person | None:
    read = passage.words
    last = after_rank
    while last < min(line.last, after_rank + _MOST) and _names(read, last) and _joined(read, last):
        last += 1
    while (
        last > after_rank
        and read.forms[last - 1] in _PARTICLES
        and not read.text[read.starts[last - 1]].isupper()
    ):
        last -= 1
    if last == after_rank:
        return None
    start, end = read.starts[first], read.ends[last - 1]
    return Person(
        passage,
        start,
        end,
        read.text[read.starts[after_rank] : end],
        read.text[start : read.ends[after_rank - 1]],
        line.origin,
    )


def _before(passage: Passage, line: Line, rank: int, after_rank: int) -> Person | None:
    """Hungarian "Nagy Béla r. hadnagy", Korean "김현정 경사"."""
    read = passage.words
    first = rank
    while (
        first > max(line.first, rank - 3)
        and _names(read, first - 1)
        and read.starts[first] - read.ends[first - 1] <= 1
    ):
        first -= 1
    if first == rank or not (_BEHIND.match(read.text[read.starts[rank]]) or read.forms[rank] == "r"):
        return None
    start, end = read.starts[first], read.ends[after_rank - 1]
    return Person(
        passage,
        start,
        end,
        read.text[start : read.ends[rank - 1]],
        read.text[read.starts[rank] : end],
        line.origin,
    )


def _names(read: Words, i: int) -> bool:
    form = read.text[read.starts[i] : read.ends[i]]
    if any(c.isdigit() for c in form) or "_" in form:
        return False
    if form[0].islower():
        return read.forms[i] in _PARTICLES
    return not read.senses[i] & _NOT_NAMES or (
        form[0].isupper() and read.senses[i] <= _ALSO_NAMES and len(form) > 2
    )


def _joined(read: Words, i: int) -> bool:
    between = read.text[read.ends[i - 1] : read.starts[i]]
    return len(between) <= 2 and not any(c in between for c in ",;:@()/\n")


def count_called(read: Words) -> int:
    """How many words of ``Name <mail address>`` are the name's."""
    stop = read.text.rfind("<")
    return len(read) if stop < 0 else read.index(stop)


def is_person(name: str, read: Words) -> bool:
    """Whether the display name of ``Name <mail address>`` is a person's: up to five words, no agency."""
    count = count_called(read)
    if not 0 < count < 6 or (any(c.isdigit() for c in name) and "@" in name):
        return False
    return not any({"police", "unit"} & senses and "rank" not in senses for senses in read.senses[:count])


#: Meanings of words that stand beside a person's name and are none.
_NO_PERSON = frozenset(
    {"rank", "police", "unit", "press", "closing", "greeting", "common", "street", "link", "press_office"}
)


def personal_words(read: Words, first: int, last: int) -> Iterator[str]:
    """The words of a name that only a person is called by, folded: no rank, no acronym of an agency."""
    for i in range(first, last):
        written = read.text[read.starts[i] : read.ends[i]]
        acronym = len(written) < 6 and written.isupper() and not read.text[: read.ends[last - 1]].isupper()
        if len(written) > 1 and not acronym and read.senses[i].isdisjoint(_NO_PERSON):
            yield read.forms[i]


_ASIDES = re.compile(r"\([^)]{0,60}\)|[\"']|\d+")
_LONGEST_PART = 40


def plain_name(name: str) -> str:
    """A display name as one says it: "PERKINS, Dawn 7741" is "Dawn PERKINS"."""
    name = _ASIDES.sub(" ", name)
    name = name.split("/")[0]
    parts = name.split(",")
    if len(parts) == 2 and all(len(part) > 1 and len(part.strip()) <= _LONGEST_PART for part in parts):
        name = f"{parts[1]} {parts[0]}"
    return " ".join(name.split())


def signing_people(passage: Passage) -> Iterator[tuple[int, int, str]]:
    """(start, end, name) of lines of a signature that are only a person's name."""
    read = passage.words
    for line in passage.lines:
        if line.origin is not Origin.SIGNATURE or line.empty:
            continue
        count = line.last - line.first
        content = read.text[line.start : line.end]
        if 1 <= count <= 4 and not any(c.isdigit() or c in "@:/|" for c in content):
            inner = range(line.first, line.last)
            if all(_names(read, i) or "rank" in read.senses[i] for i in inner) and not all(
                "rank" in read.senses[i] for i in inner
            ):
                first = next((i for i in inner if "rank" not in read.senses[i]), line.first)
                yield (
                    read.starts[first],
                    read.ends[line.last - 1],
                    read.text[read.starts[first] : read.ends[line.last - 1]],
                )
