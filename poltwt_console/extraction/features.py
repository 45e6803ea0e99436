"""What is known of each word of a passage, in terms that no language owns: shape, meanings, neighbours.

The tagger (:mod:`tagger`) weighs these.  A word's features come in groups; a group is a small tuple
that recurs all the time, so that its weights are summed once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from poltwt_console.extraction.labels import Labelled
from poltwt_console.extraction.lexicon import Words
from poltwt_console.extraction.places import PlaceNames
from poltwt_console.extraction.text import IDEOGRAPH, fold, words
from poltwt_console.extraction.view import Line, Origin, Passage

#: A group of features: its kind and what it is made of.
Group = tuple[str | int, ...]
#: What a word is like by itself: shape, meanings, marks.
Base = tuple[str, ...]

#: Meanings that tell something of addresses and names, by the letter that stands for them.
_MEANINGS = {
    "police": "P",
    "unit": "U",
    "rank": "R",
    "street": "S",
    "building": "B",
    "po_box": "X",
    "link": "l",
    "located": "a",
    "common": "c",
    "greeting": "g",
    "closing": "k",
    "register": "r",
    "mine": "m",
    "ours": "o",
    "same": "s",
    "former": "f",
    "negation": "n",
    "update": "u",
    "later": "t",
    "label.address": "A",
    "label.name": "N",
    "label.handle": "H",
    "label.phone": "T",
    "label.email": "E",
    "label.postcode": "Z",
    "label.city": "C",
    "label.country": "Y",
    "label.contact": "K",
    "label.street": "W",
}
#: The one meaning that stands for a word in pairs of words, strongest first.
_MAIN = "PSXURHABTCaglckoumrsfN"

_NET = re.compile(
    r"(?:https?:/{2}|www\.)[^\s<>\"]{1,300}|[\w.+\-]{1,64}@[\w\-]{1,63}(?:\.[\w\-]{1,63}){1,8}"
    r"|(?<![\w@])(?:[\w\-]{1,63}\.){1,5}(?:com|org|net|example|gov|info)(?:\.[a-z]{2})?(?:/\S{0,200})?(?!\w)",
    re.ASCII,
)
_PHONE = re.compile(
    r"(?<![\w.,/〒])(?:\+|\(0|0|\(\+)[\d\s()/.\-]{6,22}\d(?!\w)"
    r"|(?<!\w)\(?\d{3}\)?[ .\-]\d{3}[ .\-]\d{4}(?!\d)|(?<![\w〒])\d{3}[ .\-]\d{4}(?!\s?[\d\u3040-\u9fff])"
)
_HANDLE = re.compile(r"[@＠]\s?[A-Za-z0-9_]{1,40}")
_SEPARATORS = (
    ("\n\n", "%"),
    ("\n", "/n"),
    (",", ","),
    ("،", ","),
    ("、", ","),
    ("，", ","),
    ("፣", ","),
    (":", ":"),
    ("：", ":"),
    ("(", "("),
    ("（", "("),
    (")", ")"),
    ("）", ")"),
    ("|", "|"),
    ("•", "|"),
    ("·", "|"),
    ("/", "/"),
    (";", ";"),
    ("–", "-"),
    ("—", "-"),
    (" - ", "-"),
    ("。", "."),
    (". ", "."),
    ("! ", "."),
    ("? ", "."),
    (".", "'"),
    ("\t", "|"),
    ("-", "~"),
    ("#", "#"),
    ('"', "q"),
    ("„", "q"),
    ("“", "q"),
    ("«", "q"),
)
#: What a line may hold that tells what else is on it: a mark, and the main meaning it stands for.
_HOLDS = (("@", "@"), ("n", "net"), ("t", "tel"), ("P", "P"), ("S", "S"), ("R", "R"))


#: How far a word's neighbours tell something of it.
REACH = 3


@dataclass(slots=True, eq=False)
class Tagged:
    """The words ``first`` to ``last`` of a passage: what each is like, and its place among others."""

    passage: Passage
    first: int
    last: int
    bases: list[Base]
    contexts: list[list[Group]]
    separators: list[str] = field(default_factory=list)  # before each word, and behind the last
    marks: dict[int, str] = field(default_factory=dict)  # words of phone numbers, handles, mail and web ...
    places: dict[int, str] = field(default_factory=dict)  # words that name a place
    scores: list[tuple[int, int, int, int, int]] = field(default_factory=list)  # by the tagger

    def groups(self, n: int) -> list[Group]:
        """All groups of features of a word: its own and its neighbours', and its context."""
        near = range(max(-REACH, -n), min(REACH + 1, len(self.bases) - n))
        around: list[Group] = [(offset, *self.bases[n + offset]) for offset in near]
        return around + self.contexts[n]


def describe(
    passage: Passage, labelled: Sequence[Labelled], places: PlaceNames, sender: str, subject: str
) -> Tagged:
    """The feature groups of all words of a passage."""
    lines = [line for line in passage.lines if not line.empty]
    if not lines:
        return Tagged(passage, 0, 0, [], [])
    read = passage.words
    first, last = lines[0].first, lines[-1].last
    nets = _marked(read, first, last, passage.text)
    known_places = places.mark(read, first, last)
    sender_words, subject_words = set(words(fold(sender))), set(words(fold(subject)))
    fields = _fields(read, labelled, passage)
    bases: list[Base] = []
    mains: list[str] = []
    for i in range(first, last):
        folded = read.forms[i]
        long = len(folded) > 1
        base, main = _word(
            _shape(read.text[read.starts[i] : read.ends[i]]),
            read.senses[i],
            nets.get(i, ""),
            known_places.get(i, ""),
            long and folded in sender_words,
            long and folded in subject_words,
        )
        bases.append(base)
        mains.append(main)
    wrapped = {line.first for line in lines if line.wrapped}
    separators = ["^"]
    for i in range(first, last - 1):
        between = read.text[read.ends[i] : read.starts[i + 1]]
        separators.append(_separator(between.replace("\n", " ") if i + 1 in wrapped else between))
    separators.append("$")
    contexts: list[list[Group]] = []
    line_groups = _line_groups(lines, mains, first)
    since = 99
    count = last - first
    for n in range(count):
        i = first + n
        main = mains[n]
        before = mains[n - 1] if n else "^"
        after = mains[n + 1] if n + 1 < count else "$"
        if separators[n] in ("%", "."):
            since = 99
        line = line_groups.get(i, ("?", "?", "?", "?"))
        two_after = mains[n + 2] if n + 2 < count else "$"
        contexts.append(
            [
                ("pair", before, separators[n], main),
                ("next", main, separators[n + 1], after),
                ("three", before, main, after),
                ("line", main, *line),
                ("cue", _bucket(since), main, fields.get(i, "-")),
                ("far", mains[n - 2] if n > 1 else "^", before, separators[n], two_after),
            ]
        )
        senses = read.senses[i]
        if "located" in senses or "label.address" in senses:
            since = 0
        elif since < 99:
            since += 1
    return Tagged(passage, first, last, bases, contexts, separators, nets, known_places)


def expand(group: Group) -> list[str]:
    """The single features of a group."""
    kind = str(group[0])
    if kind in ("pair", "next"):
        a, separator, b = group[1:]
        return [
            f"{kind}:{a}{separator}{b}",
            f"{kind}:{separator}{b if kind == 'pair' else a}",
            f"{kind}:{separator}",
            f"{kind}:{a} {b}",
        ]
    if kind == "three":
        return [f"3:{group[1]} {group[2]} {group[3]}"]
    if kind == "line":
        main, origin, place, size, holds = group[1:]
        return [
            f"o:{origin}",
            f"p:{place}",
            f"s:{size}",
            f"h:{holds}",
            f"op:{origin}{place}",
            f"om:{origin}{main}",
            f"pm:{place}{main}",
            f"hm:{holds}{main}",
            f"ohs:{origin}{holds}{size}",
        ]
    if kind == "cue":
        since, main, field = group[1:]
        return [f"a:{since}", f"am:{since}{main}", f"f:{field}", f"fm:{field}{main}"]
    if kind == "far":
        return [f"4:{group[1]} {group[2]}", f"5:{group[4]}", f"6:{group[1]}{group[3]}"]
    return [f"{kind}{feature}" for feature in group[1:]]


@lru_cache(maxsize=20_000)
def _word(
    shape: str, senses: frozenset[str], net: str, place: str, in_sender: bool, in_subject: bool
) -> tuple[Base, str]:
    """What a word is like by itself, and the one thing that stands for it in pairs of words."""
    meanings = sorted(_MEANINGS[sense] for sense in senses if sense in _MEANINGS)
    base = ["=" + shape, *meanings]
    base.extend("!" + mark for mark in (net, place) if mark)
    if in_sender:
        base.append("!from")
    if in_subject:
        base.append("!subject")
    main = net or next((m for m in _MAIN if m in meanings), "") or place
    if main in ("", "l", "c", "U"):
        return tuple(base), main + shape[:2]
    return tuple(base), main + ("9" if shape[0] == "9" else "")


def _bucket(count: int) -> str:
    return "0" if count == 0 else "1" if count < 3 else "3" if count < 8 else "8" if count < 20 else "-"


@lru_cache(maxsize=20_000)
def _shape(form: str) -> str:
    if form.isdigit():
        return f"9{min(len(form), 7)}"
    if any(c.isdigit() for c in form):
        return "9x"
    first = form[0]
    if IDEOGRAPH.match(first):
        return "kana" if first < "\u3100" else "han"
    if first.isupper():
        return "X" if len(form) == 1 else "XX" if form.isupper() else "Xx"
    if first.islower():
        return "x" if len(form) == 1 else "xx" if form.islower() else "xX"
    return "cc"


@lru_cache(maxsize=2_000)
def _separator(text: str) -> str:
    if text == " " or not text:
        return text or "_"
    if "\n" in text:
        return (
            "%"
            if text.count("\n") > 1 and text.strip(" \n\r>") == ""
            else "/n,"
            if "," in text
            else "/n."
            if "." in text
            else "/n"
        )
    return next((mark for sign, mark in _SEPARATORS if sign in text), "?")


def _marked(read: Words, first: int, last: int, text: str) -> dict[int, str]:
    """Words that are part of a mail or web address, a handle or a phone number."""
    if first == last:
        return {}
    begin, end = read.starts[first], read.ends[last - 1]
    marks: dict[int, str] = {}
    for pattern, mark in ((_PHONE, "tel"), (_HANDLE, "@"), (_NET, "net")):
        for match in pattern.finditer(text, max(begin - 1, 0), end):
            for i in range(read.index(match.start()), min(read.index(match.end() - 1) + 1, last)):
                marks[i] = mark
    return marks


def _fields(read: Words, labelled: Sequence[Labelled], passage: Passage) -> dict[int, str]:
    fields: dict[int, str] = {}
    for value in labelled:
        if value.passage is passage:
            for i in range(read.index(value.start), min(read.index(value.end - 1) + 1, len(read))):
                fields[i] = value.field
    return fields


def _line_groups(lines: Sequence[Line], mains: list[str], first: int) -> dict[int, tuple[str, str, str, str]]:
    """(origin and place of its line, place in it, size, contents) of each word; wrapped lines are one."""
    whole: list[list[Line]] = []
    for line in lines:
        if line.wrapped and whole:
            whole[-1].append(line)
        else:
            whole.append([line])
    found: dict[int, tuple[str, str, str, str]] = {}
    for number, group in enumerate(whole):
        begin, end = group[0].first, group[-1].last
        own = mains[begin - first : end - first]
        holds = "".join(mark for mark, main in _HOLDS if main in own)
        size = (
            "1"
            if len(own) < 2
            else "3"
            if len(own) < 4
            else "6"
            if len(own) < 7
            else "9"
            if len(own) < 12
            else "z"
        )
        ahead = "e" if number == len(whole) - 1 else "b" if number == 0 else "m"
        origin = "sig" if group[0].origin is Origin.SIGNATURE else group[0].origin.value[:3]
        for i in range(begin, end):
            place = ("<" if i == begin else "") + (">" if i == end - 1 else "")
            found[i] = (origin + ahead, place, size, holds)
    return found
