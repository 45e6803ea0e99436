"""Twitter handles in every form people write them, and those that are not meant.

A handle is 1 to 15 of ``[A-Za-z0-9_]`` (twitter-text, src/regexp; the limit of 15 is Twitter's).
Forms: ``@name`` (full-width at sign, a space after it, the sign behind the name in right-to-left
text, the sign written out), profile, status and intent addresses, link targets behind redirects, a
label with a bare word, a bare word that looks like a handle in quotation marks or beside a word for
"account".  Not handles: mail addresses, hashtags, other networks' names, reserved paths, the
organiser's own, and those that the words beside them exclude ("not @x", "formerly @x").
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote

from poltwt_console.domain.message import Link
from poltwt_console.extraction.labels import Labelled
from poltwt_console.extraction.lexicon import Words
from poltwt_console.extraction.text import IDEOGRAPH, STOPS, fold, words
from poltwt_console.extraction.view import Line, Origin, Passage

#: twitter.com/<path> that is no profile (Twitter's non_username_paths, gist.github.com/episod/1184914).
RESERVED = frozenset(
    [
        "home",
        "i",
        "search",
        "hashtag",
        "intent",
        "share",
        "settings",
        "explore",
        "compose",
        "messages",
        "notifications",
        "login",
        "about",
        "tos",
        "privacy",
        "signup",
        "download",
        "jobs",
        "help",
        "logout",
        "account",
        "accounts",
        "who_to_follow",
        "statuses",
        "status",
        "oauth",
        "widgets",
        "en",
    ]
)
#: The event's own accounts: they stand in every call and answer.
OWN_HANDLES = frozenset({"poltwt", "lawscomm"})

#: Letters of other alphabets that look like Latin ones, and those; signs that nobody sees.
_LOOKS = "АВЕКМНОРСТУХІЈЅаеорсухіјѕһԁԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧανορτυχικ"
_LATIN_LOOKS = "ABEKMHOPCTYXIJSaeopcyxijshdqwABEZHIKMNOPTYXavoptuxik"
_LOOK_ALIKES = str.maketrans(_LOOKS, _LATIN_LOOKS)
_INVISIBLE = "\u00ad\u200b-\u200f\u2060\ufeff"
#: How a handle goes on behind such a letter or sign.
_REST = re.compile(
    rf"(?=[\\{_INVISIBLE}{_LOOKS}])(?:[{_INVISIBLE}]{{0,3}}(?:[A-Za-z0-9_]|\\_|[{_LOOKS}])){{1,40}}(?!\w)"
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
_SPELT = re.compile(
    r"(?<!\w)twitter\s{1,3}(?:dot|punkt|punto|point|ponto)\s{1,3}com\s{1,3}(?:slash|schrägstrich|barra)\s{1,3}(\w{1,15})(?!\w)",
    re.I | re.A,
)
#: What mail programs leave invisibly beside a sign.
_UNSEEN = "[\u00a0\u200b-\u200f\u2060\ufeff]{0,3}"
_AT = re.compile(
    rf"(?<![\w!#$%&.+/@＠\-])[@＠]{_UNSEEN}\s?{_UNSEEN}([{_LOOKS}]{{0,3}}(?:\w|\\_){{1,40}})(?!\w)", re.ASCII
)
_LONG = re.compile(r"(?<![\w.+\-@/])[@＠](\w{16,40})(?!\w)", re.ASCII)
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
#: What the sign is called where it is written out: "chiocciola QuesturaNuoro".
_SIGN_NAMES = (
    "at sign", "chiocciola", "arroba", "arrova", "arobase", "arrobase", "klammeraffe", "at zeichen",
    "apenstaartje", "małpa", "małpka", "zavináč", "kukac", "snabel a", "snabel-a", "krøllalfa",
    "ät-merkki", "miukumauku", "собака", "собачка", "маймунско а", "кльомба", "равлик", "afna", "мајмунче",
    "παπάκι", "kuyruklu a", "שטרודל", "アットマーク", "골뱅이", "a còng", "et zīme",
)  # fmt: skip
_SIGN_SAID = re.compile(
    rf"(?<!\w)(?:{'|'.join(map(re.escape, _SIGN_NAMES))})"
    r"\s{0,2}[\"“„«]?\s?([A-Za-z0-9_]{2,15})(?![A-Za-z0-9_])",
    re.IGNORECASE,
)
#: "Twitter/name" as people write it in a signature, whatever the name looks like.
_SLASHED = re.compile(
    r"(?<!\w)(?:twitter|твиттер)\s?/\s?([a-z]\w{4,14})(?=\s{0,3}(?:$|[|,;•·\n])|\s{2})", re.I | re.A
)
#: "t: name" between other such letters, and "name (Twitter)".
_INITIAL = re.compile(r"(?<![^\s|•·,;/])t\s?:\s?(\w{3,15})(?=\s{0,3}(?:$|[|,;•·/\n])|\s{2})", re.I | re.A)
_REMARKED = re.compile(
    r"(?<![\w@./:+\-])(\w{3,15})\s?\((?:[^\W\d_]{1,8}\s)?(?:twitter|tweet|твиттер|твіттер|туитър)\)", re.I
)
_TRAILING = re.compile(r"(?<![\w.@+\-])(\w{3,15})@(?![\w.@])", re.ASCII)
_BARE = re.compile(
    # Hebrew and Arabic write what stands before a name onto it, with a line: "מ-taipei_pd".
    rf"(?:(?<![\w@./:#&?=%\-{_LOOKS}])|(?<=[\u0590-\u06ff]-))(?<!\w')([A-Za-z0-9_]{{3,15}})"
    rf"(?![\w@/=&\-{_LOOKS}]|\.\w|:\w|'\w)",
    re.ASCII,
)
_MAIL_TAIL = re.compile(r"[.@]\w{2,}|-\w", re.ASCII)
#: What Turkic, Greenlandic or Finnish grammar writes behind a name: "@BakuPolis-dur", "@politiGL-imik".
_SUFFIX = re.compile(r"-[^\W\d_]{1,9}(?![\w@./-]|\.\w)")
_LATIN = re.compile(r"[A-Za-z]")
#: A word that goes on with such a letter is no handle (twitter-text, conformance tests).
_ACCENTED = re.compile("[\u00c0-\u024f\u1e00-\u1eff]")
_CAMEL = re.compile(r"[a-z][A-Z]|[A-Z]{2}[a-z]{2}")
_NETWORKS = re.compile(
    r"(?<!\w)(?:facebook|fb|insta(?:gram)?|ig|youtube|linkedin|weibo|微博|wechat|微信|vk|vkontakte|вконтакте|вк|telegram|"
    r"tiktok|snapchat|google\+?|mastodon|bluesky|threads|line|pinterest|flickr|skype|whatsapp|nixle|soundcloud|vine|tumblr|periscope|"
    r"фейсбук|инстаграм|انستغرام|إنستغرام|فيسبوك|سناب|インスタ|フェイスブック|페이스북|인스타그램|viber|kakao\w*|카카오\w*|zalo|orkut|myspace|xing|ameba|blog)(?!\w)",
    re.IGNORECASE,
)
#: Words for mail and mail addresses, whatever grammar writes onto them.
MAIL_WORD = re.compile(
    r"(?:e-?)?mail|mejl|почт|пошт|poczt|pošt|sähköposti|skeyti|correo|corréu|courriel|netfang|ríomhphost|e-?post|"
    r"بريد|ایمیل|رایانامه|איימייל|מייל|ईमेल|อีเมล|邮箱|郵箱|邮件|郵件|信箱|メール|메일",
    re.IGNORECASE,
)
#: What stands right before an example: "Example: @anytownpd".
_EXAMPLE = re.compile(
    r"(?<!\w)(?:examples?|for instance|e\.\s?g\.|beispiel|z\.\s?b\.|exemples?|p\.\s?ex\.|ejemplo|p\.\s?ej\.|"
    r"exemplo|esempio|es\.|voorbeeld|bijv\.|eksempel|exempel|t\.\s?ex\.|esimerkki|esim\.|příklad|např\.|"
    r"príklad|napr\.|przykład|np\.|példa|pl\.|exemplu|пример|например|приклад|наприклад|przykładowo|"
    r"primjer|npr\.|παράδειγμα|π\.χ\.|örnek|örn\.|مثال|مثلا|דוגמה|לדוגמה|उदाहरण|ตัวอย่าง|例|例如|"
    r"예(?=[:：])|예시|contoh|ví dụ|mfano)[:：]?\s{0,3}$",
    re.IGNORECASE,
)
TWITTER = re.compile(
    r"(?<!\w)tw(?=:)|twit|tweet|твит|твіт|туит|推特|ツイ|트위|تويت|توی|טוויט|ट्विट|ट्वीट|ทวิต", re.IGNORECASE
)
_AND = r"\s(?:and|und|et|y|e|и|і|ve)\s"
#: "Twitter / Facebook: @name": the first of two that share a colon.
_TWITTER_AND = re.compile(rf"(?:{TWITTER.pattern})[^\W\d_]{{0,6}}(?:\s?[/&+]\s?|{_AND})$", re.IGNORECASE)
#: What parts networks that share a colon.
_SHARED = re.compile(rf"\s?[/&+,]\s?|{_AND}", re.IGNORECASE)
#: A network with a name or address of its own: "facebook.com/riverton | @RivertonPD".
_OWN_VALUE = re.compile(r"(?:\.\w{2,3})?\s?(?:/|[:：]\s{0,2})[\w.\-]{2,60}\s{0,3}[|,;/·•\t]", re.ASCII)
#: "@name on Facebook", "@name (Instagram)", but not "@name, Facebook: name".
_ON_NETWORK = re.compile(
    rf"(?:\s?[(（]\s?|\s(?:on|auf|bei|sur|en|op|no|su|na|in|w|på|в|у|στο)\s)(?:{_NETWORKS.pattern})(?!\s?[:：/&+.]|{_AND})",
    re.IGNORECASE,
)
#: Where a clause ends: words beyond it do not speak of the handle.
_CLAUSE = re.compile(rf"[{STOPS};:；]\s|\n\s{{0,8}}\n|\n\s{{0,8}}[-*•–]|[。！？；]|,\s|،|\s[–—-]\s|[()（）]")
#: Where a sentence ends.  It begins with one set of signs: that is found in a third of the time.
_SENTENCE = re.compile(rf"[{STOPS}\n](?:(?<=[^\n])\s|(?<=\n)(?:\s{{0,8}}\n|\s{{0,8}}[-*•–])|(?<=[。！？]))")
_ARROW = re.compile(r"-{1,2}>|=>|→|➔|⇒|»|>")
#: The hint of a handle that is not written in plain Latin letters: one that looks alike is another account.
RESPELLED = "respelled"
#: And of one behind which a word for police stands that may belong to it.
SPACED = "spaced"
#: And of one in an attached list whose name says that it is an earlier one.
EARLIER = "earlier list"
#: Where people write what they mean, as against signatures and headers.
WRITTEN = frozenset({Origin.BODY, Origin.FORWARDED, Origin.ATTACHMENT})


#: A handle where it stands: start, end, the handle, by which rule.
Found = tuple[int, int, str, str]


@dataclass(slots=True, eq=False)
class Mention:
    """A handle as written, ``passage.text[start:end]``; ``excluded`` says why it is certainly not meant."""

    handle: str
    passage: Passage
    start: int
    end: int
    rule: str
    origin: Origin
    score: int
    excluded: str = ""
    hints: set[str] = field(default_factory=set)
    key: str = field(init=False)  # equal for all spellings of one handle

    def __post_init__(self) -> None:
        self.key = self.handle.casefold()


#: Nothing but lines is a blank to be filled in: "Twitter: @______".
_WHOLE = re.compile(r"(?=_{0,14}[A-Za-z0-9])[A-Za-z0-9_]{1,15}")


def find_overlong(passages: Iterable[Passage]) -> str:
    """What is written as a handle and is too long for one; "" if nothing is."""
    found = (_LONG.search(passage.text) for passage in passages)
    return next((match.group(1) for match in found if match is not None), "")


def is_handle(text: str) -> bool:
    """Whether a text has the shape of a handle and is no reserved word."""
    return _WHOLE.fullmatch(text) is not None and text.lower() not in RESERVED


BASE_SCORE = {
    "table": 100,
    "label": 95,
    "@": 80,
    "address": 80,
    "link": 60,
    "@ behind": 75,
    "sign said": 75,
    "bare word": 50,
    "mail address": 50,
}
RANK = {
    Origin.BODY: 0,
    Origin.ATTACHMENT: 0,
    Origin.FORWARDED: 0,
    Origin.SIGNATURE: -20,
    Origin.SUBJECT: -25,
    Origin.SENDER: -40,
    Origin.QUOTED: -60,
}


def find_mentions(
    passage: Passage, labelled: Sequence[Labelled], own: frozenset[str] = OWN_HANDLES
) -> list[Mention]:
    """All handles of a passage in order, excluded ones too, each place once."""
    mentions: list[Mention] = []
    starts: list[int] = []
    linked = list(_linked(passage))
    named = [found for found in _from_labels(labelled) if not _is_click_here(found, linked)]
    for start, end, handle, rule in [*named, *_written(passage), *linked]:
        line = passage.line_at(start)
        place = bisect_left(starts, start)
        if line is None or _is_there(mentions, place, start):
            continue
        mention = Mention(
            handle, passage, start, end, rule, line.origin, BASE_SCORE[rule] + RANK[line.origin]
        )
        if handle.lower() in own:
            mention.excluded = "the organiser's own"
        if rule == "@" and _goes_on(passage, start, end, handle):
            mention.hints.add(SPACED)
        if rule != "link" and handle not in passage.text[start:end].replace("\\", ""):
            mention.hints.add(RESPELLED)
        starts.insert(place, start)
        mentions.insert(place, mention)
    cells = sorted(
        (value.start, value.end) for value in labelled if value.rule == "table" or value.field == "handle"
    )
    for number, mention in enumerate(mentions):
        before = mentions[number - 1].end if number else -1
        after = mentions[number + 1].start if number + 1 < len(mentions) else len(passage.text)
        at = bisect_right(cells, (mention.start, len(passage.text))) - 1
        _weigh(mention, before, after, in_row=at >= 0 and mention.start < cells[at][1])
    return mentions


def _goes_on(passage: Passage, start: int, end: int, handle: str) -> bool:
    """Whether a plain word behind a sign may be cut at a space: "@York Police"."""
    text, read = passage.text, passage.words
    following = text[end + 1 : end + 2]
    if text[end : end + 1] != " " or not following.isupper() or looks_like_handle(handle):
        return False
    word = read.index(end + 1)
    return word < len(read) and text[start] in "@＠" and "police" in read.senses[word]


def _is_click_here(found: Found, linked: Sequence[Found]) -> bool:
    """Whether a plain word under a handle's label only shows a link to a profile: "follow"."""
    start, end, word, _ = found
    return not looks_like_handle(word) and any(
        first <= start and end <= last and handle.lower() != word.lower() for first, last, handle, _ in linked
    )


def _is_there(mentions: Sequence[Mention], place: int, start: int) -> bool:
    """Whether the mention before or at a place begins beside a position or holds it."""
    before = place > 0 and (mentions[place - 1].end > start or start - mentions[place - 1].start < 2)
    return before or (place < len(mentions) and mentions[place].start - start < 2)


#: (what a folded text must hold for the pattern to match, pattern, rule): sought by its first letter, quickly
_FORMS = (
    (re.compile(r"\.com"), _URL, "address"),
    (re.compile("slash|schragstrich|barra"), _SPELT, "address"),
    (re.compile("com%2f"), _ENCODED, "address"),
    (re.compile("@"), _AT, "@"),
    (re.compile(r"@\s"), _AT_SPACE, "@"),
    (re.compile("[@_*]@"), _MARKED, "@"),
    (re.compile("@"), _GLUED, "@"),
    (re.compile("!@"), _EXCLAIMED, "@"),
    (re.compile(r"@(?![\w.@])", re.ASCII), _TRAILING, "@ behind"),
    (re.compile(r"r\s?/"), _SLASHED, "label"),
    (re.compile(r"t\s?:"), _INITIAL, "label"),
    (re.compile(r"[rtр]\)"), _REMARKED, "label"),
)
#: Forms that only a word counts in which looks like a handle.
_SHAPED_ONLY = (_SIGN_SAID, _INITIAL, _REMARKED)
_SIGN_SEEN = re.compile("|".join(re.escape(fold(name)) for name in _SIGN_NAMES))
_SAID_FORMS = ((_SIGN_SEEN, _SIGN_SAID, "sign said"),)
#: A word of each; of Japanese ones, whose characters are words, the first.
_SAID_WORDS = frozenset(
    word[:1] if IDEOGRAPH.match(word) else word
    for word in (max(words(fold(name)), key=len) for name in _SIGN_NAMES)
)


def _written(passage: Passage) -> Iterator[Found]:
    text, folded = passage.text, passage.words.folded
    forms = _FORMS if _SAID_WORDS.isdisjoint(passage.words.forms) else _FORMS + _SAID_FORMS
    for first, last in _spans(passage):
        for sign, pattern, rule in forms:
            if sign.search(folded, first, last) is None:
                continue
            for match in pattern.finditer(text, first, last):
                _, end, handle = _respelled(text, *match.span(1))
                if (
                    rule != "address"
                    and _MAIL_TAIL.match(text, end)
                    and not _ends_sentence(text, end)
                    and not _has_suffix(handle, text, end)
                ):
                    continue
                if _ACCENTED.match(text, end):
                    continue
                apart = rule == "@" and text[match.start() + 1 : match.start() + 2] in (" ", "\t", "\n")
                nothing = apart and (len(handle) < 3 or handle.lower() in _NO_NAMES)
                nothing = nothing or (apart and _is_word_of_mail(passage, match.start(1), handle))
                nothing = nothing or (pattern in _SHAPED_ONLY and not looks_like_handle(handle))
                nothing = nothing or (pattern is _SLASHED and _is_known(passage, match.start(1)))
                if is_handle(handle) and not nothing:
                    start = match.start(1) if rule in _NAME_ALONE else match.start()
                    if pattern is _GLUED:
                        start = match.start(1) - 1
                    yield start, max(end, match.end()), handle, rule


def _respelled(text: str, start: int, end: int) -> tuple[int, int, str]:
    """A handle with all of its letters, some of which stand there: (start, end, in plain Latin letters)."""
    while start > 0 and text[start - 1] in _LOOKS:
        start -= 1
    rest = _REST.match(text, end)
    if rest is not None:
        end = rest.end()
    return start, end, _UNWRITTEN.sub("", text[start:end]).translate(_LOOK_ALIKES)


#: Rules whose sign is no part of what is marked.
_NAME_ALONE = ("@ behind", "sign said", "label")


def _is_word_of_mail(passage: Passage, position: int, word: str) -> bool:
    """Whether a word behind a sign is one of a sentence on mail: "the part before the @ of our address"."""
    if looks_like_handle(word):
        return False
    sentence = sentence_around(passage.text, position, position + len(word))
    return _is_known(passage, position) or (
        word.islower() and MAIL_WORD.search(passage.text, *sentence) is not None
    )


def _is_known(passage: Passage, position: int) -> bool:
    """Whether a word is another network's name, or one of a language: "Twitter/Facebook", "Twitter/Team"."""
    words = passage.words
    place = words.index(position)
    word = passage.text[words.starts[place] : words.ends[place]]
    return not words.senses[place] <= _ALSO_IN_HANDLES or _NETWORKS.fullmatch(word) is not None


def _ends_sentence(text: str, position: int) -> bool:
    """Whether ``.Xyz`` behind a handle is a new sentence glued on, not a host name."""
    return text[position : position + 1] == "." and text[position + 1 : position + 2].isupper()


def _has_suffix(handle: str, text: str, position: int) -> bool:
    """Whether a case ending is written behind a name, which its capitals or its line tell from a host's."""
    suffix = _SUFFIX.match(text, position)
    return suffix is not None and suffix.group().islower() and looks_like_handle(handle)


def _spans(passage: Passage) -> Iterator[tuple[int, int]]:
    if passage.lines:
        yield passage.lines[0].start, passage.lines[-1].end


def _linked(passage: Passage) -> Iterator[Found]:
    for first, last in _spans(passage):
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


def _from_labels(labelled: Sequence[Labelled]) -> Iterator[Found]:
    for value in labelled:
        if value.field != "handle":
            continue
        text = _ASIDE.split(value.value, maxsplit=1)[0]
        if "@" in text or "＠" in text or "/" in text:
            continue
        match = _VALUE.match(text)
        if match is None:
            continue
        start, end, handle = _respelled(text, *match.span(1))
        if is_handle(handle) and _plausible(handle, text.replace(text[start:end], handle)):
            yield value.start + start, value.start + end, handle, value.rule


_VALUE = re.compile(r"\W{0,3}([A-Za-z0-9_]{1,15})(?![\w@]|\.\w)", re.ASCII)
#: Where a value goes on with something else: "RivertonPD (not @RivertonFD)".
_ASIDE = re.compile(r"\s[(（\[]")
#: "Planning call @ Fri Oct 18": no Twitter name.
_DAYS = frozenset(
    [
        "mon",
        "tue",
        "wed",
        "thu",
        "fri",
        "sat",
        "sun",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "noon",
        "home",
        "work",
    ]
)
_NOTHING = frozenset(
    [
        "no",
        "none",
        "yes",
        "not",
        "n",
        "na",
        "nil",
        "null",
        "nem",
        "non",
        "nein",
        "nee",
        "ne",
        "nie",
        "nu",
        "nav",
        "nincs",
        "ingen",
        "inget",
        "yok",
        "tidak",
        "belum",
        "not_yet",
        "the",
        "our",
        "we",
        "is",
        "a",
        "an",
        "in",
        "on",
        "at",
        "to",
        "and",
        "via",
        "http",
        "https",
        "www",
        "twitter",
        "com",
        "tbd",
        "tba",
        "tbc",
        "unknown",
        "coming",
        "soon",
        "asap",
        "folgt",
        "pendiente",
        "pendente",
        "ditto",
        "idem",
        "pending",
        "later",
        "please",
        "see",
    ]
)

#: What "@ " before a word does not make a Twitter name of.
_NO_NAMES = _NOTHING | _DAYS


def _plausible(word: str, value: str) -> bool:
    """A bare word under a handle's label is a handle unless it says "none" or begins a sentence."""
    if word.lower() in _NOTHING:
        return False
    rest = value.strip()[len(word) :].strip(" .,;()")
    return not rest or looks_like_handle(word, 1) or not _LATIN.search(rest) or rest[:1] in "(,-–"


_MIXED = re.compile(r"[A-Za-z]\d|\d[A-Za-z]")


def looks_like_handle(word: str, least: int = 2) -> bool:
    """Whether a word stands out from prose: underscore, inner capital, letters with digits."""
    points = 3 * ("_" in word.strip("_")) + 2 * bool(_CAMEL.search(word))
    points += 2 * bool(_MIXED.search(word)) + (len(word) > 4 and word.isupper())
    return points >= least


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
    return len(word) > 5 and ("_" in word.strip("_") or _CAMEL.search(word) is not None)


#: Meanings of phrases such as "we tweet as" and "find me under".
_SPEAKING = frozenset({"mine", "ours"})


_ORDINAL = re.compile(r"\d{1,4}(?:st|nd|rd|th)", re.IGNORECASE)
#: "McDonald", "DeKalb", "iPhone": an inner capital as names of people, places and things have it.
_NAMELIKE = re.compile(
    r"(?:Ma?c|De|Di|Du|La|Le|Van|Von|Fitz|O)[A-Z][a-z]{1,12}|i[A-Z]\w{1,14}|[A-Z]{2,14}s", re.ASCII
)
#: The hint of a handle that only its shape tells.
BY_SHAPE = "by shape"
#: And of one that looks like any word, and counts only if its letters are those of the agency or a person.
BY_LETTERS, _LETTERED = "by letters", 5
#: And of one beside signed ones, who may well be all that are meant.
BESIDE_SIGNED = "beside signed"


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
        if not enclosed and _names_other(word):
            continue
        start = line.start + match.start()
        score = BASE_SCORE["bare word"] + RANK[line.origin]
        mention = Mention(word, passage, start, start + len(word), "bare word", line.origin, score)
        _weigh(mention, -1, len(passage.text))
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
    if not is_handle(word) or word.isdigit() or TWITTER.match(word) or _ORDINAL.fullmatch(word):
        return False
    if _PREFIXED.fullmatch(word) and not before.rstrip().endswith((":", "：", "=")):
        return False
    return "label.handle" not in words.senses[min(place, len(words) - 1)]


#: Where people write sentences.
_PROSE = frozenset({Origin.BODY, Origin.FORWARDED, Origin.SUBJECT, Origin.QUOTED})
#: How many words of the line above are looked at.
_FROM_ABOVE = 6


#: What a word of a handle may mean, and be no word of a sentence.
_ALSO_IN_HANDLES = frozenset({"police", "given_name"})


def _may_be_lettered(words: Words, place: int, word: str, told: bool) -> bool:
    """Whether a plain word that stands only once may be a handle: a long unknown one where it is told,
    else one that sounds of police, "inarinpoliisi".
    """
    if len(word) <= _LETTERED or place >= len(words) or not words.senses[place] <= _ALSO_IN_HANDLES:
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


def _names_other(word: str) -> bool:
    """Whether a word is another network or a program, or has the inner capital of a person or place."""
    return any(names.fullmatch(word) is not None for names in (_NAMELIKE, _NETWORKS, _BRANDS))


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
_STRIKING = re.compile(rf"{_QUOTE.pattern}|_|{_CAMEL.pattern}")


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


def _weigh(mention: Mention, before: int, after: int, in_row: bool = False) -> None:
    """Note what the words around a mention say of it; exclude it where they say it is not meant."""
    passage, text = mention.passage, mention.passage.text
    row = passage.line_at(mention.start) if in_row else None
    first, last = (row.start, row.end) if row is not None else (0, len(text))
    if row is not None:  # the rows above and below speak of others
        before = before if before > first else -1
        after = after if after < last else len(text)
    clause_start = _last_break(_CLAUSE, text, max(before, first, mention.start - 90), mention.start)
    clause_end = _first_break(_CLAUSE, text, mention.end, min(after, last, mention.end + 90))
    sentence_start = _last_break(_SENTENCE, text, max(before, first, mention.start - 250), mention.start)
    sentence_end = _first_break(_SENTENCE, text, mention.end, min(after, last, mention.end + 250))
    if mention.rule in ("@", "@ behind", "bare word") and _is_of_network(mention, before, after):
        mention.excluded = mention.excluded or "another network"
    if _EXAMPLE.search(text, max(before, mention.start - 24, 0), mention.start):
        mention.excluded = mention.excluded or "an example"
    wide = (
        3 if IDEOGRAPH.search(text, clause_start, clause_end) else 1
    )  # a character there is a third of a word
    before_words = senses_between(passage, clause_start, mention.start)[-5 * wide :]
    after_words = senses_between(passage, mention.end, clause_end)[: 6 * wide]
    word = passage.words.index(mention.start) - 1
    if word >= 0 and passage.words.starts[word] >= clause_start:
        said = passage.words.senses[word]
        if "negation" in said or "former" in said:
            mention.hints.add(SAID_NOT)
    around = senses_between(passage, sentence_start, mention.start)[-14 * wide :]
    around += senses_between(passage, mention.end, sentence_end)[: 12 * wide]
    mention.hints |= _AROUND & frozenset().union(*around)
    for meaning, reach in (("former", 4), ("negation", 4), ("others", 3), ("outsider", 4), ("remains", 5)):
        if any(meaning in senses for senses in before_words[-reach * wide :]):
            mention.hints.add(f"{meaning} before")
        if any(meaning in senses for senses in after_words[: (reach + 1) * wide]):
            mention.hints.add(f"{meaning} after")
    if before >= 0 and mention.start - before < 200:
        between = frozenset().union(*senses_between(passage, before, mention.start))
        mention.hints.update(_AFTER_HANDLE + meaning for meaning in _BETWEEN & between)
        if _ARROW.search(text, before, mention.start):
            mention.hints.add("arrow before")
    if after < len(text) and after - mention.end < 200:
        between = frozenset().union(*senses_between(passage, mention.end, after))
        mention.hints.update(f"before {meaning} and handle" for meaning in _BETWEEN & between)
        if _ARROW.search(text, mention.end, after):
            mention.hints.add("arrow after")


def forget_line_above(mention: Mention) -> None:
    """Forget what only the line above said on the way from its handle to this one: that was said of it."""
    passage = mention.passage
    line = passage.line_at(mention.start)
    if line is not None:
        own = frozenset().union(*senses_between(passage, line.start, mention.start))
        mention.hints -= {_AFTER_HANDLE + meaning for meaning in _BETWEEN - own}


#: How hints of what lies between the handle before and this one begin.
_AFTER_HANDLE = "after handle and "
#: The hint of a handle right behind "not" or "formerly": it is not meant, unless the mail takes it off.
SAID_NOT = "said not"
#: Hints that speak against a handle.
DOUBTS = frozenset(
    f"{meaning} {side}" for meaning in ("former", "negation", "others") for side in ("before", "after")
)
#: Meanings that say something of a handle from anywhere in its sentence.
_AROUND = frozenset(
    {"mine", "ours", "label.handle", "register", "update", "withdraw", "rank", "same", "no_account"}
)
#: Meanings that tell which of two handles is the new one.
_BETWEEN = frozenset(
    {"former", "negation", "update", "withdraw", "remains", "others", "outsider", "register", "link"}
)


def _is_of_network(mention: Mention, before: int, after: int) -> bool:
    """Whether a handle is said to be another network's: "Instagram: @name", "@name on Facebook"."""
    text = mention.passage.text
    if _ON_NETWORK.match(text, mention.end, min(after, mention.end + 60)) is not None:
        return True
    start = max(before, mention.start - 60, text.rfind("\n", 0, mention.start), 0)
    networks = list(_NETWORKS.finditer(text, start, mention.start))
    if not networks or networks[-1].start() < mention.start - 40:
        return False
    last = networks[-1]
    if TWITTER.search(text, last.end(), mention.start) or _OWN_VALUE.match(text, last.end(), mention.start):
        return False
    while len(networks) > 1 and _SHARED.fullmatch(text, networks[-2].end(), networks[-1].start()):
        networks.pop()  # "Twitter/Facebook/Instagram: @name"
    return _TWITTER_AND.search(text, start, networks[-1].start()) is None


def sentence_around(text: str, start: int, end: int, reach: int = 300) -> tuple[int, int]:
    """Where the sentence or list item begins and ends that holds ``text[start:end]``."""
    return (
        _last_break(_SENTENCE, text, start - reach, start),
        _first_break(_SENTENCE, text, end, min(len(text), end + reach)),
    )


def senses_between(passage: Passage, start: int, end: int) -> list[frozenset[str]]:
    """The meanings of each word of a stretch of a passage."""
    return passage.words.senses[slice(*passage.words.span(start, end))]


def _last_break(pattern: re.Pattern[str], text: str, start: int, end: int) -> int:
    start = max(start, 0)
    position = start
    for match in pattern.finditer(text, start, end):
        position = match.end()
    return min(position, end)


def _first_break(pattern: re.Pattern[str], text: str, start: int, end: int) -> int:
    match = pattern.search(text, start, end)
    return match.start() if match else end
