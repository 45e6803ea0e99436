"""The forms in which people write a Twitter handle, and where a text has one.

``@name`` (full-width at sign, a space after it, the sign behind the name in right-to-left text, the sign
written out), profile, status and intent addresses, link targets behind redirects, "Twitter/name" and
"t: name" in signatures, a label with a bare word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from urllib.parse import unquote

from poltwt_console.domain.message import Link
from poltwt_console.extraction.labels import Labelled
from poltwt_console.extraction.mention import ALSO_IN_HANDLES, is_handle, looks_like_handle
from poltwt_console.extraction.sentences import sentence_around
from poltwt_console.extraction.spelling import Spelling
from poltwt_console.extraction.view import Passage

#: A handle where it stands: start, end, the handle, by which rule.
Found = tuple[int, int, str, str]

#: Letters of other alphabets that look like Latin ones, and those; signs that nobody sees.
LOOKS = "АВЕКМНОРСТУХІЈЅаеорсухіјѕһԁԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧανορτυχικ"
_LATIN_LOOKS = "ABEKMHOPCTYXIJSaeopcyxijshdqwABEZHIKMNOPTYXavoptuxik"
_LOOK_ALIKES = str.maketrans(LOOKS, _LATIN_LOOKS)
_INVISIBLE = "\u00ad\u200b-\u200f\u2060\ufeff"
#: How a handle goes on behind such a letter or sign.
_REST = re.compile(
    rf"(?=[\\{_INVISIBLE}{LOOKS}])(?:[{_INVISIBLE}]{{0,3}}(?:[A-Za-z0-9_]|\\_|[{LOOKS}])){{1,40}}(?!\w)"
)
_UNWRITTEN = re.compile(rf"[\\{_INVISIBLE}]")

_HOST = r"(?:(?:www|mobile|m)\.)?(?:twitter|x)\.com"
#: A handle; Markdown writes a backslash before its lines: "riverton\_pd".
_NAME = r"((?:\w|\\_){1,40})"
_URL = re.compile(
    rf"(?<![\w.@\-])(?:https?:/{{1,3}})?{_HOST}\s?/\s?(?:#(?:!|%21)/|intent/(?:user|follow)/?\?(?:[\w=&%]{{0,80}}&)?screen_name=)?@{{0,2}}{_NAME}",
    re.IGNORECASE | re.ASCII,
)
#: The same inside another address.
_URL_INSIDE = re.compile(rf"{_HOST}/(?:#!/)?@{{0,2}}(\w{{1,40}})", re.IGNORECASE | re.ASCII)
#: What mail programs leave invisibly beside a sign.
_UNSEEN = "[\u00a0\u200b-\u200f\u2060\ufeff]{0,3}"
_AT = re.compile(
    rf"(?<![\w!#$%&.+/@＠\-])[@＠]{_UNSEEN}\s?{_UNSEEN}([{LOOKS}]{{0,3}}(?:\w|\\_){{1,40}})(?!\w)", re.ASCII
)
#: Written twice, or between the signs of a text that is to be slanted or bold: "@@name", "_@name_".
_MARKED = re.compile(r"(?<![\w.@])(?:@|[_*]{1,3})@(\w{2,14}[A-Za-z0-9])(?=[_*]{0,3}(?:[^\w@]|$))", re.ASCII)
#: Behind what Zulu, Xhosa or Shona grammar puts before it, "ngu-@name", "ndi@Name", or dots that lead to it.
_GLUED = re.compile(
    r"(?:(?<![\w!#$%&.+/@＠\-])(?:[^\W\d_]{1,6}-(?=[@＠])|[a-z]{1,3}(?=[@＠]\w{0,14}[A-Z]))|\.{2})"
    r"[@＠](\w{3,15})(?!\w)"
)
#: Right behind the end of a sentence: "Count us in!@name"; the mail address "what!@name.example" goes on.
_EXCLAIMED = re.compile(r"(?<=[^\W\d_]{2}!)[@＠](\w{4,15})(?!\w|\.\w)")
_AT_SPACE = re.compile(r"(?:(?<=\s)|^)[@＠]\s{1,2}(\w{3,15})(?!\w)", re.ASCII)
#: An address inside another one, as mail gateways rewrite links.
_ENCODED = re.compile(r"(?:twitter|x)\.com%2F(?:%23!?%2F|%40)?(\w{1,40})", re.IGNORECASE | re.ASCII)
#: "t: name" between other such letters.
_INITIAL = re.compile(r"(?<![^\s|•·,;/])t\s?:\s?(\w{3,15})(?=\s{0,3}(?:$|[|,;•·/\n])|\s{2})", re.I | re.A)
_TRAILING = re.compile(r"(?<![\w.@+\-])(\w{3,15})@(?![\w.@])", re.ASCII)
_MAIL_TAIL = re.compile(r"[.@]\w{2,}|-\w", re.ASCII)
#: What Turkic, Greenlandic or Finnish grammar writes behind a name: "@BakuPolis-dur", "@politiGL-imik".
_SUFFIX = re.compile(r"-[^\W\d_]{1,9}(?![\w@./-]|\.\w)")
#: A word that goes on with such a letter is no handle (twitter-text, conformance tests).
_ACCENTED = re.compile("[\u00c0-\u024f\u1e00-\u1eff]")


class Form:
    """A form of handles: a pattern whose first group is the name, and the rule that it goes by.

    ``sign`` is what a folded text must hold for the pattern to fit in it: it is found quickly.
    ``shaped``: only a word counts that looks like a handle; ``unknown``: only one that means nothing;
    ``glued``: what stands before the sign is no part of what is marked.
    """

    # No dataclass: theirs is never compiled, and every text is gone through for each form.
    def __init__(
        self,
        sign: re.Pattern[str],
        pattern: re.Pattern[str],
        rule: str,
        *,
        shaped: bool = False,
        unknown: bool = False,
        glued: bool = False,
    ) -> None:
        self.sign = sign
        self.pattern = pattern
        self.rule = rule
        self.shaped = shaped
        self.unknown = unknown
        self.glued = glued


@lru_cache(maxsize=4)
def forms_of(spelling: Spelling) -> tuple[Form, ...]:
    """All forms in the order of their trust, the sign written out last: few texts hold it."""
    twitter = spelling.twitter_name
    said = rf"\s{{1,3}}(?:{spelling.dot})\s{{1,3}}com\s{{1,3}}(?:{spelling.slash})\s{{1,3}}"
    spelt = re.compile(rf"(?<!\w)twitter{said}(\w{{1,15}})(?!\w)", re.IGNORECASE | re.ASCII)
    # "Twitter/name" as people write it in a signature, whatever the name looks like.
    slashed = re.compile(
        rf"(?<!\w)(?:{twitter})\s?/\s?([a-z]\w{{4,14}})(?=\s{{0,3}}(?:$|[|,;•·\n])|\s{{2}})",
        re.IGNORECASE | re.ASCII,
    )
    # As in "riverton_pd (Twitter)" and "riverton_pd (on Twitter)".
    remarked = re.compile(
        rf"(?<![\w@./:+\-])(\w{{3,15}})\s?\((?:[^\W\d_]{{1,8}}\s)?(?:{twitter}|tweet)\)", re.IGNORECASE
    )
    at_said = re.compile(
        rf"(?<!\w)(?:{spelling.at_sign})\s{{0,2}}[\"“„«]?\s?([A-Za-z0-9_]{{2,15}})(?![A-Za-z0-9_])",
        re.IGNORECASE,
    )
    return (
        Form(re.compile(r"\.com"), _URL, "address"),
        Form(spelling.slash_seen, spelt, "address"),
        Form(re.compile("com%2f"), _ENCODED, "address"),
        Form(re.compile("@"), _AT, "@"),
        Form(re.compile(r"@\s"), _AT_SPACE, "@"),
        Form(re.compile("[@_*]@"), _MARKED, "@"),
        Form(re.compile("@"), _GLUED, "@", glued=True),
        Form(re.compile("!@"), _EXCLAIMED, "@"),
        Form(re.compile(r"@(?![\w.@])", re.ASCII), _TRAILING, "@ behind"),
        Form(re.compile(r"r\s?/"), slashed, "label", unknown=True),
        Form(re.compile(r"t\s?:"), _INITIAL, "label", shaped=True),
        Form(re.compile(r"[rtр]\)"), remarked, "label", shaped=True),
        Form(spelling.at_sign_seen, at_said, "sign said", shaped=True),
    )


def find_written(passage: Passage) -> Iterator[Found]:
    """The handles that are written out, form by form; one may be found in several."""
    text, read = passage.text, passage.words
    forms = forms_of(read.spelling)
    if read.spelling.at_sign_words.isdisjoint(read.forms):
        forms = forms[:-1]
    first, last = passage.extent
    for form in forms:
        if form.sign.search(read.folded, first, last) is None:
            continue
        for match in form.pattern.finditer(text, first, last):
            _, end, handle = respelled(text, *match.span(1))
            if (
                form.rule != "address"
                and _MAIL_TAIL.match(text, end)
                and not _ends_sentence(text, end)
                and not _has_suffix(handle, text, end)
            ):
                continue
            if _ACCENTED.match(text, end) or not is_handle(handle):
                continue
            name = match.start(1)
            if form.shaped and not looks_like_handle(handle):
                continue
            if form.unknown and _is_known(passage, name):
                continue
            apart = form.rule == "@" and text[match.start() + 1 : match.start() + 2] in (" ", "\t", "\n")
            if apart and _is_no_account(passage, name, handle):
                continue
            start = name if form.rule in _NAME_ALONE else name - 1 if form.glued else match.start()
            yield start, max(end, match.end()), handle, form.rule


def respelled(text: str, start: int, end: int) -> tuple[int, int, str]:
    """A handle with all of its letters, some of which stand there: (start, end, in plain Latin letters)."""
    while start > 0 and text[start - 1] in LOOKS:
        start -= 1
    rest = _REST.match(text, end)
    if rest is not None:
        end = rest.end()
    return start, end, _UNWRITTEN.sub("", text[start:end]).translate(_LOOK_ALIKES)


#: Rules whose sign is no part of what is marked.
_NAME_ALONE = ("@ behind", "sign said", "label")


def _is_no_account(passage: Passage, position: int, word: str) -> bool:
    """Whether a word apart from its sign is no account: "call @ Fri Oct 18", "all before the @ of ..."."""
    if len(word) < 3 or word.lower() in passage.words.spelling.no_handle:
        return True
    if looks_like_handle(word):
        return False
    sentence = sentence_around(passage.text, position, position + len(word))
    return _is_known(passage, position) or (
        word.islower() and passage.words.spelling.mail.search(passage.text, *sentence) is not None
    )


def _is_known(passage: Passage, position: int) -> bool:
    """Whether a word is another network's name, or one of a language: "Twitter/Facebook", "Twitter/Team"."""
    read = passage.words
    place = read.index(position)
    word = passage.text[read.starts[place] : read.ends[place]]
    return not read.senses[place] <= ALSO_IN_HANDLES or read.spelling.networks.fullmatch(word) is not None


def _ends_sentence(text: str, position: int) -> bool:
    """Whether ``.Xyz`` behind a handle is a new sentence glued on, not a host name."""
    return text[position : position + 1] == "." and text[position + 1 : position + 2].isupper()


def _has_suffix(handle: str, text: str, position: int) -> bool:
    """Whether a case ending is written behind a name, which its capitals or its line tell from a host's."""
    suffix = _SUFFIX.match(text, position)
    return suffix is not None and suffix.group().islower() and looks_like_handle(handle)


def find_linked(passage: Passage) -> Iterator[Found]:
    """The handles that a link leads to, whatever it shows; three times unwrapped from redirects."""
    first, last = passage.extent
    for link in passage.links:
        if not first <= link.start <= last or _is_struck(link, passage):
            continue
        target = link.target[:600]
        for _ in range(3):
            match = _URL.search(target)
            if match or "%" not in target:
                break
            target = unquote(target)
        match = _URL.search(target) or _URL_INSIDE.search(target)
        if match and is_handle(match.group(1)):
            yield link.start, link.end, match.group(1), "link"


def _is_struck(link: Link, passage: Passage) -> bool:
    return any(start <= link.start < end for start, end in passage.part.struck)


def find_under_labels(labelled: Sequence[Labelled]) -> Iterator[Found]:
    """The bare words that a label or a column's head says are handles."""
    for value in labelled:
        if value.field != "handle":
            continue
        text = _ASIDE.split(value.value, maxsplit=1)[0]
        if "@" in text or "＠" in text or "/" in text:
            continue
        match = _VALUE.match(text)
        if match is None:
            continue
        start, end, handle = respelled(text, *match.span(1))
        plain, spelling = text.replace(text[start:end], handle), value.passage.words.spelling
        if is_handle(handle) and _plausible(handle, plain, spelling):
            yield value.start + start, value.start + end, handle, value.rule


_LATIN = re.compile("[A-Za-z]")
_VALUE = re.compile(r"\W{0,3}([A-Za-z0-9_]{1,15})(?![\w@]|\.\w)", re.ASCII)
#: Where a value goes on with something else: "RivertonPD (not @RivertonFD)".
_ASIDE = re.compile(r"\s[(（\[]")


def _plausible(word: str, value: str, spelling: Spelling) -> bool:
    """A bare word under a handle's label is a handle unless it says "none" or begins a sentence."""
    if word.lower() in spelling.no_handle:
        return False
    rest = value.strip()[len(word) :].strip(" .,;()")
    return not rest or looks_like_handle(word, 1) or not _LATIN.search(rest) or rest[:1] in "(,-–"
