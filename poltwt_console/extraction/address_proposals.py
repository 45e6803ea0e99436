"""Stretches of words that might be a postal address, by rules of shape; a judge chooses.

The tagger gives one best reading.  These rules give rivals where it falls short: the lines of a
letterhead, what follows "we are located at", readings of the tagger that stand close together, and
such readings without their first or last piece.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from poltwt_console.extraction.features import SHORTENED, Tagged
from poltwt_console.extraction.lexicon import Words
from poltwt_console.extraction.name_proposals import Proposal
from poltwt_console.extraction.pieces import Piece
from poltwt_console.extraction.text import STOPS, UNSPACED
from poltwt_console.extraction.view import Line, Passage

_MOST_ADDRESS = 30
_BREAK = re.compile(rf"[{STOPS};]\s|[。！？।]|\n\s*\n|[(（]")

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
#: Labels that end an address where a colon follows them.
_OTHER_FIELDS = _OTHER_DATA | {
    "label.name",
    "label.person",
    "label.rank",
    "label.postal",
    "label.participant",
}


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
        if marks.get(i) in ("tel", "net") or _heads_other(tagged, i) or _opens_former(tagged, i):
            last = i
            break
        if "po_box" in read.senses[i] and _is_whole(tagged, first, i):
            last = i - ("label.postal" in read.senses[i - 1])
            break
    if first < last < tagged.last and tagged.separators[last - tagged.first] in (".", SHORTENED):
        last = _behind_stop(tagged, last)
    last = _before_phone(tagged, first, last)
    while first < last - 1 and _loose(read, first):
        first += 1
    while last - 1 > first and (_loose(read, last - 1) or read.trails(last - 1)):
        last -= 1
    return first, last


def _before_phone(tagged: Tagged, first: int, last: int) -> int:
    """Where an address ends behind which a piece of digits stands, too many for a second postcode."""
    forms = tagged.passage.words.forms
    tail = last
    while tail > first and forms[tail - 1].isdigit():
        tail -= 1
    if first < tail < last and tagged.separators[tail - tagged.first] not in _WITHIN:
        digits = sum(len(form) for form in forms[tail:last])
        if digits >= _PHONE_DIGITS and _is_whole(tagged, first, tail):
            return tail
    return last


#: A second number of so many digits is a phone's: of postcodes only those by themselves are as long.
_PHONE_DIGITS = 8
#: Short for a county, before its name.
_COUNTIES = frozenset({"co"})
_IN_NUMBERS = (" ", "-", "/", "_", "?")


def _behind_stop(tagged: Tagged, last: int) -> int:
    """Where an address ends that was read up to a stop within a sentence: "Co. Donegal", "krt. 16-18"."""
    read = tagged.passage.words
    county = read.forms[last - 1] in _COUNTIES
    if not county and not (read.shortens(last - 1) and read.forms[last][0].isdigit()):
        return last
    last += 1
    while last < tagged.last:
        sign = tagged.separators[last - tagged.first]
        if not (sign in _WITHIN if county else sign in _IN_NUMBERS and read.forms[last][0].isdigit()):
            break
        last += 1
    return last


def _opens_former(tagged: Tagged, i: int) -> bool:
    """Whether a bracket opens at a word that says what was before: "(formerly 5 Mill Road)"."""
    return tagged.separators[i - tagged.first] == "(" and "former" in tagged.passage.words.senses[i]


_WITHIN = (" ", "_", "?")  # what separates words of one piece
#: A number of so many digits may be a postcode.
POSTCODE_DIGITS = 4


def _is_whole(tagged: Tagged, first: int, last: int) -> bool:
    """Whether words are an address with its postcode, or lines with street and town: a box adds no place."""
    forms, senses = tagged.passage.words.forms, tagged.passage.words.senses
    lines = tagged.separators[last - tagged.first].startswith("/n")
    street = any("street" in senses[i] for i in range(first, last))
    digits, pieces = 0, 0
    for i in range(first, last):
        pieces += i > first and tagged.separators[i - tagged.first] not in _WITHIN
        digits = digits + len(forms[i]) if forms[i].isdigit() else 0
        town = lines and street and tagged.places.get(i) in ("city", "loc") and "street" not in senses[i + 1]
        if pieces and (town or digits >= POSTCODE_DIGITS):
            return True
    return False


def _heads_other(tagged: Tagged, i: int) -> bool:
    """Whether a word heads a phone number, a mail address, a handle, or another field."""
    read = tagged.passage.words
    senses = read.senses[i]
    if senses & _OTHER_FIELDS and tagged.separators[i + 1 - tagged.first] == ":":
        return True
    if not senses & _OTHER_DATA or senses & {"street", "label.postcode"}:
        return False
    if tagged.marks.get(i + 1) in ("tel", "net", "@"):
        return True
    number = i + 1 < len(read) and read.text[read.starts[i + 1]].isdigit()
    return number and "label.phone" in senses


def _loose(read: Words, i: int) -> bool:
    senses = read.senses[i]
    if "street" in senses or "po_box" in senses:
        return False
    return read.text[read.starts[i]].islower() and bool(senses & _LOOSE)


def propose_addresses(
    tagged: Tagged, pieces: Sequence[Piece], read_as: Sequence[tuple[int, int]]
) -> Iterator[Proposal]:
    """Addresses by the words that announce one, by lines that look like one, and by joining what was read."""
    passage = tagged.passage
    for i, (first, last) in enumerate(read_as):
        for other_first, other_last in read_as[i + 1 : i + 2]:
            if other_first - last <= 4:
                yield first, other_last, "joined"
        yield from _stretched(passage, tagged, first, last)
    yield from _after_cues(passage, tagged)
    yield from _blocks(passage)
    yield from _runs(tagged, pieces)
    yield from _boxes(tagged)
    yield from _bracketed(tagged)


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


_RUNS_ON = frozenset({",", "-", "|", "/", "/n,"})
_MOST_PIECE = 9


def _runs(tagged: Tagged, pieces: Sequence[Piece]) -> Iterator[Proposal]:
    """Pieces in a row that may be parts of an address: "Force | Station Road | Town | AB1 2CD"."""
    run: list[Piece] = []
    for piece in [*pieces, None]:
        if piece is not None and _may_be_part(tagged, piece) and (not run or run[-1].after in _RUNS_ON):
            run.append(piece)
            continue
        if run and _tells_place(tagged, run[0].first, run[-1].last):
            yield run[0].first, run[-1].last, "run"
            if len(run) > 1 and _tells_place(tagged, run[1].first, run[-1].last):
                yield run[1].first, run[-1].last, "run below"
        run = [piece] if piece is not None and _may_be_part(tagged, piece) else []


def _may_be_part(tagged: Tagged, piece: Piece) -> bool:
    read = tagged.passage.words
    words = range(piece.first, piece.last)
    if len(words) > _MOST_PIECE or piece.first in tagged.marks:
        return False
    return not any(read.senses[i] & _NO_ADDRESS for i in words)


def _tells_place(tagged: Tagged, first: int, last: int) -> bool:
    """Whether words hold a number and the name of a street or place, or begin like a name."""
    read = tagged.passage.words
    if not any(read.text[read.starts[i]].isdigit() for i in range(first, last)):
        return False
    return not read.text[read.starts[first]].islower() or any(
        i in tagged.places or "street" in read.senses[i] for i in range(first, last)
    )


def _boxes(tagged: Tagged) -> Iterator[Proposal]:
    """Boxes that a sentence names, with their towns: "our post comes to Private Bag 12, Maun"."""
    read = tagged.passage.words
    i = tagged.first
    while i < tagged.last:
        first = i
        while i < tagged.last and "po_box" in read.senses[i]:
            i += 1
        number = next((n for n in range(i, min(i + 2, tagged.last)) if read.forms[n][0].isdigit()), -1)
        if first == i or number < 0:
            i = max(i, first + 1)
            continue
        i = number + 1
        yield first, i, "box"
        while i < tagged.last and i in tagged.places and tagged.separators[i - tagged.first] in _WITH_TOWN:
            i += 1
        if i > number + 1:
            yield first, i, "box and town"


_WITH_TOWN = _RUNS_ON | {" "}
_BRACKETED = re.compile(r"[(（]([^()（）]{8,120})[)）]")


def _bracketed(tagged: Tagged) -> Iterator[Proposal]:
    """Addresses in brackets behind what stands there: "the directorate (2 Mill Road, by the bridge)"."""
    read = tagged.passage.words
    if tagged.first == tagged.last:
        return
    start = read.starts[tagged.first]
    for match in _BRACKETED.finditer(tagged.passage.text, start, read.ends[tagged.last - 1] + 1):
        first, last = read.index(match.start(1)), read.index(match.end(1))
        words = range(first, last)
        street = any("street" in read.senses[i] for i in words)
        other = any(i in tagged.marks or read.senses[i] & _NO_ADDRESS for i in words)
        if last - first > 1 and not other and (street or _tells_place(tagged, first, last)):
            yield first, last, "in brackets"


_EDGE = re.compile(r"[,،、:(\n]\s*|[.!?]\s")


def _stretched(passage: Passage, tagged: Tagged, first: int, last: int) -> Iterator[Proposal]:
    """From or to the edges of the clause around what was read."""
    read = passage.words
    text = passage.text
    begin = max(tagged.first, first - 4)
    edges = [edge.end() for edge in _EDGE.finditer(text[read.starts[begin] : read.starts[first]])]
    if edges:
        start = read.index(read.starts[begin] + edges[-1])
        if start < first:
            yield start, last, "from comma"
    for i in range(first + 1, last):
        sign = tagged.separators[i - tagged.first]
        if sign in ("(", "."):
            yield first, i, "to bracket" if sign == "(" else "to sentence"
            break
    if (
        first > tagged.first
        and "street" in read.senses[first - 1]
        and text[read.ends[first - 1] : read.starts[first]] == " "
    ):
        yield first - 1, last, "from street"
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
            or ("." in between and not read.shortens(end - 1))
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
            and ("street" not in read.senses[first] or "located" in read.senses[first])
            and not read.text[read.starts[first]].isdigit()
        ):
            first += 1
        if first >= tagged.last:
            return
        end = min(first + _MOST_ADDRESS, tagged.last)
        for match in _BREAK.finditer(text[read.starts[first] : read.ends[end - 1]]):
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
