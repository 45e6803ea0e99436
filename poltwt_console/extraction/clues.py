"""What a handle's own letters tell: a rank, a person's name, the agency's name or its initials.

``SgtTuzoBDA`` is cut at capitals, underscores and digits; names in other letters are spelt in Latin
ones first, as their owners do on Twitter.  Each spells in their own way, so consonants are enough:
"serkewt" is found in ``SarkawtPolice``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from anyascii import anyascii

from poltwt_console.extraction.lexicon import read_words
from poltwt_console.extraction.text import fold, words
from poltwt_console.extraction.vocabulary import Vocabulary

_SEGMENT = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_POLICE = re.compile(
    r"poli[cstz]|gend|sheriff|garda|guardia|heddlu|logregl|rendor|constab|carabin|cops$|pd$|^pd|emniyet|jandarma|questura",
    re.IGNORECASE,
)
_OFFICIAL = re.compile(
    r"news|info|media|press|official|oficial|traffic|hq|station|unit|k9|team|city|county|state|dept|force|service|municipal",
    re.IGNORECASE,
)
#: How handles call those who share a town or a story with the police: fire brigades, town halls, the news.
_OTHERS = re.compile(
    r"Fire(?!arm|nze|stone|baugh)|FIRE|(?:^|_)fire(?!arm|nze|stone|baugh)"
    r"|(?i:brandwe|brandk|brannv|brandva|feuerw|pomp[ij]er|bombe[ir]|bomba(?![yl])|vigilidelfuoco|vatrogas"
    r"|gasilc|hasic|itfaiy|tuzolt|palokunta|paasteamet|damkar|pozharn|strazpoz|straz_poz|mchs|k[pmw]_?psp"
    r"|ambulan|hospital(?!et)|redcross|council|townhall|cityhall|ayunta|ayto|alcald|prefeit|mairie|comunedi"
    r"|gemeente|rathaus|stadtverw|belediy|primaria|urzad|gmina|pemkot|pemkab|obcina|newspaper|gazett|herald"
    r"|tribune|diario|daily|courier|radio)",
)


def sounds_official(domain: str) -> bool:
    """Whether a mail domain has a word for police in it."""
    return _POLICE.search(domain) is not None


@dataclass(slots=True)
class Clues:
    """Words of the mail that a handle may be made of, in Latin letters."""

    agency: set[str] = field(default_factory=set)
    initials: set[str] = field(default_factory=set)
    sender: set[str] = field(default_factory=set)
    person: set[str] = field(default_factory=set)  # of those who write or sign, without ranks
    called: frozenset[str] = frozenset()  # the words of the sender's name as the mail has them, folded
    domain: str = ""
    agency_bones: set[str] = field(default_factory=set)
    person_bones: set[str] = field(default_factory=set)


def latin_words(text: str) -> list[str]:
    """The folded words of a text in Latin letters; what has none is left out."""
    return [latin for word in words(fold(text)) if (latin := _in_latin(word))]


@lru_cache(maxsize=20_000)
def _in_latin(word: str) -> str:
    return word if word.isascii() else _NO_LETTER.sub("", anyascii(word).lower())


_NO_LETTER = re.compile("[^a-z0-9]")


@lru_cache(maxsize=20_000)
def bones(word: str) -> str:
    """The consonants of a Latin word, those that romanisations swap made one; "" if there are under 3."""
    found = _DOUBLED.sub(r"\1", _SOFT.sub("", word.translate(_SWAPPED)))
    return found if len(found) > 2 else ""


_SOFT = re.compile("[aeiouyhw0-9]")
_SWAPPED = str.maketrans("cqzvgbd", "kksfkpt")
_DOUBLED = re.compile(r"(.)\1+")


def segments(handle: str) -> list[str]:
    """``SgtTuzoBDA`` as sgt, tuzo, bda."""
    return [segment.lower() for segment in _SEGMENT.findall(handle)]


def add_name(clues: Clues, name: str, vocabulary: Vocabulary) -> None:
    """Note the words of an agency's name that others do not have, and its initials."""
    parts = [(word, latin) for word in words(fold(name)) if (latin := _in_latin(word))]
    long_parts = [(word, latin) for word, latin in parts if len(latin) > 3]
    clues.agency.update(latin for word, latin in long_parts if not _means(word, vocabulary) & _SHARED)
    letters = "".join(latin[0] for _, latin in parts)
    long = "".join(latin[0] for _, latin in long_parts)
    clues.initials.update(group for group in (letters, long) if len(group) > 1)


#: Meanings of words that most agencies have in their names.
_SHARED = frozenset({"police", "unit", "link", "common", "press_office", "event"})


def find_clues(
    names: Iterable[str], sender: str, email: str, people: Iterable[str], vocabulary: Vocabulary
) -> Clues:
    """The clues of a mail: its agency names, its sender, its mail domain, its persons word by word."""
    called = frozenset(word for word in words(fold(sender)) if len(word) > 2)
    clues = Clues(sender={_in_latin(word) for word in called} - {""}, called=called)
    for name in names:
        add_name(clues, name, vocabulary)
    clues.person.update(_in_latin(word) for word in people)
    clues.person = {word for word in clues.person if len(word) > 2} - clues.agency
    clues.agency_bones = {bones(word) for word in clues.agency} - {""}
    clues.person_bones = {bones(word) for word in clues.person if len(word) > 3} - {""}
    labels = email.lower().rsplit("@", 1)[-1].split(".")
    clues.domain = max(labels[:-1] or labels, key=len)
    return clues


def handle_clues(handle: str, clues: Clues, vocabulary: Vocabulary) -> list[str]:
    """The features of a handle's letters."""
    parts = segments(handle)
    key = handle.lower()
    plain = key.replace("_", "")
    ranks = [part for part in parts if len(part) > 1 and "rank" in _means(part, vocabulary)]
    agency = any(word[:8] in plain or (len(word) > 4 and word[:5] in plain) for word in clues.agency)
    sounds = {bone for part in parts if (bone := bones(part))}
    person = not sounds.isdisjoint(clues.person_bones) or _stands_in(clues.person, plain, parts)
    sounds_own = not sounds.isdisjoint(clues.agency_bones) or _stands_in(clues.agency, plain, parts)
    initials = (
        any((len(group) > 2 and group in plain) or group == parts[0] for group in clues.initials)
        if parts
        else False
    )
    sender = any(
        len(word) > 2 and (word in parts or (len(word) > 4 and word in plain)) for word in clues.sender
    )
    police = bool(_POLICE.search(handle))
    domain = len(clues.domain) > 3 and (
        clues.domain.replace("-", "") in plain or plain in clues.domain.replace("-", "")
    )
    outsider = (not police and _OTHERS.search(handle) is not None) or any(
        len(part) > 3 and "outsider" in _means(part, vocabulary) for part in parts
    )
    given = any(
        len(part) > 3 and before not in _SAINTS and _is_given(part, vocabulary)
        for before, part in zip(["", *parts], parts, strict=False)
    )
    rank = "first" if ranks and parts[0] == ranks[0] and len(parts) > 1 else "any" if ranks else "no"
    return [
        f"rank {rank}",
        f"rank {rank} police {police}",
        f"rank {rank} sender {sender}",
        f"rank {rank} agency {agency or initials}",
        f"agency letters {agency}",
        f"agency sounds {sounds_own} person {person}",
        f"person {person} police {police}",
        f"person {person} rank {rank}",
        f"person {person} sender {sender} agency {agency}",
        f"initials {initials}",
        f"sender letters {sender}",
        f"sender letters {sender} police {police}",
        f"police letters {police}",
        f"official letters {bool(_OFFICIAL.search(handle))}",
        f"domain {domain}",
        f"given {given} police {police}",
        f"given {given} agency {agency or initials}",
        f"outsider {outsider} agency {agency or initials}",
        f"own {agency or initials or domain} sender {sender}",
        *([NAMED] if person else []),
    ]


#: The feature of a handle with a person's name in it.
NAMED = "named"


def is_own(letters: Collection[str]) -> bool:
    """Whether a handle's letters are those of the agency, of its domain, of whoever writes or is named."""
    return "own False sender False" not in letters or NAMED in letters


def _stands_in(known: Iterable[str], plain: str, parts: list[str]) -> bool:
    """Whether one of the words stands in a handle, or a part of the handle in it."""
    long = [part for part in parts if len(part) > 3]
    return any(
        (len(word) > 3 and word in plain) or word in parts or any(part in word for part in long)
        for word in known
    )


#: What makes a name a town's: "SanDiegoPD", "StPaulPolice".
_SAINTS = frozenset({"san", "santa", "santo", "sao", "sant", "st", "ste", "saint", "sainte", "sankt"})


def _is_given(word: str, vocabulary: Vocabulary) -> bool:
    """Whether a word is a given name, and nothing else that handles hold."""
    known = _means(word.capitalize(), vocabulary)
    return "given_name" in known and known <= {"given_name", "common"}


_MOST_KNOWN = 50_000


def _means(word: str, vocabulary: Vocabulary) -> frozenset[str]:
    """All that a word by itself may mean, in any language."""
    known = vocabulary.meant.get(word)
    if known is None:
        if len(vocabulary.meant) >= _MOST_KNOWN:
            vocabulary.meant.clear()
        known = vocabulary.meant[word] = frozenset().union(*read_words(word, vocabulary).senses)
    return known


def person_letters(handle: str, name: str) -> bool:
    """Whether a handle holds a word of a person's name."""
    plain = handle.lower().replace("_", "")
    parts = segments(handle)
    return any(
        (len(word) > 3 and word in plain) or (len(word) > 2 and word in parts) for word in latin_words(name)
    )
