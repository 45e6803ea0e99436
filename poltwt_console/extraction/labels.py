"""Labelled values: "Address: 1 High Street", on the same line, the lines below, or several on one line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from poltwt_console.extraction.asked import LINES, WHOLES, asked_of_whole, classify_label
from poltwt_console.extraction.text import fold, words
from poltwt_console.extraction.view import Line, Origin, Passage, View
from poltwt_console.extraction.vocabulary import Vocabulary

#: Fields whose values may go on over several lines.
_LONG = LINES | {"postal", "name"}
_MOST_VALUE = 400

_BULLET = re.compile(
    r"[\s>]{0,12}(?:[-*•·–—●○■□▪▶►➤◆◦‣+»#☐✓]{1,3}\s{0,3}|\(?\d{1,2}[.)\-:、．]{1,2}\s{0,3}(?=\D)|[a-h][.)]\s{1,3})?[*_]{0,2}\s?"
)
_COLON = re.compile(r"\s{0,12}(?:[:：﹕꞉︰]{1,2}|[፦՝]|=(?!=))\s{0,40}")
_DASH = re.compile(
    r"\s{1,12}(?:[-–—>]|->|→|=>)\s{1,12}|\s{0,3}\t{1,4}\s{0,3}|\s{3,40}|\s?[｜|]\s?|\s?(?:\.{4,60}|…{2,20}|_{3,60})[:\s]{0,3}"
)
#: Signs that part a label from its value in forms, and nothing in sentences.
_FORM_SIGN = re.compile(r"\t|->|→|=>|\.{4}|…|_{3}")
#: A label in a frame of its own: "[Rank] Sergeant".
_FRAMED = re.compile(r"[\[【〔]([^\[\]【】〔〕\n]{1,40})[\]】〕]\s{0,40}")
#: A line that has a label, known or not, and so is no further line of the value above it.
_ANY_LABEL = re.compile(r"(?<![^\W\d_])[^\W\d_][^:：,;\d\n]{0,24}?(?:[:：](?!//)|\.{4}|……|\s->\s|\?\s)")
#: "Block 3: Sector 5", "Bâtiment B : 2e étage".
_BLOCK = re.compile(r"^[^\W\d_]{1,20}\s?(?:\d{1,3}|[A-Z])\s?:")
#: The heading of one of several accounts: "Account 2", "Konto nr. 3".
_COUNTED = re.compile(r"\W{0,3}(?:(?:no|nr|núm|n)\W{0,3})?\d{1,2}\W{0,3}$")
_INSIDE = re.compile(r"(?<=[^\d:/\s])\s?[:：](?!//)\s{0,3}(?=\S)")
#: What stands between a label and its value, one way or another: without it a line has no label.
_SIGN = re.compile(r"[:：﹕꞉︰፦՝=\t｜|→…]|\s{3}|\s[-–—>]\s|->|\.{3}|_{3}|^\W{0,6}[\[【〔]")
_SENTENCE_END = re.compile(
    r"(?:(?<=[^\W\d_]{4})|(?<=[\d)]))[.!?。।։]\s{1,4}(?=[^\W\d_a-z])|[。।]\s{0,3}(?=\S)"
)
#: A first word, or one behind a comma, as abbreviations stand.
_LAST_WORD = re.compile(r"(?:^|[,،:;(]\s*)([^\W\d_]+)$")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A value, ``passage.text[start:end]``, with the field that its label or column names.

    ``rule`` is "label", "table", or "own" where the organiser said that nothing follows.
    """

    field: str
    passage: Passage
    start: int
    end: int
    rule: str = "label"
    label: str = ""

    @property
    def value(self) -> str:
        return self.passage.text[self.start : self.end]

    @property
    def asked(self) -> list[frozenset[str]]:
        """The meanings of the words of its label, which stands right before it."""
        read = self.passage.words
        start = read.index(self.start)
        return read.senses[max(start - len(words(fold(self.label))), 0) : start]

    @property
    def origin(self) -> Origin:
        line = self.passage.line_at(self.start)
        return line.origin if line is not None else self.passage.origin


def find_asked(passage: Passage, vocabulary: Vocabulary) -> Iterator[Labelled]:
    """The items of a list of what is wanted, "* the physical address of your agency": they hold no value."""
    for line in passage.lines:
        text = passage.text[line.start : line.end]
        item = _BULLET.match(text)
        if item is None or not item.group().strip() or _COLON.search(text):
            continue
        field = classify_label(text[item.end() :], vocabulary)
        senses = passage.words.senses[line.first : line.last]
        if field is not None and (field != "name" or all("police" not in sense for sense in senses)):
            yield Labelled("ignore", passage, line.start, line.end, "own", field)


#: How many questions must be answered below them, for a line below one to be taken for its answer.
LEAST_ANSWERED = 2
ANSWERED = frozenset({"handle", "name", "address"})


def find_answers(view: View, asked: Sequence[Sequence[Labelled]]) -> dict[int, Labelled]:
    """What stands below the items of a quoted list, by the passage (its id): an answer to each.

    "> * your Twitter name" and below it "PoliceRiga"; an address may go on to the next empty line.
    ``asked`` are the items of each quoted passage.
    """
    found: dict[int, Labelled] = {}
    for asking, items in zip(view.quoted, asked, strict=True):
        last = next(line for line in reversed(asking.lines) if not line.empty) if items else None
        if last is None or items[-1].start != last.start or items[-1].label not in ANSWERED:
            continue
        field = items[-1].label
        for passage in view.passages(Origin.BODY):
            lines = passage.lines
            if passage.part is not asking.part or not lines or lines[0].start < last.end:
                continue
            if not passage.text[last.end : lines[0].start].strip(" \r\n>"):
                empty = next((n for n, line in enumerate(lines) if line.empty), len(lines))
                end = lines[empty - 1 if field == "address" else 0].end
                found[id(passage)] = Labelled(field, passage, lines[0].start, end, label=field)
    return found if len(found) >= LEAST_ANSWERED else {}


def find_labelled(passage: Passage, vocabulary: Vocabulary) -> list[Labelled]:
    """All labelled values of a passage, in order."""
    found: list[Labelled] = []
    lines = passage.lines
    number = 0
    while number < len(lines):
        line = lines[number]
        number += 1
        if line.empty:
            continue
        on_line = list(_read_line(passage, line, vocabulary)) or _heading(
            passage, line, lines[number:], vocabulary
        )
        if on_line:
            last = on_line[-1]
            if last.field in _LONG or not last.value.strip():
                last, number = _go_on(passage, last, number, vocabulary)
                on_line[-1] = last
        found.extend(value for value in on_line if value.value.strip())
    return found


#: A numbered line, as in a form that is answered below each question, and the answer: "Q1.", "A1.".
_QUESTION = re.compile(r"[^\W\d_]\.?\s?(\d{1,2})[.:)]{1,2}\s{1,3}")
_BARE_QUESTION = re.compile(r"Q\.?\s?\d{1,2}\s{1,3}")
_NUMBERED = re.compile(rf"[\s>]{{0,12}}(?:\(?\d{{1,2}}[.)]{{1,2}}\s{{0,3}}|{_QUESTION.pattern})")


def _heading(passage: Passage, line: Line, below: Sequence[Line], vocabulary: Vocabulary) -> list[Labelled]:
    """A line that is a label as a whole, with its value on the next: a bare label, or a numbered question."""
    text = passage.text[line.start : line.end]
    after = next((entry for entry in below[:2] if not entry.empty), None)
    if len(text) > 70 or after is None or line.wrapped:
        return []
    numbered = _NUMBERED.match(text)
    label = text[numbered.end() if numbered else _heading_begin(text) :].strip(" *_?¿")
    value = passage.text[after.start : after.end]
    question, answer = _QUESTION.match(text), _QUESTION.match(value)
    if question and answer and question[1] != answer[1]:
        return []
    field = classify_label(label, vocabulary, value, loose=numbered is not None)
    if field is None or classify_label(value.strip(" *_?¿"), vocabulary, loose=False) is not None:
        return []
    return [Labelled(field, passage, line.end, line.end, label=label)]


def _read_line(passage: Passage, line: Line, vocabulary: Vocabulary) -> Iterator[Labelled]:
    text = passage.text[line.start : line.end]
    if _SIGN.search(text) is None:
        return
    start = _bullet_end(text)
    first = _first_label(text, start, vocabulary)
    spots: list[tuple[int, int, str, str]] = []
    if first is not None:
        spots.append(first)
    for match in _INSIDE.finditer(text, first[1] if first else start):
        inner = _label_before(
            text, first[1] if first else start, match.start(), vocabulary, text[match.end() :]
        )
        if (
            inner is not None
            and spots
            and spots[-1][2] == "address"
            and inner[1] in ("postcode", "phone", "city", "country")
        ):
            continue
        if inner is not None and (not spots or inner[0] >= spots[-1][1]):
            spots.append((inner[0], match.end(), inner[1], text[inner[0] : match.start()]))
    for (_, begin, field, label), after in zip_longest(spots, spots[1:]):
        end = len(text) if after is None else after[0]
        if field in ("handle", "address") or (after is None and len(spots) > 1):
            end = _sentence_end(text, begin, end)
        begin, end = _strip(text, begin, min(end, begin + _MOST_VALUE))
        rule = "own" if field == "ignore" and vocabulary.ignores(label) else "label"
        yield Labelled(field, passage, line.start + begin, line.start + end, rule, label)


#: How long a value may be before a stop in it is taken for the end of a sentence whatever follows.
_LONG_VALUE = 40


def _sentence_end(text: str, begin: int, end: int) -> int:
    """Where the sentence ends that a value begins; "Avda. Libertador" and "17. Juni 5" go on."""
    for stop in _SENTENCE_END.finditer(text, begin, end):
        word = _LAST_WORD.search(text[max(begin, stop.start() - 12) : stop.start()])
        if word is not None and len(word.group(1)) <= 5:
            continue
        rest = text[stop.end() : end]
        if end - begin > _LONG_VALUE or (len(rest.split()) > 2 and not any(c.isdigit() for c in rest)):
            return stop.start()
    return end


def _first_label(text: str, start: int, vocabulary: Vocabulary) -> tuple[int, int, str, str] | None:
    """(start of label, start of value, field, label) of a label at the beginning of a line."""
    framed = _FRAMED.match(text, start)
    if framed:
        field = classify_label(framed[1], vocabulary, text[framed.end() :], loose=False)
        if field is not None:
            return start, framed.end(), field, framed[1]
    match = _COLON.search(text, start, start + 90)
    if match and not text.startswith("//", match.end() - 1 if match.end() > match.start() else match.end()):
        label = text[start : match.start()]
        field = classify_label(label, vocabulary, text[match.end() :])
        if field is not None:
            return start, match.end(), field, label
    match = _DASH.search(text, start, start + 90)
    if match:
        label = text[start : match.start()]
        loose = _FORM_SIGN.search(match.group()) is not None
        field = classify_label(label, vocabulary, text[match.end() :], loose)
        if field == "name" and loose:  # "Riverton Police Department -> @RivertonPD" has no label
            field = classify_label(label, vocabulary, text[match.end() :], loose=False)
        further = _DASH.search(text, match.end(), match.end() + 40) if field in WHOLES else None
        if further:
            part = asked_of_whole(text[start : further.start()], text[further.end() :], vocabulary)
            if part is not None:
                return start, further.end(), part, text[start : further.start()]
        if field is not None:
            return start, match.end(), field, label
    return None


def _heading_begin(text: str) -> int:
    asked = _BARE_QUESTION.match(text)
    return asked.end() if asked else _bullet_end(text)


def _bullet_end(text: str) -> int:
    bullet = _BULLET.match(text)
    return bullet.end() if bullet else 0


_RUN = re.compile(r"[^\s,;.(|]+")


def _label_before(
    text: str, floor: int, end: int, vocabulary: Vocabulary, value: str
) -> tuple[int, str] | None:
    """(start, field) of the longest label that ends at ``end``."""
    start = max(floor, end - 60)
    for match in _RUN.finditer(text[start:end]):
        begin = start + match.start()
        field = classify_label(text[begin:end], vocabulary, value, loose=False)
        if field is not None:
            return begin, field
    return None


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in ' \t*_\u200e\u200f\u00a0\u3000"“„:;|':
        start += 1
    while end > start and text[end - 1] in ' \t*_\r\u200e\u200f\u00a0\u3000"”,;|(–—-':
        end -= 1
    return start, end


def _go_on(passage: Passage, value: Labelled, number: int, vocabulary: Vocabulary) -> tuple[Labelled, int]:
    """Take in the lines below that belong to a value."""
    text = passage.text
    empty = not value.value.strip()
    start, end = value.start, value.end
    taken = 0
    while number < len(passage.lines) and taken < 6:
        line = passage.lines[number]
        if line.empty:
            if empty and taken == 0 and number + 1 < len(passage.lines):
                number += 1
                continue
            break
        content = text[line.start : line.end]
        if "@" in content and value.field != "handle":
            break
        block = value.field in LINES and not empty and _is_block(content, vocabulary)
        if not block and _begins_other(passage, line, empty and taken == 0, vocabulary):
            break
        if taken and (value.field not in _LONG or value.field == "name"):
            break
        inside = value.start - passage.text.rfind("\n", 0, value.start) > _LONG_VALUE
        if line.wrapped and inside and not empty and value.field != "name":
            stop = _sentence_end(text, start, line.end)
            end = min(stop, line.end)
            taken += 1
            number += 1
            if stop < line.end:
                break
            continue
        if (taken or not empty) and not _continues(passage, value, line):
            break
        if empty and taken == 0:
            answer = _QUESTION.match(content)
            start = line.start + (answer.end() if answer else 0)
        end = line.end
        taken += 1
        number += 1
        if empty and value.field not in _LONG:
            break
    return Labelled(value.field, passage, start, end, value.rule, value.label), number


def _is_block(line: str, vocabulary: Vocabulary) -> bool:
    """Whether a line of an address only looks as if it had a label: "Block 3: Sector 5"."""
    match = _BLOCK.match(line)
    return match is not None and tuple(words(fold(match.group()))) not in vocabulary.labels


def _begins_other(passage: Passage, line: Line, first: bool, vocabulary: Vocabulary) -> bool:
    """Whether a line below a label is none of its value: a label itself, known or not, or a question.

    ``first``: the value begins with it, if it is no known label; a line that the mail program broke goes on.
    """
    content = passage.text[line.start : line.end]
    return (
        _heads(content, vocabulary)
        or (not first and not line.wrapped and _asks_on(content))
        or next(_read_line(passage, line, vocabulary), None) is not None
    )


def _heads(line: str, vocabulary: Vocabulary) -> bool:
    """Whether a line is a label as a whole: "Account 2", "* City"."""
    heading = line[_heading_begin(line) :].strip(" *_?¿")
    counted = _COUNTED.sub("", heading)  # "Suite 12" and "Building 4" are parts of an address
    field = classify_label(counted, vocabulary, loose=False)
    return field is not None and (counted == heading or field == "handle")


def _asks_on(line: str) -> bool:
    """Whether a line has a label, known or not, or a numbered question."""
    return _ANY_LABEL.match(line, _bullet_end(line)) is not None or _QUESTION.match(line) is not None


#: Blanks before a value that stands in a column of its own, and how many lines make a column.
_COLUMN, _LEAST_IN_COLUMN = "   ", 3


def _in_column(passage: Passage, value: Labelled) -> bool:
    """Whether a value stands in a column below or above others, so that its second line would too."""
    text = passage.text
    if not text.endswith(_COLUMN, 0, value.start):
        return False
    width = value.start - text.rfind("\n", 0, value.start)
    starts = (text.rfind("\n", 0, line.start) + width for line in passage.lines if not line.empty)
    return (
        sum(text.endswith(_COLUMN, 0, at) and not text[at : at + 1].isspace() for at in starts)
        >= _LEAST_IN_COLUMN
    )


def _continues(passage: Passage, value: Labelled, line: Line) -> bool:
    """Whether a line under a labelled value is its second line and not a new sentence."""
    senses = passage.words.senses[line.first : line.last]
    if value.field == "name":
        return False
    if any(s & {"greeting", "closing", "register", "rank", "mine", "ours"} for s in senses[:2]):
        return False
    content = passage.text[line.start : line.end]
    bullet = _BULLET.match(content)
    if bullet and bullet.group().strip():
        return False
    if any("rank" in s for s in senses) and not any(c.isdigit() for c in content):
        return False
    indented = line.start - passage.text.rfind("\n", 0, line.start) > 3
    if not indented and _in_column(passage, value):
        return False
    lower = sum(1 for form in passage.text[line.start : line.end].split() if form[:1].islower())
    return (
        indented
        or passage.text[value.end : line.start].strip() == ","
        or (lower <= 2 and (any(c.isdigit() for c in content) or line.last - line.first <= 4))
    )
