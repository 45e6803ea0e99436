"""Stretches of words that might be a name or an address, by rules of shape; the judges choose.

The tagger gives one best reading.  These rules give rivals where it falls short: the words around
"police" in a sentence, a whole line or piece of a signature, the lines of a letterhead, what follows
"we are located at", and readings of the tagger that stand close together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from poltwt_console.extraction.features import Tagged
from poltwt_console.extraction.lexicon import Words
from poltwt_console.extraction.text import UNSPACED
from poltwt_console.extraction.view import Line, Origin, Passage

#: (first word, last word, rule), half open.
Proposal = tuple[int, int, str]

_STOP = {
    "register",
    "greeting",
    "closing",
    "mine",
    "ours",
    "label.handle",
    "located",
    "label.address",
    "former",
    "negation",
    "update",
}
_MOST_NAME = 12
_MOST_ADDRESS = 30
_PIECE = re.compile(r"[,،、，|•·;/\n\t()]|\s[-–—]\s|:\s")
_BREAK = re.compile(r"[.!?;。！？।։]\s|[。！？।]|\n\s*\n|[(（]")


def propose_names(passage: Passage, tagged: Tagged) -> Iterator[Proposal]:
    """Names by the words around an organisation word, and whole pieces of short lines."""
    read = passage.words
    for i in range(tagged.first, tagged.last):
        if "police" in read.senses[i] and not _in_address(read, i):
            yield from _around(read, i, tagged)
    for line in passage.lines:
        if line.empty or line.wrapped or line.last - line.first > 25:
            continue
        short = (
            line.last - line.first <= 12
            or passage.origin in (Origin.SUBJECT, Origin.SENDER)
            or line.origin is Origin.SIGNATURE
        )
        if short:
            yield from _pieces(passage, line)


def _in_address(read: Words, i: int) -> bool:
    before, after = read.starts[i] - 1, read.ends[i]
    return (
        (read.text[before : before + 1] in "@._/#" and before >= 0)
        or read.text[after : after + 1] in "@_"
        or (read.text[after : after + 1] == "." and read.text[after + 1 : after + 2].isalnum())
    )


def _around(read: Words, i: int, tagged: Tagged) -> Iterator[Proposal]:
    cased = read.text[read.starts[i]].isupper() or read.text[read.starts[i]].islower()
    first = last = i
    while (
        first > tagged.first and i - first < _MOST_NAME and _extends(read, first - 1, first, cased, back=True)
    ):
        first -= 1
    while (
        last + 1 < tagged.last and last - i < _MOST_NAME and _extends(read, last + 1, last, cased, back=False)
    ):
        last += 1
    first, last = _trim(read, first, last, i, cased)
    yield first, last + 1, "phrase"
    if not cased:
        yield first, i + 1, "phrase up to"
        yield i, last + 1, "phrase from"


def _extends(read: Words, i: int, neighbour: int, cased: bool, back: bool) -> bool:
    low, high = (i, neighbour) if back else (neighbour, i)
    between = read.text[read.ends[low] : read.starts[high]]
    if between not in (" ", "-", "'", "’", "", " & ", ". ", "\n", " «", ' "', "-\n", "  ", "/", "‑", "´") or (
        between == "\n" and not cased
    ):
        return False
    senses = read.senses[i]
    if between == ". " and read.ends[low] - read.starts[low] > 4:
        return False
    if cased:
        char = read.text[read.starts[i]]
        return (
            (char.isupper() and not senses & {"greeting", "closing"})
            or "link" in senses
            or (bool(senses & {"police", "unit"}) and char.islower())
            or (char.isdigit() and not back and read.ends[i] - read.starts[i] < 4)
        )
    return not senses & _STOP and ("common" not in senses or bool(senses & {"police", "unit"}))


def _trim(read: Words, first: int, last: int, core: int, cased: bool) -> tuple[int, int]:
    def loose(i: int) -> bool:
        senses = read.senses[i]
        if not cased:
            return False
        lower = read.text[read.starts[i]].islower()
        return (lower and ("link" in senses or "common" in senses) and not senses & {"police", "unit"}) or (
            not lower and bool(senses & {"common"}) and read.ends[i] - read.starts[i] < 4 and i == first
        )

    while first < core and loose(first):
        first += 1
    while last > core and loose(last):
        last -= 1
    return first, last


def _pieces(passage: Passage, line: Line) -> Iterator[Proposal]:
    read = passage.words
    edges = [line.start]
    for match in _PIECE.finditer(passage.text, line.start, line.end):
        edges.extend((match.start(), match.end()))
    edges.append(line.end)
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        first = last = read.index(start)
        while last < line.last and read.ends[last] <= end:
            last += 1
        senses = {sense for i in range(first, last) for sense in read.senses[i]}
        if last > first and senses & {"police", "unit"} and "@" not in passage.text[start:end]:
            yield first, last, "piece"
    whole = len(edges) > 2 and line.last - line.first <= 12 and "@" not in passage.text[line.start : line.end]
    if whole and any(read.senses[i] & {"police", "unit"} for i in range(line.first, line.last)):
        yield line.first, line.last, "line"


#: Words that an address neither begins nor ends with, written small.
_LOOSE = {
    "common",
    "link",
    "located",
    "label.address",
    "same",
    "ours",
    "mine",
    "register",
    "label.handle",
    "greeting",
}
_OTHER_DATA = {"label.phone", "label.email", "label.handle", "label.contact"}


def trim_address(tagged: Tagged, first: int, last: int) -> tuple[int, int]:
    """Words of an address without what runs into it or on from it: a handle before, "is at", "Tel. ..."."""
    read = tagged.passage.words
    marks = tagged.marks
    for i in range(first, last):
        if marks.get(i) == "@" or (
            i > first and marks.get(i - 1) == "@" and read.senses[i] & {"label.handle"}
        ):
            first = i + 1
    for i in range(first + 1, last):
        heads_other = read.senses[i] & _OTHER_DATA and not read.senses[i] & {"street", "label.postcode"}
        if marks.get(i) in ("tel", "net") or (heads_other and marks.get(i + 1) in ("tel", "net", "@")):
            last = i
            break
    while first < last - 1 and _loose(read, first):
        first += 1
    while last - 1 > first and _loose(read, last - 1):
        last -= 1
    return first, last


def _loose(read: Words, i: int) -> bool:
    senses = read.senses[i]
    if "street" in senses or "po_box" in senses:
        return False
    return read.text[read.starts[i]].islower() and bool(senses & _LOOSE)


def propose_addresses(
    passage: Passage, tagged: Tagged, read_as: Sequence[tuple[int, int]]
) -> Iterator[Proposal]:
    """Addresses by the words that announce one, by lines that look like one, and by joining what was read."""
    for i, (first, last) in enumerate(read_as):
        for other_first, other_last in read_as[i + 1 : i + 2]:
            if other_first - last <= 4:
                yield first, other_last, "joined"
        yield from _stretched(passage, tagged, first, last)
    yield from _after_cues(passage, tagged)
    yield from _blocks(passage)
    for line in passage.lines:
        if not line.empty and not line.wrapped and not _is_prose(passage, line):
            yield from _rest_of_line(passage, line)


#: Meanings that no piece of an address has.
_NO_ADDRESS = {
    "police",
    "greeting",
    "closing",
    "register",
    "mine",
    "ours",
    "rank",
    "label.phone",
    "label.email",
    "label.handle",
}


def _is_prose(passage: Passage, line: Line) -> bool:
    """Whether a line holds sentences rather than data."""
    read = passage.words
    small = sum(read.text[read.starts[i]].islower() for i in range(line.first, line.last))
    return small * 2 > line.last - line.first or line.last - line.first > 25


def _rest_of_line(passage: Passage, line: Line) -> Iterator[Proposal]:
    """The pieces behind the agency on one line: "Force | Station Road | Town | AB1 2CD"."""
    read, text = passage.words, passage.text
    run: list[int] = []
    start = line.first
    for match in [*_PIECE.finditer(text, line.start, line.end), None]:
        end = match.start() if match else line.end
        last = start
        while last < line.last and read.starts[last] < end:
            last += 1
        content = text[read.starts[start] : end] if start < last else ""
        good = (
            start < last
            and not any(read.senses[i] & _NO_ADDRESS for i in range(start, last))
            and "@" not in content
        )
        if good:
            run = [run[0] if run else start, last]
        if run and (not good or match is None):
            if any(c.isdigit() for c in text[read.starts[run[0]] : read.ends[run[1] - 1]]):
                yield run[0], run[1], "rest of line"
            run = []
        start = last


def _stretched(passage: Passage, tagged: Tagged, first: int, last: int) -> Iterator[Proposal]:
    """From or to the edges of the clause around what was read."""
    read = passage.words
    text = passage.text
    begin = max(tagged.first, first - 4)
    edges = [
        m.end() for m in re.finditer(r"[,،、:(\n]\s*|[.!?]\s", text[read.starts[begin] : read.starts[first]])
    ]
    if edges:
        start = read.index(read.starts[begin] + edges[-1])
        if start < first:
            yield start, last, "from comma"
    commas = [i for i in range(first + 1, last) if _parts(text[read.ends[i - 1] : read.starts[i]])]
    if (
        commas
        and last - commas[0] > 2
        and not any(c.isdigit() for c in text[read.starts[first] : read.ends[commas[0] - 1]])
    ):
        yield commas[0], last, "from second piece"
    if len(commas) > 1 and commas[-1] - first > 2:
        yield first, commas[-1], "to last piece"
    end = last
    while end < min(tagged.last, last + 14):
        between = text[read.ends[end - 1] : read.starts[end]]
        if (
            any(sign in between for sign in "!?;@|")
            or "\n" in between
            or ("." in between and not _abbreviates(read, end - 1))
        ):
            break
        end += 1
    if end > last:
        yield first, end, "to stop"
        comma = next(
            (i for i in range(last, end) if "," in text[read.ends[i - 1] : read.starts[i]] and i > last), None
        )
        if comma is not None:
            yield first, comma, "to comma"


def _parts(between: str) -> bool:
    return any(sign in between for sign in ",،、，\n|")


def _abbreviates(read: Words, i: int) -> bool:
    """Whether the stop behind a word shortens it ("Av.", "ul.", "C.P."), and ends no sentence."""
    return (
        read.ends[i] - read.starts[i] <= 4 and not read.text[read.starts[i]].isdigit()
    ) or "street" in read.senses[i]


def _after_cues(passage: Passage, tagged: Tagged) -> Iterator[Proposal]:
    read, text = passage.words, passage.text
    i = tagged.first
    while i < tagged.last:
        if not read.senses[i] & {"located", "label.address"}:
            i += 1
            continue
        first = i
        while (
            first < tagged.last
            and first - i < 7
            and read.senses[first] & {"located", "label.address", "common", "link", "ours", "same"}
            and not read.text[read.starts[first]].isdigit()
        ):
            first += 1
        if first >= tagged.last:
            return
        end = min(first + _MOST_ADDRESS, tagged.last)
        for match in re.finditer(_BREAK, text[read.starts[first] : read.ends[end - 1]]):
            stop = read.index(read.starts[first] + match.start() - 1) + 1
            if (stop > first + 1 and read.ends[stop - 1] - read.starts[stop - 1] > 3) or match.group()[
                0
            ] not in ".":
                end = max(stop, first)
                break
        if (
            end - first >= 2
            and any(c.isdigit() or c == "," for c in text[read.starts[first] : read.ends[end - 1]])
        ) or (end > first and UNSPACED.search(text[read.starts[first] : read.ends[end - 1]])):
            yield first, end, "after cue"
        i = max(first, i + 1)


def _blocks(passage: Passage) -> Iterator[Proposal]:
    """Lines one below the other that look like parts of an address."""
    block: list[Line] = []
    for line in [*passage.lines, None]:
        if line is not None and _addressy(passage, line):
            block.append(line)
            continue
        if block and any(any(c.isdigit() for c in passage.text[entry.start : entry.end]) for entry in block):
            yield block[0].first, block[-1].last, "block"
            if len(block) > 1:
                yield block[1].first, block[-1].last, "block below"
                if len(block) > 2:
                    yield block[2].first, block[-1].last, "block below"
        block = []


def _addressy(passage: Passage, line: Line) -> bool:
    if line.empty or line.wrapped or line.last - line.first > 12:
        return False
    content = passage.text[line.start : line.end]
    if any(sign in content for sign in "@:|!?"):
        return False
    read = passage.words
    words = range(line.first, line.last)
    if any(
        read.senses[i]
        & {"greeting", "closing", "register", "mine", "ours", "rank", "label.phone", "label.email"}
        for i in words
    ):
        return False
    digits = sum(c.isdigit() for c in content)
    capital = sum(read.text[read.starts[i]].isupper() for i in words)
    return digits < 12 and (
        digits > 0 or capital * 2 >= len(words) or any("street" in read.senses[i] for i in words)
    )
