"""What is known of each word of a passage: shape, meanings, neighbours, and the word itself.

The tagger (:mod:`tagger`) weighs these.  A word's features come in groups; a group is a small tuple
that recurs all the time, so that its weights are summed once.  Most say what no language owns; the words
that several sets of training mails hold tell what no vocabulary does ("An der", "We write for").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import repeat

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
    "press_office": "Q",
    "event": "V",
    "rank": "R",
    "job": "J",
    "given_name": "G",
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
_MAIN = "VPSXQURHABTCaglckoumrsfNJ"

_WEB = re.compile(r"(?:https?:/{2}|www\.)[^\s<>\"]{1,300}", re.ASCII)
_MAIL = re.compile(r"[\w.+\-]{1,64}@[\w\-]{1,63}(?:\.[\w\-]{1,63}){1,8}", re.ASCII)
_HOST = re.compile(
    r"(?<![\w@])(?:[\w\-]{1,63}\.){1,5}(?:com|org|net|example|gov|info)(?:\.[a-z]{2})?(?:/\S{0,200})?(?!\w)",
    re.ASCII,
)
_PHONE = re.compile(
    r"(?<![\w.,/〒])(?:\+|\(0|0|\(\+)(?:[\d()/.\-]|[^\S\n]){6,22}\d(?!\w)"
    r"|(?<!\w)\(?\d{3}\)?[ .\-]\d{3}[ .\-]\d{4}(?!\d)|(?<![\w〒])\d{3}[ .\-]\d{4}(?!\s?[\d\u3040-\u9fff])"
)
#: What has the shape of a phone number too: "01124-060" and "01.124-060" in São Paulo, "02139-4307" in
#: Boston, "514-0815" in Japan (in the United States all made-up numbers begin with 555).
_POSTCODE = re.compile(r"\d{2}\.?\d{3}-\d{3,4}|(?!555)\d{3}-\d{4}")
_HANDLE = re.compile(r"[@＠]\s?[A-Za-z0-9_]{1,40}")
#: (what a text must hold for the pattern to match, pattern, mark), later ones prevail.
_MARKS = (
    (re.compile(r"\d[\d\s()/.\-]{4}"), _PHONE, "tel"),
    (re.compile("[@＠]"), _HANDLE, "@"),
    (re.compile("://|www"), _WEB, "net"),
    (re.compile("@"), _MAIL, "net"),
    (re.compile(r"\.(?:com|org|net|example|gov|info)"), _HOST, "net"),
)
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
    ("।", "."),
    ("۔", "."),
    ("։", "."),
    ("።", "."),
    ("។", "."),
    ("။", "."),
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
#: A stop that is likely to shorten the word before it: "Av. Central", "ul. Nowa"; few sentences end so.
SHORTENED = "*"
#: The separators between the pieces of a line, or from one line to the next.
PIECE_ENDS = frozenset({",", "/n", "/n,", "|"})
#: What a line may hold that tells what else is on it: a mark, and the main meaning it stands for.
_HOLDS = (("@", "@"), ("n", "net"), ("t", "tel"), ("P", "P"), ("S", "S"), ("R", "R"))


#: How far a word's neighbours tell something of it.
REACH = 3
_OFFSETS = {str(offset): offset for offset in range(-REACH, REACH + 1)}


@dataclass(slots=True, eq=False)
class Tagged:
    """The words ``first`` to ``last`` of a passage: what each is like, and its place among others."""

    passage: Passage
    first: int
    last: int
    bases: list[Base] = field(default_factory=list)
    spelled: list[str] = field(default_factory=list)  # the folded words; "" for numbers, links and handles
    mains: list[str] = field(default_factory=list)  # the one thing that stands for each word
    separators: list[str] = field(default_factory=list)  # before each word, and behind the last
    in_lines: list[str] = field(default_factory=list)  # see _places_in_lines
    cues: list[str] = field(default_factory=list)  # see _since_cue
    fields: list[str] = field(default_factory=list)  # the field of the labelled value that holds each word
    marks: dict[int, str] = field(default_factory=dict)  # words of phone numbers, handles, mail and web ...
    places: dict[int, str] = field(default_factory=dict)  # words that name a place
    place_spans: dict[int, tuple[int, int]] = field(default_factory=dict)  # see NamedPlaces.spans
    scores: list[tuple[int, int, int, int, int]] = field(default_factory=list)  # by the tagger
    writer: frozenset[str] = frozenset()  # the words of the name of who wrote it, if that is a person's

    def groups(self, n: int) -> list[Group]:
        """All groups of features of a word: its own and its neighbours', and its context."""
        near = range(max(-REACH, -n), min(REACH + 1, len(self.bases) - n))
        around: list[Group] = [(offset, *self.bases[n + offset]) for offset in near]
        around += [("word", offset, self.spelled[n + offset]) for offset in near]
        left, right = ["^", "^", *self.mains], [*self.mains, "$", "$"]
        before, main, after = left[n + 1], right[n], right[n + 1]
        return [
            *around,
            ("pair", before, self.separators[n], main),
            ("next", main, self.separators[n + 1], after),
            ("three", before, main, after),
            ("line", main, self.in_lines[n]),
            ("cue", self.cues[n], main, self.fields[n]),
            ("far", left[n], before, self.separators[n], right[n + 2]),
        ]


def describe(
    passage: Passage, labelled: Sequence[Labelled], places: PlaceNames, sender: str, subject: str
) -> Tagged:
    """What each word of a passage is like."""
    lines = [line for line in passage.lines if not line.empty]
    if not lines:
        return Tagged(passage, 0, 0)
    read = passage.words
    first, last = lines[0].first, lines[-1].last
    nets = _marked(read, first, last, passage.text)
    named = places.mark(read, first, last)
    bases, mains = _bases(read, first, last, nets, named.kinds, sender, subject)
    separators = _separators(read, first, last, {line.first for line in lines if line.wrapped})
    fields = _fields(read, labelled, passage)
    return Tagged(
        passage,
        first,
        last,
        bases,
        _spelled(read, first, last, nets),
        mains,
        separators,
        _places_in_lines(lines, mains, first),
        _since_cue(read, first, last, separators),
        [fields.get(i, "-") for i in range(first, last)] if fields else ["-"] * (last - first),
        nets,
        named.kinds,
        named.spans,
    )


def _bases(
    read: Words,
    first: int,
    last: int,
    nets: dict[int, str],
    known_places: dict[int, str],
    sender: str,
    subject: str,
) -> tuple[list[Base], list[str]]:
    """What each word is like by itself, and the one thing that stands for it."""
    sender_words, subject_words = _words_of(sender), _words_of(subject)
    forms, text = read.forms[first:last], read.text
    spans = zip(read.starts[first:last], read.ends[first:last], strict=True)
    pairs = list(
        map(
            _word,
            [text[start:end] for start, end in spans],
            read.senses[first:last],
            [nets.get(i, "") for i in range(first, last)] if nets else repeat(""),
            [known_places.get(i, "") for i in range(first, last)] if known_places else repeat(""),
            [form in sender_words and len(form) > 1 for form in forms],
            [form in subject_words and len(form) > 1 for form in forms],
        )
    )
    return [base for base, _ in pairs], [main for _, main in pairs]


def _spelled(read: Words, first: int, last: int, nets: dict[int, str]) -> list[str]:
    """The folded words; nothing for those that are no word, but a number or part of a link."""
    return [
        "" if i in nets or _DIGIT.search(form) else form
        for i, form in enumerate(read.forms[first:last], first)
    ]


_DIGIT = re.compile(r"\d")


def _separators(read: Words, first: int, last: int, wrapped: set[int]) -> list[str]:
    """What stands before each word, and behind the last; a line that goes on is only a blank."""
    text = read.text
    between = [
        _separator(text[end:start])
        for end, start in zip(read.ends[first : last - 1], read.starts[first + 1 : last], strict=True)
    ]
    for i in wrapped:
        if i > first:
            between[i - first - 1] = _separator(text[read.ends[i - 1] : read.starts[i]].replace("\n", " "))
    for n, sign in enumerate(between):
        if sign == "." and text.startswith(".", read.ends[first + n]) and read.shortens(first + n):
            between[n] = SHORTENED
    return ["^", *between, "$"]


def _since_cue(read: Words, first: int, last: int, separators: Sequence[str]) -> list[str]:
    """How far behind "located at" or "address" each word stands in its sentence."""
    found: list[str] = []
    since = 99
    for senses, separator in zip(read.senses[first:last], separators, strict=False):
        if separator in ("%", "."):
            since = 99
        found.append(_STEPS[since])
        if "located" in senses or "label.address" in senses:
            since = 0
        elif since < 99:
            since += 1
    return found


def expand(group: Group) -> list[str]:
    """The single features of a group."""
    kind, parts = group[0], [str(part) for part in group[1:]]
    if kind == "word":
        offset, form = parts
        return near_features(int(offset), word_traits(form))
    if kind in ("pair", "next"):
        return pair_features(str(kind), *parts)
    if kind == "three":
        return three_features(*parts)
    if kind == "line":
        return line_features(*parts)
    if kind == "cue":
        return cue_features(*parts)
    if kind == "far":
        first, before, separator, last = parts
        return [
            *before_features(first, before),
            *after_next_features(last),
            *before_last_features(first, separator),
        ]
    return near_features(int(kind), parts)


def near_features(offset: int, traits: Sequence[str]) -> list[str]:
    """The features of a word that is so far before or behind another: of what it is like, or of itself."""
    return [f"{offset}{trait}" for trait in traits]


def near_trait(feature: str) -> tuple[int, str] | None:
    """Offset and trait of such a feature; None of any other one."""
    size = 2 if feature[0] == "-" else 1
    offset = _OFFSETS.get(feature[:size])
    return None if offset is None or feature[size] == ":" else (offset, feature[size:])


def word_traits(form: str) -> list[str]:
    """What a word itself is known by: it, and both ends of a long one."""
    if len(form) < _LONG:
        return [f"#{form}"] if form else []
    return [f"#{form}", f"#{form[:_STEM]}-", f"#-{form[-_ENDING:]}"]


#: A word of so many letters may be one of many forms of it; how much of it is the same in most, and how much
#: tells what kind of form it is.
_LONG, _STEM, _ENDING = 6, 5, 3


def pair_features(kind: str, a: str, separator: str, b: str) -> list[str]:
    """The features of two neighbours: of the second ("pair") or of the first ("next")."""
    return [
        f"{kind}:{a}{separator}{b}",
        f"{kind}:{separator}{b if kind == 'pair' else a}",
        f"{kind}:{separator}",
        f"{kind}:{a} {b}",
    ]


def three_features(before: str, main: str, after: str) -> list[str]:
    """The feature of a word between its neighbours."""
    return [f"3:{before} {main} {after}"]


def line_features(main: str, in_line: str) -> list[str]:
    """The features of a word in its line."""
    origin, place, size, holds = in_line.split("|")
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


def cue_features(since: str, main: str, field: str) -> list[str]:
    """The features of a word so far behind a cue, in a field."""
    return [f"a:{since}", f"am:{since}{main}", f"f:{field}", f"fm:{field}{main}"]


def before_features(first: str, second: str) -> list[str]:
    """The feature of the two words before a word."""
    return [f"4:{first} {second}"]


def after_next_features(last: str) -> list[str]:
    """The feature of the word after the next."""
    return [f"5:{last}"]


def before_last_features(first: str, separator: str) -> list[str]:
    """The feature of the word before the last, and of what stands before a word."""
    return [f"6:{first}{separator}"]


@lru_cache(maxsize=50_000)
def _word(
    written: str, senses: frozenset[str], net: str, place: str, in_sender: bool, in_subject: bool
) -> tuple[Base, str]:
    """What a word is like by itself, and the one thing that stands for it in pairs of words."""
    shape = _shape(written)
    meanings = sorted(_MEANINGS[sense] for sense in senses if sense in _MEANINGS)
    base = ["=" + shape, *meanings]
    base.extend("!" + mark for mark in (net, place) if mark)
    if in_sender:
        base.append("!from")
    if in_subject:
        base.append("!subject")
    main = net or next((m for m in _MAIN if m in meanings), "") or place or ("G" if "G" in meanings else "")
    if main in ("", "l", "c", "U", "G"):
        return tuple(base), main + shape[:2]
    return tuple(base), main + ("9" if shape[0] == "9" else "")


@lru_cache(maxsize=100)
def _words_of(text: str) -> frozenset[str]:
    return frozenset(words(fold(text)))


#: How far a cue is, in steps.
_STEPS = ["0", *["1"] * 2, *["3"] * 5, *["8"] * 12, *["-"] * 80]


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
    if text in ("", " ", "  "):  # two blanks before a ZIP code, or behind a stop; more of them part columns
        return " " if text else "_"
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
    begin = max(begin - 1, 0)
    for sign, pattern, mark in _MARKS:
        if sign.search(text, begin, end) is None:
            continue
        for match in pattern.finditer(text, begin, end):
            if mark == "tel" and _is_postcode(read, match):
                continue
            for i in range(read.index(match.start()), min(read.index(match.end() - 1) + 1, last)):
                marks[i] = mark
    return marks


def _is_postcode(read: Words, match: re.Match[str]) -> bool:
    """Whether what looks like a phone number is a postcode: no word for a phone stands before it on its line.

    The short Japanese ones stand right behind their town, or beside Japanese characters.
    """
    if _POSTCODE.fullmatch(match.group()) is None:
        return False
    text, start = read.text, match.start()
    number = read.index(start)
    line = read.index(max(text.rfind("\n", 0, start), 0))
    before = range(max(line, number - _TO_PHONE), number)
    if any("label.phone" in read.senses[i] and "label.postcode" not in read.senses[i] for i in before):
        return False
    if len(match.group()) > _SHORT_POSTCODE:
        return True
    if IDEOGRAPH.search(text, max(start - _BESIDE, 0), min(match.end() + _BESIDE, len(text))):
        return True
    town = _TOWN.search(text[max(start - _LONGEST_TOWN, 0) : start])
    return town is not None and town.group(1).isupper()


#: How many words in front of a number may lie between it and "phone".
_TO_PHONE = 3
#: The letters of a Japanese postcode, and a name right before it, with its first letter.
_SHORT_POSTCODE = len("514-0815")
_TOWN = re.compile(r"(?:^|[\s,])([^\W\d_])[\w'’-]* $")
_LONGEST_TOWN = 40
#: So many characters beside a postcode tell of its script.
_BESIDE = 3


def _fields(read: Words, labelled: Sequence[Labelled], passage: Passage) -> dict[int, str]:
    fields: dict[int, str] = {}
    for value in labelled:
        if value.passage is passage:
            for i in range(read.index(value.start), min(read.index(value.end - 1) + 1, len(read))):
                fields[i] = value.field
    return fields


def _places_in_lines(lines: Sequence[Line], mains: list[str], first: int) -> list[str]:
    """Of each word: origin and place of its line, place in it, size, contents; wrapped lines are one."""
    whole: list[list[Line]] = []
    for line in lines:
        if line.wrapped and whole:
            whole[-1].append(line)
        else:
            whole.append([line])
    found = [_NOWHERE] * len(mains)
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
        if not own:
            continue
        inner = [f"{origin}{ahead}||{size}|{holds}"] * (len(own) - 2)
        edges = ("<", ">") if len(own) > 1 else ("<>",)
        ends = [f"{origin}{ahead}|{place}|{size}|{holds}" for place in edges]
        found[begin - first : end - first] = [ends[0], *inner, *ends[1:]]
    return found


#: The place of a word that stands in no line.
_NOWHERE = "?|?|?|?"
