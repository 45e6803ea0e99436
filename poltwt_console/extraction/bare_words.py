"""Twitter handles without a sign: beside a word for "account", in quotation marks, or by their shape."""

from __future__ import annotations

import re
from collections.abc import Iterator

from poltwt_console.extraction.handle_forms import LOOKS
from poltwt_console.extraction.hints import take_hints
from poltwt_console.extraction.lexicon import Words
from poltwt_console.extraction.mention import (
    ALSO_IN_HANDLES,
    BASE_SCORE,
    BESIDE_SIGNED,
    BY_LETTERS,
    BY_SHAPE,
    CAMEL,
    OWN_HANDLES,
    RANK,
    WRITTEN,
    Mention,
    is_handle,
    looks_like_handle,
)
from poltwt_console.extraction.view import Line, Origin, Passage

_BARE = re.compile(
    # Hebrew and Arabic write what stands before a name onto it, with a line: "מ-taipei_pd".
    rf"(?:(?<![\w@./:#&?=%\-{LOOKS}])|(?<=[\u0590-\u06ff]-))(?<!\w')([A-Za-z0-9_]{{3,15}})"
    rf"(?![\w@/=&\-{LOOKS}]|\.\w|:\w|'\w)",
    re.ASCII,
)
_LATIN = re.compile(r"[A-Za-z]")


def find_bare(passage: Passage, signed: bool, own: frozenset[str] = OWN_HANDLES) -> Iterator[Mention]:
    """Handles without a sign, beside a word for "account" or by their shape: "推特帳號taipei", "add TampaPD".

    ``signed``: others stand in the mail with their sign.  Of the bare ones only those bear no hint then that
    are enclosed, have an inner line, or are long with an inner capital and beside such a word.
    """
    above = None
    for line in passage.lines:
        yield from _bare_in_line(passage, line, above, own, signed)
        above = line


def _is_foreign(text: str) -> bool:
    """Whether most letters of a text are no Latin ones."""
    if text.isascii():
        return False
    latin = len(_LATIN.findall(text))
    return sum(map(str.isalpha, text)) > 2 * latin


def _is_shaped(word: str) -> bool:
    return len(word) > 5 and ("_" in word.strip("_") or CAMEL.search(word) is not None)


#: Meanings of phrases such as "we tweet as" and "find me under".
_SPEAKING = frozenset({"mine", "ours"})


_ORDINAL = re.compile(r"\d{1,4}(?:st|nd|rd|th)", re.IGNORECASE)
#: "McDonald", "DeKalb", "iPhone": an inner capital as names of people, places and things have it.
_NAMELIKE = re.compile(
    r"(?:Ma?c|De|Di|Du|La|Le|Van|Von|Fitz|O)[A-Z][a-z]{1,12}|i[A-Z]\w{1,14}|[A-Z]{2,14}s", re.ASCII
)
#: A word of more letters may be a handle though it looks like any word.
_LETTERED = 5


def _bare_in_line(
    passage: Passage, line: Line, above: Line | None, own: frozenset[str], signed: bool
) -> Iterator[Mention]:
    words = passage.words
    content = passage.text[line.start : line.end]
    # What is said at the end of the line above speaks of the first words of this one.
    first = max(above.first, line.first - _FROM_ABOVE) if above is not None else line.first
    senses = words.senses[first : line.last]
    cues = [first + i for i, said in enumerate(senses) if "label.handle" in said]
    speaking = [first + i for i, said in enumerate(senses) if not _SPEAKING.isdisjoint(said)]
    alone = not cues and _alone(passage, line)
    # In a file the columns tell: where they are not understood, a person says which they are.
    prose = line.origin in _PROSE
    shapes = prose and (_STRIKING.search(content) is not None or _sounds_police(content))
    if not cues and not speaking and not alone and not shapes and _QUOTE.search(content) is None:
        return
    foreign = _is_foreign(passage.text[above.start if above is not None else line.start : line.end])
    for match in _BARE.finditer(content):
        word = match.group(1)
        if not foreign and len(word) <= _LETTERED and word.isalpha() and word.islower():
            continue  # as most words are: neither striking nor lettered
        place = words.index(line.start + match.start())
        if word.lower() in own or not _may_be_bare(word, content[: match.start()], words, place):
            continue
        near = any(-3 <= place - cue <= 6 for cue in cues)
        spoken = any(0 < place - cue <= 4 for cue in speaking)
        shaped = _is_shaped(word)
        enclosed = _is_enclosed(content, match.start(), match.end())
        if not enclosed and _is_cell(content, match.start(), match.end()):
            continue
        told = near or (spoken and shaped) or enclosed or alone
        striking = looks_like_handle(word) or (foreign and near and len(word) > 3)
        lettered = not striking and _may_be_lettered(words, place, word, near or spoken or foreign)
        by_shape = prose and (shaped or lettered)
        if not (told and (striking or lettered)) and not by_shape:
            continue
        if not enclosed and _names_other(word, words):
            continue
        start = line.start + match.start()
        score = BASE_SCORE["bare word"] + RANK[line.origin]
        mention = Mention(word, passage, start, start + len(word), "bare word", line.origin, score)
        take_hints(mention, -1, len(passage.text))
        if enclosed:
            mention.hints.add("enclosed")
        if not told:
            mention.hints.add(BY_SHAPE)
        # Beside "our account is" a Latin word among other letters is surely the account.
        sure = shaped or enclosed or (near and foreign)
        if not sure and (lettered or signed):
            mention.hints.add(BY_LETTERS)
        if signed and not enclosed and not (shaped and (told or "_" in word.strip("_"))):
            mention.hints.add(BESIDE_SIGNED)
        yield mention


def _may_be_bare(word: str, before: str, words: Words, place: int) -> bool:
    """Whether a word may be a handle at all, by its letters, the text before it and its meaning."""
    if not is_handle(word) or word.isdigit() or _ORDINAL.fullmatch(word):
        return False
    if words.spelling.twitter.match(word):
        return False
    if _PREFIXED.fullmatch(word) and not before.rstrip().endswith((":", "：", "=")):
        return False
    return "label.handle" not in words.senses[min(place, len(words) - 1)]


#: Where people write sentences.
_PROSE = frozenset({Origin.BODY, Origin.FORWARDED, Origin.SUBJECT, Origin.QUOTED})
#: How many words of the line above are looked at.
_FROM_ABOVE = 6


def _may_be_lettered(words: Words, place: int, word: str, told: bool) -> bool:
    """Whether a plain word that stands only once may be a handle: a long unknown one where it is told,
    else one that sounds of police, "inarinpoliisi".
    """
    if len(word) <= _LETTERED or place >= len(words) or not words.senses[place] <= ALSO_IN_HANDLES:
        return False
    unknown = told and "police" not in words.senses[place]
    named = unknown or (word.islower() and _sounds_police(word))
    return named and words.forms.count(words.forms[place]) == 1


def _sounds_police(text: str) -> bool:
    return _POLICE_INSIDE.search(text) is not None


#: Behind other letters, as a town's name stands before it.
_POLICE_INSIDE = re.compile(
    r"[a-z]{2}_?(?:(?<!metro)(?<!cosmo)(?<!kosmo)(?<!geo)(?<!mono)poli[cstz]|gendarm|sheriff|garda|logregl|rendor"
    r"|konstab|konstaa|constab|militsi|cops|emniyet|jandarma|udaltz)",
)


def _names_other(word: str, words: Words) -> bool:
    """Whether a word is another network or a program, or has the inner capital of a person or place."""
    return any(names.fullmatch(word) is not None for names in (_NAMELIKE, words.spelling.networks, _BRANDS))


#: What people tweet with and write on.
_BRANDS = re.compile(
    "blackberry|tweetdeck|hootsuite|powerpoint|wordpress|javascript|openoffice|libreoffice|sharepoint|"
    "groupwise|fedex|paypal|postbox|bitcoin|whatsapp|webmail|nimbuzz|symbian|playstation",
    re.IGNORECASE,
)


#: "kuNovemba", "yakwaTwitter", "nGaillimh": a name with what Zulu, Xhosa or Irish grammar puts before it.
_PREFIXED = re.compile("[a-z]{1,6}[A-Z][a-z]+")
_QUOTES = "\"“”„«»‹›「」『』‚‘’'"
_QUOTE = re.compile(rf"[{_QUOTES[:-1]}]|(?<!\w)'")
#: What a line must hold for one of its words to have the shape of a handle.
_STRIKING = re.compile(rf"{_QUOTE.pattern}|_|{CAMEL.pattern}")


def _is_enclosed(text: str, start: int, end: int) -> bool:
    """Whether a word stands in quotation marks by itself, «PoliceThies», and is no cell of a list."""
    before, behind = text[max(start - 3, 0) : start], text[end : end + 4]
    before, behind = before.removesuffix(" "), behind.removeprefix(" ")  # a blank may stand inside the marks
    if not before or not behind or before[-1] not in _QUOTES or behind[0] not in _QUOTES:
        return False
    return before[-2:-1] not in _CELLS and (behind[1:2] not in _CELLS or behind[2:3] in ("", " "))


def _is_cell(text: str, start: int, end: int) -> bool:
    """Whether a word fills a cell in quotation marks: its column says what it is."""
    return text[max(start - 1, 0) : start] == '"' == text[end : end + 1]


#: What parts the cells of a list that was pasted into a mail.
_CELLS = (",", ";", "\t")


_LINED = re.compile(r"[A-Za-z0-9]{2,12}_[A-Za-z0-9_]{1,12}")


def _alone(passage: Passage, line: Line) -> bool:
    """Whether a line is only a word that looks like a handle: "SeattlePD", "gdansk_112"."""
    word = passage.text[line.start : line.end]
    if _LINED.fullmatch(word) is not None:
        return True
    return line.origin in _BY_HAND and len(word) > 4 and is_handle(word) and looks_like_handle(word)


_BY_HAND = WRITTEN | {Origin.QUOTED}
